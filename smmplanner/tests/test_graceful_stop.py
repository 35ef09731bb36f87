"""SIGTERM in the middle of work: what was begun is finished, by web servers and by workers."""

import os
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from django.conf import settings

from smmplanner.celery import app
from smmplanner.tests.test_up import free_port


def wait_until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


@pytest.mark.slow
def test_gunicorn_finishes_what_it_is_answering(tmp_path):
    port, began = free_port(), tmp_path / "began"
    environment = os.environ | {
        "WEB_BIND": f"127.0.0.1:{port}",
        "BEGAN": str(began),
        "VAR_DIR": str(tmp_path),
        "WEB_CONCURRENCY": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "smmplanner.tests.slow_work:application"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log)
    answers: list[bytes] = []

    def ask() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            answers.append(answer.read())

    try:
        wait_until(lambda: "Booting worker" in (tmp_path / "log").read_text())
        asking = threading.Thread(target=ask)
        asking.start()
        wait_until(began.exists)
        server.terminate()
        asking.join(30)
        assert answers == [b"finished"]
        assert server.wait(timeout=30) == 0
    finally:
        server.kill()
        server.wait()


@pytest.mark.slow
def test_a_worker_finishes_its_task(start_worker, tmp_path):
    worker = start_worker("--purge", "--include", "smmplanner.tests.slow_work")
    worker.wait_until_ready()
    began, ended = tmp_path / "began", tmp_path / "ended"
    app.send_task("smmplanner.tests.slow_work.work", [str(began), str(ended)])
    worker.wait_for(began.exists)
    worker.process.terminate()
    assert worker.process.wait(timeout=30) == 0
    assert ended.exists()
