"""Every kind of platform file, written the way spreadsheets and people change it: read right, or refused for the reason."""

import codecs
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from metrics.importers import ReadOptions, recognise
from metrics.importers.trial import try_out
from metrics.tests.importing import figures, outcome, refusal_code, written

INSTAGRAM = [
    [
        "Post ID",
        "Account ID",
        "Account username",
        "Account name",
        "Description",
        "Duration (sec)",
        "Publish time",
        "Permalink",
        "Post type",
        "Data comment",
        "Date",
        "Views",
        "Reach",
        "Likes",
        "Shares",
        "Comments",
        "Saves",
        "Follows",
    ],
    [
        "17900000000000001",
        "17841400000000001",
        "dokon",
        "Doʻkon",
        "Yangi ipak",
        "0",
        "03/02/2026 09:15",
        "https://www.instagram.com/p/Aa/",
        "IG image",
        "",
        "Lifetime",
        "1000",
        "800",
        "50",
        "6",
        "7",
        "8",
        "",
    ],
    [
        "17900000000000002",
        "17841400000000001",
        "dokon",
        "Doʻkon",
        "Oʻzbek naqshi",
        "31",
        "03/04/2026 18:40",
        "https://www.instagram.com/reel/Bb/",
        "IG reel",
        "",
        "Lifetime",
        "2500",
        "2100",
        "90",
        "16",
        "17",
        "18",
        "3",
    ],
]
X = [
    [
        "Post id",
        "Date",
        "Post text",
        "Post Link",
        "Impressions",
        "Likes",
        "Engagements",
        "Bookmarks",
        "Shares",
        "New follows",
        "Replies",
        "Reposts",
        "Profile visits",
        "Detail Expands",
        "URL Clicks",
        "Hashtag Clicks",
        "Permalink Clicks",
    ],
    [
        "1900000000000000001",
        "Sat, Aug 1, 2026",
        "Yangi, ipak",
        "https://x.com/dokon/status/1900000000000000001",
        "100",
        "5",
        "9",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "0",
        "1",
    ],
    [
        "1900000000000000002",
        "Sun, Aug 2, 2026",
        "Oʻzbek",
        "https://x.com/dokon/status/1900000000000000002",
        "200",
        "5",
        "9",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "0",
        "1",
    ],
]
X_DAYS = [
    [
        "Date",
        "Impressions",
        "Likes",
        "Engagements",
        "Bookmarks",
        "Shares",
        "New follows",
        "Unfollows",
        "Replies",
        "Reposts",
        "Profile visits",
        "Create Post",
        "Video views",
        "Media views",
    ],
    ["Sun, Mar 2, 2026", "100", "5", "9", "1", "2", "3", "4", "5", "6", "7", "8", "0", "1"],
    ["Sat, Mar 1, 2026", "200", "5", "9", "1", "2", "3", "4", "5", "6", "7", "8", "0", "1"],
]
TIKTOK = [
    ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"],
    ["December 31", "1591", "7", "10", "1", "0"],
    ["January 1", "1154", "1", "5", "0", "0"],
]
YOUTUBE = [
    ["Content", "Video title", "Video publish time", "Views", "Watch time (hours)", "Subscribers", "Impressions"],
    ["Total", "", "", "300", "2", "5", "900"],
    ["aB3-_xYz012", "Paxta, ipak", "Feb 19, 2026", "100", "0.5", "-3", "600"],
    ["zz9-_xYz012", "Oʻzbek", "Mar 1, 2026", "200", "1.5", "8", "300"],
]
BUSINESS = [
    ["Date", "Video views", "Reached audience", "Profile views", "Likes", "Net growth", "New followers", "Lost followers"],
    ["2026/03/01", "715", "NAN", "25", "26", "-3", "10", "13"],
    ["2026/03/02", "20", "15", "--", "2", "6", "6", "0"],
]
TABLES = {"instagram": INSTAGRAM, "x": X, "x_days": X_DAYS, "tiktok": TIKTOK, "youtube": YOUTUBE, "business": BUSINESS}
Table = list[list[str]]
YEAR = ReadOptions(year=2025)


