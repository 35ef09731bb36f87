"""What the wizard's forms share: they know what the writer saw, so that only what was touched is saved."""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.forms import VersionedModelForm
from brands.models import Brand, User
from strategies import whole
from strategies.models import Strategy, StrategyChange

LONGEST_TEXT = 5000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
OTHER_CENTURY = _("Choose a date of this century.")
PLAIN_WIDGETS = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect, forms.HiddenInput)


class RowForm(VersionedModelForm):
    """The form of one row. Beside each field stands, hidden, the value it was shown with.

    `bounds_days_itself` names the fields for days of which the form says more than that they are of this century.
    """

    bounds_days_itself: frozenset[str] = frozenset()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.prepare_fields()
        for name, field in self.fields.items():
            _dress(field)
            bound_text(field)
            if name not in self.bounds_days_itself:
                bound_day(field)
            # A client that does not send what it saw is compared with what is stored.
            field.show_hidden_initial = name != "version" and self._sends_what_it_saw(name)

    def prepare_fields(self) -> None:
        """Add the fields that depend on the row."""

    def _sends_what_it_saw(self, name: str) -> bool:
        if self.instance.pk is None:
            return False
        return not self.is_bound or self.add_initial_prefix(name) in self.data

    @property
    def touched(self) -> bool:
        return self._was_sent and any(name != "version" for name in self.changed_data)

    @property
    def _was_sent(self) -> bool:
        """A form that the page did not hold is not one whose fields were all emptied."""
        return not self.prefix or any(key.startswith(f"{self.prefix}-") for key in self.data)

    @property
    def has_conflict(self) -> bool:
        return any(error.code == "conflict" for error in self.non_field_errors().as_data())

    def last_change(self, current: models.Model) -> tuple[User | None, datetime | None]:
        """As the history of its strategy says."""
        found = next((part for part in (*whole.PARTS, whole.REVIEW) if part.model is type(current)), None)
        if found is None and not isinstance(current, Strategy):
            return super().last_change(current)
        strategy = attrgetter(f"{found.path.replace('__', '.')}_id")(current) if found else current.pk
        changes = StrategyChange.objects.filter(strategy=strategy, part=found.name if found else "strategy", row=current.pk)
        last = changes.select_related("by").first()
        return (last.by, last.at) if last else super().last_change(current)

    @property
    def state(self) -> SafeString:
        """The hidden inputs: the version, and what each field was shown with."""
        seen = [bound.as_hidden(only_initial=True) for bound in self if bound.field.show_hidden_initial]
        return format_html_join("", "{}", ((html,) for html in [self["version"].as_widget(), *seen]))


class StrategyFieldsForm(RowForm):
    """Some fields of the strategy itself. Each step has others: a change made in another step is no conflict."""

    def clean(self) -> dict:
        stale = self.cleaned_data.get("version") != self.standing_version()
        if stale and self._nobody_changed_these():
            self.cleaned_data["version"] = self.standing_version()
        return super().clean()

    def _nobody_changed_these(self) -> bool:
        names = [name for name in self.fields if name != "version" and self.fields[name].show_hidden_initial]
        if len(names) < len(self.fields) - 1:
            return False
        return all(not self._differs_from_seen(name) for name in names)

    def _differs_from_seen(self, name: str) -> bool:
        field = self.fields[name]
        seen = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        return field.has_changed(self.initial.get(name), seen)


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select) and not isinstance(widget, PLAIN_WIDGETS):
        widget.attrs.setdefault("class", "form-select")
    elif not isinstance(widget, PLAIN_WIDGETS):
        widget.attrs.setdefault("class", "form-control num" if isinstance(field, NumberField) else "form-control")
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("rows", 3)


def bound_text(field: forms.Field) -> None:
    """A text in paragraphs has an end, too. Told at the field after sending: a browser would cut off what is pasted."""
    if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea) and field.max_length is None:
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))


def bound_day(field: forms.Field) -> None:
    """A day lies in this century."""
    if isinstance(field, forms.DateField):
        field.validators += [MinValueValidator(EARLIEST, OTHER_CENTURY), MaxValueValidator(LATEST, OTHER_CENTURY)]
        field.widget.attrs |= {"min": str(EARLIEST), "max": str(LATEST)}


def offer(field: forms.ModelChoiceField, rows: Iterable, empty: str = "—") -> None:
    """Let the field choose from `rows`, read once for all the forms of a page."""
    rows = list(rows)
    field.queryset = field.queryset.filter(pk__in=[row.pk for row in rows])
    choices = [(row.pk, str(row)) for row in rows]
    if isinstance(field, forms.ModelMultipleChoiceField):
        field.choices = choices
        _take_only(field, {str(row.pk) for row in rows})
    else:
        field.choices = [("", empty), *choices]


def _take_only(field: forms.ModelMultipleChoiceField, known: set[str]) -> None:
    """Refuse what was not offered before the database is asked: a key may be longer than it can hold."""
    check = field._check_values

    def checked(values):
        for value in values:
            if str(value) not in known:
                message = field.error_messages["invalid_choice"]
                raise forms.ValidationError(message, code="invalid_choice", params={"value": value})
        return check(values)

    field._check_values = checked


def day_field_widget() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class People:
    """Who can be made responsible, and the channels there are: read once for all the rows of a page."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.members = [membership.user for membership in brand.memberships.select_related("user").order_by("user__name", "pk")]
        self.channels = list(brand.channels.filter(is_active=True).select_related("platform"))
