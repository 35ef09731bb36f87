"""Feeds are fetched when they are due, by one worker each, and what arrives twice is one mention."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from brands.models import Notification, Role
from brands.tests.feed_server import Answer, Server, feed_of, serving
from metrics import mention_feeds, tasks
from metrics.importers.feeds import Entry
from metrics.mention_feeds import TELL_AFTER, ask_for, due, fetch_one, keep, take
from metrics.models import Mention, MentionFeed
from metrics.tests.mentioning import feed_in
from metrics.tests.test_at_the_same_time import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    with serving() as found:
        monkeypatch.setattr(mention_feeds, "LIMITS", found.limits)
        yield found


@pytest.fixture
def feed(brand, server) -> MentionFeed:
    return feed_in(brand, address=server.address())


def make_due(feed: MentionFeed) -> None:
    MentionFeed.objects.filter(pk=feed.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def hours_until_next(feed: MentionFeed) -> float:
    feed.refresh_from_db()
    return (feed.due_at - timezone.now()) / timedelta(hours=1)


def test_what_a_feed_holds_comes_to_the_desk_unlooked_at(brand, feed, server):
    server.answers["/feed"] = Answer(feed_of({"title": "&lt;b&gt;Atlas&lt;/b&gt;"}, {"guid": "2", "link": "https://b.example/2"}))
    assert fetch_one(feed.pk) == 2
    row = brand.mentions.get(guid="1")
    assert (row.title, row.link, row.site, row.rival, row.is_new) == (
        "Atlas",
        "https://gazeta.example.uz/1",
        "gazeta.example.uz",
        "",
        True,
    )
    # 06:30 in Greenwich; the day is Tashkent's.
    assert (row.published_at.isoformat(), row.day.isoformat()) == ("2026-11-20T06:30:00+00:00", "2026-11-20")
    feed.refresh_from_db()
    assert (feed.failures, feed.problem, feed.taken_until) == (0, "", None)
    assert 0.89 < hours_until_next(feed) < 1.11


def test_a_mention_stands_on_its_day_where_the_brand_is(brand, feed, server):
    server.answers["/feed"] = Answer(feed_of({"published": "2026-11-20T20:30:00Z"}))
    fetch_one(feed.pk)
    assert brand.mentions.get().day.isoformat() == "2026-11-21"


def test_what_is_dated_ahead_of_time_stands_on_today(brand, feed, server):
    server.answers["/feed"] = Answer(
        feed_of({"published": "2098-01-01T00:00:00Z"}, {"guid": "2", "published": "soon", "link": ""})
    )
    fetch_one(feed.pk)
    assert set(brand.mentions.values_list("day", flat=True)) == {brand.today()}


def test_the_same_entries_again_bring_nothing(brand, feed, server):
    server.answers["/feed"] = Answer(feed_of({}))
    fetch_one(feed.pk)
    make_due(feed)
    assert fetch_one(feed.pk) == 0
    assert brand.mentions.count() == 1


def test_the_same_article_in_two_feeds_is_one_mention_unless_it_is_about_two(brand):
    latin, cyrillic, rival = feed_in(brand), feed_in(brand, "Атлас"), feed_in(brand, "Ipak", rival="Ipak Uyi")
    entry = Entry("1", "Atlas", "https://gazeta.example.uz/1")
    assert [keep(brand, [entry], feed) for feed in (latin, cyrillic, rival)] == [1, 0, 1]
    assert keep(brand, [Entry("a", "x"), Entry("b", "y"), Entry("a", "z")], latin) == 2, "without a link the id tells them apart"


def test_ids_longer_than_a_column_are_still_told_apart(brand):
    feed, long = feed_in(brand), "x" * 1500
    assert keep(brand, [Entry(long + "1", "a"), Entry(long + "2", "b"), Entry(long + "1", "a")], feed) == 2
    assert keep(brand, [Entry(long + "1", "a")], feed) == 0


def test_a_feed_is_asked_only_for_what_changed(brand, feed, server):
    headers = {"Content-Type": "text/xml", "ETag": '"a1"', "Last-Modified": "Fri, 20 Nov 2026 06:00:00 GMT"}
    server.answers["/feed"] = lambda asked: (
        Answer(status=304) if asked.get("if-none-match") == '"a1"' else Answer(feed_of({}), headers=headers)
    )
    for _time in range(3):
        make_due(feed)
        fetch_one(feed.pk)
    feed.refresh_from_db()
    assert [asked.get("if-none-match") for _path, asked in server.asked] == [None, '"a1"', '"a1"']
    assert (feed.etag, feed.problem, brand.mentions.count()) == ('"a1"', "", 1)


def test_each_failure_doubles_the_wait_up_to_a_day_and_success_ends_it(feed, server):
    waits = []
    for _time in range(7):
        make_due(feed)
        fetch_one(feed.pk)
        waits.append(hours_until_next(feed))
    for wait, expected in zip(waits, [1, 2, 4, 8, 16, 24, 24], strict=True):
        assert 0.89 * expected < wait < 1.11 * expected
    assert (feed.failures, feed.problem, feed.detail) == (7, "status", "404")
    server.answers["/feed"] = Answer(feed_of({}))
    make_due(feed)
    fetch_one(feed.pk)
    feed.refresh_from_db()
    assert (feed.failures, feed.problem, feed.detail) == (0, "", "")


def test_feeds_that_fail_together_do_not_come_back_together(brand, server):
    feeds = [feed_in(brand, address=server.address(f"/{number}")) for number in range(8)]
    for feed in feeds:
        fetch_one(feed.pk)
    assert len({round(hours_until_next(feed), 3) for feed in feeds}) > 4


def test_a_server_that_asks_for_a_longer_pause_gets_it(feed, server):
    server.answers["/feed"] = Answer(status=429, headers={"Retry-After": str(48 * 3600)})
    fetch_one(feed.pk)
    assert 43 < hours_until_next(feed) < 53


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(b"<html>", headers={"Content-Type": "text/html"}), "web_page"),
        (Answer(b"<!doctype html><p>", headers={"Content-Type": "text/xml"}), "feed_web_page"),
        (Answer(b'<!DOCTYPE a [<!ENTITY x "y">]><rss/>'), "feed_entities"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/"}), "not_public"),
    ],
)
def test_a_hostile_feed_is_a_failure_with_a_reason(brand, feed, server, answer, problem):
    server.answers["/feed"] = answer
    assert fetch_one(feed.pk) == 0
    feed.refresh_from_db()
    assert feed.problem == problem
    assert not brand.mentions.exists()


def test_what_nobody_thought_of_is_a_failure_too(feed, monkeypatch, caplog):
    monkeypatch.setattr(mention_feeds, "read_feed", lambda *_read: 1 / 0)
    monkeypatch.setattr(mention_feeds, "fetch", lambda *_asked, **_options: mention_feeds.Fetched(b"x"))
    fetch_one(feed.pk)
    feed.refresh_from_db()
    assert (feed.problem, feed.taken_until) == ("failed", None)
    assert "could not be fetched" in caplog.text


def test_the_team_hears_once_of_a_feed_that_does_not_come(brand, feed, person_in):
    marketer = person_in(Role.MARKETER)
    person_in(Role.VIEWER)
    for _time in range(TELL_AFTER + 2):
        make_due(feed)
        fetch_one(feed.pk)
    (told,) = Notification.objects.all()
    assert (told.user, told.kind, told.params) == (marketer, "mention_feed_failing", {"title": feed.name})


def test_only_feeds_that_are_due_watched_and_free_are_fetched(brand):
    now = timezone.now()
    late, soon = feed_in(brand), feed_in(brand, due_at=now + timedelta(minutes=5))
    feed_in(brand, is_active=False)
    feed_in(brand, taken_until=now + timedelta(minutes=1))
    dead = feed_in(brand, taken_until=now - timedelta(minutes=1), due_at=now - timedelta(hours=1))
    assert due(timezone.now()) == [dead.pk, late.pk], "the longest waiting first; whoever died lets go"
    assert take(soon.pk) is None


def test_a_feed_that_is_taken_is_not_taken_twice(feed):
    assert take(feed.pk) is not None
    assert take(feed.pk) is None
    assert fetch_one(feed.pk) == 0


def test_an_address_that_was_changed_while_it_was_fetched_starts_afresh(feed, monkeypatch):
    def fetched(*_asked, **_options):
        MentionFeed.objects.filter(pk=feed.pk).update(address="https://other.example/feed", taken_until=None)
        return mention_feeds.Fetched(feed_of({}), etag='"old"')

    monkeypatch.setattr(mention_feeds, "fetch", fetched)
    fetch_one(feed.pk)
    feed.refresh_from_db()
    assert (feed.etag, feed.fetched_at) == ("", None)


def test_asking_for_a_feed_works_once_a_minute(feed):
    MentionFeed.objects.filter(pk=feed.pk).update(due_at=timezone.now() + timedelta(hours=1))
    assert ask_for(feed)
    assert not ask_for(feed)
    MentionFeed.objects.filter(pk=feed.pk).update(fetched_at=timezone.now(), due_at=timezone.now() + timedelta(hours=1))
    assert not ask_for(feed)
    MentionFeed.objects.filter(pk=feed.pk).update(fetched_at=timezone.now() - timedelta(minutes=2))
    assert ask_for(feed)


def test_the_sweep_queues_each_due_feed_by_itself(brand, monkeypatch):
    queued, feeds = [], [feed_in(brand), feed_in(brand)]
    monkeypatch.setattr(tasks.fetch_feed, "delay", queued.append)
    tasks.fetch_due_feeds()
    assert sorted(queued) == [feed.pk for feed in feeds]


@pytest.mark.django_db(transaction=True)
def test_two_workers_fetch_a_feed_once(brand, server):
    feed = feed_in(brand, address=server.address())
    server.answers["/feed"] = Answer(feed_of({}), pieces=4, pause=0.1)
    assert sorted(at_once(lambda: fetch_one(feed.pk))) == [0, 1]
    assert len(server.asked) == 1


@pytest.mark.django_db(transaction=True)
def test_two_feeds_with_the_same_article_at_the_same_moment_bring_it_once(brand):
    feeds = iter([feed_in(brand), feed_in(brand, "Атлас")])
    lock = threading.Lock()

    def bring() -> int:
        with lock:
            feed = next(feeds)
        return keep(brand, [Entry("1", "Atlas", "https://gazeta.example.uz/1")], feed)

    assert sorted(at_once(bring)) == [0, 1]
    assert Mention.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_beat_and_worker_bring_a_feed_to_the_desk(brand, celery_worker_process):
    """The whole way, with a real worker: an address in a private network is refused there, too."""
    feed = feed_in(brand, address="http://127.0.0.1:1/feed")
    tasks.fetch_due_feeds.delay()

    def problem() -> str:
        return MentionFeed.objects.values_list("problem", flat=True).get(pk=feed.pk)

    assert celery_worker_process.wait_for(problem) in ("bad_port", "not_public")
