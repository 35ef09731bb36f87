from celery import shared_task

from brands.models import Brand
from calendar_app import delivery, key_dates


@shared_task
def mark_due_publications() -> None:
    delivery.mark_due()


@shared_task
def tell_of_key_dates() -> None:
    for brand in Brand.objects.iterator():
        key_dates.tell(brand)
