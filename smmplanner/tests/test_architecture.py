"""The house rules that a machine can read. `ast` and regular expressions; nothing here runs the product."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What stands lower may not know what stands higher.
LAYERS = ["brands", "strategies", "calendar_app", "metrics", "smmplanner"]
# Pure arithmetic: a goal names a KPI.
FOR_EVERYONE = "metrics.kpi"
BY_NAME = {"import_module", "import_string", "get_model", "get_app_config"}
MODEL_REFERENCE = re.compile(rf"^({'|'.join(LAYERS)})\.[A-Z]\w*$")

DRAWERS = {"services", "selectors", "utils", "util", "helpers", "common", "core", "signals", "misc", "manager", "managers"}
LONGEST_MODULE = 450
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 120
# Longer for a reason that is written beside it.
MAY_BE_LONG: dict[str, str] = {}


def modules(app: str, tests: bool = False) -> Iterator[Path]:
    for path in sorted((ROOT / app).rglob("*.py")):
        if tests or "tests" not in path.relative_to(ROOT).parts:
            yield path


def everything(tests: bool = False) -> list[Path]:
    return [path for app in LAYERS for path in modules(app, tests)]


def templates() -> list[Path]:
    return sorted([*(ROOT / "templates").rglob("*.html"), *(path for app in LAYERS for path in (ROOT / app).rglob("*.html"))])


def package(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parent.parts)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(source: str, inside: str = "") -> list[str]:
    """Every module that a source names: imports anywhere, relative ones resolved, and look-ups by string."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += _from(node, inside)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in BY_NAME:
            names += [word.value for word in node.args[:1] if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and MODEL_REFERENCE.match(node.value):
            names.append(node.value)
    return names


def _from(node: ast.ImportFrom, inside: str) -> list[str]:
    base = node.module or ""
    if node.level:
        parents = inside.split(".")[: len(inside.split(".")) - node.level + 1]
        base = ".".join([*parents, *([base] if base else [])])
    # `from metrics import kpi` names metrics.kpi.
    return [f"{base}.{alias.name}" for alias in node.names]


def imports_upwards(app: str, source: str, inside: str) -> list[str]:
    higher = LAYERS[LAYERS.index(app) + 1 :]
    named = imported(source, inside)
    return [name for name in named if name.split(".")[0] in higher and f"{name}.".find(f"{FOR_EVERYONE}.") != 0]


@pytest.mark.parametrize("app", LAYERS)
def test_imports_run_down_only(app):
    found = {short(path): upwards for path in modules(app) if (upwards := imports_upwards(app, path.read_text(), package(path)))}
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import metrics.models",
        "from metrics import ledger",
        "from metrics.kpis import catalog",
        "def view():\n    from calendar_app.models import Post",
        'apps.get_model("metrics", "Observation")',
        'import_module("metrics.recompute")',
        'ForeignKey("metrics.Observation", CASCADE)',
        "import smmplanner.celery",
    ],
)
def test_an_import_upwards_is_noticed(source):
    assert imports_upwards("strategies", source, "strategies.models")


@pytest.mark.parametrize(
    "source",
    [
        "from brands.models import Brand",
        "from metrics.kpi import catalog",
        "from metrics import kpi",
        "import metrics.kpi.formulas",
        'ForeignKey("brands.Brand", CASCADE)',
        "from .steps import STEPS",
        'reverse("metrics:home")',
    ],
)
def test_an_import_downwards_is_allowed(source):
    assert not imports_upwards("strategies", source, "strategies.models")


def test_kpi_arithmetic_needs_the_standard_library_only():
    allowed = sys.stdlib_module_names | {"metrics"}
    for path in modules("metrics/kpi"):
        for name in imported(path.read_text(), package(path)):
            assert name.split(".")[0] in allowed, f"{short(path)} imports {name}"
            assert not name.startswith("metrics") or name.startswith(FOR_EVERYONE), f"{short(path)} imports {name}"


