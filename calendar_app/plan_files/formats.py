"""What a format of plan files is: how it is known by its content, read, and written. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise

from calendar_app.plan_files.cells import read_clock, read_day, sure_order
from calendar_app.plan_files.outgoing import Outgoing
from calendar_app.plan_files.said import Refused, Said
from calendar_app.plan_files.tables import Row

Reader = Callable[[Row], Said]


class PlanFormat:
    """`losses`: what a file of this format cannot carry, said to whoever exports. `columns`: its header, where it has one."""

    name = ""
    label: str | Promise = ""
    note: str | Promise = ""
    icon = "table"
    columns: Sequence[str] = ()
    losses: Sequence[str | Promise] = ()
    # A file of this format goes to one channel of the tool that reads it.
    one_channel = False
    # Rows say themselves to which channel they go; else somebody is asked.
    names_channels = False
    # Two rows that say the same are two posts.
    is_exact = False
    # Mark the file as UTF-8 for Excel. Tools that look for exact headers trip over it.
    bom = False

    def knows(self, rows: Sequence[Row]) -> bool:
        raise NotImplementedError

    def body(self, rows: Sequence[Row]) -> Sequence[Row]:
        return rows[1:]

    def told(self, columns: Mapping[str, str]) -> "PlanFormat":
        """The format as it is once a person said what its columns are."""
        return self

    def asks(self, rows: Sequence[Row]) -> bool:
        """A person must say what the columns are."""
        return False

    def order(self, rows: Sequence[Row]) -> str:
        """The order of day and month in the file, "" where it does not matter; Unclear where a person must say."""
        return ""

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        raise NotImplementedError

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        """The header, where there is one, and a row for each post that the format has room for."""
        raise NotImplementedError


class Header:
    """Where a column stands, whatever the case of its name."""

    def __init__(self, row: Row) -> None:
        self.places: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            self.places.setdefault(cell.strip().strip("\ufeff").lower(), place)

    def has(self, *names: str) -> bool:
        return all(name in self.places for name in names)

    def cell(self, row: Row, name: str) -> str:
        return row.cell(self.places.get(name))


def when(said: Said, day: str, clock: str, order: str = "") -> None:
    """The day and the time of a row; Refused where they are none."""
    if not day.strip():
        if clock.strip():
            raise Refused("no_day", said=clock[:40])
        return
    try:
        said.day = read_day(day, order)
    except ValueError:
        raise Refused("bad_day", said=day[:40]) from None
    if clock.strip():
        try:
            said.clock = read_clock(clock)
        except ValueError:
            raise Refused("bad_clock", said=clock[:40]) from None


def order_of(pairs: Iterable[tuple[int, int] | None]) -> str:
    pairs = [pair for pair in pairs if pair]
    return sure_order(pairs) if pairs else ""


def american(at: datetime) -> tuple[str, str]:
    """A day and a time as American tools read them: 03/04/2027, 09:30 PM."""
    return f"{at:%m/%d/%Y}", f"{at:%I:%M %p}"
