"""What comes along into a new cycle: every part of a strategy, tied together as it was, and nothing of the old one's."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from brands.models import Platform
from strategies import approval, copying, whole
from strategies.copying import LEFT_BEHIND, NESTED, PARTS, Choice, copy_into
from strategies.models import Goal, Strategy, Target
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(spring, telegram, lead, settings, tmp_path) -> Strategy:
    """A row of every part, tied to others where it can be."""
    settings.MEDIA_ROOT = tmp_path
    fill(spring, telegram)
    spring.summary = "Sell the spring"
    spring.decision = "adjust"
    spring.save()
    goal = spring.goals.get()
    spring.audience_notes.update_or_create(topic="where", defaults={"is_done": True, "text": "In Telegram"})
    spring.assets.create(kind="people", name="Two phones", owner=lead)
    risk = spring.risks.create(name="Cloth comes late", response="Buffer posts")
    line = spring.budget_lines.first()
    line.months.create(month=date(2027, 2, 1), planned=10)
    line.months.create(month=date(2027, 7, 1), planned=20)
    spring.fit_ratings.create(platform=telegram.platform, criterion="audience", rating=5)
    whole_review = copying.PlatformReview(strategy=spring, weights={"audience": 40}, reviewed_on=date(2027, 2, 3))
    whole_review.save()
    spring.mix_targets.create(dimension="format", value="video", share=100)
    spring.activities.create(
        method="ads", budget_line=line, channel=telegram, start=date(2027, 2, 10), end=date(2027, 7, 31)
    )  # fmt: skip
    watched = spring.watch_items.first() or spring.watch_items.create(metric="followers")
    watched.risk, watched.at_least = risk, 100
    watched.save()
    first = spring.audits.create(kind="own", channel=telegram, audited_on=date(2027, 1, 2), followers=100)
    spring.audits.create(kind="own", channel=telegram, audited_on=date(2027, 4, 2), followers=200, earlier=first)
    spring.pillars.first().goals.add(goal)
    spring.personas.first().picture.save("madina.webp", ContentFile(b"picture"))
    return spring


@pytest.fixture
def autumn(shop) -> Strategy:
    return Strategy(brand=shop, name="Autumn", start=date(2027, 8, 1), end=date(2028, 1, 31))


def test_every_part_is_copied_or_left_behind_on_purpose():
    known = {*PARTS, *LEFT_BEHIND, *NESTED.values(), "slots"}
    assert set(approval.PARTS) <= known
    assert {part.name for part in whole.PARTS} <= known
    assert set(PARTS).isdisjoint(LEFT_BEHIND)


def test_every_link_between_rows_leads_to_a_part_that_is_copied_before():
    """A row that points at another row of the strategy must come after it, or the link would be lost."""
    order = {Strategy._meta.get_field(part).related_model: place for place, part in enumerate(PARTS)}
    for model, place in order.items():
        for column in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if column.related_model in order and column.related_model is not model:
                assert order[column.related_model] < place, f"{model.__name__}.{column.name}"


@pytest.mark.parametrize("part", PARTS)
def test_each_part_comes_along_whole(full, autumn, part):
    copy_into(autumn, full)
    before, after = getattr(full, part).order_by("pk"), getattr(autumn, part).order_by("pk")
    assert before.count() > 0, "the strategy of this test lacks a row"
    assert after.count() == before.count()
    assert {row.pk for row in before}.isdisjoint(row.pk for row in after)
    for old, new in zip(before, after, strict=True):
        assert str(new).replace(autumn.name, full.name) == str(old)


def test_no_copy_points_into_the_old_strategy(full, autumn):
    copy_into(autumn, full)
    for part in PARTS:
        for row in getattr(autumn, part).all():
            for column in row._meta.concrete_fields:
                other = getattr(row, column.name) if column.related_model else None
                assert getattr(other, "strategy_id", autumn.pk) == autumn.pk, f"{part}.{column.name}"


def test_what_hung_together_hangs_together(full, autumn):
    copy_into(autumn, full)
    goal = autumn.goals.get()
    assert goal.objective == autumn.objectives.first()
    assert list(autumn.pillars.first().goals.all()) == [goal]
    assert autumn.watch_items.exclude(risk=None).get().risk == autumn.risks.get()
    assert autumn.watch_items.exclude(risk=None).get().at_least == 100
    assert autumn.activities.get().budget_line == autumn.budget_lines.get()
    looks = autumn.audits.filter(kind="own").order_by("-pk")
    assert looks[0].earlier == looks[1]
    assert list(goal.targets.get().channels.all()) == list(full.goals.get().targets.get().channels.all())
    assert autumn.platform_review.weights == {"audience": 40}
    assert [p.pk for p in autumn.personas.first().platforms.all()] == [p.pk for p in full.personas.first().platforms.all()]


def test_months_of_the_budget_move_with_the_start_and_lose_no_money(full, autumn):
    autumn.end = date(2027, 11, 30)
    copy_into(autumn, full)
    months = autumn.budget_lines.get().months.values_list("month", "planned")
    assert list(months) == [(date(2027, 8, 1), 10), (date(2027, 11, 1), 20)]


def test_days_of_activities_move_and_stay_within_the_cycle(full, autumn):
    autumn.end = date(2027, 12, 31)
    copy_into(autumn, full)
    activity = autumn.activities.get()
    assert activity.start == date(2027, 8, 10)
    assert activity.end == date(2027, 12, 31)


def test_a_picture_is_a_file_of_its_own(full, autumn):
    copy_into(autumn, full)
    old, new = full.personas.first().picture, autumn.personas.first().picture
    assert new.name != old.name
    with new.open("rb") as copy:
        assert copy.read() == b"picture"
    old.storage.delete(old.name)
    assert new.storage.exists(new.name)


def test_a_picture_whose_file_is_gone_keeps_nobody_from_copying(full, autumn):
    picture = full.personas.first().picture
    picture.storage.delete(picture.name)
    copy_into(autumn, full)
    assert not autumn.personas.first().picture


def test_a_pilot_that_is_over_is_none_and_a_channel_that_was_left_stays_behind(full, autumn, instagram):
    row = full.strategy_channels.first()
    row.pilot_until, row.pilot_success, row.pilot_verdict = date(2027, 3, 1), "100 readers", "keep"
    row.save()
    full.strategy_channels.create(channel=instagram, pilot_verdict="stop")
    copy_into(autumn, full)
    copy = autumn.strategy_channels.get()
    assert (copy.channel_id, copy.pilot_until, copy.pilot_success, copy.pilot_verdict) == (row.channel_id, None, "", "")


def test_only_what_was_chosen_comes_along(full, autumn):
    extra = Goal.objects.create(strategy=full, goal_type="sales", text="Not again")
    kept = full.goals.exclude(pk=extra.pk).get()
    copy_into(autumn, full, Choice(frozenset({"goals", "pillars"}), frozenset({kept.pk})))
    assert [goal.text for goal in autumn.goals.all()] == [kept.text]
    assert autumn.objectives.count() == full.objectives.count()
    assert autumn.pillars.count() == full.pillars.count()
    assert not autumn.personas.exists()
    assert not autumn.risks.exists()


def test_a_link_to_what_was_left_behind_is_dropped(full, autumn):
    copy_into(autumn, full, Choice(frozenset({"watch_items", "activities", "pillars"})))
    assert {item.risk for item in autumn.watch_items.all()} == {None}
    assert autumn.activities.get().budget_line is None
    assert not autumn.pillars.first().goals.exists()


def test_new_baselines_and_open_numbers(full, autumn):
    target = Target.objects.get(goal__strategy=full)
    goal = full.goals.get()
    goal.text = copying._own_name(goal)
    goal.save()
    copy_into(autumn, full, Choice(keeps_values=False, baselines={target.pk: Decimal(321)}))
    copy = Target.objects.get(goal__strategy=autumn)
    assert (copy.baseline, copy.value) == (321, None)
    assert copy.goal.text == copying._own_name(copy.goal) != goal.text


def test_a_target_without_a_final_value_begins_empty(full, autumn):
    copy_into(autumn, full, Choice(baselines={}))
    assert Target.objects.get(goal__strategy=autumn).baseline is None


def test_a_name_that_a_person_gave_stays(full, autumn):
    full.goals.update(text="Fill the channel")
    copy_into(autumn, full, Choice(keeps_values=False))
    assert autumn.goals.get().text == "Fill the channel"


def test_slots_of_weeks_that_are_over_stay_where_they_are(full, autumn, shop, telegram):
    plan = shop.communication_plans.create(name="Half", start=date(2027, 2, 1), end=date(2027, 7, 31))
    own = shop.editorial_plans.create(
        communication_plan=plan, strategy=full, channel=telegram, start=date(2027, 2, 1), end=date(2027, 3, 31)
    )  # fmt: skip
    own.slots.create(weekday=1, time=time(10))
    copy_into(autumn, full)
    assert not autumn.editorial_plans.exists()


def test_ratings_of_platforms_can_be_left_behind_with_their_weights(full, autumn):
    copy_into(autumn, full, Choice(frozenset(PARTS) - {"fit_ratings"}))
    assert not autumn.fit_ratings.exists()
    assert not copying.PlatformReview.objects.filter(strategy=autumn).exists()
    assert Platform.objects.exists()
