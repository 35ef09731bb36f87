"""Google Analytics 4: one or many tables under a preamble."""

from datetime import date
from pathlib import Path

import pytest

from metrics.importers import Row, recognise
from metrics.importers.trial import try_out
from metrics.tests.importing import FILES, figures, outcome, refusal_code, workbook, written

ABOVE = "# ----\n# Report CSV Export\n# Property: shop - GA4\n# ----\n#\n# Start date: 20260301\n# End date: 20260331\n"
GROUPS = "Session primary channel group (Default channel group),Sessions,Engaged sessions\n"


def codes(path: Path) -> list[str]:
    return [table.refused.code if table.refused else "" for table in recognise(path).tables]


def test_a_snapshot_has_many_tables_each_with_its_own_answer() -> None:
    path = FILES / "ga4_snapshot.csv"
    recognition, rows, problems = outcome(path)
    assert codes(path) == [
        "", "only_derived", "no_rows", "breakdown", "", "only_rolling", "breakdown", "breakdown",
    ]  # fmt: skip
    assert [table.title for table in recognition.tables][:5] == [
        "Nth day, Users",
        "Nth day, Average engagement time",
        "Nth day, Total revenue",
        "Where do your new users come from?",
        "Session default channel group, Sessions",
    ]
    assert figures(rows) == {"web_users": 14, "total_visits": 15, "social_sessions": 11}
    assert problems == {"breakdown_table": 5, "table_set_aside": 6}


def test_numbered_days_are_counted_from_the_first(tmp_path: Path) -> None:
    _, rows, problems = outcome(written(tmp_path, ABOVE + "Nth day,Sessions\n0000,5\n0030,7\n0031,9\n"))
    assert {row.start: row.value for row in rows} == {date(2026, 3, 1): 5, date(2026, 3, 31): 7}
    assert problems == {"bad_date": 1}, "after the last day"


def test_numbered_days_without_a_first_one_are_refused(tmp_path: Path) -> None:
    assert refusal_code(written(tmp_path, "# Property: shop\nNth day,Users\n0000,5\n")) == "no_span"


def test_the_social_part_and_the_whole_are_visits(tmp_path: Path) -> None:
    _, rows, problems = outcome(FILES / "ga4_traffic.csv")
    assert figures(rows) == {
        "total_visits": 200, "social_sessions": 72, "web_events": 756, "web_key_events": 9, "social_key_events": 4,
    }  # fmt: skip
    assert {(row.start, row.end) for row in rows} == {(date(2026, 3, 1), date(2026, 3, 31))}
    assert {row.line for row in rows if row.measure == "social_sessions"} == {12}
    assert problems == {"note": 2, "incomplete_sum": 1}, "one group has no engaged sessions, so they have no sum"


def test_no_social_group_is_no_figure_of_social_visits(tmp_path: Path) -> None:
    _, rows, _ = outcome(written(tmp_path, ABOVE + GROUPS + "Direct,5,3\nUnassigned,2,0\n"))
    assert figures(rows) == {"total_visits": 7, "engaged_sessions": 3}


def test_a_group_that_cannot_be_read_leaves_no_sum(tmp_path: Path) -> None:
    _, rows, problems = outcome(written(tmp_path, ABOVE + GROUPS + "Direct,5,3\nOrganic Social,1.2K,1\n"))
    assert figures(rows) == {"engaged_sessions": 4}
    assert problems == {"abbreviated_number": 1}


def test_a_grand_total_is_not_added(tmp_path: Path) -> None:
    text = "# shop\n# Free form 1\n# 20260301-20260331\n\nSession default channel group,Sessions\n,15,Grand total\nDirect,5\nOrganic Social,10\n"
    _, rows, problems = outcome(written(tmp_path, "# Property: x\n" + text))
    assert figures(rows) == {"total_visits": 15, "social_sessions": 10}
    assert problems == {"total_row": 1}


