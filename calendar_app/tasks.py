from celery import shared_task

from calendar_app import delivery, expiry
from calendar_app.plan_files import receiving


@shared_task
def mark_due_publications() -> None:
    delivery.mark_due()
    expiry.expire()


@shared_task
def apply_plan_file(pk: int) -> None:
    receiving.apply(pk)
