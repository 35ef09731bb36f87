"""Whatever is in a file: no exception but the documented one, and no more memory than a short file takes."""

import io
import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.importers import Row, Unreadable, read, recognise
from metrics.importers.trial import try_out
from metrics.tests.importing import FILES, written

SAMPLES = sorted(FILES.iterdir())
SPITE = b'",;\n\r\t\x00-019E%.'
MANY = 200_000


def attempt(path: Path) -> None:
    recognition = recognise(path)
    if recognition.refused is not None:
        assert recognition.refused.message_en
        with pytest.raises(Unreadable):
            next(read(path, recognition))
        return
    for event in read(path, recognition):
        assert isinstance(event, Row) or event.message_en


@settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_random_bytes_raise_nothing(tmp_path: Path, content: bytes) -> None:
    attempt(written(tmp_path, content))


@settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=8))
def test_random_cells_under_a_good_heading_raise_nothing(tmp_path: Path, rows: list[list[str]]) -> None:
    text = "date,likes,reach\n" + "\n".join(",".join(row) for row in rows)
    attempt(written(tmp_path, text.encode("utf-8", "replace")))


def spoiled(rng: random.Random, content: bytes) -> bytes:
    """``content`` with a few bytes changed, lost and doubled."""
    text = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        place = rng.randrange(len(text))
        match rng.randrange(4):
            case 0:
                text[place : place + 1] = bytes([rng.choice(SPITE)])
            case 1:
                del text[place : place + rng.randint(1, 30)]
            case 2:
                text[place:place] = text[: rng.randint(1, 60)]
            case _:
                text[place : place + 2] = rng.randbytes(2)
        text = text or bytearray(b"x")
    return bytes(text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_spoiled_files_raise_nothing(tmp_path: Path, sample: Path) -> None:
    rng = random.Random(sample.name)
    for _ in range(25):
        attempt(written(tmp_path, spoiled(rng, sample.read_bytes())))


def many_rows() -> Iterator[str]:
    yield "date,post_id,likes\n"
    for number in range(MANY):
        yield f"2026-03-{number % 28 + 1:02},{10**17 + number},{number % 97}\n"


def peak_of(events: Iterator[object], count: int) -> tuple[int, int]:
    """How many of the next ``count`` events are rows, and the most memory that it took to get them."""
    tracemalloc.start()
    try:
        rows = sum(isinstance(event, Row) for event in islice(events, count))
        return rows, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    # Watching memory is slow: only the beginning (is the file swallowed whole?) and the end (do rows pile up?).
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(many_rows())
    events = read(path, recognise(path))
    at_first, first_peak = peak_of(events, 5_000)
    between = sum(isinstance(event, Row) for event in islice(events, MANY - 25_000))
    at_last, last_peak = peak_of(events, MANY)
    assert at_first + between + at_last == MANY
    assert at_last == 20_000
    assert max(first_peak, last_peak) < 2_000_000


def test_a_quotation_mark_that_never_closes_ends_in_a_refusal(tmp_path: Path) -> None:
    text = "date,likes\n" + "2026-03-01,1\n" * 400 + '2026-03-02,"' + "3\n" * 200_000
    trial = try_out(written(tmp_path, text))
    assert trial.refused is not None
    assert trial.refused.code == "field_too_long"
    assert trial.refused.params["line"] == 402


def test_what_is_quoted_from_a_file_is_cut(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes\n2026-03-01," + "x" * 100_000 + "\n")
    (event,) = read(path, recognise(path))
    assert not isinstance(event, Row)
    assert len(event.message_en) < 300


def test_a_file_that_changes_after_it_was_recognised_raises_the_documented_exception(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes\n2026-03-01,1\n")
    recognition = recognise(path)
    path.write_bytes(b"date,likes\n2026-03-01,\xff\xfe\n")
    with pytest.raises(Unreadable):
        list(read(path, recognition))
    path.unlink()
    with pytest.raises(Unreadable):
        list(read(path, recognition))


def test_a_zip_that_no_unzipper_knows_is_a_broken_one(tmp_path):
    """One byte of the directory says which version of the format is needed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "date,likes\n2026-01-05,1\n")
    content = bytearray(packed.getvalue())
    content[content.index(b"PK\x01\x02") + 6] = 255
    path = tmp_path / "upload"
    path.write_bytes(bytes(content))
    assert recognise(path, name="upload.zip").refused.code == "broken_archive"
