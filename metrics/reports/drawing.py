"""A line along the days as a drawing of our own, for the screen and for paper. Pure geometry: numbers in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 640, 210
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 48
FLOOR = 26  # the line of the lowest figure, with room above it for its label
TICKS = 6
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A label at the foot of the drawing, or at a level of it."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """`now` and `before` are the unbroken stretches of the two lines; a lonely point stands in `dots`."""

    now: list[list[Point]]
    before: list[list[Point]]
    dots: list[Point]
    days: list[Mark]
    levels: list[Mark]


def chart(rows: Sequence[Sequence[dict]]) -> Chart:
    """Rows of (day, figure, figure before), as a kept block has them. What was not measured is a gap."""
    series = [[_number(row[i]) for row in rows] for i in range(1, len(rows[0]))] if rows else []
    known = [
        (value, row[i]["shown"]) for i in range(1, 1 + len(series)) for row in rows if (value := _number(row[i])) is not None
    ]
    low, high = min(known, default=(0.0, "")), max(known, default=(0.0, ""))
    placed = [_placed(values, low[0], high[0]) for values in series]
    runs = [_runs(points) for points in placed]
    return Chart(
        now=[run for run in runs[0] if len(run) > 1] if runs else [],
        before=[run for run in runs[1] if len(run) > 1] if len(runs) > 1 else [],
        dots=_dots(runs[0]) if runs else [],
        days=_days(rows),
        levels=_levels(low, high),
    )


def _number(cell: dict) -> float | None:
    return None if cell["value"] is None else float(Decimal(cell["value"]))


def _placed(values: Sequence[float | None], low: float, high: float) -> list[Point | None]:
    reach = (high - low) or 1.0
    step = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1)
    tall = HEIGHT - TOP - BOTTOM
    return [
        None if value is None else (round(LEFT + i * step, 1), round(TOP + (high - value) / reach * tall, 1))
        for i, value in enumerate(values)
    ]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _dots(runs: Sequence[list[Point]]) -> list[Point]:
    """Where the line ends, and points that have no neighbours to be joined to."""
    lonely = [run[0] for run in runs if len(run) == 1]
    return [*lonely, runs[-1][-1]] if runs else []


def _days(rows: Sequence[Sequence[dict]]) -> list[Mark]:
    last = len(rows) - 1
    if last < 0:
        return []
    step = (WIDTH - LEFT - RIGHT) / max(last, 1)
    places = sorted({round(i * last / (TICKS - 1)) for i in range(TICKS)})
    anchors = {places[0]: "start", places[-1]: "end"} if last else {0: "start"}
    return [Mark(round(LEFT + i * step, 1), HEIGHT - 8, _short(rows[i][0]["shown"]), anchors.get(i, "middle")) for i in places]


def _short(day: str) -> str:
    """The day without its year, which the head of the report tells."""
    return day.rpartition(" ")[0].rstrip(",") or day


def _levels(low: tuple[float, str], high: tuple[float, str]) -> list[Mark]:
    levels = [Mark(LEFT, TOP, high[1], "start")]
    if high[0] != low[0]:
        levels.append(Mark(LEFT, HEIGHT - FLOOR, low[1], "start"))
    return [mark for mark in levels if mark.text]
