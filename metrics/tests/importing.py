"""What the importer tests share: a file from bytes, and what comes out of it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

from metrics.importers import Event, ReadOptions, Recognition, Row, read, recognise

FILES = Path(__file__).parent / "files"


def written(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "upload"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def outcome(
    path: Path, *, mapping: Mapping[str, str] | None = None, options: ReadOptions | None = None
) -> tuple[Recognition, list[Row], Counter[str]]:
    """The recognition of a file, its rows, and how often each reason not to make a row of something came up."""
    recognition = recognise(path, mapping=mapping)
    assert recognition.refused is None, recognition.refused
    events: list[Event] = list(read(path, recognition, options=options))
    rows = [event for event in events if isinstance(event, Row)]
    return recognition, rows, Counter(event.reason_code for event in events if not isinstance(event, Row))


def refusal_code(path: Path) -> str:
    refused = recognise(path).refused
    assert refused is not None
    assert refused.message_en
    return refused.code


def figures(rows: Iterable[Row]) -> dict[str, Decimal]:
    """The sum of each measure."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.measure] = sums.get(row.measure, Decimal(0)) + row.value
    return sums


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A zip archive with these files."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """An .xlsx with these sheets, row by row."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
