"""Reports of the demo: a monthly one for the owner, which goes out by itself, and a weekly one for the team."""

from datetime import timedelta

from django.utils import timezone

from brands.models import Brand, User
from metrics.demo.people import LEAD, VIEWER
from metrics.models import IssuedReport, Report, ReportLetter, ReportSchedule
from metrics.reports import presets, sections
from metrics.reports.timetable import span_before


def write_reports(brand: Brand, people: dict[str, User]) -> None:
    monthly = _report(brand, people[LEAD], "client", name="Egasi uchun oylik hisobot", language="uz", shows_money=True)
    monthly.sections = [*monthly.sections[:-2], "money", *monthly.sections[-2:]]
    monthly.save()
    _report(brand, people[LEAD], "team", name="Weekly for the team", language="en")
    ReportSchedule.objects.create(
        report=monthly, rhythm="monthly", day=1, hour=9, attaches_pdf=True, attaches_xlsx=True, counts_from=timezone.now()
    )
    monthly.recipients.create(user=people[VIEWER], email=people[VIEWER].email)
    monthly.recipients.create(email="bahodir@hamkor.example.com")
    monthly.links.create(
        name="Bahodir, hamkor", language="uz", created_by=people[LEAD], expires_at=timezone.now() + timedelta(60)
    )
    _issued(monthly)


def _report(brand: Brand, lead: User, preset: str, **fields: object) -> Report:
    chosen = presets.BY_NAME[preset]
    return Report.objects.create(
        brand=brand, preset=chosen.period, sections=list(chosen.sections), created_by=lead, **fields
    )  # fmt: skip


def _issued(report: Report) -> None:
    """What went out on the first of this month, as the schedule would have done it."""
    day = report.brand.today().replace(day=1)
    span = span_before("monthly", day)
    row = IssuedReport.objects.create(
        report=report, day=day, start=span.start, end=span.end, attaches_pdf=True, attaches_xlsx=True, state="ready",
        issued_at=timezone.now(), content=sections.read(report, money=True, span=span),
        content_without_money=sections.read(report, money=False, span=span),
    )  # fmt: skip
    now = timezone.now()
    ReportLetter.objects.bulk_create(
        ReportLetter(issued=row, recipient=recipient, sent_at=now) for recipient in report.recipients.all()
    )
