"""`manage.py up` as a person meets it: a process, its output, its signals."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from smmplanner.tests.own_site import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path):
    return on_its_own(tmp_path / "var")


def on_its_own(var):
    # Not the test settings, and not the services of this test run: the embedded default.
    dropped = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"VAR_DIR": str(var), "PORT": str(free_port())}


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def assert_one_line(outcome, *words):
    assert outcome.returncode == 1
    complaint = outcome.stderr.strip()
    assert len(complaint.splitlines()) == 1, complaint
    assert "Traceback" not in outcome.stdout + outcome.stderr
    for word in words:
        assert word in complaint


class Running:
    def __init__(self, environment, log):
        self.environment, self.log = environment, log
        self.output = log.open("wb")
        command = [sys.executable, "manage.py", "up", "--no-demo"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.output, stderr=subprocess.STDOUT)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.environment['PORT']}/"

    def said(self):
        return self.log.read_text()

    def wait_for(self, condition, seconds=180):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if answer := condition():
                return answer
            time.sleep(0.1)
        pytest.fail(f"still waiting; it said:\n{self.said()}", pytrace=False)

    def is_healthy(self):
        try:
            with urllib.request.urlopen(self.address + "health/", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    def children(self):
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout
        return [int(line) for line in listed.split()]

    def end(self):
        self.output.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def prepared_var(tmp_path_factory):
    """A directory that the first start prepares, and the others find prepared."""
    return tmp_path_factory.mktemp("up") / "var"


@pytest.fixture
def running(prepared_var, tmp_path):
    process = Running(on_its_own(prepared_var), tmp_path / "up.log")
    yield process
    process.end()


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_up_serves_says_where_last_starts_the_dead_again_and_stops_on_ctrl_c(running):
    running.wait_for(lambda: "SMM Planner: " in running.said())
    assert running.said().strip().splitlines()[-1] == f"SMM Planner: {running.address}"
    assert running.is_healthy(), "the address was printed before the server answered"
    assert len(running.children()) == 3

    for name, pid in zip(("web", "worker", "beat"), running.children(), strict=True):
        os.kill(pid, signal.SIGKILL)
        running.wait_for(lambda name=name: f"{name} stopped (signal SIGKILL); starting it again in 1 s" in running.said())
    running.wait_for(lambda: len(running.children()) == 3 and running.is_healthy())

    children = running.children()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=15) == 0
    assert running.said().strip().endswith("Stopped.")
    assert not any(is_alive(pid) for pid in children)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_nothing_is_left_running_when_up_is_killed_outright(running):
    running.wait_for(lambda: "SMM Planner: " in running.said())
    children = running.children()
    running.process.kill()
    running.wait_for(lambda: not any(is_alive(pid) for pid in children), seconds=15)


@pytest.mark.slow
def test_up_twice_on_one_var_directory_is_refused(running):
    running.wait_for(lambda: "SMM Planner: " in running.said())
    second = manage(running.environment | {"PORT": str(free_port())}, "up", "--no-demo")
    assert_one_line(second, "already runs", f"process {running.process.pid}")


@pytest.mark.slow
@pytest.mark.once(on_services=True)
def test_up_runs_on_postgres_and_redis(postgres_url, redis_url, environment, tmp_path):
    import psycopg

    name = f"smmplanner_up_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    url = re.sub(r"/[^/]*$", f"/{name}", postgres_url)
    process = Running(environment | {"DATABASE_URL": url, "REDIS_URL": redis_url}, tmp_path / "up.log")
    try:
        process.wait_for(lambda: "SMM Planner: " in process.said())
        assert process.is_healthy()
        worker_log = Path(environment["VAR_DIR"]) / "log" / "worker.log"
        process.wait_for(lambda: " ready." in worker_log.read_text())
        process.process.send_signal(signal.SIGTERM)
        assert process.process.wait(timeout=15) == 0
    finally:
        process.end()
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_taken_port_is_one_line(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        assert_one_line(manage(environment, "up"), f"Port {environment['PORT']} is taken", "PORT=")


def test_a_port_that_is_none_is_one_line(environment):
    assert_one_line(manage(environment | {"PORT": "http"}, "up"), "PORT must be a port")
    assert_one_line(manage(environment, "up", "--port", "99999"), "PORT must be a port")


def test_a_damaged_database_is_one_line_and_stays_as_it_is(environment):
    database = Path(environment["VAR_DIR"]) / "smmplanner.sqlite3"
    database.parent.mkdir()
    database.write_bytes(b"this was a database once" * 400)
    assert_one_line(manage(environment, "up"), str(database), "not a database")
    assert database.read_bytes().startswith(b"this was a database once")


def test_a_directory_in_the_database_place_is_one_line(environment):
    database = Path(environment["VAR_DIR"]) / "smmplanner.sqlite3"
    database.mkdir(parents=True)
    assert_one_line(manage(environment, "up"), str(database), "unable to open")


def test_a_var_directory_that_cannot_be_made_is_one_line(environment, tmp_path):
    (tmp_path / "file").write_text("")
    assert_one_line(manage(environment | {"VAR_DIR": str(tmp_path / "file" / "var")}, "up"), "VAR_DIR")


def test_a_postgres_that_does_not_answer_is_one_line_without_the_password(environment):
    url = "postgres://anna:hidden@127.0.0.1:9/planner"
    outcome = manage(environment | {"DATABASE_URL": url}, "up")
    assert_one_line(outcome, "planner at 127.0.0.1:9", "DATABASE_URL")
    assert "hidden" not in outcome.stderr


def test_a_redis_that_does_not_answer_is_one_line(environment):
    assert_one_line(manage(environment | {"REDIS_URL": "redis://127.0.0.1:9/0"}, "up"), "REDIS_URL", "does not answer")
