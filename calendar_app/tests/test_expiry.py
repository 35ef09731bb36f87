"""What was not approved when its time came."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from brands.models import Notification
from calendar_app import expiry
from calendar_app.models import Publication
from calendar_app.tasks import mark_due_publications
from calendar_app.tests.conftest import soon


def statuses() -> set[str]:
    return set(Publication.objects.values_list("status", flat=True))


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested"])
def test_what_is_not_approved_in_time_expires_and_its_owner_is_told_once(write, marketer, state):
    post = write(at=soon(-0.1), state=state, owner=marketer)
    mark_due_publications()
    mark_due_publications()
    row = post.publications.get()
    assert (row.status, row.version) == ("expired", 2)
    event = row.events.get()
    assert (event.was, event.became) == ("planned", "expired")
    assert Notification.objects.get(user=marketer).kind == "post_expired"
    post.refresh_from_db()
    assert post.state == state


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "approved", "at": soon(-1)}, {"state": "idea", "at": soon(-1)}, {"state": "draft", "at": soon()},
        {"state": "draft", "at": None}, {"state": "draft", "at": soon(-1), "status": "published"},
        {"state": "draft", "at": soon(-1), "status": "cancelled"}, {"state": "draft", "at": soon(-1), "status": "missed"},
    ],
)  # fmt: skip
def test_nothing_else_expires(write, fields):
    write(**fields)
    before = statuses()
    assert expiry.expire() == 0 and statuses() == before


def test_an_old_past_is_marked_without_waking_anybody(write, marketer):
    write(at=soon(-24 * 90), owner=marketer)
    assert expiry.expire() == 1 and not Notification.objects.exists()


def test_all_batches_are_walked_in_few_queries(write, monkeypatch, django_assert_max_num_queries):
    for number in range(5):
        write(f"Tea {number}", at=soon(-1))
    monkeypatch.setattr(expiry, "BATCH", 2)
    with django_assert_max_num_queries(4 + 3 * 6):
        assert expiry.expire() == 5
    assert statuses() == {"expired"}


def test_a_time_ahead_makes_it_planned_again(brand, marketer, write, tomorrow, signed_in):
    row = write(at=soon(-1), state="approved", status="expired").publications.get()
    address = reverse("calendar:move", args=[brand.slug, row.pk])
    client, said = signed_in(marketer), {"clock": "10:00", "version": 1}
    assert client.post(address, said | {"day": str(tomorrow - timedelta(5))}).status_code == 422
    assert client.post(address, said | {"day": str(tomorrow)}).status_code == 302
    row.refresh_from_db()
    assert row.status == "planned" and row.at > timezone.now()


def test_it_is_shown_and_can_be_looked_for(brand, marketer, write, signed_in):
    post = write("Late tea", at=soon(-1), status="expired")
    client = signed_in(marketer)
    for name, query in (("month", ""), ("list", "?status=expired")):
        page = client.get(reverse(f"calendar:{name}", args=[brand.slug]) + query).content.decode()
        assert "Late tea" in page and "Expired" in page
    assert "Expired" in client.get(post.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_owner_once(brand, marketer, write):
    for number in range(6):
        write(f"Tea {number}", at=soon(-0.1), owner=marketer)
    changed = []

    def work() -> None:
        try:
            changed.append(expiry.expire())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(changed) == 6 and Notification.objects.count() == 6
    assert set(Publication.objects.values_list("status", "version")) == {("expired", 2)}
