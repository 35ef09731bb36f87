"""The period, comparison and channel that a page of results is asked for in its address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from metrics.forms.fields import day_field
from metrics.period_presets import BY_NAME, DEFAULT, LONGEST_SPAN, OWN, PRESETS, STRATEGY
from metrics.periods import Span
from strategies.models import Strategy


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see. `base` is the period compared with, None where that is switched off."""

    span: Span
    base: Span | None
    channel: Channel | None
    preset: str

    @property
    def channels(self) -> tuple[Channel, ...] | None:
        return (self.channel,) if self.channel else None

    @property
    def query(self) -> str:
        """The same question as an address carries it, so that links between the pages keep it."""
        asked = {"preset": self.preset}
        if self.preset == OWN:
            asked |= {"start": self.span.start.isoformat(), "end": self.span.end.isoformat()}
        if self.channel:
            asked["channel"] = str(self.channel.pk)
        if self.base is None:
            asked["compare"] = "no"
        return urlencode(asked)


class PeriodForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("Period"), required=False, choices=[*((p.name, p.label) for p in PRESETS), (OWN, _("Own dates"))]
    )
    start = day_field(_("From"), required=False)
    end = day_field(_("To"), required=False)
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=None, required=False, empty_label=_("All channels"))
    compare = forms.ChoiceField(
        label=_("Compare with"), required=False, choices=[("", _("The period before")), ("no", _("Nothing"))]
    )

    def __init__(self, query: dict, brand: Brand, strategy: Strategy | None = None, *, default: str = DEFAULT) -> None:
        """With a running strategy, its days so far are one of the periods."""
        super().__init__(query)
        self.brand = brand
        self.strategy = strategy
        self.default = default if strategy is not None else DEFAULT
        if strategy is not None:
            self.fields["preset"].choices = [(STRATEGY, _("Strategy to date")), *self.fields["preset"].choices]
        self.fields["channel"].queryset = brand.channels.select_related("platform")
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def clean(self) -> dict:
        cleaned = super().clean()
        if self._wants_own(cleaned):
            self._check_own(cleaned)
        return cleaned

    def _wants_own(self, cleaned: dict) -> bool:
        # Two dates in an address speak for themselves: links from elsewhere need not name the preset.
        return cleaned.get("preset") == OWN or (not cleaned.get("preset") and bool(cleaned.get("start") or cleaned.get("end")))

    def _check_own(self, cleaned: dict) -> None:
        start, end = cleaned.get("start"), cleaned.get("end")
        for name in ("start", "end"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Choose a day."))
        if start and end and end < start:
            self.add_error("end", _("The last day must not come before the first."))
        elif start and end and (end - start).days >= LONGEST_SPAN:
            self.add_error("end", _("Choose three years at most."))

    def asked(self) -> Asked:
        """What was asked; what could not be understood falls back to the default, and the form says so."""
        valid = self.is_valid()
        cleaned = self.cleaned_data
        preset = OWN if valid and self._wants_own(cleaned) else cleaned.get("preset") or self.default
        if preset == OWN and not valid:
            preset = self.default
        span = self._span(preset)
        base = None if cleaned.get("compare") == "no" else span.previous
        found = Asked(span, base, cleaned.get("channel"), preset)
        self._fill_in(found, valid=valid)
        return found

    def _fill_in(self, found: Asked, *, valid: bool) -> None:
        """Let the fields show what is looked at, also where the address did not say it; what is wrong stays as typed."""
        self.data = self.data.copy()
        self.data["preset"] = OWN if not valid and self._wants_own(self.cleaned_data | self.errors) else found.preset
        if valid:
            self.data["start"], self.data["end"] = found.span.start.isoformat(), found.span.end.isoformat()

    def _span(self, preset: str) -> Span:
        today = self.brand.today()
        if preset == OWN:
            return Span(self.cleaned_data["start"], self.cleaned_data["end"])
        if preset == STRATEGY:
            return Span(self.strategy.start, max(self.strategy.start, min(today, self.strategy.end)))
        return BY_NAME[preset].span(today)
