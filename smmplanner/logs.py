"""What is written down: one line per request and per task, as JSON for machines or as words for a terminal; never about people.

Every line carries the number of the request that it belongs to, also in the worker that does what the request asked for.
No address, name, e-mail address, token or query string of anybody gets into a line: `without_people` is the last to see it.
"""

import logging
import re
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

FORMATS = ("text", "json")
Event = MutableMapping[str, Any]

# What Django says of requests repeats their address, which may be a signed link: our own line tells the view instead.
ABOUT_REQUESTS = ("django.request", "django.security", "django.server", "django.channels.server")

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.\w+")
ADDRESS = re.compile(
    r"(?<![\w.:-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])|(?<![\w:])[0-9a-fA-F:]*::[0-9a-fA-F:]+(?![\w:])"
)
QUERY = re.compile(r"(?<=[\w/…])\?[\w.%+-]+=[^\s\"'<>)]*")
SIGNED = re.compile(r"(?<![\w:.-])[\w.+/=-]+:[\w-]{4,12}:[\w-]{20,}(?![\w-])|(?<![\w-])[\w-]{4,}:[\w-]{27,}(?![\w-])")
# Sessions, keys of the interface for programs: numbers of requests and tasks are shorter.
LONG = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{40,}(?![\w-])")
SECRET_PATH = re.compile(
    r"(/(?:feeds|surveys|review|shared|shared/reports|shared/issued|shared/unsubscribe|unsubscribe|invitations"
    r"|accounts/password/reset/key|accounts/confirm-email)/)(?!reports/|issued/|unsubscribe/)[^\s/\"'<>?]+"
)
# Where a URL names who signs in: redis://user:password@host.
LOGIN = re.compile(r"(?<=://)[^\s/@]+@")
# PostgreSQL repeats the values of the row that it refuses.
ROW = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)

# The number of a task has the form of one; a time holds colons. Neither is about a person.
LEFT_AS_IT_IS = {"timestamp", "level", "logger", "request_id", "task_id", "task", "view", "method"}


def without_people(_logger: Any, _method: str, event: Event) -> Event:
    """Removes what names or locates a person, and what opens a door, from everything that is said."""
    for name, said in event.items():
        if name not in LEFT_AS_IT_IS and isinstance(said, str):
            event[name] = redacted(said)
        elif not isinstance(said, str | int | float | bool | None):
            event[name] = redacted(str(said))
    return event


def redacted(said: str) -> str:
    for pattern, instead in (
        (ROW, r"\1: …"),
        (LOGIN, "…@"),
        (SECRET_PATH, r"\1…"),
        (EMAIL, "[e-mail]"),
        (SIGNED, "[token]"),
        (LONG, "[token]"),
        (QUERY, "?…"),
        (ADDRESS, "[address]"),
    ):
        said = pattern.sub(instead, said)
    return said


def without_paths(_logger: Any, _method: str, event: Event) -> Event:
    """Of a request that failed the traceback is kept; the sentence before it holds nothing but its address."""
    if str(event.get("logger", "")).startswith(ABOUT_REQUESTS):
        event["event"] = "the request failed" if event.get("exc_info") or event.get("exception") else "the request was refused"
    return event


class TellsMore(logging.Filter):
    """Django's one line for a request that was refused says nothing that ours does not; one with a traceback does."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.name.startswith(ABOUT_REQUESTS) or bool(record.exc_info)


SHARED: list[Callable[..., Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_paths,
    # Python's own traceback: lines of code, without the values of local variables.
    structlog.processors.format_exc_info,
]


def renderer(kind: str) -> list[Callable[..., Any]]:
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if kind == "json" else in_words
    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_people, last]


def in_words(_logger: Any, _method: str, event: Event) -> str:
    """2026-11-29T07:00:00Z INFO smmplanner.request: request view=brands:start status=200, and the traceback below it."""
    said = dict(event)
    head = f"{said.pop('timestamp', '')} {str(said.pop('level', '')).upper()} {said.pop('logger', '')}: {said.pop('event', '')}"
    below = said.pop("exception", None)
    line = " ".join([head, *(f"{name}={value}" for name, value in said.items() if value not in (None, ""))])
    return f"{line}\n{below}" if below else line


def formatter(kind: str) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=SHARED, processors=renderer(kind), keep_exc_info=False)


def configuration(kind: str, level: str) -> dict[str, Any]:
    """For logging.config.dictConfig: what libraries say goes the same way as what we say."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "kind": kind}},
        "filters": {"tells_more": {"()": TellsMore}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tells_more"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # task_log.py writes one line when a task has ended.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "gunicorn": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True},
            # One line per request is ours; this one would repeat signed addresses.
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
    }


def set_up() -> None:
    """structlog itself; the standard library's logging takes `configuration`."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
