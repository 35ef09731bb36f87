"""The strategy as one page: what stands in its rail, for whom."""

from decimal import Decimal

import pytest

from strategies import history, metric_names
from strategies.models import Strategy
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(spring, telegram) -> Strategy:
    return fill(spring, telegram)


def change(strategy: Strategy, user) -> None:
    with history.recording(strategy, user):
        strategy.goals.get().targets.update(value=Decimal(16000))
    with history.recording(strategy, user):
        strategy.budget_lines.update(planned=Decimal(30_000_000))


def test_the_rail_tells_the_last_changes_in_sentences(as_lead, marketer, whole):
    change(whole, marketer)
    shown = as_lead.get(whole.get_absolute_url()).content.decode()
    assert "Dilnoza Karimova raised followers from 12,000 to 16,000" in shown
    assert "lowered “Planned” of “Secret ads” from 38,000,000\xa0UZS to 30,000,000\xa0UZS" in shown
    assert f"{whole.get_absolute_url()}history/" in shown


def test_viewers_read_no_changes_because_some_speak_of_money(as_viewer, marketer, whole):
    change(whole, marketer)
    shown = as_viewer.get(whole.get_absolute_url()).content.decode()
    for hidden in ("Secret ads", "38,000,000", "30,000,000", "/history/", "/compare/"):
        assert hidden not in shown


@pytest.mark.parametrize(("who", "sees"), [("as_lead", [True, True, True]), ("as_viewer", [False, False, True])])
def test_viewers_see_no_target_that_tells_of_money_be_it_a_ratio(request, spring, who, sees):
    goal = spring.goals.create(goal_type="sales")
    for metric, value in (("roi", "137"), ("revenue", "41000"), ("leads", "613")):
        goal.targets.create(metric=metric, value=value, baseline="29")
    shown = request.getfixturevalue(who).get(spring.get_absolute_url()).text
    assert [figure in shown for figure in ("137\xa0%", "41,000", "613")] == sees


@pytest.mark.parametrize(
    ("metric", "tells"),
    [
        ("roi", True),
        ("roas", True),
        ("cac", True),
        ("revenue", True),
        ("leads", False),
        ("reach_rate", False),
        ("retired", False),
    ],
)
def test_a_figure_tells_of_money_by_what_it_is_made_of(metric, tells):
    assert metric_names.is_money(metric) is tells


def test_the_page_leads_to_the_health_check_and_the_document(as_lead, whole):
    shown = as_lead.get(whole.get_absolute_url()).content.decode()
    assert f'hx-get="/brands/atlas/windows/strategy/{whole.pk}/health/"' in shown
    assert f'href="/brands/atlas/strategies/{whole.pk}/document/"' in shown


def test_a_channel_shows_how_well_its_platform_fits(as_lead, whole):
    shown = as_lead.get(whole.get_absolute_url()).content.decode()
    assert '<th scope="col" class="num">Fit</th>' in shown


def test_an_empty_strategy_has_a_page_that_says_what_to_do(as_lead, spring):
    shown = as_lead.get(spring.get_absolute_url()).content.decode()
    assert "No goal yet" in shown
    assert "Nothing happened yet" in shown


def test_the_list_comes_in_pages_and_keeps_the_archive(as_lead, shop):
    for number in range(23):
        status = "archived" if number == 0 else "draft"
        Strategy.objects.create(brand=shop, name=f"Cycle {number}", start="2027-01-01", end="2027-06-30", status=status)
    first = as_lead.get("/brands/atlas/strategies/").content.decode()
    assert "Page 1 of 2" in first
    assert first.count('class="sp-card sp-strat"') == 20
    assert as_lead.get("/brands/atlas/strategies/?page=2").content.decode().count('class="sp-card sp-strat"') == 2
    assert "Cycle 0" in as_lead.get("/brands/atlas/strategies/?archive=1").content.decode()
