"""Every page opens, for whom it should, with and without content."""

import pytest

from strategies.steps import STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_step_opens_on_an_empty_strategy(as_marketer, step_url, step):
    response = as_marketer.get(step_url(step.slug))
    assert response.status_code == 200
    assert str(step.title) in response.content.decode()


def test_the_list_and_the_strategy_open(as_viewer, spring):
    assert "Spring 2027" in as_viewer.get("/brands/atlas/strategies/").content.decode()
    assert as_viewer.get(f"/brands/atlas/strategies/{spring.pk}/").status_code == 200


@pytest.mark.parametrize("quiet", [{}, {"X-Autosave": "yes"}], ids=["aloud", "quietly"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_garbage_sent_to_a_step_is_answered(as_marketer, step_url, step, quiet):
    names = ["text", "name", "posts_per_week", "metric", "share", "planned", "verdict", "version", "channels", "month", "owner"]
    garbage = {
        f"{prefix}-{name}": "\x00 <b>9e999" for prefix in ("row-999999", "row-1", "new", "strategy", "item") for name in names
    }
    response = as_marketer.post(step_url(step.slug), garbage | {"action": "explode", "goal": "x"}, headers=quiet)
    assert response.status_code in (200, 302, 404, 409, 422)
    for item in ("999999", "-1", "new"):
        sent = {"item": item, "kind": "own", "goal": "7", "goal-goal_type": "\x00", "target-value": "9e999", "remove": "x"}
        assert as_marketer.post(step_url(step.slug), sent, headers=quiet).status_code in (200, 302, 404, 409, 422)
