from celery import shared_task
from django.utils import timezone

from brands import notification_letters


@shared_task
def send_notifications() -> int:
    """Write to each person what is unread and was not written yet, at once or in the morning, as they like it."""
    now = timezone.now()
    return notification_letters.send_at_once(now) + notification_letters.send_digests(now)
