"""Two people, or two workers, at the same moment: real threads on the real database."""

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.http import QueryDict

from metrics import imports
from metrics.figure_grid import Grid
from metrics.figure_sheets import SHEETS, UNITS, GridAsked
from metrics.imports import saving, undo
from metrics.models import Import, Observation, StalePeriod
from metrics.recompute import mark_stale
from metrics.tests.mentioning import mention_in

DAYS = "date,likes,views\n2026-01-05,40,1000\n2026-01-06,300,8000\n"

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], object], times: int = 2) -> list[object]:
    """What each of them got; an exception fails the test."""
    start, answers, failures = threading.Barrier(times), [], []

    def run() -> None:
        try:
            start.wait()
            answers.append(act())
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    return answers


def received(brand) -> tuple[Import, bool]:
    return imports.receive(brand, None, ContentFile(DAYS.encode(), name="figures.csv"))


@pytest.fixture
def queued(brand, instagram) -> Import:
    import_, _new = imports.receive(brand, None, ContentFile(DAYS.encode(), name="figures.csv"), channels={"": str(instagram.pk)})
    imports.check(import_.pk)
    import_.refresh_from_db()
    assert imports.queue(import_)
    return import_


def test_the_same_file_from_two_people_is_one_import(brand, monkeypatch):
    real = FileSystemStorage.save

    def save(*arguments, **options):
        # Long enough for the others to look, too.
        time.sleep(0.2)
        return real(*arguments, **options)

    monkeypatch.setattr(FileSystemStorage, "save", save)
    answers = at_once(lambda: received(brand), times=4)
    assert Import.objects.count() == 1
    assert sorted(is_new for _import, is_new in answers) == [False, False, False, True]


def test_two_workers_save_a_file_once(queued):
    at_once(lambda: imports.apply(queued.pk))
    assert Observation.objects.count() == 4
    assert StalePeriod.objects.count() == 1
    assert Import.objects.get().status == "applied"


def test_two_workers_take_a_file_back_once(queued):
    imports.apply(queued.pk)
    queued.refresh_from_db()
    assert sorted(at_once(lambda: undo.begin(queued))) == [False, True]
    at_once(lambda: undo.take_back(queued.pk))
    assert not Observation.objects.exists()
    assert Import.objects.get().status == "undone"


def test_a_file_is_either_saved_or_cancelled_and_never_half_of_both(queued):
    moves = iter([lambda: imports.apply(queued.pk), lambda: imports.cancel(queued)])
    lock = threading.Lock()

    def one_of_both() -> object:
        with lock:
            act = next(moves)
        return act()

    at_once(one_of_both)
    assert (Import.objects.get().status, Observation.objects.count()) in [("applied", 4), ("cancelled", 0)]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite takes one writer at a time")
def test_who_saves_a_post_does_not_wait_for_a_file_that_is_being_received(brand, monkeypatch):
    real, saved = FileSystemStorage.save, []

    def write() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            saved.append(brand.posts.create(title="Written meanwhile"))
        finally:
            connection.close()

    def save(*arguments, **options):
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        return real(*arguments, **options)

    monkeypatch.setattr(FileSystemStorage, "save", save)
    received(brand)
    assert len(saved) == 1


@pytest.mark.only_on_services
def test_who_fills_in_the_sheet_and_a_file_of_the_same_days_do_not_wait_for_each_other(brand, instagram, marketer, monkeypatch):
    mention_in(brand, "2026-01-05")
    import_, _new = imports.receive(
        brand, None, ContentFile(b"date,followers\n2026-01-05,40\n", name="days.csv"), channels={"": str(instagram.pk)}
    )
    imports.check(import_.pk)
    assert imports.queue(Import.objects.get(pk=import_.pk))
    asked = GridAsked(SHEETS["audience"], UNITS["day"], date(2026, 1, 5), channel=instagram)
    grid = Grid(brand, asked, QueryDict("followers-2026-01-05=50&seen-followers-2026-01-05="))
    assert grid.changed
    answers: list[object] = []

    def fill_in() -> None:
        try:
            answers.append(grid.save(marketer))
        except Exception as failure:
            answers.append(failure)
        finally:
            connection.close()

    person = threading.Thread(target=fill_in)

    def while_the_rows_are_written(*span: object, **how: object) -> None:
        person.start()
        person.join(1)
        mark_stale(*span, **how)

    monkeypatch.setattr(saving, "mark_stale", while_the_rows_are_written)
    imports.apply(import_.pk)
    person.join(30)
    assert Import.objects.get(pk=import_.pk).status == "applied"
    assert answers == [False], "the file was there first, and the sheet says so"
    assert brand.observations.get(channel=instagram).value == 40
