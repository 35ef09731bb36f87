import pytest
from django.contrib import admin
from django.urls import reverse

from brands.audit import record
from brands.models import (
    ApiToken,
    AuditEntry,
    BrandExport,
    Heartbeat,
    KeptAnswer,
    LetterSettings,
    Platform,
    PolicyReport,
    RateCount,
    Sample,
    TaskFailure,
    User,
    WebhookDelivery,
    WebhookEndpoint,
)
from brands.notifications import notify

pytestmark = pytest.mark.once

# A sample brand is asked for by the person, who then gets work done; the others are written by the app.
NOT_ADDED = (
    ApiToken, AuditEntry, BrandExport, Heartbeat, KeptAnswer, PolicyReport, RateCount, Sample, TaskFailure, WebhookDelivery,
    WebhookEndpoint,
)  # fmt: skip
OURS = [model for model in admin.site._registry if model._meta.app_label == "brands"]


@pytest.fixture
def staff(person, brand, lead, add_channel):
    """An administrator, and a row of everything."""
    add_channel().checks.create(check_name="picture", state="done")
    brand.invitations.create(email="a@example.uz", expires_at="2026-12-01T00:00:00Z")
    notify(lead, brand, "alert", "k", "/", {"title": "x"})
    lead.notification_choices.create(kind="alert", in_app=False)
    LetterSettings.objects.create(user=lead)
    Sample.objects.create(user=lead, brand=brand)
    PolicyReport.objects.create(directive="img-src", blocked="https://atlas.example", page="/")
    record("settings_changed", brand=brand, person=lead, on=brand)
    brand.exports.create(asked_by=lead)
    token = brand.api_tokens.create(membership=brand.memberships.get(), name="x", digest="x", expires_at="2026-12-01T00:00:00Z")
    token.kept_answers.create(key="k", digest="x")
    RateCount.objects.create(key="k", times=1, ends=1)
    brand.webhook_endpoints.create(url="https://example.com/").deliveries.create(message="m", event="test", body="{}")
    Heartbeat.objects.create(name="beat", at="2026-12-01T00:00:00Z")
    TaskFailure.objects.create(task="t", error="ValueError")
    return person("admin", is_staff=True, is_superuser=True)


def url(model, page: str, *args) -> str:
    return reverse(f"admin:brands_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_lists_are_searched_and_rows_opened_and_added(as_user, staff, model):
    client = as_user(staff)
    row = model.objects.first()
    assert client.get(url(model, "changelist"), {"q": "atlas"}).status_code == 200
    assert client.get(url(model, "change", row.pk)).status_code == 200
    assert client.get(url(model, "add")).status_code == (403 if model in NOT_ADDED else 200)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_people_without_the_right_do_not_enter(as_user, lead, staff, model):
    assert as_user(lead).get(url(model, "changelist"), follow=True).status_code == 403


def test_the_administration_is_entered_through_the_door_that_limits_guessing(client, db):
    response = client.post("/admin/login/", {"username": "admin@example.uz", "password": "x"})
    assert response.url.startswith("/accounts/login/")


def test_a_person_is_added_by_address(as_user, staff):
    typed = {"email": "yangi@example.uz", "name": "Yangi", "usable_password": "true", "password1": "kuchli-parol-77",
             "password2": "kuchli-parol-77", "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}  # fmt: skip
    assert as_user(staff).post(url(User, "add"), typed).status_code == 302
    assert User.objects.get(email="yangi@example.uz").check_password("kuchli-parol-77")


def test_an_address_in_another_case_is_refused_in_the_form(as_user, staff):
    typed = {"email": "ADMIN@example.uz", "name": "", "usable_password": "true", "password1": "kuchli-parol-77",
             "password2": "kuchli-parol-77", "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}  # fmt: skip
    response = as_user(staff).post(url(User, "add"), typed)
    assert response.status_code == 200
    assert User.objects.filter(email__iexact="admin@example.uz").count() == 1


def test_networks_are_filtered_and_found_by_what_they_are_good_at(as_user, staff):
    client = as_user(staff)
    filters = {"is_active__exact": 1, "media_type__exact": "microblog", "needs_video__exact": 0, "q": "news"}
    response = client.get(url(Platform, "changelist"), filters)
    assert [row.slug for row in response.context["cl"].result_list] == ["x"]


@pytest.mark.parametrize("model", [User, Platform], ids=lambda model: model._meta.model_name)
def test_the_administration_needs_nothing_that_the_policy_forbids(model, staff, live_server, page, page_problems):
    page.goto(f"{live_server.url}/accounts/login/?next={url(model, 'changelist')}")
    page.fill("[name=login]", staff.email)
    page.fill("[name=password]", "parol-1234-uz")
    page.click("main button[type=submit]")
    page.goto(live_server.url + url(model, "change", model.objects.first().pk))
    page.goto(live_server.url + url(model, "add"))
    assert page.locator("#content h1, #content h2").first.is_visible()
