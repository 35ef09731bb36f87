"""The register of tools: what the brand works with, and what it costs each month."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategies.known_tools import KNOWN_TOOLS, not_yet_used
from strategies.models import Tool

LIST = "/brands/atlas/strategies/tools/"
SAID = {
    "name": "Hootsuite",
    "group": "management",
    "url": "https://www.hootsuite.com/",
    "is_paid": "on",
    "price_per_month": "1,200.5",
}


@pytest.fixture
def hootsuite(shop) -> Tool:
    return Tool.objects.create(brand=shop, name="Hootsuite", group="management", is_paid=True, price_per_month=Decimal("99.50"))


def test_a_tool_is_written_down_changed_and_deleted(as_marketer, shop, telegram):
    assert as_marketer.post(LIST + "new/", SAID | {"channels": telegram.pk}).status_code == 302
    tool = Tool.objects.get()
    assert (tool.brand, tool.price_per_month, list(tool.channels.all())) == (shop, Decimal("1200.50"), [telegram])
    assert as_marketer.post(f"{LIST}{tool.pk}/", SAID | {"note": "Until May", "version": 1}).status_code == 302
    tool.refresh_from_db()
    assert (tool.note, tool.version) == ("Until May", 2)
    as_marketer.post(f"{LIST}{tool.pk}/delete/", {"version": 1})
    assert Tool.objects.exists()
    as_marketer.post(f"{LIST}{tool.pk}/delete/", {"version": 2})
    assert not Tool.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"group": "magic"}, "group"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"price_per_month": "-1"}, "price_per_month"),
        ({"price_per_month": "many"}, "price_per_month"),
        ({"is_paid": ""}, "price_per_month"),
        ({"owner": "999"}, "owner"),
        ({"channels": "999"}, "channels"),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_nothing_typed_is_lost(as_marketer, shop, wrong, field):
    answer = as_marketer.post(LIST + "new/", SAID | {"note": "Until May"} | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Until May" in answer.content.decode()
    assert not Tool.objects.exists()


def test_a_tool_is_once_in_the_list_whatever_its_capitals(as_marketer, hootsuite):
    answer = as_marketer.post(LIST + "new/", SAID | {"name": "hootSUITE"})
    assert "name" in answer.context["form"].errors


def test_two_people_who_change_a_tool_lose_nothing(as_marketer, hootsuite):
    hootsuite.save_version(1)
    answer = as_marketer.post(f"{LIST}{hootsuite.pk}/", SAID | {"note": "Mine", "version": 1})
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode() and "Mine" in answer.content.decode()


def test_a_known_tool_is_taken_over_with_one_press_and_offered_no_more(as_marketer, shop):
    for _ in range(2):
        assert as_marketer.post(LIST + "take/", {"name": "Google Alerts"}).status_code == 302
    tool = Tool.objects.get()
    assert (tool.group, tool.is_paid, tool.brand) == ("monitoring", False, shop)
    assert "Google Alerts" not in [known.name for entry in as_marketer.get(LIST).context["groups"] for known in entry["known"]]
    assert as_marketer.post(LIST + "take/", {"name": "Magic Wand"}).status_code == 404


def test_every_group_offers_something_to_begin_with():
    assert {tool.group for tool in KNOWN_TOOLS} == set(Tool.Group)
    assert len(not_yet_used({"google alerts"})) == len(KNOWN_TOOLS) - 1


def test_viewers_read_the_list_without_prices_and_change_nothing(as_viewer, hootsuite):
    page = as_viewer.get(LIST).content.decode()
    assert "Hootsuite" in page and "99.50" not in page and "$" not in page
    assert as_viewer.get(f"{LIST}{hootsuite.pk}/").status_code == 403
    assert as_viewer.post(LIST + "take/", {"name": "Google Alerts"}).status_code == 403


def test_the_list_sums_what_the_tools_cost_each_month(as_marketer, shop, hootsuite):
    Tool.objects.create(brand=shop, name="X Pro", group="management", is_paid=True, price_per_month=Decimal("0.50"))
    assert as_marketer.get(LIST).context["total"] == Decimal("100.00")


def test_one_tool_takes_as_many_queries_as_three(as_marketer, shop, telegram, lead, hootsuite):
    hootsuite.owner = lead
    hootsuite.save()
    hootsuite.channels.add(telegram)
    as_marketer.get(LIST)
    with CaptureQueriesContext(connection) as one:
        as_marketer.get(LIST)
    for name in ("A", "B"):
        Tool.objects.create(brand=shop, name=name, group="research", owner=lead).channels.add(telegram)
    with CaptureQueriesContext(connection) as three:
        as_marketer.get(LIST)
    assert len(one) == len(three) <= 25
