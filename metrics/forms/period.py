"""The period, comparison and scope that a page of results is asked for in its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from calendar_app.models import Campaign, Post
from metrics.forms.fields import day_field
from metrics.period_presets import (
    BY_NAME,
    DEFAULT,
    LONGEST_SPAN,
    OWN,
    PRESETS,
    STRATEGY,
    WHOLE,
    Compare,
    Step,
    has_weekday_rhythm,
)
from metrics.periods import Span
from metrics.totals.scoped import Scope
from strategies.models import Strategy

OWNERS = ("of_strategy", "of_campaign", "of_post")


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see. `base` is the period compared with, None where that is switched off."""

    span: Span
    base: Span | None
    channel: Channel | None
    preset: str
    compare: str = Compare.BEFORE
    step: str = ""
    strategy: Strategy | None = None
    campaign: Campaign | None = None
    post: Post | None = None

    @property
    def channels(self) -> tuple[Channel, ...] | None:
        return (self.channel,) if self.channel else None

    @property
    def scope(self) -> Scope:
        return Scope(self.channels, self.strategy, self.campaign, self.post)

    @property
    def base_label(self) -> str:
        """What the figures of `base` are called beside those of the period."""
        return _("A year before") if self.compare == Compare.YEAR else _("Period before")

    @property
    def by_weekdays(self) -> bool:
        """Whether the year before is told by weekdays and not by dates."""
        return self.compare == Compare.YEAR and has_weekday_rhythm(self.preset, self.span)

    def base_of(self, span: Span) -> Span | None:
        """What a span within the period is compared with."""
        if self.compare == Compare.NOTHING:
            return None
        return span.year_before(weekdays=self.by_weekdays) if self.compare == Compare.YEAR else span.previous

    @property
    def trend_step(self) -> Step:
        return Step(self.step) if self.step else Step.fitting(self.span)

    @cached_property
    def query(self) -> str:
        """The same question as an address carries it, so that links between the pages keep it."""
        return urlencode(self._said)

    def dated(self, span: Span) -> Asked:
        """The same question about other days."""
        return replace(self, span=span, preset=OWN, base=self.base_of(span))

    @property
    def query_of_brand(self) -> str:
        """The same days of everything."""
        asked = self.dated(self.span) if self.preset in (STRATEGY, WHOLE) else self
        return replace(asked, channel=None, strategy=None, campaign=None, post=None).query

    def query_for(self, channel: Channel | None) -> str:
        """The same question about one of the channels."""
        return replace(self, channel=channel).query

    @property
    def _said(self) -> dict[str, str]:
        asked = {"preset": self.preset}
        if self.preset == OWN:
            asked |= {"start": self.span.start.isoformat(), "end": self.span.end.isoformat()}
        owners = {"channel": self.channel, **dict(zip(OWNERS, (self.strategy, self.campaign, self.post), strict=True))}
        asked |= {name: str(owner.pk) for name, owner in owners.items() if owner}
        return asked | {name: str(said) for name, said in (("compare", self.compare), ("step", self.step)) if said}


class Choices(forms.Select):
    """A menu written in one go: Django includes two templates for each option, and pages of figures have dozens."""

    template_name = "metrics/_choices.html"


class PeriodForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[*((p.name, p.label) for p in PRESETS), (OWN, _("Own dates"))],
        widget=Choices,
    )
    start = day_field(_("From"), required=False)
    end = day_field(_("To"), required=False)
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=None, required=False, empty_label=_("All channels"), widget=Choices
    )
    compare = forms.ChoiceField(label=_("Compare with"), required=False, choices=Compare.choices, widget=Choices)
    step = forms.ChoiceField(
        label=_("Points of the chart"),
        required=False,
        choices=[("", _("As fits the period")), *Step.choices],
        widget=Choices,
    )
    of_strategy = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    of_campaign = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    of_post = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        query: dict,
        brand: Brand,
        strategy: Strategy | None = None,
        *,
        default: str = DEFAULT,
        owner: Strategy | Campaign | Post | None = None,
    ) -> None:
        """With a running strategy, its days so far are one of the periods. `owner` is whose page it is, where it is one's."""
        super().__init__(query)
        self.brand = brand
        self.strategy = owner if isinstance(owner, Strategy) else strategy
        self.default = default
        self.owner = owner
        self._limit_to(brand)
        if owner is not None:
            for name in OWNERS:
                del self.fields[name]
        else:
            self._find_owner()
        if self.strategy is not None:
            self.fields["preset"].choices = [(STRATEGY, _("Strategy to date")), *self.fields["preset"].choices]
        if isinstance(self.owner, Campaign | Post):
            label = _("The whole campaign") if isinstance(self.owner, Campaign) else _("Since it went out")
            self.fields["preset"].choices = [(WHOLE, label), *self.fields["preset"].choices]
        self._choose_default(default)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def _limit_to(self, brand: Brand) -> None:
        self.fields["channel"].queryset = brand.channels.select_related("platform")
        self.fields["of_strategy"].queryset = brand.strategies.all()
        self.fields["of_campaign"].queryset = brand.campaigns.all()
        self.fields["of_post"].queryset = brand.posts.all()

    def offer(self, channels: Iterable[Channel]) -> None:
        """The brand's channels, from whoever has read them, so that the field need not ask for them again."""
        field = self.fields["channel"]
        field.choices = [("", field.empty_label), *((channel.pk, field.label_from_instance(channel)) for channel in channels)]

    def _find_owner(self) -> None:
        """Whose figures an address asks for. A name that means nothing here asks for nothing, and the field says so."""
        for name in OWNERS:
            said = self.data.get(name)
            if said and self.owner is None:
                try:
                    self.owner = self.fields[name].clean(said)
                except forms.ValidationError:
                    continue
        if self.owner is not None:
            self.owner.brand = self.brand
        if isinstance(self.owner, Strategy):
            self.strategy = self.owner

    def _choose_default(self, default: str) -> None:
        if isinstance(self.owner, Campaign | Post):
            self.default = WHOLE
        elif isinstance(self.owner, Strategy):
            self.default = STRATEGY
        else:
            self.default = default if self.strategy is not None else DEFAULT

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
        owned = {type(self.owner).__name__.lower(): self.owner} if self.owner else {}
        found = Asked(
            self._span(preset), None, cleaned.get("channel"), preset,
            cleaned.get("compare") or Compare.BEFORE, cleaned.get("step") or "", **owned,
        )  # fmt: skip
        found = replace(found, base=found.base_of(found.span))
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
        if preset == WHOLE:
            return _whole(self.owner, today)
        return BY_NAME[preset].span(today)


def _whole(owner: Campaign | Post, today: date) -> Span:
    """All days of a campaign that were; of a post those since it first went out."""
    if isinstance(owner, Campaign):
        return Span(owner.start, max(owner.start, min(today, owner.end)))
    moments = [row.published_at for row in owner.publications.all() if row.published_at]
    first = min((moment.astimezone(owner.brand.zone).date() for moment in moments), default=today)
    return Span(first, max(first, today))
