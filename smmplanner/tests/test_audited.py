"""Nothing that people made goes without a word in the audit log: every place that deletes is known."""

import ast

from brands.audit import ACTS
from smmplanner.tests.test_architecture import everything, short
from strategies.models import StrategyEvent

SAYING = {"record", "record_all", "entry", "delete_seen", "happened"}
# Functions that delete and say nothing, each for a reason.
SILENT = {
    "brands/api_once.py: forget_old": "nobody made it: what is old is swept",
    "brands/limits.py: _clear": "attempts of somebody who has proved who they are",
    "brands/limits.py: forget_old": "nobody made it: what is old is swept",
    "brands/deleting.py: delete_rows": "deleting a brand is told when somebody asks for it, and when it is done",
    "brands/erasure.py: _forget_name": "part of erasing a person, which is told",
    "brands/forgetting.py: in_lots": "what is old is swept",
    "brands/sessions.py: _living": "a session that has ended is no session",
    "brands/webhook_sending.py: forget_old": "nobody made it: what is old is swept",
    "metrics/pushed.py: _forget": "figures that were refused are not kept",
    "smmplanner/tasks.py: forget_old_failures": "nobody made it: what is old is swept",
    "brands/models/teams.py: leave": "its callers say whether somebody left or was removed",
    "brands/notifications.py: forget_old": "nobody made it: what is old is swept",
    "brands/policy_reports.py: forget_old": "nobody made it: what is old is swept",
    "calendar_app/attached.py: attach": "the files stay; the post's versions tell which it had",
    "calendar_app/imported_posts.py: remove_unplanned": "part of taking an import back, which is told",
    "calendar_app/media.py: forget_unused": "nobody uses it: what is old is swept",
    "calendar_app/scheduling.py: _drop": "an event of the post, which stays",
    "calendar_app/series_changes.py: _give_channels": "the series says other channels; its posts stay",
    "calendar_app/versions.py: keep": "only the last versions are kept",
    "metrics/figure_grid_undo.py: _untouched": "figures typed a moment ago are taken back by who typed them",
    "metrics/imports/__init__.py: _check": "what was said of a file before is said anew",
    "metrics/imports/undo.py: _take_back": "told by who calls it, in the same transaction",
    "metrics/mention_figures.py: settle": "counted figures, which are counted anew",
    "metrics/mention_figures.py: step_aside": "counted figures, which are counted anew",
    "metrics/recompute.py: _catch_up": "marks of what is to be worked out",
    "metrics/recompute.py: forget_old_runs": "nobody made it: what is old is swept",
    "metrics/reports/letters.py: _send": "a letter that its recipient may not have any more",
    "metrics/views/alerts.py: silence": "a person's own wish not to be told of something",
}
FROM_A_RECORDING = "strategies/"


def deleting() -> dict[str, ast.FunctionDef]:
    """Functions that delete rows themselves."""
    return {
        f"{short(path)}: {node.name}": node
        for path in everything()
        if "migrations" not in path.parts and "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and any(_deletes(each) for each in ast.walk(node))
    }


def _deletes(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "delete" and not node.args


def _says(function: ast.FunctionDef) -> bool:
    called = {
        getattr(node.func, "id", getattr(node.func, "attr", "")) for node in ast.walk(function) if isinstance(node, ast.Call)
    }
    return bool(called & SAYING)


def test_every_place_that_deletes_says_so_or_is_known():
    silent = {name for name, function in deleting().items() if not _says(function)}
    # What is removed from a strategy is told by its history (strategies/history.py), whatever removed it.
    unknown = {name for name in silent if not name.startswith(FROM_A_RECORDING)} - SILENT.keys()
    assert not unknown
    assert silent >= SILENT.keys()


def test_every_event_of_a_strategy_is_an_act():
    assert {f"strategy_{kind}" for kind in StrategyEvent.Kind} <= ACTS.keys()
