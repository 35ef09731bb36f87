"""Reports that are issued: when they are due, once each; made, kept as they stood, and sent to whoever gets them.

The database says what is to do. The table holds one row per report and day, and one per letter; work on a row is done
by whoever holds its lock, so two workers, or one that was killed half way, come to the same as one.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from brands.alone import alone
from brands.models import Membership, Role, User
from brands.notifications import notify
from metrics.models import IssuedReport, Report, ReportLetter, ReportSchedule
from metrics.period_presets import OWN
from metrics.periods import Span
from metrics.reports import letters, sections
from metrics.reports.facts import span_of
from metrics.reports.timetable import due_day, moment_of, span_before

log = logging.getLogger(__name__)

State = IssuedReport.State
MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=5)
PARTS = ("report__brand", "report__strategy", "report__campaign__strategy", "report__channel__platform")


def sweep(now: datetime) -> list[int]:
    """Write down what is due, and answer all reports on which there is something to do."""
    for schedule in ReportSchedule.objects.filter(is_paused=False).select_related("report__brand").order_by("pk").iterator():
        try:
            note_due(schedule, now)
        except Exception:
            # What goes wrong with one report is written down, and the others still go out.
            log.exception("The schedule of report %s could not be read", schedule.report_id)
    return list(unfinished(now).values_list("pk", flat=True))


def note_due(schedule: ReportSchedule, now: datetime) -> IssuedReport | None:
    """The row of the newest day that is due; None where nothing is. Two sweeps at once write it once."""
    report = schedule.report
    zone = report.brand.zone
    day = due_day(schedule.rhythm, schedule.weekday, schedule.day, schedule.hour, now, zone)
    if moment_of(day, schedule.hour, zone) < schedule.counts_from:
        return None
    # Days that were chosen by hand stay; all others are the week or month that ended.
    span = span_of(report, day) if report.preset == OWN else span_before(schedule.rhythm, day)
    row, _is_new = IssuedReport.objects.get_or_create(
        report=report,
        day=day,
        defaults={
            "start": span.start,
            "end": span.end,
            "attaches_pdf": schedule.attaches_pdf,
            "attaches_xlsx": schedule.attaches_xlsx,
        },
    )
    return row


def unfinished(now: datetime) -> QuerySet[IssuedReport]:
    """Reports to be made, and those with letters that have not gone out."""
    is_time = Q(next_try_at=None) | Q(next_try_at__lte=now)
    waiting = ReportLetter.objects.filter(is_time, ~letters.HELD, issued=OuterRef("pk"), sent_at=None, attempts__lt=MOST_ATTEMPTS)
    return IssuedReport.objects.filter((Q(state=State.WAITING) & is_time) | (Q(state=State.READY) & Exists(waiting))).order_by(
        "pk"
    )


def issue_now(report: Report, user: User) -> IssuedReport:
    """A report by hand, about the days that it shows now. It is kept and sent to nobody."""
    span = span_of(report, report.brand.today())
    row = IssuedReport.objects.create(report=report, start=span.start, end=span.end, issued_by=user)
    produce(row.pk)
    row.refresh_from_db()
    return row


def produce(pk: int, now: datetime | None = None) -> None:
    """Make the report if that is to be done, then send what has not been sent. Whoever comes second finds it taken."""
    now = now or timezone.now()
    with alone(f"report-{pk}") as is_mine:
        if not is_mine:
            return
        row = IssuedReport.objects.select_related(*PARTS).filter(pk=pk).first()
        if row is None:
            return
        if row.state == State.WAITING and (row.next_try_at is None or row.next_try_at <= now):
            make(row, now)
        if row.state == State.READY:
            letters.send_waiting(row, now)


def make(row: IssuedReport, now: datetime) -> None:
    """Write down what the report says, and to whom it goes: both or neither. What goes wrong is kept and tried again."""
    report = row.report
    span = Span(row.start, row.end)
    try:
        told = sections.read(report, money=True, span=span)
        quiet = sections.read(report, money=False, span=span) if report.shows_money else {}
        with transaction.atomic():
            _keep(row, told, quiet, now)
    except Exception as problem:
        log.exception("Report %s could not be made", row.pk)
        _note_failure(row, problem, now)


def _keep(row: IssuedReport, told: dict, quiet: dict, now: datetime) -> None:
    row.content, row.content_without_money = told, quiet
    row.state, row.issued_at, row.problem, row.next_try_at = State.READY, now, "", None
    row.save()
    # By hand it is looked at first; what a schedule issues goes out.
    if row.day is not None:
        wanted = row.report.recipients.filter(unsubscribed_at=None)
        ReportLetter.objects.bulk_create(
            [ReportLetter(issued=row, recipient=recipient) for recipient in wanted], ignore_conflicts=True
        )


def _note_failure(row: IssuedReport, problem: Exception, now: datetime) -> None:
    row.attempts += 1
    row.state = State.FAILED if row.attempts >= MOST_ATTEMPTS else State.WAITING
    row.next_try_at = now + FIRST_PAUSE * 2 ** (row.attempts - 1)
    row.problem = f"{type(problem).__name__}: {problem}"[:300]
    row.content, row.content_without_money, row.issued_at = {}, {}, None
    row.save()
    if row.state == State.FAILED:
        _tell_leads(row)


def _tell_leads(row: IssuedReport) -> None:
    brand = row.report.brand
    leads = brand.memberships.filter(role=Role.LEAD).select_related("user")
    url = reverse("metrics:issued", args=[brand.slug, row.pk])
    for user in _users(leads):
        notify(user, brand, "report_failed", f"report-failed-{row.pk}", url, {"title": row.report.name})


def _users(memberships: Iterable[Membership]) -> list[User]:
    return [membership.user for membership in memberships]


def try_again(row: IssuedReport) -> None:
    """By hand: as if nothing had gone wrong so far."""
    IssuedReport.objects.filter(pk=row.pk, state=State.FAILED).update(
        state=State.WAITING, attempts=0, next_try_at=None, problem=""
    )
    row.letters.filter(sent_at=None).update(attempts=0, next_try_at=None, problem="")
