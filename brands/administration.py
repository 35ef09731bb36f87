"""Django's administration: its door (staff, and where the machine asks for it, with a second factor), and the audit of its changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from brands.audit import Named, record
from brands.fields import KeptJSONField
from brands.models import Brand

# By which name a row leads to its brand, or to a row that does.
WAYS = ("brand", "strategy", "post", "channel", "report", "plan", "goal")


class RowSelect(AutocompleteSelect):
    """The stock one looks for whatever was sent, and fails where that is no number that a row can have."""

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        numbers = [each for each in value if (said := str(each)).isascii() and said.isdecimal() and len(said) < 19]
        return super().optgroups(name, numbers, attrs)


def brand_of(row: object) -> Brand | None:
    for _step in range(3):
        if row is None or isinstance(row, Brand):
            return row
        row = next((found for name in WAYS if isinstance(found := getattr(row, name, None), models.Model)), None)
    return None


class NeverByHand(admin.ModelAdmin):
    """Rows that the product writes: to look at, and to remove."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(NeverByHand):
    """Rows that stay as they were written."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class Audited:
    """Goes before the ModelAdmin of every model."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest | None, **options: Any) -> Any:
        if isinstance(db_field, models.JSONField):
            options.setdefault("form_class", KeptJSONField)
        return super().formfield_for_dbfield(db_field, request, **options)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        record("admin_added", brand=brand_of(obj), person=request.user, on=obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        told = [part["changed"].get("fields", []) for part in message if "changed" in part] if isinstance(message, list) else []
        fields = [str(name) for names in told for name in names]
        record("admin_changed", brand=brand_of(obj), person=request.user, on=obj, details={"fields": fields})
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet) -> Any:
        for row in queryset:
            record("admin_deleted", brand=brand_of(row), person=request.user, on=Named.of(row))
        return super().log_deletions(request, queryset)

    def response_action(self, request: HttpRequest, queryset: models.QuerySet) -> Any:
        # Django opens no transaction of its own around an action on chosen rows.
        with transaction.atomic():
            return super().response_action(request, queryset)


class AuditedSite(admin.AdminSite):
    def register(self, model_or_iterable: Any, admin_class: type[admin.ModelAdmin] | None = None, **options: Any) -> None:
        base = admin_class or admin.ModelAdmin
        super().register(model_or_iterable, type(base.__name__, (Audited, base), {"__module__": base.__module__}), **options)


def lacks_second_factor(request: HttpRequest) -> bool:
    return settings.ADMIN_REQUIRES_TWO_FACTORS and not request.user.has_second_factor


def lets_in(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff and not lacks_second_factor(request)


def asks_for_second_factor(login: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the administration sends whoever it does not let in: members of the staff go on to set one up."""

    @wraps(login)
    def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if lacks_second_factor(request):
            back = request.GET.get("next") or reverse("admin:index")
            return redirect(f"{reverse('brands:two_factors')}?{urlencode({'next': back})}")
        return login(request, *args, **kwargs)

    return door
