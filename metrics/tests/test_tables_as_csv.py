"""Tables of the pages of results, taken away: the same filters, exact figures, nothing that a spreadsheet would run."""

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest

from brands.cells import guarded
from brands.models import Role, User
from metrics.kpi import Unit
from metrics.tables import Cell, Table, columns, count, csv_lines, exact, figure, words
from metrics.tests import reporting
from metrics.views.tables import TABLES

ROOT = "/brands/atlas/results/tables/"
DAYS = "preset=own&start=2027-02-01&end=2027-02-28"


@pytest.fixture
def people(brand, instagram, person_in, monkeypatch) -> dict[Role, User]:
    monkeypatch.setattr(type(brand), "today", lambda self: reporting.TODAY)
    people = {role: person_in(role) for role in Role}
    User.objects.update(language="en")
    reporting.told(brand, instagram, people[Role.LEAD])
    return people


def taken(client, name: str, query: str = DAYS) -> list[list[str]]:
    answer = client.get(f"{ROOT}{name}.csv?{query}")
    assert answer.status_code == 200, name
    content = b"".join(answer)
    assert content.startswith(b"\xef\xbb\xbf") and "attachment" in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def query_of(name: str) -> str:
    return f"{DAYS}&kpi=audience_engagement" if TABLES[name].of_kpi or TABLES[name].of_metric else DAYS


@pytest.mark.parametrize("name", TABLES)
def test_every_table_comes_with_a_head_and_rows_of_its_length(client, people, name):
    client.force_login(people[Role.LEAD])
    rows = taken(client, name, query_of(name))
    assert {len(row) for row in rows} == {len(rows[0])}
    if name not in ("months", "imports"):
        assert len(rows) > 1


def test_figures_are_exact_and_what_was_not_measured_is_empty(client, people):
    client.force_login(people[Role.LEAD])
    rows = {row[1]: row for row in taken(client, "cards")[1:]}
    assert Decimal(rows["Audience engagement"][2]) == pytest.approx(Decimal(2506) / 28378 * 100, rel=Decimal("1e-10"))
    assert rows["Share of voice"][2] == "" and "Missing" in rows["Share of voice"][-1]


def test_the_filters_of_the_page_hold(client, people, channel_on, record):
    other = channel_on("tiktok", "tt")
    record("views", "2027-02-03", 777_000, channel=other)
    client.force_login(people[Role.LEAD])
    names = [row[0] for row in taken(client, "channels")[1:]]
    only = [row[0] for row in taken(client, "channels", f"{DAYS}&channel={other.pk}")[1:]]
    assert len(names) == 3 and len(only) == 1 and "tt" in only[0].lower()
    assert taken(client, "channels", "preset=own&start=2026-02-01&end=2026-02-02")[0] == ["Channel", "Posts published"]


def test_viewers_take_no_money(client, people):
    client.force_login(people[Role.VIEWER])
    for name, wanted in TABLES.items():
        address = f"{ROOT}{name}.csv?{query_of(name)}"
        if wanted.role is not Role.VIEWER:
            assert client.get(address).status_code == 403
            continue
        content = b"".join(client.get(address)).decode()
        assert not any(word in content for word in ("UZS", "ROI", "ROAS", "Cost per", "900000"))
    assert client.get(f"{ROOT}rows.csv?{DAYS}&kpi=roi").status_code == 403


def test_an_unknown_table_or_kpi_is_not_found(client, people):
    client.force_login(people[Role.LEAD])
    assert client.get(f"{ROOT}nonsense.csv").status_code == 404
    assert client.get(f"{ROOT}rows.csv?{DAYS}").status_code == 404
    assert client.post(f"{ROOT}cards.csv").status_code == 405


def test_the_rows_behind_a_figure_add_up_to_it(client, people):
    client.force_login(people[Role.LEAD])
    rows = taken(client, "rows", f"{DAYS}&kpi=audience_engagement")
    assert sum(Decimal(row[5]) for row in rows[1:] if row[4] == "Views") == 28378


def test_words_that_begin_like_a_formula_are_made_guarded(client, people, brand):
    brand.ledger_entries.update(note='=HYPERLINK("https://evil.example")')
    brand.posts.update(title="@SUM(A1)")
    client.force_login(people[Role.LEAD])
    assert {row[-1] for row in taken(client, "entries")[1:]} == {'\'=HYPERLINK("https://evil.example")'}
    assert taken(client, "posts")[1][0] == "'@SUM(A1)"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_each_mark_of_a_formula_is_known(text):
    assert guarded(text) == f"'{text}"
    assert guarded(f"x{text}") == f"x{text}"


def test_negative_figures_stay_numbers():
    lines = list(csv_lines(Table("t", columns("a", numbers=["b"]), [[words("x"), figure(Decimal("-5.5"), Unit.PERCENT)]])))
    assert lines[1] == "x,-5.5\r\n"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1, 3), "0.333333333333"),
        (Decimal("1200.00"), "1200"),
        (0, "0"),
        (Decimal("-0.50"), "-0.5"),
        (10**30, "1" + "0" * 30),
    ],
)
def test_a_number_keeps_its_digits(value, said):
    assert exact(value) == said


def test_a_missing_figure_is_a_dash_on_the_page_and_empty_in_the_file():
    assert count(None) == Cell(None, "—", "number")
    assert list(csv_lines(Table("t", columns("a"), [[count(None)]])))[1] in ("\r\n", '""\r\n')


@pytest.mark.parametrize("name", TABLES)
def test_three_of_everything_take_no_more_queries_than_one(client, people, brand, instagram, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(people[Role.LEAD])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(f"{ROOT}{name}.csv?{query_of(name)}"))
        return len(captured)

    queries()
    one = queries()
    for number in (1, 2):
        reporting._rows(brand, brand.strategies.get(), instagram, people[Role.LEAD], number)
    assert queries() == one
