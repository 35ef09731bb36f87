"""Tables and cells by themselves: what spreadsheets do to files, and what hostile ones try."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brands.cells import guarded, unguarded
from calendar_app.plan_files import tables
from calendar_app.plan_files.cells import Unclear, clean, read_clock, read_day, split_moment, sure_order
from calendar_app.plan_files.recognition import recognise
from calendar_app.plan_files.tables import Row, Unreadable, read


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(content)]


@given(st.text(max_size=40))
def test_a_guarded_cell_runs_nothing_and_comes_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'=+-@\t\r\n a", max_size=6))
def test_apostrophes_before_formulas_come_back_as_they_were(text):
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2027-03-04", "", date(2027, 3, 4)), ("2027/03/04", "", date(2027, 3, 4)), ("04.03.2027", "mdy", date(2027, 3, 4)),
        ("04/03/2027", "dmy", date(2027, 3, 4)), ("03/04/2027", "mdy", date(2027, 3, 4)), ("25/12/27", "", date(2027, 12, 25)),
    ],
)  # fmt: skip
def test_days_are_read(text, order, day):
    assert read_day(text, order) == day


@pytest.mark.parametrize("text", ["", "tomorrow", "2027-02-30", "31.13.2027", "1/2/345", "2027-3", "٢٠٢٧-٠٣-٠٤x", "9" * 50])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):
        read_day(text, "dmy")


@pytest.mark.parametrize(
    ("text", "clock"),
    [("9:05", time(9, 5)), ("21.30", time(21, 30)), ("10:00 PM", time(22)), ("12:15 am", time(0, 15)), ("10:00:05.25", time(10, 0, 5, 250000))],
)  # fmt: skip
def test_times_are_read(text, clock):
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["", "24:00", "13:00 PM", "noon", "10", "10:99"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        read_clock(text)


def test_one_number_above_twelve_settles_the_order_of_all():
    assert sure_order([(3, 4), (25, 12)]) == "dmy"
    assert sure_order([(3, 4), (12, 25)]) == "mdy"
    for unclear in ([(3, 4)], [(25, 1), (1, 25)]):
        with pytest.raises(Unclear):
            sure_order(unclear)


def test_a_moment_in_one_cell_is_a_day_and_a_time():
    assert split_moment("03/04/2027 10:30") == ("03/04/2027", "10:30")
    assert split_moment("2027-03-04T10:30") == ("2027-03-04", "10:30")


WORDS = "Дата;Матн\r\n2027-03-04;Оʻзбекча «салом»\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(encoding):
    assert cells(WORDS.encode(encoding))[1] == ("2027-03-04", "Оʻзбекча «салом»")


def test_cyrillic_of_old_programs_is_found():
    assert cells("Дата;Текст\nзавтра;Привет всем\n".encode("cp1251"))[1] == ("завтра", "Привет всем")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_divider_is_found(delimiter):
    assert cells(f"Text{delimiter}Posting Time\nA, b; c{delimiter}x\n".replace("A, b; c", '"A, b; c"').encode())[1] == (
        "A, b; c",
        "x",
    )


def test_a_divider_that_is_named_is_taken():
    assert cells(b"sep=;\r\nA;B\r\n1,5;2\r\n") == [("A", "B"), ("1,5", "2")]


def workbook(rows: list[list]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_what_excel_made_of_days_and_numbers_is_text_again():
    found = cells(workbook([[datetime(2027, 3, 4), time(10, 30), 5.0, 1.5, True, None, "x"]]))
    assert found == [("2027-03-04", "10:30:00", "5", "1.5", "True", "", "x")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"\xef\xbb\xbf \r\n", "empty"), (b"%PDF-1.7 ...", "no_table"), (b"\x89PNG\r\n\x1a\n", "no_table"),
        (b"PK\x03\x04broken", "broken_workbook"), (bytes(range(1, 32)) * 50, "no_table"), (b"a" * (tables.LARGEST + 1), "too_large"),
        (b'a,b\n"' + b"x" * 200_000, "cell_too_long"), (b"," * 500, "empty_or_wide"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_table_is_told_so(content, code):
    with pytest.raises(Unreadable) as told:
        read(content)
    assert told.value.code == code or (code == "empty_or_wide" and told.value.code == "too_wide")


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return file.getvalue()


def test_a_zip_bomb_stays_asleep():
    bomb = zipped(xl__workbook_xml=b"<workbook/>", xl__bomb_xml=b"\x00" * (tables.LARGEST_UNPACKED + 1))
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable) as told:
        read(bomb)
    assert told.value.code == "unpacks_too_large"


def test_an_archive_that_is_no_workbook_is_told_so():
    with pytest.raises(Unreadable) as told:
        read(zipped(readme_xml=b"hello"))
    assert told.value.code == "no_table"


def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_is():
    honest = workbook([["Text", "Posting Time"], ["a", "b"]])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest)) as source, zipfile.ZipFile(file, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert len(cells(file.getvalue())) == 2


def test_more_rows_than_a_plan_has_are_too_many():
    with pytest.raises(Unreadable) as told:
        read(b"a,b\n" * (tables.MOST_ROWS + 2))
    assert told.value.code == "too_many_rows"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([["Text", "Image URL", "Tags", "Posting Time"]], "buffer"),
        ([["Text", "Date", "Time", "Draft", "Facebook", "Twitter/X"]], "metricool"),
        ([["Subject", "Start Date", "Start Time"]], "google"),
        ([["Date", "Message", "Link"]], "hootsuite"),
        ([["12/25/2027 10:00", "Hello", "https://a.uz"]], "hootsuite"),
        ([["25/12/2027 10:00", "Hello"]], "hootsuite"),
        ([["Sana", "Matn"], ["1", "2"]], "table"),
        ([["time", "DATE", "post", "platform", "account", "title", "text"]], "ours"),
    ],
)  # fmt: skip
def test_a_format_is_known_by_what_stands_in_it(lines, name):
    assert recognise([Row(number, tuple(line)) for number, line in enumerate(lines, 1)]).name == name


@pytest.mark.parametrize("line", [["Name"], ["hello", "world"], ["2027-03-04", "x"]])
def test_what_nobody_knows_is_told_with_its_header(line):
    with pytest.raises(Unreadable) as told:
        recognise([Row(1, tuple(line))])
    assert told.value.params == {"said": ", ".join(line)}


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_told_why_not(content):
    with suppress(Unreadable):
        assert recognise(read(content)).name
