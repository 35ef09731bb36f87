import gzip
import io
import zipfile
from pathlib import Path

import pytest

from metrics.importers import source
from metrics.tests.importing import figures, outcome, refusal_code, written

TABLE = "sana,qamrov,kanal\n2026-03-01,12,Чойхона\n2026-03-02,30,Чойхона\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "cp1251"])
def test_every_encoding_of_the_field_is_read(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-be", "utf-16-le") else ""
    _, rows, _ = outcome(written(tmp_path, mark + TABLE, encoding))
    assert figures(rows) == {"reach": 42}
    assert rows[0].channel == "Чойхона"


def test_utf_16_without_its_mark_is_recognised(tmp_path: Path) -> None:
    _, rows, _ = outcome(written(tmp_path, "date,reach\n2026-03-01,12\n", "utf-16-le"))
    assert figures(rows) == {"reach": 12}


def test_lone_accents_are_latin_and_words_of_high_bytes_are_cyrillic(tmp_path: Path) -> None:
    _, latin, _ = outcome(written(tmp_path, "date,channel,reach\n2026-03-01,café à côté,1\n", "cp1252"))
    assert latin[0].channel == "café à côté"
    _, cyrillic, _ = outcome(written(tmp_path, "date,channel,reach\n2026-03-01,Чойхона,1\n", "cp1251"))
    assert cyrillic[0].channel == "Чойхона"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_divider_and_line_end_is_found(tmp_path: Path, delimiter: str, end: str) -> None:
    text = TABLE.replace(",", delimiter).replace("\n", end)
    _, rows, _ = outcome(written(tmp_path, text))
    assert figures(rows) == {"reach": 42}


def test_a_line_that_names_the_divider_is_believed_and_is_no_data(tmp_path: Path) -> None:
    _, rows, problems = outcome(written(tmp_path, "sep=;\ndate;reach\n2026-03-01;5\n"))
    assert figures(rows) == {"reach": 5}
    assert not problems
    assert rows[0].line == 3


def test_a_line_that_names_another_divider_than_the_file_has_is_not_believed(tmp_path: Path) -> None:
    text = "sep=,\t\nReach\t\nDate\tPrimary\n2026-01-01T00:00:00\t5\n"
    _, rows, _ = outcome(written(tmp_path, text, "utf-16"))
    assert figures(rows) == {"reach": 5}


def test_decimal_commas_do_not_pass_for_dividers(tmp_path: Path) -> None:
    _, rows, _ = outcome(written(tmp_path, "date;watch_seconds\n2026-03-01;3,5\n2026-03-02;4,5\n"))
    assert figures(rows) == {"watch_seconds": 8}


def test_a_file_wrapped_row_by_row_is_unwrapped(tmp_path: Path) -> None:
    text = '"date,""channel"",likes"\n"2026-03-01,""a, b"",4"\n"2026-03-02,""c\nd"",5"\n'
    _, rows, _ = outcome(written(tmp_path, text))
    assert figures(rows) == {"likes": 9}
    assert [row.channel for row in rows] == ["a, b", "c\nd"]


def workbook(*names: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in names:
            archive.writestr(name, "0" * 10_000)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (workbook("[Content_Types].xml", "xl/workbook.xml"), "broken_workbook"),
        (workbook("Table data.csv"), "not_recognised"),
        (workbook(), "empty_archive"),
        (b"PK\x03\x04" + bytes(99), "broken_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken_workbook"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"\xff\xd8\xff\xe0....", "image"),
        (gzip.compress(b"date,likes\n", mtime=0), "gzip_archive"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web_page"),
        (b'[{"date": "2026-03-01", "likes": 3}]', "json"),
        (b"date,likes\n2026-03-01,\x00\x003\n", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\xff\xfed\x00a\x00t\x00e\x00\x00\xd8,\x00", "bad_encoding"),
        (b"just a sentence", "not_recognised"),
        (b"a,b,c\n1,2,3\n", "not_recognised"),
        (b"date,temperature\n2026-03-01,21\n", "no_measure"),
        (b"date,likes\n", "no_rows"),
        (b'date,likes\n2026-03-01,"3\n' + b"x\n" * 100_000, "field_too_long"),
        (b"," * 5_000 + b"\n1\n", "too_many_columns"),
        (b"a" * (source.MAX_LINE + 1), "line_too_long"),
    ],
)
def test_what_is_no_table_is_refused_with_the_right_hint(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal_code(written(tmp_path, content)) == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal_code(tmp_path / "nowhere.csv") == "cannot_open"


def test_an_enormous_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "enormous"
    with path.open("wb") as file:
        file.write(b"date,likes\n")
        file.truncate((source.MAX_MEGABYTES << 20) + 1)
    assert refusal_code(path) == "too_large"


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "Followers.pdf"
    path.write_text("date,likes\n2026-03-01,3\n")
    _, rows, _ = outcome(path)
    assert figures(rows) == {"likes": 3}
