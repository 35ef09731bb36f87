"""The administration's page about computing KPI values."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from brands.models import User
from metrics.models import RecomputeRun
from metrics.recompute import mark_stale, recompute_all, recompute_stale

PAGE = "/admin/metrics/recomputerun/"


@pytest.fixture
def staff(db, client):
    client.force_login(User.objects.create_superuser("admin@example.uz", "parol", language="en"))
    return client


def test_the_page_tells_what_waits_and_for_how_long(staff, brand, instagram):
    mark_stale(brand, instagram, date(2026, 1, 1), date(2026, 1, 1))
    brand.stale_periods.update(marked_at=timezone.now() - timedelta(hours=3))
    page = staff.get(PAGE).content.decode()
    assert "1, of 1 brands" in page
    assert "3\xa0hours" in page


def test_the_page_tells_of_runs_and_of_drift(staff, brand, instagram, record):
    for measure in ("likes", "comments", "shares", "saves", "views"):
        record(measure, "2026-01-05", 100, channel=instagram)
    recompute_stale()
    wrong = brand.kpi_values.filter(kpi="engagement_rate_impressions", status="ok").update(value=1)
    recompute_all()
    run = RecomputeRun.objects.get(kind="full")
    assert run.drift == wrong == len(run.examples) > 0
    assert run.examples[0]["before"]["value"] == "1.0000"
    page = staff.get(PAGE).content.decode()
    assert "done" in page
    assert f'<td class="field-drift">{run.drift}</td>' in page


def test_a_run_whose_worker_died_is_told_as_cut_off(staff, brand):
    RecomputeRun.objects.create(brand=brand, kind="full", claimed_until=timezone.now() - timedelta(minutes=1))
    RecomputeRun.objects.create(brand=brand, kind="full", claimed_until=timezone.now() + timedelta(minutes=1))
    page = staff.get(PAGE).content.decode()
    assert '<td class="field-state">cut off</td>' in page
    assert '<td class="field-state">running</td>' in page


def test_the_button_has_a_brand_computed(staff, brand, instagram, record, settings, django_capture_on_commit_callbacks):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    record("likes", "2026-01-05", 4, channel=instagram)
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(PAGE + "compute/", {"brand": brand.slug}, follow=True)
    assert "are being computed" in answer.content.decode()


def test_the_button_says_when_there_is_no_such_brand(staff):
    assert "There is no brand" in staff.post(PAGE + "compute/", {"brand": "x"}, follow=True).content.decode()


def test_the_button_is_for_staff_and_takes_no_visits(client, staff, marketer, brand):
    assert client.post(PAGE + "compute/", {"brand": brand.slug}).status_code == 302
    assert "login" in client.post(PAGE + "compute/", {"brand": brand.slug}).url


@pytest.mark.parametrize(("outcome", "found"), [("drift", 1), ("failed", 1), ("running", 1), ("", 3)])
def test_runs_are_chosen_by_their_outcome(staff, brand, outcome, found):
    now = timezone.now()
    RecomputeRun.objects.create(brand=brand, kind="full", finished_at=now, drift=2)
    RecomputeRun.objects.create(brand=brand, kind="full", finished_at=now, error="OverflowError")
    RecomputeRun.objects.create(brand=brand, kind="full")
    assert staff.get(PAGE, {"outcome": outcome}).content.decode().count('<td class="field-state">') == found
