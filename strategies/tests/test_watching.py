"""The watch list: bounds that make sense, the plan for when they are crossed, and its order."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategies.watch_list import by_channel

pytestmark = pytest.mark.django_db
QUIET = {"X-Autosave": "yes"}


def typed(**more) -> dict:
    return {f"new-{name}": value for name, value in ({"metric": "leads", "rhythm": "weekly", "version": 1} | more).items()}


def test_a_figure_gets_bounds_and_the_risk_it_shows(as_marketer, step_url, spring):
    risk = spring.risks.create(name="Nobody sees us", response="Pay for two weeks")
    sent = typed(at_least="1 200,5", at_most="2000", risk=risk.pk, if_it_fails="Move money")
    assert as_marketer.post(step_url("watch"), sent).status_code == 302
    item = spring.watch_items.get()
    assert (item.at_least, item.at_most, item.risk) == (Decimal("1200.5"), Decimal(2000), risk)
    assert "Pay for two weeks" in as_marketer.get(step_url("watch")).content.decode()


@pytest.mark.parametrize(
    ("metric", "bounds", "said"),
    [
        ("bounce_rate", {"at_most": "140"}, "can never be that much"),
        ("ewom_quality", {"at_least": "3"}, "can never be that much"),
        ("leads", {"at_least": "-1"}, "can never be that much"),
        ("leads", {"at_least": "10", "at_most": "10"}, "must be more than"),
        ("leads", {"at_least": "20", "at_most": "10"}, "must be more than"),
        ("leads", {"at_least": "many"}, "Enter a number."),
        ("leads", {"at_least": "9" * 25}, "digits"),
    ],
)
def test_bounds_that_make_no_sense_are_told_at_the_field_and_kept(as_marketer, step_url, spring, metric, bounds, said):
    response = as_marketer.post(step_url("watch"), typed(metric=metric, if_it_fails="Move money", **bounds))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Move money" in page
    assert not spring.watch_items.exists()


@pytest.mark.parametrize(("metric", "bound"), [("nps", "-20"), ("roi", "-50"), ("audience_engagement", "120"), ("leads", "0")])
def test_bounds_that_a_figure_can_reach_are_taken(as_marketer, step_url, spring, metric, bound):
    as_marketer.post(step_url("watch"), typed(metric=metric, at_least=bound))
    assert spring.watch_items.get().at_least == Decimal(bound)


def test_the_list_is_read_channel_by_channel(spring, telegram, instagram):
    rows = [spring.watch_items.create(metric=metric, channel=channel) for metric, channel in (
        ("likes", telegram), ("leads", None), ("views", instagram), ("shares", telegram),
    )]  # fmt: skip
    groups = by_channel(spring.watch_items.select_related("channel__platform"))
    assert groups[0] == (None, [rows[1]])
    assert dict(groups[1:]) == {telegram: [rows[0], rows[3]], instagram: [rows[2]]}


def test_the_page_groups_by_channel(as_marketer, step_url, spring, telegram):
    spring.watch_items.create(metric="likes", channel=telegram)
    spring.watch_items.create(metric="leads")
    page = as_marketer.get(step_url("watch")).content.decode()
    assert page.index("All channels together") < page.index(f"<b>{telegram}</b>")


def test_a_bound_without_a_plan_is_pointed_out(as_marketer, step_url, spring):
    item = spring.watch_items.create(metric="leads", at_least=5)
    assert "Leads: say what you do then" in as_marketer.get(step_url("watch")).content.decode()
    spring.watch_items.filter(pk=item.pk).update(if_it_fails="Move money")
    assert "say what you do then" not in as_marketer.get(step_url("watch")).content.decode()


def test_two_people_in_one_watched_figure_do_not_overwrite_each_other(as_marketer, step_url, spring):
    item = spring.watch_items.create(metric="leads")
    sent = {f"row-{item.pk}-metric": "leads", f"row-{item.pk}-rhythm": "weekly", f"row-{item.pk}-version": 1}
    as_marketer.post(step_url("watch"), sent | {f"row-{item.pk}-at_least": "5"})
    response = as_marketer.post(step_url("watch"), sent | {f"row-{item.pk}-at_least": "7"})
    assert response.status_code == 409
    item.refresh_from_db()
    assert item.at_least == 5


def test_the_queries_do_not_grow_with_the_rows(as_marketer, marketer, step_url, spring, telegram):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_marketer.get(step_url("watch")).status_code == 200
        return len(captured)

    def add(metric: str) -> None:
        risk = spring.risks.create(name="Nobody sees us")
        spring.watch_items.create(metric=metric, channel=telegram, owner=marketer, risk=risk, at_least=1)

    add("likes")
    as_marketer.get(step_url("watch"))
    one = count()
    add("views")
    add("leads")
    assert count() == one <= 25
