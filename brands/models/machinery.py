"""What the machinery tells of itself: who was seen last, and which tasks failed. Nothing here is about a person or a brand."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When a process was last seen at work: the timetable ("beat"), and each worker by its name."""

    BEAT = "beat"
    STALE_AFTER = timedelta(minutes=3)

    name = models.CharField(_("process"), max_length=120, unique=True)
    at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_stale(self) -> bool:
        return self.at < timezone.now() - self.STALE_AFTER

    @classmethod
    def beat(cls, name: str, at: datetime) -> None:
        """Both may come twice or late: the later moment stays."""
        row, is_new = cls.objects.get_or_create(name=name[:120], defaults={"at": at})
        if not is_new:
            cls.objects.filter(pk=row.pk, at__lt=at).update(at=at)


class TaskFailure(models.Model):
    """A background task that raised: which, when and how, never with what. What it left undone stands in its own table."""

    KEPT_FOR = timedelta(days=30)

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    task = models.CharField(_("task"), max_length=150)
    task_id = models.CharField(_("number of the task"), max_length=64, blank=True)
    error = models.CharField(_("kind of error"), max_length=150)
    request_id = models.CharField(_("number of the request"), max_length=36, blank=True)

    class Meta:
        verbose_name = _("failed task")
        verbose_name_plural = _("queues and failed tasks")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.task}: {self.error}"
