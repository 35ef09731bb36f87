"""The import pages as people use them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Role
from metrics import imports, tasks
from metrics.forms import imports as forms_imports
from metrics.models import Import, Observation
from metrics.tests.importing import FILES

pytestmark = pytest.mark.once

DAYS = "date,likes,views\n2026-01-05,40,1000\n2026-01-06,300,8000\n"


@pytest.fixture(autouse=True)
def quick_worker(monkeypatch):
    """Tasks run as soon as they are sent."""
    for task in (tasks.check_import, tasks.apply_import, tasks.take_back_import):
        monkeypatch.setattr(task, "delay", task.run)


@pytest.fixture
def ask(brand, client, marketer, django_capture_on_commit_callbacks):
    def request(name: str, *arguments, data=None, **extra):
        url = reverse(f"metrics:{name}", args=[brand.slug, *arguments])
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(url, **extra) if data is None else client.post(url, data, **extra)

    return request


@pytest.fixture
def upload(ask):
    def send(content: str | bytes = DAYS, name: str = "figures.csv") -> Import:
        content = content if isinstance(content, bytes) else content.encode()
        response = ask("imports", data={"files": SimpleUploadedFile(name, content)})
        assert response.status_code == 302, response.content.decode()
        return Import.objects.latest("pk")

    return send


def test_a_file_is_uploaded_checked_saved_and_undone(ask, upload, instagram):
    import_ = upload()
    assert import_.status == "checked"
    assert "Say first which channel" in ask("import", import_.pk).content.decode()
    ask("settle_import", import_.pk, data={"owner-0": str(instagram.pk)})
    shown = ask("import", import_.pk).content.decode()
    assert "Save 4 figures" in shown and "@atlas" in shown
    assert not Observation.objects.exists()
    ask("save_import", import_.pk, data={})
    assert Observation.objects.count() == 4
    assert "Undo this import" in ask("import", import_.pk).content.decode()
    ask("undo_import", import_.pk, data={})
    assert not Observation.objects.exists()
    assert "Taken back" in ask("import", import_.pk).content.decode()


def test_the_same_file_again_says_so_and_changes_nothing(ask, upload, instagram):
    first = upload()
    ask("settle_import", first.pk, data={"owner-0": str(instagram.pk)})
    ask("save_import", first.pk, data={})
    assert upload() == first
    assert "was already imported on" in ask("import", first.pk).content.decode()
    assert Import.objects.count() == 1


def test_several_files_are_received_at_once(ask):
    files = [SimpleUploadedFile(f"{number}.csv", f"date,likes\n2026-01-05,{number}\n".encode()) for number in range(3)]
    assert ask("imports", data={"files": files}).status_code == 302
    assert Import.objects.filter(status="checked").count() == 3


def test_a_file_that_is_too_large_is_refused_by_name(ask, monkeypatch):
    monkeypatch.setattr(forms_imports, "LARGEST", 20)
    response = ask("imports", data={"files": SimpleUploadedFile("reach.csv", b"x" * 21)})
    assert response.status_code == 422
    assert "“reach.csv” is larger than" in response.content.decode()
    assert not Import.objects.exists()


def test_the_limit_is_a_hundred_megabytes():
    assert forms_imports.LARGEST == 100 * 2**20


@pytest.mark.parametrize("data", [{}, {"files": ""}, {"files": SimpleUploadedFile("empty.csv", b"")}])
def test_nothing_to_read_is_a_form_error(ask, data):
    assert ask("imports", data=data).status_code == 422


@pytest.mark.parametrize(
    "content, said",
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "This is a picture"),
        (b"PK\x03\x04" + b"\0" * 99, "archive or workbook is damaged"),
        (b"\xff\xfe" + bytes(range(1, 255)) * 20, "cannot be used"),
        ("Когда,Что\n1,2\n".encode("cp1251"), "cannot be used"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(ask, upload, content, said):
    import_ = upload(content)
    assert import_.status == "refused"
    assert said in ask("import", import_.pk).content.decode()


def test_unknown_columns_can_be_given_a_meaning(ask, upload, instagram):
    import_ = upload("date,Sold things\n2026-01-05,3\n")
    assert import_.status == "refused"
    assert "Sold things" in ask("import", import_.pk).content.decode()
    ask("settle_import", import_.pk, data={"column-0": "conversions"})
    import_.refresh_from_db()
    assert (import_.status, import_.summary["sums"]) == ("checked", {"conversions": "3"})


def test_the_year_is_asked_where_dates_have_none(ask, upload, instagram):
    import_ = upload("date,likes\n5 January,3\n6 January,4\n")
    assert "year of the first day, “5 january”" in ask("import", import_.pk).content.decode().lower()
    ask("settle_import", import_.pk, data={"owner-0": str(instagram.pk), "year": "2026"})
    import_.refresh_from_db()
    assert import_.summary["date_min"] == "2026-01-05"


def test_the_year_is_asked_of_the_earliest_day_and_goes_on_over_new_year(ask, upload, brand):
    import_ = upload('"Date","Video Views","Profile Views"\n"January 1","3","1"\n"December 31","4","1"\n')
    assert (import_.status, import_.summary["skipped"]) == ("checked", {"no_year": 2})
    assert "year of the first day, “december 31”" in ask("import", import_.pk).content.decode().lower()
    ask("settle_import", import_.pk, data={"year": "2024"})
    import_.refresh_from_db()
    assert (import_.summary["date_min"], import_.summary["date_max"]) == ("2024-12-31", "2025-01-01")
    assert import_.summary["sums"] == {"profile_visits": "2", "views": "7"}


@pytest.mark.parametrize(
    "data",
    [
        {"owner-0": "999999"},
        {"owner-0": "'; DROP TABLE"},
        {"as_of": "2026-99-99", "owner-0": "x"},
        {"column-0": "interactions", "owner-0": "nobody"},
        {"year": "99999999999999999999", "owner-0": "-1"},
    ],
)
def test_garbage_in_the_form_is_a_form_error(ask, upload, data):
    assert ask("settle_import", upload().pk, data=data).status_code == 422


@pytest.mark.parametrize("query", ["?page=999", "?page=x", "?page=-1", "?was=<b>", "?page=99999999999999999999999"])
def test_garbage_in_the_address_is_no_accident(ask, upload, client, brand, query):
    import_ = upload()
    for name, arguments in (("imports", []), ("import", [import_.pk])):
        assert client.get(reverse(f"metrics:{name}", args=[brand.slug, *arguments]) + query).status_code == 200


def test_while_it_is_read_the_page_asks_again_by_itself(ask, upload):
    import_ = upload()
    Import.objects.filter(pk=import_.pk).update(status="checking", rows_done=50, rows_total=200)
    shown = ask("import", import_.pk).content.decode()
    assert 'hx-trigger="every 1s"' in shown and "50 of 200 lines" in shown
    piece = ask("import", import_.pk, QUERY_STRING="was=checking", HTTP_HX_REQUEST="true")
    assert "<html" not in piece.content.decode() and "50 of 200" in piece.content.decode()
    Import.objects.filter(pk=import_.pk).update(status="checked")
    assert ask("import", import_.pk, QUERY_STRING="was=checking", HTTP_HX_REQUEST="true").headers["HX-Refresh"] == "true"


def test_saving_what_was_cancelled_meanwhile_says_so(ask, upload, instagram):
    import_ = upload()
    ask("settle_import", import_.pk, data={"owner-0": str(instagram.pk)})
    ask("cancel_import", import_.pk, data={})
    response = ask("save_import", import_.pk, data={}, follow=True)
    assert "moved on meanwhile" in response.content.decode()
    assert not Observation.objects.exists()


def test_a_saved_file_cannot_be_cancelled(ask, upload, instagram):
    import_ = upload()
    ask("settle_import", import_.pk, data={"owner-0": str(instagram.pk)})
    ask("save_import", import_.pk, data={})
    assert "Too late to cancel" in ask("cancel_import", import_.pk, data={}, follow=True).content.decode()
    assert Observation.objects.count() == 4


def test_rows_that_are_not_stored_can_be_downloaded_and_do_no_harm(ask, upload, instagram):
    import_ = upload('date,likes\n2026-01-05,"=HYPERLINK(""http://x"")"\n2026-01-06,-5\n2026-01-07,3\n')
    response = ask("rows_not_stored", import_.pk)
    table = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in table] == ["Row", "2", "3"]
    assert table[1][2].startswith("'=HYPERLINK") and table[2][2] == "'-5"
    assert "is below zero" in table[2][3]


def test_the_page_groups_what_was_skipped_by_reason(ask, upload):
    import_ = upload("date,likes\n" + "".join(f"2026-01-{day:02},-{day}\n" for day in range(1, 9)) + "2026-02-01,5\n")
    shown = ask("import", import_.pk).content.decode()
    assert "Figures below zero" in shown and "Rows 2, 3, 4, 5, 6…" in shown.replace("</span>", "")


def test_a_hostile_file_name_and_cell_are_only_text(ask, upload):
    import_ = upload('date,likes,"<script>alert(1)</script>"\n2026-01-05,3,4\n', "<img src=x onerror=alert(1)>.csv")
    shown = ask("import", import_.pk).content.decode() + ask("imports").content.decode()
    assert "<script>alert" not in shown and "<img src=x" not in shown


def test_a_file_of_another_brand_does_not_exist(ask, upload, brand):
    import_ = upload()
    other = type(brand).objects.create(name="Silk", slug="silk")
    Import.objects.filter(pk=import_.pk).update(brand=other)
    for name in ("import", "rows_not_stored"):
        assert ask(name, import_.pk).status_code == 404
    for name in ("settle_import", "save_import", "cancel_import", "undo_import"):
        assert ask(name, import_.pk, data={}).status_code == 404


def test_viewers_may_not_import(brand, client, person_in):
    client.force_login(person_in(Role.VIEWER))
    assert client.get(reverse("metrics:imports", args=[brand.slug])).status_code == 403


@pytest.mark.parametrize("name", ["settle_import", "save_import", "cancel_import", "undo_import"])
def test_acts_are_not_links(ask, upload, name):
    assert ask(name, upload().pk).status_code == 405


def test_three_files_take_as_many_queries_as_one(ask, upload, django_assert_num_queries, client, brand, instagram):
    upload()
    url = reverse("metrics:imports", args=[brand.slug])
    with CaptureQueriesContext(connection) as one:
        client.get(url)
        queries = len(one)
    upload("date,likes\n2026-01-05,1\n")
    upload("date,likes\n2026-01-05,2\n")
    with django_assert_num_queries(queries):
        client.get(url)


def test_the_history_names_what_became_of_each_file(ask, upload):
    upload()
    upload(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture.csv")
    shown = ask("imports").content.decode()
    assert "Ready to save" in shown and "Refused" in shown


def test_settled_means_that_all_owners_are_known(upload, instagram):
    import_ = upload()
    assert not imports.is_settled(import_)


def test_two_accounts_that_a_file_names_may_be_one_channel(ask, upload, instagram):
    text = b"date,channel,likes\n2026-03-01,instagram:@dokon,5\n2026-03-02,instagram:@dokon.uz,7\n"
    import_ = upload(text)
    assert [owner["key"] for owner in import_.summary["owners"]] == ["instagram:@dokon", "instagram:@dokon.uz"]
    ask("settle_import", import_.pk, data={"owner-0": str(instagram.pk), "owner-1": str(instagram.pk)})
    assert ask("import", import_.pk).content.decode().count("Goes to") == 1
    ask("save_import", import_.pk, data={})
    import_.refresh_from_db()
    assert import_.status == "applied"
    assert sorted(import_.observations.values_list("start__day", "value")) == [(1, 5), (2, 7)]


def test_posts_are_of_a_channel_and_never_of_the_brand_as_a_whole(ask, upload):
    text = b"date,platform,post_id,likes,views\n2026-03-01,instagram,17,5,90\n2026-03-02,instagram,,7,\n"
    import_ = upload(text)
    ask("settle_import", import_.pk, data={"owner-0": "brand", "as_of": "2026-04-01"})
    import_.refresh_from_db()
    assert (import_.summary["figures"], import_.summary["sums"]) == (1, {"likes": "7"})
    assert import_.summary["skipped"] == {"post_without_channel": 1}
    assert "Posts whose channel was not chosen" in ask("import", import_.pk).content.decode()


def test_a_file_that_comes_first_brings_its_channel_along(ask, upload, brand, client, person_in):
    client.force_login(person_in(Role.LEAD))
    import_ = upload((FILES / "x_overview.csv").read_text(), "x.csv")
    page = ask("import", import_.pk)
    assert [field.name for field in page.context["missing"]] == ["handle-x"]
    ask("import_channels", import_.pk, data={"handle-x": "https://x.com/atlas_uz"})
    assert brand.channels.get().handle == "atlas_uz"
    ask("save_import", import_.pk, data={})
    assert Observation.objects.filter(channel=brand.channels.get()).exists()
    assert not brand.strategies.exists()
