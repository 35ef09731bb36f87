"""What machines ask: alive, ready, and if not, which part is missing."""

from datetime import timedelta

import pytest
from django.conf import settings as product
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from brands.models import Heartbeat, TaskFailure
from smmplanner import readiness, tasks
from smmplanner.celery import app


@pytest.fixture
def all_is_there(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}
    Heartbeat.beat(Heartbeat.BEAT, timezone.now())


def failing(client) -> dict[str, str]:
    answer = client.get("/readyz")
    said = answer.json()
    assert answer.status_code == (200 if said["status"] == "ok" else 503)
    return {name: word for name, word in said["checks"].items() if word != "ok"}


def test_alive_needs_no_database(client):
    # No db mark: a query would fail the test.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/health/", "/readyz"])
def test_probes_know_neither_the_name_of_the_host_nor_https(path, client, settings, all_is_there):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["planner.example.org"]
    assert client.get(path, headers={"Host": "10.0.0.7"}).status_code == 200


def test_only_questions_are_answered(client, db):
    assert client.post("/healthz").status_code == 404


def test_ready_when_all_is_there(client, all_is_there):
    answer = client.get("/readyz")
    names = ["database", "migrations", "broker", "beat", "media"]
    assert answer.json() == {"status": "ok", "checks": dict.fromkeys(names, "ok")}


def test_a_database_that_is_away_is_named(client, all_is_there, monkeypatch):
    def away():
        raise OperationalError("connection to server at 10.0.0.3 failed, password hidden")

    with monkeypatch.context() as patch:
        patch.setattr(readiness.connection, "cursor", away)
        found = failing(client)
    assert found["database"] == "does not answer"
    assert "10.0.0.3" not in str(found) and "hidden" not in str(found)


def test_a_migration_that_was_not_applied_is_counted(client, all_is_there):
    MigrationRecorder.Migration.objects.filter(app="brands", name="0009_keep_an_audit_log").delete()
    assert failing(client) == {"migrations": "1 not applied"}


def test_a_broker_that_is_away_is_named(client, all_is_there, settings):
    settings.CELERY_BROKER_URL = "redis://:hidden@127.0.0.1:9/0"
    assert failing(client) == {"broker": "does not answer"}


def test_a_broker_of_files_that_cannot_be_written_is_named(client, all_is_there, settings, tmp_path):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}
    assert failing(client) == {"broker": "does not answer"}


def test_media_that_cannot_be_written_is_named(client, all_is_there, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert failing(client) == {"media": "cannot be written"}


def test_beat_that_was_not_seen_for_three_minutes_is_named(client, all_is_there):
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=2, seconds=50))
    assert failing(client) == {}
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=3, seconds=1))
    assert failing(client) == {"beat": "not seen for more than three minutes"}
    Heartbeat.objects.all().delete()
    assert failing(client) == {"beat": "not seen yet"}


def test_asking_leaves_nothing_behind(client, all_is_there, tmp_path):
    client.get("/readyz")
    assert not list((tmp_path / "media").iterdir())


# --- who was seen


def test_the_heartbeat_comes_more_often_than_it_grows_stale():
    entry = product.CELERY_BEAT_SCHEDULE["note heartbeat"]
    assert entry["schedule"] * 3 < Heartbeat.STALE_AFTER.total_seconds()
    assert entry["options"]["expires"] <= entry["schedule"], "they do not pile up while no worker is there"


def test_a_heartbeat_that_comes_late_changes_nothing(db):
    now = timezone.now()
    Heartbeat.beat("beat", now)
    Heartbeat.beat("beat", now - timedelta(minutes=1))
    assert Heartbeat.objects.get().at == now


def test_the_task_tells_of_beat_and_of_the_worker_also_twice(db):
    tasks.note_heartbeat()
    tasks.note_heartbeat()
    assert [row.name for row in Heartbeat.objects.all()] == ["beat", "worker here"]


def test_workers_that_left_and_old_failures_are_forgotten(db):
    now = timezone.now()
    Heartbeat.beat("beat", now - timedelta(days=9))
    Heartbeat.beat("worker old", now - timedelta(days=2))
    Heartbeat.beat("worker new", now)
    for days in (29, 31):
        row = TaskFailure.objects.create(task=str(days), error="ValueError")
        TaskFailure.objects.filter(pk=row.pk).update(at=now - timedelta(days=days))
    assert tasks.forget_old_failures() == 1
    assert [row.name for row in Heartbeat.objects.all()] == ["beat", "worker new"]
    assert TaskFailure.objects.get().task == "29"


def test_a_real_worker_is_seen(celery_worker_process):
    app.send_task("smmplanner.tasks.note_heartbeat")
    celery_worker_process.wait_for(lambda: Heartbeat.objects.filter(name="worker worker-0@tests").exists())
    assert not Heartbeat.objects.get(name=Heartbeat.BEAT).is_stale