def test_importers_know_no_django_and_no_tables():
    for path in modules("metrics/importers"):
        for name in imported(path.read_text(), package(path)):
            top = name.split(".")[0]
            assert top != "django", f"{short(path)} imports {name}"
            assert top not in LAYERS or name.startswith(("metrics.importers", FOR_EVERYONE)), f"{short(path)} imports {name}"


def test_kpi_and_importers_load_without_django():
    program = "import sys, metrics.kpi, metrics.importers; print([n for n in sys.modules if n.split('.')[0] == 'django'])"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_modules_are_named_for_what_they_do():
    drawers = [short(path) for path in everything(tests=True) if path.stem in DRAWERS or path.parent.name in DRAWERS]
    assert not drawers


def test_modules_fit_the_budget():
    lengths = {short(path): len(path.read_text().splitlines()) for path in everything() if "migrations" not in path.parts}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE and name not in MAY_BE_LONG}


def test_functions_fit_the_budget():
    assert not {
        f"{short(path)}: {node.name}": node.end_lineno - node.lineno + 1
        for path in everything()
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
        and f"{short(path)}: {node.name}" not in MAY_BE_LONG
    }


def test_templates_fit_the_budget():
    lengths = {short(path): len(path.read_text().splitlines()) for path in templates()}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_TEMPLATE and name not in MAY_BE_LONG}


# What the Content-Security-Policy would refuse, or what would need it loosened.
INLINE = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I | re.S),
    "a style element": re.compile(r"<style\b", re.I),
    "a script with a body": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.I | re.S),
    "an event handler": re.compile(r"<[a-z][^<>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.I | re.S),
    "a script address": re.compile(r"javascript:", re.I),
    "htmx that evaluates": re.compile(r"hx-(?:vals|vars|headers)\s*=\s*[\"']\s*js(?:on)?:|hx-trigger\s*=\s*[\"'][^\"']*\[", re.I),
    "a file of another server": re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.I | re.S),
}


# No browser of ours ever shows them: mail programs know no style sheet of another server, and no policy of this one.
LETTERS = ("templates/brands/letters/", "templates/account/email/")
MAY_BE_IN_LETTERS = {"a style attribute", "a style element"}


def inline(text: str) -> list[str]:
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def test_templates_have_nothing_inline():
    found = {short(path): set(names) for path in templates() if (names := inline(path.read_text()))}
    assert not {name: said for name, said in found.items() if not (name.startswith(LETTERS) and said <= MAY_BE_IN_LETTERS)}


def test_modules_write_nothing_inline():
    sources = [path for path in everything() if "<" in path.read_text()]
    assert not {short(path): names for path in sources if (names := inline(path.read_text()))}


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        '<p\n  class="a"\n  style="x">',
        "<style>p{}</style>",
        "<script>go()</script>",
        "<script defer>go()</script>",
        '<button onclick="go()">',
        '<button hx-on:click="go()">',
        '<button hx-on::after-request="go()">',
        '<a href="javascript:go()">',
        "<div hx-vals='js:{a: b()}'>",
        "<div hx-trigger=\"keyup[key=='a']\">",
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
    ],
)
def test_something_inline_is_noticed(text):
    assert inline(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'js/frame.js' %}\" defer></script>",
        '<svg><rect width="29.5%"/></svg>',
        '<a href="https://example.org/">x</a>',
        '<p class="style">on = off</p>',
        '<div hx-headers=\'{"X-CSRFToken": "{{ csrf_token }}"}\'>',
        '<input name="once" aria-controls="x">',
    ],
)
def test_what_the_policy_allows_is_not_taken_for_inline(text):
    assert not inline(text)


def test_only_generated_files_are_ignored_by_git_and_none_of_them_is_kept():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    kept = [
        name
        for name in listed.stdout.splitlines()
        if re.match(r"(\.venv|node_modules|var)/|.*\.(mo|pyc|sqlite3|min\.js|woff2)$", name)
    ]
    assert not kept
