"""The administration's page about computing KPI values: what waits, what runs, what failed, what had drifted."""

from datetime import datetime, timedelta
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_value
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Avg, Count, F, Max, Min, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from brands.models import Brand
from metrics.models import RecomputeRun, StalePeriod, Standing
from metrics.tasks import recompute_all_values_of_brand

RECENTLY = timedelta(days=1)


def summary(now: datetime) -> list[tuple[str, str]]:
    """What stands above the list, in two queries."""
    waiting = StalePeriod.objects.aggregate(marks=Count("pk"), brands=Count("brand", distinct=True), oldest=Min("marked_at"))
    recent = Q(started_at__gt=now - RECENTLY)
    full = Q(kind=RecomputeRun.Kind.FULL, error="", finished_at__isnull=False)
    runs = RecomputeRun.objects.aggregate(
        running=Count("pk", filter=Q(finished_at=None, claimed_until__gte=now)),
        failed=Count("pk", filter=recent & ~Q(error="")),
        drift=Sum("drift", filter=recent & full),
        last=Max("finished_at", filter=full),
        usual=Avg(F("finished_at") - F("started_at"), filter=recent & full),
    )
    return [
        (_("Marks waiting"), _("%(marks)s, of %(brands)s brands") % waiting if waiting["marks"] else _("none")),
        (_("The oldest waits for"), timesince(waiting["oldest"], now) if waiting["oldest"] else "—"),
        (_("Running now"), str(runs["running"])),
        (_("Failed within a day"), str(runs["failed"])),
        (_("Everything was last computed"), display_for_value(runs["last"], "—")),
        (_("A brand took, on average"), _seconds(runs["usual"])),
        (_("Values that had drifted, within a day"), str(runs["drift"] or 0)),
    ]


def _seconds(duration: timedelta | None) -> str:
    return "—" if duration is None else _("%(seconds)s s") % {"seconds": number_format(duration.total_seconds(), 1)}


class Outcome(admin.SimpleListFilter):
    title = gettext_lazy("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("drift", _("with drift")), ("failed", _("failed")), ("running", _("not ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RecomputeRun]) -> QuerySet[RecomputeRun]:
        asked = {"drift": Q(drift__gt=0), "failed": ~Q(error=""), "running": Q(finished_at=None)}
        return queryset.filter(asked.get(self.value() or "", Q()))


@admin.register(RecomputeRun)
class RecomputeRunAdmin(admin.ModelAdmin):
    change_list_template = "admin/metrics/recomputerun/change_list.html"
    list_display = ["started_at", "brand", "kind", "state", "took", "spans", "values", "written", "drift"]
    list_filter = ["kind", Outcome, "started_at"]
    search_fields = ["brand__name", "brand__slug", "error"]
    list_select_related = ["brand"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RecomputeRun | None = None) -> bool:
        return False

    def get_urls(self) -> list:
        compute = self.admin_site.admin_view(require_POST(self.compute))
        return [path("compute/", compute, name="metrics_recomputerun_compute"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, {"summary": summary(timezone.now()), **(extra_context or {})})

    def compute(self, request: HttpRequest) -> HttpResponse:
        """All values of a brand again: a worker does it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        brand = Brand.objects.filter(slug=request.POST.get("brand", "").strip()).first()
        if brand is None:
            self.message_user(request, _("There is no brand with this address."), messages.ERROR)
        else:
            transaction.on_commit(partial(recompute_all_values_of_brand.delay, brand.pk))
            self.message_user(request, _("The values of %(brand)s are being computed.") % {"brand": brand})
        return redirect("admin:metrics_recomputerun_changelist")

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: RecomputeRun) -> str | SafeString:
        if row.error:
            return row.error[:80]
        if row.finished_at:
            return _("done")
        return _("cut off") if row.was_cut_off(timezone.now()) else _("running")

    @admin.display(description=gettext_lazy("took"))
    def took(self, row: RecomputeRun) -> str:
        return _seconds(row.duration)


@admin.register(Standing)
class StandingAdmin(admin.ModelAdmin):
    list_display = ["brand", "first", "last", "today", "looked_for", "claimed_until"]
    search_fields = ["brand__name", "brand__slug"]
    list_select_related = ["brand"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Standing | None = None) -> bool:
        return False
