"""The last step: verdicts at hand, a decision, and the way on."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_verdicts_stand_beside_the_decision(as_marketer, step_url, spring):
    spring.answers.filter(question="goals").update(verdict="partly")
    page = as_marketer.get(step_url("decision")).content.decode()
    assert "Were the goals reached? <b>Partly</b>" in page
    assert page.count("not answered yet") == 4


@pytest.mark.parametrize(
    ("decision", "leads_on", "says"),
    [
        ("", False, "First decide"),
        ("continue", True, "Start the next cycle"),
        ("adjust", True, "Start the next cycle"),
        ("stop", False, "Begin a new strategy"),
    ],
)
def test_only_a_decision_to_go_on_leads_to_the_next_cycle(as_marketer, step_url, spring, shop, decision, leads_on, says):
    spring.decision = decision
    spring.save()
    page = as_marketer.get(step_url("decision")).content.decode()
    assert (reverse("metrics:next_cycle", args=[shop.slug, spring.pk]) in page) is leads_on
    assert says in page


def test_a_decision_is_saved_with_its_reason_and_another_persons_change_is_told(as_marketer, step_url, spring):
    sent = {"strategy-version": spring.version, "strategy-decision": "adjust", "strategy-decision_reason": "Fewer channels"}
    assert as_marketer.post(step_url("decision"), sent).status_code == 302
    spring.refresh_from_db()
    assert (spring.decision, spring.decision_reason) == ("adjust", "Fewer channels")
    late = as_marketer.post(step_url("decision"), sent | {"strategy-decision": "stop"})
    assert late.status_code == 409
    spring.refresh_from_db()
    assert spring.decision == "adjust"


def test_the_way_on_follows_the_decision_while_it_is_saved_quietly(as_marketer, step_url, spring, shop):
    sent = {"strategy-version": spring.version, "strategy-decision": "continue"}
    answer = as_marketer.post(step_url("decision"), sent, headers={"X-Autosave": "yes"}).json()
    assert reverse("metrics:next_cycle", args=[shop.slug, spring.pk]) in answer["parts"]["decision-next"]
