"""The administration's page about queues: what it tells, to whom, and the button that sweeps."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from brands.models import Heartbeat, TaskFailure, User
from smmplanner import waiting
from smmplanner.celery import app
from smmplanner.tests.test_prometheus import fill

PAGE, SWEEP = "/admin/brands/taskfailure/", "/admin/brands/taskfailure/sweep/"


@pytest.fixture
def broker(settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    return tmp_path


@pytest.fixture
def staff(client, db, broker):
    client.force_login(User.objects.create_user("staff@example.uz", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(app, "send_task", names.append)
    return names


def test_the_page_tells_who_works_what_waits_and_what_failed(staff, broker):
    now = timezone.now()
    fill(now)
    (broker / "message").write_text("")
    Heartbeat.beat("beat", now - timedelta(seconds=30))
    Heartbeat.beat("worker one@server", now - timedelta(minutes=4))
    TaskFailure.objects.create(task="metrics.tasks.check_import", error="ZeroDivisionError", request_id="number-0001")
    answer = staff.get(PAGE)
    told = dict(answer.context["machinery"])
    assert told["Broker"] == "answers"
    assert told["Messages that no worker has taken yet"] == "1"
    assert told["Timetable (beat)"] == "seen 0\xa0minutes ago"
    assert told["Worker one@server"] == "seen 4\xa0minutes ago: it seems to be gone"
    assert told["Failed within a day"] == "1"
    assert [count for _label, count, _oldest in answer.context["rows_that_wait"]] == [1, 1, 1, 1]
    content = answer.content.decode()
    assert "7\xa0minutes" in content
    assert "ZeroDivisionError" in content and "number-0001" in content


def test_the_page_opens_while_the_broker_is_away(staff, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    answer = staff.get(PAGE)
    assert dict(answer.context["machinery"])["Broker"] == "does not answer"


def test_the_number_of_queries_does_not_grow_with_what_waits(staff, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    staff.get(PAGE)
    with CaptureQueriesContext(connection) as empty:
        staff.get(PAGE)
    fill(timezone.now())
    for number in range(3):
        Heartbeat.beat(f"worker {number}", timezone.now())
        TaskFailure.objects.create(task="t", error="ValueError")
    with CaptureQueriesContext(connection) as full:
        staff.get(PAGE)
    assert len(full) <= len(empty) + 1


def test_sweeping_tells_the_workers_to_take_up_each_kind(staff, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(SWEEP, follow=True)
    assert sent == [kind.sweep for kind in waiting.KINDS]
    assert "The workers were told" in answer.content.decode()


def test_sweeping_without_a_broker_says_so(staff, sent, settings, django_capture_on_commit_callbacks):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(SWEEP, follow=True)
    assert sent == []
    assert "The broker does not answer" in answer.content.decode()


def test_sweeping_is_a_post(staff, sent):
    assert staff.get(SWEEP).status_code == 405
    assert sent == []


def test_sweeps_are_tasks_of_the_timetable(settings):
    assert {kind.sweep for kind in waiting.KINDS} <= {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize("person", [None, {}, {"is_staff": True}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_see_nothing_and_sweep_nothing(person, method, client, db, sent):
    if person is not None:
        client.force_login(User.objects.create_user("x@example.uz", **person))
    answer = getattr(client, method)(PAGE if method == "get" else SWEEP)
    assert answer.status_code in (302, 403)
    assert sent == []


def test_staff_with_the_right_may_look(client, db, broker):
    user = User.objects.create_user("x@example.uz", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_taskfailure"))
    client.force_login(user)
    assert client.get(PAGE).status_code == 200


def test_the_short_address_leads_there(staff):
    assert staff.get(reverse("queues"))["Location"] == PAGE
