"""What must be true before the product serves: services answer, tables exist, files are made, the first start has a demo.

Each step is quick when there is nothing to do. What goes wrong is a `NotReady` whose text is one line.
"""

import errno
import fcntl
import hashlib
import io
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import IO

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, Error, connection, transaction

from brands.models import Brand
from smmplanner.assets import AssetError
from smmplanner.messages import CatalogueError, compile_catalogues

IGNORED_STATIC_FILES = ["CVS", ".*", "*~"]


class NotReady(Exception):
    """One line: what is missing, and what helps."""


def prepare(say: Callable[[str], None], demo: bool = True) -> None:
    try:
        check_broker()
        check_database()
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        compile_catalogues()
        collect_static_files(say)
        if demo:
            load_demo(say)
    except (AssetError, CatalogueError, CommandError) as problem:
        raise NotReady(str(problem)) from problem
    except DatabaseError as problem:
        raise NotReady(f"{database_name()} cannot be used: {one_line(problem)}.") from problem
    except OSError as problem:
        raise NotReady(f"{problem.filename or settings.VAR_DIR}: {problem.strerror or problem}.") from problem


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise NotReady(f"Port {port} needs more rights than you have: PORT=8000 does not.") from None
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise NotReady(f"Port {port} is taken: stop what uses it, or choose another with PORT={port + 1}.") from None
            raise NotReady(f"{host}:{port} cannot be served: {problem.strerror or problem}.") from None


def lock() -> IO[str]:
    """Held while serving: two workers on one filesystem broker would take each other's messages."""
    file = open(Path(settings.VAR_DIR) / "up.lock", "a+")  # noqa: SIM115
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        running = file.read().strip() or "another process"
        file.close()
        raise NotReady(f"SMM Planner already runs on {settings.VAR_DIR} ({running}): stop that one first.") from None
    file.truncate(0)
    file.write(f"process {os.getpid()}")
    file.flush()
    return file


def check_broker() -> None:
    url = settings.CELERY_BROKER_URL
    if url.startswith("filesystem"):
        return
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as problem:
        raise NotReady(f"Redis (REDIS_URL) does not answer: {one_line(problem)}.") from None


def check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if connection.vendor == "sqlite":
                # A damaged file opens well; its table of contents tells.
                cursor.execute("SELECT count(*) FROM sqlite_master")
    except Error as problem:
        raise NotReady(f"{database_name()} cannot be opened: {one_line(problem)}.") from None


def database_name() -> str:
    """Which database, without its password."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"The database {at['NAME']}"
    return f"The database {at['NAME']} at {at['HOST'] or 'the local socket'}:{at['PORT'] or 5432} (DATABASE_URL)"


def one_line(problem: BaseException) -> str:
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    return (lines[0] if lines else type(problem).__name__).rstrip(".")


def collect_static_files(say: Callable[[str], None]) -> None:
    """Collect, hash and compress, when something has changed since it was last done to the end."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def static_fingerprint() -> str:
    # Listing them also makes the generated ones.
    found = [
        (name, stat.st_size, stat.st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list(IGNORED_STATIC_FILES)
        for stat in [os.stat(storage.path(name))]
    ]
    rules = (settings.STORAGES["staticfiles"]["BACKEND"], str(settings.STATIC_ROOT))
    return hashlib.sha256(json.dumps([rules, sorted(found)]).encode()).hexdigest()


def load_demo(say: Callable[[str], None]) -> None:
    """Fill an empty database, wholly or not at all."""
    if Brand.objects.exists() or get_user_model().objects.exists():
        return
    if settings.HTTPS:
        say("Not loading the demo brand: its passwords are public, and HTTPS=1 says that others come here.")
        return
    say("Loading the demo brand …")
    with transaction.atomic():
        # Its logins are told last, when the server answers.
        call_command("demo", stdout=io.StringIO())
