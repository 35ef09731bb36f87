"""Two windows, two people: nothing is lost, nothing is mixed, and it is said what happened."""

import pytest

from strategies.models import BusinessObjective, Pillar

pytestmark = pytest.mark.django_db

QUIET = {"X-Autosave": "yes"}


@pytest.fixture
def objective(spring):
    return BusinessObjective.objects.create(strategy=spring, text="Sell out")


def row(objective, text: str, version: int | None = None) -> dict:
    prefix = f"row-{objective.pk}"
    return {f"{prefix}-text": text, f"{prefix}-version": version or 1, f"initial-{prefix}-text": "Sell out"}


def test_the_second_writer_hears_what_the_first_wrote_and_keeps_what_was_typed(as_marketer, step_url, objective):
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by June"))
    response = as_marketer.post(step_url("business-goals"), row(objective, "Sell out by May"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Sell out by June" in page
    assert 'value="Sell out by May"' in page
    objective.refresh_from_db()
    assert objective.text == "Sell out by June"


def test_a_second_press_of_the_button_overwrites_knowingly(as_marketer, step_url, objective):
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by June"))
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by May", version=2))
    objective.refresh_from_db()
    assert objective.text == "Sell out by May"


def test_a_quiet_save_never_overwrites_what_another_wrote(as_marketer, step_url, objective):
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by June"))
    response = as_marketer.post(step_url("business-goals"), row(objective, "Sell out by May"), headers=QUIET)
    answer = response.json()
    assert (response.status_code, answer["conflict"]) == (409, True)
    assert answer["states"] == {}
    objective.refresh_from_db()
    assert objective.text == "Sell out by June"


def test_a_row_that_was_only_looked_at_is_left_alone(as_marketer, step_url, objective):
    """The window is old, but its writer touched another row."""
    other = BusinessObjective.objects.create(strategy=objective.strategy, text="Open a second shop")
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by June"))
    prefix = f"row-{other.pk}"
    mine = {f"{prefix}-text": "Open two shops", f"{prefix}-version": 1, f"initial-{prefix}-text": "Open a second shop"}
    response = as_marketer.post(step_url("business-goals"), row(objective, "Sell out") | mine)
    assert response.status_code == 302
    assert set(BusinessObjective.objects.values_list("text", flat=True)) == {"Sell out by June", "Open two shops"}


def test_one_row_in_conflict_does_not_keep_the_others_from_being_saved(as_marketer, step_url, objective):
    other = BusinessObjective.objects.create(strategy=objective.strategy, text="Open a second shop")
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by June"))
    mine = {f"row-{other.pk}-text": "Open two shops", f"row-{other.pk}-version": 1}
    as_marketer.post(step_url("business-goals"), row(objective, "Sell out by May") | mine)
    other.refresh_from_db()
    assert other.text == "Open two shops"


def test_who_writes_in_a_row_that_was_removed_is_told(as_marketer, step_url, objective):
    sent = row(objective, "Sell out by May")
    objective.delete()
    response = as_marketer.post(step_url("business-goals"), sent)
    assert "Somebody deleted this" in response.content.decode()
    assert "Sell out by May" in response.content.decode()


def test_fields_of_one_strategy_in_different_steps_do_not_collide(as_marketer, step_url, spring):
    """Both windows were opened at version 1."""
    seen_type = {"strategy-version": 1, "initial-strategy-primary_type": "", "initial-strategy-why_type": ""}
    as_marketer.post(step_url("type"), seen_type | {"strategy-primary_type": "content"})
    seen_decision = {"strategy-version": 1, "initial-strategy-decision": "", "initial-strategy-decision_reason": ""}
    response = as_marketer.post(
        step_url("decision"), seen_decision | {"strategy-decision": "stop", "strategy-decision_reason": "x"}
    )
    assert response.status_code == 302
    spring.refresh_from_db()
    assert (spring.primary_type, spring.decision) == ("content", "stop")


def test_the_same_field_of_the_strategy_does(as_marketer, step_url, spring):
    seen = {"strategy-version": 1, "initial-strategy-decision": "", "initial-strategy-decision_reason": ""}
    as_marketer.post(step_url("decision"), seen | {"strategy-decision": "stop"})
    response = as_marketer.post(step_url("decision"), seen | {"strategy-decision": "continue"})
    assert response.status_code == 409
    spring.refresh_from_db()
    assert spring.decision == "stop"


def test_a_quiet_save_answers_with_versions_so_that_the_next_one_passes(as_marketer, step_url, objective):
    answer = as_marketer.post(step_url("business-goals"), row(objective, "Sell out by June"), headers=QUIET).json()
    state = answer["states"][f"row-{objective.pk}"]
    assert 'value="2"' in state
    assert "Sell out by June" in state


def test_a_new_row_saved_quietly_gets_its_number(as_marketer, step_url, spring):
    answer = as_marketer.post(step_url("business-goals"), {"new-text": "Open a shop", "new-version": 1}, headers=QUIET).json()
    stored = spring.objectives.get()
    assert answer["created"] == {"new": f"row-{stored.pk}"}
    assert "new" in answer["states"]


def test_an_untouched_new_row_is_no_row(as_marketer, step_url, spring):
    as_marketer.post(step_url("budget"), {"new-kind": "", "new-name": "", "new-planned": "0", "new-version": 1})
    assert not spring.budget_lines.exists()


def test_two_pillars_of_one_name_are_refused_beside_the_name(as_marketer, step_url, spring):
    Pillar.objects.create(strategy=spring, name="Ustaxona", share=50)
    sent = {"new-name": " Ustaxona ", "new-share": "50", "new-colour": "2", "new-version": 1}
    response = as_marketer.post(step_url("pillars"), sent)
    assert response.status_code == 422
    assert "There is a pillar of this name already." in response.content.decode()


def test_the_strategys_own_page_tells_of_a_conflict(as_marketer, spring):
    url = f"/brands/atlas/strategies/{spring.pk}/edit/"
    seen = {"version": 1, "initial-name": "Spring 2027", "initial-summary": "", "initial-start": "2027-02-01",
            "initial-end": "2027-07-31", "summary": "", "start": "2027-02-01", "end": "2027-07-31"}  # fmt: skip
    as_marketer.post(url, seen | {"name": "Spring"})
    response = as_marketer.post(url, seen | {"name": "Spring 2027!"})
    assert response.status_code == 409
    assert "Spring 2027!" in response.content.decode()
