"""`manage.py migrate`, by one process at a time: two containers that start together do not migrate together."""

import time

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand

from brands.alone import alone

LOOK_AGAIN_AFTER_SECONDS = 0.5
GIVE_UP_AFTER_SECONDS = 3600


class Command(MigrateCommand):
    def handle(self, *args: object, **options: object) -> str | None:
        deadline, has_waited = time.monotonic() + GIVE_UP_AFTER_SECONDS, False
        while time.monotonic() < deadline:
            # Asked again and again, in no transaction: waiting inside of a query would hold up an index that is made CONCURRENTLY.
            with alone("migrate") as is_mine:
                if is_mine:
                    return super().handle(*args, **options)
            if not has_waited and options.get("verbosity"):
                self.stdout.write("Another process migrates; waiting for it …")
            has_waited = True
            time.sleep(LOOK_AGAIN_AFTER_SECONDS)
        raise CommandError("Another process has been migrating for an hour: look at it first.")
