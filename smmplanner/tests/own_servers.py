"""Servers of a test's own, to be broken: Redis, PostgreSQL, and one that takes letters or keeps silent."""

import email
import os
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pytest
from django.db import connection

from smmplanner.tests.own_site import free_port, until


class Redis:
    """It remembers nothing when it is stopped: what was queued is lost."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = [
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.is_there)

    def is_there(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Postgres:
    """A cluster in `folder`, to be restarted without notice."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.data = folder / "data"
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        folder.chmod(0o777)
        self.call("initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        self.control("start")

    def call(self, *command: str) -> None:
        as_whom = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*as_whom, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def control(self, act: str, *more: str) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        patience = ["-w", "-t", "180"]
        self.call("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), *patience, "-o", options, act, *more)

    def dump(self, file: Path) -> None:
        subprocess.run(["pg_dump", "-d", self.url, "-f", str(file)], check=True)

    def load(self, file: Path) -> None:
        quiet = ["-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
        subprocess.run(["psql", "-X", *quiet, "-d", self.url, "-f", str(file)], check=True)


class _Talk(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        if self.server.is_silent:
            # It takes the call and says nothing, until the other side hangs up.
            self.rfile.read()
            return
        self.say("220 here I am")
        for line in self.rfile:
            word = line[:4].strip().upper()
            if word == b"DATA":
                self.say("354 tell")
                self.server.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say("221 bye" if word == b"QUIT" else "250 well")
            if word == b"QUIT":
                return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """It takes every letter; or it is silent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.is_silent = False
        self.letters: list[bytes] = []
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def take(self, letter: bytes) -> None:
        self.letters.append(letter)

    def count(self, word: str) -> int:
        """How many letters have that word in their subject."""
        return sum(word in _header("Subject", letter) for letter in self.letters)

    def sent_twice(self) -> list[str]:
        return [
            number for number, times in Counter(_header("Message-ID", letter) for letter in self.letters).items() if times > 1
        ]

    def end(self) -> None:
        self.shutdown()
        self.server_close()


def _header(name: str, letter: bytes) -> str:
    return str(email.message_from_bytes(letter, policy=policy.default)[name])


@dataclass
class Servers:
    mail: MailServer
    redis: Redis | None = None
    postgres: Postgres | None = None

    @property
    def environment(self) -> dict[str, str]:
        urls = {"REDIS_URL": self.redis, "DATABASE_URL": self.postgres, "EMAIL_URL": self.mail}
        return {name: server.url for name, server in urls.items() if server}


@contextmanager
def servers_of_its_own(folder: Path) -> Iterator[Servers]:
    with ExitStack() as stack:
        servers = Servers(MailServer())
        stack.callback(servers.mail.end)
        if connection.vendor == "postgresql":
            if missing := [name for name in ("initdb", "redis-server") if shutil.which(name) is None]:
                pytest.skip(f"no {missing[0]} on the PATH")
            servers.redis = Redis(folder)
            stack.callback(lambda: servers.redis.stop())
            # Not under pytest's own folder: root's, it is closed to the user that PostgreSQL runs as.
            place = stack.enter_context(tempfile.TemporaryDirectory(prefix="smmplanner-pg-", ignore_cleanup_errors=True))
            servers.postgres = Postgres(Path(place))
            stack.callback(servers.postgres.control, "stop", "-m", "immediate")
        yield servers
