"""A letter that a person sends to themselves, to see that mail works."""

import logging
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from brands.letters import absolute, send_letter
from brands.models import LetterSettings, User
from brands.notification_letters import MAIL_ERRORS

log = logging.getLogger(__name__)
PAUSE = timedelta(minutes=1)
# Letters of these become files, or go nowhere.
REACH_NOBODY = ("filebased", "console", "dummy")


class Outcome(Enum):
    SENT = "sent"
    NO_SERVER = "no server"
    TOO_OFTEN = "too often"
    FAILED = "failed"


def send_sample(user: User, now: datetime) -> Outcome:
    if any(name in settings.EMAIL_BACKEND for name in REACH_NOBODY):
        return Outcome.NO_SERVER
    LetterSettings.objects.get_or_create(user=user)
    # The row is the limit, for all processes: whoever changes it may send.
    rows = LetterSettings.objects.filter(Q(tested_at=None) | Q(tested_at__lte=now - PAUSE), user=user)
    if not rows.update(tested_at=now):
        return Outcome.TOO_OFTEN
    try:
        send_letter(user.email, "sample", user.language, user=user, profile=absolute(reverse("brands:hearing")))
    except MAIL_ERRORS as problem:
        log.error("the test letter to user %s was not sent: %s", user.pk, problem)
        return Outcome.FAILED
    return Outcome.SENT
