"""Reports that go out by themselves: once each, kept as they stood, whoever is killed on the way."""

import io
import threading
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import openpyxl
import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.utils import timezone

from brands.models import Notification, Role
from metrics import pdf, tasks
from metrics.models import IssuedReport, LedgerEntry, Observation, Report, ReportLetter, ReportSchedule
from metrics.reports import issuing, letters, sections
from metrics.tests import reporting

# The first of March, nine in Tashkent.
DUE = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)
PDF = b"%PDF-fake"


@pytest.fixture
def people(brand, instagram, person_in):
    people = {role: person_in(role) for role in (Role.LEAD, Role.VIEWER)}
    reporting.told(brand, instagram, people[Role.LEAD])
    return people


@pytest.fixture
def report(brand, people) -> Report:
    report = reporting.report(brand, preset="last_month", start=None, end=None, shows_money=True)
    report.recipients.create(user=people[Role.LEAD], email=people[Role.LEAD].email)
    report.recipients.create(email="owner@outside.example.com")
    return report


@pytest.fixture
def schedule(report, monkeypatch) -> ReportSchedule:
    monkeypatch.setattr(pdf, "pdf_of", lambda html, pictures=(): PDF)
    return ReportSchedule.objects.create(
        report=report,
        rhythm="monthly",
        day=1,
        hour=9,
        attaches_pdf=True,
        attaches_xlsx=True,
        counts_from=DUE - timedelta(days=20),
    )


def run(now: datetime = DUE) -> None:
    """What beat and a worker do."""
    for pk in issuing.sweep(now):
        issuing.produce(pk, now)


def test_it_goes_out_at_its_hour_about_the_month_that_ended(schedule):
    run(DUE - timedelta(seconds=1))
    assert not IssuedReport.objects.exists()
    run()
    row = IssuedReport.objects.get()
    assert (str(row.day), str(row.start), str(row.end), row.state) == ("2027-03-01", "2027-02-01", "2027-02-28", "ready")
    assert sorted(letter.to[0] for letter in mail.outbox) == ["lead@example.uz", "owner@outside.example.com"]


def test_however_often_it_is_swept_it_goes_out_once(schedule):
    for minutes in range(5):
        run(DUE + timedelta(minutes=minutes))
    assert IssuedReport.objects.count() == 1
    assert len(mail.outbox) == 2
    run(DUE + timedelta(days=31))
    assert IssuedReport.objects.count() == 2


def test_the_letter_tells_the_figures_and_brings_both_files(schedule):
    run()
    letter = next(each for each in mail.outbox if "outside" in each.to[0])
    assert letter.subject.startswith("February, 1 February 2027 – 28 February 2027")
    assert "Audience engagement: 8.83" in letter.body and "1 post went out" in letter.body
    assert [(name[-5:], kind) for name, _content, kind in letter.attachments] == [
        ("8.pdf", "application/pdf"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ]
    assert letter.attachments[0][1] == PDF
    assert "In short" in openpyxl.load_workbook(io.BytesIO(letter.attachments[1][1])).sheetnames
    assert letter.extra_headers["Message-ID"].startswith("<report-")
    assert letter.extra_headers["List-Unsubscribe"].strip("<>") in letter.body


def test_a_report_that_was_issued_never_changes(schedule, brand):
    run()
    row = IssuedReport.objects.get()
    before = row.content
    Observation.objects.update(value=F("value") + 1_000_000)
    LedgerEntry.objects.all().delete()
    brand.posts.update(title="Otherwise")
    row.refresh_from_db()
    assert row.content == before
    assert "Adras 0" in reporting.shown(row.told(money=True)) and "900,000" in reporting.shown(row.told(money=True))


def test_a_viewer_of_the_team_gets_the_letter_without_money(schedule, report, people):
    report.recipients.all().delete()
    report.recipients.create(user=people[Role.VIEWER], email=people[Role.VIEWER].email)
    run()
    (letter,) = mail.outbox
    book = openpyxl.load_workbook(io.BytesIO(letter.attachments[1][1]))
    text = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    assert "UZS" not in letter.body and "Money and return" not in book.sheetnames and "900000" not in text
    assert "Money and return" in reporting.shown(IssuedReport.objects.get().told(money=True))


def test_whoever_left_the_team_or_wants_no_more_gets_nothing(schedule, report, people):
    people[Role.LEAD].memberships.update(role=Role.VIEWER)
    people[Role.LEAD].memberships.all().delete()
    letters.unsubscribe(report.recipients.get(user=None))
    run()
    assert IssuedReport.objects.get().state == "ready"
    assert not mail.outbox and not issuing.unfinished(DUE).exists()


def test_what_was_due_before_the_schedule_was_set_up_is_not_made_up_for(schedule):
    ReportSchedule.objects.update(counts_from=DUE + timedelta(hours=1))
    run(DUE + timedelta(hours=2))
    assert not IssuedReport.objects.exists()


def test_a_paused_schedule_is_silent(schedule):
    ReportSchedule.objects.update(is_paused=True)
    run()
    assert not IssuedReport.objects.exists()


def test_after_days_without_a_server_the_newest_report_goes_out_alone(schedule):
    ReportSchedule.objects.update(counts_from=DUE - timedelta(days=100))
    run(DUE + timedelta(days=2))
    assert [str(row.day) for row in IssuedReport.objects.all()] == ["2027-03-01"]


# --- what goes wrong


def test_a_report_that_cannot_be_made_is_tried_again_later_and_then_told(schedule, monkeypatch, people):
    def fail(*arguments, **options):
        raise RuntimeError("no figures today")

    monkeypatch.setattr(sections, "read", fail)
    now = DUE
    run(now)
    row = IssuedReport.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1) and "no figures today" in row.problem
    run(now + timedelta(minutes=1))
    row.refresh_from_db()
    assert row.attempts == 1, "it waits before it tries again"
    for _time in range(issuing.MOST_ATTEMPTS):
        now += timedelta(hours=3)
        run(now)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", issuing.MOST_ATTEMPTS)
    assert [each.user for each in Notification.objects.filter(kind="report_failed")] == [people[Role.LEAD]]
    monkeypatch.undo()
    monkeypatch.setattr(pdf, "pdf_of", lambda html, pictures=(): PDF)
    issuing.try_again(row)
    run(now)
    row.refresh_from_db()
    assert row.state == "ready" and len(mail.outbox) == 2


