"""No page of a strategy asks more of the database when the strategy grows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Channel, Platform
from strategies.models import Strategy
from strategies.steps import STEPS
from strategies.tests.growing import grow

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MOST = 25
OTHERS = ("", "history/", "history/?step=goals", "compare/", "versions/1/", "edit/")


@pytest.fixture
def channels(shop) -> list[Channel]:
    platforms = Platform.objects.all()[:4]
    return [Channel.objects.create(brand=shop, platform=platform, handle=f"atlas{platform.pk}") for platform in platforms]


@pytest.fixture
def counted(as_lead, shop, lead, channels):
    """Address within the strategy -> queries for a small one and for a large one."""

    def count(rest: str) -> tuple[int, int]:
        found = []
        for goals, personas, others in ((1, 1, 1), (50, 20, 30)):
            strategy = Strategy.objects.create(brand=shop, name=f"With {goals}", start=date(2027, 2, 1), end=date(2027, 7, 31))
            grow(strategy, channels, lead, goals, personas, others)
            url = f"/brands/atlas/strategies/{strategy.pk}/{rest}"
            # The first look writes down what it sees.
            assert as_lead.get(url).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                assert as_lead.get(url).status_code == 200
            found.append(len(queries))
            strategy.strategy_channels.all().delete()
        return found[0], found[1]

    return count


@pytest.mark.parametrize("rest", [*OTHERS, *(f"{step.slug}/" for step in STEPS)])
def test_a_page_takes_the_same_few_queries_however_much_the_strategy_holds(counted, rest):
    small, large = counted(rest)
    assert small == large
    assert large <= MOST


def test_the_list_takes_the_same_queries_for_one_strategy_and_for_twenty(as_lead, shop):
    counts = []
    for number in range(20):
        strategy = Strategy.objects.create(brand=shop, name=f"Cycle {number}", start=date(2027, 1, 1), end=date(2027, 6, 30))
        strategy.goals.create(goal_type="sales", text="Leads")
        if number in (0, 19):
            with CaptureQueriesContext(connection) as queries:
                as_lead.get("/brands/atlas/strategies/")
            counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST
