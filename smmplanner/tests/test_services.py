"""The tests' own machinery: a watched browser, a real worker, tables that keep what migrations put there."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

from brands.models import Platform
from smmplanner.celery import app
from smmplanner.preparation import collect_static_files

ROOT = settings.BASE_DIR


@pytest.mark.parametrize("time", [1, 2])
def test_rows_of_migrations_survive_tests_that_write_for_good(time, transactional_db):
    assert Platform.objects.exists()


def test_a_worker_process_takes_tasks_from_the_broker(celery_worker_process):
    answer = celery_worker_process.wait_for(lambda: app.control.ping(timeout=1) or None)
    assert list(answer[0].values()) == [{"ok": "pong"}]


def test_every_task_of_the_timetable_is_known_to_the_worker():
    app.loader.import_default_modules()
    missing = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - app.tasks.keys()
    assert not missing


def test_tasks_are_never_run_in_the_caller():
    assert app.conf.task_always_eager is False


def test_a_broker_that_is_away_does_not_break_the_page_that_queues(monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OSError("No route to host")

    monkeypatch.setattr(app, "send_task", away)
    monkeypatch.setattr("celery.app.task.Task.apply_async", away)

    @app.task(name="smmplanner.tests.sweep")
    def sweep():
        pass

    assert sweep.delay() is None
    assert "was not queued" in caplog.text
    app.tasks.unregister("smmplanner.tests.sweep")


@pytest.mark.everywhere
def test_the_login_page_opens_in_a_browser_without_complaint(page, live_server):
    answer = page.goto(f"{live_server.url}/accounts/login/")
    assert answer.status == 200
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')


def test_a_policy_violation_is_noticed(page, live_server, page_problems):
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    assert any("CSP: style-src" in problem for problem in page_problems)
    page_problems.clear()


def test_an_uncaught_exception_is_noticed(page, live_server, page_problems):
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("setTimeout(() => { throw new Error('planted') })")
    page.wait_for_timeout(200)
    assert any("planted" in problem for problem in page_problems)
    page_problems.clear()


def test_the_second_start_collects_nothing(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    said = []
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "smmplanner.staticfiles.HashedStorage"}}
    collect_static_files(said.append)
    assert said == ["Collecting static files …"]
    assert list((tmp_path / "static" / "css").glob("tokens.*.css")), "names carry a hash"
    collect_static_files(said.append)
    assert len(said) == 1


def test_models_and_migrations_agree(db):
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


def test_the_database_is_the_one_that_was_asked_for(db):
    asked = os.environ.get("DATABASE_URL", "sqlite").split(":")[0]
    assert connection.vendor == {"postgres": "postgresql", "sqlite": "sqlite"}[asked]
    assert get_user_model().objects.count() == 0