def test_a_mail_server_that_is_away_costs_no_letter_and_doubles_none(schedule, monkeypatch):
    real, away = letters.send_letter, {"owner@outside.example.com"}

    def send(to, *arguments, **options):
        if to in away:
            raise SMTPException("not now")
        real(to, *arguments, **options)

    monkeypatch.setattr(letters, "send_letter", send)
    run()
    assert [letter.to for letter in mail.outbox] == [["lead@example.uz"]]
    failed = ReportLetter.objects.get(sent_at=None)
    assert failed.attempts == 1 and "not now" in failed.problem
    away.clear()
    run(DUE + timedelta(hours=1))
    assert [letter.to[0] for letter in mail.outbox] == ["lead@example.uz", "owner@outside.example.com"]


def test_a_worker_killed_after_a_letter_and_before_its_mark_sends_the_same_letter(schedule, monkeypatch):
    class Killed(BaseException):
        """Nothing that the code could catch."""

    real = ReportLetter.save

    def die(self, *arguments, **options):
        if options.get("update_fields") == ["sent_at", "problem"]:
            raise Killed
        real(self, *arguments, **options)

    monkeypatch.setattr(ReportLetter, "save", die)
    with pytest.raises(Killed):
        run()
    monkeypatch.setattr(ReportLetter, "save", real)
    run(DUE + timedelta(minutes=1))
    ids = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert len(ids) == 3 and len(set(ids)) == 2
    assert not ReportLetter.objects.filter(sent_at=None).exists()


def test_a_worker_killed_while_it_keeps_the_report_leaves_nothing_half_done(schedule, monkeypatch):
    class Killed(BaseException):
        pass

    real = type(ReportLetter.objects).bulk_create

    def die(*arguments, **options):
        raise Killed

    monkeypatch.setattr(ReportLetter.objects, "bulk_create", die, raising=False)
    with pytest.raises(Killed):
        run()
    row = IssuedReport.objects.get()
    assert (row.state, row.content, row.letters.count()) == ("waiting", {}, 0)
    monkeypatch.undo()
    monkeypatch.setattr(pdf, "pdf_of", lambda html, pictures=(): PDF)
    assert type(ReportLetter.objects).bulk_create is real
    run(DUE + timedelta(minutes=1))
    row.refresh_from_db()
    assert row.state == "ready" and len(mail.outbox) == 2


def test_a_server_that_draws_no_pdf_sends_the_letter_without_it(schedule, monkeypatch):
    def refuse(html, pictures=()):
        raise pdf.PdfRefused("missing")

    monkeypatch.setattr(pdf, "pdf_of", refuse)
    run()
    assert [len(letter.attachments) for letter in mail.outbox] == [1, 1]
    assert set(ReportLetter.objects.values_list("problem", flat=True)) == {"no PDF: missing"}


def test_one_broken_schedule_does_not_stop_the_others(schedule, brand, monkeypatch):
    other = reporting.report(brand, name="Other", preset="last_month", start=None, end=None)
    ReportSchedule.objects.create(report=other, rhythm="monthly", day=1, hour=9, counts_from=DUE - timedelta(days=20))
    real = issuing.note_due

    def note(row, now):
        if row.report_id != other.pk:
            raise RuntimeError
        return real(row, now)

    monkeypatch.setattr(issuing, "note_due", note)
    run()
    assert IssuedReport.objects.get().report == other


def test_the_sweep_of_beat_queues_what_is_due(schedule, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.produce_report, "delay", queued.append)
    ReportSchedule.objects.update(
        rhythm="weekly", weekday=timezone.now().weekday(), hour=0, counts_from=DUE - timedelta(days=999)
    )
    tasks.issue_due_reports()
    assert queued == [IssuedReport.objects.get().pk]


def test_by_hand_it_is_kept_and_sent_to_nobody(report, people):
    row = issuing.issue_now(report, people[Role.LEAD])
    assert (row.state, row.day, row.issued_by) == ("ready", None, people[Role.LEAD])
    issuing.issue_now(report, people[Role.LEAD])
    assert report.issued.count() == 2 and not mail.outbox and not ReportLetter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_two_sweeps_at_once_issue_and_send_once(schedule):
    start, failures = threading.Barrier(2), []

    def work():
        try:
            start.wait()
            run()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run(DUE + timedelta(minutes=10))
    assert not failures, failures
    assert IssuedReport.objects.count() == 1
    assert sorted(letter.to[0] for letter in mail.outbox) == ["lead@example.uz", "owner@outside.example.com"]
