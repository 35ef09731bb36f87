"""Words explained where they stand, from the library."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from metrics.library import entries, named
from metrics.library_help import PLACES
from strategies.steps import STEPS


@pytest.mark.parametrize("place", PLACES)
def test_each_place_has_its_words(place):
    found = entries("en", money=True)
    for name in PLACES[place]:
        assert named([name], found), name


def test_places_are_declared_and_stand_on_a_page():
    text = "".join(path.read_text() for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"))
    used = set(re.findall(r'help_with "(\w+)"', text))
    assert used | {f"step-{step.slug}" for step in STEPS} == PLACES.keys()


def test_the_words_come_without_leaving_the_page(client, marketer, instagram):
    page = client.get("/brands/atlas/calendar/").text
    assert 'hx-get="/brands/atlas/library/help/calendar/"' in page
    said = client.get("/brands/atlas/library/help/calendar/").text
    assert "Editorial plan and slot" in said
    assert 'href="/brands/atlas/library/#pillar"' in said
    assert client.get("/brands/atlas/library/help/nowhere/").status_code == 404
