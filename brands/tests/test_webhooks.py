"""Messages of webhooks: written with what they tell of, signed, sent until they arrive."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from brands import fetching, tasks, webhook_sending, webhooks
from brands.fetching import FetchFailed
from brands.models import AuditEntry, Brand, Notification, Role, WebhookDelivery, WebhookEndpoint
from brands.tests.webhook_receiver import HERE, receiving
from brands.webhook_sending import LEASE, LONGEST_PAUSE, MOST_ATTEMPTS, PATIENCE

EVENT = "post.approved"


@pytest.fixture
def receiver(settings, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr(webhook_sending, "LIMITS", HERE)
    with receiving() as told:
        yield told


@pytest.fixture
def endpoint(brand, receiver) -> WebhookEndpoint:
    row = WebhookEndpoint(url=receiver.url, events=[EVENT])
    webhooks.add(brand, row)
    return row


@pytest.fixture
def message(brand, endpoint) -> WebhookDelivery:
    webhooks.emit(brand, EVENT, {"post": 7})
    return WebhookDelivery.objects.get()


def sent(row: WebhookDelivery) -> WebhookDelivery:
    """After an attempt that is due now."""
    WebhookDelivery.objects.filter(pk=row.pk, status="waiting").update(next_at=timezone.now())
    webhook_sending.send(row.pk)
    row.refresh_from_db()
    return row


def test_a_message_arrives_signed(message, endpoint, receiver):
    row = sent(message)
    ((path, headers, body),) = receiver.got
    assert (row.status, row.response_status, row.response_body, row.attempts) == ("delivered", 200, "thanks", 1)
    assert (path, headers["webhook-id"], headers["content-type"]) == ("/hook?x=1", row.message, "application/json")
    key = base64.b64decode(endpoint.secret.removeprefix("whsec_"))
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert json.loads(body)["type"] == EVENT
    assert json.loads(body)["data"] == {"brand": "atlas", "post": 7}


def test_only_those_who_want_to_hear_are_told(brand, endpoint, receiver):
    webhooks.emit(brand, "kpi.alert", {})
    webhooks.emit(Brand.objects.create(name="Somsa", slug="somsa"), EVENT, {})
    WebhookEndpoint.objects.update(is_on=False)
    webhooks.emit(brand, EVENT, {})
    assert not WebhookDelivery.objects.exists()


def test_an_event_that_nobody_declared_is_a_mistake(brand):
    with pytest.raises(ValueError, match="no such event"):
        webhooks.emit(brand, "post.eaten", {})


def test_a_message_is_there_only_with_what_it_tells_of(brand, endpoint):
    with transaction.atomic():
        webhooks.emit(brand, EVENT, {})
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()


def test_a_worker_has_word_once_it_is_certain(brand, endpoint, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr(tasks.send_webhook, "delay", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        webhooks.emit(brand, EVENT, {})
        assert told == []
    assert told == [WebhookDelivery.objects.get().pk]


def test_any_number_of_events_is_written_in_as_many_queries(brand, endpoint, django_assert_num_queries):
    for count in (1, 3):
        with django_assert_num_queries(2):
            webhooks.emit_all(EVENT, [(brand, {"post": number}) for number in range(count)])


# --- again and again


@pytest.mark.parametrize("status", [300, 302, 404, 500])
def test_what_is_not_taken_is_tried_again_under_the_same_id(message, receiver, status):
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    row = sent(message)
    assert (row.status, row.failure, row.response_status) == ("waiting", "status", status)
    assert row.next_at > timezone.now()
    row.endpoint.refresh_from_db()
    assert row.endpoint.failing_since is not None
    receiver.status = 204
    sent(row)
    row.endpoint.refresh_from_db()
    assert (row.status, row.attempts, row.endpoint.failing_since) == ("delivered", 2, None)
    assert {headers["webhook-id"] for _path, headers, _body in receiver.got} == {row.message}
    assert len(receiver.got) == 2


def test_pauses_grow_to_some_hours_and_end_after_about_a_day():
    pauses = [webhook_sending.pause(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert timedelta(seconds=24) <= pauses[0] <= timedelta(seconds=36)
    assert max(pauses) <= LONGEST_PAUSE * 1.2
    assert timedelta(hours=15) <= sum(pauses, timedelta()) <= timedelta(hours=30)


def test_a_message_is_given_up_in_the_end(message, receiver):
    receiver.status = 500
    WebhookDelivery.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert sent(message).status == "failed"
    assert webhook_sending.due(timezone.now() + timedelta(days=2)) == []


def test_two_workers_never_send_at_the_same_moment(message, receiver, monkeypatch):
    def meanwhile(row):
        webhook_sending.send(row.pk)
        return post(row)

    post = webhook_sending._post
    monkeypatch.setattr(webhook_sending, "_post", meanwhile)
    sent(message)
    assert len(receiver.got) == 1


def test_a_dead_worker_loses_nothing(message, receiver):
    now = timezone.now()
    assert webhook_sending.due(now) == [message.pk]
    WebhookDelivery.objects.update(claimed_until=now + LEASE)
    assert webhook_sending.due(now) == []
    assert webhook_sending.due(now + LEASE + timedelta(seconds=1)) == [message.pk]


def test_the_sweep_sends_what_no_task_was_told_of(message, receiver, monkeypatch):
    monkeypatch.setattr(tasks.send_webhook, "delay", webhook_sending.send)
    tasks.send_due_webhooks()
    assert len(receiver.got) == 1
    tasks.send_due_webhooks()
    assert len(receiver.got) == 1


def test_an_endpoint_that_failed_for_three_days_is_switched_off_and_its_leads_told(message, receiver, lead, marketer, endpoint):
    receiver.status = 500
    WebhookEndpoint.objects.update(failing_since=timezone.now() - PATIENCE - timedelta(minutes=1))
    sent(message)
    endpoint.refresh_from_db()
    assert not endpoint.is_on
    assert [*Notification.objects.values_list("user", "kind")] == [(lead.pk, "webhook_off")]
    assert AuditEntry.objects.filter(act="webhook_switched_off").count() == 1
    # What still waits is not sent any more.
    assert sent(message).status == "failed"
    assert len(receiver.got) == 1


# --- where it may lead


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://169.254.169.254/latest/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/"]
)
def test_nothing_is_sent_to_machines_inside(brand, settings, url):
    settings.DEBUG = True
    endpoint = WebhookEndpoint(url=url, events=[EVENT])
    webhooks.add(brand, endpoint)
    webhooks.emit(brand, EVENT, {})
    assert sent(WebhookDelivery.objects.get()).failure == "not_public"


def test_nothing_is_sent_unencrypted(brand, message, receiver, settings):
    settings.DEBUG = False
    assert sent(message).failure == "not_https"
    assert receiver.got == []


def test_a_long_answer_is_cut(message, receiver):
    receiver.content = b"x" * 1_000_000
    assert sent(message).response_body == "x" * 500


def test_posting_says_why_nothing_arrived():
    with pytest.raises(FetchFailed, match="not_public"):
        fetching.post("https://127.0.0.1/", b"{}", {})


# --- the pages


@pytest.fixture
def at(brand):
    return lambda name, *args: reverse(f"brands:{name}", args=[brand.slug, *args])


def test_a_lead_adds_a_webhook_and_sees_its_secret_once(as_user, lead, at):
    typed = {"url": "https://example.com/hook", "events": [EVENT], "is_on": "on"}
    answer = as_user(lead).post(at("webhooks"), typed)
    secret = WebhookEndpoint.objects.get().secret
    assert secret.startswith("whsec_")
    assert secret in answer.content.decode()
    assert secret not in as_user(lead).get(at("webhooks")).content.decode()
    assert secret not in as_user(lead).get(at("webhook", WebhookEndpoint.objects.get().pk)).content.decode()


@pytest.mark.parametrize(
    "url", ["http://example.com/", "https://127.0.0.1/", "https://localhost/", "https://a:b@example.com/", "ftp://x.uz/"]
)
def test_an_address_that_cannot_be_is_refused(as_user, lead, at, url):
    answer = as_user(lead).post(at("webhooks"), {"url": url, "events": [EVENT]})
    assert answer.status_code == 422
    assert not WebhookEndpoint.objects.exists()


def test_a_lead_changes_tests_repeats_and_removes(as_user, lead, at, message, endpoint, receiver):
    client = as_user(lead)
    assert client.post(at("test_webhook", endpoint.pk)).status_code == 302
    assert endpoint.deliveries.filter(event="test").count() == 1
    sent(message)
    assert "thanks" in client.get(at("webhook", endpoint.pk)).content.decode()
    client.post(at("send_webhook_again", endpoint.pk, message.pk))
    assert sent(message).attempts == 1
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.got}) == 1
    typed = {"url": "https://example.com/", "events": ["kpi.alert"], "version": 1}
    assert client.post(at("webhook", endpoint.pk), typed).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.is_on, endpoint.events) == (False, ["kpi.alert"])
    client.post(at("remove_webhook", endpoint.pk))
    assert not WebhookEndpoint.objects.exists()
    assert [*AuditEntry.objects.order_by("pk").values_list("act", flat=True)] == [
        "webhook_made",
        "webhook_changed",
        "webhook_removed",
    ]


def test_the_log_takes_the_same_number_of_queries(as_user, lead, at, brand, endpoint, django_assert_max_num_queries):
    client, counts = as_user(lead), []
    for _time in range(2):
        for _number in range(3):
            webhooks.emit(brand, EVENT, {})
        client.get(at("webhook", endpoint.pk))
        with django_assert_max_num_queries(12) as counted:
            client.get(at("webhook", endpoint.pk))
        counts.append(len(counted))
    assert counts[0] == counts[1]


# --- tokens


def test_a_member_makes_a_token_and_sees_it_once(as_user, marketer, at, brand):
    answer = as_user(marketer).post(at("api"), {"name": "Figures", "scopes": ["read"], "days": 30})
    token = brand.api_tokens.get()
    secret = answer.context["secret"]
    assert (token.scopes, token.membership.user, secret in answer.content.decode()) == (["read"], marketer, True)
    assert secret not in as_user(marketer).get(at("api")).content.decode()
    assert as_user(marketer).get("/api/v1/brands", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_a_lead_sees_and_ends_tokens_of_all_and_others_their_own(as_user, lead, marketer, at, brand):
    as_user(lead).post(at("api"), {"name": "Mine", "scopes": ["read"], "days": 30})
    token = brand.api_tokens.get()
    assert "Mine" not in as_user(marketer).get(at("api")).content.decode()
    assert as_user(marketer).post(at("revoke_token", token.pk)).status_code == 404
    brand.memberships.filter(user=marketer).update(role=Role.LEAD)
    assert "Mine" in as_user(marketer).get(at("api")).content.decode()
    as_user(marketer).post(at("revoke_token", token.pk))
    assert not brand.api_tokens.get().works


def test_a_viewer_makes_no_token(as_user, viewer, at):
    assert as_user(viewer).get(at("api")).status_code == 403


def test_nobody_has_more_tokens_than_they_can_look_after(as_user, lead, at, brand, monkeypatch):
    monkeypatch.setattr("brands.forms.api.MOST", 1)
    typed = {"name": "x", "scopes": ["read"], "days": 30}
    assert [as_user(lead).post(at("api"), typed).status_code for _time in range(2)] == [200, 422]
