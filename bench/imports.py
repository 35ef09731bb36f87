"""How long importing a table takes: looking at it, saving it, taking it back; and how much memory.

    python bench/imports.py [--rows 20000]

The file is the long form of docs/generic_csv.md: one figure per row, 5 channels with 20 measures each. Each step runs
once, on a database of its own on the configured server, gone afterwards. In full: --rows 200000.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import filling
from django.core.files.base import ContentFile
from django.db import connection

from brands.models import Brand, Channel
from metrics import imports
from metrics.imports import undo
from metrics.models import Import, Observation

CHANNELS, MEASURES_A_DAY = 5, 20
Status = Import.Status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    with filling.own_database():
        brand, channels = filling.brand_with_channels("bench", CHANNELS)
        file = ContentFile("".join(lines(brand, channels, rows)).encode(), "figures.csv")
        print(f"{connection.vendor}: {rows:,} rows, {file.size / 1e6:.1f} MB; peak memory before: {megabytes()} MB")
        import_, _is_new = imports.receive(brand, None, file)
        step("look at it", lambda: imports.check(import_.pk), import_, Status.CHECKED)
        imports.queue(import_)
        step("save it", lambda: imports.apply(import_.pk), import_, Status.APPLIED)
        print(f"  {Observation.objects.count():,} figures stored")
        undo.begin(import_)
        step("take it back", lambda: undo.take_back(import_.pk), import_, Status.UNDONE)


def lines(brand: Brand, channels: list[Channel], rows: int) -> Iterator[str]:
    yield "date,platform,measure,value\n"
    names = filling.measures(MEASURES_A_DAY)
    last = brand.today() - timedelta(days=1)
    for number in range(rows):
        day, place = divmod(number, CHANNELS * MEASURES_A_DAY)
        channel, measure = divmod(place, MEASURES_A_DAY)
        yield f"{last - timedelta(days=day)},{channels[channel].platform.slug},{names[measure]},{100 + number % 977}\n"


def step(title: str, work: Callable[[], None], import_: Import, expected: str) -> None:
    start = time.perf_counter()
    work()
    taken = time.perf_counter() - start
    import_.refresh_from_db()
    if import_.status != expected:
        raise SystemExit(f"{title}: the import is {import_.status}, {import_.refusal}")
    print(f"  {title:<14} {taken:6.1f} s   peak memory so far: {megabytes()} MB", flush=True)


def megabytes() -> int:
    """The most memory that this process ever had (counted in kB on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
