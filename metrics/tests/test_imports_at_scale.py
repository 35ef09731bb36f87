"""What makes long files quick must not change what becomes of them."""

import os
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from metrics import imports
from metrics.imports import at_work, kept, saving, staging
from metrics.imports import undo as undo_import
from metrics.models import Import, Observation, StalePeriod

DAYS = "date,likes,watch_seconds\n2026-01-05,40,0.5\n2026-01-06,300,12\n2026-01-06,301,12.25\n"


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(kept, "WORTH_KEEPING", 0)
    monkeypatch.setattr(staging, "_AT_ONCE", 2)


@pytest.fixture
def checked(brand, instagram):
    def make(text: str = DAYS, name: str = "figures.csv", owner: str = "") -> Import:
        channels = {"": owner or str(instagram.pk)}
        import_, _new = imports.receive(brand, None, ContentFile(text.encode(), name=name), channels=channels)
        imports.check(import_.pk)
        import_.refresh_from_db()
        assert import_.status == "checked", import_.refusal
        return import_

    return make


def apply(import_: Import) -> Import:
    assert imports.queue(import_)
    imports.apply(import_.pk)
    import_.refresh_from_db()
    return import_


def values() -> dict:
    return {(row.measure, row.start.day): row.value for row in Observation.objects.all()}


def kept_files() -> list:
    return sorted(kept._folder().glob("*"))


EXPECTED = {
    ("likes", 5): 40,
    ("likes", 6): 301,
    ("watch_seconds", 5): Decimal("0.5"),
    ("watch_seconds", 6): Decimal("12.25"),
}


def test_the_file_is_read_once_for_looking_and_saving(checked, monkeypatch):
    import_ = checked()
    monkeypatch.setattr(imports, "read", lambda *_a, **_k: pytest.fail("it was read already"))
    assert apply(import_).status == "applied"
    assert values() == EXPECTED
    assert kept_files() == []


def test_what_is_kept_and_what_is_read_again_are_the_same(checked):
    import_ = checked()
    [path] = kept_files()
    path.unlink()
    assert apply(import_).status == "applied"
    assert values() == EXPECTED


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\0" + bytes(4000)])
def test_kept_figures_that_are_damaged_are_read_again(checked, damage):
    import_ = checked()
    [path] = kept_files()
    path.write_bytes(damage)
    assert apply(import_).status == "applied"
    assert values() == EXPECTED


def test_other_options_do_not_get_the_kept_figures(checked, brand):
    import_ = checked()
    imports.check_again(import_, import_.options | {"channels": {"": "brand"}})
    imports.check(import_.pk)
    import_.refresh_from_db()
    assert len(kept_files()) == 1
    apply(import_)
    assert set(Observation.objects.values_list("channel", flat=True)) == {None}


def test_a_file_whose_owner_nobody_knows_is_kept_for_nobody(checked, channel_on):
    import_ = checked(owner="?")
    assert not imports.queue(import_)


def test_nothing_is_kept_of_a_cancelled_import(checked):
    import_ = checked()
    imports.cancel(import_)
    assert kept_files() == []


def test_what_nobody_saved_is_swept_away_in_the_end(checked):
    checked()
    imports.stuck()
    [path] = kept_files()
    long_ago = time.time() - kept.KEPT_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    imports.stuck()
    assert kept_files() == []


def test_sums_and_rows_count_what_is_kept_of_repeated_rows(checked):
    summary = checked().summary
    assert summary["sums"] == {"likes": "341", "watch_seconds": "12.75"}
    assert (summary["rows"], summary["figures"], summary["skipped"]) == (2, 4, {"duplicate": 2})


def test_a_measure_whose_figures_are_all_zero_has_a_sum(checked):
    assert checked("date,likes\n2026-01-05,0\n").summary["sums"] == {"likes": "0"}


def test_figures_that_came_at_the_same_moment_are_no_accident(checked, record, instagram, monkeypatch):
    import_ = checked()
    record("likes", "2026-01-05", 1, channel=instagram)
    monkeypatch.setattr(saving, "_is_first", lambda *_a: True)
    assert apply(import_).status == "applied"
    assert values() == EXPECTED


def test_cancelling_while_it_is_saved_saves_nothing(checked, monkeypatch):
    import_ = checked()

    def cancelled(self, _written):
        imports.cancel(import_)
        raise at_work.Stopped

    monkeypatch.setattr(at_work.Progress, "__call__", cancelled)
    # On one connection, the cancelling is rolled back with the rest.
    assert apply(import_).status != "applied"
    assert not Observation.objects.exists() and not StalePeriod.objects.exists()


def test_cancelling_at_the_very_end_saves_nothing(checked, monkeypatch):
    import_ = checked()
    monkeypatch.setattr(imports, "check_all_now", lambda: imports.cancel(import_))
    assert apply(import_).status != "applied"
    assert not Observation.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on_services
def test_the_page_hears_how_far_the_saving_is_and_its_cancel_is_heard(checked, monkeypatch):
    assert connection.vendor == "postgresql"
    monkeypatch.setattr(at_work, "TICK", -1)
    monkeypatch.setattr("metrics.bulk.ROWS_AT_ONCE", 1)
    import_ = checked()
    heard = []
    real = at_work.Progress.__call__

    def call(self, written):
        real(self, written)
        with self.beside.cursor() as cursor:
            cursor.execute("SELECT rows_done FROM metrics_import WHERE id = %s", [import_.pk])
            heard.append(cursor.fetchone()[0])
            if len(heard) == 3:
                cursor.execute("UPDATE metrics_import SET status = 'cancelled' WHERE id = %s", [import_.pk])

    monkeypatch.setattr(at_work.Progress, "__call__", call)
    assert apply(import_).status == "cancelled"
    assert heard == [1, 2, 3]
    assert not Observation.objects.exists()


def test_reading_tells_how_far_it_is(checked, monkeypatch):
    told = []
    real = imports.move

    def move(pk, before, after, **fields):
        told.append(fields.get("rows_done"))
        return real(pk, before, after, **fields)

    monkeypatch.setattr(imports, "move", move)
    monkeypatch.setattr(imports, "TICK", -1)
    first = date(2020, 1, 1)
    checked("date,likes\n" + "".join(f"{first + timedelta(days=number)},{number}\n" for number in range(500)))
    rows = [number for number in told if number]
    assert rows == sorted(rows) and len(rows) > 5 and rows[-1] >= 500


def test_undoing_gives_back_fractions_and_figures_of_the_brand(checked):
    older = apply(checked("date,leads,csat_score\n2026-01-05,4,0.25\n", "a.csv", "brand"))
    before = list(Observation.objects.order_by("measure").values_list("measure", "value", "source", "line"))
    assert len(before) >= 1
    newer = apply(checked("date,leads,csat_score\n2026-01-05,5,0.75\n2026-01-06,1,1\n", "b.csv", "brand"))
    undo_import.begin(newer)
    undo_import.take_back(newer.pk)
    after = list(Observation.objects.order_by("measure").values_list("measure", "value", "source", "line"))
    assert after == before and {source for _measure, _value, source, _line in after} == {older.pk}
