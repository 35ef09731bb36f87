"""Files with several tables on the import pages: each table is shown, and every figure knows its file, table and row."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metrics import imports, tasks
from metrics.imports import undo
from metrics.models import Import, ImportIssue, Observation
from metrics.tests.importing import FILES, workbook, zipped

DAYS = "date,platform,likes\n2026-01-05,instagram,40\n2026-01-06,instagram,300\n"
OTHER = "date,platform,likes\n2026-01-06,instagram,301\n2026-01-07,instagram,x\n"
PLANETS = "Planet,Moons\nMars,2\n"
PACKED = zipped({"january.csv": DAYS, "planets.csv": PLANETS, "later.csv": OTHER})


@pytest.fixture(autouse=True)
def quick_worker(monkeypatch):
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
    def send(content: bytes = PACKED, name: str = "exports.zip") -> Import:
        assert ask("imports", data={"files": SimpleUploadedFile(name, content)}).status_code == 302
        return Import.objects.latest("pk")

    return send


@pytest.fixture
def saved(ask, upload):
    def send(content: bytes = PACKED, name: str = "exports.zip") -> Import:
        import_ = upload(content, name)
        ask("save_import", import_.pk, data={})
        import_.refresh_from_db()
        assert import_.status == "applied"
        return import_

    return send


def test_the_preview_shows_each_table(ask, upload, instagram):
    import_ = upload()
    assert import_.status == "checked"
    shown = ask("import", import_.pk).content.decode()
    for said in ("january.csv", "planets.csv", "later.csv", "3 tables", "Set aside", "This file was not recognised"):
        assert said in shown
    assert [table["title"] for table in import_.summary["tables"]] == ["january.csv", "planets.csv", "later.csv"]
    assert [table["rows"] for table in import_.summary["tables"]] == [1, 0, 1]
    assert import_.summary["tables"][0]["skipped"] == {"duplicate": 1}, "the later file says it again"
    assert import_.summary["sums"] == {"likes": "341"}
    assert (import_.summary["rows"], import_.summary["figures"]) == (2, 2)


def test_what_is_skipped_is_told_by_table_and_row(ask, upload, instagram):
    import_ = upload()
    shown = ask("import", import_.pk).content.decode()
    assert "planets.csv: 1, 2" in shown and "later.csv: 3" in shown
    table = list(csv.reader(io.StringIO(b"".join(ask("rows_not_stored", import_.pk).streaming_content).decode("utf-8-sig"))))
    assert [row[:2] for row in table] == [
        ["Table", "Row"], ["january.csv", "3"], ["planets.csv", "1"], ["planets.csv", "2"], ["later.csv", "3"],
    ]  # fmt: skip
    assert "set aside: This file was not recognised" in table[2][4]


def test_a_file_of_one_table_is_told_by_row_alone(ask, upload, instagram):
    import_ = upload(OTHER.encode(), "later.csv")
    assert import_.summary["tables"] == []
    shown = ask("import", import_.pk).content.decode()
    assert "Row 3" in shown and "Column in the file" in shown
    table = list(csv.reader(io.StringIO(b"".join(ask("rows_not_stored", import_.pk).streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in table] == ["Row", "3"]


def test_every_figure_knows_its_table_and_the_page_of_rows_says_it(ask, saved, instagram, client, brand):
    import_ = saved()
    assert set(Observation.objects.values_list("value", "table", "line")) == {(40, 0, 2), (301, 2, 2)}
    assert {observation.table_title for observation in Observation.objects.all()} == {"january.csv", "later.csv"}
    assert set(ImportIssue.objects.values_list("table", flat=True)) == {0, 1, 2}
    response = client.get(
        reverse("metrics:rows", args=[brand.slug, "audience_engagement"]),
        {"preset": "own", "start": "2026-01-01", "end": "2026-01-31"},
    )
    assert f"{import_.name}</a>" in response.content.decode()
    assert "later.csv, line 2" in " ".join(response.content.decode().split())


def test_undoing_brings_back_the_table_that_the_figure_was_of(ask, saved, instagram):
    saved()
    later = saved(b"date,platform,likes\n2026-01-06,instagram,777\n", "corrected.csv")
    assert Observation.objects.get(value=777).table == 0
    ask("undo_import", later.pk, data={})
    assert Observation.objects.filter(value=301).values_list("table", "line").get() == (2, 2)


def test_undoing_a_file_of_tables_leaves_nothing(ask, saved, instagram):
    import_ = saved()
    assert undo.begin(import_)
    undo.take_back(import_.pk)
    assert not Observation.objects.exists()


def test_the_same_archive_again_changes_nothing(ask, saved, upload, instagram):
    assert saved() == upload()
    assert Observation.objects.count() == 2


def test_a_workbook_is_saved_like_any_file(ask, saved, instagram):
    sheets = {"Yanvar": [["sana", "tarmoq", "layklar"], ["2026-01-05", "instagram", 40.0]], "Eslatma": [["hello"], ["there"]]}
    saved(workbook(sheets), "jadval.xlsx")
    assert Observation.objects.values_list("measure", "value", "table", "line").get() == ("likes", 40, 0, 2)


def test_posts_and_days_of_one_workbook_go_to_the_channel(ask, saved, channel_on):
    channel_on("linkedin", "atlas")
    import_ = saved((FILES / "linkedin_content.xls").read_bytes(), "atlas_content_1.xls")
    days = Observation.objects.filter(source=import_, publication=None)
    assert set(days.values_list("table", flat=True)) == {0}
    posts = Observation.objects.filter(source=import_, publication__isnull=False)
    assert set(posts.values_list("table", flat=True)) == {1}
    assert posts.filter(measure="impressions").count() == 2


def test_figures_of_the_website_are_the_brand_s_without_asking(ask, saved, instagram):
    saved((FILES / "ga4_traffic.csv").read_bytes(), "data-export.csv")
    assert set(Observation.objects.values_list("channel", flat=True)) == {None}
    assert Observation.objects.get(measure="social_sessions").value == 72


def test_a_file_none_of_whose_tables_gives_figures_says_why_for_each(ask, upload, instagram):
    import_ = upload(zipped({"planets.csv": PLANETS, "Audience.csv": (FILES / "meta_audience.csv").read_bytes()}))
    assert import_.status == "refused"
    shown = ask("import", import_.pk).content.decode()
    assert "This is a breakdown" in shown and "This file was not recognised" in shown


def test_columns_of_any_table_can_be_given_a_meaning(ask, upload, instagram):
    import_ = upload(zipped({"a.csv": DAYS, "sold.csv": "date,Sold things\n2026-01-05,3\n"}))
    assert "Sold things" in ask("import", import_.pk).content.decode()
    ask("settle_import", import_.pk, data={"owner-0": str(instagram.pk), "column-0": "conversions"})
    import_.refresh_from_db()
    assert import_.summary["sums"] == {"conversions": "3", "likes": "340"}


def test_of_several_files_each_outcome_is_seen(ask, client, brand, instagram):
    files = [
        SimpleUploadedFile("exports.zip", PACKED),
        SimpleUploadedFile("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
        SimpleUploadedFile("days.csv", OTHER.encode()),
    ]
    ask("imports", data={"files": files})
    shown = ask("imports").content.decode()
    assert {row.name: row.status for row in Import.objects.all()} == {
        "exports.zip": "checked", "picture.csv": "refused", "days.csv": "checked",
    }  # fmt: skip
    assert "This is a picture" in shown and shown.count("Ready to save") == 2


def test_the_list_asks_again_only_while_a_file_is_read(ask, upload, instagram):
    import_ = upload()
    assert "hx-select" not in ask("imports").content.decode()
    Import.objects.filter(pk=import_.pk).update(status="checking")
    assert 'hx-select="#files"' in ask("imports").content.decode()


def test_how_far_it_is_counts_the_lines_of_all_tables(upload, instagram):
    import_ = upload()
    assert (import_.rows_done, import_.rows_total) == (8, 8)
    recognition = imports.recognised(import_)
    assert [recognition.lines_read(number, 2) for number in range(3)] == [2, 5, 7]


def test_more_tables_take_no_more_queries(ask, upload, client, brand, instagram):
    few, many = upload(), upload(zipped({f"{number}.csv": DAYS.replace("40", str(number)) for number in range(9)}))
    counts = []
    for import_ in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("metrics:import", args=[brand.slug, import_.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
