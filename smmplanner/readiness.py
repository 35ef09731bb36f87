"""Is everything there that the product needs? Each check has a name and raises `Missing`, whose words hold no secret."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from brands.models import Heartbeat

OK = "ok"


class Missing(Exception):
    """A few words of ours: what is not as it should be."""


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        raise Missing("does not answer") from None


def migrations() -> None:
    try:
        left = known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except Error:
        raise Missing("cannot be read") from None
    if left:
        raise Missing(f"{len(left)} not applied")


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Those of this release: they do not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def broker() -> None:
    url = settings.CELERY_BROKER_URL
    try:
        if url.startswith("filesystem"):
            _write_in(Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])))
        else:
            with redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as client:
                client.ping()
    except (redis.RedisError, OSError):
        raise Missing("does not answer") from None


def beat() -> None:
    """A task of the timetable was carried out a moment ago: beat and at least one worker are alive."""
    try:
        seen = Heartbeat.objects.filter(name=Heartbeat.BEAT).first()
    except Error:
        raise Missing("cannot be read") from None
    if seen is None:
        raise Missing("not seen yet")
    if seen.is_stale:
        raise Missing("not seen for more than three minutes")


def media() -> None:
    try:
        folder = Path(settings.MEDIA_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        _write_in(folder)
    except OSError:
        raise Missing("cannot be written") from None


def _write_in(folder: Path) -> None:
    with TemporaryFile(dir=folder) as file:
        file.write(b"ready?")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "beat": beat,
    "media": media,
}


def look() -> dict[str, str]:
    """Every check by its name: "ok", or what is missing."""
    return {name: _answer(check) for name, check in CHECKS.items()}


def _answer(check: Callable[[], None]) -> str:
    try:
        check()
    except Missing as missing:
        return str(missing)
    return OK
