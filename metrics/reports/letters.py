"""Letters with an issued report: a few sentences, a link, and the files that were asked for.

A letter is marked after it went out, so a crash in between sends it twice rather than never; the second carries the
Message-ID of the first, by which mail programs know it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from brands.endings import headers
from brands.letters import absolute, send_letter
from brands.models import Membership
from brands.notification_letters import MAIL_ERRORS
from metrics import pdf
from metrics.models import IssuedReport, ReportLetter, ReportRecipient
from metrics.reports import printing
from metrics.reports.workbook import workbook_of

log = logging.getLogger(__name__)

READING = signing.Signer(salt="metrics.report.letter")
ENDING = signing.Signer(salt="metrics.report.unsubscribe")
MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=5)
# Whoever looks for an old report asks for it again.
WORKS_FOR = timedelta(days=180)
# Outsiders hear nothing of a brand that closes, until it is kept.
HELD = Q(recipient__user=None, issued__report__brand__closing_since__isnull=False)

Attachment = tuple[str, bytes, str]


def send_waiting(issued: IssuedReport, now: datetime) -> int:
    """Send every letter of the report that has not gone out; how many did. Called by whoever holds the report's lock."""
    waiting = issued.letters.filter(~HELD, sent_at=None, attempts__lt=MOST_ATTEMPTS).exclude(next_try_at__gt=now)
    rows = list(waiting.select_related("recipient__user"))
    files: dict[bool, tuple[list[Attachment], str]] = {}
    sent = 0
    for row in rows:
        row.issued = issued
        try:
            sent += _send(row, files)
        except (*MAIL_ERRORS, pdf.PdfRefused) as problem:
            _note_failure(row, problem, now)
    return sent


def _send(row: ReportLetter, files: dict[bool, tuple[list[Attachment], str]]) -> bool:
    """One letter; False where the recipient wants, or may have, none."""
    recipient, issued = row.recipient, row.issued
    if recipient.unsubscribed_at or (recipient.user_id and _membership(row) is None):
        row.delete()
        return False
    money = sees_money(row)
    said = issued.told(money=money)
    if money not in files:
        files[money] = _attachments(issued, said)
    attached, problem = files[money]
    ending = absolute(reverse("shared:unsubscribe", args=[unsubscribe_token(recipient)]))
    send_letter(
        recipient.email,
        "report",
        said["language"],
        message_id=message_id(row),
        headers=headers(ending),
        attachments=attached,
        said=said,
        sender=said["brand"],
        link=link_of(row),
        ending=ending,
    )
    row.sent_at, row.problem = timezone.now(), problem
    row.save(update_fields=["sent_at", "problem"])
    return True


def _membership(row: ReportLetter) -> Membership | None:
    return Membership.objects.filter(brand=row.issued.report.brand_id, user=row.recipient.user_id, user__is_active=True).first()


def sees_money(row: ReportLetter) -> bool:
    """A viewer of the team sees none; an address outside sees what the report was made to show."""
    if row.recipient.user_id is None:
        return True
    membership = _membership(row)
    return membership is not None and membership.sees_money


def _attachments(issued: IssuedReport, said: dict[str, Any]) -> tuple[list[Attachment], str]:
    """The files that go along, and why one of them does not. A server that draws no PDF still sends the letter."""
    found, problem = [], ""
    if issued.attaches_pdf:
        try:
            found.append((printing.file_name(said, "pdf"), printing.pdf_of(said), printing.PDF))
        except pdf.PdfRefused as refusal:
            if refusal.reason == "busy":
                raise
            problem = f"no PDF: {refusal.reason}"
    if issued.attaches_xlsx:
        found.append((printing.file_name(said, "xlsx"), workbook_of(said), printing.XLSX))
    return found, problem


def _note_failure(row: ReportLetter, problem: Exception, now: datetime) -> None:
    log.error("the letter %s with a report was not sent: %s", row.pk, problem)
    row.attempts += 1
    row.next_try_at = now + FIRST_PAUSE * 2 ** (row.attempts - 1)
    row.problem = f"{type(problem).__name__}: {problem}"[:300]
    row.save(update_fields=["attempts", "next_try_at", "problem"])


def message_id(row: ReportLetter) -> str:
    """The same for the same letter, whoever sends it, however often."""
    return f"<report-{row.issued_id}-{row.recipient_id}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def link_of(row: ReportLetter) -> str:
    """Into the app for members; for others a page that only this link opens."""
    if row.recipient.user_id:
        return absolute(row.issued.get_absolute_url())
    return absolute(reverse("shared:issued", args=[READING.sign_object([row.pk, row.recipient_id])]))


def find(signed: str) -> ReportLetter | None:
    """The letter behind an address; None for forged and old ones, and where the recipient was taken off the list."""
    try:
        pk, recipient = READING.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = ReportLetter.objects.select_related("issued__report__brand", "recipient")
    row = rows.filter(pk=pk, recipient=recipient, issued__state="ready", issued__report__brand__closing_since=None).first()
    return row if row is not None and row.issued.issued_at > timezone.now() - WORKS_FOR else None


def unsubscribe_token(recipient: ReportRecipient) -> str:
    return ENDING.sign_object([recipient.pk, int(recipient.created_at.timestamp())])


def find_recipient(signed: str) -> ReportRecipient | None:
    try:
        pk, created = ENDING.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    row = ReportRecipient.objects.select_related("report__brand").filter(pk=pk).first()
    return row if row is not None and int(row.created_at.timestamp()) == created else None


def unsubscribe(recipient: ReportRecipient) -> None:
    ReportRecipient.objects.filter(pk=recipient.pk, unsubscribed_at=None).update(unsubscribed_at=timezone.now())


def subscribe_again(recipient: ReportRecipient) -> None:
    ReportRecipient.objects.filter(pk=recipient.pk).update(unsubscribed_at=None)
