"""Reads the environment: every setting that differs between machines, checked, with its default.

A value comes from `NAME`, from the file that `NAME_FILE` points to (secrets), or from `.env` beside manage.py, which
never overrides what is set. A wrong value raises `SettingError`, whose text is one clear line.
"""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
DATABASES = {"sqlite", "postgres", "postgresql"}
BROKERS = {"redis", "rediss", "unix", "redis+socket"}
MAILERS = {"consolemail", "filemail", "smtp", "smtp+tls", "smtps", "smtp+ssl"}


class SettingError(Exception):
    """A setting that cannot be used; the text says which, and what it should be."""


def read_file(path: Path) -> None:
    if not path.is_file():
        return
    try:
        environ.Env.read_env(path)
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingError(f"{path} cannot be read: {problem}.") from None


def text(name: str, default: str = "") -> str:
    file_name = os.environ.get(f"{name}_FILE")
    if not file_name:
        return os.environ.get(name, "").strip() or default
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingError(f"{name}_FILE names {file_name}, which cannot be read: {problem}.") from None


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in TRUE | FALSE:
        raise SettingError(f"{name} must be 1 or 0, not “{value}”.")
    return value in TRUE


def names(name: str, default: list[str]) -> list[str]:
    """Words with commas between them."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def choice(name: str, words: tuple[str, ...]) -> str:
    """One of a few words, the first unless told."""
    value = text(name, words[0]).lower()
    if value not in words:
        raise SettingError(f"{name} must be one of {', '.join(words)}, not “{value}”.")
    return value


def word(name: str, at_least: int) -> str:
    """A secret that somebody else knows, too; the error does not repeat it."""
    value = text(name)
    if value and (len(value) < at_least or len(value.split()) > 1):
        raise SettingError(f"{name} must have at least {at_least} characters and no spaces.")
    return value


def networks(name: str) -> list[str]:
    """Addresses, or networks like 10.0.0.0/8, with commas between them."""
    values = names(name, [])
    for value in values:
        try:
            ip_network(value)
        except ValueError:
            raise SettingError(f"{name} must name addresses or networks like 10.0.0.0/8, not “{value}”.") from None
    return values


def port(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingError(f"{name} must be a port from 1 to 65535, not “{value}”.")
    return int(value)


def seconds(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= 86400:
        raise SettingError(f"{name} must be a number of seconds from 1 to 86400, not “{value}”.")
    return int(value)


def days(name: str, default: int, least: int = 1) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= 36500:
        raise SettingError(f"{name} must be a number of days from {least} to 36500, not “{value}”.")
    return int(value)


def requests_a_minute(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= 1_000_000:
        raise SettingError(f"{name} must be a number of requests from 1 to 1000000, not “{value}”.")
    return int(value)


def _checked_url(name: str, value: str, schemes: set[str], example: str) -> str:
    """The URL as it was, or an error that never repeats it: it may hold a password."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes:
        raise SettingError(f"{name} must look like {example}.")
    return value


def var_directory(default: Path) -> Path:
    """Where everything lies that the product writes while it runs."""
    directory = Path(text("VAR_DIR", str(default))).absolute()
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SettingError(f"{directory} cannot be made ({problem.strerror}): set VAR_DIR to a directory to write in.") from None
    if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        raise SettingError(f"{directory} is not writable: set VAR_DIR to a directory to write in.")
    return directory


def database(var: Path) -> dict[str, object]:
    """Django's description of the database: SQLite under var/ unless DATABASE_URL names another."""
    url = text("DATABASE_URL")
    if not url:
        return sqlite(str(var / "smmplanner.sqlite3"))
    _checked_url("DATABASE_URL", url, DATABASES, "postgres://user:password@host:5432/name or sqlite:////path/to/file")
    config = environ.Env.db_url_config(url)
    if not config["NAME"]:
        raise SettingError("DATABASE_URL names no database: it must look like postgres://user:password@host:5432/name.")
    if urlsplit(url).scheme == "sqlite":
        return sqlite(config["NAME"])
    # Our large statements are of many small parts: compiling one takes longer than running it. ?options= says otherwise.
    options = {"options": "-c jit=off"} | config.get("OPTIONS", {})
    # Kept open between requests, and looked at before use, since servers restart.
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Web, worker and beat write to one file: take the lock when a transaction starts, and wait for it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def redis_url() -> str:
    url = text("REDIS_URL")
    return _checked_url("REDIS_URL", url, BROKERS, "redis://host:6379/0") if url else ""


def broker(var: Path) -> tuple[str, dict[str, object]]:
    """Celery's broker and its options: Redis where there is one, else files under var/."""
    if url := redis_url():
        return url, {"visibility_timeout": 3600, "socket_connect_timeout": 3, "socket_timeout": 30}
    queue, control = var / "broker" / "queue", var / "broker" / "control"
    for directory in (queue, control):
        make_directory(directory)
    options = {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
    return "filesystem://localhost", options | {"polling_interval": 0.1}


def make_directory(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SettingError(f"{path} cannot be made: {problem.strerror}.") from None
    return path


def secret_key(var: Path) -> str:
    """SECRET_KEY, or one made for this machine the first time and kept under var/."""
    if given := text("SECRET_KEY"):
        return given
    path = var / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as problem:
        raise SettingError(f"{path} cannot be written: {problem.strerror}.") from None
    else:
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return _kept_key(path)


def _kept_key(path: Path) -> str:
    try:
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingError(f"{path} cannot be read: {problem}.") from None
    if len(kept) < 50:
        raise SettingError(f"{path} is damaged: delete it, and a new key is made (everyone signs in again).")
    return kept


def mail(var: Path) -> dict[str, object]:
    """Django's e-mail settings: letters become files under var/mail unless EMAIL_URL names a server."""
    sender: dict[str, object] = {"DEFAULT_FROM_EMAIL": text("DEFAULT_FROM_EMAIL", "SMM Planner <noreply@localhost>")}
    url = text("EMAIL_URL")
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return sender | {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(var / "mail")}
    _checked_url("EMAIL_URL", url, MAILERS, "smtp+tls://user:password@host:587, or consolemail://")
    # A slow mail server must not hold a worker for ever.
    return sender | environ.Env.email_url_config(url) | {"EMAIL_TIMEOUT": 20}
