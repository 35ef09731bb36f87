"""Figures that programs bring and read, and KPI values."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from brands.models import Platform, Role, Scope
from brands.tests.api_client import Program, pointers
from metrics.imports import undo
from metrics.models import Import, KpiValue, Observation, StalePeriod
from metrics.pushed import MOST_ROWS


@pytest.fixture
def program(brand, person_in):
    people = {role: person_in(role) for role in Role}
    return lambda role, *scopes: Program(people[role], brand, scopes or tuple(Scope))


@pytest.fixture
def telegram(brand):
    return brand.channels.create(platform=Platform.objects.get(slug="telegram"), handle="atlas")


def row(channel, measure: str = "likes", value: object = 5, start: str = "2026-03-01", **more) -> dict:
    return {"measure": measure, "value": value, "start": start, "channel": channel and channel.pk} | more


def test_figures_are_saved_as_an_import_and_undone_as_one(program, brand, telegram):
    answer = program(Role.MARKETER).post("observations", {"rows": [row(telegram), row(None, "leads", 3)]})
    assert answer.status_code == 201, answer.content
    import_ = Import.objects.get(pk=answer.json()["import_id"])
    assert (import_.status, import_.name.startswith("API ")) == ("applied", True)
    figures = {(each.channel, each.measure, each.value) for each in Observation.objects.filter(source=import_)}
    assert figures == {(telegram, "likes", Decimal(5)), (None, "leads", Decimal(3))}
    assert StalePeriod.objects.filter(brand=brand).exists()
    assert undo.begin(import_)
    undo.take_back(import_.pk)
    assert not Observation.objects.exists()


def test_a_figure_that_is_there_is_replaced_and_may_come_back(program, telegram):
    asking = program(Role.MARKETER)
    counts = []
    for value in (5, 6, 5, 5):
        answer = asking.post("observations", {"rows": [row(telegram, value=value)]}).json()
        counts.append((answer["new"], answer["updated"], answer["same"]))
        assert Observation.objects.get().value == value
    assert counts == [(1, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 1)]


@pytest.mark.parametrize("value", [0, 1234, "1234", "0.000001", 1.234, "1.2", "99999999.999999"])
def test_values_arrive_exactly(program, telegram, value):
    assert program(Role.MARKETER).post("observations", {"rows": [row(telegram, "ad_spend", value)]}).status_code == 201
    assert Observation.objects.get().value == Decimal(str(value))


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"measure": "magic"}, "/rows/1/measure"),
        ({"value": -1}, "/rows/1"),
        ({"value": 1.5}, "/rows/1"),
        ({"value": "1e3000"}, "/rows/1/value"),
        ({"value": "NaN"}, "/rows/1/value"),
        ({"value": "0.0000001"}, "/rows/1/value"),
        ({"end": "2026-02-01"}, "/rows/1/end"),
        ({"start": "2026-02-30"}, "/rows/1/start"),
        ({"channel": 10**9}, "/rows/1/channel"),
        ({"currency": "soum"}, "/rows/1/currency"),
        ({"measure": "likes\nreach"}, "/rows/1/measure"),
        ({"colour": "red"}, "/rows/1/colour"),
        # The same figure as the row before.
        ({"start": "2026-03-01", "value": 7}, "/rows/0"),
    ],
)
def test_one_wrong_row_refuses_all_and_is_named(program, telegram, wrong, pointer):
    answer = program(Role.MARKETER).post("observations", {"rows": [row(telegram), row(telegram, start="2026-03-02") | wrong]})
    assert answer.status_code == 422
    assert [each.startswith(pointer) for each in pointers(answer)] == [True], answer.json()
    assert not Observation.objects.exists()
    assert not Import.objects.exists()


def test_each_wrong_row_is_named(program, telegram):
    rows = [row(telegram, "magic"), row(telegram), row(telegram, "more magic")]
    assert pointers(program(Role.MARKETER).post("observations", {"rows": rows})) == ["/rows/0/measure", "/rows/2/measure"]


def test_figures_of_posts_find_their_posts(program, brand, telegram):
    post = brand.posts.create(title="Tea")
    out = brand.publications.create(
        post=post, channel=telegram, status="published", published_at=timezone.now(), permalink="https://t.me/atlas/7"
    )
    today = brand.today().isoformat()
    body = {"rows": [row(telegram, start=today, permalink=out.permalink)]}
    assert program(Role.MARKETER).post("observations", body).status_code == 201
    assert Observation.objects.get().publication == out


def test_a_thousand_rows_are_taken_and_no_more(program, telegram):
    rows = [row(telegram, start=date.fromordinal(date(2020, 1, 1).toordinal() + day).isoformat()) for day in range(MOST_ROWS)]
    assert program(Role.MARKETER).post("observations", {"rows": rows}).json()["new"] == MOST_ROWS
    assert pointers(program(Role.MARKETER).post("observations", {"rows": [*rows, rows[0]]})) == ["/rows"]


def test_a_key_saves_figures_once(program, telegram):
    asking, body = program(Role.MARKETER), {"rows": [row(telegram)]}
    first, second = (asking.post("observations", body, Idempotency_Key="k").json() for _time in range(2))
    assert first == second
    assert Import.objects.count() == 1


def test_a_viewer_brings_nothing_and_sees_no_money(program, brand, telegram):
    program(Role.MARKETER).post("observations", {"rows": [row(telegram), row(telegram, "ad_spend", 900)]})
    asking = program(Role.VIEWER)
    assert asking.post("observations", {"rows": [row(telegram)]}).status_code == 403
    assert [each["measure"] for each in asking.get("observations").json()["items"]] == ["likes"]
    assert len(program(Role.MARKETER).get("observations").json()["items"]) == 2


def test_figures_are_filtered(program, telegram):
    asking = program(Role.MARKETER)
    rows = [row(telegram), row(telegram, "reach", start="2026-04-01"), row(None, "leads", start="2026-05-01")]
    pushed = asking.post("observations", {"rows": rows}).json()["import_id"]
    found = {
        "": 3, "measure=reach": 1, f"channel={telegram.pk}": 2, "since=2026-04-01": 2, "until=2026-04-01": 2,
        f"import_id={pushed}": 3, "import_id=99999": 0, "measure=other": 0, "publication=1": 0,
    }  # fmt: skip
    assert {query: len(asking.get(f"observations?{query}").json()["items"]) for query in found} == found


@pytest.mark.parametrize("query", ["observations?measure=%00", "kpi-values?kpi=%00", "kpi-values?kpi=ROI"])
def test_what_is_no_name_is_refused(program, query):
    assert program(Role.VIEWER).get(query).status_code == 422


def value(brand, kpi: str, **more) -> KpiValue:
    usual = {"period": "month", "start": "2026-03-01", "end": "2026-03-31", "status": "ok", "value": "4.5", "exact": "9/2",
             "inputs": {}, "computed_at": timezone.now()}  # fmt: skip
    return brand.kpi_values.create(kpi=kpi, **usual | more)


def test_a_kpi_value_comes_with_its_formula_and_inputs(program, brand):
    value(brand, "engagement_rate_reach", inputs={"interactions": "9", "reach": "200"})
    (said,) = program(Role.VIEWER).get("kpi-values").json()["items"]
    assert (said["value"], said["exact"], said["status"]) == ("4.5000", "9/2", "ok")
    assert said["formula"] == "interactions / reach * 100"
    assert said["inputs"] == {"interactions": "9", "reach": "200"}


def test_what_was_not_measured_is_null_with_its_reason(program, brand):
    nothing = {"status": "MISSING_INPUT", "value": None, "exact": "", "inputs": {"interactions": "9", "reach": None}}
    value(brand, "engagement_rate_reach", **nothing)
    (said,) = program(Role.VIEWER).get("kpi-values").json()["items"]
    assert (said["value"], said["exact"], said["status"]) == (None, None, "MISSING_INPUT")
    assert "reach" in said["reason"].lower()


def test_a_viewer_sees_no_kpi_of_money(program, brand):
    value(brand, "roi")
    assert program(Role.VIEWER).get("kpi-values").json()["items"] == []
    assert len(program(Role.MARKETER).get("kpi-values").json()["items"]) == 1


def test_a_retired_kpi_is_passed_over(program, brand):
    value(brand, "long_gone")
    assert program(Role.MARKETER).get("kpi-values").json()["items"] == []
