"""What is written down of requests and tasks: numbers that lead from one to the other, and nothing about people."""

import io
import json
import logging
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import structlog
from django.test import Client
from django.utils import timezone

from brands import audit, invitations
from brands.models import AuditEntry, Brand, Membership, Role, TaskFailure, User
from metrics.tasks import check_import
from smmplanner import logs, task_log
from smmplanner.celery import app

EMAIL, NAME, PASSWORD = "gulnora.xasanova@example.uz", "Gulnora Xasanova", "maxfiy-soʻz-4711"


class Written(io.StringIO):
    def lines(self, logger: str = "") -> list[dict]:
        """The lines of our own loggers below this name, read as JSON."""
        lines = [json.loads(line) for line in self.getvalue().splitlines()]
        return [line for line in lines if line["logger"].startswith(logger)]


@pytest.fixture
def written():
    """Everything that any logger says, as it stands in production."""
    structlog.contextvars.clear_contextvars()
    stream, root = Written(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(logs.formatter("json"))
    handler.addFilter(logs.TellsMore())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.create(name="Atlas Libos", slug="atlas")


@pytest.fixture
def person(brand) -> User:
    user = User.objects.create_user(EMAIL, PASSWORD, name=NAME)
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    return user


@pytest.fixture
def failing(settings):
    settings.ROOT_URLCONF = "smmplanner.tests.error_urls"
    return Client(raise_request_exception=False)


# --- requests


def test_a_line_tells_of_a_request_in_numbers(written, client, person):
    client.force_login(person)
    answer = client.get("/brands/atlas/settings/team/?word=secret")
    (line,) = written.lines("smmplanner.request")
    assert (line["method"], line["view"], line["status"], line["user"], line["brand"]) == (
        "GET", "brands:team", 200, person.pk, "atlas",
    )  # fmt: skip
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["ms"] >= 0
    assert "secret" not in written.getvalue()


def test_the_brand_of_a_page_that_was_not_opened_is_not_told(written, client, brand):
    client.force_login(User.objects.create_user("x@example.uz"))
    client.get("/brands/atlas/settings/team/")
    (line,) = written.lines("smmplanner.request")
    assert (line["status"], line["brand"]) == (404, None)


def test_the_line_costs_no_query(written, client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/offline/")
    assert written.lines("smmplanner.request")[0]["user"] is None


def test_a_sane_number_of_a_proxy_is_kept(client):
    assert client.get("/offline/", headers={"X-Request-ID": "proxy-000042_a"})["X-Request-ID"] == "proxy-000042_a"


@pytest.mark.parametrize("given", ["short", "x" * 37, "with space 1", "a@example.uz", "<script>alert", "ʻʻʻʻʻʻʻʻʻ", ""])
def test_a_strange_number_is_replaced(given, client):
    number = client.get("/offline/", headers={"X-Request-ID": given})["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", number)


def test_the_audit_log_the_answer_and_the_lines_have_one_number(written, client, person, monkeypatch):
    client.force_login(person)

    def record_something(brand):
        audit.record("signed_in", brand=brand)
        logging.getLogger("brands.tests").warning("something")

    monkeypatch.setattr("brands.access.changes.told", record_something)
    answer = client.post("/brands/atlas/notifications/read/")
    assert AuditEntry.objects.get().request_id == answer["X-Request-ID"]
    assert {line["request_id"] for line in written.lines()} == {answer["X-Request-ID"]}


def test_the_page_of_a_failure_tells_its_number(failing):
    answer = failing.get("/fail/mistake/")
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()


def test_the_plain_words_of_a_failure_tell_its_number(failing, monkeypatch):
    monkeypatch.setattr("smmplanner.errors.render_to_string", lambda *args: 1 / 0)
    answer = failing.get("/fail/mistake/")
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_failure_is_told_once_with_its_traceback_and_without_values(written, failing):
    failing.get(f"/fail/mistake/?who={EMAIL}")
    failures = [line for line in written.lines() if "exception" in line]
    (line,) = failures
    assert (line["logger"], line["event"], line["level"]) == ("django.request", "the request failed", "error")
    assert line["exception"].startswith("Traceback (most recent call last):")
    assert "ZeroDivisionError: ours" in line["exception"]
    assert "how = " not in line["exception"]
    assert len(written.lines()) == 2, "the failure and the line of its request"


def test_probes_and_static_files_are_not_written_down(written, client, db):
    client.get("/healthz")
    client.get("/static/css/tokens.css").close()
    assert not written.getvalue()


# --- nothing about people


def test_a_few_pages_and_forms_leave_nothing_about_people(written, person, brand):
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77")
    invitation = brand.invitations.create(email="new.colleague@example.uz", expires_at=timezone.now() + timedelta(7))
    token = invitations.token(invitation)
    client.post("/accounts/login/", {"login": EMAIL, "password": "wrong-" + PASSWORD})
    client.post("/accounts/password/reset/", {"email": EMAIL})
    client.post("/accounts/signup/", {"email": "somebody.else@example.uz", "name": "Somebody Else", "password1": PASSWORD})
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    for path in (f"/invitations/{token}/", "/shared/7:AbCdEfGhIjKlMnOpQrStUvWxYz012345678/?page=2", f"/nothing/{EMAIL}/", "/brands/atlas/settings/team/",
                 f"/feeds/{'s3cr3t' * 8}.ics", f"/brands/atlas/search/?q={NAME}"):  # fmt: skip
        client.get(path, headers={"User-Agent": "Nobody/1.0", "Referer": f"http://testserver/?q={EMAIL}"})
    client.post("/brands/atlas/settings/team/invite/", {"email": "third.person@example.uz", "role": "1", "name": NAME})
    session = client.cookies["sessionid"].value
    told = written.getvalue()
    assert len(written.lines("smmplanner.request")) > 8
    hidden = [EMAIL, NAME, "Xasanova", PASSWORD, "new.colleague", "somebody.else", "Somebody", "third.person", "@example.uz",
              token, "203.0.113.77", "AbCdEfGhIjKl", "s3cr3t", session, "Nobody/1.0", "page=2"]  # fmt: skip
    assert [word for word in hidden if word in told] == []


def test_a_failure_that_repeats_a_row_leaves_nothing_about_people(written):
    try:
        raise ValueError(f"duplicate key\nDETAIL:  Key (email, name)=({EMAIL}, {NAME}) already exists.\nat 203.0.113.77")
    except ValueError:
        logging.getLogger("brands").exception("not saved for %s", EMAIL)
    told = written.getvalue()
    assert "duplicate key" in told and "ValueError" in told
    assert [word for word in (EMAIL, NAME, "203.0.113.77") if word in told] == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("the letter to a.b+c@mail.example.uz was not sent", "the letter to [e-mail] was not sent"),
        ("Invalid request from ip=192.0.2.1: bad", "Invalid request from ip=[address]: bad"),
        ("asked by 2001:db8::7, again", "asked by [address], again"),
        ("GET /shared/reports/5:AbC-dEf_012345678901234567890/report.pdf", "GET /shared/reports/…/report.pdf"),
        ("GET /brands/atlas/search/?q=Gulnora", "GET /brands/atlas/search/?…"),
        ("redis://user:word@redis:6379/0 is away", "redis://…@redis:6379/0 is away"),
        ("key 4f:1vQx8Z:AbCdEfGhIjKlMnOpQrStUvWxYz0 is old", "key [token] is old"),
        ("Authorization: Bearer " + "a1B2" * 10, "Authorization: Bearer [token]"),
    ],
)
def test_what_names_a_person_or_opens_a_door_is_taken_out(said, left):
    assert logs.redacted(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "Import 12 could not be read",
        "version 5.2.19 at 10:15:30",
        "metrics.tasks.check_import[2c1f1f0e-6b0a-4c3e-9d53-0f6f0a4c1a11] failed",
        'File "/app/metrics/imports/__init__.py", line 134, in check',
        "TypeError: f() got an unexpected keyword argument 'x'; std::vector",
    ],
)
def test_other_words_are_left(said):
    assert logs.redacted(said) == said


