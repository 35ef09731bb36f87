"""Pinterest’s overview: one measure by days, and lists that are set aside."""

from datetime import date
from pathlib import Path

import pytest

from metrics.importers import recognise
from metrics.tests.importing import FILES, figures, outcome, refusal_code, workbook, written

TEXT = (FILES / "pinterest_overview.csv").read_text()


def test_the_days_are_read_and_the_lists_set_aside() -> None:
    recognition, rows, problems = outcome(FILES / "pinterest_overview.csv")
    assert [table.title for table in recognition.tables] == [
        "Impressions",
        "Top Boards 2026-03-01 - 2026-03-05",
        "Top Pins 2026-03-01 - 2026-03-05",
    ]
    assert [table.refused.code if table.refused else "" for table in recognition.tables] == ["", "breakdown", "posts_of_a_span"]
    assert {row.start.day: row.value for row in rows} == {3: 12, 4: 0, 5: 30}
    assert {row.platform for row in rows} == {"pinterest"}
    assert problems == {"no_figures": 2, "breakdown_table": 1, "table_set_aside": 2}


def test_one_table_without_lists_is_a_file_of_one_table(tmp_path: Path) -> None:
    recognition, rows, problems = outcome(written(tmp_path, TEXT.split("Top Boards")[0]))
    assert recognition.tables == ()
    assert (figures(rows), problems) == ({"impressions": 42}, {"no_figures": 2})
    assert rows[0].line == 14


def test_lists_alone_are_refused(tmp_path: Path) -> None:
    assert refusal_code(written(tmp_path, "Top Pins" + TEXT.split("Top Pins")[1])) == "posts_of_a_span"


def test_not_enough_data_is_no_figure(tmp_path: Path) -> None:
    text = (
        "Analytics overview\n2026-03-01 - 2026-03-02\n\nDate,Engaged audience\nNot enough data.\n\nTop Pins x\nNot enough data.\n"
    )
    assert refusal_code(written(tmp_path, text)) == "no_rows"


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Total audience", "audience_total"),
        ("Engagements", "engagements"),
        ("Outbound clicks", "link_clicks"),
        ("Pin clicks", "pin_clicks"),
        ("Saves", "saves"),
        ("Engaged audience", "engaged_audience"),
        ("Salvamentos", "saves"),
    ],
)
def test_each_measure_has_its_export(tmp_path: Path, heading: str, measure: str) -> None:
    _, rows, _ = outcome(written(tmp_path, TEXT.replace("Date,Impressions", f"Date,{heading}")))
    assert figures(rows) == {measure: 42}


def test_a_rate_is_left_out(tmp_path: Path) -> None:
    text = TEXT.replace("Date,Impressions", "Date,Engagement rate").split("Top Boards")[0]
    assert refusal_code(written(tmp_path, text)) == "no_measure"
    (column,) = [column for column in recognise(written(tmp_path, text)).columns if not column.role]
    assert column.reason == "rate"


@pytest.mark.parametrize(
    ("delimiter", "encoding", "day"),
    [
        (";", "utf-8", "{2}.{1}.{0}"),
        ("\t", "utf-16", "{0}-{1}-{2}"),
        (";", "cp1251", "{2}/{1}/{0}"),
        (",", "utf-8-sig", "{1}/{2}/{0}"),
    ],
)
def test_a_spreadsheet_may_have_saved_it_anew(tmp_path: Path, delimiter: str, encoding: str, day: str) -> None:
    lines = []
    for line in TEXT.splitlines():
        cells = line.split(",") if not line.startswith("http") else [line]
        if cells[0].startswith("2026-03-") and len(cells) == 2:
            cells[0] = day.format(*cells[0].split("-"))
        lines.append(delimiter.join([*cells, *[""] * (6 - len(cells))]))
    _, rows, problems = outcome(written(tmp_path, "\n".join(lines), encoding))
    assert {row.start: row.value for row in rows} == {date(2026, 3, 3): 12, date(2026, 3, 4): 0, date(2026, 3, 5): 30}
    assert "bad_date" not in problems


def test_it_may_have_become_a_workbook(tmp_path: Path) -> None:
    rows = [[cell or None for cell in line.split(",")] for line in TEXT.splitlines()]
    recognition, found, _ = outcome(written(tmp_path, workbook({"Pinterest": rows})))
    assert recognition.tables[0].title == "Pinterest: Impressions"
    assert figures(found) == {"impressions": 42}
