"""The library: what stages, strategy types, mistakes and KPIs mean, in a few plain words each."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brands.searching import holds, patterns
from metrics import five_cs, kpi_sources
from metrics.health import rules
from metrics.kpi import GOAL_TYPES, KPIS, Direction, Group, Kpi
from metrics.library_words import WORDS
from metrics.readings import is_money, text
from strategies import fit_words, metric_names
from strategies.goal_advice import advice
from strategies.models import GoalType, StrategyType


@dataclass(frozen=True)
class Shelf:
    name: str
    label: str | Promise
    icon: str


STAGES = Shelf("stages", _("The five stages"), icon="route")
GOALS = Shelf("goal_types", _("Seven types of goals"), icon="flag")
TYPES = Shelf("types", _("Strategy types"), icon="target")
MISTAKES = Shelf("mistakes", _("Eight mistakes"), icon="alert-triangle")
RULES = Shelf("rules", _("Other rules of the health check"), icon="heartbeat")
FIVE_CS = Shelf("five_cs", _("The five Cs"), icon="chart-donut")
TAXONOMY = Shelf("taxonomy", _("Kinds of social media"), icon="sitemap")
PAGES = Shelf("pages", _("Company page or personal profile"), icon="id-badge-2")
WORDS_SHELF = Shelf("words", _("Words of the trade"), icon="book")
KPI_SHELF = Shelf("kpis", _("KPIs"), icon="chart-line")


@dataclass(frozen=True)
class Entry:
    shelf: Shelf
    name: str
    title: str | Promise
    body: str | Promise
    heading: str = ""
    kpi: Kpi | None = None


@dataclass(frozen=True)
class Explained:
    """A KPI's declaration in the reader's language."""

    label: str
    note: str
    formula: str
    aim: str
    benchmark: str
    quote: str
    quote_source: str
    reason: str
    unit: str
    direction: str | Promise
    klass: str
    group: str
    source: str


DIRECTIONS = {
    Direction.UP: _("higher is better"),
    Direction.DOWN: _("lower is better"),
    Direction.TARGET: _("best within its range"),
}

_STAGES = (
    ("goals", _("1. Goals"), _("Decide what all the work must achieve. A good goal names a figure, a place, a number, a reason and a day: specific, measurable, achievable, relevant, with a deadline.")),
    ("planning", _("2. Planning"), _("Prepare, know your target group and how to approach it, list your assets, foresee problems, say what result you expect. Write down personas, look at your own channels and your rivals’, and set a budget.")),
    ("strategies", _("3. Strategies"), _("Choose techniques that fit the goals: a strategy type, one to four channels, content pillars and a calendar for the next weeks.")),
    ("monitoring", _("4. Monitoring"), _("Watch whether the work goes as planned: posts that went out, figures that move, problems that were foreseen and those that were not.")),
    ("analysis", _("5. Analysis"), _("Ask five questions: were the goals reached, was the plan carried out, were the assets enough, did anything unexpected happen, did it affect the rest of the business? Then continue, adjust or stop.")),
)  # fmt: skip

_TYPES = (
    (StrategyType.COMMERCE, _("Sell and promote through social networks. One-way and short-term: it needs selling and advertising skills, and is judged by ROI, ROAS and the cost of a lead.")),
    (StrategyType.CONTENT, _("Valuable content attracts people, keeps them and spreads by word of mouth. It needs people who make content, and is judged by engagement, share of voice and virality.")),
    (StrategyType.MONITORING, _("Listen and answer: customers begin, you respond. It needs attention and quick replies, and is judged by response rate, resolution time and sentiment.")),
    (StrategyType.CRM, _("Work with customers over a long time, personally and on your own initiative. It needs customer data and the will to learn, and is judged by NPS, lifetime value and word of mouth.")),
)  # fmt: skip


def entries(language: str | None, *, money: bool) -> list[Entry]:
    """Everything there is to read, shelf by shelf; KPIs by their group."""
    return [
        *(Entry(STAGES, name, title, body) for name, title, body in _STAGES),
        *(Entry(GOALS, f"goal_{kind.value}", kind.label, _said_of_goal(kind, money)) for kind in GoalType),
        *(Entry(TYPES, f"type_{kind.value}", kind.label, body) for kind, body in _TYPES),
        *(Entry(MISTAKES, rule.mistake, rule.title, rule.fix) for rule in rules.MISTAKES),
        *(
            Entry(RULES, rule.name, f"{rule.name}: {rule.title or rule.good}", rule.fix)
            for rule in rules.RULES
            if rule not in rules.MISTAKES
        ),
        *(Entry(FIVE_CS, f"c_{one.value}", one.label, one.about) for one in five_cs.C),
        *(Entry(TAXONOMY, f"kind_{kind.value}", kind.label, _said_of(fit_words.KINDS[kind])) for kind in fit_words.KINDS),
        *(Entry(PAGES, f"page_{page.value}", page.label, said) for page, said in fit_words.CATEGORIES.items()),
        *(Entry(WORDS_SHELF, name, title, body) for name, title, body in WORDS),
        *(
            Entry(KPI_SHELF, kpi.name, text(kpi.label), text(kpi.note), text(kpi.group.label), kpi)
            for group in Group
            for kpi in KPIS.values()
            if kpi.group is group and (money or not is_money(kpi))
        ),
    ]


def named(names: Iterable[str], found: Iterable[Entry]) -> list[Entry]:
    """The entries of these names, in their order; a shelf's name stands for all that is on it."""
    found = list(found)
    return [entry for name in names for entry in found if name in (entry.name, entry.shelf.name)]


