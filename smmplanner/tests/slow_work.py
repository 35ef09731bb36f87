"""Work that takes a moment, for tests that stop a server in the middle of it."""

import os
import time
from pathlib import Path

from celery import shared_task

MOMENT = 2.0


def application(environ, start_response):
    Path(os.environ["BEGAN"]).touch()
    time.sleep(MOMENT)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"finished"]


@shared_task(name="smmplanner.tests.slow_work.work")
def work(began: str, ended: str) -> None:
    Path(began).touch()
    time.sleep(MOMENT)
    Path(ended).touch()
