"""Sample brands: a private copy of the demo for one person, prepared in the background and deleted without a trace."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from brands.audit import record
from brands.deleting import delete_brand, delete_rows
from brands.models import Brand, Membership, Sample, User
from brands.slugs import free_slug
from metrics import demo
from metrics.demo.people import NOWHERE

log = logging.getLogger(__name__)

LOST_AFTER = timedelta(minutes=10)


def ask(user: User) -> tuple[Sample, bool]:
    """The person's only sample, and whether it is to be prepared now."""
    sample, is_new = Sample.objects.get_or_create(user=user)
    if not is_new and sample.failed_at and sample.brand_id is None:
        is_new = bool(
            Sample.objects.filter(pk=sample.pk, failed_at=sample.failed_at).update(failed_at=None, requested_at=timezone.now())
        )
        sample.refresh_from_db()
    return sample, is_new


def prepare(pk: int) -> None:
    """Make the brand; where it is there already, do nothing."""
    try:
        with transaction.atomic():
            sample = Sample.objects.select_for_update().select_related("user").filter(pk=pk, brand=None, failed_at=None).first()
            if sample is not None:
                sample.brand = demo.create(free_slug("Atlas Libos"), sample.user)
                sample.save(update_fields=["brand"])
    except Exception:
        log.exception("The sample %s could not be made", pk)
        Sample.objects.filter(pk=pk, brand=None).update(failed_at=timezone.now())


def leave(brand: Brand) -> Sample:
    """Nobody sees the brand from now on; its rows and files are deleted in the background."""
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(brand=brand)
        sample.leaving_since = sample.leaving_since or timezone.now()
        sample.save(update_fields=["leaving_since"])
        Membership.objects.filter(brand=brand, user=sample.user_id).delete()
        record("deleted", brand=brand, person=sample.user, on=brand)
    return sample


def delete(pk: int) -> None:
    """All rows and files of a sample that is leaving, and the people who were made for it."""
    with transaction.atomic():
        sample = Sample.objects.select_for_update().filter(pk=pk, leaving_since__isnull=False).first()
        if sample is None or sample.brand is None or not sample.brand.is_sample:
            return
        brand = sample.brand
        extras = list(
            User.objects.filter(email__endswith=f".{brand.slug}@{NOWHERE}", is_active=False).values_list("pk", flat=True)
        )
        delete_brand(brand)
        delete_rows(User.objects.filter(pk__in=extras))


def to_prepare() -> list[int]:
    waiting = Sample.objects.filter(brand=None, failed_at=None, requested_at__lt=timezone.now() - LOST_AFTER)
    return list(waiting.values_list("pk", flat=True))


def to_delete() -> list[int]:
    leaving = Sample.objects.filter(leaving_since__lt=timezone.now() - LOST_AFTER)
    return list(leaving.values_list("pk", flat=True))
