"""From slots to drafts: what is shown first, what is made, and what is not made twice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from calendar_app import slots
from calendar_app.models import Post, PostEvent, Publication
from calendar_app.tests.conftest import local
from strategies.models import CommunicationPlan, EditorialPlan, Slot

MONDAY = date(2027, 3, 8)


@pytest.fixture(autouse=True)
def it_is(monkeypatch):
    """it_is(moment): the whole product lives at that moment. At first Monday, 8 March 2027, 09:00 in Tashkent."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(datetime(2027, 3, 8, 4, 0, tzinfo=UTC))
    return set_to


@pytest.fixture
def plan(brand, telegram, strategy) -> EditorialPlan:
    return plan_for(brand, telegram, strategy, date(2027, 3, 1), date(2027, 3, 31))


def plan_for(brand, channel, strategy, start: date, end: date) -> EditorialPlan:
    year = CommunicationPlan.objects.create(brand=brand, name="2027", start=date(2027, 1, 1), end=date(2027, 12, 31))
    return EditorialPlan.objects.create(
        brand=brand, communication_plan=year, strategy=strategy, channel=channel, start=start, end=end
    )


@pytest.fixture
def tuesday(plan, pillar, goal, marketer) -> Slot:
    return Slot.objects.create(
        plan=plan, weekday=1, time="10:00", theme="A tip", kind="series", format="reel", journey_stage="awareness",
        purpose="attract", pillar=pillar, goal=goal, owner=marketer,
    )  # fmt: skip


def address(plan: EditorialPlan) -> str:
    return reverse("calendar:fill", args=[plan.brand.slug, plan.pk])


def outcomes(plan: EditorialPlan) -> list[str]:
    return [place.outcome for place in slots.look(plan).places]


def days_of(plan: EditorialPlan) -> list[date]:
    rows = Publication.objects.filter(post__slot__plan=plan).order_by("at")
    return [row.at.astimezone(plan.brand.zone).date() for row in rows]


TUESDAYS = [date(2027, 3, 9), date(2027, 3, 16), date(2027, 3, 23), date(2027, 3, 30)]


def test_the_page_shows_first_what_it_will_make(plan, tuesday, marketer, signed_in):
    page = signed_in(marketer).get(address(plan))
    text = page.content.decode()
    assert page.status_code == 200 and not Post.objects.exists()
    assert "Make 4 drafts" in text and text.count("A draft will be made") == 4 and "9 March" in text


def test_a_draft_takes_over_what_the_slot_says(brand, plan, tuesday, marketer, telegram, strategy, pillar, goal, signed_in):
    answer = signed_in(marketer).post(address(plan))
    assert answer.status_code == 302 and answer["Location"].endswith("?month=2027-03")
    assert days_of(plan) == TUESDAYS
    post = Post.objects.order_by("slot_day").first()
    assert (post.title, post.state, post.kind, post.format) == ("A tip", "draft", "series", "reel")
    assert (post.journey_stage, post.purpose) == ("awareness", "attract")
    assert (post.strategy, post.pillar, post.goal, post.owner) == (strategy, pillar, goal, marketer)
    assert (post.slot, post.slot_day, post.created_by) == (tuesday, TUESDAYS[0], marketer)
    row = post.publications.get()
    assert (row.channel, row.status, row.at) == (telegram, "planned", local(brand, TUESDAYS[0], 10))
    event = PostEvent.objects.get(post=post)
    assert (event.verb, event.became, event.actor) == ("create", "draft", marketer)


def test_without_a_theme_a_draft_is_called_after_its_pillar_and_day(plan, tuesday, pillar):
    tuesday.theme = ""
    assert slots.title_of(tuesday, TUESDAYS[0]) == "Tea, 9 March"
    tuesday.pillar = None
    assert slots.title_of(tuesday, TUESDAYS[0]) == "Series, 9 March"


def test_twice_makes_nothing_twice(plan, tuesday, marketer, signed_in):
    client = signed_in(marketer)
    client.post(address(plan))
    page = client.post(address(plan), follow=True).content.decode()
    assert "Nothing to make" in page and Post.objects.count() == 4 and PostEvent.objects.count() == 4
    assert outcomes(plan) == ["there"] * 4


