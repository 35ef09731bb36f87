import logging
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from smtplib import SMTPException

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from brands.letters import absolute, send_letter
from brands.models import EmailRhythm, Notification, User
from brands.notifications import text_of

log = logging.getLogger(__name__)
# What a mail server that refuses one letter raises, and one that is away.
MAIL_ERRORS = (SMTPException, OSError)
# Whoever could not be written to for so long is not told old news.
FRESH_FOR = timedelta(days=3)


@shared_task
def send_notifications() -> int:
    """Write to each person what is unread and was not written yet: one letter for all of it.

    A row is marked after its letter went out, so a crash in between sends it twice rather than never.
    """
    waiting = (
        Notification.objects.unread()
        .filter(
            emailed_at=None,
            created_at__gt=timezone.now() - FRESH_FOR,
            user__email_rhythm=EmailRhythm.AT_ONCE,
            user__is_active=True,
        )
        .select_related("user", "brand")
        .order_by("user_id", "created_at", "pk")
    )
    return sum(_send(user, list(rows)) for user, rows in groupby(waiting, key=attrgetter("user")))


def _send(user: User, rows: list[Notification]) -> int:
    profile = absolute(reverse("brands:profile"))
    try:
        send_letter(
            user.email, "notifications", user.language, user=user, lines=_Lines(rows), more=len(rows) - 1, profile=profile
        )
    except MAIL_ERRORS as problem:
        log.error("the letter to user %s was not sent, the next sweep tries again: %s", user.pk, problem)
        return 0
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(emailed_at=timezone.now())
    return 1


class _Lines:
    """Read by the template, inside the reader's language: (sentence, brand, link)."""

    def __init__(self, rows: list[Notification]) -> None:
        self.rows = rows

    def __iter__(self):
        return ((text_of(row), row.brand.name, absolute(row.url)) for row in self.rows)
