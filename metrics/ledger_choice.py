"""Which entries of the ledger an address asks for: what stands behind an amount on another page."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet

from metrics.models import LedgerEntry
from metrics.periods import Span
from metrics.totals import Scope

OWNERS = ("strategy", "channel", "campaign", "line")
_COLUMNS = {"line": "budget_line"}
NONE = "none"
LONGEST_NUMBER = 18


def entries_query(scope: Scope, span: Span, **also: object) -> str:
    """The question for the entries of a scope and its days."""
    asked: dict[str, object] = {"start": span.start.isoformat(), "end": span.end.isoformat()}
    channel = scope.channels[0] if scope.channels and len(scope.channels) == 1 else None
    owners = {"strategy": scope.strategy, "campaign": scope.campaign, "channel": channel}
    return urlencode(asked | {name: owner.pk for name, owner in owners.items() if owner is not None} | also)


def narrowed(entries: QuerySet[LedgerEntry], asked: Mapping[str, str]) -> QuerySet[LedgerEntry]:
    """The entries that are asked for. A word that means nothing asks for nothing."""
    if (kind := asked.get("kind")) in LedgerEntry.Kind.values:
        entries = entries.filter(kind=kind)
    for name, comparison in (("start", "date__gte"), ("end", "date__lte")):
        if day := _day(asked.get(name, "")):
            entries = entries.filter(**{comparison: day})
    for name in OWNERS:
        said, column = asked.get(name, ""), _COLUMNS.get(name, name)
        if said == NONE:
            entries = entries.filter(**{column: None})
        elif said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER:
            entries = entries.filter(**{column: int(said)})
    return entries


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
