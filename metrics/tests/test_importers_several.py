"""A file may hold several tables: workbooks, zip archives, and texts with more than one."""

import tracemalloc
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from metrics.importers import Kind, Row, files, read, recognise, several, workbook
from metrics.importers.trial import try_out
from metrics.tests import importing
from metrics.tests.importing import FILES, figures, outcome, refusal_code, written, zipped

DAYS = "date,likes,reach\n2026-03-01,4,10\n2026-03-02,5,20\n"
POSTS = "post_id,date,views\n18000000000000001,2026-03-01,100\n"
WORDS = "Planet,Moons\nMars,2\nVenus,0\n"


def codes(path: Path) -> list[str]:
    return [table.refused.code if table.refused else "" for table in recognise(path).tables]


def test_a_zip_is_recognised_file_by_file(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"a/days.csv": DAYS, "posts.csv": POSTS, "planets.csv": WORDS}))
    recognition, rows, problems = outcome(path)
    assert [(table.title, table.kind) for table in recognition.tables] == [
        ("days.csv", Kind.DAILY),
        ("posts.csv", Kind.POST),
        ("planets.csv", None),
    ]
    assert codes(path) == ["", "", "not_recognised"]
    assert recognition.kind is Kind.MIXED
    assert [(row.table, row.line, row.measure) for row in rows] == [
        (0, 2, "likes"), (0, 2, "reach"), (0, 3, "likes"), (0, 3, "reach"), (1, 2, "views"),
    ]  # fmt: skip
    assert problems == {"table_set_aside": 3}


def test_what_is_skipped_says_of_which_table_and_why(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"days.csv": DAYS + "2026-03-03,x,\n", "planets.csv": WORDS}))
    events = [event for event in read(path, recognise(path)) if not isinstance(event, Row)]
    assert [(event.table, event.line) for event in events] == [(0, 4), (1, 1), (1, 2), (1, 3)]
    assert events[1].message_en == (
        "The table “planets.csv” is set aside: This file was not recognised. Its first row reads: Planet, Moons"
    )


def test_an_archive_of_one_table_is_that_table(tmp_path: Path) -> None:
    recognition, rows, _ = outcome(written(tmp_path, zipped({"days.csv": DAYS})))
    assert (recognition.tables, recognition.title, recognition.encoding) == ((), "days.csv", "utf-8")
    assert figures(rows) == {"likes": 9, "reach": 30}


def test_a_file_is_refused_as_a_whole_only_if_no_table_gives_figures(tmp_path: Path) -> None:
    audience = (FILES / "meta_audience.csv").read_bytes()
    path = written(tmp_path, zipped({"planets.csv": WORDS, "Audience.csv": audience}))
    recognition = recognise(path)
    assert recognition.refused is not None
    assert recognition.refused.code == "breakdown", "the reason that tells most"
    assert codes(path) == ["not_recognised", "breakdown"]


def test_what_systems_put_into_archives_is_passed_over(tmp_path: Path) -> None:
    members = {"__MACOSX/._days.csv": b"\0\5\x16\7", ".DS_Store": b"\0" * 99, "days.csv": DAYS, "x/.hidden.csv": WORDS}
    recognition, _, problems = outcome(written(tmp_path, zipped(members)))
    assert (recognition.title, problems) == ("days.csv", {})


def test_each_file_of_an_archive_is_written_in_its_own_way(tmp_path: Path) -> None:
    members = {"a.csv": DAYS.replace(",", ";").encode("utf-16"), "b.csv": "дата\tОхват\n01.03.2026\t7\n".encode("cp1251")}
    recognition, rows, _ = outcome(written(tmp_path, zipped(members)))
    assert [(table.encoding, table.delimiter) for table in recognition.tables] == [("utf-16", ";"), ("cp1251", "\t")]
    assert figures(rows) == {"likes": 9, "reach": 37}


def test_an_archive_in_an_archive_is_opened_once(tmp_path: Path) -> None:
    inner = zipped({"days.csv": DAYS})
    recognition, rows, _ = outcome(written(tmp_path, zipped({"inner.zip": inner})))
    assert (recognition.title, len(rows)) == ("inner.zip/days.csv", 4)
    assert refusal_code(written(tmp_path, zipped({"outer.zip": zipped({"inner.zip": inner})}))) == "nested_too_deep"


