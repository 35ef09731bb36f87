"""How long computing KPI values takes, beside the least that it could take; exits 1 where a limit is exceeded.

    python bench/recompute.py [--full] [--brands 3] [--rounds 3] [--workers]

The floor: one SELECT grouped by channel, measure and month over the same rows, plus a COPY (SQLite: executemany) of as many
rows as the recomputation writes into an empty table like that of the values, with its indexes and constraints. Everything at
most LIMIT_FULL times that, by one worker (on PostgreSQL: SQLite is for small brands). Then a file of 1,000 rows is saved and
what it made stale computed: with all brands the same time as with a tenth of them.

It makes a database of its own on the configured server and drops it again. --full is 100 brands with 5 channels, 20 measures
and 1,000 days (10 million figures). --workers adds the curve for one and two processes that share the brands.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import filling
from django.db import connection, transaction

from brands.models import Brand
from metrics import recompute
from metrics.bulk import put
from metrics.imports.saving import OF_CHANNELS
from metrics.models import KpiValue, Observation, RecomputeRun

LIMIT_FULL, LIMIT_GROWTH = 2.0, 1.3
CHANNELS, MEASURES, DAYS = 5, 20, 1000
MONTH = {"postgresql": "date_trunc('month', start)", "sqlite": "substr(start, 1, 7)"}
COLUMNS = 'brand_id, channel_id, strategy_id, campaign_id, kpi, period, start, "end", status, value, exact, inputs, computed_at'


def fill(first: int, brands: int) -> None:
    """Brands number `first` to `brands`, with all their figures."""
    with without_indexes():
        _fill(first, brands)
    filling.analyse()


@contextmanager
def without_indexes() -> Iterator[None]:
    """Millions of rows come in faster where indexes are made afterwards, and nothing is looked up for each row."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'metrics_observation'")
        indexes = [(name, made) for name, made in cursor.fetchall() if not name.endswith("_pkey")]
        for name, _made in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")
        for _name, made in indexes:
            cursor.execute(made)


def _fill(first: int, brands: int) -> None:
    for number in range(first, brands):
        brand, own = filling.brand_with_channels(f"brand-{number}", CHANNELS)
        if connection.vendor == "postgresql":
            _fill_in_the_database(brand, [channel.pk for channel in own])
        else:
            filling.add_figures(brand, own, filling.measures(MEASURES), DAYS)


def _fill_in_the_database(brand: Brand, channels: list[int]) -> None:
    (file,) = filling.add_imports(brand, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO metrics_observation (brand_id, channel_id, subject, measure, start, "end", value, currency, source_id) '
            "SELECT %s, channel, '', measure, %s::date + number, %s::date + number, 100 + number %% 37 + place, '', %s "
            "FROM unnest(%s::bigint[]) AS channel, unnest(%s::text[]) WITH ORDINALITY AS measures (measure, place), "
            "generate_series(0, %s) AS number",
            [brand.pk, *[brand.today() - timedelta(days=DAYS)] * 2, file.pk, channels, filling.measures(MEASURES), DAYS - 1],
        )


