from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from brands.models import Brand
from calendar_app import delivery, expiry, key_dates, media
from calendar_app.plan_files import receiving

# Long enough for a draft that somebody began before a holiday, and for bringing back a version.
UNUSED_FOR = timedelta(days=60)


@shared_task
def mark_due_publications() -> None:
    delivery.mark_due()
    expiry.expire()


@shared_task
def apply_plan_file(pk: int) -> None:
    receiving.apply(pk)


@shared_task
def apply_lost_plan_files() -> None:
    """Sweeps: those whose message was lost, or whose worker died."""
    for pk in receiving.lost():
        apply_plan_file.delay(pk)


@shared_task
def forget_unused_media() -> None:
    media.forget_unused(timezone.now() - UNUSED_FOR)


@shared_task
def tell_of_key_dates() -> None:
    for brand in Brand.objects.iterator():
        key_dates.tell(brand)
