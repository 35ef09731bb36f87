"""An import as its page shows it: words and rows made ready, so that the template only prints."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language, get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from metrics import imports
from metrics.importers import IMPORTERS, Importer
from metrics.imports.posts import moment
from metrics.imports.staging import BRAND, LEFT_OUT
from metrics.imports.words import group, say
from metrics.kpi.measures import MEASURES
from metrics.models import Import, ImportIssue

EXAMPLES = 5


@dataclass(frozen=True)
class Skipped:
    """Rows that are not stored for one reason."""

    words: str
    count: int
    example: str
    places: str
    """Where some of them stand: “Rows 2, 3”, or “Metrics: 2, 3; All posts: 7” where the file has several tables."""


@dataclass(frozen=True)
class Column:
    header: str
    first: str
    becomes: str
    certainty: str
    reason: str
    is_left_out: bool


class ShownTable:
    """What the page asks of one table of a file with several."""

    def __init__(self, number: int, title: str, known: dict) -> None:
        self.number = number
        self.title = title
        self.known = known
        self.importer = _importer(known["importer"])

    @property
    def recognised(self) -> str:
        return self.importer.title.in_language(get_language()) if self.importer else ""

    @property
    def refusal(self) -> str:
        refusal = self.known["refusal"]
        return say(refusal["code"], refusal["params"]) if refusal else ""

    @property
    def first(self) -> date | None:
        return _date(self.known.get("date_min"))

    @property
    def last(self) -> date | None:
        return _date(self.known.get("date_max"))

    @property
    def sums(self) -> list[tuple[str, Decimal]]:
        return _sums(self.known)

    @property
    def skipped(self) -> list[tuple[str, int]]:
        if self.refusal:
            return []
        return [(group(code), count) for code, count in self.known.get("skipped", {}).items()]

    @cached_property
    def columns(self) -> list[Column]:
        return [_column(column) for column in self.known["columns"]]

    @property
    def left_out(self) -> list[Column]:
        return [column for column in self.columns if column.is_left_out]


@dataclass(frozen=True)
class ShownGuess:
    """A post of the file beside one of the calendar, and how it was found out that they may be the same."""

    key: str
    publication: int
    confidence: int
    time: int
    text: int
    time_words: str
    is_ambiguous: bool
    is_accepted: bool
    their_moment: datetime
    their_text: str
    our_moment: datetime
    our_text: str
    has_time: bool


class ShownImport:
    """What the page asks of one import. The import's own fields are under `row`."""

    def __init__(self, row: Import) -> None:
        self.row = row
        self.summary = row.summary
        self.importer = _importer(row.importer)

    @property
    def title(self) -> str:
        """What the file was recognised as; all of it, where its tables are of several kinds."""
        names = {table.recognised: None for table in self.tables if table.recognised and not table.refusal}
        return ", ".join(names) or (self.importer.title.in_language(get_language()) if self.importer else "")

    @property
    def language(self) -> str:
        try:
            return get_language_info(self.summary.get("language", "en"))["name_translated"]
        except KeyError:
            return self.summary.get("language", "")

    @property
    def first(self) -> date | None:
        return _date(self.summary.get("date_min"))

    @property
    def last(self) -> date | None:
        return _date(self.summary.get("date_max"))

    @property
    def is_working(self) -> bool:
        return self.row.status in ("uploaded", "checking", "queued", "applying", "undoing")

    @property
    def may_cancel(self) -> bool:
        return self.row.status in imports.CANCELLABLE

    @property
    def may_undo(self) -> bool:
        return self.row.status == Import.Status.APPLIED

    @property
    def percent(self) -> int:
        return min(100, self.row.rows_done * 100 // self.row.rows_total) if self.row.rows_total else 0

    @property
    def is_settled(self) -> bool:
        return imports.is_settled(self.row)

    @property
    def refusal(self) -> str:
        return say(self.row.refusal["code"], self.row.refusal.get("params")) if self.row.refusal else ""

    @property
    def may_map(self) -> bool:
        """Whether a person can help: say what the columns mean."""
        return bool(self.summary.get("columns")) and self.row.refusal.get("code") == "no_measure"

    @property
    def has_posts(self) -> bool:
        return bool(sum(self.summary.get("posts", {}).values()))

    @property
    def posts(self) -> dict[str, int]:
        return {"matched": 0, "likely": 0, "unplanned": 0} | (self.summary.get("posts") or {})

    @cached_property
    def guesses(self) -> list[ShownGuess]:
        """Posts that were told by their time and words, the least sure first."""
        said = self.row.options.get("posts") or {}
        found = [_guess(each, said, self.row.brand) for each in self.summary.get("guesses") or []]
        return sorted(found, key=lambda guess: (guess.confidence, guess.key))

    @property
    def may_decide(self) -> bool:
        return self.row.status == Import.Status.CHECKED

    @cached_property
    def owners(self) -> list[tuple[str, Channel | None, int]]:
        """Whose figures: what the file said (or one of the names it gave), the channel (None for the brand), how many rows."""
        channels = {str(channel.pk): channel for channel in self.row.brand.channels.select_related("platform")}
        by_choice = {owner["choice"]: owner for owner in self.summary.get("owners", [])}
        kept = [owner for choice, owner in by_choice.items() if choice != LEFT_OUT]
        return [
            (owner["key"], channels.get(owner["choice"]), owner["rows"])
            for owner in kept
            if owner["choice"] in channels or owner["choice"] == BRAND
        ]

    @property
    def skipped_rows(self) -> int:
        return sum(self.summary.get("skipped", {}).values())

    @cached_property
    def skipped(self) -> list[Skipped]:
        """By reason, the most frequent first, each with an example and where to look."""
        examples: dict[str, list[ImportIssue]] = defaultdict(list)
        numbered = self.row.issues.annotate(
            number=Window(RowNumber(), partition_by="code", order_by=[F("table"), F("line"), F("pk")])
        )
        for issue in numbered.filter(number__lte=EXAMPLES).order_by("code", "number"):
            examples[issue.code].append(issue)
        counts = sorted(self.summary.get("skipped", {}).items(), key=lambda item: -item[1])
        return [self._skipped(code, count, examples[code]) for code, count in counts]

    def _skipped(self, code: str, count: int, issues: list[ImportIssue]) -> Skipped:
        example = issue_words(issues[0]) if issues and (issues[0].raw or issues[0].params) else ""
        more = "…" if count > len(issues) and issues else ""
        return Skipped(group(code), count, example, self._places(issues) + more)

    def _places(self, issues: list[ImportIssue]) -> str:
        lines: dict[int, list[str]] = defaultdict(list)
        for issue in issues:
            lines[issue.table] += [str(issue.line)] if issue.line else []
        if self._tables:
            tables = (": ".join(filter(None, [self.row.table_title(table), ", ".join(rows)])) for table, rows in lines.items())
            return "; ".join(tables)
        rows = ", ".join(lines[0])
        return ngettext("Row %(rows)s", "Rows %(rows)s", len(lines[0])) % {"rows": rows} if rows else ""

    @cached_property
    def tables(self) -> list[ShownTable]:
        """Each table of the file, where it has several."""
        return [ShownTable(number, self.row.table_title(number), known) for number, known in enumerate(self._tables)]

    @property
    def _tables(self) -> list[dict]:
        return self.summary.get("tables") or []

    @property
    def sums(self) -> list[tuple[str, Decimal]]:
        return _sums(self.summary)

    @cached_property
    def columns(self) -> list[Column]:
        return [_column(column) for column in self.summary.get("columns", [])]

    @property
    def left_out(self) -> list[Column]:
        return [column for column in self.columns if column.is_left_out]

    @property
    def understood(self) -> int:
        return sum(not column.is_left_out for column in self.columns)


def _importer(name: str) -> Importer | None:
    return next((importer for importer in IMPORTERS if importer.id == name), None)


def _sums(known: dict) -> list[tuple[str, Decimal]]:
    sums = known.get("sums", {})
    return [(measure_label(name), Decimal(sums[name])) for name in MEASURES if name in sums]


def _guess(each: dict, said: dict[str, int], brand: Brand) -> ShownGuess:
    accepted = said[each["key"]] == each["publication"] if each["key"] in said else each["accepted"]
    return ShownGuess(
        each["key"], each["publication"], each["confidence"], each["time"], each["text"], _time_words(each),
        each["ambiguous"], accepted, moment(each["theirs"][0], brand), each["theirs"][1],
        moment(each["ours"][0], brand), each["ours"][1], each["has_time"],
    )  # fmt: skip


def _time_words(each: dict) -> str:
    if not each["has_time"]:
        return _("the file gives only the day")
    if each["shift"]:
        return _("off by %(hours)s whole hours: another time zone") % {"hours": abs(each["shift"])}
    return {50: _("the same time"), 40: _("within an hour"), 25: _("within six hours")}.get(
        each["time"], _("within a day and a half")
    )


def issue_words(issue: ImportIssue) -> str:
    return say(issue.code, {"line": issue.line, "column": issue.column, "raw": issue.raw} | issue.params)


def measure_label(name: str) -> str:
    return MEASURES[name].label.in_language(get_language()) if name in MEASURES else name


def _column(column: dict[str, str]) -> Column:
    measure, role, reason = column["measure"], column["role"], column["reason"]
    becomes = measure_label(measure) if measure else role_label(role)
    return Column(
        column["header"], column["first"], becomes, column["certainty"], say(reason) if reason else "", not measure and not role
    )


def role_label(role: str) -> str:
    return {
        "date": _("Date"),
        "start": _("First day"),
        "end": _("Last day"),
        "platform": _("Network"),
        "channel": _("Channel"),
        "currency": _("Currency"),
        "measure": _("Name of the measure"),
        "value": pgettext("number", "Figure"),
        "permalink": _("Link to the post"),
        "post_id": _("Id of the post"),
        "published_at": _("Published at"),
        "text": _("Text of the post"),
        "format": _("Format of the post"),
        "title": _("Title of the post"),
        "period": _("Kind of figure"),
        "part": _("Part of the post’s figures"),
        "group": _("Group of visits"),
        "instagram_account": _("Instagram account"),
        "facebook_page": _("Facebook page"),
    }.get(role, role)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
