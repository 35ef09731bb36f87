"""Presets: shown before they are applied, filled into what is empty, taken back where nobody made it their own."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Channel, Platform
from brands.models.teams import BusinessType
from metrics.kpi import KPIS, MEASURES
from strategies.models import AppliedPreset, Strategy
from strategies.presets import PRESETS, Standing, Status, contents
from strategies.presets.contents import USUAL
from strategies.tests.filling import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NEW = "/brands/atlas/strategies/new/"


@pytest.fixture
def url(spring):
    return lambda rest="": f"/brands/atlas/strategies/{spring.pk}/presets/{rest}"


@pytest.fixture
def apply(url):
    """Look at the preset and press its button."""

    def apply(client, name="small", **handles):
        page = client.get(url(f"{name}/")).content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', page)[1]
        return client.post(url(f"{name}/"), {"seen": seen} | {f"handle-{slug}": text for slug, text in handles.items()})

    return apply


def _count(strategy: Strategy) -> dict[str, int]:
    parts = ("objectives", "goals", "risks", "strategy_channels", "pillars", "mix_targets", "activities", "watch_items")
    return {name: getattr(strategy, name).count() for name in parts}


# --- what is declared


@pytest.mark.parametrize("name", BusinessType)
def test_every_type_of_business_has_a_whole_preset(name):
    preset = PRESETS[name]
    assert sum(pillar.share for pillar in preset.pillars) == 100
    assert len(preset.plan) == 6
    assert {goal.objective for goal in preset.goals} <= set(range(len(preset.objectives)))
    figures = {kpi for goal in preset.goals for kpi in goal.kpis} | {item.metric for item in preset.watch}
    assert figures <= {*KPIS, *MEASURES}
    assert set(preset.platforms) <= set(Platform.objects.values_list("slug", flat=True))
    assert len(preset.platforms) <= 4


# --- looking


def test_the_list_names_all_four_and_ones_own(as_marketer, url):
    page = as_marketer.get(url()).content.decode()
    assert all(str(name.label) in page for name in BusinessType)
    assert page.count("your type of business") == 1


def test_looking_at_a_preset_writes_nothing(as_marketer, url, spring):
    before = _count(spring)
    page = as_marketer.get(url("small/")).content.decode()
    assert "More sales this season" in page
    assert "guard: Bounce rate" in page
    assert _count(spring) == before


@pytest.mark.parametrize("name", BusinessType)
def test_a_preset_fills_exactly_what_it_has_shown(as_lead, apply, url, spring, name):
    sections = contents(PRESETS[name], Standing.of(spring), may_add_channels=True)
    shown = sum(section.added for section in sections)
    assert apply(as_lead, name).status_code == 302
    applied = AppliedPreset.objects.get()
    rows = _count(spring)
    # A goal's line stands for its targets, too, and the mix's for its shares.
    targets = sum(goal.targets.count() for goal in spring.goals.all())
    assert applied.count == shown + targets + rows["mix_targets"] - 3
    assert (rows["goals"], rows["risks"]) == (len(PRESETS[name].goals), len(USUAL))
    again = contents(PRESETS[name], Standing.of(Strategy.objects.get(pk=spring.pk)), may_add_channels=True)
    assert {line.status for section in again for line in section.lines} <= {Status.KEEP, Status.ASK}


def test_goals_of_a_preset_serve_its_business_goals_and_have_a_guard(as_lead, apply, spring):
    apply(as_lead)
    goal = spring.goals.get(goal_type="sales")
    assert goal.objective.text == "More sales this season"
    assert list(goal.targets.values_list("metric", "role")) == [
        ("lead_growth", "primary"), ("cpl", "primary"), ("bounce_rate", "guard"),
    ]  # fmt: skip
    assert set(goal.targets.values_list("value", flat=True)) == {None}


def test_what_stands_there_is_never_overwritten(as_lead, apply, spring, telegram):
    fill(spring, telegram)
    spring.mix_targets.create(dimension="purpose", value="attract", share=100)
    apply(as_lead)
    spring.refresh_from_db()
    assert (spring.primary_type, spring.secondary_types) == ("content", [])
    assert [objective.text for objective in spring.objectives.all()] == ["Sell out the spring collection"]
    assert [pillar.name for pillar in spring.pillars.all()] == ["Ustaxona", "Mijozlarimiz"]
    assert set(spring.planning_steps.values_list("text", flat=True)) == {"Who, what and by when"}
    assert spring.strategy_channels.get(channel=telegram).posts_per_week == 4
    assert set(spring.goals.values_list("goal_type", flat=True)) == {"audience", "sales"}
    assert spring.mix_targets.filter(dimension="purpose").count() == 1
    assert spring.mix_targets.filter(dimension="format").exists()


# --- channels


def test_a_handle_makes_a_channel_and_the_strategy_uses_it(as_lead, apply, shop, spring, telegram):
    apply(as_lead, instagram="https://instagram.com/atlas.libos/", facebook="")
    assert set(shop.channels.values_list("platform__slug", "handle")) == {
        ("telegram", "atlaslibos"),
        ("instagram", "atlas.libos"),
    }
    assert set(spring.strategy_channels.values_list("channel__platform__slug", "posts_per_week")) == {
        ("telegram", 4), ("instagram", 3),
    }  # fmt: skip


def test_a_handle_that_cannot_be_is_told_at_its_field_and_nothing_is_filled(as_lead, apply, spring):
    response = apply(as_lead, instagram="two words")
    assert response.status_code == 422
    page = response.content.decode()
    assert "A handle has letters, digits" in page
    assert 'value="two words"' in page
    assert not AppliedPreset.objects.exists()
    assert not Channel.objects.exists()


def test_a_marketer_makes_no_channel(as_marketer, apply, url, shop, spring):
    assert "a lead can add one" in as_marketer.get(url("small/")).content.decode()
    apply(as_marketer, instagram="atlas.libos")
    assert not shop.channels.exists()
    assert spring.goals.count() == 2


def test_four_channels_stay_four(as_lead, apply, shop, spring):
    for slug in ("x", "youtube", "pinterest", "linkedin"):
        channel = Channel.objects.create(brand=shop, platform=Platform.objects.get(slug=slug), handle=slug)
        spring.strategy_channels.create(channel=channel)
    Channel.objects.create(brand=shop, platform=Platform.objects.get(slug="telegram"), handle="atlas")
    apply(as_lead)
    assert spring.strategy_channels.count() == 4


# --- refusing


def test_a_preset_that_would_do_something_else_by_now_is_shown_again(as_lead, url, spring):
    page = as_lead.get(url("small/")).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    spring.pillars.create(name="Ours", share=100)
    response = as_lead.post(url("small/"), {"seen": seen})
    assert response.status_code == 409
    assert "The strategy changed meanwhile" in response.content.decode()
    assert not spring.goals.exists()


def test_an_archived_strategy_is_not_filled(as_lead, apply, spring):
    Strategy.objects.filter(pk=spring.pk).update(status="archived")
    assert apply(as_lead).status_code == 409
    assert not spring.goals.exists()


def test_a_preset_that_does_not_exist_is_not_found(as_lead, url):
    assert as_lead.get(url("magic/")).status_code == 404


def test_viewers_and_strangers_apply_nothing(as_viewer, client, stranger, url, spring):
    assert as_viewer.get(url()).status_code == 403
    assert as_viewer.post(url("small/")).status_code == 403
    client.force_login(stranger)
    assert client.get(url("small/")).status_code == 404
    assert client.post(url("1/back/")).status_code == 404


# --- taking back


def test_all_of_it_is_taken_back(as_lead, apply, url, shop, spring):
    before = _count(spring)
    apply(as_lead, instagram="atlas.libos")
    assert "Take it back" in as_lead.get(url()).content.decode()
    as_lead.post(url(f"{AppliedPreset.objects.get().pk}/back/"))
    spring.refresh_from_db()
    assert _count(spring) == before
    assert (spring.primary_type, spring.secondary_types) == ("", [])
    assert set(spring.planning_steps.values_list("text", flat=True)) == {""}
    assert not shop.channels.exists()
    assert "Take it back" not in as_lead.get(url()).content.decode()


def test_what_people_changed_or_use_stays_and_is_named(as_lead, apply, url, spring, step_url):
    apply(as_lead)
    target = spring.goals.get(goal_type="sales").targets.get(metric="cpl")
    target.value = 25000
    target.save_version(target.version)
    pillar, other = spring.pillars.all()[:2]
    other.goals.add(spring.goals.get(goal_type="audience"))
    step = spring.planning_steps.get(step="assets")
    as_lead.post(step_url("plan"), {f"row-{step.pk}-text": "Two people and a van", f"row-{step.pk}-version": step.version})
    shop_post = spring.brand.posts.create(title="Green tea", strategy=spring, pillar=pillar)
    page = as_lead.post(url(f"{AppliedPreset.objects.get().pk}/back/"), follow=True).content.decode()
    goal = spring.goals.get()
    assert (goal.goal_type, goal.targets.get()) == ("sales", target)
    assert goal.objective.text == "More sales this season"
    assert [row.name for row in spring.pillars.all()] == [pillar.name]
    shop_post.refresh_from_db()
    assert shop_post.pillar == pillar
    step.refresh_from_db()
    assert step.text == "Two people and a van"
    assert "These stay, because somebody changed them or uses them" in page
    assert "Cost per lead" in page


def test_what_was_taken_back_once_is_not_taken_back_twice(as_lead, apply, url, spring):
    apply(as_lead)
    back = url(f"{AppliedPreset.objects.get().pk}/back/")
    as_lead.post(back)
    apply(as_lead)
    assert as_lead.post(back).status_code == 404
    assert spring.goals.count() == 2


def test_a_preset_of_another_strategy_is_out_of_reach(as_lead, apply, shop, spring):
    apply(as_lead)
    other = shop.strategies.create(name="Other", start=spring.start, end=spring.end)
    response = as_lead.post(f"/brands/atlas/strategies/{other.pk}/presets/{AppliedPreset.objects.get().pk}/back/")
    assert response.status_code == 404
    assert spring.goals.count() == 2


# --- beginning with one


def test_a_new_strategy_begins_with_any_type_of_business_and_new_channels(as_lead, shop):
    page = as_lead.get(NEW).content.decode()
    assert page.count("What it fills in") == 4
    sent = {"name": "Autumn", "start": "2027-08-01", "end": "2028-01-31", "beginning": "preset", "preset": "b2b"}
    as_lead.post(NEW, sent | {"handle-linkedin": "atlas", "handle-instagram": "atlas"})
    strategy = Strategy.objects.get()
    assert (strategy.primary_type, strategy.goals.count()) == ("content", 2)
    # Instagram is no platform of the chosen preset.
    assert [str(channel) for channel in strategy.channels.all()] == ["LinkedIn, @atlas"]
    assert shop.channels.count() == 1
    assert AppliedPreset.objects.get().preset == "b2b"


def test_a_wrong_handle_matters_only_to_those_who_begin_with_a_preset(as_lead):
    sent = {"name": "Autumn", "start": "2027-08-01", "end": "2028-01-31", "handle-linkedin": "two words"}
    assert as_lead.post(NEW, sent | {"beginning": "preset"}).status_code == 422
    assert not Strategy.objects.exists()
    assert as_lead.post(NEW, sent | {"beginning": "blank"}).status_code == 302


def test_a_full_strategy_costs_the_pages_no_more_queries_than_an_empty_one(as_lead, apply, url, spring, telegram):
    as_lead.get(spring.get_absolute_url())  # the five dots of the frame are remembered from here on
    counts = []
    for _round in range(2):
        for path in ("", "small/"):
            as_lead.get(url(path))
            with CaptureQueriesContext(connection) as queries:
                as_lead.get(url(path))
            counts.append(len(queries))
        apply(as_lead)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 25
