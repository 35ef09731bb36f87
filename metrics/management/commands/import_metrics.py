"""Import a file of figures from the command line: the same reading as on the import page."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from brands.models import Brand
from metrics import imports
from metrics.importers import ReadOptions
from metrics.importers.cells import FIRST_YEAR, LAST_YEAR
from metrics.importers.trial import Settled, Trial, try_out
from metrics.imports.staging import UNKNOWN
from metrics.models import Import

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = "Reads a file exported by a social network and stores its figures for a channel of a brand."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--brand", metavar="SLUG", help="the brand whose channel the figures belong to")
        parser.add_argument("--channel", metavar="HANDLE", help="the channel, where the brand has several that fit")
        parser.add_argument(
            "--year",
            metavar="YYYY",
            type=_year,
            help="the year of dates that have none; of the first one, where they run over New Year",
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be stored; needs no brand")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}", returncode=USAGE)
        trial = try_out(path, ReadOptions(year=options["year"], until=timezone.localdate()))
        if not options["dry_run"] and trial.refused is None:
            self.store(options)
        self.report(trial, as_json=options["json"])
        if trial.refused:
            sys.exit(REFUSED)

    def store(self, options: dict[str, Any]) -> None:
        """Through the same steps as the page: received, checked, saved."""
        brand = _brand(options["brand"])
        channels = _channels(brand, options["channel"]) if options["channel"] else {}
        wanted = {"channels": channels} | ({"year": options["year"]} if options["year"] else {})
        with options["file"].open("rb") as file:
            import_, is_new = imports.receive(brand, None, File(file), options["file"].name, **wanted)
        if import_.status == Import.Status.APPLIED:
            self.stderr.write("This file was imported before; nothing changed.")
            return
        if not is_new:
            imports.check_again(import_, import_.options | wanted)
        imports.check(import_.pk)
        import_.refresh_from_db()
        if problem := _why_not(import_, channels):
            imports.cancel(import_)
            raise CommandError(problem, returncode=USAGE)
        if imports.queue(import_):
            imports.apply(import_.pk)
        import_.refresh_from_db()
        if import_.status != Import.Status.APPLIED:
            raise CommandError("The figures could not be saved; nothing was.", returncode=REFUSED)

    def report(self, trial: Trial, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(as_object(trial)))
            return
        for line in in_words(trial):
            self.stdout.write(line)


def _brand(slug: str | None) -> Brand:
    if not slug:
        raise CommandError("Say which brand the figures belong to (--brand SLUG), or only look with --dry-run", returncode=USAGE)
    brand = Brand.objects.filter(slug=slug).first()
    if brand is None:
        raise CommandError(f"There is no brand {slug}", returncode=USAGE)
    return brand


def _channels(brand: Brand, handle: str) -> dict[str, str]:
    """The channels of that name by network, as the import's options tell them; "" for rows that name no network."""
    found = list(brand.channels.select_related("platform").filter(handle__iexact=handle.removeprefix("@")))
    if not found:
        known = ", ".join(f"{channel.handle} ({channel.platform.slug})" for channel in brand.channels.select_related("platform"))
        raise CommandError(f"{brand.slug} has no channel {handle}, but: {known or 'none'}", returncode=USAGE)
    chosen = {channel.platform.slug: str(channel.pk) for channel in found}
    return chosen | ({"": str(found[0].pk)} if len(found) == 1 else {})


def _why_not(import_: Import, channels: dict[str, str]) -> str:
    """What keeps the file from being saved; empty when nothing does."""
    if not import_.summary.get("figures"):
        return "There is no figure to save in this file"
    owners = import_.summary["owners"]
    unknown = [owner["key"] or "this file" for owner in owners if owner["choice"].startswith(UNKNOWN)]
    if unknown:
        return f"Say which channel the figures of {', '.join(unknown)} go to (--channel HANDLE)"
    if channels and not any(owner["choice"] in channels.values() for owner in owners):
        return f"No figures of this file are of that channel: they are of {', '.join(owner['key'] for owner in owners)}"
    return ""


def as_object(trial: Trial) -> dict[str, object]:
    """The stable answer for machines: figures as exact decimal strings, days as ISO dates."""
    recognition, settled = trial.recognition, trial.settled or Settled(0, None, None, {}, {})
    return {
        "recognised": recognition.importer.id if recognition.importer else None,
        "kind": recognition.kind.value if recognition.kind else None,
        **_figures(settled),
        "refused": trial.refused.message_en if trial.refused else None,
        **({"tables": _tables(trial)} if recognition.tables else {}),
    }


def _tables(trial: Trial) -> list[dict[str, object]]:
    """Each table of a file that has several."""
    nothing = Settled(0, None, None, {}, {})
    settled = trial.settled.tables if trial.settled else {}
    return [
        {
            "title": table.title,
            "recognised": table.importer.id if table.importer else None,
            "kind": table.kind.value if table.kind else None,
            **_figures(settled.get(number, nothing)),
            "refused": table.refused.message_en if table.refused else None,
        }
        for number, table in enumerate(trial.recognition.tables)
    ]


def _figures(settled: Settled) -> dict[str, object]:
    return {
        "rows": settled.rows,
        "date_min": settled.date_min.isoformat() if settled.date_min else None,
        "date_max": settled.date_max.isoformat() if settled.date_max else None,
        "sums": {measure: exact(value) for measure, value in settled.sums.items()},
        "skipped": settled.skipped,
    }


def in_words(trial: Trial) -> list[str]:
    """The same for people, with the columns that were left out and why."""
    if trial.settled is None:
        lines = [f"Refused: {trial.refused.message_en}"] if trial.refused else []
        tables = enumerate(trial.recognition.tables)
        return lines + [f"  table {table.title or number + 1}: {of_table(trial, number)}" for number, table in tables]
    recognition, settled = trial.recognition, trial.settled
    title = recognition.importer.title.en if recognition.importer else ""
    lines = [f"{title}: {settled.rows} rows, {span(settled.date_min, settled.date_max)}"]
    lines += [f"  {measure}: {exact(value)}" for measure, value in settled.sums.items()]
    lines += [f"  skipped, {reason}: {count}" for reason, count in settled.skipped.items()]
    lines += ["  the dates have no year: say in which one the file begins (--year YYYY)"] if "no_year" in settled.skipped else []
    for number, table in enumerate(recognition.tables):
        lines.append(f"  table {table.title or number + 1}: {of_table(trial, number)}")
    lines += [f"  column left out, {column.header}: {column.reason_en}" for column in recognition.columns if column.reason]
    return lines


def of_table(trial: Trial, number: int) -> str:
    """One table's outcome in a few words."""
    table = trial.recognition.tables[number]
    settled = trial.settled.tables.get(number) if trial.settled else None
    if table.refused:
        return f"set aside: {table.refused.message_en}"
    return f"{settled.rows} rows, {span(settled.date_min, settled.date_max)}" if settled else "no rows"


def exact(value: Decimal) -> str:
    """All digits, without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(first: date | None, last: date | None) -> str:
    return f"{first} to {last}" if first and last else "no dates"


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise argparse.ArgumentTypeError(f"a year from {FIRST_YEAR} to {LAST_YEAR} is needed, not {text!r}")
    return int(text)
