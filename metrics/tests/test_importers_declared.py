"""The declared tables of the importers agree with each other and with the measures."""

import ast
import re
import string
from pathlib import Path

from metrics import importers
from metrics.importers import IMPORTERS, MESSAGES, generic, meta_overview, meta_posts, recognise, tiktok, words, x, youtube
from metrics.importers.messages import COLUMNS_LEFT, REFUSALS, ROW_ERRORS, SKIPS
from metrics.importers.words import measures_by_word, plain
from metrics.kpi.measures import MEASURES
from metrics.tests.importing import refusal_code, written

CODES = {"Unreadable": REFUSALS, "Refusal": REFUSALS, "CellError": ROW_ERRORS, "RowError": ROW_ERRORS, "Skipped": SKIPS}
LAYOUTS = (
    meta_posts.LAYOUT,
    *(*x.CONTENT_LAYOUTS, *x.DAILY_LAYOUTS),
    *(*tiktok.DAILY_LAYOUTS, *tiktok.POST_LAYOUTS),
    *(*youtube.POST_LAYOUTS, *youtube.DAILY_LAYOUTS),
)
SOURCES = sorted(Path(importers.__file__).parent.glob("*.py"))


def test_every_measure_that_an_importer_gives_is_declared_and_recorded() -> None:
    layouts = (*LAYOUTS, generic._LAYOUT)
    given = {measure for layout in layouts for measure in (*layout.measures.values(), *layout.by_name.values())}
    given |= {*meta_overview._TITLES.values(), *meta_overview._LIKELY_TITLES.values()}
    assert given <= set(MEASURES)
    assert {measure for measure in given if not MEASURES[measure].recorded} == set()
    assert set(words.MEASURE_WORDS) <= set(MEASURES)


def test_the_headings_of_layouts_are_written_in_plain_form() -> None:
    for layout in LAYOUTS:
        for heading in (*layout.roles, *layout.measures, *layout.left, *layout.by_name, *frozenset().union(*layout.needs)):
            assert heading == words.plain(heading)


def test_reasons_for_leaving_a_column_out_are_declared() -> None:
    assert {reason for layout in LAYOUTS for reason in layout.left.values()} <= set(COLUMNS_LEFT)


def test_every_code_in_the_sources_has_its_sentence() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODES):
                continue
            codes = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            assert all(code in CODES[node.func.id] for code in codes[:1]), (path.name, codes)


def test_every_sentence_is_said_somewhere() -> None:
    spoken = "".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "messages.py")
    assert [code for code in MESSAGES if f'"{code}"' not in spoken] == []


def test_messages_use_named_parameters_only() -> None:
    tables = (REFUSALS, ROW_ERRORS, SKIPS, COLUMNS_LEFT)
    assert sum(map(len, tables)) == len(MESSAGES), "a code stands in two tables"
    for sentence in MESSAGES.values():
        names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        assert all(name.isidentifier() for name in names), sentence


def test_every_importer_is_described_in_all_languages() -> None:
    assert len({importer.id for importer in IMPORTERS}) == len(IMPORTERS)
    for importer in IMPORTERS:
        for said in (importer.title, importer.how_to_get):
            assert said.en
            assert said.uz
            assert re.search("[а-яё]", said.ru), said.ru


def test_the_russian_name_of_a_measure_over_a_column_means_that_measure() -> None:
    known = measures_by_word()
    said = {name: known[plain(measure.label.ru)] for name, measure in MEASURES.items() if measure.recorded}
    # "Ответы" is what X calls its comments, as "javoblar" is in Uzbek.
    assert said == {name: name for name in said} | {"replies": "comments"}


def test_importers_know_no_framework() -> None:
    for path in SOURCES:
        assert "django" not in path.read_text(encoding="utf-8").lower(), path.name


def test_an_unknown_file_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    path = written(tmp_path, "Planet,Moons\nMars,2\n")
    assert refusal_code(path) == "not_recognised"
    refused = recognise(path).refused
    assert refused is not None
    assert "Planet, Moons" in refused.message_en
