"""How long the Results page takes beside an empty page of the same frame, however much was measured.

    python bench/dashboard.py [--observations 100000 200000] [--rounds 15]

The empty page is the Results page's own frame (the same base template, signed in, with navigation, notifications and the
strategy of the sidebar) around nothing: the findings of a brand that has none. Observations are those of many brands of
5 channels × 20 measures; the brand that is looked at has 1,000 days of them, as every other. In full, as the issue has
it: --observations 1000000 10000000 (100 brands × 5 channels × 20 measures × 1,000 days). Exits 1 where the page takes more
than 5 × the empty one, or more than 15 queries, or another number of queries with more observations. It makes a database
of its own on the configured server and drops it again.
"""

import argparse
import sys
from datetime import timedelta

import filling
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Brand
from metrics.dashboard import SPARK_WEEKS
from metrics.recompute import recompute

CHANNELS, MEASURES_A_DAY, DAYS = 5, 20, 1000
PER_BRAND = CHANNELS * MEASURES_A_DAY * DAYS
TIMES, QUERIES = 5.0, 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--observations", type=int, nargs="+", default=[100_000, 200_000])
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with filling.own_database():
        exceeded = False
        looked_at, empty, brands, asked = measured_brand(0), empty_brand(), 1, set()
        clients = {one.pk: signed_in(one) for one in (looked_at, empty)}
        today = looked_at.today()
        recompute(looked_at, today - timedelta(weeks=SPARK_WEEKS + 1), today)
        print(f"{connection.vendor}, medians of {options.rounds}")
        for observations in sorted(options.observations):
            while brands * PER_BRAND < observations:
                measured_brand(brands)
                brands += 1
            filling.analyse()
            seconds, bare, queries = look(looked_at, empty, clients, options.rounds)
            asked.add(queries)
            exceeded |= report(brands * PER_BRAND, seconds, bare, queries, steady=len(asked) == 1)
    sys.exit(1 if exceeded else 0)


def measured_brand(number: int) -> Brand:
    brand, channels = filling.brand_with_channels(f"measured-{number}", CHANNELS)
    filling.running_strategy(brand, channels)
    filling.add_figures(brand, channels, filling.measures(MEASURES_A_DAY), DAYS)
    return brand


def empty_brand() -> Brand:
    brand, channels = filling.brand_with_channels("empty", CHANNELS)
    filling.running_strategy(brand, channels)
    return brand


def signed_in(brand: Brand) -> Client:
    client = Client()
    client.force_login(filling.member(brand))
    return client


def look(brand: Brand, empty: Brand, clients: dict[int, Client], rounds: int) -> tuple[float, float, int]:
    """Seconds of the page and of the empty one, asked for by turns, and the queries of the page."""

    def results() -> None:
        get(clients[brand.pk], reverse("metrics:results", args=[brand.slug]))

    def frame() -> None:
        get(clients[empty.pk], reverse("metrics:findings", args=[empty.slug]))

    results(), frame()  # the first answer, which also loads templates and makes the statements, does not count
    with CaptureQueriesContext(connection) as captured:
        results()
    queries = len(captured)
    seconds, bare = filling.medians_by_turns([results, frame], rounds)
    return seconds, bare, queries


def get(client: Client, address: str) -> None:
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answered {status}")


def report(observations: int, seconds: float, bare: float, queries: int, *, steady: bool) -> bool:
    """Prints the ratios with their limits; whether one is exceeded."""
    times = seconds / bare
    print(
        f"  {observations:>12,} observations: {seconds * 1000:6.0f} ms, the empty page {bare * 1000:5.0f} ms: "
        f"{times:5.2f} × (at most {TIMES:g} ×), {queries} queries (at most {QUERIES})",
        flush=True,
    )
    if not steady:
        print("  the number of queries is not constant")
    return times > TIMES or queries > QUERIES or not steady


if __name__ == "__main__":
    main()
