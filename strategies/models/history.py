from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.teams import BusinessType
from strategies.models.strategies import Strategy


class StrategyEvent(models.Model):
    """Who did what to the strategy as a whole. Written, never changed."""

    class Kind(models.TextChoices):
        CREATED = "created", _("created the strategy")
        SUBMITTED = "submitted", _("sent it to review")
        RETURNED = "returned", _("returned it with a note")
        APPROVED = "approved", _("approved it")
        ARCHIVED = "archived", _("archived it")
        RESTORED = "restored", _("brought it back from the archive")
        WAIVED = "waived", _("left a gate open")
        REVERTED = "reverted", _("took it back to what was approved")
        BUDGET_REVIEWED = "budget", _("looked at the budget")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("event of a strategy")
        verbose_name_plural = _("events of strategies")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"


class GateWaiver(models.Model):
    """A gate that the team chose to leave open, and why."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="waivers")
    gate = models.CharField(_("gate"), max_length=40)
    reason = models.CharField(_("reason"), max_length=200)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("waived gate")
        verbose_name_plural = _("waived gates")
        constraints = [models.UniqueConstraint(fields=["strategy", "gate"], name="gate_is_waived_once")]

    def __str__(self) -> str:
        return self.gate


def _renumber(model: type[models.Model], row: dict, new: Callable[[str, object], int | None]) -> None:
    if "id" in row:
        row["id"] = new(model._meta.label_lower, row["id"])
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.is_relation and row.get(field.name) is not None:
            label = field.related_model._meta.label_lower
            said = row[field.name]
            row[field.name] = [found for old in said if (found := new(label, old))] if field.many_to_many else new(label, said)


class StrategySnapshot(models.Model):
    """An approved version as it was. Never changed; the live rows keep their ids."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("approved version")
        verbose_name_plural = _("approved versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="version_number_is_once_in_a_strategy")]

    def __str__(self) -> str:
        return f"{self.strategy} · {self.number}"

    def renumber(self, new: Callable[[str, object], int | None]) -> None:
        """Of an import: rows and what they point at have other numbers here."""
        # The parts know the models, and so this module.
        from strategies.whole import PARTS, REVIEW

        models_ = {part.name: part.model for part in (*PARTS, REVIEW)} | {"strategy": Strategy}
        for part, said in self.content.items():
            for row in [said] if part == "strategy" else said:
                _renumber(models_[part], row, new)


class StrategyChange(models.Model):
    """One field of one row of a strategy that somebody changed. Written, never changed."""

    class Act(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("removed")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    part = models.CharField(max_length=40, help_text=_("a part of approval.PARTS, or “strategy”"))
    row = models.PositiveBigIntegerField(help_text=_("key of the row within its part"))
    name = models.CharField(max_length=160, help_text=_("what the row was called"))
    field = models.CharField(max_length=60, blank=True, help_text=_("empty for a row that was added or removed as a whole"))
    was = models.JSONField(null=True, blank=True)
    became = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of a strategy")
        verbose_name_plural = _("changes of strategies")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["strategy", "-at", "-id"], name="changes_of_a_strategy")]

    def __str__(self) -> str:
        return f"{self.name} {self.field}: {self.get_act_display()}"


class StepComment(models.Model):
    """What a reviewer has to say about one step of the wizard, and the talk about it."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="comments")
    step = models.CharField(_("step"), max_length=30)
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("comment on a step")
        verbose_name_plural = _("comments on steps")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["strategy", "step"], name="comments_of_a_step")]

    def __str__(self) -> str:
        return self.text[:60]


class AppliedPreset(models.Model):
    """A preset that filled this strategy: every row it made and every field it filled, so that it can be taken back."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="applied_presets")
    preset = models.CharField(_("preset"), max_length=16, choices=BusinessType)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=list, help_text=_("model, key and version of each row, in the order in which they were made"))
    filled = models.JSONField(default=list, help_text=_("model, key, field and value of each field that was empty"))
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("applied preset")
        verbose_name_plural = _("applied presets")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.get_preset_display())

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.filled)