def spoiled(content: bytes) -> bytes:
    """The archive with a byte of its first file changed: what comes out is not what went in."""
    place = content.index(b"days.csv") + len("days.csv") + 5
    return content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


def test_a_broken_file_in_an_archive_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    path = written(tmp_path, spoiled(zipped({"days.csv": DAYS, "posts.csv": POSTS})))
    assert codes(path) == ["broken_archive", ""]
    assert figures(outcome(path)[1]) == {"views": 100}


def test_a_table_that_stops_being_one_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"days.csv": DAYS + "," * 2_000, "posts.csv": POSTS}))
    assert codes(path) == ["too_many_columns", ""]
    assert figures(outcome(path)[1]) == {"views": 100}


def test_a_download_that_broke_off_is_refused(tmp_path: Path) -> None:
    for content in (zipped({"days.csv": DAYS * 99}), importing.workbook({"Days": [["date", "likes"], ["2026-03-01", 4]]})):
        assert refusal_code(written(tmp_path, content[: len(content) // 2])) == "broken_archive"


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"days.csv": DAYS}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal_code(written(tmp_path, bytes(content))) == "encrypted"


def test_what_grows_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal_code(written(tmp_path, zipped({"zeros.csv": b"0" * (8 << 20)}))) == "packed_too_tight"
    monkeypatch.setattr(files, "MAX_MEGABYTES", 0)
    monkeypatch.setattr(files._Budget.__init__, "__defaults__", (60, files.MOST_MEMBERS))
    assert refusal_code(written(tmp_path, zipped({"a.csv": DAYS, "b.csv": DAYS}))) == "unpacked_too_large"


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path) -> None:
    assert refusal_code(written(tmp_path, zipped({f"{number}.csv": DAYS for number in range(101)}))) == "too_many_files"


def test_nothing_stays_behind_of_what_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.tempfile, "tempdir", str(tmp_path))
    path = written(tmp_path, zipped({"days.csv": DAYS, "posts.csv": POSTS}))
    events = read(path, recognise(path))
    next(events)
    assert len(list(tmp_path.iterdir())) == 2
    events.close()
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_is_recognised_sheet_by_sheet(tmp_path: Path) -> None:
    sheets = {
        "Kunlar": [["date", "likes"], [date(2026, 3, 1), 4], [datetime(2026, 3, 2), 5]],
        "Empty": [],
        "Posts": [["post_id", "date", "views"], ["18000000000000001", "2026-03-01", 100.0]],
        "Notes": [["Planet", "Moons"], ["Mars", 2]],
    }
    recognition, rows, problems = outcome(written(tmp_path, importing.workbook(sheets)))
    assert [table.title for table in recognition.tables] == ["Kunlar", "Posts", "Notes"]
    assert [(row.table, row.line, row.start.day, row.measure, row.value) for row in rows] == [
        (0, 2, 1, "likes", 4), (0, 3, 2, "likes", 5), (1, 2, 1, "views", 100),
    ]  # fmt: skip
    assert problems == {"table_set_aside": 2}


def test_our_own_table_is_read_from_a_workbook_like_from_a_text(tmp_path: Path) -> None:
    rows = [["sana", "qamrov", "koʻrish"], [date(2026, 3, 1), 10, None], [date(2026, 3, 2), "1 200", 7.0]]
    recognition, found, _ = outcome(written(tmp_path, importing.workbook({"Varaq1": rows})))
    assert (recognition.tables, recognition.language) == ((), "uz")
    assert figures(found) == {"reach": 1210, "views": 7}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" a ", "a"),
        (True, "TRUE"),
        (5, "5"),
        (5.0, "5"),
        (0.1, "0.1"),
        (6.49e17, "6.49e+17"),
        (datetime(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 7, 5), "2026-03-01 07:05:00"),
        (timedelta(minutes=5, seconds=12), "0:05:12"),
    ],
)
def test_a_cell_reads_as_it_would_in_a_text(cell: object, text: str) -> None:
    assert workbook._text(cell) == text


