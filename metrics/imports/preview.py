"""What the preview shows of a file before anything is saved, as plain JSON on the import's row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from metrics.importers import Recognition
from metrics.imports.owners import Owners
from metrics.imports.staging import Staging

LONGEST = 120
MOST_COLUMNS = 300


def described(recognition: Recognition) -> dict[str, object]:
    """What the file is, before it was read to its end."""
    return {
        "importer": recognition.importer.id if recognition.importer else "",
        "language": recognition.language,
        "signature": signature(recognition),
        "columns": _columns(recognition),
        "tables": [_table(table) for table in recognition.tables],
    }


def _table(table: Recognition) -> dict[str, object]:
    refused = table.refused
    return {
        "title": table.title[:LONGEST],
        "importer": table.importer.id if table.importer else "",
        "kind": table.kind or "",
        "refusal": {"code": refused.code, "params": {name: str(value)[:LONGEST] for name, value in refused.params.items()}}
        if refused
        else {},
        "columns": _columns(table),
    }


def _columns(recognition: Recognition) -> list[dict[str, str]]:
    return [
        {
            "header": column.header[:LONGEST],
            "first": column.first_value[:LONGEST],
            "measure": column.measure or "",
            "role": column.role or "",
            "certainty": column.certainty.value,
            "reason": column.reason,
            "platform": column.platform,
        }
        for column in recognition.columns[:MOST_COLUMNS]
    ]


def signature(recognition: Recognition) -> str:
    """The same for files with the same headings: what a person said of one holds for the next."""
    headings = "\x1f".join(column.header for column in recognition.columns)
    return hashlib.sha256(headings.encode()).hexdigest()[:32]


def summary_of(
    recognition: Recognition, staging: Staging, owners: Owners, skipped: Counter[tuple[int, str]], posts: Mapping[str, object]
) -> dict[str, object]:
    """What would be saved: counts, days, sums; what would not, by reason; whose the figures are."""
    days = [staging.days(owner) for owner in staging.owners()]
    rows = staging.rows_by_owner()
    known = described(recognition)
    for number, table in enumerate(known["tables"]):
        table |= _of_table(number, staging, skipped)
    return {
        **known,
        **staging.counts(),
        "date_min": min(first for first, _last in days).isoformat() if days else None,
        "date_max": max(last for _first, last in days).isoformat() if days else None,
        "sums": _in_words(staging.sums()),
        "skipped": by_reason(skipped),
        **posts,
        "owners": [
            {"key": key, "choice": owner, "rows": rows.get(owner, 0), "kept": owner in rows}
            for key, owner in sorted(owners.known.items(), key=lambda known: (known[1], known[0]))
        ],
    }


def _of_table(number: int, staging: Staging, skipped: Counter[tuple[int, str]]) -> dict[str, object]:
    given = staging.of_table(number)
    return {**given, "sums": _in_words(given["sums"]), "skipped": by_reason(skipped, number)}


def _in_words(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {measure: f"{value.normalize():f}" for measure, value in sums.items()}


def by_reason(skipped: Counter[tuple[int, str]], table: int | None = None) -> dict[str, int]:
    """How much was skipped for each reason, in all tables or in one."""
    reasons: Counter[str] = Counter()
    for (number, reason), count in skipped.items():
        if table in (None, number):
            reasons[reason] += count
    return dict(sorted(reasons.items()))
