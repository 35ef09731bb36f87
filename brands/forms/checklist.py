"""The points of a channel's set-up checklist. Each form knows what its reader saw, and writes only what was changed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.checklist import Check
from brands.forms.versioned import VersionedModelForm
from brands.models import Channel, ChannelCheck, User

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
State = ChannelCheck.State


class CheckForm(forms.ModelForm):
    """One point: two people may tick different points, or different fields of one, without losing each other's work."""

    class Meta:
        model = ChannelCheck
        fields = ["state", "note", "day"]
        widgets = {
            "state": forms.RadioSelect,
            "note": forms.TextInput(attrs={"class": "form-control"}),
            "day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
        }
        labels = {"note": gettext_lazy("Note")}

    def __init__(self, *args, check: Check, today: date, **kwargs) -> None:
        super().__init__(*args, prefix=check.name, **kwargs)
        self.check, self.today = check, today
        self.fields["state"].choices = State.choices
        self.fields["state"].required = False
        if check.day:
            self.fields["day"].label = check.day
        else:
            del self.fields["day"]
        for name, field in self.fields.items():
            field.show_hidden_initial = not self.is_bound or self.add_initial_prefix(name) in self.data

    @property
    def seen(self) -> SafeString:
        """The hidden inputs that say what the reader saw."""
        inputs = ((bound.as_hidden(only_initial=True),) for bound in self if bound.field.show_hidden_initial)
        return format_html_join("", "{}", inputs)

    @property
    def was_sent(self) -> bool:
        return any(key.startswith(f"{self.prefix}-") for key in self.data)

    @property
    def has_something_to_say(self) -> bool:
        return self.was_sent and self.has_changed() and bool(self.errors)

    @property
    def has_conflict(self) -> bool:
        return any(error.code == "conflict" for errors in self.errors.as_data().values() for error in errors)

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or State.OPEN

    def clean_day(self) -> date | None:
        day = self.cleaned_data["day"]
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Choose a date of this century."))
        if day and not self.check.day_is_ahead and day > self.today:
            raise ValidationError(_("That day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wants_day = "day" in self.fields and cleaned.get("state") == State.DONE
        if wants_day and not cleaned.get("day") and not self.has_error("day"):
            self.add_error("day", _("Say on which day."))
        for name in self.changed_data:
            if name in cleaned and self._was_changed_by_another(name, cleaned[name]):
                said = _("Somebody changed this meanwhile. It is now: %(now)s. Save again to have it your way.")
                self.add_error(name, ValidationError(said % {"now": self._now(name)}, code="conflict"))
        return cleaned

    def _was_changed_by_another(self, name: str, wanted: Any) -> bool:
        field, stored = self.fields[name], self.initial.get(name)
        if not field.show_hidden_initial or stored == wanted:
            return False
        seen = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        return field.has_changed(stored, seen)

    def _now(self, name: str) -> str:
        stored = self.initial.get(name)
        return str(State(stored).label) if name == "state" else str(stored or "—")

    def told(self, stored: ChannelCheck) -> "CheckForm":
        """What was typed and what is wrong with it, for somebody who now knows what is stored."""
        fresh = CheckForm(None, instance=stored, check=self.check, today=self.today)
        data = self.data.copy()
        for bound in fresh:
            data[self.add_initial_prefix(bound.name)] = bound.value() if bound.value() is not None else ""
        again = CheckForm(data, instance=stored, check=self.check, today=self.today)
        again._errors = self.errors
        return again

    def write(self, by: User) -> bool:
        """Store what was changed; False when the form has something to say."""
        if not self.was_sent or not self.has_changed():
            return True
        if not self.is_valid():
            return False
        changed = {name: self.cleaned_data[name] for name in self.changed_data} | {"changed_by": by}
        with transaction.atomic():
            self.instance, _new = ChannelCheck.objects.update_or_create(
                channel=self.instance.channel, check_name=self.check.name, defaults=changed
            )
        return True


class GrowthForm(VersionedModelForm):
    """Whether the channel's followers were bought: asked, because no file tells it."""

    class Meta:
        model = Channel
        fields = ["grew_by_buying"]
        widgets = {"grew_by_buying": forms.CheckboxInput(attrs={"class": "form-check-input"})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        tick = self.fields["grew_by_buying"]
        tick.show_hidden_initial = not self.is_bound or self.add_initial_prefix("grew_by_buying") in self.data

    @property
    def seen(self) -> SafeString:
        tick = self["grew_by_buying"]
        shown = tick.as_hidden(only_initial=True) if tick.field.show_hidden_initial else ""
        return format_html("{}{}", self["version"], shown)

    def write(self) -> bool:
        if f"{self.prefix}-version" not in self.data or "grew_by_buying" not in self.changed_data:
            return True
        return self.saved()
