import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.db import connection

from brands import limits
from brands.forgetting import forget
from brands.models import AuditEntry, RateCount
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:1/0"], ids=["no Redis", "a Redis that is away"])
def test_two_web_processes_count_attempts_together(person, settings, redis):
    """Five wrong passwords for one address, whichever process hears them, and whatever else answers."""
    person("dilnoza")
    processes = [web_process(settings, redis) for _number in range(2)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    looked_at = [int(process.communicate(timeout=120)[0]) for process in processes]
    assert sum(looked_at) == 5
    assert AuditEntry.objects.filter(act="failed_to_sign_in").count() == 5


@pytest.mark.django_db(transaction=True)
def test_no_two_count_as_one():
    """Threads with connections of their own: each number is given out once."""
    heard: list[int] = []

    def ask() -> None:
        try:
            heard.extend(limits.count("x", 3600).times for _time in range(20))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(heard) == list(range(1, 81))


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


@pytest.fixture
def clock(monkeypatch):
    """Moved by hand: `clock.append(1003.0)`."""
    moments = [1000.0]
    monkeypatch.setattr(limits.time, "time", lambda: moments[-1])
    return moments


def test_what_is_counted_begins_anew_after_its_time(db, clock):
    assert [limits.count("x", 60).times for _time in range(3)] == [1, 2, 3]
    clock.append(1059.9)
    assert limits.count("x", 60).times == 4
    clock.append(1060.0)
    assert limits.count("x", 60) == limits.Used(RateCount.objects.get().key, 1, 1120.0)


def test_whoever_goes_on_trying_waits_no_longer_for_it(db, clock):
    first = limits.count("x", 60)
    clock.append(1030.0)
    assert limits.count("x", 60).ends == first.ends


def test_what_is_taken_back_did_not_count_and_takes_nothing_from_a_later_window(db, clock):
    used = limits.count("x", 60)
    used.rollback()
    used.rollback()
    assert limits.count("x", 60).times == 1
    clock.append(1100.0)
    limits.count("x", 60)
    used.rollback()
    assert limits.count("x", 60).times == 2


def test_each_count_is_one_query(db, django_assert_num_queries):
    for _time in range(2):
        with django_assert_num_queries(1):
            limits.count("x", 60)


def test_counts_that_are_over_are_swept_at_night(db, clock):
    limits.count("over", 60)
    limits.count("still counting", 3600)
    assert forget(datetime.fromtimestamp(1060, UTC))["counts of limits"] == 1
    assert limits.count("still counting", 3600).times == 2


def test_what_is_counted_names_nobody(db):
    limits.count("sign in from 10.0.0.9", 60)
    assert "10.0.0.9" not in str(RateCount.objects.values_list())


def test_allauth_counts_here_and_takes_no_locks_in_the_cache(client, person, rate_limits, monkeypatch):
    monkeypatch.setattr(ratelimit, "cache", None)
    person("dilnoza")
    wrong = {"login": "dilnoza@example.uz", "password": "wrong"}
    answers = [client.post("/accounts/login/", wrong).text for _attempt in range(6)]
    assert ["Too many" in answer for answer in answers] == [False] * 5 + [True]


def test_who_signs_in_has_not_used_up_an_attempt(client, person, rate_limits):
    person("dilnoza")
    for _time in range(7):
        right = {"login": "dilnoza@example.uz", "password": "parol-1234-uz"}
        assert client.post("/accounts/login/", right).status_code == 302
        client.post("/accounts/logout/")


def test_what_is_cleared_counts_from_the_beginning(rf, db):
    request = rf.post("/")
    config, who = {"x": "2/m/key,5/h/key"}, {"app": "brands", "action": "x", "key": "dilnoza"}
    assert [bool(ratelimit.consume(request, config=config, **who)) for _time in range(3)] == [True, True, False]
    assert not ratelimit.consume(request, config=config, dry_run=True, **who)
    with pytest.raises(RateLimited):
        ratelimit.consume(request, config=config, raise_exception=True, **who)
    ratelimit.clear(request, config=config, **who)
    assert ratelimit.consume(request, config=config, dry_run=True, **who)
    assert not RateCount.objects.exists()


@pytest.mark.parametrize("act", ["signup", "password/reset"])
def test_sign_up_and_reset_are_limited_too(client, db, settings, act):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip", "reset_password": "1/m/ip"}
    for number in range(2):
        answer = client.post(f"/accounts/{act}/", {"email": f"a{number}@example.uz"})
    assert answer.status_code == 429 or "too often" in answer.text
