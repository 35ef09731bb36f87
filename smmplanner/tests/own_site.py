"""A site of its own: processes of the product on a database, a broker and a var/ that a test may break."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a" * 32
DROPPED = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEBUG"}

SET_UP = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from brands.models import Brand, Channel, Membership, Platform, Role, User
user = User.objects.create_user("dilnoza@example.uz", "parol-1234-uz", name="Dilnoza")
brand = Brand.objects.create(name="Atlas Libos", slug="atlas")
Membership.objects.create(user=user, brand=brand, role=Role.LEAD)
Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="telegram"), handle="atlas")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print("session:" + session.session_key)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition: Callable[[], object], seconds: float = 60, why: Callable[[], str] = str) -> float:
    """How long it took until `condition` held."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.05)
    return pytest.fail(f"still waiting after {seconds} s\n{why()}", pytrace=False)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    seconds: float


class Site:
    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port, self.session = folder, free_port(), ""
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
        own = {"DJANGO_SETTINGS_MODULE": "smmplanner.tests.fault_settings", "VAR_DIR": str(folder / "var")}
        self.environment = kept | own | {"SECRET_KEY": "faults" * 12} | environment
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            arguments = [sys.executable, *command]
            process = subprocess.Popen(arguments, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        self.processes.append(process)
        return process

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        outcome = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome.stdout

    def run(self, code: str) -> str:
        return self.manage("shell", "-v", "0", "-c", code)

    def set_up(self) -> None:
        self.session = self.run(SET_UP).rpartition("session:")[2].split()[0]

    def start_web(self) -> subprocess.Popen[bytes]:
        options = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--graceful-timeout", "2"]
        web = self.start("web", "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{self.port}", "smmplanner.wsgi:application")
        until(self.answers, why=lambda: self.log("web"))
        return web

    def start_worker(self) -> subprocess.Popen[bytes]:
        options = [
            "worker",
            "-P",
            "threads",
            "-c",
            "2",
            "-l",
            "INFO",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
        return self.start("worker", "-m", "celery", "-A", "smmplanner", *options)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def answers(self) -> bool:
        try:
            return self.get("/health/").status == 200
        except OSError:
            return False

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        if file is None:
            return self.ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        mark, (name, content) = secrets.token_hex(8), file
        said = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
        )
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.png"\r\n\r\n'
        body = said.encode() + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"csrftoken={TOKEN}; sessionid={self.session}", "X-CSRFToken": TOKEN}
        try:
            connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
            answer = connection.getresponse()
            text = answer.read().decode()
        except http.client.HTTPException as problem:
            raise OSError(str(problem)) from problem
        finally:
            connection.close()
        return Answer(answer.status, dict(answer.getheaders()), text, time.monotonic() - began)

    def brand(self) -> dict[str, str]:
        said = self.run(
            "import json; from brands.models import Brand; print('brand:' + json.dumps(Brand.objects.values('name', 'about').get()))"
        )
        return json.loads(said.rpartition("brand:")[2])

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in listed.split()]
