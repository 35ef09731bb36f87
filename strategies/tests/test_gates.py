"""What a stage lacks, and how that shows."""

import pytest

from strategies import gates, stages
from strategies.gates import GATES, Missing, register_gate
from strategies.models import Stage, StageState
from strategies.steps import STEPS, find, steps_of
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(spring, telegram):
    return fill(spring, telegram)


def missing(strategy, name: str) -> list[str]:
    return [lack.text for lack in next(gate for gate in GATES if gate.name == name).missing(strategy)]


def test_every_gate_stands_at_a_step_of_its_stage():
    for gate in GATES:
        step = find(gate.step)
        assert step is not None and step.stage is gate.stage, gate.name


def test_every_stage_has_steps():
    assert [stage for stage in Stage if not steps_of(stage)] == []
    assert len({step.slug for step in STEPS}) == len(STEPS)


def test_an_empty_strategy_lacks_everything_it_can_know(spring):
    known = [gate.name for gate in GATES if gate.is_known and gate.name != "targets"]
    assert [name for name in known if not missing(spring, name)] == []


def test_a_whole_strategy_lacks_nothing_before_the_review(whole):
    assert [(gate.name, gate.missing(whole)) for gate in GATES if gate.for_review and gate.missing(whole)] == []


def test_every_missing_thing_links_to_a_page_that_opens(as_marketer, spring):
    for gate in GATES:
        for lack in gate.missing(spring):
            assert as_marketer.get(lack.url).status_code == 200, lack


@pytest.mark.parametrize(
    ("name", "break_it", "said"),
    [
        ("smart_goals", lambda s: s.goals.update(objective=None), "scores 4 of 5"),
        ("targets", lambda s: s.goals.get().targets.update(value=None), "no KPI with a target"),
        ("targets", lambda s: s.goals.get().targets.update(role="guard"), "no KPI with a target"),
        ("planning_steps", lambda s: s.planning_steps.filter(step="assets").update(text="  "), "1 of the six planning steps is"),
        ("audience", lambda s: s.audience_answers.filter(question="product").update(text="short"), "1 question"),
        ("persona", lambda s: s.personas.update(age_range=""), "No persona is complete"),
        ("audits", lambda s: s.audits.filter(kind="competitor").delete(), "No competitor"),
        ("budget", lambda s: s.budget_lines.update(planned=0), "organic only"),
        ("channels", lambda s: s.strategy_channels.all().delete(), "No active channel"),
        ("channels", lambda s: s.brand.channels.update(is_active=False), "No active channel"),
        ("planning_steps", lambda s: s.planning_steps.filter(step="assets").delete(), "1 of the six planning steps is"),
        ("pillars", lambda s: s.pillars.filter(name="Ustaxona").update(share=50), "add up to 90 %"),
        ("watched", lambda s: s.watch_items.all().delete(), "Nothing is watched"),
    ],
)
def test_a_gate_says_what_is_missing(whole, name, break_it, said):
    break_it(whole)
    assert said in missing(whole, name)[0]


def test_organic_only_needs_no_budget(whole):
    whole.budget_lines.all().delete()
    whole.organic_only = True
    assert missing(whole, "budget") == []


def test_five_channels_are_too_many(whole, shop, instagram):
    from brands.models import Channel, Platform

    for slug in ("facebook", "tiktok", "youtube"):
        whole.strategy_channels.create(
            channel=Channel.objects.create(brand=shop, platform=Platform.objects.get(slug=slug), handle=slug)
        )
    assert missing(whole, "channels") == []
    whole.strategy_channels.create(channel=instagram)
    assert "5 channels" in missing(whole, "channels")[0]


def test_a_channel_out_of_use_does_not_count_among_the_four(whole, shop, instagram):
    from brands.models import Channel, Platform

    for slug in ("facebook", "tiktok", "youtube"):
        whole.strategy_channels.create(
            channel=Channel.objects.create(brand=shop, platform=Platform.objects.get(slug=slug), handle=slug)
        )
    whole.strategy_channels.create(channel=instagram)
    shop.channels.filter(platform__slug="tiktok").update(is_active=False)
    assert missing(whole, "channels") == []


def test_a_late_gate_gives_no_tick_until_somebody_answers(whole):
    strategies_stage = stages.look(whole)[2]
    assert not strategies_stage.is_met
    assert strategies_stage.missing == []
    register_gate("calendar_covers_four_weeks", lambda strategy: [])
    assert stages.look(whole)[2].is_met


def test_what_a_late_gate_lacks_is_shown_with_its_link(as_marketer, whole):
    register_gate("calendar_covers_four_weeks", lambda strategy: [Missing("Nothing is planned in May", "/calendar-of-may/")])
    page = as_marketer.get(whole.get_absolute_url()).content.decode()
    assert '<a href="/calendar-of-may/">Nothing is planned in May</a>' in page


def test_only_declared_late_gates_can_be_answered():
    for name in ("nonsense", "channels"):
        with pytest.raises(ValueError, match=name):
            register_gate(name, lambda strategy: [])
    assert gates._answers == {}


def test_the_first_open_stage_is_where_one_is(whole):
    register_gate("calendar_covers_four_weeks", lambda strategy: [])
    assert [look.state for look in stages.look(whole)] == ["done", "done", "done", "now", "todo"]
    whole.goals.update(objective=None)
    assert [look.state for look in stages.look(whole)][:2] == ["now", "done"]


def test_a_change_in_an_earlier_stage_asks_for_a_review_of_the_later(as_marketer, whole, step_url):
    register_gate("calendar_covers_four_weeks", lambda strategy: [])
    for slug in ("plan", "pillars"):
        stages.note_change(whole, find(slug))
    stages.note_change(whole, find("targets"))
    looks = stages.look(whole)
    assert [look.state for look in looks][:3] == ["done", "flag", "flag"]
    assert "KPIs and targets" in looks[1].review_because
    as_marketer.post(f"/brands/atlas/strategies/{whole.pk}/confirm/planning/")
    assert [look.state for look in stages.look(whole)][:3] == ["done", "done", "flag"]


def test_what_pages_remember_agrees_with_what_the_gates_say(whole):
    looks = stages.look(whole)
    whole.refresh_from_db()
    assert [look.state for look in stages.remembered(whole)] == [look.state for look in looks]
    assert StageState.objects.filter(strategy=whole, is_met=True).count() == 2


def test_moving_around_is_never_blocked(as_marketer, spring, step_url):
    for step in STEPS:
        response = as_marketer.post(step_url(step.slug), {"action": "next"})
        assert response.status_code == 302
        assert response.url == (step.after.url(spring) if step.after else spring.get_absolute_url())
