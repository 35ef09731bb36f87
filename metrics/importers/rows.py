"""What an importer hands out: rows, and everything that did not become one, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .messages import message

QUOTED = 200


@dataclass(frozen=True, slots=True)
class PostSubject:
    """The post a figure belongs to, in the platform's own words.

    ``platform_id`` stays text: 17 and more digits do not survive a float. ``published_at`` has no zone, because
    the file names none, and is None where the file gives only a day (``Row.start`` has it).
    """

    platform_id: str = ""
    permalink: str = ""
    published_at: datetime | None = None
    text: str = ""
    format: str = ""

    @property
    def key(self) -> str:
        """What tells this post from others of its platform: the id, or the link where there is no id."""
        return self.platform_id or self.permalink


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``end`` is inclusive.

    A post's figure carries the day of publication as ``start`` and ``end``: the file does not say as of when it was
    counted, the caller does. ``platform`` is a platform slug or "" where the file is silent; ``channel`` and
    ``currency`` are what a generic file wrote in those columns. ``table`` counts the tables of a file from 0, here and
    below; whoever reads one table leaves it alone.
    """

    start: date
    end: date
    measure: str
    value: Decimal
    line: int
    platform: str = ""
    subject: PostSubject | None = None
    channel: str = ""
    currency: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True)
class RowError:
    """A cell that was refused; the other cells of its row still count unless nothing could be told without it.

    ``column`` is empty where no one cell is to blame. ``raw`` is what stood there, cut where it is endless.
    """

    line: int
    reason_code: str
    column: str = ""
    raw: str = ""
    table: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "column", self.column[:QUOTED])
        object.__setattr__(self, "raw", self.raw[:QUOTED])

    @property
    def params(self) -> dict[str, object]:
        return {"line": self.line, "column": self.column, "raw": self.raw}

    @property
    def message_en(self) -> str:
        return message(self.reason_code, self.params)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no mistake, and no figure either."""

    line: int
    reason_code: str
    params: Mapping[str, object] = field(default_factory=dict)
    table: int = 0

    @property
    def message_en(self) -> str:
        return message(self.reason_code, self.params)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole file is not imported."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message_en(self) -> str:
        return message(self.code, self.params)


Event = Row | RowError | Skipped


class Unreadable(Exception):
    """The one exception that leaves an importer: the file cannot be read (further), ``refusal`` says why."""

    def __init__(self, code: str, **params: object) -> None:
        self.refusal = Refusal(code, params)
        super().__init__(self.refusal.message_en)
