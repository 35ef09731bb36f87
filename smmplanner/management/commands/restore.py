"""`manage.py restore`: the database and the uploads as a backup has them."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from smmplanner.backup import BackupRefused
from smmplanner.backup.restoring import restore


class Command(BaseCommand):
    help = "Brings a backup back, whole or not at all. Ends with 0 when it did, with 1 when nothing was changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="all that is there now gives way to the backup")

    def handle(self, *args: object, **options: object) -> None:
        path = options["file"]
        assert isinstance(path, Path)
        try:
            restore(path, self.stdout.write, replace=bool(options["replace"]))
        except BackupRefused as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{path} is restored.")
