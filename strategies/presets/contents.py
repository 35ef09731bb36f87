"""What a preset would do to a strategy, line by line. Nothing is written here; what stands already is never overwritten."""

import hashlib
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brands.models import Brand, Channel, Platform
from brands.templatetags.ui import number
from strategies import metric_names
from strategies.gates import MOST_CHANNELS
from strategies.mix import KINDS, STARTING
from strategies.models import MixTarget, Strategy
from strategies.presets.catalog import Preset, PresetGoal
from strategies.usual_risks import USUAL_RISKS

Text = str | Promise
USUAL = USUAL_RISKS[:4]


class Part(StrEnum):
    """The parts of a preset, in the order of the wizard; the value is the wizard's step."""

    OBJECTIVES = "business-goals"
    GOALS = "goals"
    PLAN = "plan"
    RISKS = "risks"
    TYPE = "type"
    CHANNELS = "channels"
    PILLARS = "pillars"
    MIX = "mix"
    WAYS = "methods"
    WATCH = "watch"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {
    Part.OBJECTIVES: gettext_lazy("Business goals"),
    Part.GOALS: gettext_lazy("Goals with their KPIs"),
    Part.PLAN: gettext_lazy("Six planning steps, words to begin with"),
    Part.RISKS: gettext_lazy("Usual risks"),
    Part.TYPE: gettext_lazy("Strategy types"),
    Part.CHANNELS: gettext_lazy("Channels and cadence"),
    Part.PILLARS: gettext_lazy("Content pillars"),
    Part.MIX: gettext_lazy("Content mix"),
    Part.WAYS: gettext_lazy("Paid and free ways"),
    Part.WATCH: gettext_lazy("What is watched"),
}


class Status(StrEnum):
    """What happens to one line."""

    ADD = "add"  # a row is added, or an empty field is filled
    ASK = "ask"  # added when somebody gives the handle
    KEEP = "keep"  # something stands there already, and stays


@dataclass(frozen=True, slots=True)
class Line:
    part: Part
    key: str
    name: str
    detail: str = ""
    status: Status = Status.ADD
    note: str = ""

    @property
    def is_added(self) -> bool:
        return self.status is Status.ADD


@dataclass(frozen=True, slots=True)
class Section:
    part: Part
    lines: list[Line]

    @property
    def added(self) -> int:
        return sum(line.is_added for line in self.lines)

    @property
    def kept_because(self) -> str:
        """The one reason for which nothing of this part is added; empty where there are several, or something is."""
        notes = {line.note for line in self.lines}
        return notes.pop() if len(notes) == 1 and not self.added else ""


@dataclass
class Standing:
    """What a strategy has already. A strategy that is not begun yet has only its brand's channels."""

    channels: dict[str, Channel] = field(default_factory=dict)  # the brand's, one for each platform
    platforms: dict[str, Platform] = field(default_factory=dict)
    primary_type: str = ""
    secondary_types: tuple[str, ...] = ()
    has_objectives: bool = False
    goal_types: frozenset[str] = frozenset()
    plan: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    used_channels: frozenset[int] = frozenset()
    used_platforms: frozenset[str] = frozenset()
    has_pillars: bool = False
    mix: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()

    @classmethod
    def new(cls, brand: Brand) -> "Standing":
        channels: dict[str, Channel] = {}
        for channel in brand.channels.filter(is_active=True).select_related("platform"):
            channels.setdefault(channel.platform.slug, channel)
        return cls(channels=channels, platforms={platform.slug: platform for platform in Platform.objects.filter(is_active=True)})

    @classmethod
    def of(cls, strategy: Strategy) -> "Standing":
        standing = cls.new(strategy.brand)
        used = list(strategy.strategy_channels.select_related("channel__platform"))
        standing.primary_type, standing.secondary_types = strategy.primary_type, tuple(strategy.secondary_types)
        standing.has_objectives = any(row.text for row in strategy.objectives.all())
        standing.goal_types = frozenset(goal.goal_type for goal in strategy.goals.all())
        standing.plan = frozenset(row.step for row in strategy.planning_steps.all() if row.text.strip())
        standing.risks = frozenset(row.name for row in strategy.risks.all())
        standing.used_channels = frozenset(row.channel_id for row in used)
        standing.used_platforms = frozenset(row.channel.platform.slug for row in used)
        standing.has_pillars = bool(strategy.pillars.all())
        standing.mix = frozenset(row.dimension for row in strategy.mix_targets.all())
        standing.methods = frozenset(row.method for row in strategy.activities.all())
        standing.watched = frozenset(row.metric for row in strategy.watch_items.all())
        return standing


def contents(
    preset: Preset, standing: Standing, may_add_channels: bool, just_made: Container[str] = frozenset()
) -> list[Section]:
    """Everything the preset brings, part by part, each line with what would happen to it.

    `just_made` names platforms whose channels were made for it a moment ago; older channels go before them.
    """
    makers = {
        Part.OBJECTIVES: _objectives, Part.GOALS: _goals, Part.PLAN: _plan, Part.RISKS: _risks, Part.TYPE: _types,
        Part.PILLARS: _pillars, Part.MIX: _mix, Part.WAYS: _ways, Part.WATCH: _watch,
    }  # fmt: skip
    made = {part: maker(preset, standing) for part, maker in makers.items()}
    made[Part.CHANNELS] = _channels(preset, standing, may_add_channels, just_made)
    return [Section(part, list(made[part])) for part in Part]


