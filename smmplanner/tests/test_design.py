"""Colours can be told apart, and the page of components shows the real ones, to developers only."""

import re

import pytest
from django.test import Client

from smmplanner.contrast import THEMES, contrast, pairs


@pytest.mark.parametrize("theme", THEMES)
def test_colours_stand_out_from_what_lies_below(theme):
    of_theme = [pair for pair in pairs() if pair.theme == theme]
    weak = [
        f"{pair.foreground} on {pair.background}: {pair.ratio:.2f} of {pair.needed}" for pair in of_theme if not pair.is_enough
    ]
    assert of_theme
    assert not weak


def test_the_contrast_of_colours_is_measured():
    # As WCAG's own definition gives it.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_people_do_not_find_the_page_of_components(db):
    assert Client().get("/design/").status_code == 404


@pytest.mark.urls("smmplanner.tests.design_urls")
def test_developers_see_each_component(db):
    answer = Client().get("/design/")
    shown = answer.content.decode()
    assert answer.status_code == 200
    # One of each: a chip, a card without a figure, a field with its error, a status, a page of many.
    for part in (
        "data-publication",
        "Reach was not measured",
        'id="wrong_text_error"',
        "st-approved",
        'rel="next"',
        "btn-danger",
    ):
        assert part in shown, part
    names = re.findall(r'\bid="([^"]+)"', shown)
    assert len(names) == len(set(names))


@pytest.mark.urls("smmplanner.tests.design_urls")
def test_a_field_that_is_wrong_says_so_and_names_its_error(db):
    shown = Client().get("/design/").content.decode()
    wrong = [tag for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", shown) if 'aria-invalid="true"' in tag]
    named = {tag: re.search(r'aria-describedby="([^"]+)"', tag) for tag in wrong}
    assert len(wrong) >= 4
    assert all(named.values()), [tag for tag, found in named.items() if not found]
    missing = [name for found in named.values() if found for name in found[1].split() if f'id="{name}"' not in shown]
    assert not missing
