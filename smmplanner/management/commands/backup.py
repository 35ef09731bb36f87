"""`manage.py backup`: the database and the uploads into one file; and what can be asked of such files."""

import argparse
from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from brands.audit import record
from smmplanner.backup import BackupRefused
from smmplanner.backup.archive import opened
from smmplanner.backup.comparing import differences
from smmplanner.backup.making import back_up


class Command(BaseCommand):
    help = "Writes the database and the uploads into one file. Ends with 0 when the file is whole, with 1 when not."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="the file to write; one that is there is never overwritten")
        parser.add_argument("--verify", type=Path, metavar="FILE", help="say whether a backup is whole")
        parser.add_argument("--compare", type=Path, nargs=2, metavar=("ONE", "OTHER"), help="say where two backups differ")

    def handle(self, *args: object, **options: object) -> None:
        try:
            if isinstance(options["verify"], Path):
                self.verify(options["verify"])
            elif isinstance(options["compare"], list):
                self.compare(*options["compare"])
            elif isinstance(options["file"], Path):
                self.write(options["file"])
            else:
                raise CommandError("Name the file to write, or --verify or --compare.")
        except BackupRefused as problem:
            raise CommandError(str(problem)) from None
        except DatabaseError as problem:
            raise CommandError(f"The database cannot be read: {str(problem).splitlines()[0]}") from None

    def write(self, path: Path) -> None:
        manifest = back_up(path, self.stdout.write)
        count = sum(table["rows"] for table in manifest["tables"].values())
        # Before an upgrade the log may not be there yet.
        with suppress(DatabaseError), transaction.atomic():
            record("backup_made", details={"rows": count, "files": manifest["media"]["files"]})
        self.stdout.write(f"{path}: {count} rows, {manifest['media']['files']} uploads, {path.stat().st_size} bytes.")

    def verify(self, path: Path) -> None:
        with opened(path) as archive:
            count = sum(table["rows"] for table in archive.tables.values())
            self.stdout.write(f"{path} is whole: {count} rows, {len(archive.media)} uploads, of {archive.manifest['made_at']}.")

    def compare(self, one: Path, other: Path) -> None:
        with opened(one) as first, opened(other) as second:
            found = 0
            for line in differences(first, second):
                found += 1
                self.stdout.write(line)
        if found:
            raise CommandError(f"{found} differences.")
        self.stdout.write("No differences.")
