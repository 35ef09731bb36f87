"""The best time to post: how posts of each weekday and hour did beside what is usual for their channel. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from metrics.insight.robust import Declined

FEWEST_POSTS = 30
FEWEST_IN_CELL = 3
FEWEST_ON_CHANNEL = 5
# A cell is drawn towards the usual as if so many usual posts stood in it, too.
USUAL_POSTS = 4
# How far from the usual a cell must be to be coloured: below, it is as good as any other.
STEPS = (0.85, 1.15, 1.4)


@dataclass(frozen=True, slots=True)
class Timed:
    """One post on one channel: when it went out by the brand's clock (Monday is 0), and its rate."""

    channel: int
    weekday: int
    hour: int
    rate: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one weekday. `index` is 1.0 where posts do as usual; None where there are too few to say."""

    posts: int
    index: float | None = None

    @property
    def tone(self) -> int:
        """0: not shown; 1: below the usual; 2: usual; 3 and 4: above it."""
        return 0 if self.index is None else 1 + sum(self.index >= step for step in STEPS)


@dataclass(frozen=True)
class Heat:
    hours: tuple[int, ...]
    cells: dict[tuple[int, int], Cell]
    posts: int

    def cell(self, weekday: int, hour: int) -> Cell:
        return self.cells.get((weekday, hour), Cell(0))

    @property
    def best(self) -> list[tuple[int, int]]:
        """Weekday and hour of up to three cells that are above the usual, the best first."""
        told = [(cell.index, key) for key, cell in self.cells.items() if cell.index is not None and cell.index >= STEPS[1]]
        return [key for _index, key in sorted(told, key=lambda one: (-one[0], one[1]))[:3]]


def heat(posts: Iterable[Timed]) -> Heat | Declined:
    """The table of hours and weekdays, or why there is none."""
    indexed = _indexed(list(posts))
    if len(indexed) < FEWEST_POSTS:
        return Declined("posts", len(indexed), FEWEST_POSTS)
    at: dict[tuple[int, int], list[float]] = defaultdict(list)
    for post, index in indexed:
        at[post.weekday, post.hour].append(index)
    cells = {key: Cell(len(several), _drawn(several)) for key, several in at.items()}
    if all(cell.index is None for cell in cells.values()):
        return Declined("cells", max(cell.posts for cell in cells.values()), FEWEST_IN_CELL)
    return Heat(tuple(sorted({hour for _weekday, hour in cells})), cells, len(indexed))


def _indexed(posts: list[Timed]) -> list[tuple[Timed, float]]:
    """Each post beside the median of its channel: networks differ more from each other than hours do."""
    rates: dict[int, list[float]] = defaultdict(list)
    for post in posts:
        rates[post.channel].append(post.rate)
    usual = {channel: median(several) for channel, several in rates.items() if len(several) >= FEWEST_ON_CHANNEL}
    return [(post, post.rate / usual[post.channel]) for post in posts if usual.get(post.channel)]


def _drawn(several: Sequence[float]) -> float | None:
    if len(several) < FEWEST_IN_CELL:
        return None
    return (len(several) * median(several) + USUAL_POSTS) / (len(several) + USUAL_POSTS)