def text(table: Table, delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    memory = io.StringIO()
    csv.writer(memory, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)
    return memory.getvalue()


def wrapped(table: Table) -> str:
    """As a spreadsheet saves a file that it opened as one column: each row one quoted cell."""
    return text([[line] for line in text(table).splitlines()], quoting=csv.QUOTE_ALL)


WAYS: dict[str, Callable[[Table], bytes]] = {
    "as it is": lambda table: text(table).encode(),
    "with a mark": lambda table: codecs.BOM_UTF8 + text(table).encode(),
    "with CRLF": lambda table: text(table, end="\r\n").encode(),
    "all quoted": lambda table: codecs.BOM_UTF8 + text(table, quoting=csv.QUOTE_ALL).encode(),
    "semicolons": lambda table: text(table, ";").encode(),
    "semicolons with sep=": lambda table: b"sep=;\r\n" + text(table, ";", "\r\n").encode(),
    "tabs in UTF-16": lambda table: codecs.BOM_UTF16_LE + text(table, "\t").encode("utf-16-le"),
    "UTF-16, the other way round": lambda table: codecs.BOM_UTF16_BE + text(table).encode("utf-16-be"),
    "trailing cells": lambda table: text([[*row, "", "", ""] for row in table]).encode(),
    "blank lines": lambda table: text(table).replace("\n", "\n\n").encode(),
    "blank lines of commas": lambda table: text([line for row in table for line in (row, [""] * len(row))]).encode(),
    "columns the other way round": lambda table: text([row[::-1] for row in table]).encode(),
    "a column more": lambda table: text([[*row, "Note" if row is table[0] else "x"] for row in table]).encode(),
    "a heading in the middle": lambda table: text([*table[:-1], table[0], table[-1]]).encode(),
    "twice in one file": lambda table: (text(table) * 2).encode(),
    "a total at the end": lambda table: text([*table, ["Total", *("9" for _ in table[0][1:])]]).encode(),
    "a title above": lambda table: ("My analytics\n\n" + text(table)).encode(),
    "capitals": lambda table: text([[cell.upper() for cell in table[0]], *table[1:]]).encode(),
    "soft hyphens": lambda table: text([["\u00ad".join(cell) for cell in table[0]], *table[1:]]).encode(),
    "no-break spaces": lambda table: text([[cell.replace(" ", "\u00a0") for cell in table[0]], *table[1:]]).encode(),
    "one quoted cell per row": lambda table: wrapped(table).encode(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TABLES)
def test_the_same_figures_come_out_however_the_file_is_written(tmp_path: Path, name: str, way: str) -> None:
    table = TABLES[name]
    plain_recognition, plain_rows, _ = outcome(written(tmp_path, text(table)), options=YEAR)
    recognition, rows, _ = outcome(written(tmp_path, WAYS[way](table)), options=YEAR)
    assert recognition.importer == plain_recognition.importer
    assert {(row.start, row.measure, row.value, row.subject and row.subject.key) for row in rows} == {
        (row.start, row.measure, row.value, row.subject and row.subject.key) for row in plain_rows
    }


@pytest.mark.parametrize("name", TABLES)
def test_a_file_that_breaks_off_in_a_row_gives_whole_figures_or_a_reason(tmp_path: Path, name: str) -> None:
    """Cut at every place of its last row, no figure may come out that the whole file does not have.

    Only the very cell in which it breaks off is open to doubt: nothing tells 10 from the beginning of 100.
    """
    table = TABLES[name]
    whole = text(table)
    figures_of_whole = {(row.start, row.measure, row.value) for row in outcome(written(tmp_path, whole), options=YEAR)[1]}
    last = len(whole) - len(text([table[-1]]))
    for end in range(last, len(whole)):
        path = written(tmp_path, whole[:end])
        if recognise(path).refused:
            continue
        rows = outcome(path, options=YEAR)[1]
        strange = [row for row in rows if (row.start, row.measure, row.value) not in figures_of_whole]
        assert len(strange) <= 1, (whole[last:end], strange)


@pytest.mark.parametrize("name", ["instagram", "x"])
@pytest.mark.parametrize("damaged", ["1.79E+16", "1,9E+18", "1.9e18"])
def test_ids_that_a_spreadsheet_rounded_refuse_the_file(tmp_path: Path, name: str, damaged: str) -> None:
    table = [TABLES[name][0], *([damaged, *row[1:]] for row in TABLES[name][1:])]
    assert refusal_code(written(tmp_path, text(table))) == "ids_destroyed"


@pytest.mark.parametrize("name", ["instagram", "x"])
def test_ids_that_end_in_zeros_were_rounded_too(tmp_path: Path, name: str) -> None:
    rows = [[f"17900000000000{number}00", *TABLES[name][1][1:]] for number in range(3)]
    damaged = [[row[0][:15] + "0" * (len(row[0]) - 15), *row[1:]] for row in rows]
    assert refusal_code(written(tmp_path, text([TABLES[name][0], *damaged]))) == "ids_destroyed"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3.апр", "spreadsheet_date"),
        ("04.мар", "spreadsheet_date"),
        ("3-Apr", "spreadsheet_date"),
        ("Apr-03", "spreadsheet_date"),
        ("03.04.2026", "spreadsheet_date"),
        ("3.4%", "percentage"),
        ("3,4 %", "percentage"),
        ("1.5K", "abbreviated_number"),
        ("2,1 тыс.", "abbreviated_number"),
        ("1.2E+03", "rounded_number"),
        ("1.234", "ambiguous_number"),
        ("12.5", "not_whole"),
        ("-4", "negative"),
        ("#REF!", "not_a_number"),
        ("=1+1", "not_a_number"),
    ],
)
@pytest.mark.parametrize("name", TABLES)
def test_a_damaged_figure_is_told_and_the_rest_of_its_row_counts(tmp_path: Path, name: str, cell: str, code: str) -> None:
    table = [list(row) for row in TABLES[name]]
    likes = next(index for index, heading in enumerate(table[0]) if heading in ("Likes", "Impressions"))
    before = figures(outcome(written(tmp_path, text(table)), options=YEAR)[1])
    table[-1][likes] = cell
    _, rows, problems = outcome(written(tmp_path, text(table)), options=YEAR)
    assert problems[code] == 1
    after = figures(rows)
    assert {measure for measure in before if after.get(measure) != before[measure]} == {
        {"Likes": "likes", "Impressions": "impressions"}[table[0][likes]]
    }