def test_a_draft_that_was_moved_is_not_made_again(brand, plan, tuesday, marketer, signed_in):
    slots.fill(plan, marketer)
    row = Publication.objects.order_by("at").first()
    row.at = local(brand, date(2027, 3, 11), 19)
    row.save()
    page = signed_in(marketer).get(address(plan)).content.decode()
    assert "Its draft of this week stands elsewhere now" in page and "11 March, 19:00" in page
    assert not slots.fill(plan, marketer).new and Post.objects.count() == 4


def test_a_draft_that_was_taken_off_its_day_is_not_made_again(plan, tuesday, marketer):
    slots.fill(plan, marketer)
    Publication.objects.update(at=None)
    assert outcomes(plan) == ["moved"] * 4
    Publication.objects.all().delete()
    assert outcomes(plan) == ["moved"] * 4


def test_a_draft_that_was_deleted_may_be_made_again(plan, tuesday, marketer):
    slots.fill(plan, marketer)
    Post.objects.filter(slot_day=TUESDAYS[1]).delete()
    assert outcomes(plan) == ["there", "new", "there", "there"]
    assert len(slots.fill(plan, marketer).new) == 1 and days_of(plan) == TUESDAYS


def test_a_called_off_draft_is_not_made_again(plan, tuesday, marketer):
    slots.fill(plan, marketer)
    Publication.objects.update(status="cancelled")
    assert not slots.fill(plan, marketer).new


def test_a_slot_moved_to_another_weekday_leaves_its_posts_and_makes_no_second_one_a_week(plan, tuesday, marketer):
    slots.fill(plan, marketer)
    tuesday.weekday = 3
    tuesday.save()
    assert set(outcomes(plan)) == {"moved"} and days_of(plan) == TUESDAYS


def test_a_changed_slot_does_not_touch_what_it_made(plan, tuesday, marketer):
    slots.fill(plan, marketer)
    tuesday.theme, tuesday.time = "Another", time(18)
    tuesday.save()
    slots.fill(plan, marketer)
    assert set(Post.objects.values_list("title", flat=True)) == {"A tip"} and days_of(plan) == TUESDAYS


def test_a_removed_slot_keeps_its_posts(plan, tuesday, marketer):
    slots.fill(plan, marketer)
    tuesday.delete()
    assert Post.objects.count() == 4 and not Post.objects.exclude(slot=None).exists()
    Slot.objects.create(plan=plan, weekday=1, time="10:00")
    assert outcomes(plan) == ["taken"] * 4, "a slot for the same time finds them there"


def test_reactive_slots_are_room_kept_free(plan, marketer):
    Slot.objects.create(plan=plan, weekday=4, time="10:00", kind="reactive")
    assert set(outcomes(plan)) == {"free"}
    assert not slots.fill(plan, marketer).new and not Post.objects.exists()


def test_another_post_at_that_time_is_left_alone(brand, plan, tuesday, marketer, write, instagram):
    write("Already there", at=local(brand, TUESDAYS[0], 10))
    write("Elsewhere", at=local(brand, TUESDAYS[1], 10), channels=[instagram])
    write("Called off", at=local(brand, TUESDAYS[2], 10), status="cancelled")
    assert outcomes(plan) == ["taken", "new", "new", "new"]


def test_what_stands_there_besides_is_shown(brand, plan, tuesday, marketer, write, signed_in):
    write("Evening tea", at=local(brand, TUESDAYS[0], 20))
    page = signed_in(marketer).get(address(plan)).content.decode()
    assert "Evening tea" in page and "Stands there besides" in page


def test_nothing_is_made_for_the_past(brand, plan, tuesday, marketer, it_is):
    it_is(local(brand, TUESDAYS[1], 10))
    assert outcomes(plan) == ["past", "new", "new"]
    slots.fill(plan, marketer)
    assert days_of(plan) == TUESDAYS[2:]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"is_active": False}, "This plan is switched off."),
        ({"start": date(2027, 2, 1), "end": date(2027, 2, 28)}, "The days of this plan are over."),
        ({"channel": None, "medium": "A blog"}, "a medium outside the calendar"),
    ],
)
def test_a_plan_that_may_not_says_why(plan, tuesday, marketer, signed_in, change, said):
    EditorialPlan.objects.filter(pk=plan.pk).update(**change)
    client = signed_in(marketer)
    assert said in client.get(address(plan)).content.decode()
    answer = client.post(address(plan))
    assert answer.status_code == 422 and said in answer.content.decode() and not Post.objects.exists()


def test_an_archived_strategy_or_an_unused_channel_is_not_filled(plan, tuesday, marketer, telegram):
    plan.strategy.status = "archived"
    assert "archive" in slots.refusal(plan)
    plan.strategy.status, plan.channel.is_active = "draft", False
    assert "not used any more" in slots.refusal(plan)


