"""What a lead wants to know of a plan's life stands in the audit log: goals, money, versions, and what was removed."""

import pytest

from brands.models import AuditEntry
from strategies import history
from strategies.models import Strategy, StrategyEvent
from strategies.tests.filling import fill
from strategies.tests.test_history import aim, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(spring, telegram) -> Strategy:
    return fill(spring, telegram)


def told() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", "kind"))


def test_a_target_that_was_changed_is_told_once_in_a_sitting(whole, marketer):
    aim(whole, marketer, 7)
    aim(whole, marketer, 8)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.kind, entry.person, entry.brand) == ("goal_changed", "strategies.target", marketer, whole.brand)
    assert entry.details == {"strategy": whole.pk, "fields": ["value"]}


def test_words_of_the_plan_are_left_to_its_own_history(whole, marketer):
    write(whole, marketer, "Slowly")
    assert whole.changes.exists() and told() == []


def test_what_is_removed_is_told_by_its_name(whole, marketer):
    with history.recording(whole, marketer):
        whole.personas.all().delete()
        whole.budget_lines.all().delete()
    assert {("deleted", "strategies.persona"), ("deleted", "strategies.budgetline")} <= set(told())
    assert AuditEntry.objects.filter(act="deleted", title="Madina", brand=whole.brand).exists()


def test_events_of_a_strategy_are_told(as_lead, lead, whole, shop):
    as_lead.post(f"/brands/{shop.slug}/strategies/{whole.pk}/to/archive/", {"version": whole.version})
    events = whole.events.values_list("kind", flat=True)
    assert StrategyEvent.Kind.ARCHIVED in events
    entry = AuditEntry.objects.get(act="strategy_archived")
    assert (entry.person, entry.object_id, entry.title) == (lead, whole.pk, whole.name)
