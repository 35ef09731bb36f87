from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from brands.models import Brand
from calendar_app.adherence import (
    kept_and_planned,
    planned_per_week,
    published_per_week,
    schedule_adherence,
    weekly_plan,
    weeks_of,
)
from calendar_app.tests.conftest import local
from strategies.models import Strategy, StrategyChannel

WEEKS = [date(2027, 3, 1), date(2027, 3, 8), date(2027, 3, 15), date(2027, 3, 22)]


def plan(*numbers):
    return {(1, week): Fraction(number) for week, number in zip(WEEKS, numbers, strict=False)}


def test_a_full_week_does_not_repair_a_poor_one():
    kept, planned = kept_and_planned(plan(3, 3, 3, 3), {(1, week): n for week, n in zip(WEEKS, [3, 1, 4, 0], strict=True)})
    assert (kept, planned) == (7, 12) and round(float(100 * kept / planned), 2) == 58.33


def test_one_channel_does_not_repair_another():
    planned = {(1, WEEKS[0]): Fraction(2), (2, WEEKS[0]): Fraction(2)}
    assert kept_and_planned(planned, {(1, WEEKS[0]): 4}) == (2, 4)


def test_nothing_planned_is_nothing_to_divide_by():
    assert kept_and_planned({}, {(1, WEEKS[0]): 2}) == (0, 0)


def test_a_part_of_a_week_counts_by_its_days():
    assert weekly_plan(Fraction(7), date(2027, 3, 3), date(2027, 3, 9)) == {WEEKS[0]: 5, WEEKS[1]: 2}
    assert weekly_plan(Fraction(0), *WEEKS[:2]) == {}


def test_sunday_night_in_tashkent_belongs_to_the_old_week():
    zone = ZoneInfo("Asia/Tashkent")
    late, early = datetime(2027, 3, 7, 23, 59, tzinfo=zone), datetime(2027, 3, 8, 0, 0, tzinfo=zone)
    assert weeks_of([(1, late), (1, early)], zone) == {(1, WEEKS[0]): 1, (1, WEEKS[1]): 1}


def test_the_database_gives_plan_and_outcome(brand, telegram, write):
    strategy = Strategy.objects.create(brand=brand, name="March", start=WEEKS[0], end=date(2027, 3, 14))
    StrategyChannel.objects.create(strategy=strategy, channel=telegram, posts_per_week=2)
    for day in (1, 2, 3, 10):
        write(at=local(brand, date(2027, 3, day), 12), status="published")
    write(at=local(brand, date(2027, 3, 11), 12))
    assert planned_per_week(brand, WEEKS[0], date(2027, 3, 31)) == {(telegram.pk, WEEKS[0]): 2, (telegram.pk, WEEKS[1]): 2}
    assert published_per_week(brand, WEEKS[0], date(2027, 3, 31)) == {(telegram.pk, WEEKS[0]): 3, (telegram.pk, WEEKS[1]): 1}
    assert schedule_adherence(brand, WEEKS[0], date(2027, 3, 31)) == (3, 4)
    assert schedule_adherence(brand, WEEKS[0], date(2027, 3, 31), channels=[]) == (0, 0)
    assert timezone.is_aware(local(brand, WEEKS[0], 0))


def test_two_strategies_on_a_channel_do_not_double_the_plan(brand, telegram):
    for name, posts in (("a", 2), ("b", 3)):
        strategy = Strategy.objects.create(brand=brand, name=name, start=WEEKS[0], end=date(2027, 3, 14))
        StrategyChannel.objects.create(strategy=strategy, channel=telegram, posts_per_week=posts)
    assert planned_per_week(brand, WEEKS[0], date(2027, 3, 7)) == {(telegram.pk, WEEKS[0]): 3}


def test_a_week_that_keeps_an_earlier_cadence_counts_by_that():
    kept = {WEEKS[0]: Decimal(2), WEEKS[2]: Decimal(0)}
    assert weekly_plan(Fraction(7), WEEKS[0], date(2027, 3, 21), kept) == {WEEKS[0]: 2, WEEKS[1]: 7}


@pytest.fixture
def on(monkeypatch):
    """on(day): the brand lives on that day."""
    return lambda day: monkeypatch.setattr(Brand, "today", lambda self: day)


@pytest.fixture
def row(brand, telegram, on):
    on(WEEKS[0])
    strategy = Strategy.objects.create(brand=brand, name="March", start=WEEKS[0], end=date(2027, 3, 28))
    return StrategyChannel.objects.create(strategy=strategy, channel=telegram, posts_per_week=2)


def plan_of(brand, row):
    return [int(posts) for _week, posts in sorted(planned_per_week(brand, WEEKS[0], date(2027, 3, 28), [row.channel_id]).items())]


def test_a_new_cadence_leaves_the_weeks_that_are_over_as_they_were_planned(brand, row, on):
    on(date(2027, 3, 17))
    row.posts_per_week = 5
    row.save_version(row.version)
    assert plan_of(brand, row) == [2, 2, 5, 5]
    on(date(2027, 3, 24))
    row.refresh_from_db()
    row.posts_per_week = 1
    row.save()
    assert plan_of(brand, row) == [2, 2, 5, 1]


def test_a_cadence_corrected_within_its_first_week_keeps_nothing(brand, row, on):
    on(date(2027, 3, 3))
    row.posts_per_week = 4
    row.save()
    assert plan_of(brand, row) == [4, 4, 4, 4]


def test_saving_a_channel_without_a_new_cadence_keeps_nothing(row, on):
    on(date(2027, 3, 24))
    row.why = "They are there"
    row.save()
    assert not row.planned_weeks.exists()
    assert row.cadence_since == WEEKS[0]