def test_viewer_cannot_fill_and_a_stranger_finds_nothing(plan, tuesday, viewer, stranger, signed_in):
    assert signed_in(viewer).post(address(plan)).status_code == 403
    assert signed_in(stranger).post(address(plan)).status_code == 404
    assert not Post.objects.exists()


def test_an_owner_who_left_the_brand_gets_no_post(plan, tuesday, marketer, lead):
    marketer.memberships.all().delete()
    slots.fill(plan, lead)
    assert set(Post.objects.values_list("owner", flat=True)) == {None}


# --- clocks that are put forward and back


@pytest.fixture
def berlin(brand) -> Brand:
    brand.time_zone = "Europe/Berlin"
    brand.save()
    return brand


def moments_of(plan: EditorialPlan) -> list[str]:
    rows = Publication.objects.filter(post__slot__plan=plan).order_by("at")
    return [f"{row.at.astimezone(plan.brand.zone):%d %H:%M %z}" for row in rows]


def test_slots_keep_their_time_on_the_clock_across_the_spring_change(berlin, telegram, marketer):
    # On Sunday, 28 March 2027, 02:00 becomes 03:00 in Berlin.
    plan = plan_for(berlin, telegram, None, date(2027, 3, 1), date(2027, 4, 30))
    Slot.objects.create(plan=plan, weekday=6, time="10:00", theme="Sunday")
    slots.fill(plan, marketer)
    slots.fill(plan, marketer)
    assert moments_of(plan)[1:4] == ["21 10:00 +0100", "28 10:00 +0200", "04 10:00 +0200"]
    assert Post.objects.count() == len(set(Post.objects.values_list("slot_day", flat=True))) == 7


def test_a_time_that_the_clocks_jump_over_goes_out_an_hour_later(berlin, telegram, marketer, signed_in):
    plan = plan_for(berlin, telegram, None, date(2027, 3, 1), date(2027, 4, 30))
    Slot.objects.create(plan=plan, weekday=6, time="02:30", theme="Night")
    page = signed_in(marketer).get(address(plan)).content.decode()
    assert page.count("The clocks are put forward over this time") == 1
    slots.fill(plan, marketer)
    assert moments_of(plan)[1:4] == ["21 02:30 +0100", "28 03:30 +0200", "04 02:30 +0200"]
    assert not slots.fill(plan, marketer).new


def test_a_time_that_the_clocks_show_twice_goes_out_the_first_time(berlin, telegram, marketer, it_is):
    # On Sunday, 31 October 2027, 03:00 becomes 02:00 in Berlin.
    it_is(datetime(2027, 10, 20, 12, tzinfo=UTC))
    plan = plan_for(berlin, telegram, None, date(2027, 10, 1), date(2027, 11, 30))
    Slot.objects.create(plan=plan, weekday=6, time="02:30", theme="Night")
    slots.fill(plan, marketer)
    assert moments_of(plan)[:3] == ["24 02:30 +0200", "31 02:30 +0200", "07 02:30 +0100"]
    assert not slots.fill(plan, marketer).new and slots.look(plan).places[1].is_twice


# --- size


def test_two_months_of_five_slots_a_day_take_few_queries(brand, telegram, strategy, marketer, signed_in):
    plan = plan_for(brand, telegram, strategy, date(2027, 3, 1), date(2027, 4, 30))
    Slot.objects.bulk_create(
        Slot(plan=plan, weekday=day, time=time(hour), theme=f"{hour}") for day in range(7) for hour in (9, 12, 15, 18, 21)
    )
    with CaptureQueriesContext(connection) as found:
        made = slots.fill(plan, marketer).new
    assert len(made) == 54 * 5 - 1, "nine o’clock today has just begun"
    assert len(found) <= 30
    assert not slots.fill(plan, marketer).new


def test_the_page_asks_the_same_for_one_slot_and_for_many(plan, tuesday, marketer, signed_in, write, brand):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(plan)).status_code == 200
        return len(found)

    client = signed_in(marketer)
    slots.fill(plan, marketer)
    queries()
    one = queries()
    for weekday in (2, 3, 4):
        Slot.objects.create(plan=plan, weekday=weekday, time="12:00", theme="More")
        write("Besides", at=local(brand, MONDAY + timedelta(days=weekday), 20))
    slots.fill(plan, marketer)
    assert queries() == one <= 25
