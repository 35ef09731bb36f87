"""What a section of a report is made of: words, tables and lines. Plain data, so that it can be kept as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from metrics.tables import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences, as a list of points."""

    sentences: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        return {"kind": "words", "sentences": list(self.sentences)}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `bars` has a share in per cent (or None) and a tone for each row, drawn in a last column."""

    table: Table
    bars: Sequence[tuple[float | None, str]] = ()

    def as_json(self) -> dict[str, Any]:
        rows = [[asdict(cell) for cell in row] for row in self.table.rows]
        return {
            "kind": "table",
            "caption": self.table.caption,
            "columns": [asdict(column) for column in self.table.columns],
            "rows": rows,
            "note": self.table.note,
            "bars": [list(bar) for bar in self.bars],
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A figure along the days, beside the same in the period before; the table has its numbers."""

    table: Table
    summary: str
    unit: str = ""

    def as_json(self) -> dict[str, Any]:
        return Grid(self.table).as_json() | {"kind": "line", "summary": self.summary, "unit": self.unit}


Block = Words | Grid | Line


def table_of(block: dict[str, Any]) -> Table:
    """The table that a kept block says."""
    return Table(
        block["caption"],
        [Column(**column) for column in block["columns"]],
        [[Cell(**cell) for cell in row] for row in block["rows"]],
        block["note"],
    )
