"""/metrics: what was counted by all processes, and how things stand at this moment. Closed unless the settings open it."""

import os
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address, ip_network
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from brands.models import Heartbeat
from smmplanner import counting, waiting


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Whoever may not read it is told that nothing is there."""
    if not may_read(request):
        raise Http404
    now = CollectorRegistry()
    now.register(Moment())
    return HttpResponse(counted() + generate_latest(now), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    if settings.METRICS_TOKEN and constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return True
    if not settings.METRICS_ALLOW or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        # A proxy's address says nothing of who asks.
        return False
    try:
        asks = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(asks in ip_network(network) for network in settings.METRICS_ALLOW)


def counted() -> bytes:
    path = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not path:
        return generate_latest(counting.REGISTRY)
    registry = CollectorRegistry()
    registry.register(Everybody(path))
    return generate_latest(registry)


class Everybody(MultiProcessCollector):
    """The files of web servers and workers, also those of containers beside this one."""

    def __init__(self, path: str) -> None:
        super().__init__(None, path)

    def collect(self) -> Iterator[Metric]:
        files = [str(file) for file in Path(self._path).parent.glob("*/*.db")]
        return self.merge(files, accumulate=True)


class Moment:
    """Asked of the database and the broker when Prometheus asks: a handful of small queries."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        length = waiting.queue_length()
        yield _gauge("broker_up", "1 while the broker answers.", length is not None)
        if length is not None:
            yield _gauge("queue_length", "Messages that no worker has taken yet.", length)
        rows = GaugeMetricFamily("smmplanner_waiting_rows", "Rows that wait for a sweep.", labels=["kind"])
        oldest = GaugeMetricFamily("smmplanner_oldest_waiting_seconds", "How long the oldest of them waits.", labels=["kind"])
        for found in waiting.look(now):
            rows.add_metric([found.kind.name], found.count)
            oldest.add_metric([found.kind.name], found.age(now))
        yield from (rows, oldest)
        yield _gauge("failed_tasks_within_a_day", "Tasks that raised.", waiting.failed_within_a_day(now))
        yield from self.heartbeat(now)
        yield from self.connections()

    def heartbeat(self, now: datetime) -> Iterator[Metric]:
        seen = Heartbeat.objects.filter(name=Heartbeat.BEAT).values_list("at", flat=True).first()
        if seen is not None:
            yield _gauge("beat_age_seconds", "Since a task of the timetable was carried out.", (now - seen).total_seconds())

    def connections(self) -> Iterator[Metric]:
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            yield _gauge("database_connections", "Open connections to this database.", cursor.fetchone()[0])


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"smmplanner_{name}", told, value=float(value))
