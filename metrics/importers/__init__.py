"""Reads the files that social networks export: a file in, rows out. Pure: no framework, no database, no network.

    recognition = recognise(path)
    if recognition.refused is None:
        for event in read(path, recognition):
            ...  # Row, RowError or Skipped

A file is recognised by what is in it, never by its name, and read as a stream: the length of a file does not show in
memory. Everything that does not become a :class:`Row` comes out with a reason. :class:`Unreadable` is the only
exception that leaves here. A file may hold several tables (a workbook, a zip archive, a text with more than one): each
is recognised on its own, and each event carries the number of its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import (
    files,
    ga4,
    generic,
    glued,
    google_alerts,
    linkedin,
    linkedin_personal,
    meta_overview,
    meta_posts,
    pinterest,
    several,
    tiktok,
    x,
    youtube,
)
from .columns import Layout
from .messages import MESSAGES, message
from .recognition import Certainty, Column, Importer, Kind, ReadOptions, Recognition
from .rows import Event, PostSubject, Refusal, Row, RowError, Skipped, Unreadable
from .tables import Remembered, Sheet, TextSheet
from .workbook import Page

__all__ = [
    "IMPORTERS",
    "MESSAGES",
    "Certainty",
    "Column",
    "Event",
    "Importer",
    "Kind",
    "PostSubject",
    "ReadOptions",
    "Recognition",
    "Refusal",
    "Row",
    "RowError",
    "Skipped",
    "Unreadable",
    "message",
    "read",
    "recognise",
]

_SEEN = 8
_SEEN_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Format:
    """An importer and the two functions that do its work.

    ``layouts`` are its tables with one heading each, of which several may stand one under the other.
    """

    importer: Importer
    recognise: Callable[[Sheet, Mapping[str, str]], Recognition | None]
    read: Callable[[Sheet, Recognition, ReadOptions], Iterator[Event]]
    layouts: tuple[Layout, ...] = ()


# The first that knows the file has it.
_FORMATS: tuple[_Format, ...] = (
    _Format(meta_posts.IMPORTER, meta_posts.recognise, meta_posts.read, (meta_posts.LAYOUT,)),
    _Format(meta_overview.IMPORTER, meta_overview.recognise, meta_overview.read),
    _Format(x.CONTENT, x.recognise_content, x.read_content, x.CONTENT_LAYOUTS),
    _Format(x.OVERVIEW, x.recognise_overview, x.read_overview, x.DAILY_LAYOUTS),
    _Format(tiktok.POSTS, tiktok.recognise_posts, tiktok.read_posts, tiktok.POST_LAYOUTS),
    _Format(tiktok.DAYS, tiktok.recognise_days, tiktok.read_days, tiktok.DAILY_LAYOUTS),
    _Format(youtube.POSTS, youtube.recognise_posts, youtube.read_posts, youtube.POST_LAYOUTS),
    _Format(youtube.DAYS, youtube.recognise_days, youtube.read_days, youtube.DAILY_LAYOUTS),
    _Format(linkedin.PAGE, linkedin.recognise, linkedin.read),
    _Format(linkedin_personal.PERSONAL, linkedin_personal.recognise, linkedin_personal.read),
    _Format(pinterest.IMPORTER, pinterest.recognise, pinterest.read),
    _Format(ga4.IMPORTER, ga4.recognise, ga4.read),
    _Format(google_alerts.IMPORTER, google_alerts.recognise, google_alerts.read),
)
# Asked last, and only for files that are not some other platform's: its words are everybody's.
_GENERIC = _Format(generic.IMPORTER, generic.recognise, generic.read)

IMPORTERS: tuple[Importer, ...] = tuple(entry.importer for entry in (*_FORMATS, _GENERIC))


def recognise(path: Path, *, name: str = "", mapping: Mapping[str, str] | None = None) -> Recognition:
    """What the file at ``path`` is. It never raises for what is in a file: a refusal says why it cannot be used.

    ``name`` (the name it was uploaded under) is only for messages. ``mapping`` is the user's own word on columns:
    heading → measure, "" to leave a column out; ValueError if a measure is not declared.
    """
    try:
        with files.sheets_of(path) as found:
            tables = youtube.beside_videos(list(_tables(found, mapping or {})))
    except Unreadable as error:
        return Recognition(refused=error.refusal)
    return several.together(tables) if tables else Recognition(refused=Refusal("empty"))


def read(path: Path, recognition: Recognition, *, options: ReadOptions | None = None) -> Iterator[Event]:
    """Everything in the file, in its order: rows, errors, skipped rows.

    :class:`Unreadable` if ``recognition`` was a refusal, or if the file stops being a table on the way.
    """
    if recognition.refused is not None:
        raise Unreadable(recognition.refused.code, **recognition.refused.params)
    read_one = partial(_read_one, options=options or ReadOptions())
    if not recognition.tables and not recognition.place.last and files.is_text(path):
        sheet = TextSheet(path, recognition.encoding, recognition.delimiter, recognition.wrapped)
        yield from read_one(sheet, recognition)
        return
    with files.sheets_of(path) as found:
        yield from several.events(found, recognition, read_one)


def _read_one(sheet: Sheet, table: Recognition, options: ReadOptions) -> Iterator[Event]:
    entry = next(entry for entry in (*_FORMATS, _GENERIC) if entry.importer == table.importer)
    return entry.read(sheet, table, options)


def _tables(found: list[files.Found], mapping: Mapping[str, str]) -> Iterator[Recognition]:
    """What each sheet of a file is. Where there are several, each is walked through first: one that is broken must not
    take the others with it."""
    before = 0
    for each in found:
        lines = 0
        try:
            if each.sheet is None:
                known = Recognition(refused=each.refused)
            else:
                lines = each.sheet.length() if len(found) > 1 else each.sheet.likely_length()
                known = _recognised(Remembered(each.sheet) if isinstance(each.sheet, Page) else each.sheet, mapping)
        except Unreadable as error:
            known = Recognition(refused=error.refusal)
        yield from several.placed(each, known, before, lines)
        before += lines


def _recognised(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition:
    if found := _of_platform(sheet, mapping):
        layouts = [layout for entry in _FORMATS for layout in entry.layouts]
        is_one_table = any(entry.layouts for entry in _FORMATS if entry.importer == found.importer)
        return glued.apart(sheet, found, layouts, partial(_of_platform, mapping=mapping)) if is_one_table else found
    if found := _GENERIC.recognise(sheet, mapping):
        return found
    head = sheet.head(1)
    cells = [" ".join(cell.split())[:_SEEN_LENGTH] for cell in (head[0].trimmed() if head else ()) if cell]
    return Recognition(refused=Refusal("not_recognised", {"seen": ", ".join(cells[:_SEEN])}))


def _of_platform(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    return next(filter(None, (entry.recognise(sheet, mapping) for entry in _FORMATS)), None)
