"""What the calendar holds of each kind of content, beside what was planned."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_app.mix import held, one_sided_months, purposes_by_month
from calendar_app.models import Post
from calendar_app.tests.conftest import local
from strategies.content import Purpose

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(strategy):
    return lambda dimension="format": f"/brands/choyxona/calendar/mix/{strategy.pk}/{dimension}/"


@pytest.fixture
def yesterday(brand):
    return local(brand, brand.today() - timedelta(days=1), 10)


def test_published_and_planned_are_counted_apart_and_each_post_once(strategy, write, telegram, instagram, yesterday, pillar):
    soon = yesterday + timedelta(days=3)
    write("Out on two channels", yesterday, "published", [telegram, instagram], strategy=strategy, format="image", pillar=pillar)
    write("To come", soon, "scheduled", strategy=strategy, format="reel")
    write("Says nothing", yesterday, "published", strategy=strategy)
    write("Called off", soon, "cancelled", strategy=strategy, format="live")
    write("Of no strategy", yesterday, "published", format="live")
    Post.objects.create(brand=strategy.brand, strategy=strategy, title="Only an idea", format="live")
    found = held(strategy)["format"]
    assert (found.published, found.planned) == (Counter(image=1), Counter(reel=1))
    assert (found.silent_published, found.silent_planned) == (1, 0)
    assert held(strategy)["pillar"].published == {str(pillar.pk): 1}


def test_the_window_sets_plan_beside_actual_in_words(signed_in, viewer, url, strategy, write, yesterday):
    strategy.mix_targets.create(dimension="format", value="image", share=30)
    strategy.mix_targets.create(dimension="format", value="reel", share=70)
    for number in range(8):
        form = "image" if number < 6 else "reel"
        write(f"Post {number}", yesterday - timedelta(hours=number), "published", strategy=strategy, format=form)
    page = signed_in(viewer).get(url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "45 points more than planned" in page
    assert "45 points less than planned" in page
    assert "75\xa0%" in page
    assert "8 published posts, 0 without this entry." in page


def test_few_posts_are_not_judged(signed_in, viewer, url, strategy, write, yesterday):
    strategy.mix_targets.create(dimension="format", value="reel", share=100)
    write("One", yesterday, "published", strategy=strategy, format="image")
    assert "too few posts to say" in signed_in(viewer).get(url()).content.decode()


def test_shares_that_are_no_whole_are_no_plan(signed_in, viewer, url, strategy, write, yesterday):
    strategy.mix_targets.create(dimension="format", value="reel", share=60)
    write("One", yesterday, "published", strategy=strategy, format="reel")
    page = signed_in(viewer).get(url()).content.decode()
    assert "60 %" not in page


def test_pillars_have_a_window_of_their_own(signed_in, viewer, strategy, write, yesterday, pillar):
    write("One", yesterday, "published", strategy=strategy, pillar=pillar)
    page = signed_in(viewer).get(f"/brands/choyxona/calendar/mix/{strategy.pk}/pillars/").content.decode()
    assert "Tea" in page
    assert "(1)" in page


def test_an_empty_calendar_says_so(signed_in, viewer, url):
    assert "No post of this strategy says this yet." in signed_in(viewer).get(url()).content.decode()


def test_a_way_to_divide_that_is_none_is_not_found(signed_in, viewer, url):
    assert signed_in(viewer).get(url("nonsense")).status_code == 404


def test_strangers_see_no_mix(signed_in, stranger, url):
    assert signed_in(stranger).get(url()).status_code == 404


def test_a_kind_of_content_is_taken_over_as_an_idea(signed_in, marketer, strategy):
    url = f"/brands/choyxona/calendar/mix/{strategy.pk}/ideas/"
    signed_in(marketer).post(url, {"kind": "how_to"})
    idea = Post.objects.get()
    assert (idea.state, idea.strategy, idea.format, idea.purpose) == ("idea", strategy, "video", "attract")
    assert signed_in(marketer).post(url, {"kind": "magic"}).status_code == 404


def test_viewers_take_no_ideas_over(signed_in, viewer, strategy):
    url = f"/brands/choyxona/calendar/mix/{strategy.pk}/ideas/"
    assert signed_in(viewer).post(url, {"kind": "how_to"}).status_code == 403


def test_three_posts_cost_the_window_no_more_queries_than_one(signed_in, viewer, url, strategy, write, yesterday):
    client = signed_in(viewer)
    write("Post", yesterday, "published", strategy=strategy, format="image")
    with CaptureQueriesContext(connection) as one:
        client.get(url())
    for number, form in enumerate(("reel", "story")):
        write(f"Post {number}", yesterday, "published", strategy=strategy, format=form)
    with CaptureQueriesContext(connection) as three:
        client.get(url())
    assert len(three) == len(one) <= 25


def test_purposes_are_counted_by_the_month_of_the_brands_zone(strategy, brand, write):
    midnight = local(brand, date(2027, 3, 1), 0, 30)  # still February in UTC
    write("March", midnight, "published", strategy=strategy, purpose="attract")
    write("February", midnight - timedelta(hours=1), "scheduled", strategy=strategy, purpose="engage")
    write("Missed", midnight, "missed", strategy=strategy, purpose="engage")
    write("Later", midnight + timedelta(days=40), "scheduled", strategy=strategy, purpose="engage")
    months = purposes_by_month(strategy, date(2027, 2, 1), date(2027, 3, 31))
    assert months == {date(2027, 2, 1): Counter(engage=1), date(2027, 3, 1): Counter(attract=1)}


def test_a_month_of_one_purpose_is_named():
    months = {
        date(2027, 1, 1): {"attract": 3, "engage": 2},
        date(2027, 2, 1): {"attract": 4},
        date(2027, 3, 1): {"engage": 1},
        date(2027, 4, 1): {},
    }
    assert one_sided_months(months) == [(date(2027, 2, 1), Purpose.ATTRACT), (date(2027, 3, 1), Purpose.ENGAGE)]
    assert one_sided_months(months, at_least=2) == [(date(2027, 2, 1), Purpose.ATTRACT)]
