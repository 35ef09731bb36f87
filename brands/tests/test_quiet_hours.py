"""When letters may come: what is quiet on which wall clock, and what a sweep does in it and after it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from brands.models import LetterSettings, Notification
from brands.notification_letters import send_at_once, send_digests
from brands.notifications import notify
from brands.quiet import Quiet, due_morning

TASHKENT, BERLIN = ZoneInfo("Asia/Tashkent"), ZoneInfo("Europe/Berlin")
PAGE = "/profile/notifications/"


def night(zone=TASHKENT, days=()):
    return Quiet(zone, time(22), time(8), frozenset(days))


def at(text: str, zone=TASHKENT) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


# 1 March 2027 is a Monday.
@pytest.mark.parametrize(
    ("quiet", "moment", "over"),
    [
        (Quiet(TASHKENT), "2027-03-01T03:00", "2027-03-01T03:00"),
        (night(), "2027-03-01T21:59", "2027-03-01T21:59"),
        (night(), "2027-03-01T22:00", "2027-03-02T08:00"),
        (night(), "2027-03-02T00:00", "2027-03-02T08:00"),
        (night(), "2027-03-02T07:59", "2027-03-02T08:00"),
        (night(), "2027-03-02T08:00", "2027-03-02T08:00"),
        (Quiet(TASHKENT, time(12), time(14)), "2027-03-01T13:00", "2027-03-01T14:00"),
        (Quiet(TASHKENT, time(12), time(14)), "2027-03-01T14:00", "2027-03-01T14:00"),
        (Quiet(TASHKENT, time(22), time(0)), "2027-03-01T23:00", "2027-03-02T00:00"),
        (Quiet(TASHKENT, days=frozenset({5, 6})), "2027-03-05T23:59", "2027-03-05T23:59"),
        (Quiet(TASHKENT, days=frozenset({5, 6})), "2027-03-06T00:00", "2027-03-08T00:00"),
        (night(days={5, 6}), "2027-03-05T22:00", "2027-03-08T08:00"),
        (night(days={5, 6}), "2027-03-07T12:00", "2027-03-08T08:00"),
        (Quiet(TASHKENT, days=frozenset(range(6))), "2027-03-01T09:00", "2027-03-07T00:00"),
        (night(days=range(6)), "2027-03-07T23:00", "2027-03-14T08:00"),
    ],
)
def test_quiet_ends(quiet, moment, over):
    assert quiet.over(at(moment)) == at(over)
    assert quiet.holds(at(moment)) == (moment != over)


@pytest.mark.parametrize(
    ("start", "end", "moment", "over"),
    [
        # On 28 March 2027 Berlin has no hour from two to three; on 31 October it has that hour twice.
        ((22), (8), "2027-03-27T21:00+00:00", "2027-03-28T06:00+00:00"),
        ((22), (8), "2027-10-30T20:00+00:00", "2027-10-31T07:00+00:00"),
        ((1), (2), "2027-03-28T00:30+00:00", "2027-03-28T01:00+00:00"),
        ((2), (4), "2027-03-28T01:30+00:00", "2027-03-28T02:00+00:00"),
        ((1), (2), "2027-10-30T23:59+00:00", "2027-10-31T00:00+00:00"),
        ((1), (2), "2027-10-31T01:30+00:00", "2027-10-31T01:30+00:00"),
        ((2), (3), "2027-10-31T01:30+00:00", "2027-10-31T02:00+00:00"),
    ],
)
def test_quiet_hours_on_days_when_the_clocks_change(start, end, moment, over):
    quiet = Quiet(BERLIN, time(start), time(end))
    assert quiet.over(datetime.fromisoformat(moment)) == datetime.fromisoformat(over)


def test_an_hour_that_comes_twice_is_not_quiet_twice():
    quiet = Quiet(BERLIN, time(1, 30), time(2, 30))
    start = datetime(2027, 10, 30, 22, tzinfo=UTC)
    held = [quiet.holds(start + timedelta(minutes=minute)) for minute in range(6 * 60)]
    assert sum(held) == 60 and sum(was != now for was, now in pairwise(held)) == 2


@pytest.mark.parametrize(
    ("quiet", "now", "due"),
    [
        (Quiet(TASHKENT), "2027-03-02T07:59", None),
        (Quiet(TASHKENT), "2027-03-02T08:00", (date(2027, 3, 2), "2027-03-02T08:00")),
        (Quiet(TASHKENT), "2027-03-02T23:00", (date(2027, 3, 2), "2027-03-02T08:00")),
        (Quiet(TASHKENT, time(22), time(9)), "2027-03-02T08:30", None),
        (Quiet(TASHKENT, time(22), time(9)), "2027-03-02T09:00", (date(2027, 3, 2), "2027-03-02T09:00")),
        (Quiet(TASHKENT, days=frozenset({5, 6})), "2027-03-06T12:00", None),
        (Quiet(TASHKENT, days=frozenset({5, 6})), "2027-03-08T00:00", None),
        (Quiet(TASHKENT, days=frozenset({5, 6})), "2027-03-08T08:00", (date(2027, 3, 8), "2027-03-08T08:00")),
        # Whoever works at night reads the letter of a morning when the next day begins.
        (Quiet(TASHKENT, time(6), time(2)), "2027-03-02T01:59", None),
        (Quiet(TASHKENT, time(6), time(2)), "2027-03-02T02:00", (date(2027, 3, 1), "2027-03-02T02:00")),
    ],
)
def test_the_daily_letter_waits_for_the_end_of_quiet(quiet, now, due):
    assert due_morning(quiet, at(now), time(8)) == (due and (due[0], at(due[1])))


# --- the sweep


@pytest.fixture
def tell(brand, lead):
    def say(key: str, moment: datetime, kind: str = "post_in_review") -> None:
        notify(lead, brand, kind, key, "/brands/atlas/", {"title": key, "channel": "Telegram"})
        Notification.objects.filter(key=key).update(created_at=moment)

    return say


@pytest.fixture
def sleeper(lead):
    """The lead, who wants no letters from ten to eight."""
    LetterSettings.objects.create(user=lead, quiet_from=time(22), quiet_to=time(8))
    return lead


NIGHT, MORNING = at("2027-03-02T03:00"), at("2027-03-02T08:00")


def test_what_comes_in_quiet_hours_is_held_and_sent_in_one_letter_after_them(tell, sleeper):
    tell("a", NIGHT)
    tell("due", NIGHT, "post_due")
    tell("b", NIGHT)
    assert send_at_once(NIGHT) == send_at_once(MORNING - timedelta(minutes=1)) == 0
    assert send_at_once(MORNING) == 1
    assert send_at_once(MORNING) == 0
    assert all(f"“{key}”" in mail.outbox[0].body for key in ("a", "due", "b"))


def test_a_reminder_after_quiet_hours_has_its_own_letter_again(tell, sleeper):
    tell("a", NIGHT)
    tell("due", MORNING, "post_due")
    assert send_at_once(MORNING) == 2


def test_a_reminder_may_come_through_and_other_news_wait(tell, sleeper):
    LetterSettings.objects.update(reminders_pass=True)
    tell("a", NIGHT)
    tell("due", NIGHT, "post_due")
    assert send_at_once(NIGHT) == 1
    assert "due" in mail.outbox[0].subject
    assert send_at_once(MORNING) == 1


def test_news_of_a_long_time_off_are_not_too_old_after_it(tell, lead):
    LetterSettings.objects.create(user=lead, quiet_days=[4, 5, 6, 0])
    tell("a", at("2027-03-05T00:01"))
    assert send_at_once(at("2027-03-08T23:59")) == 0
    assert send_at_once(at("2027-03-09T00:00")) == 1


def test_a_zone_of_ones_own_counts_before_the_brands(tell, sleeper):
    LetterSettings.objects.update(time_zone="America/Sao_Paulo")
    tell("a", NIGHT)
    # Seven in the evening there.
    assert send_at_once(NIGHT) == 1


def test_the_daily_letter_of_a_long_sleeper_comes_when_quiet_ends_and_tells_all(tell, sleeper):
    LetterSettings.objects.update(quiet_to=time(10))
    sleeper.email_rhythm = "daily"
    sleeper.save()
    tell("a", NIGHT)
    tell("b", at("2027-03-02T09:30"))
    assert send_digests(at("2027-03-02T09:59")) == 0
    assert send_digests(at("2027-03-02T10:00")) == 1
    assert send_digests(at("2027-03-02T10:01")) == send_digests(at("2027-03-03T07:00")) == 0
    assert "“a”" in mail.outbox[0].body and "“b”" in mail.outbox[0].body


def test_quiet_of_one_person_holds_up_nobody_else(tell, sleeper, brand, marketer):
    notify(marketer, brand, "post_in_review", "k", "/", {"title": "x"})
    Notification.objects.update(created_at=NIGHT)
    assert send_at_once(NIGHT) == 1


# --- a brand that is muted


def test_a_muted_brand_writes_no_letters_and_is_told_in_the_app(tell, lead, as_user):
    lead.memberships.update(letters_muted=True)
    tell("Lookbook", MORNING)
    assert send_at_once(MORNING) == 0
    assert "Lookbook" in as_user(lead).get("/brands/atlas/notifications/").text


# --- the page


def test_quiet_hours_are_chosen_on_the_page(as_user, lead):
    mine = lead.memberships.get()
    said = {"rhythm": "daily", "quiet_from": "22:00", "quiet_to": "07:30", "quiet_days": ["5", "6"], "time_zone": "Europe/Berlin"}
    assert as_user(lead).post(PAGE, said | {"reminders_pass": "on", "muted": [mine.pk]}).status_code == 302
    row = LetterSettings.objects.get(user=lead)
    assert (row.quiet_from, row.quiet_to, row.quiet_days, row.reminders_pass) == (time(22), time(7, 30), [5, 6], True)
    mine.refresh_from_db()
    assert row.time_zone == "Europe/Berlin" and mine.letters_muted
    assert as_user(lead).post(PAGE, {"rhythm": "daily"}).status_code == 302
    row.refresh_from_db()
    mine.refresh_from_db()
    assert (row.quiet_from, row.quiet_days, row.time_zone, mine.letters_muted) == (None, [], "", False)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"quiet_from": "22:00"}, "both ends"),
        ({"quiet_to": "22:00"}, "both ends"),
        ({"quiet_from": "22:00", "quiet_to": "22:00"}, "cannot end when they begin"),
        ({"quiet_from": "late", "quiet_to": "08:00"}, "valid time"),
        ({"quiet_days": list("0123456")}, "Leave a day for letters"),
        ({"quiet_days": ["7"]}, "7"),
        ({"time_zone": "Mars/Base"}, "Mars/Base"),
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused_with_a_reason(as_user, lead, said, complaint):
    answer = as_user(lead).post(PAGE, {"rhythm": "daily"} | said)
    assert answer.status_code == 200 and complaint in answer.text
    assert not LetterSettings.objects.exists()


def test_another_persons_brand_cannot_be_muted(as_user, lead, marketer):
    other = marketer.memberships.get()
    assert as_user(lead).post(PAGE, {"rhythm": "daily", "muted": [other.pk]}).status_code == 200
    other.refresh_from_db()
    assert not other.letters_muted
