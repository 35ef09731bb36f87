"""What is told of tasks: a line when one has ended, a row when it failed, and whose request it was asked by."""

import logging
import logging.config
import time
from typing import Any

import structlog
from celery import Task, signals
from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction

log = structlog.stdlib.get_logger("smmplanner.task")
HEADER = "request_id"


@signals.setup_logging.connect
def _log_as_the_settings_say(**told: Any) -> None:
    """With a receiver, Celery leaves logging alone."""
    logging.config.dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def _send_the_number_along(headers: dict[str, Any] | None = None, **told: Any) -> None:
    number = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and number:
        headers[HEADER] = number


@signals.task_prerun.connect
def _begin(task_id: str = "", task: Task | None = None, **told: Any) -> None:
    if task is None or task.request.called_directly:
        return
    structlog.contextvars.clear_contextvars()
    number = getattr(task.request, HEADER, None) or ""
    structlog.contextvars.bind_contextvars(task_id=task_id, task=task.name, request_id=number)
    task.request.began = time.perf_counter()


@signals.task_postrun.connect
def _end(task: Task | None = None, state: str | None = None, **told: Any) -> None:
    began = getattr(task.request, "began", None) if task is not None else None
    if task is None or began is None:
        return
    # Not at the top: Celery is there before the settings are.
    from smmplanner.counting import task_ended

    seconds, outcome = time.perf_counter() - began, (state or "unknown").lower()
    log.info("task", outcome=outcome, ms=round(seconds * 1000))
    task_ended(task.name, outcome, seconds)
    structlog.contextvars.clear_contextvars()


@signals.task_failure.connect
def _write_down(sender: Task | None = None, task_id: str = "", exception: BaseException | None = None, **told: Any) -> None:
    """The traceback is in the log, once, by Celery; the row says where to look."""
    # Not at the top: Celery is there before Django's apps are.
    from brands.models import TaskFailure

    if sender is None:
        return
    number = structlog.contextvars.get_contextvars().get("request_id") or ""
    try:
        with transaction.atomic():
            TaskFailure.objects.create(
                task=sender.name[:150], task_id=task_id[:64], error=type(exception).__name__[:150], request_id=number[:36]
            )
    except (DatabaseError, InterfaceError):
        log.warning("the failure could not be written down: the database does not answer")
