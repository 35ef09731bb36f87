"""/metrics: closed unless the settings open it, the same figures whichever process answers, names and never addresses."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as product
from django.utils import timezone

from brands.models import Brand, EmailRhythm, Heartbeat, Membership, Platform, Role, TaskFailure, User
from calendar_app.models import Post, Publication
from metrics.models import Import, StalePeriod
from smmplanner import counting, env, waiting
from smmplanner.counted_files import forget_the_dead
from smmplanner.tests.test_up import free_port

TOKEN = "a-word-for-prometheus"


@pytest.fixture
def opened(db, settings, tmp_path):
    settings.METRICS_TOKEN = TOKEN
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    return settings


def read(client) -> dict[str, float]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return samples(answer.content.decode())


def samples(text: str) -> dict[str, float]:
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in lines}


# --- who may read it


def test_there_is_no_such_page_unless_it_is_opened(client, db):
    assert not product.METRICS_TOKEN and not product.METRICS_ALLOW
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", [None, "Bearer ", "Bearer another-word-for-it", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN} ʻ"])
def test_another_word_opens_nothing(given, client, opened):
    assert client.get("/metrics", headers={"Authorization": given} if given else {}).status_code == 404


def test_an_allowed_network_may_read(client, opened):
    opened.METRICS_TOKEN, opened.METRICS_ALLOW = "", ["10.1.0.0/16"]
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.2.2.3").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 404


def test_what_came_through_a_proxy_is_not_taken_for_the_proxy(client, opened):
    opened.METRICS_TOKEN, opened.METRICS_ALLOW = "", ["127.0.0.1"]
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("value", ["short", "two words of enough length"])
def test_a_weak_word_stops_the_start_and_is_not_repeated(value, monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", value)
    with pytest.raises(env.SettingError, match="METRICS_TOKEN must have") as refused:
        env.word("METRICS_TOKEN", at_least=16)
    assert value not in str(refused.value)


def test_a_network_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("METRICS_ALLOW", "10.0.0.0/8,everybody")
    with pytest.raises(env.SettingError, match="METRICS_ALLOW must name addresses"):
        env.networks("METRICS_ALLOW")


# --- what it says


def test_requests_are_counted_by_view_and_never_by_address(client, opened):
    before = read(client)
    client.get("/offline/?q=secret")
    client.get("/nothing/secret/")
    after = read(client)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('smmplanner_requests_total{method="GET",status="200",view="offline"}') == 1
    assert grown('smmplanner_requests_total{method="GET",status="404",view="none"}') == 1
    assert grown('smmplanner_request_seconds_count{view="offline"}') == 1
    assert not [name for name in after if "secret" in name]


def test_tasks_are_counted_by_outcome(client, opened):
    before = read(client)
    counting.task_ended("metrics.tasks.check_import", "failure", 0.2)
    after = read(client)
    name = 'smmplanner_tasks_total{outcome="failure",task="metrics.tasks.check_import"}'
    assert after[name] - before.get(name, 0) == 1
    assert after['smmplanner_task_seconds_bucket{le="0.25",task="metrics.tasks.check_import"}'] >= 1


def test_nothing_is_counted_where_the_page_is_closed(client, opened):
    before = read(client)
    opened.METRICS_TOKEN = ""
    type(client)().get("/offline/")
    counting.task_ended("metrics.tasks.check_import", "success", 0.2)
    opened.METRICS_TOKEN = TOKEN
    changed = {name for name, value in read(client).items() if "_total" in name and before.get(name) != value}
    assert not changed


def fill(now) -> None:
    brand = Brand.objects.create(name="Atlas", slug="atlas")
    user = User.objects.create_user("a@example.uz", email_rhythm=EmailRhythm.AT_ONCE)
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    channel = brand.channels.create(platform=Platform.objects.first(), handle="atlas")
    post = Post.objects.create(brand=brand, title="Yangi")
    Publication.objects.create(brand=brand, post=post, channel=channel, at=now - timedelta(minutes=7), status="scheduled")
    import_ = Import.objects.create(brand=brand, name="a.csv", sha256="a")
    Import.objects.filter(pk=import_.pk).update(uploaded_at=now - timedelta(minutes=3))
    brand.notifications.create(user=user, kind="alert", key="k", url="/")
    StalePeriod.objects.all().delete()
    StalePeriod.objects.create(brand=brand, start="2026-01-01", end="2026-01-02")


def test_what_waits_is_told_with_its_age(client, opened, tmp_path):
    now = timezone.now()
    fill(now)
    (tmp_path / "message").write_text("")
    Heartbeat.beat("beat", now - timedelta(seconds=50))
    TaskFailure.objects.create(task="t", error="ValueError")
    told = read(client)
    assert {kind.name: told[f'smmplanner_waiting_rows{{kind="{kind.name}"}}'] for kind in waiting.KINDS} == {
        "publications": 1, "imports": 1, "notifications": 1, "stale_values": 1,
    }  # fmt: skip
    assert 420 <= told['smmplanner_oldest_waiting_seconds{kind="publications"}'] < 480
    assert 180 <= told['smmplanner_oldest_waiting_seconds{kind="imports"}'] < 240
    assert 50 <= told["smmplanner_beat_age_seconds"] < 110
    assert (told["smmplanner_broker_up"], told["smmplanner_queue_length"]) == (1, 1)
    assert told["smmplanner_failed_tasks_within_a_day"] == 1


def test_a_broker_that_is_away_is_told(client, opened):
    opened.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    told = read(client)
    assert told["smmplanner_broker_up"] == 0
    assert "smmplanner_queue_length" not in told


@pytest.mark.only_on_services
def test_connections_of_postgresql_are_counted(client, opened):
    assert read(client)["smmplanner_database_connections"] >= 1


def test_asking_takes_a_few_queries_however_much_waits(client, opened, django_assert_max_num_queries):
    fill(timezone.now())
    with django_assert_max_num_queries(8):
        read(client)


# --- several processes


def test_files_of_the_dead_are_forgotten_and_those_of_the_living_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("platform.node", lambda: "here")
    kept = [f"here/counter_{os.getpid()}.db", "there/counter_1.db"]
    gone = ["here/counter_99999999.db", "there/histogram_7.db"]
    for name in kept + gone:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    os.utime(tmp_path / gone[1], (0, 0))
    forget_the_dead(tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.glob("*/*")) == sorted(kept)


@pytest.mark.slow
def test_two_processes_of_gunicorn_are_added_up_by_either(tmp_path):
    port = free_port()
    dropped = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "DEBUG", "LOG_FORMAT", "PROMETHEUS_MULTIPROC_DIR"}
    environment = {name: value for name, value in os.environ.items() if name not in dropped} | {
        "VAR_DIR": str(tmp_path), "METRICS_TOKEN": TOKEN, "WEB_CONCURRENCY": "2", "PORT": str(port), "SECRET_KEY": "x" * 50,
    }  # fmt: skip
    (tmp_path / "static").mkdir()
    root = Path(product.BASE_DIR)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=root, env=environment, check=True)
    log = (tmp_path / "log").open("wb")
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "smmplanner.wsgi:application"]
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 90
        while ask(port, "/healthz") is None and time.monotonic() < deadline:
            time.sleep(0.2)
        for _time in range(30):
            ask(port, "/api/v1/openapi.json")
        files = len(list(tmp_path.glob("metrics/*/counter_*.db")))
        seen = {
            samples(ask(port, "/metrics"))['smmplanner_requests_total{method="GET",status="200",view="api:openapi"}']
            for _ in range(6)
        }
        assert seen == {30.0}, (tmp_path / "log").read_text()[-2000:]
        assert files >= 1
    finally:
        server.terminate()
        server.wait(timeout=40)
        log.close()


def ask(port: int, path: str) -> str | None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {TOKEN}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()
    except (OSError, urllib.error.HTTPError):
        return None


def test_names_follow_the_habits_of_prometheus(client, opened):
    assert not [name for name in read(client) if not re.match(r"smmplanner_[a-z_]+(\{.*\})?$", name)]
