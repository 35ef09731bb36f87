"""How long importing a table takes beside the least that any import must do, and how much memory.

    python bench/imports.py [--rows 60000] [--shape long|wide]

The file is a generic table (docs/generic_csv.md), 5 channels with 25 measures each: one figure per row, or with `--shape
wide` one column per measure. The floor is csv.reader over the same file and COPY (executemany on SQLite) of the same
figures into the same table, empty, with all its indexes and constraints. An import is looking at the file (reading,
checking, comparing) and saving it. Each step runs once, on a database of its own on the configured server, gone
afterwards. In full: --rows 1000000. Ends with 1 where a limit is exceeded.
"""

import argparse
import csv
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import filling
from django.core.files.base import File
from django.db import connection, transaction

from brands.models import Brand, Channel
from metrics import imports
from metrics.imports import undo
from metrics.imports.saving import OF_CHANNELS
from metrics.models import Import, Observation

CHANNELS, MEASURES_A_DAY = 5, 25
MOST_TIMES_THE_FLOOR, MOST_MEGABYTES = 2.5, 400
Status = Import.Status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=60_000, help="figures in the file")
    parser.add_argument("--shape", choices=["long", "wide"], default="long")
    asked = parser.parse_args()
    with filling.own_database():
        brand, channels = filling.brand_with_channels("bench", CHANNELS)
        path = Path(filling.own_folder()) / "figures.csv"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines(brand, channels, asked.rows, asked.shape))
        size = path.stat().st_size / 1e6
        print(f"{connection.vendor}: {asked.rows:,} figures, {asked.shape}, {size:.1f} MB; memory before: {megabytes()} MB")
        floor = timed("the floor", lambda: write_bare(path, brand, channels, asked.shape))
        empty()
        sys.exit(0 if is_within(floor, import_of(brand, path)) else 1)


def import_of(brand: Brand, path: Path) -> float:
    with path.open("rb") as file:
        import_, _is_new = imports.receive(brand, None, File(file, "figures.csv"))
    checked = step("look at it", lambda: imports.check(import_.pk), import_, Status.CHECKED)
    imports.queue(import_)
    saved = step("save it", lambda: imports.apply(import_.pk), import_, Status.APPLIED)
    print(f"  {Observation.objects.count():,} figures stored")
    undo.begin(import_)
    step("take it back", lambda: undo.take_back(import_.pk), import_, Status.UNDONE)
    return checked + saved


def is_within(floor: float, taken: float) -> bool:
    ratio, memory = taken / floor, megabytes()
    print(f"  import / floor: {ratio:.2f} (limit {MOST_TIMES_THE_FLOOR}); memory: {memory} MB (limit {MOST_MEGABYTES})")
    return ratio <= MOST_TIMES_THE_FLOOR and memory < MOST_MEGABYTES


def lines(brand: Brand, channels: list[Channel], rows: int, shape: str) -> Iterator[str]:
    names = filling.measures(MEASURES_A_DAY)
    last = brand.today() - timedelta(days=1)
    chance = random.Random(5)
    yield "date,platform,measure,value\n" if shape == "long" else f"date,platform,{','.join(names)}\n"
    for number in range(rows // MEASURES_A_DAY):
        day, channel = divmod(number, CHANNELS)
        where = f"{last - timedelta(days=day)},{channels[channel].platform.slug}"
        values = [str(chance.randrange(1_000_000)) for _name in names]
        if shape == "wide":
            yield f"{where},{','.join(values)}\n"
        else:
            yield from (f"{where},{name},{value}\n" for name, value in zip(names, values, strict=True))


def write_bare(path: Path, brand: Brand, channels: list[Channel], shape: str) -> None:
    """What nobody can do without: cut the file into cells, and store the figures."""
    (source,) = filling.add_imports(brand, 1)
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic():
        rows = figures(file, brand.pk, {str(channel.platform.slug): channel.pk for channel in channels}, source.pk, shape)
        quote = connection.ops.quote_name
        into = f"{quote(Observation._meta.db_table)} ({', '.join(map(quote, OF_CHANNELS.columns))})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(OF_CHANNELS.columns))
                connection.connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


def figures(file: Iterator[str], brand: int, channels: dict[str, int], source: int, shape: str) -> Iterator[tuple]:
    reader = csv.reader(file)
    heading = next(reader)
    for line, cells in enumerate(reader, start=2):
        day, channel = cells[0], channels[cells[1]]
        pairs = [(cells[2], cells[3])] if shape == "long" else zip(heading[2:], cells[2:], strict=True)
        for measure, value in pairs:
            yield brand, channel, None, "", measure, day, day, value, "", source, 0, line, None


def empty() -> None:
    table = connection.ops.quote_name(Observation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}")
    Import.objects.all().delete()


def step(title: str, work: Callable[[], None], import_: Import, expected: str) -> float:
    taken = timed(title, work)
    import_.refresh_from_db()
    if import_.status != expected:
        raise SystemExit(f"{title}: the import is {import_.status}, {import_.refusal}")
    return taken


def timed(title: str, work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    taken = time.perf_counter() - start
    print(f"  {title:<14} {taken:6.1f} s   peak memory so far: {megabytes()} MB", flush=True)
    return taken


def megabytes() -> int:
    """The most memory that this process ever had (counted in kB on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
