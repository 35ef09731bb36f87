"""`manage.py import_brand`: a brand of another installation, from its export."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from brands.audit import record
from brands.exports.checking import ImportRefused
from brands.exports.reading import import_brand
from brands.models import User


class Command(BaseCommand):
    help = "Makes a new brand of an export. Nobody but the lead becomes a member."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--lead", required=True, metavar="EMAIL", help="who leads the brand")

    def handle(self, *args: object, **options: object) -> None:
        lead = User.objects.filter(email__iexact=str(options["lead"]), is_active=True).first()
        if lead is None:
            raise CommandError(f"Nobody here has the address {options['lead']}.")
        try:
            with open(str(options["file"]), "rb") as file:
                brand = import_brand(file, lead)
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from None
        except ImportRefused as problem:
            raise CommandError(str(problem)) from None
        record("brand_imported", brand=brand, person=lead, on=brand)
        self.stdout.write(f"{brand} is here, as {brand.slug}.")
