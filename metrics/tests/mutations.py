"""Export files as they look after an accident: the synthetic files of every importer, changed at random.

The same seed gives the same files.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

import openpyxl

from metrics.tests.importing import FILES

Mutation = Callable[[bytes, random.Random], bytes]
_PIECES = (
    b"\0", b'"', b"'", b",", b";", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xad", b"=1+1", b"-",
    b"1E+17", b"1,234", b"1.234", b"12%", b"NaN", b"inf", b"-9999999999999999999", b"99/99/9999", b"29.02.2025", b"\xf0\x9f\x98\x80",
    "‎٣٤".encode(), b"sep=;\n", b"#", b"Total,", b"<html>", b"PK\x03\x04", b"\x1a", b"\x85", "\u2028".encode(),
)  # fmt: skip
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "cp1252", "cp037", "shift_jis")


def files(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """`count` mutated files, each with a name that says what was done."""
    sources = originals()
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name = chance.choice(sorted(sources))
        content, done = sources[name], []
        for _time in range(chance.choice((1, 1, 1, 2, 3))):
            mutate = chance.choice(MUTATIONS if not _is_zip(content) else [*MUTATIONS, *([_inside] * 12)])
            content = mutate(content, chance)
            done.append(mutate.__name__.strip("_"))
        yield f"{number}-{name}-{'-'.join(done)}", content


def originals() -> dict[str, bytes]:
    """Files of each importer, some of them also as a workbook and together in a zip archive."""
    found = {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.is_file()}
    tables = {name: content for name, content in found.items() if name.endswith(".csv")}
    for name in sorted(tables)[::3]:
        found[f"{name}.xlsx"] = _workbook(tables[name])
    found["all.zip"] = _packed({name: tables[name] for name in sorted(tables)[:4]})
    return found


def _workbook(content: bytes) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in _text(content).splitlines():
        book.active.append(
            [int(cell) if cell.isdigit() and len(cell) < 15 else cell for cell in line.replace("\0", "").split(",")]
        )
    book.save(out)
    return out.getvalue()


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _text(content: bytes) -> str:
    return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace")


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _time in range(chance.choice((1, 3, 30))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _insert(content: bytes, chance: random.Random) -> bytes:
    for _time in range(chance.choice((1, 2, 20))):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(_PIECES) + content[at:]
    return content


def _lines(content: bytes, chance: random.Random) -> bytes:
    """Lines said again, left out, or in another order."""
    lines = content.splitlines(keepends=True) or [b""]
    match chance.randrange(4):
        case 0:
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
        case 1:
            del lines[chance.randrange(len(lines))]
        case 2:
            chance.shuffle(lines)
        case _:
            lines *= chance.choice((2, 50))
    return b"".join(lines)


def _columns(content: bytes, chance: random.Random) -> bytes:
    """A column said again, left out or moved; cells that hold commas come apart, as they do in real accidents."""
    rows = [line.split(",") for line in _text(content).split("\n")]
    widest = max(map(len, rows))
    column, other = chance.randrange(widest), chance.randrange(widest)
    change = chance.randrange(3)
    for row in rows:
        if column < len(row):
            cell = row[column] if change == 0 else row.pop(column)
            if change != 1:
                row.insert(other, cell)
    return "\n".join(map(",".join, rows)).encode()


def _many_columns(content: bytes, chance: random.Random) -> bytes:
    times = chance.choice((20, 300, 5_000))
    return b"\n".join(line + b"," + line.split(b",")[-1] + b",x" * times for line in content.split(b"\n")[:50])


def _huge_cell(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return (
        content[:at]
        + chance.choice((b"9", b"a", b'"', b" ", "ў".encode())) * chance.choice((1_000, 140_000, 1_100_000))
        + content[at:]
    )


def _line_ends(content: bytes, chance: random.Random) -> bytes:
    ends = (b"\n", b"\r\n", b"\r", b"\n\n", b"\x0b", b"\x0c")
    return b"".join(line + chance.choice(ends) for line in content.splitlines())


def _encoding(content: bytes, chance: random.Random) -> bytes:
    return _text(content).encode(chance.choice(_ENCODINGS), errors="replace")


def _delimiter(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b",", chance.choice((b";", b"\t", b"|", b" ", b"\0", b'","')))


def _numbers(content: bytes, chance: random.Random) -> bytes:
    """Digits become other characters, as in files that were opened in a spreadsheet of another country."""
    digit = chance.choice(b"0123456789")
    return content.replace(bytes([digit]), chance.choice(_PIECES), chance.choice((1, 5, -1)))


def _inside(content: bytes, chance: random.Random) -> bytes:
    """A member of the archive or workbook is mutated, lost, said again or given another name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError, zlib.error):
        return _flip(content, chance)
    name = chance.choice(sorted(members) or [""])
    inner = members.pop(name, b"")
    match chance.randrange(5):
        case 0:
            pass
        case 1:
            members[f"../../{name}"] = inner
        case 2:
            members |= {f"copy of {name}": inner, name: inner}
        case _:
            members[name] = chance.choice(MUTATIONS)(inner, chance)
    return _packed(members)


MUTATIONS: list[Mutation] = [
    _flip, _cut, _insert, _lines, _columns, _many_columns, _huge_cell, _line_ends, _encoding, _delimiter, _numbers,
]  # fmt: skip
