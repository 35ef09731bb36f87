"""The next free slots, the cadence against what is advised, and the reserve of a month."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from brands.models import Channel, Platform
from calendar_app import free_slots, slots
from calendar_app.free_slots import Reserve, next_free, weekdays_between
from calendar_app.month_page import Cadence
from strategies import plans
from strategies.models import CommunicationPlan, EditorialPlan, Slot


@pytest.fixture
def plan(brand, telegram) -> EditorialPlan:
    start = plans.month_start(brand.today())
    year = CommunicationPlan.objects.create(brand=brand, name="Year", start=start, end=plans.last_day(start, 12))
    plan = EditorialPlan.objects.create(
        brand=brand, communication_plan=year, channel=telegram, start=start, end=plans.last_day(start, 2)
    )
    Slot.objects.create(plan=plan, weekday=1, time=time(10), theme="Tip")
    return plan


def found(brand, *channels) -> list[tuple[date, time]]:
    moments = [place.at.astimezone(brand.zone) for place in next_free(brand, [channel.pk for channel in channels])]
    return [(at.date(), at.time()) for at in moments]


def coming(brand, weekday: int, clock: time) -> list[date]:
    """The next three such weekdays on which the clock still shows that time later."""
    now = brand.now()
    first = now.date() + timedelta(days=(weekday - now.weekday()) % 7)
    if datetime.combine(first, clock, brand.zone) <= now:
        first += timedelta(weeks=1)
    return [first + timedelta(weeks=number) for number in range(3)]


def test_the_next_slots_without_a_post_are_offered(brand, plan, telegram, instagram):
    assert found(brand, telegram) == [(day, time(10)) for day in coming(brand, 1, time(10))]
    assert found(brand, instagram) == [] == found(brand)


def test_a_slot_that_has_its_post_or_another_one_there_is_taken(brand, plan, telegram, marketer, write):
    first, second, third = coming(brand, 1, time(10))
    at = datetime.combine(first, time(10), brand.zone)
    write(at=at)
    assert found(brand, telegram)[:2] == [(second, time(10)), (third, time(10))]
    slots.fill(plan, marketer)
    assert found(brand, telegram) == []


def test_buffer_and_reactive_slots_are_offered_too(brand, plan, telegram):
    Slot.objects.update(kind="reactive")
    (place, *_rest) = next_free(brand, [telegram.pk])
    assert place.is_reserve


@pytest.mark.parametrize("change", [{"is_active": False}, {"end": date(2020, 3, 1), "start": date(2020, 1, 1)}])
def test_a_plan_that_is_off_or_over_offers_nothing(change, brand, plan, telegram):
    EditorialPlan.objects.update(**change)
    assert found(brand, telegram) == []


def test_the_form_gets_buttons_for_the_ticked_channels(brand, plan, telegram, marketer, signed_in):
    address = reverse("calendar:next_slots", args=["choyxona"])
    client = signed_in(marketer)
    page = client.get(f"{address}?channel-{telegram.pk}-on=on").content.decode()
    assert f'data-slot-day="{coming(brand, 1, time(10))[0]}" data-slot-clock="10:00"' in page
    assert client.get(f"{address}?channel-x-on=on&channel=99999999999999&channel=-1").content.decode().strip() == ""
    assert client.get(reverse("calendar:new_post", args=["choyxona"])).content.decode().count('hx-get="' + address) == 1


def test_more_plans_take_no_more_queries(brand, plan, telegram, instagram, django_assert_num_queries):
    with django_assert_num_queries(3):
        next_free(brand, [telegram.pk, instagram.pk])
    other = EditorialPlan.objects.create(
        brand=brand, communication_plan=plan.communication_plan, channel=instagram, start=plan.start, end=plan.end
    )
    Slot.objects.bulk_create(Slot(plan=other, weekday=day, time=time(9)) for day in range(7))
    with django_assert_num_queries(3):
        assert len(next_free(brand, [telegram.pk, instagram.pk])) == 3


# --- cadence and reserve


@pytest.mark.parametrize(("planned", "state"), [(3, "few"), (4, ""), (5, ""), (6, "many")])
def test_the_week_is_held_against_what_the_strategy_wants_and_what_is_advised(planned, state):
    channel = Channel(platform=Platform(cadence_min=3, cadence_max=5))
    channel.per_week = Decimal(4)
    assert Cadence(channel, 0, planned).state == state


@pytest.mark.parametrize(("kept", "state"), [(0, "few"), (9, "few"), (10, ""), (20, ""), (21, "many")])
def test_ten_to_twenty_per_cent_in_reserve_are_right(kept, state):
    assert Reserve(kept, 100).state == state


def test_the_reserve_of_a_month_counts_slots_on_the_plans_days(brand, plan):
    Slot.objects.create(plan=plan, weekday=1, time=time(15), kind="buffer")
    first = plan.start
    found = free_slots.reserve(brand, first, plans.last_day(first, 1))
    assert found.percent == 50 and found.total == 2 * weekdays_between(1, first, plans.last_day(first, 1))
    assert free_slots.reserve(brand, date(2020, 1, 1), date(2020, 1, 31)) is None


def test_the_month_says_both(brand, plan, strategy, marketer, signed_in):
    page = signed_in(marketer).get(reverse("calendar:month", args=["choyxona"])).content.decode()
    assert "too few" in page and "Reserve" in page and "too little" in page


@given(weekday=st.integers(0, 6), first=st.dates(date(2024, 1, 1), date(2030, 1, 1)), length=st.integers(-3, 100))
def test_weekdays_are_counted_as_one_counts_them(weekday, first, length):
    last = first + timedelta(days=length)
    days = [first + timedelta(days=number) for number in range(length + 1)]
    assert weekdays_between(weekday, first, last) == sum(day.weekday() == weekday for day in days)
