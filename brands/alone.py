"""Work that two processes must not do at the same time. Whoever is killed lets go of it at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from django.conf import settings
from django.db import connection


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """True for one process (and thread) at a time; False, at once, for the others.

    No row is locked meanwhile, so pages never wait for what is done in here.
    """
    with _in_postgres(name) if connection.vendor == "postgresql" else _in_a_file(name) as is_mine:
        yield is_mine


def wait_for_turn(name: str) -> None:
    """Within a transaction: returns when no other holds the name, and holds it until the transaction's end.

    SQLite lets nobody write while another does, and needs no turns.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key_of(name)])


def key_of(name: str) -> int:
    """PostgreSQL's advisory locks are numbers."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


@contextmanager
def _in_postgres(name: str) -> Iterator[bool]:
    key = key_of(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _in_a_file(name: str) -> Iterator[bool]:
    """SQLite's processes share a machine, and with it the files under var/."""
    folder = settings.VAR_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
