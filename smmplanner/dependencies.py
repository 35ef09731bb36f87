"""Are weaknesses known in what we build on? `make audit` asks pip-audit and npm about everything that is pinned.

Standard library only; it runs outside Django. What is found fails, unless `audit-allowed.txt` says why it may stay. What could
not be asked about (no network, a mirror without advisories) is said, and fails nothing: silence would read as “all is well”.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = ROOT / "audit-allowed.txt"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt", "requirements-node.txt")
PATIENCE = 240
LINE = re.compile(r"(?P<id>\S+)\s+(?P<until>\d{4}-\d{2}-\d{2})\s+(?P<reason>\S.*)")
Run = Callable[[list[str]], str]


class WrongLine(ValueError):
    """A line of the list that says no id, no day or no reason."""


@dataclass
class Answer:
    """What a tool said of one list: how many it knew, what it could not ask about, and what is known: id → package."""

    source: str
    asked: int = 0
    unknown: int = 0
    trouble: str = ""
    found: dict[str, str] = field(default_factory=dict)


def python_packages(file: str, run: Run) -> Answer:
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        file,
        "--disable-pip",
        "--require-hashes",
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        said = json.loads(run(command))["dependencies"]
    except (ValueError, KeyError, TypeError, OSError, subprocess.SubprocessError) as problem:
        return Answer(file, trouble=_short(problem))
    answer = Answer(file, asked=len(said), unknown=sum("skip_reason" in row for row in said))
    for row in said:
        answer.found |= {known["id"]: f"{row['name']} {row.get('version', '')}".strip() for known in row.get("vulns", [])}
    return answer


def browser_packages(run: Run) -> Answer:
    """npm answers its own failures in JSON, too: only a count of packages is an answer."""
    try:
        said: dict[str, Any] = json.loads(run(["npm", "audit", "--json", "--package-lock-only"]))
        answer = Answer("package-lock.json", asked=said["metadata"]["dependencies"]["total"])
        weak = said["vulnerabilities"].items()
    except (ValueError, KeyError, TypeError, OSError, subprocess.SubprocessError) as problem:
        return Answer("package-lock.json", trouble=_short(problem))
    for name, row in weak:
        # A package that is weak through another names that one; the other has the advisory.
        answer.found |= {
            str(via.get("url", via.get("source", name))).rsplit("/", 1)[-1]: name for via in row["via"] if isinstance(via, dict)
        }
    return answer


def _short(problem: Exception) -> str:
    return f"{type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else ''}"[:120]


def allowed(text: str, today: date) -> dict[str, str]:
    """Id → reason, of the lines whose day has not passed."""
    found = {}
    for line in filter(None, (line.partition("#")[0].strip() for line in text.splitlines())):
        match = LINE.fullmatch(line)
        if match is None:
            raise WrongLine(f"“{line}” must say an id, the day until which it holds (2027-01-31), and why.")
        if date.fromisoformat(match["until"]) >= today:
            found[match["id"]] = match["reason"]
    return found


def verdict(answers: Iterable[Answer], explained: dict[str, str]) -> tuple[list[str], bool]:
    """(what to print, whether it fails)"""
    lines, fails = [], False
    for answer in answers:
        if answer.trouble:
            lines.append(f"{answer.source}: not audited, the database of advisories gave no answer ({answer.trouble}).")
            continue
        known = answer.asked - answer.unknown
        lines.append(f"{answer.source}: {known} of {answer.asked} packages audited, {len(answer.found)} findings.")
        if answer.unknown:
            lines.append(f"  {answer.unknown} could not be asked about: nothing is known of them, good or bad.")
        for name, package in answer.found.items():
            reason = explained.get(name)
            fails = fails or reason is None
            lines.append(
                f"  {package}: {name}" + (f" (stays: {reason})" if reason else ", which fails: update it, or explain it")
            )
    return lines, fails


def run(command: list[str]) -> str:
    """What it prints; both tools leave with 1 when they found something."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE).stdout


def main() -> int:
    explained = allowed(ALLOWED.read_text(encoding="utf-8"), datetime.now(UTC).date())
    lines, fails = verdict([*(python_packages(name, run) for name in REQUIREMENTS), browser_packages(run)], explained)
    print("\n".join(lines))
    return int(fails)


if __name__ == "__main__":
    sys.exit(main())
