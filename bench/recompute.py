"""How long recomputing every KPI value takes, beside the least that it could take.

    python bench/recompute.py [--brands 2] [--channels 5] [--measures 20] [--days 1000] [--rounds 5]

The floor: one SELECT grouped by channel, measure and month over the same rows, plus writing as many rows as the
recomputation writes (COPY on PostgreSQL, executemany on SQLite). It makes a database of its own on the configured server
and drops it again. The full scale is --brands 100 (10 million figures).
"""

import argparse

import filling
from django.db import connection, transaction

from metrics import recompute
from metrics.models import KpiValue, Observation

MONTH = {"postgresql": "date_trunc('month', start)", "sqlite": "substr(start, 1, 7)"}


def fill(brands: int, channels: int, names: list[str], days: int) -> None:
    for number in range(brands):
        brand, own = filling.brand_with_channels(f"brand-{number}", channels)
        filling.add_figures(brand, own, names, days)
    filling.analyse()


def floor_select() -> None:
    table = connection.ops.quote_name(Observation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT channel_id, measure, {MONTH[connection.vendor]}, sum(value) FROM {table} GROUP BY 1, 2, 3")
        cursor.fetchall()


def floor_write(rows: list[tuple]) -> None:
    columns = 'brand_id, channel_id, strategy_id, kpi, period, start, "end", status, value, exact, inputs, computed_at'
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
            'SELECT brand_id, channel_id, strategy_id, kpi, period, start, "end", status, value, exact, '
            f"CAST(inputs AS text), computed_at FROM {KpiValue._meta.db_table}"
        )
        return cursor.fetchall()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("brands", 2), ("channels", 5), ("measures", 20), ("days", 1000), ("rounds", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    with filling.own_database():
        fill(options.brands, options.channels, filling.measures(options.measures), options.days)
        whole = filling.median_seconds(recompute.recompute_all, options.rounds)
        rows = stored()
        select = filling.median_seconds(floor_select, options.rounds)
        write = filling.median_seconds(lambda: floor_write(rows), options.rounds)
        print(f"{connection.vendor}: {Observation.objects.count():,} figures, {len(rows):,} values")
        print(
            f"recompute all: {whole:.2f} s; floor: {select:.2f} s select + {write:.2f} s write; ratio {whole / (select + write):.1f}"
        )


if __name__ == "__main__":
    main()
