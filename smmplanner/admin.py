"""The administration's page about queues: is the broker there, who works, what waits, what failed; and a button that sweeps."""

from datetime import datetime
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_value
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from brands.administration import NeverByHand
from brands.models import Heartbeat, TaskFailure
from smmplanner import waiting
from smmplanner.celery import app


def machinery(now: datetime) -> list[tuple[str, str]]:
    """What stands on top: broker, timetable, workers."""
    length = waiting.queue_length()
    seen = {row.name: row for row in Heartbeat.objects.all()}
    beat = seen.pop(Heartbeat.BEAT, None)
    return [
        (_("Broker"), pgettext("broker", "does not answer") if length is None else pgettext("broker", "answers")),
        (_("Messages that no worker has taken yet"), "—" if length is None else str(length)),
        (_("Timetable (beat)"), _age(beat, now)),
        *((_("Worker %(name)s") % {"name": name.removeprefix("worker ")}, _age(row, now)) for name, row in seen.items()),
        (_("Failed within a day"), str(waiting.failed_within_a_day(now))),
    ]


def _age(row: Heartbeat | None, now: datetime) -> str:
    if row is None:
        return _("not seen yet")
    ago = _("seen %(time)s ago") % {"time": timesince(row.at, now)}
    return _("%(seen)s: it seems to be gone") % {"seen": ago} if row.is_stale else ago


def rows_that_wait(now: datetime) -> list[tuple[object, int, str]]:
    return [(each.kind.label, each.count, timesince(each.oldest, now) if each.oldest else "—") for each in waiting.look(now)]


@admin.register(TaskFailure)
class TaskFailureAdmin(NeverByHand):
    change_list_template = "admin/brands/taskfailure/change_list.html"
    list_display = ["at", "task", "error", "request_id"]
    list_filter = ["task", "error", "at"]
    search_fields = ["task", "error", "request_id", "task_id"]
    show_full_result_count = False

    def get_urls(self) -> list:
        sweep = self.admin_site.admin_view(require_POST(self.sweep))
        return [path("sweep/", sweep, name="brands_taskfailure_sweep"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        now = timezone.now()
        told = {"machinery": machinery(now), "rows_that_wait": rows_that_wait(now), "title": _("Queues and failed tasks")}
        return super().changelist_view(request, told | (extra_context or {}))

    def sweep(self, request: HttpRequest) -> HttpResponse:
        """What the timetable does each minute or three, now. Twice does no harm."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if waiting.queue_length() is None:
            self.message_user(request, _("The broker does not answer, so nobody was told to sweep."), messages.ERROR)
        else:
            for kind in waiting.KINDS:
                transaction.on_commit(partial(app.send_task, kind.sweep))
            self.message_user(request, _("The workers were told to take up what waits."))
        return redirect("admin:brands_taskfailure_changelist")


@admin.register(Heartbeat)
class HeartbeatAdmin(NeverByHand):
    list_display = ["name", "seen"]
    search_fields = ["name"]

    @admin.display(description=pgettext_lazy("column", "seen"), ordering="at")
    def seen(self, row: Heartbeat) -> str:
        return display_for_value(row.at, "—")
