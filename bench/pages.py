"""How long pages take that must not grow with what a brand has gathered, beside a bare page.

    python bench/pages.py [--posts 3 3000] [--rows 3 300] [--days 1 1000] [--rounds 5]

The month is asked for with few and with many posts; lists with few and with many rows; pages of figures with few and with
many days of figures: 5 channels with 20 measures each, so 1,000 days are 100,000 figures of one brand. The bare page is
the one for signing in. In full: --days 1 1000 10000. It makes a database of its own on the configured server and drops
it again.
"""

import argparse
from collections.abc import Iterable

import filling
from django.db import connection
from django.test import Client
from django.urls import reverse

from brands.models import Brand
from calendar_app.month import DAY, Month
from metrics.recompute import recompute_all_of

CHANNELS, MEASURES_A_DAY = 5, 20
KPI = "audience_engagement"
OF_FIGURES = (
    ("home", "metrics:home", ()),
    ("results", "metrics:results", ()),
    ("return", "metrics:return", ()),
    ("working of a KPI", "metrics:working", (KPI,)),
    ("chart of a KPI", "metrics:trend_figure", (KPI,)),
    ("page of a KPI", "metrics:kpi", (KPI,)),
    ("figures by hand", "metrics:record", ()),
)
LISTS = (("imports", "metrics:imports", ()), ("strategies", "strategies:list", ()))


class Pages:
    """Asks for pages and prints how long they took."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.bare = self.seconds(Client(), reverse("account_login"))

    def ask(self, brand: Brand, pages: Iterable[tuple[str, str, tuple]], load: str) -> None:
        filling.analyse()
        client = Client()
        client.force_login(filling.member(brand))
        for title, name, arguments in pages:
            taken = self.seconds(client, reverse(name, args=[brand.slug, *arguments]))
            print(f"  {title:<18} {load:>18} {taken * 1000:7.0f} ms {taken / self.bare:6.1f} × bare", flush=True)

    def seconds(self, client: Client, address: str) -> float:
        """The median; the first answer, which also loads templates, does not count."""

        def get() -> None:
            status = client.get(address).status_code
            if status != 200:
                raise SystemExit(f"{address} answered {status}")

        get()
        return filling.median_seconds(get, self.rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("posts", [3, 3000]), ("rows", [3, 300]), ("days", [1, 1000])):
        parser.add_argument(f"--{name}", type=int, nargs="+", default=default)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with filling.own_database():
        pages = Pages(options.rounds)
        print(f"{connection.vendor}, medians of {options.rounds}; the bare page: {pages.bare * 1000:.1f} ms")
        for posts in options.posts:
            pages.ask(with_posts(posts), [("month", "calendar:month", ())], f"{posts:,} posts")
        for rows in options.rows:
            pages.ask(with_rows(rows), LISTS, f"{rows:,} rows")
        for days in options.days:
            pages.ask(with_figures(days), OF_FIGURES, f"{days * CHANNELS * MEASURES_A_DAY:,} figures")


def with_posts(number: int) -> Brand:
    brand, channels = filling.brand_with_channels(f"posts-{number}", CHANNELS)
    filling.running_strategy(brand, channels)
    month = Month.of(brand.today())
    days = [month.first + DAY * place for place in range((month.last - month.first).days + 1)]
    filling.add_posts(brand, channels, number, days)
    return brand


def with_rows(number: int) -> Brand:
    brand, channels = filling.brand_with_channels(f"rows-{number}", CHANNELS)
    filling.add_imports(brand, number)
    for _row in range(number):
        filling.running_strategy(brand, channels)
    return brand


def with_figures(days: int) -> Brand:
    brand, channels = filling.brand_with_channels(f"days-{days}", CHANNELS)
    filling.running_strategy(brand, channels)
    filling.add_figures(brand, channels, filling.measures(MEASURES_A_DAY), days)
    recompute_all_of(brand.pk)
    return brand


if __name__ == "__main__":
    main()
