"""A form that knows which version of a row it was opened with."""

from django import forms
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from brands.versions import EditConflict

CHANGED = _(
    "Somebody changed this while you were editing. What you typed is still here: save again to keep yours, or reload"
    " the page to see theirs."
)
DASHES = BLANK_CHOICE_DASH[0][1]
NOW = _("Stored now, where it differs from yours: %(standing)s")


def _say_none(field: forms.Field) -> None:
    """A word instead of the row of dashes that Django offers for "nothing chosen"."""
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = _("Choose") if field.required else _("None")
    elif isinstance(field, forms.TypedChoiceField):
        word = _("Choose") if field.required else _("None")
        field.choices = [(value, word if value in ("", None) and label == DASHES else label) for value, label in field.choices]


class VersionedModelForm(forms.ModelForm):
    """A form for a row that several people may edit: it carries the version it was opened with.

    Use `if request.method == "POST" and form.saved():`. When somebody saved the row in between, the form says so,
    names what stands there now, keeps everything typed, and takes the newer version, so that saving again overwrites.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for field in self.fields.values():
            _say_none(field)

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("version") != self._stored_version():
            self._report_conflict()
        return cleaned

    def saved(self) -> bool:
        """Validate and save; False when the form has something to say."""
        if not self.is_valid():
            return False
        try:
            self.save()
        except EditConflict:
            return False
        return True

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

    def _stored_version(self) -> int | None:
        return self._stored().values_list("version", flat=True).first()

    def _report_conflict(self) -> None:
        current = self._stored().first()
        if current is None:
            self.add_error(None, _("Somebody deleted this while you were editing. Copy what you typed before you leave."))
            return
        # The next press of the button knows the version that the message told about.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = current.version
        self.add_error(None, forms.ValidationError(CHANGED, code="conflict"))
        if standing := self._standing(current):
            self.add_error(None, forms.ValidationError(NOW, code="conflict", params={"standing": standing}))

    def _standing(self, current: models.Model) -> str:
        """Where the stored row differs from what was typed: “Title: ‘Spring sale’.”"""
        said = [
            f"{self.fields[name].label}: “{_shown(current, name)}”."
            for name in self.cleaned_data
            if name != "version" and _is_column(current, name) and getattr(current, name) != self.cleaned_data[name]
        ]
        return " ".join(said)


def _is_column(row: models.Model, name: str) -> bool:
    return any(field.name == name for field in row._meta.concrete_fields)


def _shown(row: models.Model, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    text = "—" if shown in (None, "") else str(shown)
    return text if len(text) <= 80 else text[:79] + "…"
