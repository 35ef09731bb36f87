"""The three or four things to look at before a first plan is made. All of them are filled in; each may be changed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.fields import NumberField
from brands.models import Brand, Channel
from brands.templatetags.ui import month_year
from calendar_app.forms.fields import DayField
from calendar_app.quick_plan import Wanted
from strategies import metric_names, presets
from strategies.gates import MOST_CHANNELS

USUAL_MONTHS = 6
LONGEST_DAYS = 366 * 3
USUAL_POSTS = Decimal(2)


@dataclass
class GoalRow:
    """One goal of the preset: whether it leads, and the number of its first figure."""

    goal: presets.PresetGoal
    number: forms.BoundField
    is_main: bool

    @property
    def figure(self) -> str:
        return metric_names.name_of(self.goal.kpis[0])

    @property
    def unit(self) -> str:
        return metric_names.unit_of(self.goal.kpis[0]).value


class QuickPlanForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={"class": "form-control"}))
    start = DayField(label=gettext_lazy("Starts"))
    end = DayField(label=gettext_lazy("Ends"))
    main = forms.ChoiceField(label=gettext_lazy("Main goal"), widget=forms.RadioSelect)

    def __init__(self, *args, brand: Brand, preset_name: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand, self.preset_name = brand, preset_name
        self.preset = presets.PRESETS[preset_name]
        today = brand.today()
        self.fields["name"].initial = _("Plan from %(month)s") % {"month": month_year(today)}
        self.fields["start"].initial = today
        self.fields["end"].initial = today + relativedelta(months=USUAL_MONTHS, days=-1)
        for name in ("start", "end"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self._add_goals()
        self._add_channels()
        self._add_pillars()

    def _add_goals(self) -> None:
        self.fields["main"].choices = [(goal.goal_type.value, goal.label) for goal in self.preset.goals]
        self.fields["main"].initial = self.preset.goals[0].goal_type.value
        for goal in self.preset.goals:
            usual = presets.USUAL_NUMBERS.get(goal.kpis[0])
            label = _("%(figure)s: the number to reach") % {"figure": metric_names.name_of(goal.kpis[0])}
            self.fields[f"number-{goal.goal_type.value}"] = _number(label, usual, max_digits=16, decimal_places=4, required=False)

    def _add_channels(self) -> None:
        """One channel of each platform, those that the preset names first; the first four are ticked."""
        self.channels: dict[str, Channel] = {}
        for channel in self.brand.channels.filter(is_active=True).select_related("platform"):
            self.channels.setdefault(channel.platform.slug, channel)
        order = list(self.preset.platforms)
        known = sorted(self.channels, key=lambda slug: order.index(slug) if slug in order else len(order))
        self.channels = {slug: self.channels[slug] for slug in known}
        for place, (slug, channel) in enumerate(self.channels.items()):
            tick = forms.CheckboxInput(attrs={"class": "form-check-input"})
            usual = self.preset.cadence.get(slug) or channel.platform.cadence_min or USUAL_POSTS
            self.fields[f"use-{slug}"] = forms.BooleanField(
                label=str(channel), required=False, initial=place < MOST_CHANNELS, widget=tick
            )
            label = _("%(channel)s: posts a week") % {"channel": channel}
            self.fields[f"posts-{slug}"] = _number(
                label, max(Decimal(round(usual)), Decimal(1)), min_value=1, max_value=35, max_digits=4, decimal_places=1,
                required=False,
            )  # fmt: skip

    def _add_pillars(self) -> None:
        text = {"class": "form-control"}
        for place, pillar in enumerate(self.preset.pillars):
            label = _("Subject %(number)s") % {"number": place + 1}
            self.fields[f"pillar-{place}"] = forms.CharField(
                label=label, initial=str(pillar.name), max_length=80, required=False, widget=forms.TextInput(attrs=text)
            )
            label = _("Share of subject %(number)s, %%") % {"number": place + 1}
            self.fields[f"share-{place}"] = _number(
                label, Decimal(pillar.share), min_value=0, max_value=100, max_digits=3, decimal_places=0, required=False
            )

    def clean(self) -> dict:
        said = super().clean()
        start, end = said.get("start"), said.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end must come after the start."))
        elif start and end and (end - start).days > LONGEST_DAYS:
            self.add_error("end", _("A strategy runs for three years at most."))
        if end and end < self.brand.today():
            self.add_error("end", _("These days are over. A plan looks ahead."))
        chosen = self._chosen(said)
        if not chosen:
            self.add_error(None, _("Tick at least one channel."))
        elif len(chosen) > MOST_CHANNELS:
            self.add_error(None, _("Four channels are enough: take a tick away."))
        for slug in chosen:
            if not said.get(f"posts-{slug}") and not self.has_error(f"posts-{slug}"):
                self.add_error(f"posts-{slug}", _("Say how many."))
        names = [name for place in range(len(self.preset.pillars)) if (name := said.get(f"pillar-{place}"))]
        if len({name.casefold() for name in names}) < len(names):
            self.add_error(None, _("Two subjects have the same name."))
        return said

    def _chosen(self, said: dict) -> list[str]:
        return [slug for slug in self.channels if said.get(f"use-{slug}")]

    def wanted(self) -> Wanted:
        """What the form says; call on a valid one."""
        said = self.cleaned_data
        chosen = self._chosen(said)
        goals = [replace(goal, value=said.get(f"number-{goal.goal_type.value}")) for goal in self.preset.goals]
        goals.sort(key=lambda goal: goal.goal_type.value != said["main"])
        pillars = [
            replace(pillar, name=said[f"pillar-{place}"], share=int(said.get(f"share-{place}") or 0))
            for place, pillar in enumerate(self.preset.pillars)
            if said.get(f"pillar-{place}")
        ]
        preset = replace(
            self.preset, goals=tuple(goals), pillars=tuple(pillars), cadence={slug: said[f"posts-{slug}"] for slug in chosen}
        )
        channels = tuple(self.channels[slug] for slug in chosen)
        return Wanted(said["name"], said["start"], said["end"], self.preset_name, preset, channels)

    @property
    def untouched(self) -> "QuickPlanForm":
        """The same form as if its first values had been sent."""
        sent = {
            name: field.prepare_value(field.initial) for name, field in self.fields.items() if field.initial not in (None, False)
        }
        return type(self)({name: str(value) for name, value in sent.items()}, brand=self.brand, preset_name=self.preset_name)

    @property
    def goal_rows(self) -> list[GoalRow]:
        main = self["main"].value()
        return [GoalRow(goal, self[f"number-{goal.goal_type.value}"], goal.goal_type.value == main) for goal in self.preset.goals]

    @property
    def channel_rows(self) -> list[tuple[Channel, forms.BoundField, forms.BoundField]]:
        return [(channel, self[f"use-{slug}"], self[f"posts-{slug}"]) for slug, channel in self.channels.items()]

    @property
    def pillar_rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [(place % 6 + 1, self[f"pillar-{place}"], self[f"share-{place}"]) for place in range(len(self.preset.pillars))]


def _number(label: str, usual: Decimal | None, **limits) -> NumberField:
    widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal", "autocomplete": "off"})
    return NumberField(label=label, initial=usual, widget=widget, **limits)
