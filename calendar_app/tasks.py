from celery import shared_task

from calendar_app import delivery, expiry


@shared_task
def mark_due_publications() -> None:
    delivery.mark_due()
    expiry.expire()
