"""From draft to approved version, and who may see and do what."""

import pytest

from strategies.gates import register_gate
from strategies.models import Strategy, StrategySnapshot
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(spring, telegram):
    return fill(spring, telegram)


@pytest.fixture
def to(whole):
    return lambda name: f"/brands/atlas/strategies/{whole.pk}/to/{name}/"


def status_of(strategy: Strategy) -> str:
    return Strategy.objects.get(pk=strategy.pk).status


def test_a_marketer_sends_to_review_and_a_lead_approves(client, marketer, lead, whole, to):
    client.force_login(marketer)
    client.post(to("submit"))
    assert status_of(whole) == "in_review"
    assert client.post(to("approve")).status_code == 403
    client.force_login(lead)
    client.post(to("approve"))
    assert status_of(whole) == "approved"
    assert whole.snapshots.get().number == 1
    assert "Approved, version 1" in client.get(whole.get_absolute_url()).content.decode()


def test_a_strategy_with_gaps_is_not_sent_to_review(as_marketer, whole, to):
    whole.audits.all().delete()
    response = as_marketer.post(to("submit"))
    assert response.status_code == 409
    assert "No competitor was looked at" in response.content.decode()
    assert status_of(whole) == "draft"


def test_a_gap_may_stay_open_with_a_reason(as_marketer, whole, to):
    whole.audits.all().delete()
    waive = f"/brands/atlas/strategies/{whole.pk}/waive/"
    assert as_marketer.post(waive, {"gate": "audits", "reason": "no"}).status_code == 422
    as_marketer.post(waive, {"gate": "audits", "reason": "We know them well enough"})
    as_marketer.post(to("submit"))
    assert status_of(whole) == "in_review"
    as_marketer.post(waive, {"withdraw": "audits"})
    assert not whole.waivers.exists()


def test_a_gate_that_is_none_cannot_be_waived(as_marketer, whole):
    response = as_marketer.post(
        f"/brands/atlas/strategies/{whole.pk}/waive/", {"gate": "five_answers", "reason": "Later, perhaps"}
    )
    assert response.status_code == 422


def test_a_late_gate_counts_as_well(as_marketer, whole, to):
    from strategies.gates import Missing

    register_gate("calendar_covers_four_weeks", lambda strategy: [Missing("Nothing planned", "/x/")])
    assert as_marketer.post(to("submit")).status_code == 409


def test_a_lead_returns_it_with_a_note(as_lead, whole, to):
    Strategy.objects.update(status="in_review")
    assert as_lead.post(to("return"), {"note": " "}).status_code == 409
    as_lead.post(to("return"), {"note": "The second goal is too small"})
    assert status_of(whole) == "draft"
    assert "The second goal is too small" in as_lead.get(whole.get_absolute_url()).content.decode()


def test_what_was_approved_stays_as_it_was(as_lead, whole, to, step_url):
    as_lead.post(to("approve"))
    goal = whole.goals.get()
    whole.goals.update(text="Something else")
    content = StrategySnapshot.objects.get().content
    assert content["goals"][0]["text"] == "12,000 subscribers"
    assert content["goals"][0]["id"] == goal.pk
    assert content["targets"][0]["value"] == "12000.0000"
    assert content["strategy"]["primary_type"] == "content"


def test_a_changed_strategy_can_be_approved_again_as_the_next_version(as_lead, whole, to, step_url):
    as_lead.post(to("approve"))
    page = as_lead.get(whole.get_absolute_url()).content.decode()
    assert "to/approve/" not in page
    as_lead.post(step_url("pillars"), {"new-name": "", "new-share": "", "new-version": 1, "action": "save"})
    as_lead.post(step_url("business-goals"), {"new-text": "Open a second shop", "new-version": 1})
    page = as_lead.get(whole.get_absolute_url()).content.decode()
    assert "You are writing version 2; version 1 stays the approved one" in page
    as_lead.post(to("approve"))
    assert list(whole.snapshots.values_list("number", flat=True)) == [2, 1]


def test_two_presses_approve_once(as_lead, whole, to):
    as_lead.post(to("approve"))
    as_lead.post(to("archive"))
    response = as_lead.post(to("approve"))
    assert response.status_code == 409
    assert whole.snapshots.count() == 1


def test_what_is_archived_is_not_changed_by_mistake(as_lead, whole, to, step_url):
    as_lead.post(to("archive"))
    as_lead.post(step_url("business-goals"), {"new-text": "Too late", "new-version": 1})
    assert not whole.objectives.filter(text="Too late").exists()
    quiet = as_lead.post(step_url("business-goals"), {"new-text": "Too late"}, headers={"X-Autosave": "yes"}).json()
    assert quiet["saved"] is False
    assert "Spring 2027" in as_lead.get("/brands/atlas/strategies/?archive=1").content.decode()
    as_lead.post(to("restore"))
    assert status_of(whole) == "draft"


def test_an_unknown_transition_is_not_found(as_lead, to):
    assert as_lead.post(to("explode")).status_code == 404


def test_a_viewer_reads_but_sees_no_money_and_no_buttons(as_viewer, whole):
    whole.goals.get().targets.create(metric="cpl", baseline=30000, value=25000, everywhere=True)
    page = as_viewer.get(whole.get_absolute_url()).content.decode()
    assert "12,000 subscribers" in page
    for hidden in ("38,000,000", "Secret ads", "UZS", "25,000", "30,000", "to/submit/"):
        assert hidden not in page


@pytest.mark.parametrize("slug", ["business-goals", "budget", "goals", "decision"])
def test_a_viewer_does_not_enter_the_wizard(as_viewer, step_url, slug):
    assert as_viewer.get(step_url(slug)).status_code == 403
    assert as_viewer.post(step_url(slug), {"new-text": "x"}).status_code == 403


def test_a_stranger_finds_nothing(client, stranger, whole, step_url):
    client.force_login(stranger)
    for url in ("/brands/atlas/strategies/", whole.get_absolute_url(), step_url("goals")):
        assert client.get(url).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, whole):
    assert client.get(whole.get_absolute_url()).url.startswith("/accounts/login/")


def test_a_strategy_of_another_brand_is_not_found(as_lead, whole):
    from brands.models import Brand

    other = Brand.objects.create(name="Other", slug="other")
    theirs = Strategy.objects.create(brand=other, name="Theirs", start="2027-01-01", end="2027-06-30")
    for rest in ("", "goals/", "edit/"):
        assert as_lead.get(f"/brands/atlas/strategies/{theirs.pk}/{rest}").status_code == 404


def test_an_approved_version_can_be_read_as_it_was(client, lead, viewer, whole, to):
    client.force_login(lead)
    client.post(to("approve"))
    whole.pillars.all().delete()
    whole.goals.update(text="Something else")
    url = f"{whole.get_absolute_url()}versions/1/"
    page = client.get(url).content.decode()
    for kept in ("12,000 subscribers", "Ustaxona", "Telegram, @atlaslibos", "38,000,000"):
        assert kept in page
    assert client.get(f"{whole.get_absolute_url()}versions/2/").status_code == 404
    client.force_login(viewer)
    assert client.get(url).status_code == 403
