from django.core.management.base import BaseCommand

from metrics import demo
from metrics.demo.people import logins


class Command(BaseCommand):
    help = "Load the demo brand, a clothes shop in Tashkent, unless it is there already."

    def handle(self, *args, **options) -> None:
        if demo.exists():
            self.stdout.write("The demo brand is there already.")
            return
        brand = demo.create()
        self.stdout.write(f"Loaded the demo brand {brand}.")
        for email, password, role in logins():
            self.stdout.write(f"  {email}  {password}  ({role})")
