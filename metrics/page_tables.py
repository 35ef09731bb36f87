"""The tables of the pages of results, to be taken away: what each page shows, with its filters and without its pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brands.models import Brand
from brands.templatetags.ui import status_word
from calendar_app.models import Campaign
from metrics import dashboard
from metrics.forms.period import Asked
from metrics.kpi import KPIS, Kpi, Unit
from metrics.ledger_choice import narrowed
from metrics.models.values import Period
from metrics.period_presets import STRATEGY
from metrics.post_results import INTERACTIONS, latest_snapshots, published_in
from metrics.progress import GoalState, goal_states
from metrics.readings import Reading, label_of, unit_of
from metrics.reports.figures import books_table, channel_table
from metrics.returns import Return, return_of
from metrics.tables import Cell, Column, Table, columns, count, day_cell, figure, words
from metrics.totals import Totals
from metrics.working import behind
from strategies.models import Strategy

CHUNK = 2000


@dataclass(frozen=True)
class Question:
    """What a page was asked for, and by whom."""

    brand: Brand
    asked: Asked
    strategy: Strategy | None
    money: bool
    kpi: Kpi | None = None
    metric: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def found(self) -> Totals:
        return dashboard.totals_asked(self.brand, self.asked)

    @cached_property
    def base(self) -> Totals | None:
        return dashboard.base_of(self.found, self.asked)

    @cached_property
    def goals(self) -> list[GoalState]:
        return goal_states(self.strategy, money=self.money) if self.strategy else []


def cards(question: Question) -> Table:
    """Every KPI, also those without a figure, with the reason."""
    compares = question.asked.base is not None
    numbers = [pgettext("number", "Figure"), *([str(question.asked.base_label), _("Change")] if compares else [])]
    heads = [*columns(_("Objective"), _("KPI"), numbers=numbers), Column(_("Unit")), Column(_("Why there is no figure"))]
    kpis = dashboard.kpis_for(money=question.money, level=question.asked.scope.level)
    return Table("cards", heads, [_card(question, kpi, compares=compares) for kpi in kpis])


def _card(question: Question, kpi: Kpi, *, compares: bool) -> list[Cell]:
    reading = Reading(kpi, question.found)
    card = dashboard.Card(reading, Reading(kpi, question.base) if question.base else None)
    moved = card.change.absolute if card.change else None
    values = [reading.result.exact, *([card.base.result.exact if card.base else None, moved] if compares else [])]
    heading = next(heading.label for heading in dashboard.HEADINGS if heading.group is kpi.group)
    unit = reading.totals.currency if kpi.unit is Unit.MONEY else kpi.unit.value
    return [
        words(heading),
        words(reading.label),
        *(figure(value, kpi.unit) for value in values),
        words(unit),
        words(reading.reason),
    ]


def goals(question: Question) -> Table:
    numbers = [pgettext("baseline", "From"), _("Now"), _("Target"), _("Progress, %")]
    heads = [*columns(_("Goal"), _("Measured by"), _("Role"), numbers=numbers), Column(_("Pace"))]
    rows = [_goal(goal, state) for goal in question.goals for state in goal.states]
    return Table("goals", heads, rows)


def _goal(goal: GoalState, state) -> list[Cell]:
    values = [figure(value, unit_of(state.metric)) for value in (state.baseline, state.current, state.goal_value)]
    made = figure(state.made.exact, Unit.PERCENT)
    role = words(state.target.get_role_display())
    return [words(goal.goal), words(state.label), role, *values, made, words(status_word(state.status))]


def channels(question: Question) -> Table:
    return channel_table(question.found, money=question.money)


def posts(question: Question) -> Table:
    """Every post of these days, a row per channel, with the newest figures of each."""
    brand = question.brand
    rows = published_in(brand, question.asked.span, question.asked.scope).select_related("post", "channel__platform")
    shown = list(rows.order_by("published_at", "pk"))
    figures = _post_figures([row.pk for row in shown])
    names = [name for name in ("views", "impressions", "reach", *INTERACTIONS) if any(name in one for one in figures.values())]
    heads = [*columns(_("Post"), _("Channel"), _("Day"), numbers=[label_of(name) for name in names]), Column(_("Link"))]
    cells = [
        [words(row.post), words(row.channel), day_cell(row.published_at.astimezone(brand.zone).date()),
         *(count(figures.get(row.pk, {}).get(name)) for name in names), words(row.permalink)]
        for row in shown
    ]  # fmt: skip
    return Table("posts", heads, cells)


def _post_figures(publications: list[int]) -> dict[int, dict]:
    found: dict[int, dict] = {}
    measures = ("views", "impressions", "reach", *INTERACTIONS)
    rows = latest_snapshots().filter(publication__in=[0, *publications], measure__in=measures)
    for pk, measure, value in rows.values_list("publication", "measure", "value"):
        found.setdefault(pk, {})[measure] = value
    return found


def rows(question: Question) -> Table:
    """The observations behind a figure, each with its file and line."""
    found, metric = question.found, question.metric
    figures = found.inputs(metric).values() if metric in KPIS else [found.figure(metric)]
    found = behind(found, figures).rows.rows.select_related(
        "channel__platform", "publication__channel__platform", "publication__post", "source"
    )
    heads = columns(_("From"), _("To"), _("Channel"), _("Post"), _("Measure"), numbers=[_("Value")])
    tail = [Column(_("Currency")), Column(_("File")), Column(_("Table")), Column(pgettext("of a file", "Line"), is_number=True)]
    by_hand = _("recorded by hand")
    return Table("rows", [*heads, *tail], _observations(found, by_hand))


def _observations(found, by_hand: str) -> Iterator[list[Cell]]:
    for row in found.iterator(chunk_size=CHUNK):
        channel = row.publication.channel if row.publication else row.channel
        post = row.publication.post if row.publication else ""
        yield [
            day_cell(row.start), day_cell(row.end), words(channel or ""), words(post), words(label_of(row.measure)),
            count(row.value), words(row.currency), words(row.source.name if row.source else by_hand), words(row.table_title or ""), count(row.line),
        ]  # fmt: skip


def months(question: Question) -> Table:
    """The stored months of a KPI, the oldest first."""
    kpi, asked = question.kpi, question.asked
    strategy, campaign = (None, None) if asked.channel else (asked.strategy, asked.campaign)
    stored = question.brand.kpi_values.filter(channel=asked.channel, strategy=strategy, campaign=campaign, kpi=kpi.name)
    stored = stored.filter(period=Period.MONTH)
    heads = columns(_("From"), _("To"), numbers=[label_of(kpi.name)])
    return Table("months", heads, [
        [day_cell(row.start), day_cell(row.end), figure(row.value, kpi.unit)] for row in stored.order_by("start")
    ])  # fmt: skip


def findings(question: Question) -> Table:
    found = question.brand.findings.select_related("strategy", "author")
    heads = columns(_("Day"), _("What we learned"), _("Verdict"), _("Strategy"), _("Author"))
    zone = question.brand.zone
    return Table("findings", heads, [
        [day_cell(row.created_at.astimezone(zone).date()), words(row.text), words(status_word(row.verdict)),
         words(row.strategy), words(row.author or "")]
        for row in found
    ])  # fmt: skip


# --- money: for those who see it


def money_back(question: Question) -> Table:
    """All of the page of return: what came in and went out, line by line, what it came to, and what money does not show."""
    brand, asked = question.brand, question.asked
    owner = asked.strategy or asked.campaign
    if owner is None and asked.preset == STRATEGY:
        owner = question.strategy
    strategy = owner if isinstance(owner, Strategy) else question.strategy
    goals_ = goal_states(strategy) if strategy and not isinstance(owner, Campaign) else []
    found = return_of(brand, asked, goals_, owner)
    heads = [*columns(_("Part"), _("What"), numbers=[pgettext("number", "Figure")]), Column(_("Unit"))]
    parts = (_books, _parts, _returns, _compared, _outcomes)
    return Table("return", heads, [row for part in parts for row in part(found)])


def _books(found: Return) -> Iterator[list[Cell]]:
    table = books_table(found.books)
    for currency, *amounts in table.rows:
        for column, amount in zip(table.columns[1:], amounts, strict=True):
            yield [words(_("Money")), words(column.label), amount, words(currency.shown)]


def _parts(found: Return) -> Iterator[list[Cell]]:
    for part in found.came_from:
        yield _money(found, _("Came from"), part.label or _("No channel named"), part.amount)
    for part in found.went_to:
        name = str(part.line or _("No budget line"))
        yield _money(found, _("Went to"), name, part.spent)
        yield _money(found, _("Planned for these days"), name, part.planned)


def _returns(found: Return) -> Iterator[list[Cell]]:
    for kpi in dashboard.kpis_for(money=True):
        reading = Reading(kpi, found.found)
        if kpi.group is dashboard.Group.COST_RETURN and reading.result.ok:
            unit = found.currency if kpi.unit is Unit.MONEY else kpi.unit.value
            yield [words(_("Return")), words(reading.label), figure(reading.result.exact, kpi.unit), words(unit)]


def _compared(found: Return) -> Iterator[list[Cell]]:
    for row in (*found.strategies, *found.campaigns):
        money, name = row.money, str(row.owner)
        amounts = {_("Revenue"): money.income, _("Cost of goods"): money.cogs, _("Investment"): money.investment}
        for label, amount in (amounts | {_("Net profit"): money.net_profit}).items():
            yield _money(found, name, label, amount)
        yield [words(name), words(label_of("roi")), figure(row.roi.exact, KPIS["roi"].unit), words(KPIS["roi"].unit.value)]


def _outcomes(found: Return) -> Iterator[list[Cell]]:
    for row in found.outcomes:
        unit, outcome = unit_of(row.state.metric), row.outcome
        yield [words(row.label), words(_("Gain")), figure(outcome.gain.exact, unit), words(unit.value)]
        yield _money(found, row.label, _("Cost per result"), outcome.cost_per_result.exact)
        if outcome.estimated_roi.ok:
            said = figure(outcome.estimated_roi.exact, Unit.PERCENT)
            yield [words(row.label), words(_("Estimated return")), said, words(Unit.PERCENT.value)]


def _money(found: Return, part: str, what: str, amount: Decimal | Fraction | None) -> list[Cell]:
    return [words(part), words(what), figure(amount, Unit.MONEY), words(found.currency)]


def entries(question: Question) -> Table:
    found = narrowed(question.brand.ledger_entries.all(), question.query).select_related(
        "channel__platform", "budget_line", "campaign", "strategy"
    )
    heads = [
        *columns(_("Date"), _("Kind"), numbers=[_("Amount")]),
        *columns(_("Currency"), _("Channel"), _("Budget line"), _("Campaign"), _("Strategy"), _("Ads")),
        *columns(numbers=[_("Hours")]),
        Column(_("Note")),
    ]
    return Table("entries", heads, _entries(found, _("yes")))


def _entries(found, yes: str) -> Iterator[list[Cell]]:
    for row in found.iterator(chunk_size=CHUNK):
        yield [
            day_cell(row.date), words(row.get_kind_display()), count(row.amount), words(row.currency), words(row.channel or ""),
            words(row.budget_line or ""), words(row.campaign or ""), words(row.strategy or ""), words(yes if row.is_ad else ""),
            count(row.hours), words(row.note),
        ]  # fmt: skip


def imports(question: Question) -> Table:
    """The history of files: what each was, and what became of it."""
    found = question.brand.imports.select_related("channel__platform", "uploaded_by")
    zone = question.brand.zone
    heads = columns(_("Uploaded"), _("File"), _("Recognised as"), _("Channel"), _("State"), _("Uploaded by"), numbers=[_("Rows")])
    return Table("imports", heads, [
        [day_cell(row.uploaded_at.astimezone(zone).date()), words(row.name), words(row.importer), words(row.channel or ""),
         words(row.get_status_display()), words(row.uploaded_by or ""), count(row.rows_total)]
        for row in found
    ])  # fmt: skip
