"""Sending the messages of webhooks: each by one worker at a time, again and again for a day, never twice at the same moment."""

import logging
import random
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from brands import audit, fetching, webhooks
from brands.fetching import FetchFailed, Limits, Posted
from brands.models import Role, WebhookDelivery, WebhookEndpoint
from brands.notifications import notification, tell

log = logging.getLogger(__name__)
Status = WebhookDelivery.Status

# Longer than a sending may take: a worker that died holds the message up no longer.
LEASE = timedelta(seconds=60)
# Half a minute, then twice as long each time, at most four hours: together about a day.
FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS = timedelta(seconds=30), timedelta(hours=4), 15
PATIENCE = timedelta(days=3)
KEPT_FOR = timedelta(days=30)
BATCH = 500
LONGEST_ANSWER = 500
LIMITS: Limits = fetching.SENDING


def send(pk: int) -> None:
    """Send the message, if it waits for that and nobody else is at it."""
    row = _claimed(pk)
    if row is None:
        return
    started = time.monotonic()
    try:
        answer = _post(row)
        failure = "" if 200 <= answer.status < 300 else "status"
    except FetchFailed as failed:
        answer, failure = None, failed.code
    _write_down(row, answer, failure, round((time.monotonic() - started) * 1000))


def due(now: datetime) -> list[int]:
    """Messages that wait and that no worker is at: those whose task was lost, and those whose next attempt has come."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    rows = WebhookDelivery.objects.filter(free, status=Status.WAITING, next_at__lte=now).order_by("next_at", "pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def forget_old(now: datetime) -> int:
    return WebhookDelivery.objects.filter(created_at__lt=now - KEPT_FOR).exclude(status=Status.WAITING).delete()[0]


def _claimed(pk: int) -> WebhookDelivery | None:
    """The row, taken for the length of a sending. One statement decides who has it."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    rows = WebhookDelivery.objects.filter(free, pk=pk, status=Status.WAITING, next_at__lte=now)
    if not rows.update(claimed_until=now + LEASE, attempts=F("attempts") + 1, attempted_at=now):
        return None
    row = WebhookDelivery.objects.select_related("endpoint__brand").filter(pk=pk).first()
    if row is not None and not row.endpoint.is_on and row.event != webhooks.TEST:
        _settle(row, status=Status.FAILED, failure="switched_off")
        return None
    return row


def _post(row: WebhookDelivery) -> Posted:
    stamp = int(time.time())
    if not row.endpoint.url.startswith("https://") and not settings.DEBUG:
        raise FetchFailed("not_https")
    headers = {
        "Content-Type": "application/json",
        "webhook-id": row.message,
        "webhook-timestamp": str(stamp),
        "webhook-signature": webhooks.signature(row.endpoint.secret, row.message, stamp, row.body),
    }
    return fetching.post(row.endpoint.url, row.body.encode(), headers, LIMITS)


def _write_down(row: WebhookDelivery, answer: Posted | None, failure: str, took: int) -> None:
    said = answer.content.decode(errors="replace").replace("\0", "")[:LONGEST_ANSWER] if answer else ""
    told = {"response_status": answer.status if answer else None, "response_body": said, "response_ms": took, "failure": failure}
    endpoints = WebhookEndpoint.objects.filter(pk=row.endpoint_id)
    if not failure:
        _settle(row, status=Status.DELIVERED, **told)
        endpoints.exclude(failing_since=None).update(failing_since=None)
        return
    if row.attempts >= MOST_ATTEMPTS:
        _settle(row, status=Status.FAILED, **told)
    else:
        _settle(row, status=Status.WAITING, next_at=timezone.now() + pause(row.attempts), **told)
    endpoints.filter(failing_since=None).update(failing_since=timezone.now())
    _switch_off(row.endpoint_id)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts; not exactly, so that what failed together does not come back together."""
    usual = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return usual * random.uniform(0.8, 1.2)


def _settle(row: WebhookDelivery, **fields: object) -> None:
    # Only as long as it is ours: after the lease another may be at it.
    mine = WebhookDelivery.objects.filter(pk=row.pk, attempts=row.attempts)
    mine.update(**({"next_at": None, "claimed_until": None} | fields))


def _switch_off(pk: int) -> None:
    """An endpoint that nothing reached for three days is left alone, and its leads are told once."""
    with transaction.atomic():
        failing = WebhookEndpoint.objects.filter(pk=pk, is_on=True, failing_since__lt=timezone.now() - PATIENCE)
        if not failing.update(is_on=False, version=F("version") + 1):
            return
        endpoint = WebhookEndpoint.objects.select_related("brand").get(pk=pk)
        log.warning("Webhook %s was switched off after three days of failures", pk)
        audit.record("webhook_switched_off", brand=endpoint.brand, on=endpoint)
        url = reverse("brands:webhook", args=[endpoint.brand.slug, pk])
        key = f"webhook_off:{pk}:{endpoint.version}"
        leads = endpoint.brand.memberships.filter(role=Role.LEAD).select_related("user")
        tell(notification(lead.user, endpoint.brand, "webhook_off", key, url, {"title": endpoint.url[:100]}) for lead in leads)
