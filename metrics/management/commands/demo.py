from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from metrics import demo
from metrics.demo.people import logins


class Command(BaseCommand):
    help = "Load the demo brand, a clothes shop in Tashkent, unless it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--public-passwords", action="store_true", help="with HTTPS=1, too: anybody may sign in, and administer"
        )

    def handle(self, *args, **options) -> None:
        if settings.HTTPS and not options["public_passwords"]:
            raise CommandError("The demo's passwords are public, one of them an administrator's: not where HTTPS=1.")
        if demo.exists():
            self.stdout.write("The demo brand is there already.")
            return
        brand = demo.create()
        self.stdout.write(f"Loaded the demo brand {brand}.")
        for email, password, role in logins():
            self.stdout.write(f"  {email}  {password}  ({role})")
