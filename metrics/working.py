"""Show the working: what stands behind one KPI or measure of a period, down to the rows and the files they came in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from metrics import rows_behind
from metrics.dashboard import totals_asked
from metrics.forms.period import Asked
from metrics.kpi import MEASURES, Formula, Kpi
from metrics.models import Observation
from metrics.readings import Reading, in_unit, label_of, plain, shown_whole, unit_of
from metrics.totals import Figure, Source, Totals


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

    @property
    def query(self) -> str:
        return query_of(self.reading.totals, self.channel)


@dataclass(frozen=True)
class Behind:
    """The rows and files behind a figure, counted."""

    rows: rows_behind.Behind
    files: list[File]
    posts: int

    @property
    def count(self) -> int:
        return sum(file.rows for file in self.files)

    @cached_property
    def entries(self) -> int:
        return self.rows.entries.count() if self.has(Source.LEDGER) else 0

    @cached_property
    def publications(self) -> int:
        return self.rows.publications.count() if self.has(Source.CALENDAR) else 0

    @property
    def is_empty(self) -> bool:
        others = self.has(Source.BUDGET) or self.rows.has_plan
        return not (self.count or self.entries or self.publications or others)

    def has(self, source: Source) -> bool:
        return any(figure.source is source for figure in _tree(self.rows.figures))


@dataclass(frozen=True)
class Working:
    """One KPI with all that it was worked out from."""

    reading: Reading
    behind: Behind

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
    def input_rows(self) -> list[tuple[str, str, str]]:
        """(measure, label, figure) of each input: links to workings of their own."""
        return [(f.measure, label_of(f.measure), in_unit(f.value, unit_of(f.measure), f.currency)) for f in self.inputs]

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
        return not_offered(self.inputs)


def query_of(found: Totals, channel: Channel) -> str:
    """The question for the same figure of one of the channels."""
    return replace(found.scope, channels=(channel,)).query(found.span)


def not_offered(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    found: dict[str, dict[str, None]] = {}
    for figure in _tree(figures):
        for channel in figure.not_offered:
            found.setdefault(label_of(figure.measure), {})[channel.platform.name] = None
    return [(label, ", ".join(platforms)) for label, platforms in found.items()]


@dataclass(frozen=True)
class MeasureWorking:
    """One measure: where its figure comes from, and what it was put together from."""

    figure: Figure
    totals: Totals
    behind: Behind

    @property
    def name(self) -> str:
        return self.figure.measure

    @property
    def label(self) -> str:
        return label_of(self.name)

    @property
    def whole(self) -> str:
        return shown_whole(self.figure)

    @property
    def has_repeats(self) -> bool:
        return self.figure.value is None and self.figure.with_repeats is not None

    @property
    def source(self) -> str:
        return str(self.figure.source.label) if self.figure.source else ""

    @property
    def parts(self) -> list[tuple[Channel, str, str, str]]:
        """(channel, figure, ledger, its question) where several channels make up the figure."""
        if len(self.figure.parts) < 2 and self.totals.scope.channels is not None:
            return []
        return [
            (
                part.channel,
                shown_whole(part.figure or self.figure),
                str(part.source.label) if part.source else "",
                query_of(self.totals, part.channel),
            )
            for part in self.figure.parts
            if part.value is not None or (part.figure and part.figure.with_repeats is not None)
        ]

    @property
    def components(self) -> list[tuple[str, str, str]]:
        """(measure, label, figure) that a prepared figure was put together from."""
        return [(each.measure, label_of(each.measure), shown_whole(each)) for each in self.figure.components]

    @property
    def missing(self) -> list[str]:
        return [label_of(name) for name in self.figure.missing]

    @property
    def left_out(self) -> list[Channel]:
        return list(dict.fromkeys(self.figure.left_out)) if self.figure.value is not None else []

    @property
    def not_offered(self) -> list[tuple[str, str]]:
        return not_offered([self.figure])


def working(brand: Brand, kpi: Kpi, asked: Asked) -> Working:
    reading = Reading(kpi, totals_asked(brand, asked))
    return Working(reading, behind(reading.totals, reading.inputs.values()))


def working_of_measure(brand: Brand, measure: str, asked: Asked) -> MeasureWorking:
    found = totals_asked(brand, asked)
    figure = found.figure(measure)
    return MeasureWorking(figure, found, behind(found, [figure]))


def behind(found: Totals, figures: Iterable[Figure]) -> Behind:
    rows = rows_behind.Behind(found.brand, tuple(figures), found.scope, found.currency)
    return Behind(rows, _files(rows.rows), _posts(rows.rows))


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
