"""Letters that tell what waits: a reminder by itself, other news bundled, and once a day for those who like it so.

A row is marked after its letter went out, so a crash in between sends it twice rather than never. The second carries the
Message-ID of the first, by which mail programs know it.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from hashlib import blake2b
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from brands.alone import alone
from brands.letters import absolute, send_letter
from brands.models import EmailRhythm, Membership, Notification, NotificationChoice, User
from brands.notifications import text_of

log = logging.getLogger(__name__)
# What a mail server that refuses one letter raises, and one that is away.
MAIL_ERRORS = (SMTPException, OSError)
# Whoever could not be written to for so long is not told old news.
FRESH_FOR = timedelta(days=3)
MORNING = time(8)
# Each has a letter of its own: it asks for something to be done now.
REMINDERS = {"post_due"}


def send_at_once(now: datetime) -> int:
    """Write to those who want to hear at once; how many letters went out."""
    rows = waiting(now).filter(user__email_rhythm=EmailRhythm.AT_ONCE)
    people = User.objects.filter(pk__in=rows.values("user"))
    return sum(_to_one(user, now, now, "notifications") for user in people)


def send_digests(now: datetime) -> int:
    """Write to those who want one letter a day and have not had today's: what waited at eight where they are."""
    people = User.objects.filter(email_rhythm=EmailRhythm.DAILY, is_active=True).prefetch_related("memberships__brand")
    return sum(_digest(user, now) for user in people)


def waiting(now: datetime):
    """What nobody has read or was written to about, of brands that the person still belongs to."""
    is_member = Membership.objects.filter(user=OuterRef("user"), brand=OuterRef("brand"))
    unwanted = NotificationChoice.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"), by_email=False)
    rows = Notification.objects.unread().filter(emailed_at=None, created_at__gt=now - FRESH_FOR, user__is_active=True)
    return rows.filter(Exists(is_member)).exclude(Exists(unwanted))


def message_id(rows: Iterable[Notification]) -> str:
    """The same for the same news, whoever sends it, however often."""
    keys = [str(row.pk) for row in rows]
    name = keys[0] if len(keys) == 1 else f"{keys[0]}-{len(keys)}-{blake2b(' '.join(keys).encode(), digest_size=8).hexdigest()}"
    return f"<notification-{name}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def _digest(user: User, now: datetime) -> int:
    memberships = sorted(user.memberships.all(), key=lambda row: row.pk)
    if not memberships:
        return 0
    local = now.astimezone(memberships[0].brand.zone)
    morning = datetime.combine(local.date(), MORNING, local.tzinfo)
    if local < morning or user.digest_sent_on == local.date():
        return 0
    return _to_one(user, now, morning, "digest", day=local.date())


def _to_one(user: User, now: datetime, until: datetime, name: str, day=None) -> int:
    """Whoever writes to a person does so alone, and reads only then what is still to be told."""
    with alone(f"letters-{user.pk}") as is_mine:
        if not is_mine:
            return 0
        rows = waiting(now).filter(user=user, created_at__lte=until).select_related("brand").order_by("created_at", "pk")
        sent = 0
        try:
            for bundle in _bundles(list(rows), one_letter=day is not None):
                _send(user, bundle, name)
                sent += 1
        except MAIL_ERRORS as problem:
            log.error("the letter to user %s was not sent, the next sweep tries again: %s", user.pk, problem)
        else:
            if day:
                User.objects.filter(pk=user.pk).update(digest_sent_on=day)
        return sent


def _bundles(rows: list[Notification], *, one_letter: bool) -> list[list[Notification]]:
    if one_letter:
        return [rows] if rows else []
    apart = [[row] for row in rows if row.kind in REMINDERS]
    together = [row for row in rows if row.kind not in REMINDERS]
    return [*apart, together] if together else apart


def _send(user: User, rows: list[Notification], name: str) -> None:
    send_letter(
        user.email,
        name,
        user.language,
        message_id=message_id(rows),
        user=user,
        lines=_Lines(rows),
        more=len(rows) - 1,
        profile=absolute(reverse("brands:hearing")),
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(emailed_at=timezone.now())


class _Lines:
    """Read by the template, inside the reader's language: (sentence, brand, link)."""

    def __init__(self, rows: list[Notification]) -> None:
        self.rows = rows

    def __iter__(self):
        return ((text_of(row), row.brand.name, absolute(row.url)) for row in self.rows)
