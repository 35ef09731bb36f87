"""The declared tables of the importers agree with each other and with the measures."""

import ast
import string
from pathlib import Path

import pytest

from metrics import importers
from metrics.importers import IMPORTERS, MESSAGES, generic, meta_overview, meta_posts, recognise, words, x
from metrics.importers.messages import COLUMNS_LEFT, REFUSALS, ROW_ERRORS, SKIPS
from metrics.kpi.measures import MEASURES
from metrics.tests.importing import refusal_code, written

CODES = {"Unreadable": REFUSALS, "Refusal": REFUSALS, "CellError": ROW_ERRORS, "RowError": ROW_ERRORS, "Skipped": SKIPS}
SOURCES = sorted(Path(importers.__file__).parent.glob("*.py"))


def test_every_measure_that_an_importer_gives_is_declared_and_recorded() -> None:
    layouts = (meta_posts.LAYOUT, x._CONTENT_LAYOUT, x._DAILY_LAYOUT, x._VIDEO_LAYOUT, generic._LAYOUT)
    given = {measure for layout in layouts for measure in layout.measures.values()}
    given |= {*meta_overview._TITLES.values(), *meta_overview._LIKELY_TITLES.values()}
    assert given <= set(MEASURES)
    assert {measure for measure in given if not MEASURES[measure].recorded} == set()
    assert set(words.MEASURE_WORDS) <= set(MEASURES)


def test_the_headings_of_layouts_are_written_in_plain_form() -> None:
    for layout in (meta_posts.LAYOUT, x._CONTENT_LAYOUT, x._DAILY_LAYOUT, x._VIDEO_LAYOUT):
        for heading in (*layout.roles, *layout.measures, *layout.left, *frozenset().union(*layout.needs)):
            assert heading == words.plain(heading)


def test_reasons_for_leaving_a_column_out_are_declared() -> None:
    layouts = (meta_posts.LAYOUT, x._CONTENT_LAYOUT, x._DAILY_LAYOUT, x._VIDEO_LAYOUT)
    assert {reason for layout in layouts for reason in layout.left.values()} <= set(COLUMNS_LEFT)


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


def test_every_importer_is_described_in_both_languages() -> None:
    assert len({importer.id for importer in IMPORTERS}) == len(IMPORTERS)
    for importer in IMPORTERS:
        assert importer.title.en
        assert importer.title.uz
        assert importer.how_to_get.en
        assert importer.how_to_get.uz


def test_importers_know_no_framework() -> None:
    for path in SOURCES:
        assert "django" not in path.read_text(encoding="utf-8").lower(), path.name


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ('"Date","Video Views","Profile Views","Likes","Comments","Shares"\n"April 12","1","2","3","4","5"', "TikTok"),
        ('"Time","Video title","Video link","Post time","Total likes"\n"April 1","a","b","c","1"', "TikTok"),
        ('"Date","Total Viewers","New Viewers","Returning Viewers"\n"April 1","undefined","0","0"', "TikTok"),
        ("Content,Video title,Video publish time,Views\nTotal,,,5\n", "YouTube Studio"),
        ("Da\u00adtum,Auf\u00adru\u00adfe\n2026-01-01,5\n", "YouTube Studio"),
        ("Conteúdo,Título do vídeo,Visualizações\nTotal,,5\n", "YouTube Studio"),
    ],
)
def test_a_file_of_a_platform_to_come_is_refused_by_its_name(tmp_path: Path, text: str, platform: str) -> None:
    refused = recognise(written(tmp_path, text)).refused
    assert refused is not None
    assert (refused.code, refused.params["platform"]) == ("not_supported_yet", platform)


def test_an_unknown_file_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    path = written(tmp_path, "Planet,Moons\nMars,2\n")
    assert refusal_code(path) == "not_recognised"
    refused = recognise(path).refused
    assert refused is not None
    assert "Planet, Moons" in refused.message_en
