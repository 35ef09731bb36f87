from django.core.management.base import BaseCommand, CommandError

from smmplanner.assets import AssetError, build


class Command(BaseCommand):
    help = "Makes the icon sprite and Plotly's style sheet out of the npm packages."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        try:
            made = build()
        except AssetError as problem:
            raise CommandError(str(problem)) from None
        for path in made:
            self.stdout.write(f"{path} ({path.stat().st_size:,} bytes)")
