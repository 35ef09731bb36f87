"""Show the working: what stands behind one KPI of a period, down to the rows and the files they came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from metrics.dashboard import totals_asked
from metrics.forms.period import Asked
from metrics.kpi import MEASURES, Formula, Kpi
from metrics.models import Observation
from metrics.readings import Reading, label_of, plain
from metrics.rows_behind import rows_behind
from metrics.totals import Figure, Source


@dataclass(frozen=True)
class File:
    """An import that rows came from; without an id they were typed in, or counted from mentions."""

    pk: int | None
    name: str
    rows: int
    from_mentions: bool = False


@dataclass(frozen=True)
class ChannelRow:
    channel: Channel
    cells: list[str]
    reading: Reading


@dataclass(frozen=True)
class Working:
    """One KPI with all that it was worked out from."""

    reading: Reading
    files: list[File]
    posts: int

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @cached_property
    def inputs(self) -> list[Figure]:
        return list(self.reading.inputs.values())

    @cached_property
    def _sides(self) -> list[Formula]:
        """The formula's top and bottom: by channel they are shown summed up, since a long sum has no room."""
        parts = self.reading.kpi.formula.fraction
        return [parts.top, parts.bottom] if parts else [self.reading.kpi.formula]

    @property
    def columns(self) -> list[str]:
        names = (_("Above the line"), _("Below the line"))
        return [label_of(side.text) if side.text in MEASURES else name for side, name in zip(self._sides, names, strict=False)]

    @property
    def by_channel(self) -> list[ChannelRow]:
        """One row per channel that has any of the figures; empty where no channel has all that the KPI needs."""
        found = self.reading.totals
        if found.scope.channels is not None:
            return []
        rows = [self._row(channel, Reading(self.reading.kpi, found.channel(channel))) for channel in found.channels]
        measured = [row for row in rows if row.reading.is_measured]
        return measured if any(row.reading.result.ok for row in measured) else []

    def _row(self, channel: Channel, reading: Reading) -> ChannelRow:
        figures = {name: figure.value for name, figure in reading.inputs.items()}
        return ChannelRow(channel, [plain(side.evaluate(figures).exact) for side in self._sides], reading)

    @property
    def sources(self) -> list[str]:
        """The ledgers the figures were taken from, in words."""
        return [str(source.label) for source in dict.fromkeys(self._sources()) if source is not None]

    def _sources(self) -> Iterable[Source | None]:
        for figure in self.inputs:
            yield figure.source
            yield from (part.source for part in figure.parts)

    @property
    def not_offered(self) -> list[tuple[str, str]]:
        """(measure, platforms) that count as 0 because the platform has no such figure."""
        found: dict[str, dict[str, None]] = {}
        for figure in _tree(self.inputs):
            for channel in figure.not_offered:
                found.setdefault(label_of(figure.measure), {})[channel.platform.name] = None
        return [(label, ", ".join(platforms)) for label, platforms in found.items()]


def working(brand: Brand, kpi: Kpi, asked: Asked) -> Working:
    reading = Reading(kpi, totals_asked(brand, asked))
    rows = rows_of(brand, reading, asked)
    return Working(reading, _files(rows), _posts(rows))


def rows_of(brand: Brand, reading: Reading, asked: Asked) -> QuerySet[Observation]:
    return rows_behind(brand, reading.inputs.values(), asked.channel)


def _tree(figures: Iterable[Figure]) -> Iterable[Figure]:
    for figure in figures:
        yield figure
        yield from _tree(figure.components)


def _files(rows: QuerySet[Observation]) -> list[File]:
    counted = rows.order_by().values_list("source", "source__name", "from_mentions").annotate(rows=Count("pk"))
    found = sorted(counted, key=lambda row: -row[3])
    return [File(pk, name or "", count, from_mentions) for pk, name, from_mentions, count in found]


def _posts(rows: QuerySet[Observation]) -> int:
    return rows.order_by().aggregate(posts=Count("publication", distinct=True))["posts"]
