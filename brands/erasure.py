"""Forgetting a person: asked for, taken back for some days, and then done for good in the background.

The row of the person stays, without a name, an address or a password, so that what they wrote keeps an author. What was
theirs alone goes: memberships, notifications, settings, feeds, and whatever else falls with a person.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CASCADE, Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from brands.audit import record
from brands.deleting import delete_brand, delete_rows
from brands.models import AuditEntry, Brand, Invitation, Membership, Notification, Role, User

NOWHERE = "erased.invalid"


def brands_without_another_lead(user: User) -> list[Brand]:
    """Those that would be left to nobody. A brand that closes, and a sample, end anyway."""
    led = Brand.objects.filter(closing_since=None, is_sample=False, memberships__user=user, memberships__role=Role.LEAD)
    others = Q(memberships__role=Role.LEAD, memberships__user__is_active=True) & ~Q(memberships__user=user)
    alone = Brand.objects.filter(pk__in=led.values("pk")).annotate(other_leads=Count("memberships", filter=others))
    return list(alone.filter(other_leads=0))


def ask(user: User, *, by: User | None = None) -> None:
    """Raises ValidationError where a brand would lose its last lead. Asked twice, it counts from the first."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if alone := brands_without_another_lead(row):
            raise ValidationError(
                _("Nobody else leads %(brands)s. Make somebody else a lead, or delete the brand, first.")
                % {"brands": ", ".join(brand.name for brand in alone)}
            )
        if row.erasing_since is None:
            User.objects.filter(pk=row.pk).update(erasing_since=timezone.now())
            record("erasure_asked", person=by or row, on=row)


def keep(user: User) -> bool:
    """Whether there was something to take back."""
    with transaction.atomic():
        kept = User.objects.filter(pk=user.pk, erasing_since__isnull=False, is_active=True).update(erasing_since=None)
        if kept:
            record("erasure_taken_back", person=user, on=user)
    return bool(kept)


def due(now: datetime) -> list[int]:
    over = User.objects.filter(erasing_since__lte=now - timedelta(days=settings.ERASURE_DAYS), erased_at=None)
    return list(over.values_list("pk", flat=True))


def erase(pk: int, now: datetime) -> bool:
    """Do it, where it is still asked for. Who became the last lead of a brand meanwhile waits until there is another."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=pk, erasing_since__isnull=False, erased_at=None).first()
        if user is None or user.erases_at is None or user.erases_at > now or brands_without_another_lead(user):
            return False
        for brand in Brand.objects.filter(is_sample=True, memberships__user=user):
            delete_brand(brand)
        erased = f"Erased person {user.pk}"
        _forget_name(user, erased)
        for rows in theirs_alone(user):
            delete_rows(rows)
        AuditEntry.objects.filter(person=user).update(address=None)
        # Above all others in the log, so that a restored backup can be made to forget again.
        record("person_erased", on=user)
        user.email, user.name = f"erased-{user.pk}@{NOWHERE}", erased
        user.language, user.erased_at, user.last_login = "", now, None
        user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.save()
        user.groups.clear()
        user.user_permissions.clear()
    return True


def _forget_name(user: User, erased: str) -> None:
    """Where an address or a name was copied to. What other people typed in words of their own stays theirs.

    Models that keep a copy say by a method `forget_name` how they lose it.
    """
    for model in apps.get_models():
        forget: Callable[[User, str], None] | None = getattr(model, "forget_name", None)
        if forget is not None:
            forget(user, erased)
    # How rows were called in the log that Django's administration keeps for itself.
    kinds = ContentType.objects.get_for_models(User, *{rows.model for rows in theirs_alone(user)}).values()
    named = Q(object_repr__icontains=user.email) | (Q(object_repr__icontains=user.name) if user.name else Q())
    of_them = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    LogEntry.objects.filter(of_them | Q(content_type__in=kinds) & named).update(object_repr=erased)
    Invitation.objects.filter(email__iexact=user.email).delete()
    for row in Notification.objects.filter(params__by=str(user)).iterator(chunk_size=500):
        Notification.objects.filter(pk=row.pk).update(params=row.params | {"by": "—"})


def theirs_alone(user: User) -> Iterator[models.QuerySet]:
    """Rows that fall with the person, of every table that says so of itself."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User and field.remote_field.on_delete is CASCADE:
                yield model._base_manager.filter(**{field.name: user})


def memberships_of(user: User) -> models.QuerySet[Membership]:
    return user.memberships.select_related("brand").order_by("brand__name")
