"""`manage.py up`: everything that serves, under one command."""

import argparse
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from metrics.demo.people import logins
from smmplanner import env
from smmplanner.children import Child, stop
from smmplanner.preparation import NotReady, check_port, lock, prepare

GIVE_UP_AFTER_DEATHS = 3
GIVE_UP_AFTER_SECONDS = 90


class Stopped(BaseException):
    """Ctrl-C or a SIGTERM. Like KeyboardInterrupt no Exception, so that nobody below takes it for a failure of theirs."""


class Command(BaseCommand):
    help = "Prepares the database and serves: web, worker and timetable. Ctrl-C stops all of it."
    requires_system_checks = ["staticfiles"]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", default="", help="default: the environment's PORT, else 8000")
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: object, **options: str) -> None:
        if options["port"]:
            os.environ["PORT"] = options["port"]
        host, port = options["host"], env.port("PORT", 8000)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stopped)
        children: list[Child] = []
        try:
            check_port(host, port)
            with lock():
                try:
                    prepare(self.say, demo=not options["no_demo"])
                    # The children have connections of their own.
                    connections.close_all()
                    self.start(children, host, port)
                    self.wait_for_the_first_answer(children, host, port)
                    self.greet(host, port)
                    self.look_after(children)
                finally:
                    stop(children)
        except NotReady as problem:
            raise CommandError(str(problem)) from None
        except Stopped:
            self.say("Stopped.")

    def say(self, what: str) -> None:
        self.stdout.write(what)
        self.stdout.flush()

    def start(self, children: list[Child], host: str, port: int) -> None:
        logs = Path(settings.VAR_DIR) / "log"
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        commands = {"web": web_command(host, port), "worker": worker_command(), "beat": beat_command()}
        self.say("Starting …")
        for name, command in commands.items():
            children.append(Child(name, command, logs / f"{name}.log", environment))
            children[-1].start()

    def wait_for_the_first_answer(self, children: list[Child], host: str, port: int) -> None:
        deadline = time.monotonic() + GIVE_UP_AFTER_SECONDS
        while not answers(host, port):
            for child in children:
                child.look_after(time.monotonic(), self.say)
                if child.deaths_in_a_row >= GIVE_UP_AFTER_DEATHS:
                    raise NotReady(f"{child.name} does not start: {child.last_words()} (all of it is in {child.log})")
            if time.monotonic() > deadline:
                raise NotReady(f"No answer after {GIVE_UP_AFTER_SECONDS} s; {children[0].log} may tell why.")
            time.sleep(0.1)

    def greet(self, host: str, port: int) -> None:
        logs = Path(settings.VAR_DIR) / "log"
        self.say(f"\nLogs: {logs}    Stop: Ctrl-C")
        for line in demo_logins():
            self.say(line)
        self.say(f"SMM Planner: {address(host, port)}")

    def look_after(self, children: list[Child]) -> None:
        while True:
            for child in children:
                child.look_after(time.monotonic(), self.say)
            time.sleep(0.3)


def _stopped(number: int, frame: FrameType | None) -> None:
    # Once: a second Ctrl-C must not break into the stopping.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def web_command(host: str, port: int) -> list[str]:
    options = "--worker-class gthread --workers 1 --threads 8 --timeout 120 --graceful-timeout 4 --no-control-socket"
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [sys.executable, "-m", "gunicorn", *options.split(), "--bind", bind, "smmplanner.wsgi:application"]


def worker_command() -> list[str]:
    options = "worker --pool threads --concurrency 4 --loglevel INFO"
    # One worker, alone on its broker: nobody to gossip or mingle with.
    alone = "--without-gossip --without-mingle --without-heartbeat"
    return [sys.executable, "-m", "celery", "--app", "smmplanner", *options.split(), *alone.split()]


def beat_command() -> list[str]:
    # On its own: inside the worker it is a process, too, and outlives a worker that is killed.
    return [sys.executable, "-m", "celery", "--app", "smmplanner", "beat", "--pidfile=", "--loglevel", "INFO"]


def address(host: str, port: int) -> str:
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{named}:{port}/"


def answers(host: str, port: int) -> bool:
    request = urllib.request.Request(address(host, port) + "health/", headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


def demo_logins() -> list[str]:
    """Who may sign in to the demo, for as long as those people are in the database."""
    known = logins()
    there = set(get_user_model().objects.filter(email__in=[email for email, *_ in known]).values_list("email", flat=True))
    return [f"Demo: {email}  {password}  ({role})" for email, password, role in known if email in there]
