"""The task queue. Tasks live in the apps' tasks.py; the timetable is CELERY_BEAT_SCHEDULE in the settings."""

import logging
import os

from celery import Celery, Task
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smmplanner.settings")
log = logging.getLogger(__name__)


class SweptTask(Task):
    """A task whose work stands in the database, where beat finds it if the broker could not take the message."""

    abstract = True

    def apply_async(self, *args, **kwargs):
        try:
            return super().apply_async(*args, **kwargs)
        except (OperationalError, OSError) as problem:
            log.error("%s was not queued, the broker does not answer: %s", self.name, problem)
            return None


app = Celery("smmplanner", task_cls=SweptTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