def floor_select() -> None:
    table = connection.ops.quote_name(Observation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT channel_id, measure, {MONTH[connection.vendor]}, sum(value) FROM {table} GROUP BY 1, 2, 3")
        cursor.fetchall()


@contextmanager
def table_like_values() -> Iterator[str]:
    """An empty table with the columns, indexes and constraints of stored values, those to other tables included."""
    values, name = KpiValue._meta.db_table, "floor_rows"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE {name} (LIKE {values} INCLUDING ALL)")
            rules = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
            cursor.execute(rules, [values])
            for (rule,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {name} ADD {rule}")
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL ORDER BY type DESC", [values])
            for (made,) in cursor.fetchall():
                cursor.execute(made.replace(f'"{values}"', name).replace('INDEX "', 'INDEX "floor_'))
        yield name
        cursor.execute(f"DROP TABLE {name}")


def write_at_once(table: str, rows: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
                for block in rows:
                    copy.write(block)
        else:
            cursor.executemany(f"INSERT INTO {table} ({COLUMNS}) VALUES ({', '.join(['%s'] * 13)})", rows)


def stored() -> Any:
    """The rows that are stored, as the database takes them: on PostgreSQL blocks of text."""
    table = KpiValue._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({COLUMNS}) TO STDOUT") as copy:
                return [bytes(block) for block in copy]
        cursor.execute(f"SELECT {COLUMNS} FROM {table}")
        return cursor.fetchall()


class Work:
    """The CPU seconds of this process and of its database process, beside the wall clock: the same on a busy machine.

    Those of the database are known where it runs on this machine (Linux); without the processes that help it with one query.
    """

    def __init__(self) -> None:
        self.process = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.process = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def taken(self, work: Callable[[], object]) -> tuple[float, float]:
        """Wall clock and CPU seconds."""
        own, others, start = time.process_time(), self._others(), time.perf_counter()
        work()
        return time.perf_counter() - start, time.process_time() - own + self._others() - others

    def _others(self) -> float:
        try:
            return int(self.process.read_text().split()[0]) / 1e9 if self.process else 0.0
        except OSError:
            return 0.0


def forget_values() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE metrics_kpivalue CASCADE" if connection.vendor == "postgresql" else "DELETE FROM metrics_kpivalue"
        )


def everything(rounds: int) -> tuple[float, float]:
    """The median wall clock of computing everything, and the median CPU seconds."""
    found = []
    for _round in range(rounds):
        forget_values()
        RecomputeRun.objects.all().delete()
        found.append(Work().taken(recompute.recompute_all))
    return median_of(found)


def median_of(found: list[tuple[float, float]]) -> tuple[float, float]:
    walls, cpus = zip(*found, strict=True)
    return statistics.median(walls), statistics.median(cpus)


def floor(rows: Any, rounds: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Wall clock and CPU seconds of the SELECT and of the COPY."""
    work = Work()
    select = median_of([work.taken(floor_select) for _round in range(rounds)])
    written = []
    for _round in range(rounds):
        with table_like_values() as table:
            written.append(work.taken(lambda table=table: write_at_once(table, rows)))
    return select, median_of(written)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def after_a_file(rounds: int) -> float:
    """The median time to compute what a file of 1,000 rows made stale."""
    brand = Brand.objects.order_by("pk").first()
    channel = brand.channels.first()
    days, names = 50, filling.measures(MEASURES)
    taken = []
    for _round in range(rounds):
        rows = [
            (brand.pk, channel.pk, None, "", name, day, day, 500 + next(VALUES), "", None, 0, None, None)
            for day in (brand.today() - timedelta(days=400 + each) for each in range(days))
            for name in names
        ]
        with transaction.atomic():
            put(OF_CHANNELS, rows)
            recompute.mark_stale(brand, channel, rows[-1][5], rows[0][5])
        taken.append(seconds(recompute.recompute_stale))
        run = RecomputeRun.objects.first()
        assert run.kind == "stale" and run.written and not run.error, run.error
    return sorted(taken)[len(taken) // 2]


VALUES = itertools.count()
WORK = (
    "import sys, django; django.setup(); from metrics import recompute\n"
    "sys.stdin.readline(); [recompute.recompute_all_of(int(pk)) for pk in sys.argv[1:]]"
)


def by_workers(number: int) -> float:
    """The brands shared among so many processes, as workers share them; the start of the processes is not counted."""
    forget_values()
    pks = [str(pk) for pk in Brand.objects.order_by("pk").values_list("pk", flat=True)]
    environment = filling.os.environ | {"DATABASE_URL": database_url()}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, *pks[each::number]], cwd=filling.HERE.parent, env=environment, stdin=subprocess.PIPE
        )
        for each in range(number)
    ]
    time.sleep(5)
    start = time.perf_counter()
    for process in processes:
        process.stdin.close()
    codes = [process.wait() for process in processes]
    assert not any(codes)
    return time.perf_counter() - start


def database_url() -> str:
    from conftest import database_url

    return database_url(connection.settings_dict)


def judged(what: str, ratio: float, limit: float | None) -> bool:
    if limit is None:
        print(f"  {what}: {ratio:.2f} (the limit is PostgreSQL's)")
        return True
    print(f"  {what}: {ratio:.2f} (at most {limit}){'' if ratio <= limit else '  EXCEEDED'}")
    return ratio <= limit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--brands", type=int)
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    brands, rounds = options.brands or (100 if options.full else 3), options.rounds or (5 if options.full else 3)
    with filling.own_database():
        return run(brands, rounds, options)


def run(brands: int, rounds: int, options: argparse.Namespace) -> int:
    tenth = max(1, brands // 10)
    fill(0, tenth)
    recompute.recompute_all()
    few, few_figures = after_a_file(rounds), Observation.objects.count()
    fill(tenth, brands)
    print(f"{Observation.objects.count():,} figures are there", flush=True)
    whole, whole_cpu = everything(rounds)
    many, rows = after_a_file(rounds), stored()
    print(f"everything {whole:.1f} s, after a file {few:.2f} and {many:.2f} s; now the floor", flush=True)
    (select, select_cpu), (write, write_cpu) = floor(rows, rounds)
    figures, values = Observation.objects.count(), KpiValue.objects.count()
    print(
        f"{connection.vendor}, {filling.os.cpu_count()} cores: {figures:,} figures of {brands} brands, {values:,} values, medians of {rounds}"
    )
    print(f"  everything: {whole:.2f} s; floor: {select:.2f} s select + {write:.2f} s write")
    print(
        f"  of these CPU: {whole_cpu:.2f} s, and {select_cpu:.2f} + {write_cpu:.2f} s: {whole_cpu / (select_cpu + write_cpu):.2f}"
    )
    good = judged("everything ÷ floor", whole / (select + write), LIMIT_FULL if connection.vendor == "postgresql" else None)
    print(f"  after a file of 1,000 rows: {few * 1000:.0f} ms at {few_figures:,} figures, {many * 1000:.0f} ms at {figures:,}")
    good &= judged("after a file, all ÷ a tenth", many / few, LIMIT_GROWTH)
    if options.workers:
        one, two = by_workers(1), by_workers(2)
        print(
            f"  one worker {one:.1f} s, two workers {two:.1f} s: {one / two:.2f} times as fast ({filling.os.cpu_count()} cores)"
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
