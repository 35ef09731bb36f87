"""What the month of the calendar costs, with many posts in the year behind it, beside the same page without any.

    python bench/calendar.py [--posts 10000] [--rounds 5] [--full]

One brand for each number of posts: 5 channels, a running strategy with pillars and campaigns, posts spread over a year. The
empty page has the same frame: channels, strategy, pillars, campaigns, and no posts. The number of queries must be the same
for all and stay within a limit, and the time within a multiple of the empty page's. In full: --full, 10,000 and 100,000
posts. It makes a database of its own on the configured server and drops it again; it ends with 1 where a limit is exceeded.
"""

import argparse
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

import filling
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Brand
from calendar_app.models import Campaign
from strategies.models import Pillar, Stage, StageState

CHANNELS, PILLARS, CAMPAIGNS = 5, 5, 3
MOST_QUERIES, MOST_TIMES = 12, 4.0
FULL = [10_000, 100_000]


@dataclass
class Page:
    """The month of one brand, asked for again and again."""

    posts: int
    client: Client
    address: str
    queries: int = 0
    taken: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(self.taken)

    def ask(self) -> None:
        start = time.perf_counter()
        answer = self.client.get(self.address)
        self.taken.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise SystemExit(f"{self.address} answered {answer.status_code}")

    def count_queries(self) -> None:
        """The first answer, which also loads templates, is not timed."""
        self.client.get(self.address)
        with CaptureQueriesContext(connection) as asked:
            self.client.get(self.address)
        self.queries = len(asked)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, nargs="+", default=[10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    with filling.own_database():
        pages = [page_with(number) for number in (0, *(FULL if options.full else options.posts))]
        filling.analyse()
        for page in pages:
            page.count_queries()
        # In turns: what else the machine does meets all of them.
        for _round in range(options.rounds):
            for page in pages:
                page.ask()
        return told(pages, options.rounds)


def page_with(posts: int) -> Page:
    brand, channels = filling.brand_with_channels(f"posts-{posts}", CHANNELS)
    strategy = filling.running_strategy(brand, channels)
    # As after the first look at a strategy: the frame reads its five dots.
    StageState.objects.bulk_create(StageState(strategy=strategy, stage=stage) for stage in Stage)
    pillars = [Pillar.objects.create(strategy=strategy, name=f"Pillar {n}", colour=n + 1, share=20) for n in range(PILLARS)]
    add_campaigns(brand)
    first = brand.today() - timedelta(days=180)
    filling.add_posts(brand, channels, posts, [first + timedelta(days=number) for number in range(365)], pillars)
    client = Client()
    client.force_login(filling.member(brand))
    return Page(posts, client, reverse("calendar:month", args=[brand.slug]))


def add_campaigns(brand: Brand) -> None:
    for number in range(CAMPAIGNS):
        start = brand.today() + timedelta(days=7 * number - 10)
        Campaign.objects.create(brand=brand, name=f"Campaign {number}", start=start, end=start + timedelta(days=9))


def told(pages: list[Page], rounds: int) -> int:
    """Print each figure beside its limit; 1 where one is exceeded."""
    empty = pages[0]
    print(
        f"{connection.vendor}, medians of {rounds}; the month without posts: {empty.seconds * 1000:.0f} ms, {empty.queries} queries"
    )
    exceeded = False
    for page in pages[1:]:
        times = page.seconds / empty.seconds
        wrong = times > MOST_TIMES or page.queries > MOST_QUERIES or page.queries != empty.queries
        exceeded |= wrong
        print(
            f"  {page.posts:>9,} posts {page.seconds * 1000:6.0f} ms   {times:4.1f} × (limit {MOST_TIMES:.1f})   "
            f"{page.queries:>3} queries (limit {MOST_QUERIES}, the same for all){'   EXCEEDED' if wrong else ''}",
            flush=True,
        )
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main())
