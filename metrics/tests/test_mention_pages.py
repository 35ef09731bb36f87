"""The desk of mentions and its feeds, through the pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand, Notification, Role
from brands.tests.feed_server import feed_of
from metrics import tasks
from metrics.mention_acts import ACTS, MOST_AT_ONCE, say
from metrics.mention_figures import settle
from metrics.models import Mention, MentionFeed, StalePeriod
from metrics.tests.mentioning import feed_in, mention_in
from metrics.tests.test_at_the_same_time import at_once

pytestmark = pytest.mark.once

DESK = "/brands/atlas/mentions/"
QUIETLY = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def queued(monkeypatch) -> list[int]:
    """Feeds whose fetching was asked for; nothing leaves this machine."""
    asked: list[int] = []
    monkeypatch.setattr(tasks.fetch_feed, "delay", asked.append)
    return asked


def press(client, row: Mention, act: str, *, version: int | None = None, headers: dict | None = None, **more: str):
    typed = {"act": act, "version": row.version if version is None else version, **more}
    return client.post(f"{DESK}{row.pk}/classify/?show=all", typed, headers=headers or {})


def figures(brand: Brand) -> dict[str, int]:
    return {row.measure: int(row.value) for row in brand.observations.filter(from_mentions=True)}


def test_an_empty_desk_says_what_it_is_for(client, marketer):
    page = client.get(DESK).content.decode()
    assert "Nobody listens yet" in page
    assert reverse("metrics:mention_feeds", args=["atlas"]) in page


def test_the_desk_is_reached_from_results(client, marketer):
    assert DESK in client.get(reverse("metrics:results", args=["atlas"])).content.decode()


@pytest.mark.parametrize(
    ("acts", "state", "counted"),
    [
        (["own"], {"rival": "", "sentiment": ""}, {"brand_mentions": 1}),
        (["positive"], {"sentiment": "positive"}, {"positive_mentions": 1, "negative_mentions": 0, "brand_mentions": 1}),
        (["positive", "negative"], {"sentiment": "negative"}, {"positive_mentions": 0, "negative_mentions": 1}),
        (["positive", "positive"], {"sentiment": ""}, {"brand_mentions": 1}),
        (["issue"], {"is_issue": True}, {"issues_total": 1, "issues_resolved": 0}),
        (["issue", "resolved"], {"is_issue": True}, {"issues_total": 1, "issues_resolved": 1}),
        (["resolved", "resolved"], {"is_issue": True, "resolved_at": None}, {"issues_resolved": 0}),
        (["resolved", "issue"], {"is_issue": False, "resolved_at": None}, {"brand_mentions": 1}),
        (["irrelevant"], {"is_irrelevant": True}, {}),
        (["irrelevant", "irrelevant"], {"is_irrelevant": False}, {"brand_mentions": 1}),
        (["irrelevant", "neutral"], {"is_irrelevant": False, "sentiment": "neutral"}, {"neutral_mentions": 1}),
    ],
)
def test_a_button_says_what_a_mention_is_and_figures_follow(client, marketer, brand, acts, state, counted):
    row = mention_in(brand, seen=False)
    for act in acts:
        assert press(client, row, act).status_code == 302
        row.refresh_from_db()
    assert {name: getattr(row, name) for name in state} == state
    assert (row.classified_by, row.version) == (marketer, 1 + len(acts))
    assert counted.items() <= figures(brand).items()
    assert bool(figures(brand)) is bool(counted)
    assert StalePeriod.objects.filter(brand=brand, start=row.day).exists() is bool(counted) or acts == ["irrelevant"]


def test_a_rival_is_taken_from_the_feed_or_said(client, marketer, brand):
    known = mention_in(brand, seen=False, feed=feed_in(brand, rival="Ipak Uyi"), rival="Ipak Uyi")
    unknown = mention_in(brand, seen=False)
    press(client, known, "rival")
    page = client.post(f"{DESK}{unknown.pk}/classify/?show=all", {"act": "rival", "version": 1}, follow=True).content.decode()
    assert "Say which rival it is about." in page
    press(client, unknown, "rival", rival="  Margʻilon   Style ")
    rows = brand.observations.filter(measure="competitor_mentions").values_list("subject", "value")
    assert {name: int(value) for name, value in rows} == {"Ipak Uyi": 1, "Margʻilon Style": 1}


def test_an_issue_of_a_rival_is_no_longer_ours(client, marketer, brand):
    row = mention_in(brand, is_issue=True, resolved_at=timezone.now())
    press(client, row, "rival", rival="Ipak")
    row.refresh_from_db()
    assert (row.rival, row.is_issue, row.resolved_at) == ("Ipak", False, None)


def test_without_scripts_the_answer_is_the_desk_as_it_was_asked_for(client, marketer, brand):
    row = mention_in(brand, seen=False)
    answer = client.post(f"{DESK}{row.pk}/classify/?show=open&by=feed&start=2026-11-01&of=hand", {"act": "own", "version": "1"})
    assert answer["Location"] == f"{DESK}?show=open&by=feed&of=hand&start=2026-11-01&end=2026-11-01#mention-{row.pk}"


def test_with_scripts_the_answer_is_the_mention_and_the_counts(client, marketer, brand):
    row = mention_in(brand, seen=False)
    page = press(client, row, "positive", headers=QUIETLY).content.decode()
    assert page.count("<li") == 1
    assert 'value="positive" class="sp-act act-positive" aria-pressed="true"' in page
    assert 'hx-swap-oob="true"' in page and "data-undo" in page
    assert f'value="{row.pk}:2"' in page


def test_somebody_who_was_first_is_not_overwritten(client, marketer, brand):
    row = mention_in(brand, seen=False)
    press(client, row, "positive")
    page = press(client, row, "negative", version=1, headers=QUIETLY).content.decode()
    assert "Somebody changed this a moment ago" in page
    assert (
        "Somebody changed 1 mention a moment ago"
        in client.post(f"{DESK}{row.pk}/classify/", {"act": "negative", "version": "1"}, follow=True).content.decode()
    )
    row.refresh_from_db()
    assert (row.sentiment, row.version) == ("positive", 2)


def test_the_last_word_is_taken_back(client, marketer, brand):
    row = mention_in(brand, seen=False)
    press(client, row, "resolved")
    page = client.post(f"{DESK}undo/?show=all", follow=True).content.decode()
    row.refresh_from_db()
    assert (row.is_issue, row.resolved_at, row.resolved_by, row.classified_at, row.classified_by) == (
        False,
        None,
        None,
        None,
        None,
    )
    assert figures(brand) == {}
    assert "1 mention is as it was." in page
    assert "can no longer be undone" in client.post(f"{DESK}undo/", follow=True).content.decode()


def test_what_was_changed_since_is_not_taken_back(client, marketer, brand):
    row = mention_in(brand, seen=False)
    press(client, row, "positive")
    Mention.objects.filter(pk=row.pk).update(version=3, sentiment="negative")
    client.post(f"{DESK}undo/")
    row.refresh_from_db()
    assert row.sentiment == "negative"


def test_many_are_classified_at_once_and_taken_back_at_once(client, marketer, brand):
    rows = [mention_in(brand, seen=False) for _ in range(3)]
    other = mention_in(brand, seen=False)
    rows[2].version = 7
    ticked = [f"{row.pk}:{row.version}" for row in rows]
    page = client.post(f"{DESK}many/", {"act": "neutral", "mention": [*ticked, "x", "99999:1"]}, follow=True).content.decode()
    assert "2 mentions are classified." in page
    assert "Somebody changed 1 mention a moment ago" in page
    assert figures(brand)["neutral_mentions"] == 2
    client.post(f"{DESK}undo/")
    assert not Mention.objects.exclude(classified_at=None).exists()
    other.refresh_from_db()
    assert other.version == 1


def test_nothing_ticked_and_nothing_said_are_told(client, marketer, brand):
    row = mention_in(brand, seen=False)
    for typed in ({"act": "own"}, {"mention": f"{row.pk}:1"}, {"act": "nonsense", "mention": f"{row.pk}:1"}):
        assert "Tick the mentions first" in client.post(f"{DESK}many/", typed, follow=True).content.decode()
    assert "Choose what to say" in client.post(f"{DESK}{row.pk}/classify/", {}, follow=True).content.decode()


def test_saying_the_same_of_hundreds_takes_no_more_queries(client, marketer, brand, django_assert_max_num_queries):
    rows = [mention_in(brand, seen=False) for _ in range(MOST_AT_ONCE)]
    with django_assert_max_num_queries(30):
        client.post(f"{DESK}many/", {"act": "own", "mention": [f"{row.pk}:1" for row in rows]})
    assert figures(brand)["brand_mentions"] == MOST_AT_ONCE


def test_an_issue_is_told_to_the_others_once(client, marketer, brand, person_in):
    lead = person_in(Role.LEAD)
    person_in(Role.VIEWER)
    row = mention_in(brand, seen=False)
    for act in ("issue", "issue", "issue", "negative"):
        press(client, row, act)
        row.refresh_from_db()
    told = Notification.objects.order_by("pk").values_list("user__email", "kind")
    assert list(told) == [(lead.email, "mention_issue"), (lead.email, "mention_negative")]
    client.force_login(lead)
    page = client.get(reverse("brands:notifications", args=["atlas"])).content.decode()
    assert f"An issue at gazeta.example.uz: “{row.title}”" in page


# --- the desk


def columns(client, query: str = "") -> dict[str, list[str]]:
    page = client.get(f"{DESK}?{query}")
    assert page.status_code == 200
    return {column.title: [row.title for row in column.rows] for column in page.context["desk"].columns}


def test_columns_stand_by_subject_or_by_feed(client, marketer, brand):
    own, rival = feed_in(brand, "Alert"), feed_in(brand, "Ipak alert", rival="Ipak Uyi")
    mention_in(brand, title="a", feed=own, seen=False)
    mention_in(brand, title="b", feed=rival, rival="Ipak Uyi", seen=False)
    mention_in(brand, title="c", seen=False)
    mention_in(brand, title="d", rival="Baxmal", seen=False)
    assert columns(client) == {"About us": ["c", "a"], "Ipak Uyi": ["b"], "Baxmal": ["d"]}
    assert columns(client, "by=feed") == {"Alert": ["a"], "Ipak alert": ["b"], "Added by hand": ["d", "c"]}
    MentionFeed.objects.filter(pk=own.pk).update(is_active=False)
    assert columns(client, "by=feed") == {"Ipak alert": ["b"], "Added by hand": ["d", "c"], "A feed no longer watched": ["a"]}


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("new", ["new"]), ("own", ["resolved", "issue", "good"]), ("rival", ["rival"]), ("positive", ["good"]), ("negative", ["issue"]),
        ("issues", ["resolved", "issue"]), ("open", ["issue"]), ("resolved", ["resolved"]), ("irrelevant", ["off"]),
        ("all", ["off", "resolved", "issue", "good", "new", "rival"]), ("nonsense", ["new"]), ("", ["new"]),
    ],
)  # fmt: skip
def test_the_desk_shows_what_was_asked_for(client, marketer, brand, show, titles):
    mention_in(brand, title="new", seen=False)
    mention_in(brand, title="good", sentiment="positive")
    mention_in(brand, title="rival", rival="Ipak", sentiment="positive")
    mention_in(brand, title="issue", sentiment="negative", is_issue=True)
    mention_in(brand, title="resolved", is_issue=True, resolved_at=timezone.now())
    mention_in(brand, title="off", is_irrelevant=True)
    assert [title for column in columns(client, f"show={show}").values() for title in column] == titles
    tabs = {tab.show: tab.count for tab in client.get(f"{DESK}?show={show}").context["desk"].tabs}
    assert (tabs["new"], tabs["own"], tabs["rival"], tabs["open"], tabs["all"]) == (1, 3, 1, 1, 6)


def test_days_narrow_the_desk_and_its_counts(client, marketer, brand):
    mention_in(brand, "2026-11-01", title="before", seen=False)
    mention_in(brand, "2026-11-02", title="on", seen=False)
    assert columns(client, "start=2026-11-02&end=2026-11-03") == {"About us": ["on"]}
    page = client.get(f"{DESK}?start=2026-11-03&end=2026-11-01")
    assert "The last day must not come before the first." in page.content.decode()
    assert client.get(f"{DESK}?start=2026-13-01&by=%00&of=feed-99999999999999999999&page=x").status_code == 200


def test_a_long_column_shows_its_newest_and_leads_to_all(client, marketer, brand):
    for number in range(60):
        mention_in(brand, title=f"{number}", seen=False)
    page = client.get(DESK).content.decode()
    assert "40 more" in page and "of=own" in page
    first, second = (columns(client, f"of=own&page={number}")["About us"] for number in (1, 2))
    assert (len(first), len(second), first[0], second[-1]) == (50, 10, "59", "0")


def test_the_number_of_queries_does_not_grow(client, marketer, brand, count_queries):
    counts = []
    for number in (1, 2, 10):
        for each in range(number):
            feed = feed_in(brand, f"{number} {each}", rival=f"Rival {number} {each}")
            mention_in(brand, f"2026-11-{10 + each}", feed=feed, rival=feed.rival, seen=each % 2 == 0, by=marketer)
            mention_in(brand, f"2026-11-{10 + each}", by=marketer)
        counts.append(
            [count_queries(client, f"{DESK}?show=all&start=2026-11-01&end=2026-11-30&by={by}") for by in ("subject", "feed")]
        )
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 22


def test_what_counts_instead_of_the_desk_is_said_there(client, marketer, brand, record):
    mention_in(brand)
    record("brand_mentions", "2026-11-16", 9, end="2026-11-22")
    settle(brand, {mention_in(brand).day})
    page = client.get(f"{DESK}?start=2026-11-01&end=2026-11-30").content.decode()
    assert "it counts instead of the mentions counted here:" in page
    assert "Brand mentions (1 day)" in page


def test_a_figure_leads_to_the_mentions_behind_it_in_three_clicks(client, marketer, brand):
    row, _rival = mention_in(brand), mention_in(brand, rival="Ipak Uyi")
    settle(brand, {row.day})
    query = "?preset=own&start=2026-11-01&end=2026-11-30"
    working = client.get(reverse("metrics:working", args=["atlas", "share_of_voice"]) + query).content.decode()
    assert "counted from mentions" in working
    rows = client.get(reverse("metrics:rows", args=["atlas", "share_of_voice"]) + query).content.decode()
    for link in (
        "?show=own&amp;by=subject&amp;start=2026-11-20",
        "?show=rival&amp;by=subject&amp;of=rival-Ipak+Uyi&amp;start=2026-11-20",
    ):
        assert link in rows
    assert columns(client, "show=rival&by=subject&of=rival-Ipak+Uyi&start=2026-11-20&end=2026-11-20") == {
        "Ipak Uyi": [_rival.title]
    }


def test_words_of_strangers_are_shown_as_text(client, marketer, brand):
    bad = '"><script>alert(1)</script>'
    feed = feed_in(brand, bad, rival=bad, problem="bad_type", detail=bad)
    mention_in(brand, title=bad, text=bad, site=bad, feed=feed, rival=bad, seen=False)
    for address in (DESK, f"{DESK}?by=feed&of=feed-{feed.pk}", f"{DESK}sources/", f"{DESK}sources/{feed.pk}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


# --- adding by hand


def test_a_mention_is_added_by_hand_and_counts(client, marketer, brand):
    typed = {"title": "Bozorda eshitdim", "day": "2026-11-20", "sentiment": "positive", "site": "Chorsu"}
    client.post(f"{DESK}new/", typed)
    row = brand.mentions.get()
    assert (row.added_by, row.classified_by, row.feed, row.site, row.day.isoformat()) == (
        marketer,
        marketer,
        None,
        "Chorsu",
        "2026-11-20",
    )
    assert figures(brand)["positive_mentions"] == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "x" * 301}),
        ("link", {"link": "javascript:alert(1)"}),
        ("day", {"day": "2098-01-01"}),
        ("day", {"day": "yesterday"}),
        ("sentiment", {"sentiment": "angry"}),
        ("is_issue", {"is_issue": "on", "rival": "Ipak"}),
        ("text", {"text": "a\x00b"}),
    ],
)
def test_an_impossible_mention_is_refused_beside_its_field(client, marketer, brand, field, typed):
    page = client.post(f"{DESK}new/", {"title": "Kept", "day": "2026-11-20", "text": "all of it", **typed})
    assert page.context["form"].errors[field]
    assert "Kept" in page.content.decode() or "title" in typed
    assert not brand.mentions.exists()


# --- feeds


def add(client, **typed):
    typed = {"address": "https://www.google.com/alerts/feeds/1/2", "name": "Atlas", "rival": "", **typed}
    return client.post(f"{DESK}sources/", typed)


def test_a_feed_is_watched_from_now_on(client, marketer, brand, queued):
    assert add(client, rival=" Ipak  Uyi ").status_code == 302
    feed = brand.mention_feeds.get()
    assert (feed.rival, feed.is_active, feed.added_by, queued) == ("Ipak Uyi", True, marketer, [feed.pk])
    page = client.get(f"{DESK}sources/").content.decode()
    assert "Comes in a moment" in page and "Show options" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"address": "http://127.0.0.1/feed"}, "private network"),
        ({"address": "https://[::1]/"}, "private network"),
        ({"address": "https://me:secret@example.com/feed"}, "a name or a password"),
        ({"address": "https://example.com:8443/feed"}, "not from 8443"),
        ({"address": "ftp://example.com/feed"}, "begins with https://"),
        ({"address": "gazeta.uz"}, "begins with https://"),
        ({"address": "https://" + "x" * 1000 + ".uz/"}, "at most 1000 characters"),
        ({"address": ""}, "required"),
        ({"name": ""}, "required"),
        ({"rival": "x" * 200}, "at most 120 characters"),
    ],
)
def test_an_address_that_cannot_be_a_feed_is_refused_in_words(client, marketer, brand, queued, typed, said):
    page = add(client, **typed).content.decode()
    assert said in page
    assert not queued and not brand.mention_feeds.exists()
    for value in typed.values():
        assert not value or value in page


def test_the_same_feed_is_watched_once_and_not_without_end(client, marketer, brand, monkeypatch):
    add(client)
    assert "watched already" in add(client).content.decode()
    monkeypatch.setattr("metrics.forms.mentions.MOST_FEEDS", 1)
    assert "1 feeds at most" in add(client, address="https://example.com/2").content.decode()


def test_a_feed_that_failed_says_why_and_is_changed(client, marketer, brand, queued):
    feed = feed_in(brand, problem="status", detail="404", failures=3, etag='"a"', is_active=True)
    address = f"{DESK}sources/{feed.pk}/"
    page = client.get(address).content.decode()
    assert "The server answers with the error 404." in page and "3 times in a row" in page
    assert "The server answers with the error 404." in client.get(DESK + "?show=all").content.decode()
    typed = {"address": "https://example.com/new", "name": "New", "rival": "", "is_active": "on", "version": feed.version}
    assert client.post(address, typed).status_code == 302
    feed.refresh_from_db()
    assert (feed.problem, feed.failures, feed.etag, feed.name) == ("", 0, "", "New")
    assert "Somebody changed this while you were editing" in client.post(address, typed).content.decode()


def test_fetching_now_is_asked_for_once_a_minute(client, marketer, brand, queued):
    feed = feed_in(brand, fetched_at=timezone.now() - timedelta(hours=1), due_at=timezone.now() + timedelta(hours=1))
    address = f"{DESK}sources/{feed.pk}/fetch/"
    assert "It is being fetched" in client.post(address, follow=True).content.decode()
    assert "within the last minute" in client.post(address, follow=True).content.decode()
    MentionFeed.objects.update(is_active=False)
    assert "not watched" in client.post(address, follow=True).content.decode()
    assert queued == [feed.pk]


def test_a_feed_that_brought_something_stays_unwatched(client, marketer, brand):
    empty, full = feed_in(brand), feed_in(brand)
    mention_in(brand, feed=full)
    for feed in (empty, full):
        client.post(f"{DESK}sources/{feed.pk}/remove/")
    assert list(brand.mention_feeds.values_list("pk", "is_active")) == [(full.pk, False)]
    assert brand.mentions.count() == 1
    brand.delete()


def test_a_file_of_a_feed_comes_to_the_same_desk(client, marketer, brand):
    feed = feed_in(brand)
    content = feed_of({}, {"guid": "2", "link": "https://b.example/2"}, {"guid": "", "link": ""})
    for said in ("2 new mentions came in. Entries with neither an id nor a link: 1.", "0 new mentions"):
        file = SimpleUploadedFile("alerts.xml", content)
        assert said in client.post(f"{DESK}sources/{feed.pk}/file/", {"file": file}, follow=True).content.decode()
    assert brand.mentions.count() == 2
    assert not brand.observations.exists(), "nobody has looked at them yet"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><p>", "This is a web page, not a feed."),
        (b"<feed>", "neither Atom nor RSS"),
        (b"<rss><channel>", "damaged near line 1"),
        (b"", "empty"),
        (b"x" * (5 << 20) + b"x", "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_beside_its_field(client, marketer, brand, content, said):
    feed = feed_in(brand)
    page = client.post(f"{DESK}sources/{feed.pk}/file/", {"file": SimpleUploadedFile("x.xml", content)})
    assert page.status_code == 200
    assert said in page.content.decode()


def test_the_list_of_feeds_takes_as_many_queries_for_one_as_for_three(client, marketer, brand, count_queries):
    counts = []
    for number in (1, 2):
        for _each in range(number):
            mention_in(brand, feed=feed_in(brand))
        counts.append(count_queries(client, f"{DESK}sources/"))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_look_at_the_same_day_are_both_counted(brand, person_in):
    people = [person_in(Role.MARKETER), person_in(Role.LEAD)]
    pairs = [(person, mention_in(brand, seen=False)) for person in people]

    def look() -> int:
        person, row = pairs.pop()
        return len(say(brand, person, ACTS["positive"], {row.pk: 1}).changed)

    assert at_once(look) == [1, 1]
    assert figures(brand)["positive_mentions"] == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_say_something_of_a_mention_one_is_heard(brand, person_in):
    person, row = person_in(Role.MARKETER), mention_in(brand, seen=False)
    assert sorted(at_once(lambda: len(say(brand, person, ACTS["positive"], {row.pk: 1}).changed))) == [0, 1]
