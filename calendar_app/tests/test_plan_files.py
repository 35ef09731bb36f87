"""Files of posts, out of the calendar and into it, as people use them."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand, Channel, Membership, Role
from calendar_app.models import Campaign, PlanFile, Post, Publication
from calendar_app.plan_files import receiving
from calendar_app.tasks import apply_lost_plan_files
from calendar_app.tests.conftest import local, soon
from strategies.models import Goal, Pillar, Strategy

PAGE = "/brands/choyxona/calendar/"
HOSTILE = '=1+1\n\'@x 👩‍👩‍👧 שלום \u202e, "quoted"; <b>\t'
YEAR = date.today().year + 1


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def member(signed_in, marketer):
    return signed_in(marketer)


def text_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, content[:500]
    return content.decode("utf-8")


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def bring(member, content: bytes | str, brand: str = "choyxona", name: str = "plan.csv") -> PlanFile:
    content = content.encode() if isinstance(content, str) else content
    answer = member.post(f"/brands/{brand}/calendar/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    plan = PlanFile.objects.get(pk=answer["Location"].split("/")[-2])
    assert member.get(answer["Location"]).status_code == 200
    return plan


def take(member, plan: PlanFile) -> PlanFile:
    address = f"/brands/{plan.brand.slug}/calendar/import/{plan.pk}/"
    assert member.post(address + "apply/").status_code == 302
    plan.refresh_from_db()
    assert member.get(address).status_code == 200
    return plan


def counts(plan: PlanFile) -> tuple[int, int, int]:
    return plan.summary["new"], plan.summary["known"], plan.summary["refused"]


@pytest.fixture
def full(brand, telegram, instagram, strategy, pillar, goal, marketer, write):
    """A plan with everything that the format carries, also what spreadsheets and databases dislike."""
    campaign = Campaign.objects.create(brand=brand, name="Navroʻz", start=date(YEAR, 3, 1), end=date(YEAR, 3, 31))
    day = date(YEAR, 3, 4)
    everything = {
        "text": HOSTILE, "link": "https://choyxona.uz/?a=1,2", "first_comment": "@all #tea", "utm_campaign": "-spring",
        "utm_content": "+1", "adds_utm": True, "is_paid": True, "is_automated": True, "hours": Decimal("2.5"), "format": "reel",
        "journey_stage": Post.JourneyStage.values[0], "purpose": Post.Purpose.values[0], "kind": "buffer", "strategy": strategy,
        "goal": goal, "pillar": pillar, "campaign": campaign, "owner": marketer,
    }  # fmt: skip
    post = write("=cmd|' /C calc'!A0", local(brand, day, 10, 30), channels=[telegram, instagram], **everything)
    post.publications.filter(channel=instagram).update(text_override="'=only here", at=local(brand, day, 18, 45))
    write("Same", local(brand, day, 9), text="Same words")
    write("Same", local(brand, day, 9), text="Same words")
    write("  spaces  ", local(brand, day, 9) + timedelta(seconds=7), text="\n  x \n")
    write("Long", local(brand, day, 11), text="=Oʻ😀" * 17_000)
    write("Someday", state="idea")
    Post.objects.create(brand=brand, title="@idea without a channel", state="idea", text="")
    return brand


@pytest.fixture
def twin(full, marketer) -> Brand:
    """An empty brand that has what the rows name."""
    twin = Brand.objects.create(name="Choyxona", slug="twin")
    Membership.objects.create(brand=twin, user=marketer, role=Role.MARKETER)
    for channel in full.channels.all():
        Channel.objects.create(brand=twin, platform=channel.platform, handle=channel.handle)
    old = Strategy.objects.get(brand=full)
    new = Strategy.objects.create(brand=twin, name=old.name, start=old.start, end=old.end)
    Pillar.objects.create(strategy=new, name="Tea", share=100)
    Goal.objects.create(strategy=new, goal_type="sales", text="100 leads by spring")
    Campaign.objects.create(brand=twin, name="Navroʻz", start=date(YEAR, 3, 1), end=date(YEAR, 3, 31))
    return twin


def test_our_format_comes_back_byte_for_byte(member, twin):
    first = text_of(member.get(f"{PAGE}export/?format=ours"))
    plan = take(member, bring(member, first, "twin"))
    assert counts(plan) == (7, 0, 0) and plan.status == PlanFile.Status.APPLIED
    assert text_of(member.get("/brands/twin/calendar/export/?format=ours")) == first


def test_a_workbook_comes_back_byte_for_byte(member, twin):
    first = text_of(member.get(f"{PAGE}export/?format=ours"))
    sheet = member.get(f"{PAGE}export/?format=xlsx").content
    take(member, bring(member, sheet, "twin", "plan.xlsx"))
    assert text_of(member.get("/brands/twin/calendar/export/?format=ours")) == first


def test_bringing_the_same_file_again_writes_nothing(member, full):
    first = text_of(member.get(f"{PAGE}export/?format=ours"))
    for _time in range(2):
        plan = take(member, bring(member, first))
        assert counts(plan) == (0, 8, 0)
    assert text_of(member.get(f"{PAGE}export/?format=ours")) == first


def test_no_cell_runs_as_a_formula(member, full):
    for name in ("ours", "metricool", "google"):
        for row in table(text_of(member.get(f"{PAGE}export/?format={name}"))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(member.get(f"{PAGE}export/?format=xlsx").content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_file_holds_what_the_filters_show(member, full, instagram):
    rows = table(text_of(member.get(f"{PAGE}export/?format=ours&channel={instagram.pk}")))
    assert [row[8] for row in rows[1:]] == ["'=cmd|' /C calc'!A0"]
    rows = table(text_of(member.get(f"{PAGE}export/?format=ours&first={YEAR}-03-05")))
    assert len(rows) == 1


@pytest.mark.parametrize("name", ["hootsuite", "buffer"])
def test_a_tool_that_takes_one_channel_asks_for_it(member, full, telegram, name):
    refused = member.get(f"{PAGE}export/?format={name}")
    assert refused.status_code == 422 and "choose which" in refused.content.decode()
    assert "Same words" in text_of(member.get(f"{PAGE}export/?format={name}&channel={telegram.pk}"))


def test_the_page_says_what_each_format_leaves_behind(signed_in, viewer, full):
    page = signed_in(viewer).get(f"{PAGE}export/").content.decode()
    assert page.count("What stays behind") == 5 and "The time zone" in page


def test_the_tools_formats_are_written_as_the_tools_read_them(member, brand, write, telegram, instagram):
    write("Tea", local(brand, date(YEAR, 3, 4), 21, 30), text="Hot tea", link="https://a.uz/", channels=[telegram, instagram])
    day = f"03/04/{YEAR}"
    one = f"&channel={instagram.pk}"
    assert table(text_of(member.get(f"{PAGE}export/?format=hootsuite{one}"))) == [[f"{day} 21:30", "Hot tea", "https://a.uz/"]]
    buffer = text_of(member.get(f"{PAGE}export/?format=buffer{one}"))
    assert buffer.startswith("Text,Image URL,Tags,Posting Time\r\n")
    assert table(buffer)[1] == ["Hot tea\n\nhttps://a.uz/", "", "", f"{YEAR}-03-04 21:30"]
    (head, row) = table(text_of(member.get(f"{PAGE}export/?format=metricool")))
    said = dict(zip(head, row, strict=True))
    assert (said["Date"], said["Time"], said["Draft"]) == (f"{YEAR}-03-04", "21:30:00", "TRUE")
    assert (said["Instagram"], said["Facebook"], said["Brand name"]) == ("TRUE", "FALSE", "Choyxona")
    google = table(text_of(member.get(f"{PAGE}export/?format=google")))
    assert google[1][:6] == ["Tea", day, "09:30 PM", day, "09:45 PM", "FALSE"]


def test_a_google_calendar_file_comes_back(member, brand, write, telegram, instagram):
    write("Tea", local(brand, date(YEAR, 3, 4), 21, 30), channels=[telegram, instagram])
    file = text_of(member.get(f"{PAGE}export/?format=google"))
    assert counts(bring(member, file)) == (0, 2, 0)
    Post.objects.all().delete()
    take(member, bring(member, file))
    assert {row.channel for row in Publication.objects.all()} == {telegram, instagram}
    assert text_of(member.get(f"{PAGE}export/?format=google")) == file


def test_a_hootsuite_file_without_header_asks_for_channel_and_order(member, brand, telegram, instagram, marketer):
    plan = bring(member, f"03/04/{YEAR} 10:00,Hot tea,https://choyxona.uz\n05/06/{YEAR} 11:30,Cold tea\n")
    assert plan.format == "hootsuite" and plan.summary["asks"] == ["order", "channels"]
    assert member.post(f"{PAGE}import/{plan.pk}/apply/").status_code == 302 and not Post.objects.exists()
    assert member.post(f"{PAGE}import/{plan.pk}/", {}).status_code == 422
    member.post(f"{PAGE}import/{plan.pk}/", {"order": "dmy", "channels": [telegram.pk, instagram.pk]})
    take(member, plan)
    tea = Post.objects.get(text="Hot tea")
    assert (tea.state, tea.title, tea.link, tea.owner) == ("draft", "Hot tea", "https://choyxona.uz", marketer)
    assert {row.at for row in tea.publications.all()} == {local(brand, date(YEAR, 4, 3), 10)}
    assert tea.publications.count() == 2


def test_an_order_that_the_file_gives_away_is_not_asked(member, brand, telegram):
    plan = bring(member, f"Date,Message,Link\n03/04/{YEAR} 10:00,Hot tea,\n25/04/{YEAR} 10:00,Cold tea,\n")
    assert plan.summary["asks"] == []
    take(member, plan)
    assert Publication.objects.get(post__text="Hot tea").at == local(brand, date(YEAR, 4, 3), 10)


def test_a_metricool_file_names_its_networks(member, brand, telegram, instagram):
    file = (
        "Text,Date,Time,Draft,Facebook,Twitter/X,Instagram,Picture Url 1,First Comment Text\n"
        f"Hot tea,{YEAR}-03-04,10:30:00,FALSE,TRUE,FALSE,TRUE,https://a.uz/b.jpg,#tea\n"
        f"Nowhere,{YEAR}-03-04,10:30:00,FALSE,TRUE,FALSE,FALSE,,\n"
    )
    plan = bring(member, file)
    assert counts(plan) == (1, 0, 1)
    page = member.get(f"{PAGE}import/{plan.pk}/").content.decode()
    assert "no channel facebook" in page and "Pictures are left out" in page
    take(member, plan)
    post = Post.objects.get()
    assert (post.state, post.first_comment) == ("draft", "#tea")
    assert [row.channel for row in post.publications.all()] == [instagram]


def test_a_table_of_ones_own_is_known_by_the_names_of_its_columns(member, brand, telegram, instagram):
    rows = [f'{YEAR}-03-04,10:30,"instagram, TG",Hot tea', f"{YEAR}-03-05,,fax,Cold tea"]
    plan = bring(member, "publish_date,Time,Platforms,Caption\n" + "\n".join(rows))
    assert plan.format == "table" and counts(plan) == (1, 0, 1)
    take(member, plan)
    at = local(brand, date(YEAR, 3, 4), 10, 30)
    assert set(Publication.objects.values_list("channel", "at")) == {(telegram.pk, at), (instagram.pk, at)}


def test_what_unknown_columns_are_is_asked(member, brand, telegram):
    plan = bring(member, f"Kun,Gap,Izoh\n{YEAR}-03-04 10:30,Issiq choy,-\n")
    assert plan.summary["asks"] == ["columns"] and "Izoh" in member.get(f"{PAGE}import/{plan.pk}/").content.decode()
    assert member.post(f"{PAGE}import/{plan.pk}/", {"column-date": "Kun"}).status_code == 422
    assert member.post(f"{PAGE}import/{plan.pk}/", {"column-text": "Kun2"}).status_code == 422
    member.post(f"{PAGE}import/{plan.pk}/", {"column-date": "Kun", "column-text": "Gap"})
    take(member, plan)
    assert Publication.objects.get().at == local(brand, date(YEAR, 3, 4), 10, 30) and Post.objects.get().text == "Issiq choy"


def test_two_channels_of_one_network_are_asked_apart(member, brand, instagram):
    second = Channel.objects.create(brand=brand, platform=instagram.platform, handle="second")
    plan = bring(member, f"Text,Date,Time,Draft,Instagram\nHot tea,{YEAR}-03-04,10:30:00,TRUE,TRUE\n")
    assert plan.summary["asks"] == ["network:instagram"]
    member.post(f"{PAGE}import/{plan.pk}/", {"network-instagram": second.pk})
    take(member, plan)
    assert Publication.objects.get().channel == second


def test_a_buffer_file_of_an_old_program_is_read(member, brand, telegram):
    plan = bring(member, f"Text;Image URL;Tags;Posting Time\nЧой янгича;;;{YEAR}-03-04 10:30\nНавбатда;;x;\n".encode("cp1251"))
    take(member, plan)
    assert Publication.objects.get(at=local(brand, date(YEAR, 3, 4), 10, 30)).post.text == "Чой янгича"
    assert Publication.objects.get(at=None).post.text == "Навбатда"


OURS = "post,date,time,zone,utc_offset,platform,account,status,title,text,link,format,hours,pillar\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"1,{YEAR}-02-30,10:00,,,telegram,choyxona,,Tea,x,,,,", "not a day"),
        (f"1,{YEAR}-02-20,25:00,,,telegram,choyxona,,Tea,x,,,,", "not a time"),
        ("1,,10:00,,,telegram,choyxona,,Tea,x,,,,", "day is missing"),
        ("1,2001-01-01,10:00,,,telegram,choyxona,,Tea,x,,,,", "has passed"),
        ("1,2999-01-01,10:00,,,telegram,choyxona,,Tea,x,,,,", "too far away"),
        ("1,2027-03-28,01:30,Europe/London,,telegram,choyxona,,Tea,x,,,,", "clocks are put forward"),
        (f"1,{YEAR}-02-20,10:00,Mars/Base,,telegram,choyxona,,Tea,x,,,,", "not a time zone"),
        (f"1,{YEAR}-02-20,10:00,,,telegram,nobody,,Tea,x,,,,", "no channel telegram @nobody"),
        (f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,,,,,,", "Neither a title nor a text"),
        (f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,Tea,{'x' * 100_000},,,,", "there is room for"),
        (f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,Tea,x,javascript:alert(1),,,", "not a link"),
        (f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,Tea,x,,hologram,,", "not known in the column format"),
        (f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,Tea,x,,,1e999,", "not a number of hours"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why(member, telegram, row, reason):
    plan = bring(member, OURS + row + f"\n2,{YEAR}-02-20,10:00,,,telegram,choyxona,,Good,,,,,\n")
    assert counts(plan) == (1, 0, 1)
    page = member.get(f"{PAGE}import/{plan.pk}/").content.decode().replace("&#x27;", "'")
    assert reason in page
    assert reason in text_of(member.get(f"{PAGE}import/{plan.pk}/refused/"))
    take(member, plan)
    assert [post.title for post in Post.objects.all()] == ["Good"]


def test_refused_rows_can_be_mended_and_brought_again(member, telegram):
    plan = take(member, bring(member, OURS + "1,never,10:00,,,telegram,choyxona,,'=Tea,x,,,,\n"))
    mended = text_of(member.get(f"{PAGE}import/{plan.pk}/refused/")).replace("never", f"{YEAR}-02-20", 1)
    assert counts(take(member, bring(member, mended))) == (1, 0, 0)
    assert Post.objects.get().title == "=Tea"


def test_nothing_is_approved_by_a_file(member, telegram):
    rows = [f"{n},{YEAR}-02-20,1{n}:00,,,telegram,choyxona,{state},Tea {n},x,,,," for n, state in enumerate(Post.State.values)]
    plan = take(member, bring(member, OURS + "\n".join([*rows, f"9,{YEAR}-02-20,10:09,,,telegram,choyxona,published,Out,x,,,,"])))
    assert set(Post.objects.values_list("state", flat=True)) == {"idea", "draft"}
    assert set(Publication.objects.values_list("status", flat=True)) == {"planned"}
    assert plan.summary["noted"] == 4


def test_what_the_brand_does_not_have_is_left_empty_and_said(member, telegram, strategy, pillar):
    other = Strategy.objects.create(
        brand=Brand.objects.create(name="X", slug="x"), name="S", start=date(2026, 1, 1), end=date(2026, 2, 1)
    )
    Pillar.objects.create(strategy=other, name="Theirs")
    rows = [f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,A,x,,,,Theirs", f"2,{YEAR}-02-20,11:00,,,telegram,choyxona,,B,x,,,,Tea"]
    plan = take(member, bring(member, OURS + "\n".join(rows)))
    assert [post.pillar for post in Post.objects.order_by("title")] == [None, pillar]
    assert "No pillar “Theirs” here" in member.get(f"{PAGE}import/{plan.pk}/").content.decode()


def test_control_characters_do_not_reach_the_database(member, telegram):
    take(member, bring(member, OURS + f"1,{YEAR}-02-20,10:00,,,telegram,choyxona,,T\x00e\x07a,a\x00b{'c' * 200},,,,\n"))
    assert list(Post.objects.values_list("title", "text")) == [("Tea", "ab" + "c" * 200)]


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4", b"a,b\n", b"PK\x03\x04", b"\xff\xfe"])
def test_what_is_no_plan_is_told_so_and_kept(member, telegram, content):
    answer = member.post(f"{PAGE}import/", {"file": SimpleUploadedFile("../../x.csv", content)})
    if content:
        page = member.get(answer["Location"])
        assert "cannot be used as it is" in page.content.decode() and PlanFile.objects.get().name == "x.csv"
        assert member.get(answer["Location"] + "refused/").status_code == 302
    else:
        assert answer.status_code == 422


def test_ten_thousand_rows_with_every_second_wrong_take_few_queries(
    member, brand, telegram, monkeypatch, django_assert_max_num_queries
):
    rows = [
        f"{n},{'never' if n % 2 else f'{YEAR}-05-{1 + n % 28:02d}'},{n // 600:02d}:{n // 10 % 60:02d},,,telegram,choyxona,,Post {n},Text {n},,,,"
        for n in range(10_000)
    ]
    queued = []
    monkeypatch.setattr("calendar_app.tasks.apply_plan_file.delay", queued.append)
    with django_assert_max_num_queries(60):
        plan = bring(member, OURS + "\n".join(rows))
    assert counts(plan) == (5_000, 0, 5_000)
    assert plan.summary["reasons"] == [["bad_day", 5_000]]
    assert member.post(f"{PAGE}import/{plan.pk}/apply/").status_code == 302
    assert "Being written" not in member.get(f"{PAGE}import/{plan.pk}/").content.decode() and not Post.objects.exists()
    # SQLite takes a few dozen rows at once, PostgreSQL hundreds.
    with django_assert_max_num_queries(320):
        receiving.apply(plan.pk)
    assert Publication.objects.count() == Post.objects.count() == 5_000
    receiving.apply(plan.pk)
    assert len(table(text_of(member.get(f"{PAGE}import/{plan.pk}/refused/")))) == 5_001
    assert Post.objects.count() == 5_000


def test_more_than_some_rows_are_written_by_a_worker(member, brand, telegram, monkeypatch, django_capture_on_commit_callbacks):
    rows = [f"{n},{YEAR}-05-05,10:00,,,telegram,choyxona,,Post {n},Text {n},,,," for n in range(receiving.MANY_ROWS + 1)]
    queued = []
    monkeypatch.setattr("calendar_app.tasks.apply_plan_file.delay", queued.append)
    plan = bring(member, OURS + "\n".join(rows))
    with django_capture_on_commit_callbacks(execute=True):
        member.post(f"{PAGE}import/{plan.pk}/apply/")
    member.post(f"{PAGE}import/{plan.pk}/apply/")
    assert queued == [plan.pk] and not Post.objects.exists()
    assert "being written" in member.get(f"{PAGE}import/{plan.pk}/").content.decode()
    assert member.get(f"{PAGE}import/{plan.pk}/", headers={"hx-request": "true"}).status_code == 204
    receiving.apply(plan.pk)
    assert member.get(f"{PAGE}import/{plan.pk}/", headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_a_file_whose_message_was_lost_is_written_by_the_next_sweep(member, telegram, monkeypatch):
    monkeypatch.setattr("calendar_app.tasks.apply_plan_file.delay", receiving.apply)
    row = f"1,{YEAR}-05-05,10:00,,,telegram,choyxona,,Tea,x,,,,"
    plan, other = bring(member, OURS + row), bring(member, OURS + row.replace("Tea", "Coffee"))
    receiving.queue(plan)
    apply_lost_plan_files()
    assert not Post.objects.exists(), "a worker may be about to write it"
    monkeypatch.setattr("calendar_app.plan_files.receiving.LOST_AFTER", timedelta(0))
    apply_lost_plan_files()
    apply_lost_plan_files()
    assert Post.objects.count() == 1
    assert PlanFile.objects.get(pk=other.pk).status == PlanFile.Status.CHECKED, "nobody asked for it"
    assert receiving.lost() == []


def test_a_file_of_another_brand_is_out_of_reach(member, stranger, telegram):
    theirs = receiving.receive(Brand.objects.get(slug="other"), stranger, SimpleUploadedFile("x.csv", b"a,b\n1,2"))
    for address in ("", "refused/"):
        assert member.get(f"{PAGE}import/{theirs.pk}/{address}").status_code == 404
    assert member.post(f"{PAGE}import/{theirs.pk}/apply/").status_code == 404


def test_viewers_take_files_out_and_bring_none(signed_in, viewer, write):
    write("Tea", soon())
    member = signed_in(viewer)
    assert "Tea" in text_of(member.get(f"{PAGE}export/?format=ours"))
    assert member.get(f"{PAGE}import/").status_code == 403
    assert "calendar/import/" not in member.get(f"{PAGE}export/").content.decode()


@pytest.mark.parametrize("name", ["ours", "xlsx", "metricool", "google"])
def test_an_export_takes_as_many_queries_for_three_posts_as_for_one(member, write, telegram, instagram, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            answer = member.get(f"{PAGE}export/?format={name}")
            assert b"".join(answer.streaming_content if answer.streaming else [answer.content])
        return len(found)

    write("One", soon(1))
    queries()
    one = queries()
    write("Two", soon(2), channels=[telegram, instagram])
    write("Three", soon(3))
    assert queries() == one


# --- before there is a channel


def test_a_file_that_comes_first_brings_its_channels_along(signed_in, lead, brand):
    member = signed_in(lead)
    day = soon(72).date()
    plan = bring(member, f"platform,account,date,time,text\nInstagram,@choyxona.uz,{day},10:00,Salom\n")
    address = f"/brands/choyxona/calendar/import/{plan.pk}/"
    if plan.summary["asks"] == ["columns"]:
        member.post(address, {"column-text": "text", "column-date": "date", "column-time": "time", "column-channel": "platform"})
    page = member.get(address)
    assert [field.name for field in page.context["missing"]] == ["handle-instagram"]
    member.post(address + "channels/", {"handle-instagram": "@choyxona.uz"})
    assert brand.channels.get().handle == "choyxona.uz"
    assert not member.get(address).context["missing"].fields
    assert take(member, plan).status == "applied"
    assert Publication.objects.get().channel == brand.channels.get()


def test_a_marketer_does_not_add_channels_by_a_file(signed_in, marketer, brand):
    member = signed_in(marketer)
    plan = bring(member, f"platform,date,time,text\nInstagram,{soon(72).date()},10:00,Salom\n")
    assert member.post(f"/brands/choyxona/calendar/import/{plan.pk}/channels/", {"handle-instagram": "x"}).status_code == 403
    assert not brand.channels.exists()
