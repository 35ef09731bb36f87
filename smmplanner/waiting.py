"""What waits, and who is at work: for the administration's page about queues and for Prometheus. A few queries, whatever is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from brands.models import EmailRhythm, TaskFailure
from brands.notification_letters import FRESH_FOR, waiting
from calendar_app.models import Publication
from metrics.models import Import, StalePeriod

# The name of Celery's queue, which Redis keeps as a list.
QUEUE = "celery"
WAITING_IMPORTS = [Import.Status.UPLOADED, Import.Status.QUEUED, Import.Status.UNDOING]


@dataclass(frozen=True)
class Kind:
    """Rows that some sweep of the timetable will take up: how to find them, and since when each waits."""

    name: str
    label: object
    rows: Callable[[datetime], QuerySet]
    since: object
    # The task that takes them up.
    sweep: str


KINDS = (
    Kind(
        "publications",
        _("Publications whose time has come"),
        lambda now: Publication.objects.filter(status=Publication.Status.SCHEDULED, at__lte=now),
        "at",
        "calendar_app.tasks.mark_due_publications",
    ),
    Kind(
        "imports",
        _("Imports that wait for a worker"),
        lambda now: Import.objects.filter(status__in=WAITING_IMPORTS),
        Coalesce("touched_at", "uploaded_at"),
        "metrics.tasks.requeue_stuck_imports",
    ),
    Kind(
        "notifications",
        _("Notifications that are to be sent at once (some until quiet hours end)"),
        lambda now: waiting(now - FRESH_FOR).filter(user__email_rhythm=EmailRhythm.AT_ONCE),
        "created_at",
        "brands.tasks.send_notifications",
    ),
    Kind(
        "stale_values",
        _("Days whose KPI values are to be computed again"),
        lambda now: StalePeriod.objects.all(),
        "marked_at",
        "metrics.tasks.recompute_stale_values",
    ),
)


@dataclass(frozen=True)
class Waiting:
    kind: Kind
    count: int
    oldest: datetime | None

    def age(self, now: datetime) -> float:
        return max(0.0, (now - self.oldest).total_seconds()) if self.oldest else 0.0


def look(now: datetime) -> list[Waiting]:
    """One query for each kind."""
    found = []
    for kind in KINDS:
        counted = kind.rows(now).order_by().aggregate(rows=Count("pk"), oldest=Min(kind.since))
        found.append(Waiting(kind, counted["rows"], counted["oldest"]))
    return found


def queue_length() -> int | None:
    """Messages that no worker has taken yet; None while the broker does not answer."""
    url = settings.CELERY_BROKER_URL
    try:
        if url.startswith("filesystem"):
            folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]))
            return len([path for path in folder.iterdir() if path.is_file()])
        with redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as client:
            return int(client.llen(QUEUE))
    except (redis.RedisError, OSError):
        return None


def failed_within_a_day(now: datetime) -> int:
    return TaskFailure.objects.filter(at__gt=now - timedelta(days=1)).count()
