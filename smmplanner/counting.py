"""What Prometheus is told of requests and tasks, counted where they happen. Nothing is counted unless /metrics is open.

Each process counts in a file of its own (a memory map: no lock, no network); whoever is asked adds up the files of all.
"""

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from smmplanner.request_log import METHODS, is_a_file, view_of


def is_on() -> bool:
    return bool(settings.METRICS_TOKEN or settings.METRICS_ALLOW)


def folder() -> Path:
    """Of this machine: containers that share a volume have the same process numbers."""
    return Path(settings.VAR_DIR) / "metrics" / platform.node()


if is_on():
    folder().mkdir(parents=True, exist_ok=True)
    # Read when the library is imported.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder()))

from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: E402

REGISTRY = CollectorRegistry()
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
REQUESTS = Counter("smmplanner_requests", "Requests that were answered.", ["view", "method", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "smmplanner_request_seconds", "How long answering took.", ["view"], buckets=SECONDS, registry=REGISTRY
)
TASKS = Counter("smmplanner_tasks", "Tasks that ended.", ["task", "outcome"], registry=REGISTRY)
TASK_SECONDS = Histogram("smmplanner_task_seconds", "How long a task took.", ["task"], buckets=SECONDS, registry=REGISTRY)


def count_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    if not is_on():
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_a_file(request):
            return get_response(request)
        began = time.perf_counter()
        response = get_response(request)
        # The name of the view, never an address: there are as many series as pages, whatever visitors type.
        view, method = view_of(request), request.method if request.method in METHODS else "other"
        REQUESTS.labels(view, method, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(view).observe(time.perf_counter() - began)
        return response

    return middleware


def task_ended(task: str, outcome: str, seconds: float) -> None:
    if is_on():
        TASKS.labels(task, outcome).inc()
        TASK_SECONDS.labels(task).observe(seconds)
