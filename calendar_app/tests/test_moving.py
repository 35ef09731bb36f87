from datetime import date, timedelta

import pytest
from django.urls import reverse

from brands.models import Brand
from calendar_app.models import Post
from calendar_app.tests.conftest import local, soon

HX = {"HX-Request": "true"}


def url(brand, row):
    return reverse("calendar:move", args=[brand.slug, row.pk])


@pytest.fixture
def row(brand, write, tomorrow):
    return write(at=local(brand, tomorrow, 19)).publications.get()


def test_dragging_to_a_day_keeps_the_time_on_the_clock(brand, marketer, row, tomorrow, signed_in):
    target = tomorrow + timedelta(days=3)
    answer = signed_in(marketer).post(url(brand, row), {"day": target, "version": 1, "dragged": "1"}, headers=HX)
    row.refresh_from_db()
    assert row.at == local(brand, target, 19) and row.version == 2
    assert answer.status_code == 200 and answer["HX-Trigger"] == "calendar-changed" and "Undo" in answer.content.decode()
    event = row.events.get()
    assert event.verb == "move" and event.actor == marketer


def test_undo_brings_it_back(brand, marketer, row, tomorrow, signed_in):
    client = signed_in(marketer)
    client.post(url(brand, row), {"day": tomorrow + timedelta(days=3), "version": 1})
    client.post(url(brand, row), {"day": tomorrow, "clock": "19:00", "version": 2})
    row.refresh_from_db()
    assert row.at == local(brand, tomorrow, 19)


def test_the_dialog_works_without_scripts(brand, marketer, row, tomorrow, signed_in):
    client = signed_in(marketer)
    page = client.get(url(brand, row)).content.decode()
    assert "<html" in page and f'value="{tomorrow}"' in page and 'value="19:00"' in page
    answer = client.post(url(brand, row), {"day": "2027-06-05", "clock": "08:15", "version": 1}, follow=True)
    row.refresh_from_db()
    assert row.at == local(brand, date(2027, 6, 5), 8, 15)
    assert answer.request["QUERY_STRING"] == "month=2027-06" and "Undo" in answer.content.decode()


def test_two_people_who_move_the_same_post_do_not_overwrite_each_other(brand, marketer, row, tomorrow, signed_in):
    client = signed_in(marketer)
    client.post(url(brand, row), {"day": tomorrow + timedelta(days=1), "version": 1})
    answer = client.post(url(brand, row), {"day": tomorrow + timedelta(days=2), "version": 1})
    assert answer.status_code == 409 and "Two versions" in answer.content.decode()
    row.refresh_from_db()
    assert row.at == local(brand, tomorrow + timedelta(days=1), 19)
    dragged = client.post(url(brand, row), {"day": tomorrow, "version": 1, "dragged": "1"}, headers=HX)
    assert dragged.status_code == 409 and "a moment ago" in dragged.content.decode()


@pytest.mark.parametrize(("chosen", "day"), [("mine", 2), ("theirs", 1)])
@pytest.mark.parametrize("headers", [{}, HX], ids=["page", "dialog"])
def test_whoever_moves_second_sees_both_times_and_chooses(brand, marketer, row, tomorrow, signed_in, chosen, day, headers):
    client, days = signed_in(marketer), [tomorrow + timedelta(days=number) for number in range(3)]
    form = client.get(url(brand, row), headers=headers).context["form"]
    seen = form.seen_in_short
    client.post(url(brand, row), {"day": days[1], "clock": "19:00", "version": 1})
    typed = {"day": days[2], "clock": "19:00", "version": 1, "seen": seen}
    answer = client.post(url(brand, row), typed, headers=headers)
    (question,) = answer.context["form"].conflict.questions
    assert answer.status_code == 409 and (question.label, question.changed_by) == ("Day", "both")
    page = answer.content.decode()
    assert f'value="{days[2]}"' in page and page.count("<h3>Two versions") == 1 and 'name="version" value="2"' in page
    again = typed | {"version": 2, "seen": answer.context["form"].seen_in_short, "merge-day": chosen}
    assert client.post(url(brand, row), again, headers=headers).status_code == (200 if headers else 302)
    row.refresh_from_db()
    assert row.at == local(brand, days[day], 19)


@pytest.mark.parametrize("status", ["published", "cancelled"])
def test_what_is_settled_is_not_moved(brand, marketer, write, tomorrow, signed_in, status):
    row = write(at=soon(-30), status=status, state="approved").publications.get()
    assert signed_in(marketer).post(url(brand, row), {"day": tomorrow, "version": 1}).status_code == 422
    row.refresh_from_db()
    assert row.version == 1


def test_a_time_the_clocks_jump_over_is_refused_and_named(brand, marketer, write, signed_in):
    brand.time_zone = "Europe/London"
    brand.save()
    row = write(at=local(Brand.objects.get(), date(2027, 3, 20), 1, 30)).publications.get()
    answer = signed_in(marketer).post(url(brand, row), {"day": "2027-03-28", "version": 1, "dragged": "1"}, headers=HX)
    assert answer.status_code == 422 and "There is no 01:30" in answer.content.decode()


def test_a_time_the_clocks_show_twice_is_the_first(brand, marketer, write, signed_in):
    brand.time_zone = "Europe/London"
    brand.save()
    row = write(at=local(Brand.objects.get(), date(2027, 10, 20), 1, 30)).publications.get()
    answer = signed_in(marketer).post(url(brand, row), {"day": "2027-10-31", "version": 1}, follow=True)
    row.refresh_from_db()
    assert f"{row.at:%H:%M}" == "00:30" and "twice" in answer.content.decode()


def test_a_scheduled_post_does_not_move_into_the_past(brand, marketer, write, tomorrow, signed_in):
    row = write(at=local(brand, tomorrow, 19), status="scheduled", state="approved").publications.get()
    assert signed_in(marketer).post(url(brand, row), {"day": tomorrow - timedelta(days=5), "version": 1}).status_code == 422


def test_a_missed_post_that_gets_a_time_ahead_is_scheduled_again(brand, marketer, write, tomorrow, signed_in):
    row = write(at=soon(-50), status="missed", state="approved").publications.get()
    signed_in(marketer).post(url(brand, row), {"day": tomorrow, "clock": "10:00", "version": 1})
    row.refresh_from_db()
    assert row.status == "scheduled"


def test_an_idea_without_a_day_gets_one_with_a_time(brand, marketer, write, tomorrow, signed_in):
    row, client = write(state="idea").publications.get(), signed_in(marketer)
    assert client.post(url(brand, row), {"day": tomorrow, "version": 1}).status_code == 422
    assert client.post(url(brand, row), {"day": tomorrow, "clock": "10:00", "version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.at == local(brand, tomorrow, 10) and Post.objects.get().state == "idea"


@pytest.mark.parametrize("garbage", [{}, {"day": "x", "version": 1}, {"day": "2027-03-01", "version": "x"}, {"day": "2027-03-01"},
                                     {"day": "9999-12-31", "version": 1}, {"day": "2027-03-01", "clock": "99:99", "version": 1}])  # fmt: skip
def test_garbage_is_refused(brand, marketer, row, signed_in, garbage):
    assert signed_in(marketer).post(url(brand, row), garbage).status_code == 422
    row.refresh_from_db()
    assert row.version == 1


def test_viewers_and_strangers_move_nothing(brand, viewer, stranger, row, tomorrow, signed_in):
    assert signed_in(viewer).post(url(brand, row), {"day": tomorrow, "version": 1}).status_code == 403
    assert signed_in(stranger).post(url(brand, row), {"day": tomorrow, "version": 1}).status_code == 404
