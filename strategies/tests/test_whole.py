"""Everything of a strategy in one query is exactly what the tables hold."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Brand, Channel, Platform, User
from strategies import fixed_rows, whole
from strategies import models as tables
from strategies.models import Strategy


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Choyxona", slug="choyxona")


def _strategy(brand: Brand) -> Strategy:
    return Strategy.objects.create(brand=brand, name="Bahor", start=date(2027, 2, 1), end=date(2027, 7, 31))


def _fill(strategy: Strategy, times: int) -> None:
    """`times` rows of every kind, with what is hard to carry: long amounts, moments, apostrophes, lists."""
    person = User.objects.create_user(f"person{strategy.pk}@example.com", name="Oʻgʻiloy")
    platform = Platform.objects.get(slug="telegram")
    channel = Channel.objects.create(brand=strategy.brand, platform=platform, handle=f"choy{strategy.pk}")
    plan = tables.CommunicationPlan.objects.create(
        brand=strategy.brand, name="Reja", start=date(2027, 1, 1), end=date(2027, 12, 31)
    )
    fixed_rows.fill_in(strategy)
    tables.AudienceNote.objects.get_or_create(strategy=strategy, topic="where")
    tables.StageState.objects.create(strategy=strategy, stage="goals", is_met=True, changed_at="2027-02-03T04:05:06.789Z")
    tables.PlatformReview.objects.create(strategy=strategy, weights={"audience": 40}, reviewed_on=date(2027, 2, 2))
    tables.StrategyChannel.objects.create(
        strategy=strategy, channel=channel, posts_per_week=Decimal("3.5"), needed_skills=["video"]
    )
    for number in range(times):
        _fill_once(strategy, number, person, platform, channel, plan)


def _fill_once(strategy, number, person, platform, channel, plan) -> None:
    objective = strategy.objectives.create(text="“Koʻproq” sotuv", position=times_down(number))
    goal = strategy.goals.create(goal_type="sales", text=f"Goal {number}", objective=objective, position=times_down(number))
    target = goal.targets.create(metric="leads", value=Decimal("123456789.1234"), baseline=None, deadline=date(2027, 5, 5))
    target.channels.add(channel)
    persona = strategy.personas.create(name=f"Madina {number}", picture="personas/1/a.webp")
    persona.platforms.add(platform)
    strategy.audits.create(kind="own", channel=channel, audited_on=date(2027, 1, 5), followers=41_300)
    strategy.assets.create(kind="content", name="Photographs", owner=person)
    risk = strategy.risks.create(name="Storm", likelihood=3, effect=2, owner=person, position=times_down(number))
    line = strategy.budget_lines.create(kind="ads", planned=Decimal("98000000.55"), channel=channel)
    line.months.create(month=date(2027, 3, 1), planned=Decimal("0.10"))
    strategy.fit_ratings.create(platform=Platform.objects.all()[number], criterion="audience", rating=4)
    pillar = strategy.pillars.create(name=f"Pillar {number}", share=40)
    pillar.goals.add(goal)
    strategy.mix_targets.create(dimension="format", value=f"k{number}", share=50)
    strategy.activities.create(method="ads", budget_line=line, channel=channel, start=date(2027, 3, 1))
    editorial = tables.EditorialPlan.objects.create(
        brand=strategy.brand,
        communication_plan=plan,
        strategy=strategy,
        channel=channel,
        start=date(2027, 2, 1),
        end=date(2027, 2, 28),
    )
    editorial.slots.create(weekday=1, time=time(10, 30), pillar=pillar, goal=goal, owner=person)
    strategy.watch_items.create(metric="leads", at_least=Decimal("1.5"), risk=risk, channel=channel, owner=person)
    strategy.incidents.create(title="Rain", happened_on=date(2027, 3, 1 + number), risk=risk)
    strategy.comments.create(step="goals", text="Why?", by=person)
    strategy.waivers.create(gate=f"gate{number}", reason="later", waived_by=person)


def times_down(number: int) -> int:
    """Positions against the order of the keys, so that the order of rows is really worked out."""
    return 100 - number


def _plain(rows) -> list:
    return serializers.serialize("python", rows)


def test_what_is_loaded_is_what_the_tables_hold(brand):
    _fill(_strategy(brand), 3)
    strategy = Strategy.objects.get()
    plain, loaded = Strategy.objects.get(), whole.load(strategy)
    for part in whole.PARTS:
        parents = [(plain, loaded)] if part.parent == "strategy" else _pairs(plain, loaded, part)
        for one, other in parents:
            read = list(getattr(other, part.name).all())
            assert _plain(read) == _plain(getattr(one, part.name).all()), part.name
            assert read, part.name
    assert _plain([loaded.platform_review]) == _plain([plain.platform_review])


def _pairs(plain: Strategy, loaded: Strategy, part: whole.Part) -> list:
    name = next(each.name for each in whole.PARTS if each.model is part.parent_model)
    return list(zip(getattr(plain, name).all(), getattr(loaded, name).all(), strict=True))


def test_every_table_that_hangs_on_a_strategy_is_loaded_or_left_out_for_a_reason():
    left_out = {
        "planned_weeks", "events", "snapshots", "changes",  # history: long, and read by its own pages
        "surveys", "applied_presets",  # have their own pages
        "following",  # other strategies
    }  # fmt: skip
    hanging = {
        relation.get_accessor_name()
        for relation in Strategy._meta.related_objects
        if relation.related_model._meta.app_label == "strategies"
    }
    assert hanging - left_out == {part.name for part in (*whole.PARTS, whole.REVIEW) if part.parent == "strategy"}


def _walk(strategy: Strategy) -> None:
    """Everything a page may ask of the rows."""
    whole.load(strategy)
    for part in whole.PARTS:
        parents = [strategy] if part.parent == "strategy" else [pair[0] for pair in _pairs(strategy, strategy, part)]
        for row in (row for parent in parents for row in getattr(parent, part.name).all()):
            for field in row._meta.concrete_fields:
                if field.related_model in (Channel, Platform, User, Strategy):
                    str(getattr(row, field.name))
    for goal in strategy.goals.all():
        _ = [str(channel) for target in goal.targets.all() for channel in target.channels.all()]
    _ = [str(platform) for persona in strategy.personas.all() for platform in persona.platforms.all()]
    _ = [str(goal.strategy.brand) for pillar in strategy.pillars.all() for goal in pillar.goals.all()]


@pytest.mark.parametrize("times", [0, 1, 3])
def test_it_takes_four_queries_however_many_rows_there_are(brand, times):
    strategy = _strategy(brand)
    _fill(strategy, times)
    strategy = Strategy.objects.select_related("brand").get()
    with CaptureQueriesContext(connection) as queries:
        _walk(strategy)
    assert len(queries) == 4


def test_a_strategy_without_rows_has_empty_lists(brand):
    strategy = whole.load(_strategy(brand))
    assert list(strategy.risks.all()) == []
    with pytest.raises(tables.PlatformReview.DoesNotExist):
        _ = strategy.platform_review


def test_nothing_of_another_strategy_is_loaded(brand):
    _fill(_strategy(brand), 1)
    assert not [row for part in whole.PARTS for row in _rows_of(whole.load(_strategy(brand)), part)]


def _rows_of(strategy: Strategy, part: whole.Part) -> list:
    return list(getattr(strategy, part.name).all()) if part.parent == "strategy" else []


def test_a_loaded_row_can_be_changed_and_saved(brand):
    strategy = _strategy(brand)
    strategy.risks.create(name="Storm")
    risk = whole.load(strategy).risks.all()[0]
    risk.name = "Rain"
    risk.save_version(1)
    assert strategy.risks.model.objects.get().name == "Rain"
