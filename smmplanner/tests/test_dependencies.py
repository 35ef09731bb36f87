"""What `make audit` makes of the answers of its tools."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from smmplanner.dependencies import ALLOWED, Answer, allowed, browser_packages, python_packages, verdict

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 29)


def says(answer: object):
    return lambda command: answer if isinstance(answer, str) else json.dumps(answer)


def fails_with(problem: Exception):
    def run(command):
        raise problem

    return run


def test_a_finding_fails_and_one_that_is_explained_does_not():
    weak = {
        "dependencies": [
            {"name": "django", "version": "1.0", "vulns": [{"id": "GHSA-1"}]},
            {"name": "celery", "version": "5", "vulns": []},
        ]
    }
    answer = python_packages("requirements.txt", says(weak))
    assert answer == Answer("requirements.txt", asked=2, found={"GHSA-1": "django 1.0"})
    assert verdict([answer], {})[1] is True
    lines, fails = verdict([answer], {"GHSA-1": "not used"})
    assert not fails and "stays: not used" in lines[-1]


def test_packages_that_could_not_be_asked_about_are_not_called_sound():
    lines, fails = verdict([python_packages("r.txt", says({"dependencies": [{"name": "amqp", "skip_reason": "not found"}]}))], {})
    assert lines == [
        "r.txt: 0 of 1 packages audited, 0 findings.",
        "  1 could not be asked about: nothing is known of them, good or bad.",
    ]
    assert not fails


@pytest.mark.parametrize(
    "run",
    [says(""), says("{}"), says("[]"), says({"message": "405", "error": {}}), fails_with(FileNotFoundError("npm")), fails_with(subprocess.TimeoutExpired("x", 1))],
)  # fmt: skip
def test_a_tool_without_an_answer_is_said_so_and_fails_nothing(run):
    lines, fails = verdict([python_packages("r.txt", run), browser_packages(run)], {})
    assert [("not audited" in line) for line in lines] == [True, True] and not fails


def test_browser_packages_are_named_by_their_advisory():
    said = {
        "metadata": {"dependencies": {"total": 9}},
        "vulnerabilities": {
            "htmx.org": {"via": [{"source": 1, "url": "https://github.com/advisories/GHSA-2"}]},
            "leans-on-it": {"via": ["htmx.org"]},
        },
    }
    assert browser_packages(says(said)).found == {"GHSA-2": "htmx.org"}


def test_an_explanation_holds_until_its_day():
    text = "# words\nGHSA-1 2026-11-29 because\nGHSA-2 2026-11-28 because\n"
    assert allowed(text, TODAY) == {"GHSA-1": "because"}


@pytest.mark.parametrize("line", ["GHSA-1", "GHSA-1 2026-11-29", "GHSA-1 because", "GHSA-1 2026-13-01 because"])
def test_an_explanation_without_a_day_or_a_reason_is_refused(line):
    with pytest.raises(ValueError):
        allowed(line, TODAY)


def test_the_list_that_is_kept_can_be_read():
    allowed(ALLOWED.read_text(), TODAY)


def of_others(module: str) -> bool:
    return module not in sys.stdlib_module_names and not (ROOT / module).exists()


def imported() -> Iterator[str]:
    """The packages of others that the product imports, by the first name of their modules."""
    for app in ("brands", "strategies", "calendar_app", "metrics", "smmplanner"):
        for file in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())) if "tests" not in file.parts else ():
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module]
                yield from filter(of_others, (name.split(".")[0] for name in names))


def test_what_the_product_imports_is_named_and_does_not_only_come_with_something_else():
    lines = (ROOT / "requirements.in").read_text().splitlines()
    named = {re.split(r"[\[~=<>;]", line)[0].strip().lower() for line in lines if line.strip() and not line.startswith("#")}
    known = packages_distributions()
    unnamed = {module for module in imported() if not {name.lower().replace("_", "-") for name in known[module]} & named}
    assert unnamed == set()
