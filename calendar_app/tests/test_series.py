"""Recurring series: their form, their drafts, and changes that pass by what was written by itself."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from calendar_app import series_changes, series_posts
from calendar_app.models import Post, Publication, Series
from calendar_app.series_posts import Outcome

CALENDAR = "/brands/choyxona/calendar/"


@pytest.fixture
def tuesdays(brand, telegram, marketer) -> Series:
    """Four weeks of the weekday that tomorrow is."""
    start = brand.today() + timedelta(days=1)
    row = Series.objects.create(
        brand=brand, title="#TastyTuesday", text="A recipe", start=start, clock=time(10), count=4, weekdays=[start.weekday()],
        owner=marketer,
    )  # fmt: skip
    row.channels.set([telegram])
    return row


def fields(row: Series | None = None, **changes) -> dict[str, object]:
    found = {
        "title": "#TastyTuesday", "text": "A recipe", "frequency": "weekly", "interval": "1", "weekdays": [], "clock": "10:00",
        "start": "", "until": "", "count": "", "strategy": "", "goal": "", "pillar": "", "format": "", "journey_stage": "",
        "purpose": "", "owner": "", "version": "",
    }  # fmt: skip
    if row is not None:
        found |= {
            "title": row.title, "text": row.text, "weekdays": row.weekdays, "start": str(row.start), "count": row.count or "",
            "until": str(row.until or ""), "channels": [channel.pk for channel in row.channels.all()], "version": row.version,
            "owner": row.owner_id or "",
        }  # fmt: skip
    return found | changes


def url(name: str, *args) -> str:
    return reverse(f"calendar:{name}", args=["choyxona", *args])


def days(row: Series) -> list[date]:
    return [row.start + timedelta(weeks=number) for number in range(4)]


def outcomes(row: Series) -> list[str]:
    return [each.outcome for each in series_posts.look(Series.objects.get(pk=row.pk)).occasions]


# --- the form


def test_a_series_is_described_then_shown_then_made(brand, telegram, marketer, signed_in):
    client, start = signed_in(marketer), brand.today() + timedelta(days=1)
    sent = fields(start=str(start), count="3", channels=[telegram.pk], weekdays=[start.weekday()])
    answer = client.post(url("new_series"), sent, follow=True)
    row = brand.series.get()
    assert answer.redirect_chain[-1][0] == url("series", row.pk)
    assert "Make 3 drafts" in answer.content.decode() and not Post.objects.exists()
    client.post(url("make_posts", row.pk))
    made = list(Post.objects.order_by("series_day"))
    assert [post.series_day for post in made] == days(row)[:3]
    assert {(post.kind, post.state, post.title, post.text) for post in made} == {("series", "draft", "#TastyTuesday", "A recipe")}
    outs = Publication.objects.order_by("at")
    assert [(out.channel, out.at.astimezone(brand.zone).time()) for out in outs] == [(telegram, time(10))] * 3


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"count": "10000", "frequency": "daily"}, "count", "at most 366 posts"),
        ({"count": "367", "frequency": "daily"}, "count", "at most 366 posts"),
        ({"count": "99999999999999999999", "frequency": "daily"}, "count", "at most 366 posts"),
        ({"until": "2028-12-31", "start": "2027-01-01", "frequency": "daily"}, "until", "at most 366 posts"),
        ({"count": "40", "frequency": "monthly"}, "count", "within 3 years"),
        ({"until": "2099-01-01", "start": "2027-01-01"}, "until", "at most 366"),
        ({"until": "2040-01-01", "start": "2027-01-01", "frequency": "monthly"}, "until", "within 3 years"),
        ({"until": "2026-12-31", "start": "2027-01-01"}, "until", "must not come before"),
        ({"until": "2027-01-05", "start": "2027-01-01", "weekdays": [2]}, "until", "No day of the series"),
        ({}, "until", "One of the two"),
        ({"until": "2027-03-01", "count": "3"}, "until", "One of the two"),
        ({"count": "0"}, "count", "greater than or equal to 1"),
        ({"count": "3", "interval": "53"}, "interval", "less than or equal to 52"),
    ],
)
def test_a_series_without_a_proper_end_is_refused_at_the_field(changes, field, said, brand, telegram, marketer, signed_in):
    sent = fields(channels=[telegram.pk], **({"start": "2027-01-01"} | changes))
    answer = signed_in(marketer).post(url("new_series"), sent)
    assert answer.status_code == 422 and not brand.series.exists()
    assert said in " ".join(answer.context["form"].errors[field])


def test_a_viewer_sees_a_series_and_changes_nothing(tuesdays, viewer, signed_in):
    client = signed_in(viewer)
    page = client.get(url("series", tuesdays.pk)).content.decode()
    assert "#TastyTuesday" in page and "Make 4 drafts" not in page and "Leave out" not in page
    assert client.post(url("make_posts", tuesdays.pk)).status_code == 403


# --- making


def test_making_twice_makes_nothing_twice(tuesdays, marketer):
    assert len(series_posts.make(tuesdays, marketer).new) == 4
    assert not series_posts.make(tuesdays, marketer).new
    assert Post.objects.count() == Publication.objects.count() == 4


def test_nothing_is_made_for_the_past(tuesdays, marketer):
    Series.objects.update(start=tuesdays.start - timedelta(weeks=2))
    series_posts.make(tuesdays, marketer)
    assert outcomes(tuesdays) == [Outcome.PAST, Outcome.PAST, Outcome.THERE, Outcome.THERE]


def test_what_stands_there_at_the_same_time_is_named(tuesdays, write, signed_in, marketer):
    at = series_posts.with_moment(tuesdays, tuesdays.start).at
    write("Black tea", at=at)
    page = signed_in(marketer).get(url("series", tuesdays.pk)).content.decode()
    assert "“Black tea” stands there at the same time" in page
    assert series_posts.look(tuesdays).clashing == 1


def test_whoever_left_the_brand_gets_no_new_posts(tuesdays, marketer, lead):
    marketer.memberships.all().delete()
    series_posts.make(tuesdays, lead)
    assert not Post.objects.exclude(owner=None).exists()


@pytest.mark.parametrize(
    ("zone", "day", "clock", "utc", "shifted", "twice"),
    [
        ("Europe/London", date(2027, 3, 28), time(1, 30), "01:30", True, False),
        ("Europe/London", date(2027, 10, 31), time(1, 30), "00:30", False, True),
        ("Asia/Tashkent", date(2027, 3, 28), time(1, 30), "20:30", False, False),
    ],
)
def test_times_that_the_clocks_skip_or_show_twice(zone, day, clock, utc, shifted, twice):
    row = Series(brand=Brand(time_zone=zone), start=day, clock=clock, count=1)
    found = series_posts.with_moment(row, day)
    assert (f"{found.at:%H:%M}", found.is_shifted, found.is_twice) == (utc, shifted, twice)
    shown = found.at.astimezone(ZoneInfo(zone)).time()
    assert shown == (time(2, 30) if shifted else clock)


# --- one day


def test_a_day_left_out_takes_its_draft_along_and_comes_back(tuesdays, marketer, signed_in):
    series_posts.make(tuesdays, marketer)
    client, second = signed_in(marketer), days(tuesdays)[1]
    client.post(url("skip_day", tuesdays.pk), {"day": str(second)})
    assert outcomes(tuesdays) == [Outcome.THERE, Outcome.SKIPPED, Outcome.THERE, Outcome.THERE]
    assert not Post.objects.filter(series_day=second).exists()
    assert not series_posts.make(tuesdays, marketer).new
    client.post(url("take_in_day", tuesdays.pk), {"day": str(second)})
    assert len(series_posts.make(tuesdays, marketer).new) == 1


def test_leaving_out_a_scheduled_post_calls_it_off(tuesdays, marketer):
    series_posts.make(tuesdays, marketer)
    Post.objects.update(state=Post.State.APPROVED)
    Publication.objects.update(status="scheduled")
    series_changes.skip(tuesdays, tuesdays.start, marketer)
    post = Post.objects.get(series_day=tuesdays.start)
    assert post.publications.get().status == "cancelled" and post.events.filter(verb="cancel").exists()


def test_what_went_out_cannot_be_left_out(tuesdays, marketer):
    series_posts.make(tuesdays, marketer)
    Publication.objects.update(status="published", published_at=timezone.now())
    with pytest.raises(ValidationError, match="went out"):
        series_changes.skip(tuesdays, tuesdays.start, marketer)


@pytest.mark.parametrize("day", ["2031-01-01", "yesterday", ""])
def test_a_day_that_is_none_of_the_series_is_refused(day, tuesdays, marketer, signed_in):
    page = signed_in(marketer).post(url("skip_day", tuesdays.pk), {"day": day}, follow=True).content.decode()
    assert "day of th" in page and Series.objects.get().skipped == []


def test_a_post_changed_by_itself_goes_its_own_way(tuesdays, marketer, telegram, signed_in):
    series_posts.make(tuesdays, marketer)
    post, client = Post.objects.get(series_day=days(tuesdays)[1]), signed_in(marketer)
    out = post.publications.get()
    sent = {
        "title": post.title, "text": "Another recipe", "kind": "series", "version": post.version, "owner": marketer.pk,
        "day": str(post.series_day), "clock": "10:00", f"channel-{telegram.pk}-on": "on",
        f"channel-{telegram.pk}-version": out.version,
    }  # fmt: skip
    client.post(url("save_post", post.pk), sent)
    moved = Publication.objects.get(post__series_day=days(tuesdays)[2])
    client.post(url("move", moved.pk), {"day": str(days(tuesdays)[2] + timedelta(days=1)), "version": moved.version})
    assert outcomes(tuesdays) == [Outcome.THERE, Outcome.APART, Outcome.APART, Outcome.THERE]
    client.post(url("edit_series", tuesdays.pk), fields(tuesdays, text="A tale"))
    texts = Post.objects.order_by("series_day").values_list("text", flat=True)
    assert [*texts] == ["A tale", "Another recipe", "A recipe", "A tale"]


def test_the_post_names_its_series(tuesdays, marketer, signed_in):
    series_posts.make(tuesdays, marketer)
    page = signed_in(marketer).get(url("post", Post.objects.first().pk)).content.decode()
    assert url("series", tuesdays.pk) in page and "this post changes with it" in page


# --- all, and this one and those that follow


def test_changing_all_moves_time_and_channels_of_what_nobody_touched(tuesdays, marketer, instagram, signed_in):
    series_posts.make(tuesdays, marketer)
    approved = Post.objects.get(series_day=days(tuesdays)[0])
    Post.objects.filter(pk=approved.pk).update(state=Post.State.APPROVED)
    signed_in(marketer).post(url("edit_series", tuesdays.pk), fields(tuesdays, clock="18:30", channels=[instagram.pk]))
    outs = Publication.objects.order_by("post__series_day")
    zone = tuesdays.brand.zone
    assert [out.at.astimezone(zone).hour for out in outs] == [10, 18, 18, 18]
    assert [out.channel.platform.slug for out in outs] == ["telegram", *["instagram"] * 3]
    assert Post.objects.get(series_day=days(tuesdays)[1]).events.filter(verb="series").exists()


def test_another_rule_takes_drafts_of_lost_days_and_shows_the_new_ones(tuesdays, marketer, signed_in):
    series_posts.make(tuesdays, marketer)
    talked = Post.objects.get(series_day=days(tuesdays)[1])
    talked.comments.create(author=marketer, text="Nice")
    signed_in(marketer).post(url("edit_series", tuesdays.pk), fields(tuesdays, interval="2", count="2"))
    assert outcomes(tuesdays) == [Outcome.THERE, Outcome.LEFT, Outcome.THERE]


def test_two_people_change_a_series_and_the_second_is_told(tuesdays, marketer, signed_in):
    sent = fields(tuesdays, title="Mine")
    Series.objects.update(version=2, title="Theirs")
    answer = signed_in(marketer).post(url("edit_series", tuesdays.pk), sent)
    assert answer.status_code == 422 and Series.objects.get().title == "Theirs"


def test_from_a_day_on_a_new_series_takes_over(tuesdays, marketer, signed_in):
    series_posts.make(tuesdays, marketer)
    third = days(tuesdays)[2]
    Post.objects.filter(series_day=days(tuesdays)[3]).update(is_apart=True)
    series_changes.skip(tuesdays, days(tuesdays)[1], marketer)
    tuesdays.refresh_from_db()
    client = signed_in(marketer)
    page = client.get(url("edit_series", tuesdays.pk) + f"?from={third}")
    assert page.context["form"]["count"].value() == 2 and page.context["form"]["start"].value() == third
    client.post(url("edit_series", tuesdays.pk) + f"?from={third}", fields(tuesdays, start=str(third), count="2", text="New"))
    old, new = Series.objects.order_by("start")
    assert (old.until, old.count, old.skipped) == (third - timedelta(days=1), None, [str(days(tuesdays)[1])])
    assert outcomes(old) == [Outcome.THERE, Outcome.SKIPPED] and outcomes(new) == [Outcome.THERE, Outcome.APART]
    assert [*Post.objects.order_by("series_day").values_list("text", flat=True)] == ["A recipe", "New", "A recipe"]
    assert [*new.channels.all()] == [*tuesdays.channels.all()]


def test_taking_over_after_another_change_is_refused_and_keeps_what_was_typed(tuesdays, marketer, signed_in):
    third = days(tuesdays)[2]
    sent = fields(tuesdays, start=str(third), count="2", title="Typed")
    Series.objects.update(version=5)
    answer = signed_in(marketer).post(url("edit_series", tuesdays.pk) + f"?from={third}", sent)
    assert answer.status_code == 422 and "Typed" in answer.content.decode()
    assert Series.objects.count() == 1


@pytest.mark.parametrize("day", ["2031-01-01", "x"])
def test_only_a_day_of_the_series_can_begin_a_new_one(day, tuesdays, marketer, signed_in):
    assert signed_in(marketer).get(url("edit_series", tuesdays.pk) + f"?from={day}").status_code == 404


def test_from_the_first_day_on_is_all(tuesdays, marketer, signed_in):
    page = signed_in(marketer).get(url("edit_series", tuesdays.pk) + f"?from={tuesdays.start}")
    assert page.context["from_day"] is None


# --- the end


def test_ending_early_takes_the_drafts_after_it(tuesdays, marketer, signed_in):
    series_posts.make(tuesdays, marketer)
    Post.objects.filter(series_day=days(tuesdays)[3]).update(is_apart=True)
    signed_in(marketer).post(url("end_series", tuesdays.pk), {"day": str(days(tuesdays)[1]), "version": 1})
    assert outcomes(tuesdays) == [Outcome.THERE, Outcome.THERE, Outcome.LEFT]


@pytest.mark.parametrize("shift", [-1, 100])
def test_an_end_outside_the_series_is_refused(shift, tuesdays, marketer):
    with pytest.raises(ValidationError):
        series_changes.end(tuesdays, tuesdays.start + timedelta(days=shift), 1, marketer)


def test_deleting_keeps_what_went_out(tuesdays, marketer, signed_in):
    series_posts.make(tuesdays, marketer)
    Publication.objects.filter(post__series_day=tuesdays.start).update(status="published", published_at=timezone.now())
    signed_in(marketer).post(url("delete_series", tuesdays.pk), {"version": 1})
    assert not Series.objects.exists()
    assert Post.objects.get().series_day == tuesdays.start


def test_lists_take_the_same_queries_for_one_and_for_three(
    tuesdays, marketer, signed_in, django_assert_max_num_queries, django_assert_num_queries, telegram, instagram
):
    client = signed_in(marketer)
    counted = {}
    tuesdays.count = 1
    tuesdays.save()
    series_posts.make(tuesdays, marketer)
    for page in (url("series_list"), url("series", tuesdays.pk)):
        with django_assert_max_num_queries(14) as few:
            client.get(page)
        counted[page] = len(few.captured_queries)
    for number in (1, 2):
        other = Series.objects.create(brand=tuesdays.brand, title=str(number), start=tuesdays.start, clock=time(9), count=9)
        other.channels.set([telegram, instagram])
        series_posts.make(other, marketer)
    Series.objects.filter(pk=tuesdays.pk).update(count=9)
    series_posts.make(tuesdays, marketer)
    for page, number in counted.items():
        with django_assert_num_queries(number):
            client.get(page)
