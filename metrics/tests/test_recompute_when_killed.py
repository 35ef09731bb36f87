"""Values are computed, in part and all of them, while the workers are killed again and again and figures keep changing.

In short in CI, on PostgreSQL and Redis; in full (50 kills) by `make soak`, which also prints the figures.
"""

from __future__ import annotations

import os
import random
import time
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from brands.models import Brand, Channel, Platform
from metrics.bulk import put
from metrics.imports.saving import OF_CHANNELS
from metrics.models import KpiValue, RecomputeRun, StalePeriod
from metrics.recompute import brands_due, cut_off, mark_stale, recompute_all
from metrics.tasks import recompute_all_values, recompute_stale_values

IN_FULL = bool(int(os.environ.get("SOAK", "0")))
KILLS, BRANDS, DAYS = (50, 4, 500) if IN_FULL else (3, 3, 300)
MEASURES = ("likes", "comments", "shares", "saves", "tags", "views", "followers", "reach", "link_clicks")
CLAIM_SECONDS = 2
COLUMNS = ("brand", "channel", "strategy", "campaign", "kpi", "period", "start", "end", "status", "value", "exact", "inputs")
EMPTY = ("MISSING_INPUT", None, "", {})


@pytest.fixture
def brands(transactional_db, settings, tmp_path, monkeypatch) -> list[Brand]:
    settings.VAR_DIR = tmp_path / "var"
    # Whoever is killed gives way after a moment.
    monkeypatch.setenv("RECOMPUTE_CLAIM_SECONDS", str(CLAIM_SECONDS))
    platforms = [Platform.objects.get_or_create(slug=slug, defaults={"name": slug})[0] for slug in ("instagram", "x", "youtube")]
    found = [Brand.objects.create(name=f"Atlas {number}", slug=f"atlas-{number}") for number in range(BRANDS)]
    for brand in found:
        for platform in platforms:
            channel = Channel.objects.create(brand=brand, platform=platform, handle="atlas")
            _figures(channel, brand.today() - timedelta(days=DAYS), DAYS)
    return found


def _figures(channel: Channel, first: date, days: int) -> None:
    """As a file brings them: the figures and their mark, or neither."""
    chance = random.Random()
    rows = [
        (channel.brand_id, channel.pk, None, "", measure, day, day, chance.randrange(1, 500), "", None, 0, None, None)
        for day in (first + timedelta(days=number) for number in range(days))
        for measure in MEASURES
    ]
    with transaction.atomic():
        put(OF_CHANNELS, rows)
        mark_stale(channel.brand, channel, first, first + timedelta(days=days - 1))


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.only_on_services
def test_killed_workers_leave_the_values_of_an_undisturbed_run(start_worker, brands, capsys):
    assert connection.vendor == "postgresql", "make soak and the second half of make test name a PostgreSQL"
    began, kills = time.monotonic(), _until_all_is_computed(start_worker, brands)
    runs = {kind: RecomputeRun.objects.filter(kind=kind).count() for kind in RecomputeRun.Kind.values}
    cut = _cut()
    disturbed = _stored()
    KpiValue.objects.all().delete()
    # Those who were killed last still hold their brands for a moment.
    time.sleep(CLAIM_SECONDS + 1)
    assert recompute_all() == BRANDS
    undisturbed = _stored()
    with capsys.disabled():
        print(
            f"\n{kills} kills, {cut} computations cut off of {runs['stale']} of what was stale and {runs['full']} of all, "
            f"{time.monotonic() - began:.0f} s: {len(disturbed)} values"
        )
    assert kills >= KILLS
    assert cut, "no worker was killed in the middle"
    assert {key: said for key, said in disturbed.items() if said != EMPTY} == undisturbed
    assert not RecomputeRun.objects.exclude(error__in=["", RecomputeRun.CUT_OFF]).exists()
    assert not StalePeriod.objects.exists()


def _stored() -> dict[tuple, tuple]:
    rows = [(row[:8], row[8:]) for row in KpiValue.objects.values_list(*COLUMNS)]
    assert len(dict(rows)) == len(rows), "a value stands twice"
    return dict(rows)


def _until_all_is_computed(start_worker, brands: list[Brand]) -> int:
    """Be the timetable, in a hurry, and the bad luck; how often a worker was killed."""
    chance = random.Random()
    workers = [start_worker("--purge")]
    workers[0].wait_until_ready()
    workers.append(start_worker())
    kills, seen, slow, deadline = 0, 0, 0.4, time.monotonic() + 60 + 60 * KILLS
    recompute_all_values.delay()
    while time.monotonic() < deadline:
        begun = _newest_at_work()
        is_enough = kills >= KILLS and (_cut() or kills >= 4 * KILLS)
        if is_enough and not (brands_due() or cut_off() or begun):
            break
        if not is_enough and begun > seen:
            # In the middle of it, or near enough its end to be just too late: then the next one dies earlier.
            time.sleep(chance.uniform(0, slow))
            slow = slow if _newest_at_work() == begun else max(0.02, slow * 0.7)
            unlucky = chance.randrange(2)
            _kill(workers[unlucky])
            workers[unlucky] = start_worker()
            kills, seen = kills + 1, begun
        elif not is_enough:
            _change_something(chance.choice(brands), chance)
            (recompute_all_values if chance.random() < 0.3 else recompute_stale_values).delay()
        else:
            recompute_stale_values.delay()
        time.sleep(chance.uniform(0.1, 0.4))
    for worker in workers:
        _kill(worker)
    return kills


def _cut() -> int:
    return RecomputeRun.objects.filter(error=RecomputeRun.CUT_OFF).count()


def _kill(worker) -> None:
    worker.process.kill()
    worker.process.wait()


def _change_something(brand: Brand, chance: random.Random) -> None:
    channel = chance.choice(list(brand.channels.all()))
    _figures(channel, brand.today() - timedelta(days=chance.randrange(10, DAYS)), 5)


def _newest_at_work() -> int:
    """The number of the newest computation that somebody is at, 0 where nobody is."""
    runs = RecomputeRun.objects.filter(finished_at=None, claimed_until__gt=timezone.now())
    return runs.order_by("-pk").values_list("pk", flat=True).first() or 0
