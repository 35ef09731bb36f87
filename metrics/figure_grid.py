"""Figures by hand, many at once: a sheet of measures by periods, saved in one transaction or not at all.

Each cell knows what it was opened with. Where somebody else wrote there meanwhile, nothing is saved and both figures are shown;
saving once more then means it. A cell that is left empty stays what it is; a dash clears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brands.audit import record
from brands.fields import NumberField
from brands.models import Brand, User
from brands.templatetags import ui
from brands.templatetags.ui import number
from metrics import mention_figures
from metrics.bulk import Target, put
from metrics.figure_sheets import PARTS, GridAsked, score_of, stars_of
from metrics.figure_turns import take_turn
from metrics.imports.saving import FIELDS
from metrics.kpi.measures import MEASURES, Measure
from metrics.kpi.terms import Unit
from metrics.models import Observation
from metrics.periods import Span
from metrics.recompute import mark_stale

_SEEN = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,6})?\|[A-Z]{0,3}")
# What no form of ours sent: as if somebody had written there.
UNKNOWN = "?"
DASHES = {"-", "–", "—", "−"}
_COLUMNS = (*FIELDS, "from_mentions")
OF_CHANNELS = Target(Observation, _COLUMNS, "one_figure_per_channel_measure_and_span")
OF_BRAND = Target(Observation, _COLUMNS, "one_figure_per_brand_subject_measure_and_span")
_FIELD = NumberField(max_digits=18, decimal_places=6)

Key = tuple[str, Span]


class WrittenMeanwhile(Exception):
    """Somebody else's figure came in between looking and saving."""


@dataclass
class Cell:
    """One figure: what is stored, what was typed over it, and what is wrong with that."""

    measure: Measure
    span: Span
    stored: Observation | None = None
    seen: str = ""
    typed: str | None = None
    value: Decimal | None = None
    clears: bool = False
    errors: list[str] = field(default_factory=list)
    conflict: str = ""
    starred: bool = False
    label: str = ""

    @property
    def name(self) -> str:
        return f"{self.measure.name}-{self.span.start.isoformat()}"

    @property
    def carried(self) -> str:
        """What the form carries along: what stood there when the cell was last looked at."""
        return self.seen if self.typed is not None else self.now

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.typed if self.typed is not None else self.shown

    @property
    def shown(self) -> str:
        return "" if self.stored is None else self._as_typed(self.stored.value)

    def _as_typed(self, value: Decimal) -> str:
        exact = stars_of(Fraction(value)) if self.starred else Fraction(value)
        return number(Decimal(exact.numerator) / exact.denominator).replace("−", "-")

    @property
    def now(self) -> str:
        """What is stored, as the form carries it along."""
        return "" if self.stored is None else f"{self.stored.value.normalize():f}|{self.stored.currency}"

    @property
    def changes(self) -> bool:
        return self.clears or self.value is not None


@dataclass
class Row:
    label: str
    unit: str
    cells: list[Cell]


def said_of(span: Span) -> str:
    return ui.span(span.start, span.end)


def unit_words(measure: Measure) -> str:
    """Whose name does not say what it is measured in."""
    return _("seconds") if measure.unit is Unit.SECONDS else ""


