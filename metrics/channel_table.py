"""The channels of a scope beside each other."""

from dataclasses import dataclass

from brands.models import Channel
from metrics.forms.period import Asked
from metrics.kpi import KPIS, MEASURES, Unit
from metrics.kpi.formulas import NO_FIGURE
from metrics.kpi.terms import Level
from metrics.readings import in_unit, is_money, label_of, unit_of
from metrics.totals import Totals


@dataclass(frozen=True)
class Column:
    """A column of the channels table: a measure or a KPI, by name."""

    metric: str

    @property
    def label(self) -> str:
        return label_of(self.metric)

    @property
    def is_money(self) -> bool:
        return is_money(KPIS[self.metric]) if self.metric in KPIS else MEASURES[self.metric].is_money

    @property
    def adds_people(self) -> bool:
        return self.metric in MEASURES and MEASURES[self.metric].counts_people

    def shown(self, found: Totals) -> str:
        if self.metric in KPIS:
            return in_unit(found.result(self.metric).exact, unit_of(self.metric))
        figure = found.figure(self.metric)
        if figure.value is None and figure.with_repeats is not None:
            return in_unit(figure.with_repeats, Unit.COUNT) + "*"
        return in_unit(figure.value, unit_of(self.metric))

    def is_shown(self, *, money: bool, level: Level) -> bool:
        at_level = self.metric not in KPIS or KPIS[self.metric].is_shown_at(level)
        return at_level and (money or not self.is_money)


@dataclass(frozen=True)
class Cell:
    """A figure of the table, and the question that its working answers."""

    metric: str
    shown: str
    query: str


COLUMNS = tuple(
    Column(metric)
    for metric in (
        "posts_published", "followers", "net_new_followers", "reach", "views", "audience_engagement",
        "link_clicks", "leads", "revenue", "spend_total", "cpl",
    )
)  # fmt: skip


@dataclass(frozen=True)
class ChannelTable:
    columns: list[Column]
    rows: list[tuple[Channel, list[Cell]]]
    footer: list[Cell]

    @property
    def has_repeats(self) -> bool:
        return any("*" in cell.shown for cells in (self.footer, *(cells for _, cells in self.rows)) for cell in cells)


def channel_table(found: Totals, asked: Asked, *, money: bool) -> ChannelTable:
    """Channels below each other. Columns without a single figure are left out; rates in the last row are of the sums."""
    level = Level.POST if found.scope.post else Level.CHANNEL
    wanted = [column for column in COLUMNS if column.is_shown(money=money, level=level)]
    rows = [(channel, _cells(wanted, found.channel(channel), asked.query_for(channel))) for channel in found.channels]
    kept = [i for i, _ in enumerate(wanted) if any(cells[i].shown != NO_FIGURE for _, cells in rows)]
    footer = _cells(wanted, found, asked.query)
    return ChannelTable(
        [wanted[i] for i in kept],
        [(channel, [cells[i] for i in kept]) for channel, cells in rows],
        [footer[i] for i in kept],
    )


def _cells(columns: list[Column], found: Totals, query: str) -> list[Cell]:
    return [Cell(column.metric, column.shown(found), query) for column in columns]
