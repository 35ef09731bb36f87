"""Closing a brand: asked for by a lead, taken back for some days, and then deleted for good in the background."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from brands.audit import record
from brands.deleting import delete_brand
from brands.letters import send_letter
from brands.models import Brand, Role, User
from brands.notifications import notify


def leads_of(brand: Brand) -> list[User]:
    return list(User.objects.filter(memberships__brand=brand, memberships__role=Role.LEAD, is_active=True))


def close(brand: Brand, person: User) -> None:
    """From now on links for outsiders stop; who works in the brand notices a banner. Asked twice, it counts from the first."""
    with transaction.atomic():
        row = Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        if row.closing_since is not None:
            return
        row.closing_since = timezone.now()
        row.save(update_fields=["closing_since"])
        record("brand_closing", brand=row, person=person, on=row)
        key = f"brand-closing-{row.closing_since.timestamp():.0f}"
        for lead in leads_of(row):
            notify(lead, row, "brand_closing", key, reverse("brands:leaving", args=[row.slug]), {"by": str(person)})


def keep(brand: Brand, person: User) -> bool:
    """Whether there was something to take back."""
    with transaction.atomic():
        row = Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        if row.closing_since is None:
            return False
        row.closing_since = None
        row.save(update_fields=["closing_since"])
        record("brand_kept", brand=row, person=person, on=row)
    return True


def due(now: datetime) -> list[int]:
    over = Brand.objects.filter(closing_since__lte=now - timedelta(days=settings.BRAND_CLOSING_DAYS))
    return list(over.values_list("pk", flat=True))


def end(pk: int, now: datetime) -> bool:
    """Delete the brand, where it is still to be; its leads hear of it by letter, since nothing of it is left in the app."""
    with transaction.atomic():
        row = Brand.objects.select_for_update(no_key=True).filter(pk=pk, closing_since__isnull=False).first()
        if row is None or row.closes_at is None or row.closes_at > now:
            return False
        leads = leads_of(row)
        record("brand_deleted", brand=row, on=row)
        delete_brand(row)
        for lead in leads:
            transaction.on_commit(lambda to=lead: send_letter(to.email, "brand_deleted", to.language, brand=row), robust=True)
    return True
