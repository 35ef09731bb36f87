"""Paid and free ways to be heard."""

from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from strategies.forms.methods import ActivityForm
from strategies.forms.rows import RowForm
from strategies.models import Activity
from strategies.pages.rows import RowsPage
from strategies.ways import RECIPE, STEPS, WAYS

Method = Activity.Method
FIRST = {"paid": Method.ADS, "free": Method.PROMOTION}


class MethodsPage(RowsPage):
    template = "strategies/steps/methods.html"
    live_parts = {"methods-live": "strategies/steps/_methods_live.html"}
    related = "activities"
    form_class = ActivityForm

    def extras(self) -> dict[str, Any]:
        return {"people": self.people, "lines": list(self.strategy.budget_lines.all())}

    def new_row(self) -> models.Model:
        row = super().new_row()
        row.method = FIRST.get(self.request.GET.get("add", ""), Method.ADS)
        return row

    def act(self, action: str) -> str | None:
        """`add-paid`, `add-free`: one more row of the group."""
        group = action.removeprefix("add-")
        return f"?add={group}#new" if group in FIRST and action != group else None

    def context(self) -> dict[str, Any]:
        for form in self.forms.values():
            if form.is_bound:
                form.is_valid()
            form.notes = self._notes(form.instance) if form.instance.pk else []
        context = super().context()
        rows = context["rows"]
        groups = (
            ("paid", _("Paid ways"), [form for form in rows if form.instance.is_paid]),
            ("free", _("Free ways"), [form for form in rows if not form.instance.is_paid]),
        )
        return context | {
            "groups": groups,
            "ways": WAYS,
            "recipe": RECIPE,
            "guides": self._guides(),
            "has_promotion": any(form.instance.method == Method.PROMOTION for form in rows),
            "paid_count": sum(form.instance.is_paid for form in rows if form.instance.pk),
            "free_count": sum(not form.instance.is_paid for form in rows if form.instance.pk),
        }

    def _notes(self, activity: Activity) -> list[str]:
        """What speaks against the row as it stands."""
        notes = []
        if activity.is_paid and self.strategy.organic_only:
            notes.append(_("The budget says “organic only”, and this costs money."))
        elif activity.is_paid and activity.budget_line_id is None:
            notes.append(_("No budget line pays for this yet."))
        if activity.method == Method.COLLABORATION and not activity.partner.strip():
            notes.append(_("Say with whom: partners are what collaboration is counted by."))
        return notes

    def _guides(self) -> list[dict[str, Any]]:
        """How advertising works on each platform that the strategy uses."""
        platforms = {row.channel.platform.pk: row.channel.platform for row in self._used()}
        return [{"platform": platform, "steps": STEPS.get(platform.slug, ())} for platform in platforms.values()]

    def _used(self) -> list[Any]:
        rows = list(self.strategy.strategy_channels.all())
        models.prefetch_related_objects(rows, "channel__platform")
        return rows

    def live(self) -> dict[str, str]:
        parts = super().live()
        for prefix, form in self._with_notes():
            html = render_to_string("strategies/steps/_methods_notes.html", {"form": form}, self.request)
            parts[f"{self.created.get(prefix, prefix)}-notes"] = html
        return parts

    def _with_notes(self) -> list[tuple[str, RowForm]]:
        return [(prefix, form) for prefix, form in self.forms.items() if form.instance.pk]
