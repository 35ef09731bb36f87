"""Versions side by side, and back to the approved one."""

from decimal import Decimal

import pytest

from strategies import versions
from strategies.models import Strategy
from strategies.tests.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(as_lead, spring, telegram) -> Strategy:
    strategy = fill(spring, telegram)
    as_lead.post(f"{strategy.get_absolute_url()}to/approve/")
    return strategy


@pytest.fixture
def compare(approved) -> str:
    return f"{approved.get_absolute_url()}compare/"


def change_much(strategy: Strategy) -> None:
    strategy.goals.get().targets.update(value=Decimal(15000), version=2)
    strategy.pillars.filter(name="Ustaxona").delete()
    strategy.pillars.create(name="Bayram", share=60, colour=3)
    strategy.personas.get().platforms.clear()
    strategy.planning_steps.filter(step="approach").update(text="Films each Friday")
    Strategy.objects.filter(pk=strategy.pk).update(summary="The first address for adras")


@pytest.mark.parametrize(
    ("earlier", "later", "numbers", "found"),
    [
        (None, None, [3, 2, 1], (3, None)),
        ("1", "now", [3, 2, 1], (1, None)),
        ("1", "3", [3, 2, 1], (1, 3)),
        ("3", "1", [3, 2, 1], (1, 3)),
        ("now", "2", [3, 2, 1], (2, None)),
        ("nonsense", "9", [2, 1], (2, None)),
    ],
)
def test_an_address_names_two_versions_the_older_first(earlier, later, numbers, found):
    assert versions.chosen(earlier, later, numbers) == found


def test_what_was_added_removed_and_changed_stands_side_by_side(as_lead, approved, compare):
    change_much(approved)
    shown = as_lead.get(f"{compare}?from=1&to=now").content.decode()
    for said in ("12,000", "15,000", "Bayram", "Ustaxona", "Films each Friday", "The first address for adras"):
        assert said in shown
    for word in ("added", "removed", "changed"):
        assert f'is-{word}">{word}</span>' in shown


def test_two_versions_are_compared_whatever_was_done_since(as_lead, approved, compare):
    approved.pillars.filter(name="Ustaxona").update(name="Bayram")
    as_lead.post(f"{approved.get_absolute_url()}to/approve/")
    approved.pillars.filter(name="Bayram").update(name="Toʻy")
    shown = as_lead.get(f"{compare}?from=1&to=2").content.decode()
    assert "Bayram" in shown
    assert "Toʻy" not in shown


def test_nothing_changed_is_said_so(as_lead, compare):
    assert "They say the same" in as_lead.get(compare).content.decode()


def test_without_a_version_there_is_nothing_to_compare(as_lead, spring):
    assert as_lead.get(f"{spring.get_absolute_url()}compare/").status_code == 404


def test_viewers_do_not_compare_budgets(client, approved, compare, viewer, stranger):
    client.force_login(viewer)
    assert client.get(compare).status_code == 403
    client.force_login(stranger)
    assert client.get(compare).status_code == 404


def test_whoever_changes_an_approved_plan_is_told_that_they_write_the_next_version(as_lead, approved, step_url):
    assert "What you change in the plan begins version 2" in as_lead.get(step_url("pillars")).content.decode()
    approved.pillars.create(name="Bayram")
    for url in (step_url("pillars"), approved.get_absolute_url()):
        shown = as_lead.get(url).content.decode()
        assert "You are writing version 2; version 1 stays the approved one" in shown
        assert "1 change since version 1" in shown


def test_watching_and_judging_changes_nothing_in_the_plan(as_lead, approved):
    approved.watch_items.create(metric="followers")
    approved.incidents.create(title="Rain", happened_on="2027-03-01")
    approved.answers.filter(question="goals").update(verdict="yes")
    Strategy.objects.update(decision="continue", budget_reviewed_on="2027-03-01")
    shown = as_lead.get(approved.get_absolute_url()).content.decode()
    assert "You are writing version 2" not in shown
    assert "to/approve/" not in shown


def test_typed_and_taken_back_needs_no_new_version(as_lead, approved):
    approved.goals.update(text="Other")
    approved.goals.update(text="12,000 subscribers")
    assert "You are writing version 2" not in as_lead.get(approved.get_absolute_url()).content.decode()


def test_a_lead_takes_back_all_changes_since_the_approval(as_lead, lead, approved):
    pillar = approved.pillars.get(name="Ustaxona")
    change_much(approved)
    approved.incidents.create(title="Rain", happened_on="2027-03-01")
    Strategy.objects.update(status="in_review")
    as_lead.post(f"{approved.get_absolute_url()}discard/")
    approved.refresh_from_db()
    assert (approved.status, approved.summary) == ("approved", "")
    assert approved.goals.get().targets.get().value == 12000
    assert sorted(approved.pillars.values_list("name", flat=True)) == ["Mijozlarimiz", "Ustaxona"]
    assert approved.pillars.get(name="Ustaxona").pk == pillar.pk
    assert approved.personas.get().platforms.exists()
    assert approved.incidents.exists()
    assert approved.events.first().kind == "reverted"
    assert {change.by for change in approved.changes.all()} == {lead}
    assert "You are writing version 2" not in as_lead.get(approved.get_absolute_url()).content.decode()


def test_where_nothing_changed_nothing_is_taken_back(as_lead, approved):
    response = as_lead.post(f"{approved.get_absolute_url()}discard/")
    assert response.status_code == 409
    assert "Nothing has changed since" in response.content.decode()


def test_only_a_lead_takes_changes_back(client, marketer, approved):
    change_much(approved)
    client.force_login(marketer)
    assert client.post(f"{approved.get_absolute_url()}discard/").status_code == 403
    assert "discard" not in client.get(f"{approved.get_absolute_url()}compare/").text.split("</main>")[0]


def test_a_version_of_an_older_release_can_be_read_and_compared(as_lead, approved, compare):
    snapshot = approved.snapshots.get()
    for part in ("risks", "months", "platform_review", "slots", "incidents", "editorial_plans"):
        snapshot.content.pop(part)
    snapshot.save()
    approved.risks.create(name="Storm")
    assert "They say the same" in as_lead.get(compare).content.decode()
    assert as_lead.get(f"{approved.get_absolute_url()}versions/1/").status_code == 200
