import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.models import Notification
from calendar_app import delivery
from calendar_app.models import Publication
from calendar_app.tasks import mark_due_publications
from calendar_app.tests.conftest import soon


def act(client, brand, row, name, **more):
    return client.post(reverse("calendar:act", args=[brand.slug, row.pk, name]), {"version": row.version} | more)


def said_out(brand, row, at=None, link="https://t.me/choyxona/5", **more):
    local = (at or timezone.now() - timedelta(hours=1)).astimezone(brand.zone)
    prefix = f"out-{row.pk}-"
    said = {"day": f"{local:%Y-%m-%d}", "clock": f"{local:%H:%M}", "permalink": link, "version": row.version} | more
    return {prefix + name: value for name, value in said.items()}


@pytest.fixture
def row(write):
    return write(at=soon(), state="approved").publications.get()


def test_an_approved_post_is_scheduled_and_taken_off_again(brand, marketer, row, signed_in):
    client = signed_in(marketer)
    assert act(client, brand, row, "schedule").status_code == 302
    row.refresh_from_db()
    assert row.status == "scheduled" and row.version == 2
    assert act(client, brand, row, "unschedule").status_code == 302
    row.refresh_from_db()
    assert row.status == "planned"


@pytest.mark.parametrize("state", ["idea", "draft", "in_review", "changes_requested"])
def test_what_is_not_approved_is_neither_scheduled_nor_published(brand, lead, row, signed_in, state):
    row.post.state = state
    row.post.save()
    client = signed_in(lead)
    assert act(client, brand, row, "schedule").status_code == 422
    assert act(client, brand, row, "publish", **said_out(brand, row)).status_code == 422
    row.refresh_from_db()
    assert row.status == "planned" and row.published_at is None


def test_scheduling_needs_a_time_ahead(brand, marketer, write, signed_in):
    client = signed_in(marketer)
    for at in (None, soon(-1)):
        row = write(at=at, state="approved").publications.get()
        assert act(client, brand, row, "schedule").status_code == 422


def test_what_the_network_would_refuse_is_not_scheduled(brand, marketer, write, signed_in):
    row = write(at=soon(), state="approved", text="a" * 5000).publications.get()
    answer = act(signed_in(marketer), brand, row, "schedule")
    assert answer.status_code == 422 and "Too long by 904" in answer.content.decode()


def test_a_person_says_that_it_is_out(brand, marketer, row, signed_in):
    assert act(signed_in(marketer), brand, row, "publish", **said_out(brand, row)).status_code == 302
    row.refresh_from_db()
    assert row.status == "published" and row.permalink == "https://t.me/choyxona/5"
    assert abs(row.published_at - (timezone.now() - timedelta(hours=1))) < timedelta(minutes=2) and row.at == row.published_at


@pytest.mark.parametrize(
    "wrong", [{"day": "x"}, {"clock": ""}, {"permalink": "not a link"}, {"day": "2099-01-01"}, {"version": ""}]
)
def test_saying_it_wrongly_is_a_form_error(brand, marketer, row, signed_in, wrong):
    assert act(signed_in(marketer), brand, row, "publish", **said_out(brand, row, **wrong)).status_code == 422
    row.refresh_from_db()
    assert row.status == "planned"


def test_a_mistaken_publishing_is_taken_back_unless_the_platform_confirmed_it(brand, marketer, write, signed_in):
    client, row = signed_in(marketer), write(at=soon(-3), status="published", state="approved").publications.get()
    assert act(client, brand, row, "retract").status_code == 302
    row.refresh_from_db()
    assert row.status == "planned" and row.published_at is None
    known = write(at=soon(-3), status="published", state="approved").publications.get()
    Publication.objects.filter(pk=known.pk).update(platform_post_id="77")
    assert act(client, brand, known, "retract").status_code == 422