def test_groups_day_by_day_are_added_by_day(tmp_path: Path) -> None:
    text = "Date,Session default channel group,Sessions\n20260301,Direct,5\n20260301,Paid Social,2\n20260302,Direct,1\n"
    _, rows, _ = outcome(written(tmp_path, ABOVE + text))
    assert [(row.start.day, row.measure, row.value) for row in rows] == [
        (1, "total_visits", 7), (1, "social_sessions", 2), (2, "total_visits", 1),
    ]  # fmt: skip


def test_users_of_groups_have_no_sum() -> None:
    columns = recognise(FILES / "ga4_traffic.csv").columns
    assert {column.header: column.reason for column in columns if column.reason} == {
        "Users": "people_in_groups",
        "Average engagement time per session": "average",
        "Engaged sessions per user": "average",
        "Events per session": "average",
        "Engagement rate": "rate",
        "Total revenue": "no_currency",
    }


def test_a_report_over_days_is_read(tmp_path: Path) -> None:
    heading = "Date,Event count,Total users,Event count per user,Average session duration,New users,Returning users,Views\n"
    _, rows, _ = outcome(written(tmp_path, ABOVE + heading + "20260302,113,28,4.2,31.5,20,8,200\n20260301,7,5,1.4,2,5,0,9\n"))
    assert figures(rows) == {
        "web_events": 120, "total_web_users": 33, "new_web_users": 25, "returning_web_users": 8, "page_views": 209,
    }  # fmt: skip
    assert {row.platform for row in rows} == {"website"}


@pytest.mark.parametrize(
    "dimension", ["Event name", "Country", "Page title and screen class", "First user default channel group"]
)
def test_what_is_cut_into_groups_without_days_is_refused(tmp_path: Path, dimension: str) -> None:
    assert refusal_code(written(tmp_path, ABOVE + f"{dimension},Sessions\na,5\nb,6\n")) == "breakdown"


def test_days_that_come_once_for_each_country_are_no_days(tmp_path: Path) -> None:
    text = "Date,Country,Sessions\n20260301,UZ,5\n20260301,KZ,6\n"
    assert refusal_code(written(tmp_path, ABOVE + text)) == "breakdown"


def test_a_table_of_nothing_is_refused_for_that(tmp_path: Path) -> None:
    assert refusal_code(written(tmp_path, ABOVE + "Event name,Conversions\n\n\n")) == "no_rows"


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        ("Data,Sessões,Novos usuários", "pt"),
        ("Fecha,Sesiones,Usuarios nuevos", "es"),
        ("Datum,Sitzungen,Neue Nutzer", "de"),
        ("Дата,Сеансы,Новые пользователи", "ru"),
    ],
)
def test_other_languages_are_known(tmp_path: Path, heading: str, language: str) -> None:
    recognition, rows, _ = outcome(written(tmp_path, f"# Property: x\n{heading}\n20260301,5,2\n"))
    assert (recognition.language, figures(rows)) == (language, {"total_visits": 5, "new_web_users": 2})


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1251")])
def test_a_spreadsheet_may_have_saved_it_anew(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = (FILES / "ga4_traffic.csv").read_text().replace(",", delimiter)
    _, rows, _ = outcome(written(tmp_path, text, encoding))
    assert figures(rows)["social_sessions"] == 72


def test_it_may_have_become_a_workbook(tmp_path: Path) -> None:
    lines = (FILES / "ga4_snapshot.csv").read_text().splitlines()
    path = written(tmp_path, workbook({"data-export": [line.split(",") for line in lines]}))
    settled = try_out(path).settled
    assert settled is not None
    assert settled.sums == {"web_users": 14, "total_visits": 15, "social_sessions": 11}


def test_each_row_says_of_which_table_it_is() -> None:
    _, rows, _ = outcome(FILES / "ga4_snapshot.csv")
    assert {row.table for row in rows if isinstance(row, Row)} == {0, 4}