@pytest.mark.parametrize("cell", ["", "-", "--", "—", "N/A", "n/a", "NaN", "NAN", "undefined", "null", "nd"])
@pytest.mark.parametrize("name", TABLES)
def test_no_figure_is_not_zero(tmp_path: Path, name: str, cell: str) -> None:
    table = [list(row) for row in TABLES[name]]
    likes = next(index for index, heading in enumerate(table[0]) if heading in ("Likes", "Impressions"))
    whole = len(outcome(written(tmp_path, text(table)), options=YEAR)[1])
    table[-1][likes] = cell
    _, rows, problems = outcome(written(tmp_path, text(table)), options=YEAR)
    assert len(rows) == whole - 1
    assert set(problems) <= {"total_row"}


@pytest.mark.parametrize("cell", ["1,234", "1 234", "1\u00a0234", "1\u202f234", "1’234", "1.234.000", "1,234,000"])
@pytest.mark.parametrize("name", TABLES)
def test_thousands_are_read_where_only_thousands_can_be_meant(tmp_path: Path, name: str, cell: str) -> None:
    table = [list(row) for row in TABLES[name]]
    likes = next(index for index, heading in enumerate(table[0]) if heading in ("Likes", "Impressions"))
    table[-1][likes] = cell
    _, rows, _ = outcome(written(tmp_path, text(table)), options=YEAR)
    measure = {"Likes": "likes", "Impressions": "impressions"}[table[0][likes]]
    last = [row.value for row in rows if row.measure == measure][-1]
    assert last == int("".join(character for character in cell if character.isdigit()))


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_is_too_long_is_not_guessed_at(tmp_path: Path, name: str) -> None:
    table = [list(row) for row in TABLES[name]]
    table[-1] += ["77"]
    before = outcome(written(tmp_path, text(TABLES[name])), options=YEAR)[1]
    _, rows, problems = outcome(written(tmp_path, text(table)), options=YEAR)
    assert problems["too_many_cells"] == 1
    assert len({row.line for row in rows}) == len({row.line for row in before}) - 1


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "latin-1"])
@pytest.mark.parametrize("name", TABLES)
def test_old_encodings_are_read(tmp_path: Path, name: str, encoding: str) -> None:
    words = "Платье из шелка, новая коллекция" if encoding == "cp1251" else "Robe d'été à Café"
    table = [[cell.replace("Oʻzbek", words).replace("ʻ", "'") for cell in row] for row in TABLES[name]]
    plain_rows = outcome(written(tmp_path, text(table)), options=YEAR)[1]
    rows = outcome(written(tmp_path, text(table), encoding), options=YEAR)[1]
    assert [(row.measure, row.value, row.subject) for row in rows] == [
        (row.measure, row.value, row.subject) for row in plain_rows
    ]


def test_files_of_one_kind_with_other_columns_are_read_one_under_the_other(tmp_path: Path) -> None:
    """Instagram changed the order of its columns: under the first heading, saves would be follows."""
    order = [*range(14), 16, 17, 14, 15]
    later = [[row[index] for index in order] for row in INSTAGRAM]
    later[1][0], later[2][0] = "17900000000000003", "17900000000000004"
    recognition, rows, problems = outcome(written(tmp_path, text([*INSTAGRAM, *later])))
    assert len(recognition.tables) == 2
    assert not problems
    assert figures(rows) == {
        measure: 2 * value for measure, value in figures(outcome(written(tmp_path, text(INSTAGRAM)))[1]).items()
    }


def test_files_of_different_kinds_are_read_one_under_the_other(tmp_path: Path) -> None:
    viewers = [["Date", "Total Viewers", "New Viewers", "Returning Viewers"], ["December 31", "undefined", "4", "3"]]
    recognition, rows, problems = outcome(written(tmp_path, text([*TIKTOK, *viewers, *BUSINESS, *YOUTUBE])), options=YEAR)
    assert [table.importer.id if table.importer else "" for table in recognition.tables] == [
        *("tiktok_days", "tiktok_days", "tiktok_days", "youtube_videos")
    ]
    assert problems == {"total_row": 1}
    apart = [outcome(written(tmp_path, text(table)), options=YEAR)[1] for table in (TIKTOK, viewers, BUSINESS, YOUTUBE)]
    assert [(row.start, row.measure, row.value) for row in rows] == [
        (row.start, row.measure, row.value) for part in apart for row in part
    ]


def test_a_second_table_of_ones_own_is_refused_instead_of_read_under_the_wrong_heading(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes,saves\n2026-03-01,1,2\ndate,saves,likes\n2026-03-02,3,4\n")
    trial = try_out(path)
    assert trial.refused is not None
    assert (trial.refused.code, trial.refused.params) == ("another_table", {"line": 3})
