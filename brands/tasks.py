from celery import shared_task
from django.utils import timezone

from brands import closing, erasure, forgetting, notification_letters, webhook_sending
from brands.exports import jobs


@shared_task
def send_notifications() -> int:
    """Write to each person what is unread and was not written yet, at once or in the morning, as they like it."""
    now = timezone.now()
    return notification_letters.send_at_once(now) + notification_letters.send_digests(now)


@shared_task
def make_export(pk: int) -> None:
    jobs.make(pk)


@shared_task
def make_waiting_exports() -> int:
    """Those whose message was lost; and files whose days are over go."""
    now = timezone.now()
    for pk in jobs.waiting(now):
        jobs.make(pk)
    return jobs.forget(now)


@shared_task
def delete_closed_brands() -> int:
    now = timezone.now()
    return sum(closing.end(pk, now) for pk in closing.due(now))


@shared_task
def erase_people() -> int:
    now = timezone.now()
    return sum(erasure.erase(pk, now) for pk in erasure.due(now))


@shared_task
def forget_what_is_old() -> dict[str, int]:
    return forgetting.forget(timezone.now())


@shared_task
def send_webhook(pk: int) -> None:
    webhook_sending.send(pk)


@shared_task
def send_due_webhooks() -> None:
    """Sweeps: what no task was told of, and what is to be tried again."""
    for pk in webhook_sending.due(timezone.now()):
        send_webhook.delay(pk)
