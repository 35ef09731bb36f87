"""Every page opens, for whom it should, with and without content."""

import pytest

from strategies.steps import STEPS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_step_opens_on_an_empty_strategy(as_marketer, step_url, step):
    response = as_marketer.get(step_url(step.slug))
    assert response.status_code == 200
    assert str(step.title) in response.content.decode()


def test_the_list_and_the_strategy_open(as_viewer, spring):
    assert "Spring 2027" in as_viewer.get("/brands/atlas/strategies/").content.decode()
    assert as_viewer.get(f"/brands/atlas/strategies/{spring.pk}/").status_code == 200
