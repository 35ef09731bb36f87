"""A new brand: what the browser lets one guess, and its channels ticked all at once."""

import pytest

from brands.guesses import HOMES, by_zone, of_languages
from brands.models.teams import zone_names


@pytest.mark.parametrize(
    ("accepted", "country"),
    [("uz,ru;q=0.8", "UZ"), ("ru-RU,ru;q=0.9,uz;q=0.5", "UZ"), ("kk-KZ", "KZ"), ("en-GB,en", ""), ("", ""), ("ru", ""), ("uz-Latn-UZ", "UZ")],
)  # fmt: skip
def test_a_language_says_where_somebody_lives_only_if_it_is_spoken_there(accepted, country):
    assert of_languages(accepted).get("country", "") == country


def test_the_zones_exist():
    assert by_zone().keys() <= zone_names()
    assert HOMES["UZ"].zones[0] == "Asia/Tashkent"


def test_the_form_begins_with_the_guess(as_user, stranger):
    page = as_user(stranger).get("/brands/new/", headers={"Accept-Language": "kk"})
    form = page.context["form"]
    assert (form["country"].value(), form["time_zone"].value(), form["currency"].value()) == ("KZ", "Asia/Almaty", "KZT")


def test_usual_channels_are_ticked_and_saved_together(as_user, lead, brand):
    client = as_user(lead)
    page = client.get("/brands/atlas/first-steps/")
    ticked = {network.slug for network, use, _handle in page.context["form"].rows if use.value()}
    assert ticked == {"instagram", "telegram", "facebook"}
    assert not brand.channels.exists()
    answer = client.post(
        "/brands/atlas/first-steps/",
        {"use-instagram": "on", "handle-instagram": "https://instagram.com/atlas.uz/", "handle-telegram": "left out"},
    )
    assert answer.url == "/brands/atlas/"
    assert list(brand.channels.values_list("platform__slug", "handle")) == [("instagram", "atlas.uz")]


def test_a_tick_asks_for_a_handle_and_nothing_is_half_saved(as_user, lead, brand):
    answer = as_user(lead).post(
        "/brands/atlas/first-steps/",
        {"use-instagram": "on", "handle-instagram": "atlas", "use-telegram": "on", "handle-telegram": ""},
    )
    assert answer.status_code == 422
    assert "Type the handle" in answer.text
    assert not brand.channels.exists()
