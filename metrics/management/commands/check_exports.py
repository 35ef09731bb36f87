"""Try a folder of real exports: one line per file, nothing stored."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics.importers.trial import Trial, try_out

from .import_metrics import USAGE, exact, of_table, span

_SUMS_SHOWN = 3


class Command(BaseCommand):
    help = "Reads every file below a folder without storing anything and tells what would be imported."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}", returncode=USAGE)
        imported = refused = 0
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            trial = try_out(path)
            imported, refused = imported + (trial.refused is None), refused + (trial.refused is not None)
            self.stdout.write(f"{path.relative_to(folder)}: {_line(trial)}")
            for number, table in enumerate(trial.recognition.tables):
                self.stdout.write(f"    {table.title or number + 1}: {of_table(trial, number)}")
        self.stdout.write(f"{imported} imported, {refused} refused")


def _line(trial: Trial) -> str:
    """One file's outcome on one line."""
    recognition, settled = trial.recognition, trial.settled
    if settled is None or recognition.importer is None:
        return f"refused: {trial.refused.message_en}" if trial.refused else "refused"
    sums = ", ".join(f"{measure} {exact(value)}" for measure, value in islice(settled.sums.items(), _SUMS_SHOWN))
    skipped = "".join(f", {count} skipped ({reason})" for reason, count in settled.skipped.items())
    when = span(settled.date_min, settled.date_max)
    return f"{recognition.importer.id}, {recognition.kind}, {settled.rows} rows, {when}, {sums}{skipped}"
