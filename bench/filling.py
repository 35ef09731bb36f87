"""What the benchmarks share: a database of their own, brands with as much history as asked for, medians."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

# The product first, and this folder last: its `calendar.py` must not stand before the one of the standard library.
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(place for place in sys.path if Path(place).resolve() != HERE), str(HERE)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smmplanner.tests.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from brands.models import Brand, Channel, Membership, Platform, Role, User  # noqa: E402
from calendar_app.models import Post, Publication  # noqa: E402
from metrics.bulk import put  # noqa: E402
from metrics.imports.saving import OF_CHANNELS  # noqa: E402
from metrics.kpi.measures import MEASURES  # noqa: E402
from metrics.models import Import  # noqa: E402
from strategies.models import Pillar, Strategy  # noqa: E402

FIRST_MEASURES = [
    "likes",
    "comments",
    "shares",
    "saves",
    "tags",
    "other_interactions",
    "views",
    "impressions",
    "followers",
    "reach",
]
STATES = [Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.APPROVED]


@contextmanager
def own_database() -> Iterator[None]:
    """A new database on the configured server, gone afterwards."""
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def own_folder() -> str:
    """Where a benchmark may write; gone with the process."""
    return str(settings.VAR_DIR)


def analyse() -> None:
    """Let the database count its rows, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    return medians_by_turns([work], rounds)[0]


def medians_by_turns(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of each. By turns, whatever else keeps the machine busy slows all of them down alike."""
    taken: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for seconds, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in taken]


def measures(number: int) -> list[str]:
    others = [measure.name for measure in MEASURES.values() if measure.recorded and measure.name not in FIRST_MEASURES]
    return [*FIRST_MEASURES, *others][:number]


def brand_with_channels(name: str, channels: int) -> tuple[Brand, list[Channel]]:
    brand = Brand.objects.create(name=name, slug=name)
    platforms = Platform.objects.order_by("pk")[:channels]
    return brand, [Channel.objects.create(brand=brand, platform=platform, handle="bench") for platform in platforms]


def member(brand: Brand) -> User:
    user = User.objects.create_user(f"{brand.slug}@example.com", "bench", name="Bench")
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    return user


def running_strategy(brand: Brand, channels: list[Channel]) -> Strategy:
    today = brand.today()
    start, end = today - timedelta(days=30), today + timedelta(days=60)
    strategy = Strategy.objects.create(brand=brand, name="Bench", start=start, end=end)
    for channel in channels:
        strategy.strategy_channels.create(channel=channel)
    return strategy


def add_figures(brand: Brand, channels: list[Channel], names: list[str], days: int) -> None:
    """One figure per channel, measure and day, up to yesterday, as if from one file."""
    (file,) = add_imports(brand, 1)
    with transaction.atomic():
        put(OF_CHANNELS, _figures(brand, channels, names, days, file.pk), are_new=True)


def _figures(brand: Brand, channels: list[Channel], names: list[str], days: int, file: int) -> Iterator[tuple]:
    first = brand.today() - timedelta(days=days)
    for channel in channels:
        for number in range(days):
            day: date = first + timedelta(days=number)
            for place, name in enumerate(names):
                yield (brand.pk, channel.pk, None, "", name, day, day, 100 + number % 37 + place, "", file, 0, None, None)


def add_imports(brand: Brand, number: int) -> list[Import]:
    """Saved files, of which only the rows are there."""
    status, summary = Import.Status.APPLIED, {"figures": 10, "rows": 10}
    return Import.objects.bulk_create(
        Import(
            brand=brand,
            name=f"figures-{n}.csv",
            sha256=f"{n:064}",
            file="none",
            status=status,
            summary=summary,
            applied_at=brand.now(),
        )
        for n in range(number)
    )


def add_posts(brand: Brand, channels: list[Channel], number: int, days: list[date], pillars: Sequence[Pillar] = ()) -> None:
    """Posts spread evenly over the days, channels and pillars, all still to be published."""
    posts = Post.objects.bulk_create(
        (
            Post(
                brand=brand,
                title=f"Post {n}",
                text="Words of a post. " * 10,
                state=STATES[n % 3],
                pillar=pillars[n % len(pillars)] if pillars else None,
            )
            for n in range(number)
        ),
        batch_size=1000,
    )
    Publication.objects.bulk_create(
        (
            Publication(brand=brand, post=post, channel=channels[n % len(channels)], at=_moment(brand, days[n % len(days)], n))
            for n, post in enumerate(posts)
        ),
        batch_size=1000,
    )


def _moment(brand: Brand, day: date, number: int) -> datetime:
    return datetime(day.year, day.month, day.day, number % 24, number % 60, tzinfo=brand.zone)