class Grid:
    """A sheet as it stands, and with `typed` what somebody wants it to be."""

    def __init__(self, brand: Brand, asked: GridAsked, typed: QueryDict | None = None, currency: str = "") -> None:
        self.brand = brand
        self.asked = asked
        self.spans = asked.spans
        self.currency = currency or brand.currency
        self.cells: dict[Key, Cell] = {
            (measure.name, span): Cell(measure, span, starred=asked.is_starred(measure.name))
            for measure in asked.measures
            for span in self.spans
        }
        self._look(self._stored().select_related("source", "recorded_by"))
        if typed is not None:
            self._read(typed)
            self._compare()

    def rows(self) -> list[Row]:
        language = get_language()
        rows = [
            Row(measure.label.in_language(language), unit_words(measure), [self.cells[measure.name, span] for span in self.spans])
            for measure in self.asked.measures
        ]
        for row in rows:
            for cell in row.cells:
                cell.label = f"{row.label}, {said_of(cell.span)}"
        return rows

    @property
    def has_conflicts(self) -> bool:
        return any(cell.conflict for cell in self.cells.values())

    @property
    def wrong(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.errors or cell.conflict]

    @property
    def changed(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.changes]

    def _stored(self) -> QuerySet[Observation]:
        return Observation.objects.filter(
            brand=self.brand, channel=self.asked.channel, publication=None, campaign=None, subject="",
            measure__in=self.asked.sheet.measures, start__in=[span.start for span in self.spans],
            end__in=[span.end for span in self.spans],
        )  # fmt: skip

    def _look(self, rows: Iterable[Observation]) -> None:
        for cell in self.cells.values():
            cell.stored = None
        for row in rows:
            if cell := self.cells.get((row.measure, Span(row.start, row.end))):
                cell.stored = row

    # --- what was typed

    def _read(self, typed: QueryDict) -> None:
        for cell in self.cells.values():
            seen = typed.get(f"seen-{cell.name}", "")
            cell.seen = seen if not seen or _SEEN.fullmatch(seen) else UNKNOWN
            text = typed.get(cell.name)
            if text is not None:
                cell.typed = text[:100]
                self._understand(cell, text.strip())
        self._check_parts()

    def _understand(self, cell: Cell, text: str) -> None:
        if not text or text == self._shown_then(cell):
            return
        if text in DASHES:
            cell.clears = cell.stored is not None
            if cell.clears and cell.stored.from_mentions:
                cell.errors.append(_("Counted from mentions: change it on their page, or write another figure over it."))
            return
        try:
            value = self._value(cell, _FIELD.clean(text))
        except ValidationError as refused:
            cell.errors += refused.messages
            return
        if value is not None and f"{value.normalize():f}" != cell.seen.partition("|")[0]:
            cell.value = value

    def _shown_then(self, cell: Cell) -> str:
        """What the field showed when it was opened: left as it was, it says nothing."""
        return cell._as_typed(Decimal(cell.seen.partition("|")[0])) if _SEEN.fullmatch(cell.seen) else ""

    def _value(self, cell: Cell, typed: Decimal) -> Decimal | None:
        exact = Fraction(typed)
        if cell.starred and not 1 <= exact <= 5:
            raise ValidationError(_("One to five stars."))
        if cell.starred:
            exact = score_of(exact)
        measure = cell.measure
        if not measure.allows(exact):
            if measure.highest is None:
                raise ValidationError(_("This figure cannot be below %(lowest)s.") % {"lowest": measure.lowest})
            bounds = {"lowest": measure.lowest, "highest": measure.highest}
            raise ValidationError(_("This figure lies between %(lowest)s and %(highest)s.") % bounds)
        return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.000001"))

    def _check_parts(self) -> None:
        """A part that is more than its whole is said at the part."""
        for span in self.spans:
            for at, (parts, whole) in PARTS.items():
                cells = [cell for name in (*parts, whole) if (cell := self.cells.get((name, span)))]
                values = [_standing(cell) for cell in cells]
                if len(cells) == len(parts) + 1 and None not in values and any(cell.changes for cell in cells):
                    *shares, total = values
                    if sum(shares) > total and not self.cells[at, span].errors:
                        self.cells[at, span].errors.append(_more_than(parts, whole))

    def _compare(self) -> None:
        """Say where somebody wrote meanwhile; saving once more then knows what stands there."""
        for cell in self.changed:
            if cell.seen != cell.now:
                cell.conflict = self._who(cell)
            cell.seen = cell.now

    def _who(self, cell: Cell) -> str:
        if cell.stored is None:
            return _("Somebody cleared this meanwhile.")
        other = _("the page of mentions") if cell.stored.from_mentions else _("a file")
        said = {"value": cell.shown, "person": cell.stored.recorded_by or other}
        if cell.stored.currency:
            said["value"] += f" {cell.stored.currency}"
        return _("Meanwhile %(value)s, from %(person)s.") % said

    # --- saving

    def save(self, person: User) -> bool:
        """Store all changes, or none: False where somebody was faster, and the cells say so."""
        try:
            with transaction.atomic():
                take_turn(self.brand)
                self._lock()
                self._write(person)
                self._after()
        except WrittenMeanwhile:
            self._look(self._stored().select_related("source", "recorded_by"))
            self._compare()
            return False
        return True

    def _lock(self) -> None:
        seen = {key: cell.now for key, cell in self.cells.items() if cell.changes}
        self._look(self._stored().select_for_update())
        if any(self.cells[key].now != now for key, now in seen.items()):
            raise WrittenMeanwhile

    def _write(self, person: User) -> None:
        target = OF_CHANNELS if self.asked.channel else OF_BRAND
        cleared = [cell.stored.pk for cell in self.changed if cell.clears and cell.stored]
        if Observation.objects.filter(pk__in=cleared).delete()[0]:
            record("figures_cleared", brand=self.brand, person=person, details={"figures": len(cleared)})
        known = [cell for cell in self.changed if cell.value is not None and cell.stored]
        new = [cell for cell in self.changed if cell.value is not None and not cell.stored]
        put(target, [self._record(cell, person) for cell in known])
        put(target, [self._record(cell, person) for cell in new], replace=False)
        stands = {(row.measure, Span(row.start, row.end)): row for row in self._stored()}
        for cell in new:
            row = stands.get((cell.measure.name, cell.span))
            if row is None or row.value != cell.value or row.recorded_by_id != person.pk:
                raise WrittenMeanwhile

    def _record(self, cell: Cell, person: User) -> tuple[object, ...]:
        channel = self.asked.channel.pk if self.asked.channel else None
        currency = self.currency if cell.measure.is_money else ""
        return (
            self.brand.pk, channel, None, "", cell.measure.name, cell.span.start, cell.span.end, cell.value, currency,
            None, 0, None, person.pk, False,
        )  # fmt: skip

    def _after(self) -> None:
        follow(self.brand, self.asked.channel, [(cell.measure.name, cell.span) for cell in self.changed])


def follow(brand: Brand, channel: object, changed: Iterable[Key]) -> None:
    """KPIs and the desk's own figures follow what changed."""
    changed = list(changed)
    if not changed:
        return
    first, last = min(span.start for _name, span in changed), max(span.end for _name, span in changed)
    mark_stale(brand, channel, first, last)
    if any(name in mention_figures.MEASURES for name, _span in changed):
        mention_figures.settle_between(brand, first, last)


def _standing(cell: Cell) -> Decimal | None:
    if cell.clears:
        return None
    return cell.value if cell.value is not None else cell.stored.value if cell.stored else None


def _more_than(parts: tuple[str, ...], whole: str) -> str:
    language = get_language()
    said = {
        "parts": " + ".join(MEASURES[name].label.in_language(language) for name in parts),
        "whole": MEASURES[whole].label.in_language(language),
    }
    return _("%(parts)s cannot be more than “%(whole)s”.") % said
