"""Django's administration: every model has a list, a search and a page per row, in a few queries and under the strict policy."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from brands.audit import record
from brands.models import Brand, Channel, Heartbeat, Invitation, PolicyReport, RateCount, Sample, TaskFailure, User
from calendar_app.models import Campaign, Comment, PassedOver, Post, PostEvent, Series
from metrics.health.thresholds import THRESHOLDS
from metrics.models import Import, ImportIssue, RuleThreshold, StalePeriod
from smmplanner.tests.demos import demo_brand
from smmplanner.tests.foreign import OURS
from strategies.models import GateWaiver

pytestmark = pytest.mark.once

MOST_QUERIES_OF_A_LIST = 14
MOST_QUERIES_OF_A_ROW = 45
INLINE = re.compile(r"<[a-z][^<>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script\b(?![^>]*(?:\bsrc=|type=\"application/json\"))", re.I)


def administered() -> list[type[models.Model]]:
    return [model for model in admin.site._registry if model._meta.app_label in OURS]


def fill_up(brand: Brand) -> None:
    """Three rows of what the demo has none of."""
    person, post, strategy = User.objects.first(), Post.objects.first(), brand.strategies.first()
    for number in range(3):
        Sample.objects.create(user=User.objects.create_user(f"curious{number}@example.com"))
    for threshold in list(THRESHOLDS.values())[:3]:
        RuleThreshold.objects.create(name=threshold.name, value=threshold.default)
    for number in range(3):
        PolicyReport.objects.create(directive="img-src", blocked=str(number), page="/")
        record("settings_changed", brand=brand, person=person, on=brand)
        import_ = Import.objects.create(brand=brand, name=f"{number}.csv", sha256=str(number), uploaded_by=person)
        ImportIssue.objects.create(import_file=import_, line=number, code="no_such_day")
        StalePeriod.objects.create(brand=brand, channel=Channel.objects.all()[number], start="2026-01-01", end="2026-01-02")
        Invitation.objects.create(
            brand=brand, email=f"{number}@example.uz", invited_by=person, expires_at=timezone.now() + timedelta(7)
        )
        brand.exports.create(asked_by=person, status="ready")
        membership = brand.memberships.all()[number]
        token = brand.api_tokens.create(membership=membership, name=str(number), digest=str(number), expires_at=timezone.now())
        token.kept_answers.create(key="k", digest="x")
        RateCount.objects.create(key=str(number), times=1, ends=number)
        brand.webhook_endpoints.create(url=f"https://example.com/{number}").deliveries.create(
            message="m", event="test", body="{}"
        )
        Heartbeat.beat(f"worker {number}", timezone.now())
        TaskFailure.objects.create(task=str(number), error="ValueError")
        PassedOver.objects.create(brand=brand, day="2026-01-01", name=str(number))
        Series.objects.create(brand=brand, title=str(number), start="2026-01-01", clock="10:00", count=1)
        Comment.objects.create(post=post, author=person, text="Yaxshi")
        PostEvent.objects.create(post=post, actor=person, verb="approve", was="in_review", became="approved")
        GateWaiver.objects.create(strategy=strategy, gate=str(number), reason="Sinov", waived_by=person)
        strategy.applied_presets.create(preset="small", by=person)
        brand.notifications.create(user=person, kind="post_due", key=str(number), url="/")


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        fill_up(demo_brand())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def superuser(filled, db, client) -> Client:
    return signed_in(client)


def signed_in(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@example.uz", "parol", language="en"))
    return client


def ask(client: Client, url: str) -> tuple[int, str]:
    """(queries, what is wrong with the answer)"""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    wrong = INLINE.search(answer.content.decode()) if answer.status_code == 200 else f"status {answer.status_code}"
    return len(captured), str(wrong or "")


def test_every_model_is_administered():
    missing = [
        model._meta.label for app in OURS for model in apps.get_app_config(app).get_models() if model not in administered()
    ]
    assert missing == []


def test_every_list_can_be_searched_and_says_more_than_a_name():
    registered = {model._meta.label: admin.site._registry[model] for model in administered()}
    assert not [name for name, row in registered.items() if not row.search_fields or len(row.list_display) < 2]


# Names, in Latin letters in every language. What is translated into Uzbek, too, the translations' own tests tell.
LATIN = {"ACTS", "API", "Canva", "CSV", "Excel", "KPI", "PDF", "ROAS", "SMART", "UTM", "XLSX", "inline", "origin"}
LATIN |= {
    "app_label",
    "as_of",
    "etag",
    "guid",
    "model",
    "sha256",
    "strategy",
    "utm_campaign",
    "utm_content",
    "utm_medium",
    "utm_source",
}


def labels(model_admin, request) -> Iterator[str]:
    """What stands over the columns of its list and beside the fields of its form, with what explains them."""
    model = model_admin.model
    for name in {*model_admin.get_list_display(request), *flatten_fieldsets(model_admin.get_fieldsets(request, model()))} - {
        "__str__"
    }:
        yield str(label_for_field(name, model, model_admin))
    for field in model._meta.fields + model._meta.many_to_many:
        yield f"{field.verbose_name} {field.help_text}"


def test_lists_and_forms_speak_the_language_of_their_reader(superuser, rf):
    request, found = rf.get("/"), {}
    request.user = User.objects.get(email="admin@example.uz")
    with translation.override("ru"):
        for model in administered():
            said = " ".join(labels(admin.site._registry[model], request))
            if left := set(re.findall(r"\b[A-Za-z][A-Za-z0-9_]{2,}", re.sub(r"<[^>]*>", "", said))) - LATIN:
                found[model._meta.label] = left
    assert not found


def test_lists_take_the_same_few_queries_for_one_row_and_for_many(superuser, monkeypatch):
    found = {}
    for model in administered():
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        name = model._meta.label
        assert model.objects.exists(), f"no {name} to look at"
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", 1)
        one, wrong = ask(superuser, url)
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", 50)
        many, _same = ask(superuser, url)
        _queries, wrong_in_search = ask(superuser, url + "?q=a")
        if wrong or wrong_in_search or many != one or many > MOST_QUERIES_OF_A_LIST:
            found[name] = (one, many, wrong, wrong_in_search)
    assert not found


def test_the_page_of_every_row_opens(superuser):
    found = {}
    for model in administered():
        for row in (model.objects.order_by("pk").first(), model.objects.order_by("pk").last()):
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
            queries, wrong = ask(superuser, url)
            if wrong or queries > MOST_QUERIES_OF_A_ROW:
                found[f"{model._meta.label} {row.pk}"] = (queries, wrong)
    assert not found


def test_saving_in_the_administration_is_an_edit_like_any_other(superuser):
    before = Campaign.objects.first()
    url = reverse("admin:calendar_app_campaign_change", args=[before.pk])
    typed = {"brand": before.brand_id, "name": "Boshqa", "start": before.start, "end": before.end, "kind": before.kind}
    assert superuser.post(url, typed).status_code == 302
    after = Campaign.objects.get(pk=before.pk)
    assert (after.name, after.version) == ("Boshqa", before.version + 1)


@pytest.mark.parametrize("chosen", ["Atlas", "²", "9" * 20, ""])
def test_what_is_no_row_is_refused_where_rows_are_searched_for(client, db, chosen):
    client.force_login(User.objects.create_superuser("admin@example.uz", "parol", language="en"))
    answer = client.post(reverse("admin:brands_membership_add"), {"brand": chosen, "user": chosen, "role": "3", "skills": "[]"})
    assert answer.status_code == 200 and answer.context["adminform"].form.errors.keys() >= {"brand", "user"}


@pytest.mark.parametrize("typed", ['"\\ud800"', "[" * 5000, "-Infinity", '"\\u0000"'])
def test_json_that_no_database_keeps_is_refused_beside_its_field(client, db, typed):
    answer = signed_in(client).post(reverse("admin:strategies_surveyquestion_add"), {"options": typed})
    assert answer.status_code == 200 and "options" in answer.context["adminform"].form.errors