def digest(sections: Iterable[Section]) -> str:
    """Changes when what would be done changes: whoever applies a preset applies what the page has shown."""
    said = "\n".join(f"{line.part} {line.key} {line.status}" for section in sections for line in section.lines)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def missing_platforms(sections: Iterable[Section], standing: Standing) -> list[Platform]:
    """The platforms for which a handle is asked."""
    return [standing.platforms[line.key] for section in sections for line in section.lines if line.status is Status.ASK]


def _line(part: Part, key: str, name: Text, detail: Text, is_there: bool, note: str) -> Line:
    return Line(part, key, str(name), str(detail), Status.KEEP if is_there else Status.ADD, note if is_there else "")


def _objectives(preset: Preset, standing: Standing) -> Iterable[Line]:
    kept = _("You have written down your own; they stay.")
    for place, text in enumerate(preset.objectives):
        yield _line(Part.OBJECTIVES, str(place), text, "", standing.has_objectives, kept)


def _goals(preset: Preset, standing: Standing) -> Iterable[Line]:
    kept = _("You have a goal of this type; it stays as it is.")
    for goal in preset.goals:
        yield _line(Part.GOALS, goal.goal_type.value, goal.label, _figures(goal), goal.goal_type in standing.goal_types, kept)


def _figures(goal: PresetGoal) -> str:
    figures = ", ".join(goal.kpi_names)
    if goal.guard in goal.kpis:
        return figures
    return _("%(figures)s; guard: %(guard)s") % {"figures": figures, "guard": metric_names.name_of(goal.guard)}


def _plan(preset: Preset, standing: Standing) -> Iterable[Line]:
    kept = _("Something is written there; it stays.")
    for step, text in preset.plan.items():
        yield _line(Part.PLAN, step.value, step.label, text, step.value in standing.plan, kept)


def _risks(preset: Preset, standing: Standing) -> Iterable[Line]:
    for place, risk in enumerate(USUAL):
        yield _line(Part.RISKS, str(place), risk.name, risk.response, str(risk.name) in standing.risks, _("It is on your list."))


def _types(preset: Preset, standing: Standing) -> Iterable[Line]:
    primary, *further = preset.types
    kept = _("A type is chosen; it stays.")
    yield _line(Part.TYPE, "primary", primary.label, _("leads"), bool(standing.primary_type), kept)
    names = ", ".join(str(one.label) for one in further)
    if names:
        is_there = bool(standing.primary_type or standing.secondary_types)
        yield _line(Part.TYPE, "secondary", names, _("goes along"), is_there, kept)


def _channels(preset: Preset, standing: Standing, may_add: bool, just_made: Container[str]) -> list[Line]:
    offered = [slug for slug in preset.platforms if slug in standing.platforms]
    # The brand's own channels come first: what is shown before the handles are typed holds after them.
    order = sorted(offered, key=lambda slug: slug not in standing.channels or slug in just_made)
    count, lines = len(standing.used_channels), {}
    for slug in order:
        lines[slug] = _channel(slug, preset, standing, may_add, is_full=count >= MOST_CHANNELS)
        count += lines[slug].status is not Status.KEEP
    return [lines[slug] for slug in offered]


def _channel(slug: str, preset: Preset, standing: Standing, may_add: bool, is_full: bool) -> Line:
    name, channel = standing.platforms[slug].name, standing.channels.get(slug)
    posts = preset.cadence[slug]
    rhythm = ngettext("%(posts)s post a week", "%(posts)s posts a week", int(posts)) % {"posts": number(posts)}
    if slug in standing.used_platforms:
        return Line(Part.CHANNELS, slug, name, rhythm, Status.KEEP, _("The strategy uses it already, at its own rhythm."))
    if is_full:
        return Line(Part.CHANNELS, slug, name, rhythm, Status.KEEP, _("Four channels are enough; it is left out."))
    if channel is not None:
        return Line(Part.CHANNELS, slug, str(channel), rhythm)
    if may_add:
        return Line(Part.CHANNELS, slug, name, rhythm, Status.ASK, _("Give the handle, or leave it out."))
    return Line(Part.CHANNELS, slug, name, rhythm, Status.KEEP, _("The brand has no channel there; a lead can add one."))


def _pillars(preset: Preset, standing: Standing) -> Iterable[Line]:
    kept = _("You have pillars of your own; they stay.")
    for place, pillar in enumerate(preset.pillars):
        name = _("%(name)s, %(share)s %%") % {"name": pillar.name, "share": number(pillar.share)}
        yield _line(Part.PILLARS, str(place), name, pillar.about, standing.has_pillars, kept)


def _mix(preset: Preset, standing: Standing) -> Iterable[Line]:
    kept = _("Shares are planned there; they stay.")
    for dimension, name in preset.mix.items():
        starting, labels = STARTING[dimension][name], dict(KINDS[dimension].choices)
        shares = ", ".join(f"{labels[value]} {number(share)}\xa0%" for value, share in starting.shares.items())
        yield _line(Part.MIX, dimension, MixTarget.Dimension(dimension).label, shares, dimension in standing.mix, kept)


def _ways(preset: Preset, standing: Standing) -> Iterable[Line]:
    kept = _("This way is in your plan; it stays.")
    for way in preset.ways:
        yield _line(Part.WAYS, way.method.value, way.method.label, way.name, way.method.value in standing.methods, kept)


def _watch(preset: Preset, standing: Standing) -> Iterable[Line]:
    for item in preset.watch:
        name, is_there = metric_names.name_of(item.metric), item.metric in standing.watched
        yield _line(Part.WATCH, item.metric, name, item.rhythm.label, is_there, _("It is watched already."))
