"""What the page of a plan file shows, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from calendar_app.models import PlanFile
from calendar_app.plan_files import words
from calendar_app.plan_files.receiving import is_waiting
from calendar_app.plan_files.recognition import FORMATS


@dataclass(frozen=True)
class ShownRow:
    line: int
    title: str
    when: datetime | None
    channels: list[str]
    reason: str
    notes: list[str]


class ShownPlan:
    def __init__(self, plan: PlanFile) -> None:
        self.plan, self.summary = plan, plan.summary

    @property
    def state(self) -> str:
        """Where the file stands: refused, applied, working, asking, or ready."""
        if self.plan.status != PlanFile.Status.CHECKED:
            return self.plan.status
        if is_waiting(self.plan):
            return "working"
        return "asking" if self.summary.get("asks") else "ready"

    @property
    def format(self) -> str:
        form = FORMATS.get(self.plan.format)
        return str(form.label) if form else ""

    @property
    def problem(self) -> str:
        return words.file_words(self.summary.get("code", ""), self.summary.get("params", {}))

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason once, with an example of it, and how many rows have it."""
        examples = {row["reason"][0]: row["reason"] for row in reversed(self.summary.get("refused_sample", []))}
        told = [(examples.get(code), count) for code, count in self.summary.get("reasons", [])]
        return [(words.row_words(*example) if example else "…", count) for example, count in told]

    @property
    def is_long(self) -> bool:
        """More rows cannot be taken than the page shows: their reasons are summed up."""
        return self.summary.get("refused", 0) > len(self.summary.get("refused_sample", []))

    @property
    def new_rows(self) -> list[ShownRow]:
        return self._rows("sample")

    @property
    def refused_rows(self) -> list[ShownRow]:
        return self._rows("refused_sample")

    def _rows(self, name: str) -> list[ShownRow]:
        rows = self.summary.get(name, [])
        names = self._channels() if any(row["channels"] for row in rows) else {}
        return [
            ShownRow(
                line=row["line"],
                title=row["title"],
                when=parse_datetime(row["when"]),
                channels=[names[pk] for pk in row["channels"] if pk in names],
                reason=words.row_words(*row["reason"]) if row["reason"] else "",
                notes=[words.note_words(*note) for note in row["notes"]],
            )
            for row in rows
        ]

    def _channels(self) -> dict[int, str]:
        return {channel.pk: str(channel) for channel in self.plan.brand.channels.select_related("platform")}
