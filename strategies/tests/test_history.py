"""Who changed what, when, and the way back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from brands.models import Brand
from strategies import history
from strategies.models import PlanningStep, Strategy, StrategyChange
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(spring, telegram) -> Strategy:
    return fill(spring, telegram)


@pytest.fixture
def url(whole) -> str:
    return f"/brands/atlas/strategies/{whole.pk}/history/"


def long_ago() -> None:
    StrategyChange.objects.update(at=timezone.now() - timedelta(minutes=11))


def aim(strategy: Strategy, user, value) -> None:
    target = strategy.goals.get().targets.get()
    with history.recording(strategy, user):
        target.value = Decimal(value)
        target.save()


def write(strategy: Strategy, user, text: str) -> None:
    with history.recording(strategy, user):
        strategy.planning_steps.filter(step="approach").update(text=text)


def told(strategy: Strategy) -> list[tuple]:
    return [(change.act, change.part, change.field, change.was, change.became) for change in strategy.changes.all()]


def test_a_changed_field_is_written_down_with_what_it_was(whole, marketer):
    aim(whole, marketer, 15000)
    change = whole.changes.get()
    assert (change.act, change.part, change.field, change.by) == ("changed", "targets", "value", marketer)
    assert (change.was, change.became) == ("12000.0000", "15000.0000")
    assert change.name == "Followers"


def test_nothing_is_written_where_nothing_changed(whole, marketer):
    with history.recording(whole, marketer):
        whole.goals.get().save()
        whole.save()
    assert not whole.changes.exists()


def test_what_is_typed_within_some_minutes_is_one_change(whole, marketer):
    for text in ("Films", "Films and", "Films and answers"):
        write(whole, marketer, text)
    assert told(whole) == [("changed", "planning_steps", "text", "Who, what and by when", "Films and answers")]


def test_typed_and_taken_back_is_nothing(whole, marketer):
    aim(whole, marketer, 15000)
    aim(whole, marketer, 12000)
    assert not whole.changes.exists()


def test_the_next_sitting_is_another_change(whole, marketer):
    aim(whole, marketer, 15000)
    long_ago()
    aim(whole, marketer, 16000)
    assert [(was, became) for *_rest, was, became in told(whole)] == [
        ("15000.0000", "16000.0000"),
        ("12000.0000", "15000.0000"),
    ]


def test_somebody_else_between_keeps_changes_apart(whole, marketer, lead):
    aim(whole, marketer, 15000)
    aim(whole, lead, 16000)
    aim(whole, marketer, 17000)
    assert [change.by for change in whole.changes.all()] == [marketer, lead, marketer]


def test_a_new_row_is_told_once_as_it_became(whole, marketer):
    with history.recording(whole, marketer):
        risk = whole.risks.create(name="Stor")
    with history.recording(whole, marketer):
        whole.risks.filter(pk=risk.pk).update(name="Storm", response="Film indoors")
    (change,) = whole.changes.all()
    assert (change.act, change.name, change.became["response"]) == ("added", "Storm", "Film indoors")


def test_a_goal_written_with_its_figure_is_one_new_goal(whole, marketer):
    with history.recording(whole, marketer):
        goal = whole.goals.create(goal_type="sales", text="Leads")
    with history.recording(whole, marketer):
        goal.targets.create(metric="leads", value=1600)
    (change,) = whole.changes.all()
    assert [target["metric"] for target in change.became["targets"]] == ["leads"]


def test_chosen_platforms_and_goals_of_pillars_count_as_well(whole, marketer):
    with history.recording(whole, marketer):
        whole.personas.get().platforms.clear()
        whole.pillars.first().goals.add(whole.goals.get())
    assert {(change.part, change.field) for change in whole.changes.all()} == {("personas", "platforms"), ("pillars", "goals")}


def test_a_recording_within_a_recording_writes_once(whole, marketer):
    with history.recording(whole, marketer), history.recording(whole, marketer):
        whole.risks.create(name="Storm")
    assert whole.changes.count() == 1


def test_what_fails_leaves_neither_the_change_nor_its_history(whole, marketer):
    def fail() -> None:
        with history.recording(whole, marketer):
            whole.risks.create(name="Storm")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not whole.risks.exists()
    assert not whole.changes.exists()


def test_removed_and_brought_back_is_nothing(as_marketer, whole, step_url):
    pillar = whole.pillars.first()
    as_marketer.post(step_url("pillars"), {"remove": pillar.pk})
    assert whole.changes.get().act == "removed"
    as_marketer.post(step_url("pillars") + "undo/")
    assert whole.pillars.filter(pk=pillar.pk).exists()
    assert not whole.changes.exists()


def test_the_wizard_writes_history_also_while_people_type(as_marketer, marketer, whole, step_url):
    objective = whole.objectives.get()
    typed = {f"row-{objective.pk}-text": "Open a second shop", f"row-{objective.pk}-version": 1}
    as_marketer.post(step_url("business-goals"), typed, headers={"X-Autosave": "yes"})
    change = whole.changes.get()
    assert (change.part, change.became, change.by) == ("objectives", "Open a second shop", marketer)


def test_name_and_dates_are_in_the_history_too(as_marketer, whole, url):
    fields = {"name": "Spring 2028", "summary": "", "start": "2027-02-01", "end": "2027-07-31", "version": whole.version}
    as_marketer.post(f"{whole.get_absolute_url()}edit/", fields)
    assert [change.field for change in whole.changes.all()] == ["name"]
    shown = as_marketer.get(url + "?step=frame").content.decode()
    assert "Spring 2028" in shown


def test_the_page_says_who_and_what_in_words(as_marketer, marketer, lead, whole, url):
    aim(whole, lead, 15000)
    write(whole, marketer, "Who, what and until when")
    with history.recording(whole, marketer):
        whole.budget_lines.filter(kind="ads").update(planned=Decimal("40000000"))
        Strategy.objects.filter(pk=whole.pk).update(primary_type="commerce", organic_only=True)
    shown = as_marketer.get(url).content.decode()
    for said in ("Malika Yusupova", "Dilnoza Karimova", "15,000", "38,000,000\xa0UZS", "40,000,000\xa0UZS", "Social commerce"):
        assert said in shown
    assert '<del><span class="vh">removed: </span>by</del>' in shown
    assert '<ins><span class="vh">added: </span>until</ins>' in shown


def test_what_one_person_did_in_a_day_stands_newest_first(as_marketer, marketer, whole, url):
    noon = timezone.now().replace(hour=12, minute=0) - timedelta(days=1)
    event = whole.events.create(kind="submitted", by=marketer)
    whole.events.filter(pk=event.pk).update(at=noon)
    aim(whole, marketer, 15000)
    whole.changes.update(at=noon + timedelta(minutes=20))
    page = as_marketer.get(url).content.decode()
    assert page.count('class="sp-card sp-sit"') == 1
    assert page.index("15,000") < page.index("sent it to review")


def test_the_page_escapes_what_people_wrote(as_marketer, marketer, whole, url):
    write(whole, marketer, "<script>alert(1)</script>")
    with history.recording(whole, marketer):
        whole.risks.create(name="<b>Storm</b>")
    shown = as_marketer.get(url).content.decode()
    assert "<b>Storm</b>" not in shown
    assert "<script>alert" not in shown


def test_changes_can_be_chosen_by_step_and_person(as_marketer, marketer, lead, whole, url):
    aim(whole, lead, 15000)
    write(whole, marketer, "Films")
    assert "15,000" not in as_marketer.get(url + "?step=plan").content.decode()
    assert "15,000" in as_marketer.get(url + "?step=targets").content.decode()
    by_lead = as_marketer.get(f"{url}?by={lead.pk}").content.decode()
    assert "15,000" in by_lead
    assert "Films" not in by_lead
    assert as_marketer.get(url + "?step=nonsense&by=x&page=99").status_code == 200


def test_an_empty_history_says_what_will_stand_there(as_marketer, whole, url):
    assert "Each change of a goal" in as_marketer.get(url).content.decode()


def test_pages_of_a_long_history(as_marketer, marketer, whole, url):
    for number in range(45):
        StrategyChange.objects.create(
            strategy=whole, by=marketer, act="changed", part="strategy", row=0, name="Spring", field="summary",
            was=f"was {number}", became=f"became {number}",
        )  # fmt: skip
    assert "Page 1 of 2" in as_marketer.get(url).content.decode()
    assert "Page 2 of 2" in as_marketer.get(url + "?page=2").content.decode()


def test_viewers_and_strangers_do_not_read_it(client, viewer, stranger, whole, url):
    client.force_login(viewer)
    assert client.get(url).status_code == 403
    client.force_login(stranger)
    assert client.get(url).status_code == 404


def restore_url(change: StrategyChange) -> str:
    return f"/brands/atlas/strategies/{change.strategy_id}/history/{change.pk}/restore/"


def test_a_field_is_put_back_and_the_history_keeps_both(as_marketer, marketer, lead, whole):
    aim(whole, lead, 15000)
    target = whole.goals.get().targets.get()
    as_marketer.post(restore_url(whole.changes.get()), {"version": target.version})
    target.refresh_from_db()
    assert target.value == 12000
    assert [change.by for change in whole.changes.all()] == [marketer, lead]
    assert whole.stage_states.get(stage="goals").changed_step == "targets"


def test_what_one_puts_back_within_minutes_leaves_no_trace_and_says_so(as_marketer, marketer, whole):
    aim(whole, marketer, 15000)
    version = whole.goals.get().targets.get().version
    answer = as_marketer.post(restore_url(whole.changes.get()), {"version": version}, follow=True)
    assert not whole.changes.exists()
    assert "It is put back." in answer.content.decode() and "keeps both" not in answer.content.decode()


def test_an_outdated_page_puts_nothing_back(as_marketer, lead, whole):
    aim(whole, lead, 15000)
    target = whole.goals.get().targets.get()
    target.save_version(target.version)
    response = as_marketer.post(restore_url(whole.changes.get()), {"version": target.version - 1})
    assert response.status_code == 409
    assert "Somebody changed it since" in response.content.decode()
    assert whole.goals.get().targets.get().value == 15000


def test_several_values_are_put_back_together(as_marketer, lead, whole):
    persona = whole.personas.get()
    with history.recording(whole, lead):
        persona.platforms.clear()
    as_marketer.post(restore_url(whole.changes.get()), {"version": persona.version})
    assert [platform.slug for platform in persona.platforms.all()] == ["telegram"]


def test_a_removed_goal_comes_back_with_its_targets(as_marketer, lead, whole):
    goal = whole.goals.get()
    target = goal.targets.get()
    with history.recording(whole, lead):
        whole.goals.all().delete()
    as_marketer.post(restore_url(whole.changes.get()), {"version": 0})
    assert whole.goals.get().pk == goal.pk
    assert [(row.pk, [channel.handle for channel in row.channels.all()]) for row in whole.goals.get().targets.all()] == [
        (target.pk, ["atlaslibos"])
    ]


def test_what_is_there_again_is_not_put_back_twice(as_marketer, lead, whole):
    with history.recording(whole, lead):
        whole.pillars.filter(name="Ustaxona").delete()
    change = whole.changes.get()
    whole.pillars.create(name="Ustaxona", share=10)
    response = as_marketer.post(restore_url(change), {"version": 0})
    assert response.status_code == 409
    assert whole.pillars.filter(name="Ustaxona").count() == 1


def test_a_value_that_points_at_what_is_gone_is_not_put_back(as_marketer, lead, whole):
    goal, objective = whole.goals.get(), whole.objectives.get()
    with history.recording(whole, lead):
        whole.goals.update(objective=None)
    change = whole.changes.get()
    objective.delete()
    response = as_marketer.post(restore_url(change), {"version": goal.version})
    assert response.status_code == 409
    assert "no longer there" in response.content.decode()


def test_an_archived_strategy_is_not_changed_through_its_history(as_marketer, lead, whole):
    aim(whole, lead, 15000)
    Strategy.objects.update(status="archived")
    assert as_marketer.post(restore_url(whole.changes.get()), {"version": 1}).status_code == 409
    assert whole.goals.get().targets.get().value == 15000


def test_only_changes_of_this_strategy_are_restored(as_marketer, lead, whole):
    other = Brand.objects.create(name="Other", slug="other")
    theirs = Strategy.objects.create(brand=other, name="Theirs", start="2027-01-01", end="2027-06-30")
    change = StrategyChange.objects.create(
        strategy=theirs, act="changed", part="strategy", row=0, name="Theirs", field="name", was="Before", became="Theirs"
    )
    url = f"/brands/atlas/strategies/{whole.pk}/history/{change.pk}/restore/"
    assert as_marketer.post(url, {"version": 1}).status_code == 404
    assert as_marketer.get(url).status_code == 405


def test_a_viewer_restores_nothing(as_viewer, lead, whole):
    aim(whole, lead, 15000)
    assert as_viewer.post(restore_url(whole.changes.get()), {"version": 1}).status_code == 403


def test_a_planning_step_is_called_by_its_name(as_marketer, lead, whole, url):
    write(whole, lead, "Films")
    assert whole.changes.get().name == PlanningStep.Step.APPROACH.label
    assert "Approach to that group" in as_marketer.get(url).content.decode()
