"""Sections that tell what happened around the figures: campaigns, findings, alerts, health, what was published, sources."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brands.templatetags.ui import day_year, status_word
from calendar_app import moments
from calendar_app.models import Campaign
from metrics import kpi_sources
from metrics.alert_words import days_of, title_of
from metrics.health.rules import find
from metrics.kept_figures import in_words
from metrics.kpi import KPIS, Group, Kpi, Unit
from metrics.models import HealthCheck
from metrics.readings import is_money, metric_is_money, text
from metrics.reports.blocks import Block, Grid, Words
from metrics.reports.facts import Facts
from metrics.tables import Cell, Column, Table, columns, count, day_cell, figure, words
from strategies.models import Incident

MOST_ROWS = 500


def campaigns(facts: Facts) -> list[Block]:
    rows = [_campaign(facts, row) for row in _campaigns(facts)]
    numbers = [_("Participants"), _("Interactions"), *([_("Sales")] if facts.money else [])]
    heads = [*columns(_("Campaign"), _("Kind"), _("From"), _("To"), numbers=numbers), Column(_("What came of it"))]
    return [Grid(Table(_("Campaigns of these days"), heads, rows))] if rows else []


def _campaigns(facts: Facts) -> Sequence[Campaign]:
    report = facts.report
    found = facts.brand.campaigns.filter(start__lte=facts.span.end, end__gte=facts.span.start)
    if report.campaign_id:
        found = facts.brand.campaigns.filter(pk=report.campaign_id)
    elif report.strategy_id:
        found = found.filter(strategy=report.strategy_id)
    elif report.channel_id:
        found = found.filter(Q(channels=report.channel_id) | Q(channels=None)).distinct()
    return found[:MOST_ROWS]


def _campaign(facts: Facts, row: Campaign) -> list[Cell]:
    money = [figure(row.sales, Unit.MONEY, facts.brand.currency)] if facts.money else []
    return [
        words(row.name), words(row.get_kind_display()), day_cell(row.start), day_cell(row.end), count(row.participants),
        count(row.engagement), *money, words(row.result),
    ]  # fmt: skip


def findings(facts: Facts) -> list[Block]:
    """What was learned in these days; of a strategy, all that was learned from it until their end."""
    first, after = moments.span(facts.span.start, facts.span.end, facts.brand.zone)
    found = facts.brand.findings.filter(created_at__lt=after).order_by("created_at", "pk")
    if facts.report.strategy_id:
        found = found.filter(strategy=facts.report.strategy_id)
    else:
        found = found.filter(created_at__gte=first)
    if facts.report.campaign_id:
        found = found.filter(posts__campaign=facts.report.campaign_id).distinct()
    rows = [
        [words(row.text), words(status_word(row.verdict)), words("; ".join(_figures(row, facts.money)))] for row in found[:MOST_ROWS]
    ]  # fmt: skip
    heads = columns(_("What we learned"), _("Verdict"), _("Figures that show it"))
    return [Grid(Table(_("Findings"), heads, rows))] if rows else []


def _figures(finding, money: bool) -> list[str]:
    known = [kept for kept in finding.evidence if kept["kpi"] in KPIS]
    return [in_words(kept) for kept in known if money or not is_money(KPIS[kept["kpi"]])]


def incidents(facts: Facts) -> list[Block]:
    return [Grid(table) for table in (_alerts(facts), _incidents(facts)) if table.rows]


def _alerts(facts: Facts) -> Table:
    report, span = facts.report, facts.span
    found = facts.brand.alerts.filter(start__lte=span.end, end__gte=span.start).order_by("start", "pk")
    found = found.select_related("item__channel__platform", "brand")
    if report.channel_id:
        found = found.filter(item__channel=report.channel_id)
    if report.strategy_id or report.campaign_id:
        found = found.filter(strategy=facts.strategy)
    shown = [row for row in found[:MOST_ROWS] if facts.money or not metric_is_money(row.metric)]
    rows = [[words(days_of(row)), words(title_of(row)), words(row.get_state_display()), words(row.note)] for row in shown]
    return Table(_("Watched figures outside their bounds"), columns(_("Days"), _("What"), _("State"), _("What was done")), rows)


def _incidents(facts: Facts) -> Table:
    span, report = facts.span, facts.report
    found = Incident.objects.filter(strategy__brand=facts.brand, happened_on__range=(span.start, span.end))
    if report.strategy_id or report.campaign_id:
        found = found.filter(strategy=facts.strategy)
    if report.channel_id:
        found = found.filter(Q(channel=report.channel_id) | Q(channel=None))
    rows = [
        [day_cell(row.happened_on), words(row.title), words(row.response), words(row.effect)]
        for row in found.order_by("happened_on", "pk")[:MOST_ROWS]
    ]
    heads = columns(_("Day"), _("What happened"), _("What we did"), _("What came of it"))
    return Table(_("Incidents"), heads, rows)


def health(facts: Facts) -> list[Block]:
    """The score as it last stood in these days, and the rules that failed."""
    found = HealthCheck.objects.filter(strategy=facts.strategy, day__lte=facts.span.end) if facts.strategy else None
    newest = found.order_by("-day").first() if found is not None else None
    if newest is None:
        return []
    said = _("Health score %(score)s of 100, checked on %(day)s.") % {"score": newest.score, "day": day_year(newest.day)}
    failed = [row["rule"] for row in newest.verdicts if row["outcome"] == "fail" and not row["accepted"]]
    rules = [rule for name in failed if (rule := find(name)) and (facts.money or not rule.is_money)]
    rows = [[words(rule.bad), words(rule.fix)] for rule in rules]
    table = Table(_("Open points"), columns(_("What is not right"), _("What puts it right")), rows)
    return [Words([said]), Grid(table)] if rows else [Words([said])]


def published(facts: Facts) -> list[Block]:
    found = facts.publications.select_related("post__pillar", "channel__platform").order_by("published_at", "pk")
    rows = [_publication(facts, row) for row in found[:MOST_ROWS]]
    heads = columns(_("Day"), _("Channel"), _("Post"), _("Pillar"), _("Link"))
    note = _("Only the first %(count)s are listed.") % {"count": MOST_ROWS} if len(rows) == MOST_ROWS else ""
    return [Grid(Table(_("What was published"), heads, rows, note))] if rows else []


def _publication(facts: Facts, row) -> list[Cell]:
    day = row.published_at.astimezone(facts.brand.zone).date()
    return [day_cell(day), words(row.channel), words(row.post), words(row.post.pillar or ""), words(row.permalink)]


def notes(facts: Facts) -> list[Block]:
    """Where the figures come from, what is missing, and how they are worked out."""
    blocks: list[Block] = [Words(_reading_help(facts))]
    return [*blocks, *(Grid(table) for table in (_coverage(facts), formulas(facts)) if table.rows)]


def _reading_help(facts: Facts) -> list[str]:
    said = [
        _("Figures as recorded until %(day)s, in the time zone %(zone)s.")
        % {"day": day_year(facts.today), "zone": facts.brand.time_zone},
        _("What was not measured is shown as “—”, never as 0."),
        _("A rate over a period is the ratio of the sums, never the mean of rates; distinct people are never added up."),
    ]
    if facts.report.compares:
        before = facts.span.previous
        compared = _("Compared with the days before: %(start)s – %(end)s.")
        said.append(compared % {"start": day_year(before.start), "end": day_year(before.end)})
    return said


def _coverage(facts: Facts) -> Table:
    heads = columns(_("Channel"), _("First figure"), _("Last figure"), numbers=[_("Days with figures"), _("Days without")])
    rows = [
        [words(row.channel), day_cell(row.first), day_cell(row.last), count(row.days), count(row.missing)]
        for row in facts.found.coverage
    ]
    return Table(_("What the figures cover"), heads, rows)


def formulas(facts: Facts) -> Table:
    """Every KPI that the report names, with its formula and its source."""
    chosen = set(facts.report.sections)
    cards = facts.cards if "cards" in chosen else facts.key_cards
    shown = {card.name: card.reading.kpi for card in cards} | {kpi.name: kpi for kpi in facts.line_kpis}
    if "money" in chosen and facts.money:
        shown |= {card.name: card.reading.kpi for card in facts.cards if card.reading.kpi.group is Group.COST_RETURN}
    rows = [_formula(kpi) for kpi in shown.values()]
    heads = columns(_("KPI"), _("Formula"), _("Note"), _("Source"))
    return Table(_("How the figures are worked out"), heads, rows)


def _formula(kpi: Kpi) -> list[Cell]:
    language = get_language()
    formula = kpi.formula.in_words(language)
    return [words(kpi.label.in_language(language)), words(formula), words(text(kpi.note)), words(kpi_sources.say(kpi.source))]
