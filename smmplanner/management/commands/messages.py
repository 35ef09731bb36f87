from django.core.management.base import BaseCommand, CommandError

from smmplanner.messages import CatalogueError, compile_catalogues


class Command(BaseCommand):
    help = "Compiles the translations that have changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        try:
            written = compile_catalogues()
        except CatalogueError as problem:
            raise CommandError(str(problem)) from None
        for path in written:
            self.stdout.write(str(path))
        if not written:
            self.stdout.write("Nothing has changed.")
