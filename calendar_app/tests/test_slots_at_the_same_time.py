"""Two people press the button at the same moment: real threads on the real database."""

import threading
from collections.abc import Callable
from datetime import time

import pytest
from django.db import connection

from brands.models import Brand
from calendar_app import slots
from calendar_app.models import Post, PostEvent, Publication
from strategies import plans
from strategies.forms.plans import NewEditorialPlanForm
from strategies.models import CommunicationPlan, EditorialPlan, Slot

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


@pytest.fixture
def coming(brand) -> CommunicationPlan:
    start = plans.month_start(brand.today())
    return CommunicationPlan.objects.create(brand=brand, name="Year", start=start, end=plans.last_day(start, 12))


@pytest.fixture
def plan(brand, coming, telegram) -> EditorialPlan:
    start = plans.months_later(coming.start, 1)
    plan = EditorialPlan.objects.create(
        brand=brand, communication_plan=coming, channel=telegram, start=start, end=plans.last_day(start, 2)
    )
    Slot.objects.bulk_create(Slot(plan=plan, weekday=day, time=time(hour), theme="Tip") for day in range(7) for hour in (9, 18))
    return plan


def test_four_people_fill_the_calendar_once(plan, marketer):
    def press() -> int:
        return len(slots.fill(EditorialPlan.objects.select_related("brand").get(pk=plan.pk), marketer).new)

    made = sorted(at_once(press, times=4))
    expected = plans.volume(plan.slots.all(), plan.start, plan.end).posts
    assert made == [0, 0, 0, expected]
    assert Post.objects.count() == Publication.objects.count() == PostEvent.objects.count() == expected
    assert Post.objects.values("slot", "slot_day").distinct().count() == expected


def test_two_plans_for_one_channel_and_day_do_not_both_succeed(brand, coming, instagram):
    typed = {
        "channel": instagram.pk, "medium": "", "strategy": "", "start": str(coming.start), "time": "10:00", "weekdays": ["1"],
        "end": str(plans.last_day(coming.start, 1)),
    }  # fmt: skip

    def press() -> bool:
        return NewEditorialPlanForm(typed, instance=EditorialPlan(), brand=Brand.objects.get(pk=brand.pk)).saved()

    assert sorted(at_once(press, times=3)) == [False, False, True]
    assert brand.editorial_plans.count() == 1
