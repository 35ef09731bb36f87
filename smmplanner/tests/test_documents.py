"""The documents: what they lead to is there, what they call a button is called so, and both languages say the same."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from smmplanner.tests.pictures import FOLDER, MOST_BYTES, PICTURES, difference, fingerprint, recorded
from smmplanner.tests.test_translations import FORBIDDEN_WORD, WRONG_APOSTROPHE, english, forms, home_of, read

ROOT: Path = settings.BASE_DIR
ENGLISH_GUIDES, UZBEK_GUIDES = sorted((ROOT / "docs" / "en").glob("*.md")), sorted((ROOT / "docs" / "uz").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^)\s]+)\)|\b(?:src|srcset|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^(#+) +(.+)$", re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
FILE_NAMES = {name for picture in PICTURES for name in picture.file_names().values()}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def prose(path: Path) -> str:
    return CODE.sub("", FENCED.sub("", path.read_text(encoding="utf-8")))


def links(path: Path) -> list[str]:
    return [first or second for first, second in LINK.findall(prose(path))]


def anchors(path: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = HEADING.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _level, title in headings}


def leads_nowhere(path: Path, link: str) -> bool:
    address, _, anchor = link.partition("#")
    target = (path.parent / address).resolve() if address else path
    return not target.is_relative_to(ROOT) or not target.exists() or bool(anchor and anchor not in anchors(target))


@pytest.fixture(scope="module")
def interface() -> dict[str, set[str]]:
    """What the interface can say, by language."""
    messages = [message for message in read(home_of("uz"), "uz") if message.id]
    said = {"en": {text for message in messages for text in english(message)}}
    return said | {"uz": {text for message in messages for text in forms(message)}}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_and_pictures_of_a_document_are_there(path):
    own = [link for link in links(path) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in own if leads_nowhere(path, link)] == []


@pytest.mark.parametrize("link", ["nothing.md", "README.md#nothing", "../elsewhere.md"])
def test_a_link_to_nothing_is_seen(link):
    assert leads_nowhere(ROOT / "README.md", link)


def test_every_guide_is_there_in_both_languages():
    assert [path.name for path in ENGLISH_GUIDES] == [path.name for path in UZBEK_GUIDES]
    assert {"index.md", "marketer.md", "lead.md", "client.md", "admin.md"} <= {path.name for path in ENGLISH_GUIDES}


@pytest.mark.parametrize("path", ENGLISH_GUIDES, ids=name_of)
def test_both_languages_have_the_same_tasks_and_steps(path):
    twin = ROOT / "docs" / "uz" / path.name

    def outline(text: str) -> list[str]:
        return re.findall(r"^(?:#+|\d+\.|-|!\[)(?= |)", text, re.MULTILINE)

    assert outline(prose(twin)) == outline(prose(path))


@pytest.mark.parametrize("path", [*ENGLISH_GUIDES, *UZBEK_GUIDES], ids=name_of)
def test_names_of_buttons_and_pages_are_those_of_the_interface(path, interface):
    names = {" ".join(name.split()) for name in BOLD.findall(prose(path))}
    assert names - interface[path.parent.name] == set(), f"{name_of(path)} names what nobody can find"


@pytest.mark.parametrize("path", UZBEK_GUIDES, ids=name_of)
def test_a_guide_is_written_in_good_uzbek(path):
    text = re.sub(r"\]\([^)]+\)", "]", prose(path))
    assert WRONG_APOSTROPHE.findall(text) == []
    assert FORBIDDEN_WORD.findall(text) == []


# --- pictures; whether they show what the pages show is asked in test_demo_in_a_browser.py


def test_pictures_are_those_that_are_declared():
    there = {path.name for path in FOLDER.glob("*.png")}
    assert there == FILE_NAMES, "run make screenshots"
    assert set(recorded()) == {picture.name for picture in PICTURES}, "run make screenshots"


def test_every_picture_is_shown_in_a_document():
    shown = {Path(link).name for path in DOCUMENTS for link in links(path)}
    assert FILE_NAMES - shown == set()


@pytest.mark.parametrize("name", sorted(FILE_NAMES))
def test_a_picture_is_small_enough(name):
    path = FOLDER / name
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as picture:
        assert picture.mode == "P"


def test_another_figure_makes_no_picture_wrong_and_another_word_does():
    then = fingerprint(["Goals", "1,600 leads by 28 February", "4.35 %", "09:30"])
    assert fingerprint(["Goals", "1,700 leads by 1 February", "5 %"]) == then
    now = fingerprint(["Aims", "1,600 leads by 28 February"])
    assert difference(then, now) == "no longer shows 'Goals'; now shows 'Aims'"
