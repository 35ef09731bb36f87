"""Letters that tell what waits: a reminder by itself, other news bundled, and once a day for those who like it so.

What would go out in a person's quiet hours is held, and goes out with the first sweep after them, in one letter.

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

from brands import endings
from brands.alone import alone
from brands.endings import Ending
from brands.letters import absolute, send_letter
from brands.models import EmailRhythm, LetterSettings, Membership, Notification, NotificationChoice, User
from brands.notifications import text_of
from brands.quiet import LONGEST, ONE_DAY, Quiet, due_morning

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
    rows = waiting(now - LONGEST * ONE_DAY).filter(user__email_rhythm=EmailRhythm.AT_ONCE)
    people = _with_settings(User.objects.filter(pk__in=rows.values("user")))
    return sum(_to_one(user, now, now, "notifications") for user in people)


def send_digests(now: datetime) -> int:
    """Write to those who want one letter a day and have not had today's: what waited at eight where they are."""
    people = _with_settings(User.objects.filter(email_rhythm=EmailRhythm.DAILY, is_active=True))
    return sum(_digest(user, now) for user in people)


def waiting(since: datetime):
    """What nobody has read or was written to about, of brands that the person still belongs to and has not muted."""
    hears_of_it = Membership.objects.filter(user=OuterRef("user"), brand=OuterRef("brand"), letters_muted=False)
    unwanted = NotificationChoice.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"), by_email=False)
    rows = Notification.objects.unread().filter(emailed_at=None, created_at__gt=since, user__is_active=True)
    # What happens in a sample happens to nobody.
    return rows.filter(Exists(hears_of_it), brand__is_sample=False).exclude(Exists(unwanted))


def _with_settings(people):
    return people.select_related("letter_settings").prefetch_related("memberships__brand")


def message_id(rows: Iterable[Notification]) -> str:
    """The same for the same news, whoever sends it, however often."""
    keys = [str(row.pk) for row in rows]
    name = keys[0] if len(keys) == 1 else f"{keys[0]}-{len(keys)}-{blake2b(' '.join(keys).encode(), digest_size=8).hexdigest()}"
    return f"<notification-{name}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def _digest(user: User, now: datetime) -> int:
    if not user.memberships.all():
        return 0
    due = due_morning(LetterSettings.of(user).quiet, now, MORNING)
    if due is None or (user.digest_sent_on and user.digest_sent_on >= due[0]):
        return 0
    return _to_one(user, now, due[1], "digest", day=due[0])


def _to_one(user: User, now: datetime, until: datetime, name: str, day=None) -> int:
    """Whoever writes to a person does so alone, and reads only then what is still to be told."""
    chosen = LetterSettings.of(user)
    quiet = chosen.quiet
    if quiet.holds(now) and not (chosen.reminders_pass and day is None):
        return 0
    with alone(f"letters-{user.pk}") as is_mine:
        if not is_mine:
            return 0
        rows = waiting(now - FRESH_FOR - chosen.days_off_in_a_row).filter(user=user, created_at__lte=until)
        # Asked again: they may have ended their letters a moment ago.
        rows = rows.filter(user__email_rhythm=user.email_rhythm)
        if quiet.holds(now):
            rows = rows.filter(kind__in=REMINDERS)
        sent = 0
        try:
            for bundle in _bundles(list(rows.select_related("brand").order_by("created_at", "pk")), chosen, quiet, name):
                _send(user, bundle, name)
                sent += 1
        except MAIL_ERRORS as problem:
            log.error("the letter to user %s was not sent, the next sweep tries again: %s", user.pk, problem)
        else:
            if day:
                User.objects.filter(pk=user.pk).update(digest_sent_on=day)
        return sent


def _bundles(rows: list[Notification], chosen: LetterSettings, quiet: Quiet, name: str) -> list[list[Notification]]:
    """A reminder by itself, and what was held through quiet hours together with the rest."""
    if name == "digest":
        return [rows] if rows else []
    urgent = {row.pk for row in rows if row.kind in REMINDERS and (chosen.reminders_pass or not quiet.holds(row.created_at))}
    together = [row for row in rows if row.pk not in urgent]
    return [*([row] for row in rows if row.pk in urgent), *([together] if together else [])]


def _send(user: User, rows: list[Notification], name: str) -> None:
    kinds, brands = {row.kind for row in rows}, {row.brand for row in rows}
    of_kind = Ending(user, kinds.pop()) if len(kinds) == 1 else None
    of_all = Ending(user)
    send_letter(
        user.email,
        name,
        user.language,
        message_id=message_id(rows),
        headers=endings.headers((of_kind or of_all).address),
        user=user,
        lines=_Lines(rows),
        more=len(rows) - 1,
        single=absolute(rows[0].url) if len(rows) == 1 else "",
        sender=brands.pop().name if len(brands) == 1 else "",
        profile=absolute(reverse("brands:hearing")),
        of_kind=of_kind,
        of_all=of_all,
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(emailed_at=timezone.now())


class _Lines:
    """Read by the template, inside the reader's language: (sentence, brand, link)."""

    def __init__(self, rows: list[Notification]) -> None:
        self.rows = rows

    def __iter__(self):
        return ((text_of(row), row.brand.name, absolute(row.url)) for row in self.rows)
