"""Feeds: making an address, reading it without an account, and whom it stops answering."""

import re
from datetime import UTC, timedelta

import icalendar
import pytest
import vobject
from django.test import Client
from django.utils import timezone

from brands.models import Brand, Membership
from calendar_app import feeds
from calendar_app.models import CalendarFeed, Publication
from calendar_app.tests.conftest import soon

PAGE = "/brands/choyxona/calendar/feeds/"


@pytest.fixture
def address(brand, marketer) -> str:
    return "/feeds/" + feeds.create(brand, marketer, only_mine=False)[1] + ".ics"


def titles(answer) -> list[str]:
    return [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_member_makes_an_address_and_sees_it_once(signed_in, viewer, write):
    write("Green tea", soon())
    browser = signed_in(viewer)
    said = browser.post(PAGE, {"holds": "all"})
    (path,) = set(re.findall(r'value="http[^"]+?(/feeds/[^"]+\.ics)"', said.content.decode()))
    assert "no-store" in said["Cache-Control"]
    assert path not in browser.get(PAGE).content.decode()
    assert path.split("/")[2].removesuffix(".ics") not in CalendarFeed.objects.get().digest
    assert titles(Client().get(path)) == ["Green tea · Telegram"]


def test_two_libraries_read_the_feed(client, address, write, brand):
    post = write("Tea; now, with \\ milk", soon(30), text="Line one\nLine two 🍵")
    said = client.get(address)
    assert said["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(said.content).walk("VEVENT")
    other = vobject.readOne(said.content.decode()).vevent
    row = Publication.objects.get()
    assert event["dtstart"].dt == other.dtstart.value.astimezone(UTC) == row.at
    assert str(event["summary"]) == other.summary.value == "Tea; now, with \\ milk · Telegram"
    assert "Line one\nLine two 🍵" in str(event["description"])
    assert str(event["url"]).endswith(post.get_absolute_url())
    assert icalendar.Calendar.from_ical(said.content).walk("VTIMEZONE")[0]["tzid"] == "Asia/Tashkent"


def test_the_feed_holds_what_stands_between_three_months_ago_and_fifteen_ahead(client, address, write):
    now = timezone.now()
    write("Called off", soon(), status="cancelled")
    write("Long gone", now - timedelta(days=100), status="published")
    write("Far away", now + timedelta(days=480))
    write("No day")
    for status in ("planned", "scheduled", "due", "published"):
        write(status, soon(1), status=status)
    assert sorted(titles(client.get(address))) == [f"{name} · Telegram" for name in ("due", "planned", "published", "scheduled")]


def test_what_nobody_approved_is_tentative(client, address, write):
    write("Draft", soon(1))
    write("Settled", soon(2), status="scheduled", state="approved")
    found = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert [str(event["status"]) for event in found] == ["TENTATIVE", "CONFIRMED"]


def test_ones_own_feed_holds_only_ones_own_posts(client, brand, marketer, lead, write):
    write("Mine", soon(1), owner=marketer)
    write("Theirs", soon(2), owner=lead)
    _feed, secret = feeds.create(brand, marketer, only_mine=True)
    assert titles(client.get(f"/feeds/{secret}.ics")) == ["Mine · Telegram"]


def test_what_did_not_change_is_not_sent_again(client, address, write):
    post = write("Green tea", soon())
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-cache" and first["Last-Modified"]
    again = client.get(address, headers={"if-none-match": f'W/"other", {first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    row = post.publications.get()
    row.save_version(row.version)
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]
    assert b"SEQUENCE:1\r\n" in changed.content and b"SEQUENCE:0\r\n" in first.content
    row.delete()
    assert titles(client.get(address, headers={"if-none-match": changed["ETag"]})) == []


def test_an_entry_keeps_its_name_when_it_moves(client, address, write):
    row = write("Green tea", soon()).publications.get()
    uids = []
    for hours in (1, 2):
        Publication.objects.filter(pk=row.pk).update(at=soon(hours))
        (event,) = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")
        uids.append(str(event["uid"]))
    assert uids[0] == uids[1]


def test_a_wrong_address_one_taken_back_and_one_of_somebody_who_left_are_the_same(client, address, brand, marketer, write):
    write("Secret tea", soon())
    wrong = client.get("/feeds/nobody-knows-this.ics")
    Membership.objects.filter(user=marketer).delete()
    left = client.get(address)
    Membership.objects.create(brand=brand, user=marketer, role=20)
    assert client.get(address).status_code == 200
    type(marketer).objects.filter(pk=marketer.pk).update(is_active=False)
    closed = client.get(address)
    type(marketer).objects.filter(pk=marketer.pk).update(is_active=True)
    feeds.revoke(CalendarFeed.objects.get())
    answers = [wrong, left, closed, client.get(address), client.head(address)]
    assert {answer.status_code for answer in answers} == {404}
    assert not any(word in answer.content for answer in answers for word in (b"Secret tea", b"Choyxona", b"marketer"))


@pytest.mark.parametrize("secret", ["%00", "a" * 5000, "%ED%A0%80", "..%2f..%2fetc"])
def test_hostile_addresses_find_nothing(client, db, secret):
    assert client.get(f"/feeds/{secret}.ics").status_code == 404


def test_people_take_back_their_own_and_leads_anybodys(signed_in, brand, marketer, viewer, lead):
    mine, _secret = feeds.create(brand, marketer, only_mine=False)
    assert signed_in(viewer).post(f"{PAGE}{mine.pk}/revoke/").status_code == 404
    assert b"marketer" not in signed_in(viewer).get(PAGE).content.lower().replace(b"role", b"")
    assert signed_in(lead).post(f"{PAGE}{mine.pk}/revoke/").status_code == 302
    mine.refresh_from_db()
    assert mine.revoked_at is not None


def test_a_feed_of_another_brand_is_out_of_reach(signed_in, stranger, lead):
    theirs, _secret = feeds.create(Brand.objects.get(slug="other"), stranger, only_mine=False)
    assert signed_in(lead).post(f"{PAGE}{theirs.pk}/revoke/").status_code == 404


def test_nobody_heaps_up_addresses(signed_in, brand, marketer):
    for _number in range(feeds.MOST_PER_PERSON):
        feeds.create(brand, marketer, only_mine=False)
    assert signed_in(marketer).post(PAGE, {"holds": "mine"}).status_code == 422


def test_the_reading_is_noted_but_not_each_time(client, address):
    client.get(address)
    noted = CalendarFeed.objects.get().read_at
    client.get(address)
    assert noted is not None and CalendarFeed.objects.get().read_at == noted


def test_a_feed_takes_as_many_queries_for_three_posts_as_for_one(
    client, address, write, telegram, instagram, django_assert_num_queries
):
    write("One", soon(1))
    client.get(address)
    for number in (1, 2, 3):
        with django_assert_num_queries(3):
            client.get(address)
        write(f"Number {number}", soon(number + 1), channels=[telegram, instagram])


def test_the_feed_says_its_words_in_the_readers_language(client, brand, marketer, write, address):
    write("Choy", soon(), state="in_review")
    marketer.language = "en"
    marketer.save()
    assert b"In review" in client.get(address).content


def test_a_feed_holds_a_thousand_posts(brand, marketer, telegram, write):
    post = write("Tea")
    posts = [type(post)(brand=brand, title=f"Tea {number}", text="Tea " * 80) for number in range(1000)]
    type(post).objects.bulk_create(posts)
    Publication.objects.bulk_create([Publication(brand=brand, post=row, channel=telegram, at=soon(1)) for row in posts])
    feed, _secret = feeds.create(brand, marketer, only_mine=False)
    assert feeds.contents(feed, brand.today()).count(b"BEGIN:VEVENT") == 1000
