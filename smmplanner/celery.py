"""The task queue. Tasks live in the apps' tasks.py; the timetable is CELERY_BEAT_SCHEDULE in the settings."""

import logging
import os

from celery import Celery, Task, signals
from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smmplanner.settings")
log = logging.getLogger(__name__)

TRANSPORT_ALIASES["filesystem"] = "smmplanner.file_broker:Transport"
TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "smmplanner.redis_broker:Transport"

# Connects itself to Celery's signals.
from smmplanner import task_log  # noqa: E402, F401


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


@signals.beat_init.connect
def _say_at_once_that_beat_is_there(sender: object = None, **told: object) -> None:
    """The timetable counts from its start; whoever waits for it should not wait three quarters of a minute."""
    app.send_task("smmplanner.tasks.note_heartbeat", expires=45)
