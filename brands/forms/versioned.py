"""A form that knows which version of a row it was opened with."""

from datetime import datetime

from django import forms
from django.db import models, transaction
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from brands.audit import record
from brands.forms.merging import MergingForm
from brands.models import User
from brands.versions import EditConflict

CHANGED = _(
    "Somebody changed this while you were editing. Nothing is lost: what you typed is still here, and what stands there now is"
    " shown beside it. Choose, and save again."
)
DASHES = BLANK_CHOICE_DASH[0][1]


def _say_none(field: forms.Field) -> None:
    """A word instead of the row of dashes that Django offers for "nothing chosen"."""
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = _("Choose") if field.required else _("None")
    elif isinstance(field, forms.TypedChoiceField):
        word = _("Choose") if field.required else _("None")
        field.choices = [(value, word if value in ("", None) and label == DASHES else label) for value, label in field.choices]


class VersionedModelForm(MergingForm, forms.ModelForm):
    """A form for a row that several people may edit: it carries the version it was opened with.

    Use `if request.method == "POST" and form.saved():`. When somebody saved the row in between, the form says so, keeps
    everything typed, shows both versions field by field (`merging.py`), and takes the newer version, so that saving again
    writes what was chosen.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    # What the audit log says when a row is added or changed; and the fields whose values it may tell: no person's words.
    act_of_adding = act_of_changing = ""
    told_values: tuple[str, ...] = ()
    # Fields whose change is an act of its own, which the form records itself.
    told_apart: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.carry_what_was_seen()
        for field in self.fields.values():
            _say_none(field)
        # Here, too: forms look at what was sent while they are made.
        self.take_theirs()

    def full_clean(self) -> None:
        self.take_theirs()
        super().full_clean()

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("version") != self.standing_version():
            self._report_conflict()
        return cleaned

    def saved(self) -> bool:
        """Validate and save; False when the form has something to say."""
        if not self.is_valid():
            return False
        act = self.act_of_adding if self.instance._state.adding else self.act_of_changing
        try:
            with transaction.atomic():
                self.save()
                self._record(act)
        except EditConflict:
            return False
        return True

    def _record(self, act: str) -> None:
        changed = [name for name in self.changed_data if name not in ("version", *self.told_apart)]
        if act and changed:
            values = {
                name: [str(self.initial.get(name, "")), str(self.cleaned_data[name])]
                for name in changed
                if name in self.told_values
            }
            record(
                act,
                brand=getattr(self.instance, "brand", self.instance),
                on=self.instance,
                details={"fields": changed, "values": values},
            )

    def save(self, commit: bool = True) -> models.Model:
        """As any form does; raises EditConflict (and says so in the form) when another saved first."""
        if not commit or self.instance._state.adding:
            return super().save(commit)
        if self.errors:
            raise ValueError(f"The {self._meta.model.__name__} could not be changed because the form is not valid.")
        try:
            self.instance.save_version(self.cleaned_data["version"])
        except EditConflict:
            self._report_conflict()
            raise
        self._save_m2m()
        return self.instance

    def _stored(self) -> models.QuerySet:
        return self._meta.model._base_manager.filter(pk=self.instance.pk)

    def standing_version(self) -> int | None:
        return self._stored().values_list("version", flat=True).first()

    def has_a_row(self) -> bool:
        return self.instance.pk is not None

    def last_change(self, current: models.Model) -> tuple[User | None, datetime | None]:
        """Who saved the row last, and when, as far as the row knows."""
        return None, getattr(current, "updated_at", None)

    def _report_conflict(self) -> None:
        current = self._stored().first()
        if current is None:
            self.add_error(None, _("Somebody deleted this while you were editing. Copy what you typed before you leave."))
            return
        stored = {name: self.get_initial_for_field(self.fields[name], name) for name in self.fields}
        stored |= forms.model_to_dict(current, [name for name in self.fields if name != "version"])
        self.compare(stored, *self.last_change(current))
        # The next press of the button knows the version that stands beside what was typed.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = current.version
        self.add_error(None, forms.ValidationError(CHANGED, code="conflict"))