def test_the_link_is_asked_for_afterwards(brand, marketer, viewer, write, signed_in):
    post = write(at=soon(-3), status="published", state="approved")
    row, client = post.publications.get(), signed_in(marketer)
    assert "Add the link" in client.get(post.get_absolute_url()).text
    address = reverse("calendar:link", args=[brand.slug, row.pk])
    said = {f"link-{row.pk}-permalink": "t.me/choyxona/7", f"link-{row.pk}-version": 1}
    assert client.post(address, said | {f"link-{row.pk}-permalink": "no link"}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 409
    row.refresh_from_db()
    assert row.permalink == "https://t.me/choyxona/7" and row.events.get().verb == "link"
    page = client.get(post.get_absolute_url()).text
    assert "Add the link" not in page and "said where it can be seen" in page
    assert signed_in(viewer).post(address, said).status_code == 403


def test_who_was_not_the_first_finds_what_was_typed_and_sends_it_again(brand, marketer, row, signed_in):
    client, typed = signed_in(marketer), said_out(brand, row, at=timezone.now() - timedelta(hours=30))
    row.save_version(row.version)
    answer = act(client, brand, row, "publish", **typed)
    assert answer.status_code == 409
    (going,) = answer.context["goings"]
    assert going.is_open and "Somebody changed this" in answer.text
    again = {field.html_name: field.value() for field in going.published_form}
    assert again == typed | {f"out-{row.pk}-version": row.version}
    assert act(client, brand, row, "publish", **again).status_code == 302
    row.refresh_from_db()
    assert row.status == "published" and row.permalink == "https://t.me/choyxona/5"


def test_a_link_that_was_typed_stays_or_is_told(brand, marketer, write, signed_in):
    row, client = write(at=soon(-3), status="published", state="approved").publications.get(), signed_in(marketer)
    address = reverse("calendar:link", args=[brand.slug, row.pk])
    typed = {f"link-{row.pk}-permalink": "https://t.me/choyxona/7", f"link-{row.pk}-version": row.version}
    row.save_version(row.version)
    (going,) = client.post(address, typed).context["goings"]
    assert going.is_open and going.link_form["permalink"].value() == "https://t.me/choyxona/7"
    assert going.link_form["version"].value() == row.version
    row.permalink = "https://t.me/choyxona/8"
    row.save_version(row.version)
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert "The link that you typed was not saved: https://t.me/choyxona/7" in answer.text


def test_what_is_not_out_gets_no_link(brand, marketer, row, signed_in):
    said = {f"link-{row.pk}-permalink": "https://t.me/choyxona/7", f"link-{row.pk}-version": 1}
    assert signed_in(marketer).post(reverse("calendar:link", args=[brand.slug, row.pk]), said).status_code == 422


def test_calling_off_and_planning_again(brand, marketer, row, signed_in):
    client = signed_in(marketer)
    act(client, brand, row, "cancel")
    row.refresh_from_db()
    assert row.status == "cancelled"
    act(client, brand, row, "restore")
    row.refresh_from_db()
    assert row.status == "planned"


def test_an_old_page_is_a_conflict_and_an_unknown_act_not_found(brand, marketer, row, signed_in):
    client = signed_in(marketer)
    assert client.post(reverse("calendar:act", args=[brand.slug, row.pk, "cancel"]), {"version": 9}).status_code == 409
    assert client.post(reverse("calendar:act", args=[brand.slug, row.pk, "cancel"])).status_code == 409
    assert act(client, brand, row, "explode").status_code == 404


def test_a_viewer_may_not_act(brand, viewer, row, signed_in):
    assert act(signed_in(viewer), brand, row, "cancel").status_code == 403


# --- the clock


def test_a_scheduled_post_is_due_at_its_time_and_its_owner_told_once(brand, marketer, write):
    row = write(at=soon(-0.1), status="scheduled", state="approved", owner=marketer).publications.get()
    later = write(at=soon(), status="scheduled", state="approved", owner=marketer).publications.get()
    mark_due_publications()
    mark_due_publications()
    row.refresh_from_db()
    later.refresh_from_db()
    assert (row.status, later.status) == ("due", "scheduled")
    assert row.version == 2 and row.events.count() == 1
    told = Notification.objects.get(user=marketer)
    assert told.kind == "post_due" and told.params["title"] == "Green tea" and f"/posts/{row.post_id}/" in told.url


def test_the_leads_are_told_where_nobody_owns_it(brand, lead, marketer, write):
    write(at=soon(-0.1), status="scheduled", state="approved", created_by=marketer)
    delivery.mark_due()
    assert Notification.objects.get().user == lead


def test_the_leads_are_told_where_the_owner_has_left(brand, lead, marketer, stranger, write):
    write(at=soon(-0.1), status="scheduled", state="approved", owner=stranger)
    marketer.is_active = False
    marketer.save()
    write(at=soon(-0.1), status="scheduled", state="approved", owner=marketer)
    delivery.mark_due()
    assert {told.user for told in Notification.objects.all()} == {lead} and Notification.objects.count() == 2


def test_one_due_post_and_three_take_the_same_queries(brand, marketer, write, django_assert_num_queries):
    write(at=soon(-0.1), status="scheduled", state="approved", owner=marketer)
    with CaptureQueriesContext(connection) as one:
        assert delivery.mark_due() == 1
    for number in range(3):
        write(f"Tea {number}", at=soon(-0.1), status="scheduled", state="approved", owner=marketer)
    with django_assert_num_queries(len(one)):
        assert delivery.mark_due() == 3


def test_a_due_post_that_nobody_marks_for_a_day_is_missed(brand, marketer, write):
    row = write(at=soon(-23), status="due", state="approved", owner=marketer).publications.get()
    delivery.mark_due()
    row.refresh_from_db()
    assert row.status == "due"
    delivery.mark_due(timezone.now() + timedelta(hours=2))
    row.refresh_from_db()
    assert row.status == "missed" and Notification.objects.get().kind == "post_missed"


def test_after_two_days_of_silence_all_is_caught_up(brand, marketer, write):
    row = write(at=soon(-48), status="scheduled", state="approved", owner=marketer).publications.get()
    assert delivery.mark_due() == 2
    row.refresh_from_db()
    assert row.status == "missed"


def test_only_what_is_scheduled_becomes_due(brand, write):
    for status in ("planned", "cancelled"):
        write(at=soon(-1), status=status)
    assert delivery.mark_due() == 0


def test_many_are_marked_in_batches(brand, marketer, write, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    for number in range(5):
        write(f"Tea {number}", at=soon(-0.1), status="scheduled", state="approved", owner=marketer)
    assert delivery.mark_due() == 5
    assert Notification.objects.count() == 5


def test_a_crash_between_status_and_letter_leaves_neither(brand, marketer, write, monkeypatch):
    row = write(at=soon(-0.1), status="scheduled", state="approved", owner=marketer).publications.get()
    monkeypatch.setattr(delivery, "tell", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delivery.mark_due()
    row.refresh_from_db()
    assert row.status == "scheduled" and not row.events.exists()


def test_a_new_time_is_a_new_reminder(brand, marketer, write):
    row = write(at=soon(-0.1), status="scheduled", state="approved", owner=marketer).publications.get()
    delivery.mark_due()
    Publication.objects.filter(pk=row.pk).update(status="scheduled", at=soon(-0.05))
    delivery.mark_due()
    assert Notification.objects.filter(kind="post_due").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_mark_each_post_once(brand, marketer, write):
    for number in range(6):
        write(f"Tea {number}", at=soon(-0.1), status="scheduled", state="approved", owner=marketer)
    changed = []

    def work() -> None:
        try:
            changed.append(delivery.mark_due())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(changed) == 6 and Notification.objects.count() == 6
    assert set(Publication.objects.values_list("status", "version")) == {("due", 2)}
