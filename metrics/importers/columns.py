"""Which column means what: a layout declares a platform's headings, the words do the rest.

Order does not matter, nor do case and invisible characters. Two columns never give the same measure: the first one
does, the second is shown as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from metrics.kpi.measures import MEASURES

from .recognition import Certainty, Column, Kind
from .tables import Record
from .words import measures_by_word, plain, roles_by_word

_RATE = re.compile(r"%|\brate\b|\bctr\b|\bpercent|\bporcentagem\b|\btaxa\b|\bfoiz\b|\bпроцент|\bдоля\b")
_AVERAGE = re.compile(
    r"\bper (?:active )?(?:user|session|view|key event)|\baverage\b|\bavg\b|\bm[ée]di[oa]\b|\bсредн|\bortacha\b"
)
_CURRENCY = re.compile(r"\(([A-Z]{3})\)")


@dataclass(frozen=True)
class Layout:
    """The headings of one kind of table, all in plain form (see ``words.plain``).

    ``needs``: from each set at least one heading must be there. ``roles``, ``measures`` and ``left`` say what a heading
    is for certain; ``by_words`` whether other headings may be matched by the general words for measures and roles.
    """

    name: str
    kind: Kind
    platform: str
    needs: tuple[frozenset[str], ...]
    roles: Mapping[str, str]
    measures: Mapping[str, str]
    left: Mapping[str, str] = field(default_factory=dict)
    by_words: bool = True
    date_order: str = ""
    language_by: Mapping[str, str] = field(default_factory=dict)

    def fits(self, header: Iterable[str]) -> bool:
        found = {plain(cell) for cell in header}
        return all(alternatives & found for alternatives in self.needs)

    def language(self, header: Iterable[str]) -> str:
        found = {plain(cell) for cell in header}
        return next((language for heading, language in self.language_by.items() if heading in found), "en")


def columns_of(layout: Layout, header: Record, first: Record | None, mapping: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns under ``header``; ``first`` is the first row of figures, ``mapping`` the user's own words."""
    wanted = chosen(mapping)
    columns = [
        _resolved(layout, Column(index, cell, first.cell(index) if first else ""), wanted)
        for index, cell in enumerate(header.trimmed())
    ]
    return tuple(without_doubles(columns))


def chosen(mapping: Mapping[str, str]) -> dict[str, str]:
    """A user's mapping of headings to measures ("" leaves a column out), checked: ValueError for an unknown measure."""
    for header, measure in mapping.items():
        if measure and (measure not in MEASURES or not MEASURES[measure].recorded):
            raise ValueError(f"{measure!r}, chosen for {header!r}, is not a recorded measure")
    return {plain(header): measure for header, measure in mapping.items()}


def by_choice(column: Column, measure: str) -> Column:
    """``column`` as the user said it: giving ``measure``, or left out."""
    if not measure:
        return replace(column, measure=None, role=None, certainty=Certainty.KNOWN, reason="left_out")
    return replace(column, measure=measure, role=None, certainty=Certainty.KNOWN, reason="")


def _resolved(layout: Layout, column: Column, wanted: Mapping[str, str]) -> Column:
    heading = plain(column.header)
    currency = _CURRENCY.search(column.header)
    column = replace(column, currency=currency[1] if currency else "")
    if heading in wanted:
        return by_choice(column, wanted[heading])
    bare = plain(_CURRENCY.sub("", column.header))
    if heading in layout.roles:
        return replace(column, role=layout.roles[heading], certainty=Certainty.KNOWN)
    if bare in layout.measures:
        return replace(column, measure=layout.measures[bare], certainty=Certainty.KNOWN)
    if heading in layout.left:
        return replace(column, certainty=Certainty.KNOWN, reason=layout.left[heading])
    if layout.by_words:
        return _by_word(column, heading, bare)
    reason = derived(heading)
    return replace(column, reason=reason or "unknown_column", certainty=Certainty.BY_NAME if reason else Certainty.UNKNOWN)


def _by_word(column: Column, heading: str, bare: str) -> Column:
    if role := roles_by_word().get(heading):
        return replace(column, role=role, certainty=Certainty.BY_NAME)
    measure = measures_by_word().get(bare)
    if measure is None and (reason := derived(heading)):
        return replace(column, certainty=Certainty.BY_NAME, reason=reason)
    if measure is None:
        return replace(column, reason="unknown_column")
    if not MEASURES[measure].recorded:
        return replace(column, certainty=Certainty.BY_NAME, reason="not_recorded")
    return replace(column, measure=measure, certainty=Certainty.BY_NAME)


def derived(heading: str) -> str:
    """Why a figure that is worked out from others is not stored, "" for any other."""
    if _RATE.search(heading):
        return "rate"
    return "average" if _AVERAGE.search(heading) else ""


def without_doubles(columns: Iterable[Column]) -> Iterable[Column]:
    """Columns, with any that repeats a measure or a role turned into one left out. Certain ones come first."""
    columns = list(columns)
    taken: set[str] = set()
    kept: dict[int, Column] = {}
    for column in sorted(columns, key=lambda column: column.certainty is not Certainty.KNOWN):
        meaning = f"{column.platform}:{column.measure}" if column.measure else column.role or ""
        if meaning and meaning in taken:
            column = replace(column, measure=None, role=None, reason="duplicate_column")
        taken.add(meaning)
        kept[column.index] = column
    return [kept[column.index] for column in columns]
