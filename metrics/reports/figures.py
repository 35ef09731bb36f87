"""Sections that tell figures: in short, goals, KPIs, lines along the days, channels, posts, money."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from brands.models import Brand
from brands.templatetags import ui
from brands.templatetags.ui import number, status_word
from metrics import ledger
from metrics.channel_table import COLUMNS
from metrics.charts import steps
from metrics.dashboard import HEADINGS, Card
from metrics.kpi import KPIS, MEASURES, Group, Kpi, Level, Pace, Unit
from metrics.ledger import Money, Part
from metrics.post_results import PostRate, outstanding_of
from metrics.readings import label_of, unit_of, unit_sign
from metrics.reports.blocks import Block, Grid, Line, Words
from metrics.reports.facts import Facts
from metrics.returns import lines_of
from metrics.spending import Spending, spending
from metrics.tables import Cell, Column, Table, columns, count, day_cell, figure, words
from metrics.totals import Totals

GOOD = (Pace.ACHIEVED, Pace.ON_TRACK)


def summary(facts: Facts) -> list[Block]:
    sentences = list(in_short(facts))
    cards = facts.key_cards
    grid = [Grid(kpi_table(facts, _("Key figures"), cards))] if cards else []
    return [Words(sentences), *grid] if sentences else [*grid]


def in_short(facts: Facts) -> Iterator[str]:
    """The report in a few sentences, each with its numbers. What is not known is not said."""
    posts = facts.found.value("posts_published")
    if posts is not None:
        said = ngettext("%(count)s post went out.", "%(count)s posts went out.", int(posts))
        yield said % {"count": number(int(posts))}
    for card in facts.key_cards[:3]:
        yield _sentence(card)
    leading = [goal.leading.pace for goal in facts.goals if goal.leading]
    if leading and any(pace not in (Pace.NO_DATA, Pace.NOT_STARTED) for pace in leading):
        good = sum(pace in GOOD for pace in leading)
        said = ngettext(
            "%(good)s of %(count)s goal is reached or on track.",
            "%(good)s of %(count)s goals are reached or on track.",
            len(leading),
        )
        yield said % {"good": number(good), "count": number(len(leading))}


def _sentence(card: Card) -> str:
    parts = {"label": card.reading.label, "value": card.reading.whole}
    if card.change_shown and card.base:
        return _("%(label)s: %(value)s, %(before)s in the period before.") % (parts | {"before": card.base.whole})
    return _("%(label)s: %(value)s.") % parts


def kpi_table(facts: Facts, caption: str, cards: Iterable[Card]) -> Table:
    """KPIs below each other, each with its figure, and beside it what it was before."""
    compares = facts.report.compares
    heads = columns(_("KPI"), numbers=[pgettext("number", "Figure"), *([_("Period before"), _("Change")] if compares else [])])
    return Table(caption, heads, [_kpi_row(card, compares=compares) for card in cards])


def _kpi_row(card: Card, *, compares: bool) -> list[Cell]:
    unit, currency = card.reading.kpi.unit, card.reading.totals.currency
    row = [words(card.reading.label), figure(card.reading.result.exact, unit, currency)]
    if compares:
        change = card.change
        moved = figure(change.absolute if change else None, unit, currency, signed=True)
        row += [figure(card.base.result.exact if card.base else None, unit, currency), moved]
    return row


def cards(facts: Facts) -> list[Block]:
    groups = [(heading, [card for card in facts.cards if card.reading.kpi.group is heading.group]) for heading in HEADINGS]
    return [Grid(kpi_table(facts, heading.label, found)) for heading, found in groups if found]


def goals(facts: Facts) -> list[Block]:
    heads = columns(_("Goal"), _("Measured by"), numbers=[_("Now"), _("Target"), _("Progress")])
    rows, bars = [], []
    for goal in facts.goals:
        for state in goal.states:
            unit = unit_of(state.metric)
            rows.append([
                words(goal.goal), words(state.label), figure(state.current, unit, state.currency),
                figure(state.goal_value, unit, state.currency), figure(state.made.exact, Unit.PERCENT), words(status_word(state.status)),
            ])  # fmt: skip
            bars.append((None if state.percent is None else float(state.percent), state.tone))
    table = Table(_("Goals with their targets as of today"), [*heads, Column(_("Pace"))], rows)
    return [Grid(table, bars)] if rows else []


def lines(facts: Facts) -> list[Block]:
    drawn = [_line(facts, kpi) for kpi in facts.line_kpis]
    return [line for line in drawn if any(row[1].value is not None for row in line.table.rows)]


def _line(facts: Facts, kpi: Kpi) -> Line:
    spans, step = steps(kpi, facts.span)
    compares, currency = facts.report.compares, facts.brand.currency
    heads = columns(_("Day"), numbers=[label_of(kpi.name), *([_("Period before")] if compares else [])])
    rows = []
    for span in spans:
        ends = [span, facts.before(span)] if compares else [span]
        rows.append([day_cell(span.end), *(figure(facts.at(one).result(kpi.name).exact, kpi.unit, currency) for one in ends)])
    notes = {"seven_days": _("Each day stands for the seven days up to it."), "week": _("Week by week, by their last day.")}
    sign = unit_sign(kpi.unit, currency)
    return Line(Table(label_of(kpi.name), heads, rows, notes.get(step, "")), _line_in_words(rows), sign)


def _line_in_words(rows: list[list[Cell]]) -> str:
    """The chart in a sentence, for those who do not see it."""
    known = [row for row in rows if row[1].value is not None]
    if not known:
        return _("No figures in these days.")
    said = {
        "first": known[0][1].shown,
        "first_day": known[0][0].shown,
        "last": known[-1][1].shown,
        "last_day": known[-1][0].shown,
    }
    return _("From %(first)s on %(first_day)s to %(last)s on %(last_day)s.") % said


def channels(facts: Facts) -> list[Block]:
    table = channel_table(facts.found, money=facts.money)
    return [Grid(table)] if table.rows else []


def channel_table(found: Totals, *, money: bool) -> Table:
    """Channels below each other, and all of them; columns without a single figure are left out."""
    wanted = [column for column in COLUMNS if column.is_shown(money=money, level=Level.CHANNEL)]
    several = [(str(channel), found.channel(channel)) for channel in found.channels]
    cells = [[_channel_cell(column.metric, part) for column in wanted] for _name, part in several]
    kept = [i for i, _column in enumerate(wanted) if any(row[i].value is not None for row in cells)]
    if not kept:
        return Table(_("Channels"), [])
    rows = [[words(name), *(row[i] for i in kept)] for (name, _part), row in zip(several, cells, strict=True)]
    if len(rows) > 1:
        rows.append([words(pgettext("total", "All")), *(_channel_cell(wanted[i].metric, found) for i in kept)])
    repeats = any(cell.shown.endswith("*") for row in rows for cell in row)
    note = _("* With repeats: the same person may be in two channels or two days.") if repeats else ""
    return Table(_("Channels"), columns(_("Channel"), numbers=[wanted[i].label for i in kept]), rows, note)


def _channel_cell(metric: str, found: Totals) -> Cell:
    if metric in KPIS:
        return figure(found.result(metric).exact, unit_of(metric), found.currency)
    known = found.figure(metric)
    if known.value is None and known.with_repeats is not None:
        cell = figure(known.with_repeats, Unit.COUNT)
        return Cell(cell.value, f"{cell.shown}*", cell.kind, f'{cell.pattern}"*"')
    return figure(known.value, MEASURES[metric].unit, found.currency)


def posts(facts: Facts) -> list[Block]:
    found = outstanding_of(facts.brand, facts.publications)
    tables = [
        posts_table(_("Most engagement by views"), found.best, facts.brand),
        posts_table(_("Least engagement by views"), found.worst, facts.brand),
    ]
    return [Grid(table) for table in tables if table.rows]


def posts_table(caption: str, rows: Iterable[PostRate], brand: Brand) -> Table:
    heads = columns(_("Post"), _("Channel"), _("Day"), numbers=[_("Interactions"), _("Seen"), _("Engagement")])
    unit = KPIS["audience_engagement"].unit
    return Table(caption, heads, [
        [words(row.publication.post), words(row.publication.channel), day_cell(_day(row, brand)), count(row.interactions),
         count(row.seen), figure(row.rate, unit)]
        for row in rows
    ])  # fmt: skip


def _day(row: PostRate, brand: Brand) -> date | None:
    at = row.publication.published_at
    return at.astimezone(brand.zone).date() if at else None


def money(facts: Facts) -> list[Block]:
    """What was spent and earned, per currency, and what it came to; nothing for readers who see no money."""
    if not facts.money:
        return []
    entries = entries_of(facts)
    books = [book for book in ledger.by_currency(entries, facts.found.currency) if book.sums]
    if not books:
        return []
    known = [card for card in facts.cards if card.reading.kpi.group is Group.COST_RETURN and card.reading.result.ok]
    came = ledger.income_by_channel(entries, facts.found.currency, facts.brand.channels.select_related("platform"))
    lines = lines_of(facts.found, facts.report.strategy or facts.report.campaign)
    went, _in_all = spending(entries, lines, facts.span, facts.found.currency)
    tables = [books_table(books), kpi_table(facts, _("What it came to"), known)]
    tables += [parts_table(_("Came from"), came, facts.found.currency, _("No channel named"))]
    tables += [spending_table(_("Went to"), went, facts.found.currency)]
    return [Grid(table) for table in tables if table.rows]


def entries_of(facts: Facts):
    """The ledger of these days, of what the report is about."""
    report = facts.report
    entries = ledger.entries(facts.brand, facts.span.start, facts.span.end, report.strategy or report.campaign)
    return entries.filter(channel=report.channel_id) if report.channel_id else entries


def books_table(books: Iterable[Money]) -> Table:
    heads = columns(_("Currency"), numbers=[_("Revenue"), _("Cost of goods"), _("Investment"), _("Net profit")])
    rows = [
        [words(book.currency), *(figure(amount, Unit.MONEY, book.currency) for amount in _amounts(book))] for book in books
    ]  # fmt: skip
    return Table(_("Money"), heads, rows, _("Currencies are never added to each other.") if len(rows) > 1 else "")


def _amounts(book: Money) -> tuple[Decimal | None, ...]:
    return book.income, book.cogs, book.investment, book.net_profit


def parts_table(caption: str, parts: Iterable[Part], currency: str, unnamed: str) -> Table:
    heads = columns(_("What"), numbers=[_("Amount"), _("Share")])
    rows = [
        [words(part.label or unnamed), figure(part.amount, Unit.MONEY, currency), figure(part.share, Unit.PERCENT)] for part in parts
    ]  # fmt: skip
    return Table(caption, heads, rows)


def spending_table(caption: str, went: Iterable[Spending], currency: str) -> Table:
    heads = columns(_("Line"), numbers=[_("Spent"), _("Share"), _("Planned for these days")])
    rows = [
        [
            words(part.line or _("No budget line")), figure(part.spent, Unit.MONEY, currency), figure(part.share, Unit.PERCENT),
            figure(part.planned, Unit.MONEY, currency),
        ]
        for part in went
    ]  # fmt: skip
    return Table(caption, heads, rows)


def days(facts: Facts) -> str:
    """The days in words: “1 November – 30 November 2026”."""
    return ui.span(facts.span.start, facts.span.end)
