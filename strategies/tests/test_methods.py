"""Paid and free ways to be heard."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Platform
from strategies.models import Activity, Strategy
from strategies.ways import STEPS, WAYS, partners

pytestmark = pytest.mark.django_db

SENT = {
    "new-method": "ads",
    "new-name": "Meta Ads for the dresses",
    "new-start": "2027-03-01",
    "new-end": "2027-03-31",
    "new-version": 1,
}


def test_a_way_is_saved_with_all_it_says(as_marketer, marketer, step_url, spring, instagram):
    line = spring.budget_lines.create(kind="ads", name="Ads", planned=1000)
    more = {"new-channel": instagram.pk, "new-budget_line": line.pk, "new-owner": marketer.pk, "new-expected": "40 leads"}
    assert as_marketer.post(step_url("methods"), SENT | more).status_code == 302
    way = spring.activities.get()
    assert (way.channel, way.budget_line, way.owner, way.expected) == (instagram, line, marketer, "40 leads")
    assert (way.start, way.end, way.is_paid) == (date(2027, 3, 1), date(2027, 3, 31), True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"new-start": "2027-01-31"}, "Choose a day of the strategy: 1 February 2027 to 31 July 2027."),
        ({"new-end": "2027-08-01"}, "Choose a day of the strategy"),
        ({"new-start": "2027-04-02"}, "It cannot end before it begins."),
        ({"new-start": "soon"}, "Enter a valid date."),
        ({"new-method": "magic"}, "not one of the available choices"),
        ({"new-budget_line": "999"}, "not one of the available choices"),
        ({"new-name": "x" * 161}, "at most 160"),
        ({"new-method": ""}, "This field is required."),
    ],
)
def test_a_way_that_cannot_be_is_refused_at_its_field(as_marketer, step_url, spring, changes, said):
    response = as_marketer.post(step_url("methods"), SENT | changes)
    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert not spring.activities.exists()


def test_a_budget_line_of_another_strategy_pays_for_nothing(as_marketer, step_url, shop, spring):
    other = shop.strategies.create(name="Other", start=spring.start, end=spring.end)
    foreign = other.budget_lines.create(kind="ads", planned=5)
    assert as_marketer.post(step_url("methods"), SENT | {"new-budget_line": foreign.pk}).status_code == 422


def test_days_that_were_right_before_the_strategy_moved_are_left_alone(as_marketer, step_url, spring):
    way = spring.activities.create(method="ads", start=date(2026, 3, 1), end=date(2026, 3, 31))
    prefix = f"row-{way.pk}"
    days = {"start": "2026-03-01", "end": "2026-03-31", "method": "ads"}
    sent = {f"{prefix}-{name}": value for name, value in days.items()} | {f"{prefix}-name": "Ads", f"{prefix}-version": 1}
    assert as_marketer.post(step_url("methods"), sent).status_code == 302
    way.refresh_from_db()
    assert way.name == "Ads"


def test_a_paid_way_without_a_budget_line_is_spoken_of_at_its_row(as_marketer, step_url, spring):
    spring.activities.create(method="boost")
    assert "No budget line pays for this yet." in as_marketer.get(step_url("methods")).content.decode()
    Strategy.objects.filter(pk=spring.pk).update(organic_only=True)
    assert "The budget says “organic only”, and this costs money." in as_marketer.get(step_url("methods")).content.decode()


def test_a_partner_is_asked_for_while_one_types(as_marketer, step_url, spring):
    sent = {"new-method": "collaboration", "new-name": "With the tea house", "new-version": 1}
    answer = as_marketer.post(step_url("methods"), sent, headers={"X-Autosave": "yes"}).json()
    way = spring.activities.get()
    assert "Say with whom" in answer["parts"][f"row-{way.pk}-notes"]
    prefix = f"row-{way.pk}"
    sent = {f"{prefix}-method": "collaboration", f"{prefix}-partner": "Choyxona", f"{prefix}-version": 1}
    answer = as_marketer.post(step_url("methods"), sent, headers={"X-Autosave": "yes"}).json()
    assert "Say with whom" not in answer["parts"][f"{prefix}-notes"]


@pytest.mark.parametrize(("group", "method"), [("paid", "ads"), ("free", "promotion")])
def test_each_group_has_a_button_of_its_own(as_marketer, step_url, spring, group, method):
    response = as_marketer.post(step_url("methods"), {"action": f"add-{group}"})
    page = as_marketer.get(response.url.split("#")[0]).content.decode()
    assert f'<option value="{method}" selected>' in page
    assert re.search(r'<label[^>]*for="id_new-partner">With whom', page)


def test_a_removed_way_comes_back(as_marketer, step_url, spring):
    way = spring.activities.create(method="referral", name="Bring a friend")
    as_marketer.post(step_url("methods"), {"remove": way.pk})
    assert not spring.activities.exists()
    as_marketer.post(step_url("methods") + "undo/")
    assert spring.activities.get().name == "Bring a friend"


def test_two_people_do_not_overwrite_each_other(as_marketer, step_url, spring):
    way = spring.activities.create(method="referral", name="Theirs", version=3)
    prefix = f"row-{way.pk}"
    sent = {f"{prefix}-method": "referral", f"{prefix}-name": "Ours", f"initial-{prefix}-name": "Old", f"{prefix}-version": 2}
    response = as_marketer.post(step_url("methods"), sent)
    assert response.status_code == 409
    assert "Ours" in response.content.decode()
    assert spring.activities.get().name == "Theirs"


def test_the_guide_speaks_of_the_channels_that_are_used(as_marketer, step_url, spring, telegram):
    assert "Choose the channels first" in as_marketer.get(step_url("methods")).content.decode()
    spring.strategy_channels.create(channel=telegram)
    page = as_marketer.get(step_url("methods")).content.decode()
    assert "Telegram Ads: 160 characters" in page
    assert "Open Meta Ads Manager" not in page
    assert "Follow the network’s own rules for promotions" in page


def test_every_platform_we_offer_says_how_advertising_begins():
    assert set(Platform.objects.filter(is_active=True).values_list("slug", flat=True)) <= set(STEPS)


def test_every_way_is_explained_but_the_one_without_a_name():
    assert {way.method for way in WAYS} == set(Activity.Method) - {Activity.Method.OTHER}


def test_partners_count_once_and_only_in_their_days():
    ways = [
        Activity(partner="Choyxona", start=date(2027, 3, 1), end=date(2027, 3, 31)),
        Activity(partner=" choyxona "),
        Activity(partner="Kitobxona", start=date(2027, 6, 1)),
        Activity(partner="Over", end=date(2027, 2, 1)),
        Activity(partner=""),
    ]
    assert partners(ways, date(2027, 3, 1), date(2027, 3, 31)) == ["Choyxona"]
    assert partners(ways, date(2027, 6, 1), date(2027, 6, 30)) == ["choyxona", "Kitobxona"]


def test_three_ways_cost_no_more_queries_than_one(as_marketer, marketer, step_url, spring, telegram):
    spring.strategy_channels.create(channel=telegram)
    line = spring.budget_lines.create(kind="ads", planned=5)
    spring.activities.create(method="ads", budget_line=line, channel=telegram, owner=marketer)
    as_marketer.get(step_url("methods"))
    with CaptureQueriesContext(connection) as one:
        as_marketer.get(step_url("methods"))
    for method in ("boost", "referral"):
        spring.activities.create(method=method, budget_line=line, channel=telegram, owner=marketer)
    with CaptureQueriesContext(connection) as three:
        as_marketer.get(step_url("methods"))
    assert len(three) == len(one) <= 25


def test_viewers_do_not_write_the_ways(as_viewer, step_url):
    assert as_viewer.get(step_url("methods")).status_code == 403
