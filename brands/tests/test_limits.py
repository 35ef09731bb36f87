import os
import subprocess
import sys
from pathlib import Path

import pytest
import redis
from django.core.cache import cache
from django.db import connection

from brands import limits
from brands.models import AuditEntry
from conftest import database_url

ROOT = Path(__file__).resolve().parents[2]
# A web process of its own: so many attempts to sign in, one after the other; prints how many were looked at.
ATTEMPTS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "smmplanner.settings"
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
settings.SECURE_SSL_REDIRECT = False
client, looked_at = Client(), 0
print("ready", flush=True)
sys.stdin.readline()
for _attempt in range(5):
    answer = client.post("/accounts/login/", {"login": "dilnoza@example.uz", "password": "wrong"})
    looked_at += "is not right" in answer.text
print(looked_at, flush=True)
"""


@pytest.fixture
def rate_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()


def web_process(settings, redis_url: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "REDIS_URL": redis_url,
        "DATABASE_URL": database_url(connection.settings_dict),
        "VAR_DIR": str(settings.VAR_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "1",
        "LOG_LEVEL": "CRITICAL",
    }
    return subprocess.Popen(
        [sys.executable, "-c", ATTEMPTS], cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def forget_counts(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter("*allauth:rl:*"):
            client.delete(key)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shared", ["a table of the database", "redis_url"])
def test_two_web_processes_count_attempts_together(person, settings, request, shared):
    """Five wrong passwords for one address, whichever process hears them."""
    url = request.getfixturevalue(shared) if shared == "redis_url" else ""
    if url:
        forget_counts(url)
    person("dilnoza")
    processes = [web_process(settings, url) for _number in range(2)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    looked_at = [int(process.communicate(timeout=120)[0]) for process in processes]
    assert sum(looked_at) == 5
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shared_cache")
    assert AuditEntry.objects.filter(act="failed_to_sign_in").count() == 5


def test_a_public_form_takes_so_many_from_one_address(client, db, rate_limits, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "invitation", "3/m/ip")
    assert [client.post("/invitations/x/").status_code for _attempt in range(4)] == [410, 410, 410, 429]
    assert client.get("/invitations/x/").status_code == 410
    assert client.post("/invitations/x/", REMOTE_ADDR="10.0.0.9").status_code == 410


@pytest.mark.parametrize(
    ("act", "address"),
    [
        ("survey", "/surveys/x/"),
        ("review", "/review/x/"),
        ("unsubscribe", "/unsubscribe/x/"),
        ("unsubscribe", "/shared/unsubscribe/x/"),
    ],
)
def test_each_public_form_has_a_limit(client, db, rate_limits, monkeypatch, act, address):
    monkeypatch.setitem(limits.LIMITS, act, "1/m/ip")
    client.post(address)
    assert client.post(address).status_code == 429


def test_what_is_counted_begins_anew_after_its_time(rate_limits, monkeypatch):
    assert [limits.count("x", 3600) for _time in range(3)] == [1, 2, 3]
    monkeypatch.setattr(limits.time, "time", lambda: 0)
    assert limits.count("x", 3600) == 1


def test_whoever_cannot_count_lets_nobody_through(rate_limits, monkeypatch):
    monkeypatch.setattr(limits.ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 0)
    monkeypatch.setattr(limits.time, "time", lambda: 0)
    cache.add("x:0:lock", True)
    assert limits.count("x", 3600) > 10**6


@pytest.mark.parametrize("act", ["signup", "password/reset"])
def test_sign_up_and_reset_are_limited_too(client, db, settings, act):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip", "reset_password": "1/m/ip"}
    cache.clear()
    for number in range(2):
        answer = client.post(f"/accounts/{act}/", {"email": f"a{number}@example.uz"})
    assert answer.status_code == 429 or "too often" in answer.text