def _said_of_goal(kind: GoalType, money: bool) -> str:
    declared = GOAL_TYPES[kind.value]
    figures = [name for name in declared.primary if money or name not in KPIS or not is_money(KPIS[name])]
    said = _("%(advice)s Usual figures: %(figures)s. What must not suffer meanwhile: %(guard)s.")
    return str(said) % {
        "advice": advice(kind.value),
        "figures": ", ".join(metric_names.in_sentence(name) for name in figures),
        "guard": metric_names.in_sentence(declared.guard),
    }


def _said_of(kind: fit_words.Kind) -> str:
    said = _("Presence and richness %(presence)s: %(presence_means)s. Self-presentation %(self)s: %(self_means)s.")
    return str(said) % {
        "presence": kind.presence, "presence_means": kind.presence_means,
        "self": kind.self_presentation, "self_means": kind.self_means,
    }  # fmt: skip


def search(found: Iterable[Entry], asked: str) -> list[Entry]:
    """Entries that hold every word asked for, in any alphabet and with any apostrophe."""
    words = patterns(asked)
    return [entry for entry in found if holds(words, _searched(entry))]


def _searched(entry: Entry) -> str:
    return f"{called(entry)} {entry.body}"


def called(entry: Entry) -> str:
    """All names that an entry goes by."""
    other = (entry.kpi.label.en, entry.kpi.label.uz, entry.kpi.label.ru, entry.kpi.name) if entry.kpi else ()
    return " ".join((str(entry.title), *other))


def by_shelf(found: Iterable[Entry]) -> list[tuple[Shelf, list[tuple[str, list[Entry]]]]]:
    """(shelf, [(heading, entries)]) for the page."""
    return [
        (shelf, [(heading, list(several)) for heading, several in groupby(list(listed), lambda entry: entry.heading)])
        for shelf, listed in groupby(found, lambda entry: entry.shelf)
    ]


def explain(kpi: Kpi) -> Explained:
    language = get_language()
    lecture = kpi.lecture
    return Explained(
        label=text(kpi.label),
        note=text(kpi.note),
        formula=kpi.formula.in_words(language),
        aim=text(kpi.aim),
        benchmark=text(kpi.benchmark),
        quote=lecture.quote if lecture else "",
        quote_source=kpi_sources.say(lecture.source) if lecture else "",
        reason=text(lecture.reason) if lecture else "",
        unit=text(kpi.unit.label),
        direction=DIRECTIONS[kpi.direction],
        klass=text(kpi.klass.label),
        group=text(kpi.group.label),
        source=kpi_sources.say(kpi.source),
    )