def test_words_for_a_terminal_hold_the_same(person):
    record = logging.makeLogRecord({"name": "brands", "levelname": "ERROR", "levelno": 40, "msg": f"no letter for {EMAIL}"})
    said = logs.formatter("text").format(record)
    assert re.fullmatch(r"\S+Z ERROR brands: no letter for \[e-mail\]", said)


# --- tasks


def test_a_message_carries_the_number_of_the_request(monkeypatch, written):
    sent = {}
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda *args, **kwargs: None)
    with structlog.contextvars.bound_contextvars(request_id="number-0001"):
        task_log._send_the_number_along(headers=sent)
    task_log._send_the_number_along(headers=None)
    assert sent == {"request_id": "number-0001"}


def request_of(**more):
    return SimpleNamespace(called_directly=False, **more)


def test_a_task_is_told_with_its_number_and_that_of_the_request(written):
    task = SimpleNamespace(name=check_import.name, request=request_of(request_id="number-0002"))
    task_log._begin(task_id="t-1", task=task)
    logging.getLogger("metrics.imports").warning("in the middle")
    task_log._end(task=task, state="SUCCESS")
    logging.getLogger("metrics.imports").warning("afterwards")
    middle, line, afterwards = written.lines()
    assert (line["task"], line["task_id"], line["request_id"], line["outcome"]) == (
        "metrics.tasks.check_import", "t-1", "number-0002", "success",
    )  # fmt: skip
    assert middle["request_id"] == "number-0002"
    assert "request_id" not in afterwards


def test_a_failed_task_leaves_a_row_without_what_it_said(db):
    with structlog.contextvars.bound_contextvars(request_id="number-0003"):
        task_log._write_down(sender=check_import, task_id="t-2", exception=ValueError(EMAIL))
    row = TaskFailure.objects.get()
    assert (row.task, row.task_id, row.error, row.request_id) == (
        "metrics.tasks.check_import", "t-2", "ValueError", "number-0003",
    )  # fmt: skip


def test_the_number_reaches_a_worker_and_comes_back_in_its_lines(celery_worker_process):
    with structlog.contextvars.bound_contextvars(request_id="number-from-afar"):
        app.send_task("smmplanner.tasks.note_heartbeat")
    told = lambda: celery_worker_process.log.read_text()  # noqa: E731
    celery_worker_process.wait_for(lambda: "smmplanner.task: task" in told())
    (line,) = [line for line in told().splitlines() if "smmplanner.task: task" in line]
    assert "request_id=number-from-afar" in line
    assert "outcome=success" in line
