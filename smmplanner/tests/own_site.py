"""A site of its own: processes of the product on a database, a broker and a var/ that a test may break."""

import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a" * 32
DROPPED = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEBUG"}

# Root obeys the modes of files, like everybody else, without these.
OBEYING = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition: Callable[[], object], seconds: float = 300, why: Callable[[], str] = str, every: float = 0.05) -> float:
    """How long it took until `condition` held."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(every)
    return pytest.fail(f"still waiting after {seconds} s\n{why()}", pytrace=False)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    seconds: float


class Site:
    # Where it is at work: what it stands on, and its processes.
    servers: Any
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    beat: subprocess.Popen[bytes]

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port, self.session = folder, free_port(), ""
        self.var = folder / "var"
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
        own = {"DJANGO_SETTINGS_MODULE": "smmplanner.tests.fault_settings", "VAR_DIR": str(self.var)}
        self.environment = kept | own | {"SECRET_KEY": "faults" * 12} | environment
        self.processes: list[subprocess.Popen] = []
        self.console: subprocess.Popen[str] | None = None

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                self._obeying(command), cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    @staticmethod
    def _obeying(command: Sequence[str]) -> list[str]:
        return [*(OBEYING if os.getuid() == 0 and shutil.which("setpriv") else []), sys.executable, *command]

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        outcome = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr

    def ask(self, name: str, *arguments: object) -> Any:
        """The answer of a function of fault_work.py, run on this site."""
        if self.console is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            command = [sys.executable, "-m", "smmplanner.tests.fault_work"]
            with (self.folder / "console.log").open("ab") as log:
                self.console = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, stderr=log, start_new_session=True, **pipes
                )
            self.processes.append(self.console)
        self.console.stdin.write(json.dumps([name, arguments]) + "\n")
        self.console.stdin.flush()
        said = self.console.stdout.readline()
        assert said, self.log("console")
        told = json.loads(said)
        assert "failed" not in told, told["failed"]
        return told["answer"]

    def start_web(self) -> subprocess.Popen[bytes]:
        options = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--graceful-timeout", "2"]
        return self.start("web", "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{self.port}", "smmplanner.wsgi:application")

    def start_worker(self) -> subprocess.Popen[bytes]:
        options = ["-P", "threads", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        return self.start("worker", "-m", "celery", "-A", "smmplanner", "worker", *options)

    def start_beat(self, name: str) -> subprocess.Popen[bytes]:
        schedule = str(self.folder / f"{name}.schedule")
        return self.start(name, "-m", "celery", "-A", "smmplanner", "beat", "-l", "INFO", "-s", schedule)

    def whole_log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def log(self, *names: str) -> str:
        return "\n".join(f"--- {name}\n{self.whole_log(name)[-3000:]}" for name in names)

    def answers(self) -> bool:
        try:
            return self.get("/health/").status == 200
        except OSError:
            return False

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        if file is None:
            return self.request("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        mark, (name, content) = secrets.token_hex(8), file
        said = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
        )
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.png"\r\n\r\n'
        body = said.encode() + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.request("POST", path, body, f"multipart/form-data; boundary={mark}")

    def request(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": f"csrftoken={TOKEN}; sessionid={self.session}", "X-CSRFToken": TOKEN}
        try:
            connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except http.client.HTTPException as problem:
            raise OSError(str(problem)) from problem
        finally:
            connection.close()
        return Answer(answer.status, dict(answer.getheaders()), text, time.monotonic() - began)

    def end(self) -> None:
        if self.console:
            self.console.stdin.close()
            self.console.stdout.close()
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in listed.split()]