def test_a_number_that_a_workbook_turned_into_a_date_is_refused_as_such(tmp_path: Path) -> None:
    path = written(tmp_path, importing.workbook({"Days": [["date", "likes"], [date(2026, 3, 1), date(2026, 4, 3)]]}))
    assert outcome(path)[2] == {"spreadsheet_date": 1}


def test_rounded_ids_are_refused_in_a_workbook_too(tmp_path: Path) -> None:
    rows = [["post_id", "date", "views"], [1.8e17, "2026-03-01", 5], [1.81e17, "2026-03-01", 5]]
    assert refusal_code(written(tmp_path, importing.workbook({"Posts": rows}))) == "ids_destroyed"


def test_a_workbook_that_grows_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = importing.workbook({"Days": [["date", "likes"], ["2026-03-01", 4]]})
    monkeypatch.setattr(workbook, "MAX_MEGABYTES", 0)
    assert refusal_code(written(tmp_path, content)) == "unpacked_too_large"
    tight = zipped({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": "<a>" + " " * (4 << 20)})
    monkeypatch.setattr(workbook, "MAX_MEGABYTES", 512)
    assert refusal_code(written(tmp_path, tight)) == "packed_too_tight"


def test_a_workbook_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refusal_code(written(tmp_path, zipped({"xl/workbook.xml": bomb}))) == "broken_workbook"


def test_too_many_tables_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "MOST_TABLES", 2)
    assert refusal_code(written(tmp_path, zipped({f"{number}.csv": DAYS for number in range(3)}))) == "too_many_tables"


def test_a_trial_tells_each_table_and_all_together(tmp_path: Path) -> None:
    settled = try_out(written(tmp_path, zipped({"a.csv": DAYS, "b.csv": POSTS, "c.csv": DAYS}))).settled
    assert settled is not None
    assert (settled.rows, settled.sums, settled.skipped) == (3, {"likes": 9, "reach": 30, "views": 100}, {"duplicate": 2})
    told = {number: (part.rows, part.sums, part.skipped) for number, part in settled.tables.items()}
    assert told[0] == (0, {}, {"duplicate": 2}), "said again by the third file, which counts"
    assert told[1] == (1, {"views": 100}, {})
    assert told[2] == (2, {"likes": 9, "reach": 30}, {})


def test_an_emoji_cut_in_two_by_an_old_workbook_is_whole_again() -> None:
    first, second = "🚀".encode("utf-16-le")[:2], "🚀".encode("utf-16-le")[2:]
    pieces = workbook._decoded(first, "utf_16_le") + workbook._decoded(second, "utf_16_le")
    assert workbook._text(f"up {pieces} up") == "up 🚀 up"
    assert workbook._text("lost " + pieces[0]) == "lost \ufffd"


def test_a_file_wrapped_below_a_preamble_is_unwrapped(tmp_path: Path) -> None:
    for name in ("pinterest_overview.csv", "ga4_snapshot.csv"):
        plain = (FILES / name).read_text()
        wrapped = "".join('"' + line.replace('"', '""') + '"\n' for line in plain.splitlines())
        assert figures(outcome(written(tmp_path, wrapped))[1]) == figures(outcome(written(tmp_path, plain))[1])


def test_titles_in_quotes_above_a_quoted_table_are_not_unwrapped(tmp_path: Path) -> None:
    text = '"Reach, all of it"\n"A note, too"\n"date","likes"\n"2026-03-01","5"\n'
    assert figures(outcome(written(tmp_path, text))[1]) == {"likes": 5}


def test_rows_that_a_workbook_leaves_out_are_lines_all_the_same(tmp_path: Path) -> None:
    rows = [["date", "likes"], [], [], [date(2026, 3, 1), 4]]
    _, found, _ = outcome(written(tmp_path, importing.workbook({"Days": rows})))
    assert [row.line for row in found] == [4]


def test_a_long_sheet_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    rows = [["date", "post_id", "likes"], *(["2026-03-01", f"x{number}", number] for number in range(6_000))]
    path = written(tmp_path, importing.workbook({"Days": rows}))
    (_name, sheet), *_others = workbook.pages(path, old=False)
    records = sheet.records()
    for _ in range(500):
        next(records)
    tracemalloc.start()
    try:
        count = sum(1 for _ in records)
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 5_501
    assert kept < 300_000
