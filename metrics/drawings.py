"""Where the parts of our own small charts stand. Pure geometry: numbers in, SVG attributes out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDE, NARROW, HEIGHT = 560, 330, 232
SIDE, TOP, BOTTOM = 8, 24, 28
LABEL, LINE = 6, 16  # what is left under a label, and from one row of labels to the next
BAR_SHARE = 0.58
TOO_CLOSE = 45.0  # on a phone a label is that wide


@dataclass(frozen=True)
class Bar:
    """One bar with its label, and the line that leads to the next."""

    css: str
    x: float
    y: float
    width: float
    height: float
    label: str
    text: str
    text_y: float
    label_y: int
    link_y: float | None  # where the dotted line to the next bar runs
    link_to: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def right(self) -> float:
        return round(self.x + self.width, 1)


@dataclass(frozen=True)
class Waterfall:
    """All bars, where zero lies, and how wide the drawing is."""

    bars: list[Bar]
    zero: float
    width: int

    @property
    def name(self) -> str:
        return "narrow" if self.width == NARROW else "wide"

    @property
    def axis_end(self) -> int:
        return self.width - SIDE

    @property
    def height(self) -> int:
        return max(bar.label_y for bar in self.bars) + LABEL


@dataclass(frozen=True)
class Step:
    """A change of a running sum, or (`is_sum`) what it came to."""

    label: str
    amount: Decimal
    text: str
    css: str
    is_sum: bool = False


def waterfall(steps: Sequence[Step], width: int = WIDE) -> Waterfall:
    """Bars that hang where the one before ended; sums stand on zero, below it where they are negative."""
    levels, running = [], Decimal(0)
    for step in steps:
        start, end = (Decimal(0), step.amount) if step.is_sum else (running, running + step.amount)
        levels.append((start, end))
        running = end
    low, high = (pick([Decimal(0), *(level for pair in levels for level in pair)]) for pick in (min, max))
    reach = float(high - low) or 1.0

    def y(value: Decimal) -> float:
        return TOP + float(high - value) / reach * (HEIGHT - TOP - BOTTOM)

    slot = (width - 2 * SIDE) / len(steps)
    # On a phone the labels of neighbours would run together.
    rows = 2 if width == NARROW else 1
    bars = [
        _bar(step, *level, index, slot, y, index < len(steps) - 1, HEIGHT - LABEL + LINE * (index % rows))
        for index, (step, level) in enumerate(zip(steps, levels, strict=True))
    ]
    return Waterfall(bars, round(y(Decimal(0)), 1), width)


def _bar(step: Step, start: Decimal, end: Decimal, index: int, slot: float, y, linked: bool, label_y: int) -> Bar:
    x = SIDE + index * slot + slot * (1 - BAR_SHARE) / 2
    upper, lower = y(max(start, end)), y(min(start, end))
    return Bar(
        step.css, round(x, 1), round(upper, 1), round(slot * BAR_SHARE, 1), round(max(lower - upper, 1.0), 1),
        step.label, step.text, round(upper - 7, 1), label_y, round(y(end), 1) if linked else None, round(x + slot, 1),
    )  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A labelled line on a scale. `row` is 1 where the label would run into the one before."""

    x: float
    label: str
    row: int = 0

    @property
    def anchor(self) -> str:
        return "start" if self.x < 10 else "end" if self.x > 90 else "middle"

    @property
    def text_y(self) -> int:
        return 32 + 16 * self.row


@dataclass(frozen=True)
class Scale:
    """A bar from `zero` to the figure, with marks. All positions in per cent of the width."""

    zero: float
    start: float
    length: float
    marks: list[Mark]


def scale(value: Decimal, low: Decimal, high: Decimal, marks: Sequence[tuple[Decimal, str]]) -> Scale:
    """The figure and its marks between `low` and `high`; what lies outside is drawn at the edge."""

    def x(number: Decimal) -> float:
        return round(min(max(float(number - low) / float(high - low), 0.0), 1.0) * 100, 2)

    placed: list[Mark] = []
    for number, label in sorted(marks):
        close = bool(placed) and x(number) - placed[-1].x < TOO_CLOSE
        placed.append(Mark(x(number), label, 1 - placed[-1].row if close else 0))
    zero, end = x(Decimal(0)), x(value)
    return Scale(zero, min(zero, end), round(abs(end - zero), 2), placed)


def log_widths(values: Sequence[Decimal]) -> list[float]:
    """Widths in per cent for figures that differ by orders of magnitude; the largest is 100."""
    logs = [math.log10(1 + float(value)) for value in values]
    most = max(logs, default=0.0)
    return [round(log / most * 100, 1) if most else 0.0 for log in logs]
