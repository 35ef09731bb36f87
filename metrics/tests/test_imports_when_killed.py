"""A worker is killed again and again while it reads a file, saves it or takes it back: nothing is lost, doubled or half done.

In short in CI, on PostgreSQL and Redis; in full (50 kills in the middle of work) by `make soak`, which prints the figures.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from calendar_app.models import Publication
from conftest import Worker
from metrics import imports, tasks
from metrics.imports import undo as undo_import
from metrics.models import Import, Observation

IN_FULL = bool(int(os.environ.get("SOAK", "0")))
KILLS, DAYS = (50, 2500) if IN_FULL else (3, 700)
SECONDS = 1500 if IN_FULL else 60
SWEEP_EVERY = 15
WORKING = ("checking", "applying", "undoing")
FIRST = date(2019, 1, 1)
MEASURES = ("likes", "comments", "shares", "saves", "views")


def days(start: int, count: int, plus: int) -> str:
    rows = (
        f"{FIRST + timedelta(days=number)},instagram,,,{','.join(str(number * 7 + plus + at) for at in range(len(MEASURES)))}"
        for number in range(start, start + count)
    )
    return "\n".join(rows) + "\n"


def posts(count: int, plus: int) -> str:
    rows = (
        f"{FIRST + timedelta(days=number)},x,https://x.com/atlas/status/{number},Post {number},"
        f"{','.join(str(number + plus + at) for at in range(len(MEASURES)))}"
        for number in range(count)
    )
    return "\n".join(rows) + "\n"


HEAD = f"date,platform,permalink,text,{','.join(MEASURES)}\n"
OLDER = HEAD + days(0, DAYS, 0) + posts(DAYS // 4, 0)
# Overlaps with the older file, brings posts of its own, and replaces a figure that a person had recorded.
NEWER = HEAD + days(DAYS // 2, DAYS, 1) + posts(DAYS // 3, 5)


def stored() -> list[tuple]:
    fields = ("channel", "publication__permalink", "measure", "start", "value", "source__name", "line", "recorded_by")
    return sorted(Observation.objects.values_list(*fields), key=str)


def known_posts() -> list[tuple]:
    return sorted(Publication.objects.values_list("channel", "permalink", "status", "post__title"))


@dataclass
class Trouble:
    """One worker at a time, which dies in the middle of what it does; then time passes, and the sweep comes by."""

    start_worker: Callable[..., Worker]
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    in_vain: int = 0
    usual: dict[str, float] = field(default_factory=lambda: dict.fromkeys(WORKING, 1.0))
    worker: Worker | None = None

    def get(self, import_: Import, wanted: str, *, may_cancel: bool = False) -> str:
        """Be there until the import is what was `wanted`, or cancelled; kill the worker on the way as often as it happens."""
        deadline = time.monotonic() + 300
        swept = time.monotonic()
        # Not every kill at the first step: reading, saving and taking back each get their share.
        enough = self.kills.total() + (self.chance.randint(1, 4) if IN_FULL else 1)
        while time.monotonic() < deadline:
            status = self.status(import_)
            if status in (wanted, "cancelled"):
                return status
            assert status not in ("failed", "refused"), import_.refusal
            if status in WORKING and self.kills.total() < min(enough, KILLS):
                self.kill_in_the_middle(import_, status)
                if may_cancel and self.chance.random() < 0.3:
                    imports.cancel(import_)
                self.sweep()
                swept = time.monotonic()
            elif time.monotonic() > swept + SWEEP_EVERY:
                # A message that Redis handed to a worker in the moment of its death is lost; beat comes by again and again.
                self.sweep()
                swept = time.monotonic()
            time.sleep(0.01)
        pytest.fail(f"still {status} after five minutes:\n{self.worker.log.read_text()[-3000:]}")

    def kill_in_the_middle(self, import_: Import, status: str) -> None:
        began = time.monotonic()
        end = began + self.chance.uniform(0, self.usual[status])
        while time.monotonic() < end and self.status(import_) == status:
            time.sleep(0.005)
        if self.status(import_) != status:
            # Faster than thought: next time earlier.
            self.usual[status] = max(0.02, (time.monotonic() - began) * 0.8)
            self.in_vain += 1
            return
        self.worker.process.kill()
        self.worker.process.wait()
        self.kills[status] += 1
        assert_all_or_nothing(import_)
        self.worker = self.start_worker()

    def sweep(self) -> None:
        long_ago = timezone.now() - timedelta(minutes=10)
        Import.objects.filter(status__in=[*WORKING, "uploaded", "queued"]).update(touched_at=long_ago)
        tasks.requeue_stuck_imports()

    def status(self, import_: Import) -> str:
        return Import.objects.values_list("status", flat=True).get(pk=import_.pk)


def assert_all_or_nothing(import_: Import) -> None:
    """In one question, because the database may still be busy with what the dead worker had sent it."""
    row = Import.objects.annotate(stored=Count("observations")).values("status", "stored", "summary").get(pk=import_.pk)
    if row["status"] in ("applied", "undoing"):
        assert row["stored"] == row["summary"]["figures"]
    else:
        assert row["stored"] == 0


@pytest.fixture
def channels(instagram, channel_on):
    return instagram, channel_on("x")


def saved(brand, text: str, name: str, trouble: Trouble | None = None) -> Import:
    """The file, checked and saved; by workers in trouble, or undisturbed here."""
    while True:
        import_, _new = imports.receive(brand, None, ContentFile(text.encode(), name=name))
        run(tasks.check_import, import_, "checked", trouble)
        import_.refresh_from_db()
        if import_.status == "checked":
            assert imports.queue(import_)
            run(tasks.apply_import, import_, "applied", trouble)
            import_.refresh_from_db()
        if import_.status == "applied":
            return import_
        assert import_.status == "cancelled"


def taken_back(import_: Import, trouble: Trouble | None = None) -> None:
    assert undo_import.begin(import_)
    run(tasks.take_back_import, import_, "undone", trouble)


def run(task, import_: Import, wanted: str, trouble: Trouble | None) -> None:
    if trouble is None:
        task(import_.pk)
    else:
        task.delay(import_.pk)
        trouble.get(import_, wanted, may_cancel=wanted != "undone")


def course(brand, trouble: Trouble | None = None) -> Iterator[tuple[list, list]]:
    """Two files saved and taken back, the older first; what is stored after each step."""
    older = saved(brand, OLDER, "older.csv", trouble)
    yield stored(), known_posts()
    newer = saved(brand, NEWER, "newer.csv", trouble)
    yield stored(), known_posts()
    taken_back(newer, trouble)
    yield stored(), known_posts()
    taken_back(older, trouble)
    yield stored(), known_posts()


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.only_on_services
def test_killed_workers_leave_what_an_undisturbed_import_gives(
    start_worker, brand, channels, marketer, record, fault_row, monkeypatch
):
    assert connection.vendor == "postgresql", "make soak and the second half of make test name a PostgreSQL"
    monkeypatch.setattr("metrics.imports.kept.WORTH_KEEPING", 10_000)
    record("likes", (FIRST + timedelta(days=DAYS - 5)).isoformat(), 5, channel=channels[0], recorded_by=marketer)
    undisturbed = list(course(brand))
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    trouble = Trouble(start_worker, random.Random(seed))
    trouble.worker = start_worker("--purge")
    trouble.worker.wait_until_ready()
    began, rounds = time.monotonic(), 0
    while trouble.kills.total() < KILLS and time.monotonic() - began < SECONDS:
        for step, (found, expected) in enumerate(zip(course(brand, trouble), undisturbed, strict=True)):
            assert found == expected, f"step {step} of round {rounds}, seed {seed}"
        rounds += 1
    made = f"kill -9 while {dict(trouble.kills)}, {trouble.in_vain} times too late (seed {seed})"
    fault_row("worker killed", made, f"{rounds} times what an undisturbed import gives", time.monotonic() - began)
    assert trouble.kills.total() >= KILLS
    assert len(undisturbed[1][0]) > DAYS * len(MEASURES)
