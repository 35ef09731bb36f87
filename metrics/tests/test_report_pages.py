"""The pages of reports: who may what, the builder and its preview, links, letters, files."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.cache import caches
from django.utils import timezone

from brands.models import Brand, Role, User
from metrics import pdf, share
from metrics.models import IssuedReport, Report, ReportLetter, ReportLink
from metrics.reports import issuing, letters, printing
from metrics.reports.sections import read
from metrics.tests import reporting
from metrics.tests.test_document_pdf import inflated

pytestmark = pytest.mark.once

ROOT = "/brands/atlas/reports/"


@pytest.fixture
def people(brand, instagram, person_in, monkeypatch) -> dict[Role, User]:
    monkeypatch.setattr(type(brand), "today", lambda self: reporting.TODAY)
    people = {role: person_in(role) for role in Role}
    User.objects.update(language="en")
    reporting.told(brand, instagram, people[Role.LEAD])
    return people


@pytest.fixture
def report(brand, people) -> Report:
    return reporting.report(brand, shows_money=True)


@pytest.fixture
def lead(client, people) -> User:
    client.force_login(people[Role.LEAD])
    return people[Role.LEAD]


def text(answer) -> str:
    return answer.content.decode()


def typed(**fields) -> dict:
    usual = {
        "name": "Spring", "scope": "brand", "preset": "28", "compares": "on", "language": "en",
        "sections": ["summary", "goals"], "order": ["goals", "summary"], "save": "1",
    }  # fmt: skip
    return {name: value for name, value in (usual | fields).items() if value is not None}


# --- reading


def test_a_viewer_reads_a_report_without_money(client, people, report):
    client.force_login(people[Role.VIEWER])
    page = text(client.get(f"{ROOT}{report.pk}/"))
    assert "Adras 0" in page and "\xa0UZS" not in page and "Money and return" not in page
    client.force_login(people[Role.LEAD])
    page = text(client.get(f"{ROOT}{report.pk}/"))
    assert "900,000" in page and "Money and return" in page


def test_the_list_shows_reports_with_their_schedule(client, lead, report):
    report.schedule = report.__class__.schedule.related.related_model.objects.create(
        report=report, rhythm="weekly", weekday=4, hour=8, counts_from=timezone.now()
    )
    page = text(client.get(ROOT))
    assert "February" in page and "Friday, 08:00" in page


def test_the_report_is_in_its_language_and_the_page_in_the_readers(client, lead, report):
    Report.objects.update(language="uz")
    page = text(client.get(f"{ROOT}{report.pk}/"))
    assert '<html lang="en"' in page and 'class="sp-paper" lang="uz"' in page


@pytest.mark.parametrize("more", ["edit/", "links/"])
def test_a_viewer_changes_nothing(client, people, report, more):
    client.force_login(people[Role.VIEWER])
    assert client.get(f"{ROOT}{report.pk}/{more}").status_code == 403
    assert client.post(f"{ROOT}{report.pk}/issue/").status_code == 403


@pytest.mark.parametrize("more", ["schedule/", "delete/"])
def test_what_goes_outside_is_for_leads(client, people, report, more):
    client.force_login(people[Role.MARKETER])
    assert client.get(f"{ROOT}{report.pk}/{more}").status_code == 403


def test_the_pages_take_the_same_queries_for_three_reports_as_for_one(client, lead, brand, report, count_queries):
    issuing.issue_now(report, lead)
    client.get(ROOT)
    before = {page: count_queries(client, page) for page in (ROOT, f"{ROOT}{report.pk}/", f"{ROOT}{report.pk}/schedule/")}
    for number in (1, 2):
        reporting.report(brand, name=f"Report {number}")
        issuing.issue_now(report, lead)
        report.recipients.create(email=f"someone{number}@example.com")
    assert {page: count_queries(client, page) for page in before} == before


# --- the builder


@pytest.mark.parametrize("preset", ["client", "team", "campaign", "nonsense"])
def test_every_preset_opens_with_a_preview(client, lead, preset):
    page = text(client.get(f"{ROOT}new/?preset={preset}"))
    assert 'class="sp-paper"' in page


def test_a_report_is_made_with_its_sections_in_the_order_of_the_page(client, lead, brand):
    answer = client.post(f"{ROOT}new/", typed(shows_money="on"))
    row = Report.objects.get()
    assert answer.status_code == 302 and answer["Location"] == row.get_absolute_url()
    assert (row.sections, row.shows_money, row.created_by) == (["goals", "summary"], True, lead)


def test_a_marketer_cannot_make_it_show_money_nor_take_it_away(client, people, report):
    client.force_login(people[Role.MARKETER])
    client.post(f"{ROOT}new/", typed(shows_money="on"))
    assert not Report.objects.get(name="Spring").shows_money
    client.post(f"{ROOT}{report.pk}/edit/", typed(version="1", name="Renamed"))
    report.refresh_from_db()
    assert report.name == "Renamed" and report.shows_money


def test_looking_saves_nothing_and_keeps_what_was_typed(client, lead):
    answer = client.post(f"{ROOT}new/", typed(save=None, look="1", name="Only a look"))
    assert not Report.objects.exists()
    assert "Only a look</p>" in text(answer) and 'value="Only a look"' in text(answer)


def test_a_button_moves_a_section_and_loses_nothing(client, lead):
    order = ["goals", "summary", "posts"]
    answer = client.post(f"{ROOT}new/", typed(save=None, order=order, down="goals"))
    names = [section.name for section, _ticked in answer.context["form"].rows]
    assert names[:3] == ["summary", "goals", "posts"]
    answer = client.post(f"{ROOT}new/", typed(save=None, order=order, up="goals"))
    assert [section.name for section, _ticked in answer.context["form"].rows][:3] == order


def test_htmx_gets_the_preview_alone(client, lead):
    answer = client.post(f"{ROOT}new/", typed(save=None), headers={"HX-Request": "true"})
    assert text(answer).lstrip().startswith('<section class="sp-repview"')


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"sections": None}, "sections"),
        ({"sections": ["nonsense"]}, "sections"),
        ({"scope": "campaign"}, "campaign"),
        ({"scope": "strategy", "strategy": "999"}, "strategy"),
        ({"preset": "own"}, "start"),
        ({"preset": "own", "start": "2027-02-02", "end": "2027-02-01"}, "end"),
        ({"preset": "own", "start": "2020-01-01", "end": "2027-02-01"}, "end"),
        ({"preset": "strategy"}, "preset"),
        ({"language": "xx"}, "language"),
        ({"kpis": ["nonsense"]}, "kpis"),
        ({"kpis": ["roi", "roas", "cpl", "cpa", "cac", "ctr", "lead_growth"]}, "kpis"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(client, lead, fields, wrong):
    answer = client.post(f"{ROOT}new/", typed(**fields))
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert not Report.objects.exists()


def test_a_foreign_strategy_campaign_or_channel_is_not_taken(client, lead, channel_on):
    other = Brand.objects.create(name="Other", slug="other")
    campaign = other.campaigns.create(name="Theirs", start=reporting.FIRST, end=reporting.LAST)
    client.post(f"{ROOT}new/", typed(scope="campaign", campaign=str(campaign.pk)))
    assert not Report.objects.exists()


def test_two_people_who_edit_at_once_are_told(client, lead, report):
    Report.objects.filter(pk=report.pk).update(version=2, name="Theirs")
    answer = client.post(f"{ROOT}{report.pk}/edit/", typed(version="1", name="Mine"))
    assert answer.status_code == 422 and "Somebody changed this" in text(answer)
    report.refresh_from_db()
    assert report.name == "Theirs"


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "🙂" * 60, "=1+1", "‮x", "a\x00b"])
def test_hostile_names_are_shown_as_text_or_refused(client, lead, word):
    answer = client.post(f"{ROOT}new/", typed(name=word), follow=True)
    assert answer.status_code in (200, 422)
    assert "<script>alert(1)" not in text(answer)
    for row in Report.objects.all():
        assert client.get(f"{ROOT}{row.pk}/report.xlsx").status_code == 200


# --- files


def test_the_workbook_has_the_figures_that_the_page_shows(client, lead, report):
    answer = client.get(f"{ROOT}{report.pk}/report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    said = read(report, money=True)
    for section in said["sections"]:
        sheet = book[section["title"][:31]]
        written = {}
        for row in sheet.iter_rows(values_only=True):
            for place, value in enumerate(row):
                written.setdefault(str(value), []).append(place)
        for block in section["blocks"]:
            for cell in (cell for row in block.get("rows", []) for cell in row if cell["value"] and cell["kind"] == "text"):
                assert cell["value"] in written, (section["name"], cell)
    rows = list(book["Channels"].iter_rows())
    heads = [cell.value for cell in rows[0]]
    views = rows[1][heads.index("Views")]
    assert (views.value, views.number_format) == (28378, "#,##0")
    rate = rows[1][heads.index("Audience engagement")]
    assert rate.value == pytest.approx(2506 * 100 / 28378) and rate.number_format == '#,##0.00" %"'
    assert book["Channels"].freeze_panes == "B2"
    day = next(cell for row in book["What was published"].iter_rows(min_row=2) for cell in row)
    assert day.is_date and day.value.isoformat()[:10] == "2027-02-10"
    assert book["Channels"].column_dimensions["A"].width > 10


def test_nothing_in_a_workbook_is_worked_out(client, lead, brand, report):
    brand.posts.update(title='=HYPERLINK("https://evil.example","x")')
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{ROOT}{report.pk}/report.xlsx"))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_a_workbook_without_the_notes_still_explains_its_figures(client, lead, report):
    Report.objects.update(sections=["summary"])
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{ROOT}{report.pk}/report.xlsx"))))
    assert book.sheetnames == ["Report", "In short", "Sources and formulas"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:fontTools")
def test_the_pdf_is_tagged_and_in_the_language_of_the_report(client, lead, report):
    caches["documents"].clear()
    Report.objects.update(language="uz", name="Oʻzbek hisoboti", sections=["summary", "lines", "channels"])
    content = b"".join(client.get(f"{ROOT}{report.pk}/report.pdf"))
    opened = inflated(content)
    assert content.startswith(b"%PDF-1.7")
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", opened) and b"/StructTreeRoot" in opened
    assert re.search(rb"/Lang\s*\(uz\)", opened)
    assert "Oʻzbek hisoboti".encode("utf-16-be").hex().encode() in opened.lower()


def test_a_pdf_that_cannot_be_drawn_is_a_page_that_says_so(client, lead, report, monkeypatch):
    def refuse(html, pictures=()):
        raise pdf.PdfRefused("busy")

    monkeypatch.setattr(pdf, "pdf_of", refuse)
    answer = client.get(f"{ROOT}{report.pk}/report.pdf")
    assert answer.status_code == 503 and "Back to the report" in text(answer)


def test_files_are_called_after_the_brand_the_report_and_its_days(report):
    assert printing.file_name(read(report, money=False), "pdf") == "atlas-february-2027-02-01-2027-02-28.pdf"


# --- links


@pytest.fixture
def link(report) -> ReportLink:
    return report.links.create(name="Owner", language="en")


def shared(link: ReportLink, more: str = "") -> str:
    return f"/shared/reports/{share.report_token(link)}/{more}"


def test_whoever_has_the_link_reads_the_report_without_money_and_without_traces(client, link):
    answer = client.get(shared(link))
    page = text(answer)
    assert "Adras 0" in page and "\xa0UZS" not in page
    assert "noindex" in answer["X-Robots-Tag"] and answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    addresses = re.findall(r'<(?:a|form)\b[^>]*(?:href|action)="([^"]*)"', page)
    assert addresses and not [one for one in addresses if not one.startswith(("#", "/shared/"))]
    link.refresh_from_db()
    assert link.opened_count == 1


def test_a_link_shows_money_only_where_it_and_the_report_do(client, link):
    ReportLink.objects.update(shows_money=True)
    assert "900,000" in text(client.get(shared(link)))
    Report.objects.update(shows_money=False)
    assert "\xa0UZS" not in text(client.get(shared(link)))


def test_a_link_has_a_language_of_its_own(client, link):
    ReportLink.objects.update(language="uz")
    page = text(client.get(shared(link)))
    assert '<html lang="uz"' in page and 'class="sp-paper" lang="uz"' in page


def test_forged_outdated_taken_back_and_foreign_links_look_the_same(client, report, link):
    signed = share.report_token(link)
    old = report.links.create(name="Old", language="en", expires_at=timezone.now() - timedelta(seconds=1))
    gone = report.links.create(name="Gone", language="en")
    share.take_back(gone)
    other = share.SIGNER.sign_object([link.pk, int(link.created_at.timestamp())])
    wrong = [
        "1",
        signed[:-1] + ("A" if signed[-1] != "A" else "B"),
        other,
        share.report_token(old),
        share.report_token(gone),
        "%00",
    ]
    for more in ("", "report.pdf", "report.xlsx"):
        for each in wrong:
            answer = client.get(f"/shared/reports/{each}/{more}")
            assert answer.status_code == 404 and "This link does not work" in text(answer), each
            assert "noindex" in answer["X-Robots-Tag"]
    assert client.get(shared(link, "report.xlsx")).status_code == 200


def test_a_lead_makes_a_link_with_money_and_a_marketer_takes_it_back(client, people, report):
    page = f"{ROOT}{report.pk}/links/"
    client.force_login(people[Role.LEAD])
    client.post(page, {"name": "Owner", "language": "uz", "until": "", "shows_money": "on"})
    link = report.links.get()
    assert link.shows_money and share.report_token(link) in text(client.get(page))
    client.force_login(people[Role.MARKETER])
    client.post(page, {"name": "Other", "language": "uz", "until": "", "shows_money": "on"})
    assert not report.links.get(name="Other").shows_money
    client.post(f"{page}{link.pk}/take-back/")
    link.refresh_from_db()
    assert not link.works


# --- what was issued, and letters


@pytest.fixture
def issued(report, people) -> IssuedReport:
    return issuing.issue_now(report, people[Role.LEAD])


def test_keeping_a_report_leads_to_it(client, lead, report):
    answer = client.post(f"{ROOT}{report.pk}/issue/", follow=True)
    assert "It does not change any more" in text(answer) and "Adras 0" in text(answer)


def test_an_issued_report_is_read_and_taken_by_viewers_without_money(client, people, issued):
    client.force_login(people[Role.VIEWER])
    page = f"{ROOT}issued/{issued.pk}/"
    assert "\xa0UZS" not in text(client.get(page)) and "Adras 0" in text(client.get(page))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{page}report.xlsx"))))
    assert "Money and return" not in book.sheetnames


def test_a_report_that_failed_says_why_and_is_tried_again_by_a_lead(client, lead, issued):
    IssuedReport.objects.update(state="failed", problem="RuntimeError: x", content={}, content_without_money={}, attempts=5)
    page = f"{ROOT}issued/{issued.pk}/"
    assert "RuntimeError: x" in text(client.get(page))
    assert client.get(f"{page}report.pdf").status_code == 302
    client.post(f"{page}again/")
    issued.refresh_from_db()
    assert (issued.state, issued.attempts) == ("waiting", 0)


def test_deleting_asks_first_and_takes_what_was_issued_along(client, lead, report, issued):
    page = f"{ROOT}{report.pk}/delete/"
    assert "1 report that was issued goes with it" in text(client.get(page))
    client.post(page)
    assert not Report.objects.exists() and not IssuedReport.objects.exists()


@pytest.fixture
def letter(issued) -> ReportLetter:
    recipient = issued.report.recipients.create(email="owner@outside.example.com")
    return issued.letters.create(recipient=recipient, sent_at=timezone.now())


def test_the_link_of_a_letter_opens_the_report_as_it_was(client, letter):
    address = letters.link_of(letter).partition("testserver")[2] or re.sub(r"^https?://[^/]+", "", letters.link_of(letter))
    assert "Adras 0" in text(client.get(address))
    assert client.get(f"{address}report.xlsx").status_code == 200
    letter.recipient.delete()
    assert client.get(address).status_code == 404


def test_the_link_of_a_letter_ends_after_half_a_year(client, letter):
    address = re.sub(r"^https?://[^/]+", "", letters.link_of(letter))
    IssuedReport.objects.update(issued_at=timezone.now() - letters.WORKS_FOR - timedelta(days=1))
    assert client.get(address).status_code == 404


def test_looking_at_the_end_of_letters_ends_nothing_and_pressing_does(letter):
    from django.test import Client

    client, recipient = Client(enforce_csrf_checks=True), letter.recipient
    address = f"/shared/unsubscribe/{letters.unsubscribe_token(recipient)}/"
    assert "End these letters?" in text(client.get(address))
    recipient.refresh_from_db()
    assert recipient.unsubscribed_at is None
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    recipient.refresh_from_db()
    assert recipient.unsubscribed_at
    assert client.get("/shared/unsubscribe/forged/").status_code == 404


# --- the schedule


def when(**fields) -> dict:
    return {"rhythm": "weekly", "weekday": "0", "day": "1", "hour": "9", "attaches_pdf": "on"} | fields


def test_a_lead_sets_a_schedule_up_and_pauses_it(client, lead, report):
    page = f"{ROOT}{report.pk}/schedule/"
    client.post(page, when())
    row = Report.objects.get().schedule
    assert (row.rhythm, row.weekday, row.hour, row.attaches_pdf, row.attaches_xlsx) == ("weekly", 0, 9, True, False)
    assert "Next on" in text(client.get(page))
    client.post(f"{page}pause/", {"pause": "1"})
    row.refresh_from_db()
    assert row.is_paused
    before = row.counts_from
    client.post(f"{page}pause/", {"go": "1"})
    row.refresh_from_db()
    assert not row.is_paused and row.counts_from > before


@pytest.mark.parametrize("fields", [{"day": "32"}, {"day": "0"}, {"hour": "24"}, {"weekday": "7"}, {"rhythm": "x"}, {"day": ""}])
def test_a_schedule_that_cannot_be_is_told_at_its_field(client, lead, report, fields):
    answer = client.post(f"{ROOT}{report.pk}/schedule/", when(rhythm="monthly") | fields)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [next(iter(fields))]


def test_recipients_are_members_or_addresses_each_once(client, lead, people, report):
    page = f"{ROOT}{report.pk}/schedule/"
    member = people[Role.VIEWER].memberships.get()
    client.post(page, {"add": "1", "member": str(member.pk), "email": ""})
    client.post(page, {"add": "1", "member": "", "email": "owner@outside.example.com"})
    assert [row.email for row in report.recipients.all()] == ["viewer@example.uz", "owner@outside.example.com"]
    for fields in ({"email": "OWNER@outside.example.com"}, {"email": "nonsense"}, {}, {"member": "999"},
                   {"member": str(member.pk), "email": "x@example.com"}):  # fmt: skip
        answer = client.post(page, {"add": "1"} | fields)
        assert answer.status_code == 422, fields
    assert report.recipients.count() == 2


def test_a_members_address_typed_by_hand_is_known_as_theirs(client, lead, people, report):
    client.post(f"{ROOT}{report.pk}/schedule/", {"add": "1", "email": "Viewer@example.uz"})
    assert report.recipients.get().user == people[Role.VIEWER]
