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
from strategies.models import CommunicationPlan, EditorialPlan, Slot, Strategy, StrategyChannel

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


# --- slots of an editorial plan


@pytest.fixture
def with_slots(brand, telegram, row):
    """with_slots(weekdays, start, end): an editorial plan for Telegram with a slot on each of the weekdays."""
    year = CommunicationPlan.objects.create(brand=brand, name="2027", start=date(2027, 1, 1), end=date(2027, 12, 31))

    def make(weekdays=(1, 4, 6), start=WEEKS[0], end=date(2027, 3, 31), channel=telegram, **fields) -> EditorialPlan:
        plan = EditorialPlan.objects.create(brand=brand, communication_plan=year, channel=channel, start=start, end=end, **fields)
        for weekday in weekdays:
            Slot.objects.create(plan=plan, weekday=weekday, time="10:00")
        return plan

    return make


def test_slots_are_the_plan_where_an_editorial_plan_covers_the_week(brand, row, with_slots):
    with_slots()
    assert plan_of(brand, row) == [3, 3, 3, 3]


def test_the_cadence_is_the_plan_on_the_days_that_no_slot_plan_covers(brand, row, with_slots):
    # From Thursday of the second week on: before it 3/7 of two posts, then one slot on Friday and one on Sunday.
    with_slots(start=date(2027, 3, 11), end=date(2027, 4, 10))
    planned = planned_per_week(brand, WEEKS[0], date(2027, 3, 28), [row.channel_id])
    assert [planned[row.channel_id, week] for week in WEEKS] == [2, Fraction(6, 7) + 2, 3, 3]


def test_reactive_slots_and_plans_switched_off_plan_nothing(brand, row, with_slots):
    plan = with_slots((1,))
    Slot.objects.create(plan=plan, weekday=2, time="10:00", kind="reactive")
    assert plan_of(brand, row) == [1, 1, 1, 1]
    with_slots((0, 1, 2, 3, 4), is_active=False)
    assert plan_of(brand, row) == [1, 1, 1, 1]


def test_two_strategies_do_not_double_what_the_slots_plan(brand, telegram, row, with_slots):
    other = Strategy.objects.create(brand=brand, name="Other", start=WEEKS[0], end=date(2027, 3, 28))
    StrategyChannel.objects.create(strategy=other, channel=telegram, posts_per_week=9)
    with_slots()
    assert plan_of(brand, row) == [3, 3, 3, 3]


def test_a_channel_without_a_cadence_has_the_plan_of_its_slots(brand, instagram, row, with_slots):
    with_slots((0,), channel=instagram)
    assert planned_per_week(brand, WEEKS[0], WEEKS[1], [instagram.pk]) == {
        (instagram.pk, WEEKS[0]): 1,
        (instagram.pk, WEEKS[1]): 1,
    }


def test_what_an_archived_strategy_planned_does_not_count(brand, row, with_slots):
    archived = Strategy.objects.create(brand=brand, name="Old", start=WEEKS[0], end=date(2027, 3, 28), status="archived")
    with_slots(strategy=archived)
    assert plan_of(brand, row) == [2, 2, 2, 2]


def test_a_slot_added_or_removed_leaves_the_weeks_that_are_over(brand, row, with_slots, on):
    plan = with_slots()
    on(date(2027, 3, 17))
    plan.slots.first().delete()
    assert plan_of(brand, row) == [3, 3, 2, 2]
    on(date(2027, 3, 24))
    for weekday in (0, 2, 3):
        Slot.objects.create(plan=EditorialPlan.objects.get(pk=plan.pk), weekday=weekday, time="12:00")
    assert plan_of(brand, row) == [3, 3, 2, 5]


def test_a_slot_that_becomes_reactive_leaves_the_weeks_that_are_over(brand, row, with_slots, on):
    slot = with_slots().slots.first()
    on(date(2027, 3, 17))
    slot.kind = "reactive"
    slot.save_version(slot.version)
    assert plan_of(brand, row) == [3, 3, 2, 2]


def test_a_plan_switched_off_leaves_the_weeks_that_are_over(brand, row, with_slots, on):
    plan = with_slots()
    on(date(2027, 3, 17))
    plan.is_active = False
    plan.save_version(plan.version)
    assert plan_of(brand, row) == [3, 3, 2, 2], "then the cadence is the plan again"


def test_any_number_of_slots_takes_the_same_queries(brand, row, with_slots, django_assert_num_queries):
    with django_assert_num_queries(2):
        planned_per_week(brand, WEEKS[0], WEEKS[3])
    with_slots()
    with django_assert_num_queries(2):
        planned_per_week(brand, WEEKS[0], WEEKS[3])
