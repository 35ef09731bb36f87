"""What the strategy can build on, and what may go wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategies.models import Asset, Risk
from strategies.pages.risks import by_weight, matrix, tone_of
from strategies.usual_assets import USUAL_ASSETS
from strategies.usual_risks import USUAL_RISKS

pytestmark = pytest.mark.django_db
QUIET = {"X-Autosave": "yes"}


def count_queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# --- assets


def test_an_asset_is_written_down_and_counted_at_once(as_marketer, step_url, spring):
    typed = {"new-name": "A good camera", "new-kind": "equipment", "new-supply": "missing", "new-use": "", "new-version": 1}
    answer = as_marketer.post(step_url("resources"), typed, headers=QUIET).json()
    assert spring.assets.get().supply == "missing"
    assert "A good camera: say who gets it" in answer["parts"]["assets-live"]


def test_a_refused_step_says_that_it_is_not_saved(as_marketer, step_url, spring):
    typed = {"new-name": "A good camera", "new-kind": "", "new-supply": "missing", "new-use": "", "new-version": 1}
    response = as_marketer.post(step_url("resources"), typed | {"action": "next"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Not saved yet: look at the marked fields" in page and "Saved as you go" not in page
    assert not spring.assets.exists()


def test_a_kind_that_must_be_chosen_does_not_stand_at_none(as_marketer, step_url):
    page = as_marketer.get(step_url("resources")).content.decode()
    kinds = page.split('name="new-kind"')[1].split("</select>")[0]
    assert ">Choose</option>" in kinds and ">None<" not in kinds


def test_usual_assets_become_rows_with_one_press(as_marketer, step_url, spring):
    response = as_marketer.post(step_url("resources"), {"action": "usual-1"})
    row = spring.assets.get()
    assert response["Location"].endswith(f"#row-{row.pk}")
    assert (row.kind, row.name) == (USUAL_ASSETS[0].kind, str(USUAL_ASSETS[0].name))
    page = as_marketer.get(step_url("resources")).content.decode()
    assert 'value="usual-1"' not in page
    assert 'value="usual-2"' in page


@pytest.mark.parametrize("action", ["usual-0", "usual-99", "usual-x", "usual--1", "usual-"])
@pytest.mark.parametrize("step", ["resources", "risks"])
def test_what_is_not_offered_adds_nothing(as_marketer, step_url, spring, action, step):
    assert as_marketer.post(step_url(step), {"action": action}).status_code == 302
    assert not spring.assets.exists()
    assert not spring.risks.exists()


def test_a_name_that_is_too_long_is_told_and_kept(as_marketer, step_url, spring):
    typed = {"new-name": "x" * 121, "new-kind": "content", "new-supply": "enough", "new-version": 1}
    response = as_marketer.post(step_url("resources"), typed)
    assert response.status_code == 422
    assert "at most 120 characters" in response.content.decode()
    assert "x" * 121 in response.content.decode()


def test_two_people_in_one_asset_do_not_overwrite_each_other(as_marketer, step_url, spring):
    row = spring.assets.create(kind="content", name="Films")
    mine = {
        f"row-{row.pk}-name": "My films",
        f"row-{row.pk}-kind": "content",
        f"row-{row.pk}-supply": "enough",
        f"row-{row.pk}-version": 1,
    }
    as_marketer.post(step_url("resources"), mine)
    response = as_marketer.post(step_url("resources"), mine | {f"row-{row.pk}-name": "Our films"})
    assert response.status_code == 409
    assert "Our films" in response.content.decode()
    assert Asset.objects.get().name == "My films"


# --- risks


def risk(strategy, name: str, likelihood: int = 2, effect: int = 2, **more) -> Risk:
    return strategy.risks.create(name=name, likelihood=likelihood, effect=effect, **more)


@pytest.mark.parametrize(
    ("weight", "tone"), [(1, "good"), (2, "good"), (3, "warn"), (4, "warn"), (6, "bad"), (9, "bad")]
)  # fmt: skip
def test_a_risk_weighs_likelihood_times_effect(weight, tone):
    assert tone_of(weight) == tone


def test_the_heaviest_risks_stand_first(spring):
    light, heavy, middle = risk(spring, "a", 1, 1), risk(spring, "b", 3, 3), risk(spring, "c", 1, 3)
    likely = risk(spring, "d", 3, 1)
    assert by_weight([light, heavy, middle, likely]) == [heavy, middle, likely, light]


def test_the_picture_holds_every_risk_once(spring):
    risks = by_weight([risk(spring, "a", 1, 3), risk(spring, "b", 3, 1)])
    rows = matrix(risks)
    assert [level for level, _cells in rows] == [3, 2, 1]
    assert [[cell.weight for cell in cells] for _level, cells in rows] == [[3, 6, 9], [2, 4, 6], [1, 2, 3]]
    found = {
        (level, place): [one.name for _number, one in cell.risks] for level, cells in rows for place, cell in enumerate(cells, 1)
    }
    assert {where: names for where, names in found.items() if names} == {(1, 3): ["a"], (3, 1): ["b"]}


def test_the_picture_is_a_table_for_who_cannot_see_it(as_marketer, step_url, spring):
    row = risk(spring, "Cloth comes late", 3, 2)
    page = as_marketer.get(step_url("risks")).content.decode()
    assert f'<a href="#row-{row.pk}">' in page
    assert page.count('<th scope="col">effect') == page.count('<th scope="row">likelihood') == 3


def test_a_risk_without_a_response_is_marked(as_marketer, step_url, spring):
    risk(spring, "Cloth comes late")
    risk(spring, "Account is blocked", response="Recover it")
    said = as_marketer.get(step_url("risks")).context
    assert [one.name for one in said["unanswered"]] == ["Cloth comes late"]
    assert "1 risk has no response" in as_marketer.get(step_url("risks")).content.decode()


def test_usual_risks_come_with_a_first_answer(as_marketer, step_url, spring):
    as_marketer.post(step_url("risks"), {"action": "usual-1"})
    row = spring.risks.get()
    assert row.name == str(USUAL_RISKS[0].name)
    assert row.response
    assert row.weight == USUAL_RISKS[0].likelihood * USUAL_RISKS[0].effect


def test_every_offer_fits_its_columns():
    for name, rows in ((160, USUAL_RISKS), (120, USUAL_ASSETS)):
        assert all(len(str(one.name)) <= name for one in rows)
    assert all(len(str(one.sign)) <= 200 and one.response for one in USUAL_RISKS)
    assert all(len(str(one.use)) <= 200 for one in USUAL_ASSETS)


def test_an_unknown_level_is_refused_at_its_field(as_marketer, step_url, spring):
    typed = {"new-name": "Late cloth", "new-likelihood": "7", "new-effect": "2", "new-version": 1}
    response = as_marketer.post(step_url("risks"), typed)
    assert response.status_code == 422
    assert "Late cloth" in response.content.decode()
    assert not spring.risks.exists()


def test_what_is_typed_moves_in_the_picture_at_once(as_marketer, step_url, spring):
    row = risk(spring, "Late cloth", 1, 1)
    typed = {
        f"row-{row.pk}-{name}": value
        for name, value in (("name", "Late cloth"), ("likelihood", 3), ("effect", 3), ("version", 1))
    }
    answer = as_marketer.post(step_url("risks"), typed, headers=QUIET).json()
    assert answer["saved"] is True
    row.refresh_from_db()
    assert row.weight == 9
    assert 'class="is-bad"><span class="sp-rmx__w"><span class="vh">weight </span>9</span><ul>' in answer["parts"]["risk-matrix"]


@pytest.mark.parametrize("step", ["resources", "risks"])
def test_viewers_and_strangers_stay_outside(client, viewer, stranger, step_url, step):
    for person, status in ((viewer, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(step_url(step)).status_code == status


@pytest.mark.parametrize("step", ["resources", "risks"])
def test_the_queries_do_not_grow_with_the_rows(as_marketer, marketer, step_url, spring, step):
    def add() -> None:
        spring.assets.create(kind="content", name="Films", owner=marketer)
        risk(spring, "Late cloth", owner=marketer)

    add()
    as_marketer.get(step_url(step))
    one = count_queries(as_marketer, step_url(step))
    add()
    add()
    assert count_queries(as_marketer, step_url(step)) == one <= 25
