"""Tasks of the machinery itself: that it is alive, and that its own notes do not pile up."""

from celery import Task, shared_task
from django.utils import timezone

from brands.models import Heartbeat, TaskFailure

FORGET_WORKERS_AFTER = Heartbeat.STALE_AFTER * 480


@shared_task(bind=True, ignore_result=True)
def note_heartbeat(self: Task) -> None:
    """The timetable sent it and a worker took it, so both are alive."""
    now = timezone.now()
    Heartbeat.beat(Heartbeat.BEAT, now)
    Heartbeat.beat(f"worker {self.request.hostname or 'here'}", now)


@shared_task
def forget_old_failures() -> int:
    now = timezone.now()
    Heartbeat.objects.filter(at__lt=now - FORGET_WORKERS_AFTER).exclude(name=Heartbeat.BEAT).delete()
    return TaskFailure.objects.filter(at__lt=now - TaskFailure.KEPT_FOR).delete()[0]
