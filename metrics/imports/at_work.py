"""A save of a million rows takes a while and is one transaction: who has it, how far it is, whether to go on.

PostgreSQL tells it on a connection of its own, as nothing of the transaction is seen before its end. SQLite takes one
writer at a time, so there nobody could say anything meanwhile.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from metrics.models import Import

TICK = 0.5
_LOCK = 0x5A5E  # tells these locks from any others in the database
_WAIT = 20.0


class Stopped(Exception):
    """Somebody cancelled the import, or another worker has it."""


def claim(pk: int) -> None:
    """Have the import for the length of the transaction; `Stopped` where another worker does and goes on having it."""
    if connection.vendor != "postgresql":
        if not Import.objects.filter(pk=pk, status=Import.Status.APPLYING).update(touched_at=timezone.now()):
            raise Stopped
        return
    # A killed worker's transaction ends a moment after it.
    deadline = time.monotonic() + _WAIT
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, pk % 2**31])
            if cursor.fetchone()[0]:
                return
            if time.monotonic() > deadline:
                raise Stopped
            time.sleep(0.2)


def check_all_now() -> None:
    """Have foreign keys checked before the row is locked for the end, not while others wait for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Progress:
    """Tells how many rows are written, and raises `Stopped` once the import was cancelled."""

    def __init__(self, pk: int, total: int) -> None:
        self.pk = pk
        self.total = total
        self.done = 0
        self.told = time.monotonic()
        self.beside: BaseDatabaseWrapper | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.beside:
            self.beside.close()

    def __call__(self, written: int) -> None:
        self.done += written
        if connection.vendor != "postgresql" or time.monotonic() - self.told < TICK:
            return
        self.told = time.monotonic()
        self.beside = self.beside or connection.copy()
        table = Import._meta.db_table
        with self.beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET rows_done = %s, rows_total = %s, touched_at = %s WHERE id = %s AND status = %s",
                [self.done, self.total, timezone.now(), self.pk, Import.Status.APPLYING],
            )
            if cursor.rowcount == 0:
                cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s", [self.pk])
                if cursor.fetchone():
                    raise Stopped
