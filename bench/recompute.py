"""How long recomputing every KPI value takes, beside the least that it could take.

    python bench/recompute.py [--brands 2] [--channels 5] [--measures 20] [--days 1000] [--rounds 5]

The floor: one SELECT grouped by channel, measure and month over the same rows, plus writing as many rows as the
recomputation writes (COPY on PostgreSQL, executemany on SQLite). It makes a database of its own on the configured server
and drops it again. The full scale is --brands 100 (10 million figures).
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smmplanner.tests.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from brands.models import Brand, Channel, Platform  # noqa: E402
from metrics import recompute  # noqa: E402
from metrics.bulk import put  # noqa: E402
from metrics.imports.saving import OF_CHANNELS  # noqa: E402
from metrics.kpi.measures import MEASURES  # noqa: E402
from metrics.models import KpiValue, Observation  # noqa: E402

FIRST_MEASURES = ["likes", "comments", "shares", "saves", "tags", "other_interactions", "views", "impressions", "followers", "reach"]
MONTH = {"postgresql": "date_trunc('month', start)", "sqlite": "substr(start, 1, 7)"}


def measures(number: int) -> list[str]:
    others = [measure.name for measure in MEASURES.values() if measure.recorded and measure.name not in FIRST_MEASURES]
    return [*FIRST_MEASURES, *others][:number]


def fill(brands: int, channels: int, names: list[str], days: int) -> None:
    platforms = list(Platform.objects.order_by("pk")[:channels])
    for number in range(brands):
        brand = Brand.objects.create(name=f"Brand {number}", slug=f"brand-{number}")
        own = [Channel.objects.create(brand=brand, platform=platform, handle="bench") for platform in platforms]
        with transaction.atomic():
            put(OF_CHANNELS, figures(brand, own, names, days))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def figures(brand: Brand, channels: list[Channel], names: list[str], days: int) -> Iterator[tuple]:
    first = brand.today() - timedelta(days=days)
    for channel in channels:
        for number in range(days):
            day: date = first + timedelta(days=number)
            for place, name in enumerate(names):
                yield (brand.pk, channel.pk, None, "", name, day, day, 100 + number % 37 + place, "", None, None, None)


def floor_select() -> None:
    table = connection.ops.quote_name(Observation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT channel_id, measure, {MONTH[connection.vendor]}, sum(value) FROM {table} GROUP BY 1, 2, 3")
        cursor.fetchall()


def floor_write(rows: list[tuple]) -> None:
    columns = "brand_id, channel_id, strategy_id, kpi, period, start, \"end\", status, value, exact, inputs, computed_at"
    table = KpiValue._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TEMP TABLE floor_rows ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
            with cursor.copy(f"COPY floor_rows ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.execute(f"CREATE TEMP TABLE floor_rows AS SELECT {columns} FROM {table} LIMIT 0")
            cursor.executemany(f"INSERT INTO floor_rows VALUES ({', '.join(['%s'] * 12)})", rows)
            cursor.execute("DROP TABLE floor_rows")


def stored() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT brand_id, channel_id, strategy_id, kpi, period, start, \"end\", status, value, exact, "
            f"CAST(inputs AS text), computed_at FROM {KpiValue._meta.db_table}"
        )
        return cursor.fetchall()


def seconds(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("brands", 2), ("channels", 5), ("measures", 20), ("days", 1000), ("rounds", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(options.brands, options.channels, measures(options.measures), options.days)
        whole = seconds(recompute.recompute_all, options.rounds)
        rows = stored()
        select, write = seconds(floor_select, options.rounds), seconds(lambda: floor_write(rows), options.rounds)
        print(f"{connection.vendor}: {Observation.objects.count():,} figures, {len(rows):,} values")
        print(f"recompute all: {whole:.2f} s; floor: {select:.2f} s select + {write:.2f} s write; ratio {whole / (select + write):.1f}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
