from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendar_app.models import Campaign, Post, Publication
from calendar_app.tests.conftest import local, soon
from strategies.models import Stage, StageState
from strategies.weeks import monday

pytestmark = pytest.mark.once


def url(brand, name="month", *args):
    return reverse(f"calendar:{name}", args=[brand.slug, *args])


def many(brand, channel, number, pillar=None):
    """`number` posts over this month."""
    first = brand.today().replace(day=1)
    posts = Post.objects.bulk_create(
        Post(brand=brand, title=f"Tea {n}", pillar=pillar, strategy=pillar and pillar.strategy) for n in range(number)
    )
    Publication.objects.bulk_create(
        Publication(brand=brand, post=post, channel=channel, at=local(brand, first + timedelta(days=n % 28), 8 + n % 12))
        for n, post in enumerate(posts)
    )


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_month_with_3000_posts_asks_as_little_as_one_with_3(brand, lead, telegram, strategy, pillar, signed_in):
    client = signed_in(lead)
    # As after the first look at a strategy: the frame reads its five dots.
    StageState.objects.bulk_create(StageState(strategy=strategy, stage=stage) for stage in Stage)
    many(brand, telegram, 3, pillar)
    few = queries(client, url(brand))
    many(brand, telegram, 2997, pillar)
    assert queries(client, url(brand)) == few <= 12


@pytest.mark.parametrize("name", ["list", "campaigns"])
def test_lists_ask_the_same_for_one_row_and_for_three(brand, lead, telegram, strategy, pillar, signed_in, name):
    client = signed_in(lead)
    counts = []
    for _ in range(3):
        many(brand, telegram, 1, pillar)
        Campaign.objects.create(brand=brand, name="Sale", start=brand.today(), end=brand.today(), strategy=strategy)
        counts.append(queries(client, url(brand, name)))
    assert counts[0] == counts[1] == counts[2]


def test_a_day_asks_the_same_for_one_row_and_for_three(brand, lead, telegram, pillar, write, tomorrow, signed_in):
    client, counts = signed_in(lead), []
    for number in range(3):
        write(f"Tea {number}", at=local(brand, tomorrow, 9 + number), pillar=pillar, owner=lead)
        counts.append(queries(client, url(brand, "day", tomorrow)))
    assert counts[0] == counts[2]


def test_a_post_stands_on_its_day_in_the_brands_zone(brand, lead, write, signed_in):
    today = brand.today()
    write("Late tea", at=local(brand, today, 23, 30))
    page = signed_in(lead).get(url(brand))
    day = next(day for week in page.context["page"].weeks for day in week.days if day.date == today)
    assert [chip.post.title for chip in day.chips] == ["Late tea"] and "23:30" in page.content.decode()


def test_a_full_day_shows_three_and_a_way_to_the_rest(brand, lead, write, tomorrow, signed_in):
    for hour in range(8, 16):
        write(f"Tea at {hour}", at=local(brand, tomorrow, hour))
    client = signed_in(lead)
    page = client.get(url(brand) + f"?month={tomorrow:%Y-%m}").content.decode()
    assert "Tea at 10" in page and "Tea at 11" not in page and "+5 more" in page
    assert url(brand, "day", tomorrow) in page
    assert "Tea at 15" in client.get(url(brand, "day", tomorrow)).content.decode()


def test_ideas_without_a_day_wait_in_the_tray(brand, lead, write, signed_in):
    for number in range(9):
        write(f"Idea {number}", state="idea")
    page = signed_in(lead).get(url(brand)).context["page"]
    assert len(page.ideas) == 6 and page.ideas_total == 9


def test_what_was_called_off_is_shown_only_on_request(brand, lead, write, signed_in):
    write("No tea", at=local(brand, brand.today(), 12), status="cancelled")
    client = signed_in(lead)
    assert "No tea" not in client.get(url(brand)).content.decode()
    assert "No tea" in client.get(url(brand) + "?status=cancelled").content.decode()


def test_filters_narrow_the_month_and_stay_in_the_links(brand, lead, marketer, telegram, instagram, pillar, write, signed_in):
    at = local(brand, brand.today(), 12)
    campaign = Campaign.objects.create(brand=brand, name="Sale", start=brand.today(), end=brand.today())
    write("Mine", at=at, owner=marketer, pillar=pillar, campaign=campaign, state="in_review")
    write("Other", at=at, channels=[instagram], state="draft")
    client = signed_in(lead)
    for name, value in (
        ("channel", telegram.pk),
        ("status", "in_review"),
        ("pillar", pillar.pk),
        ("campaign", campaign.pk),
        ("owner", marketer.pk),
    ):
        page = client.get(url(brand), {name: value}).content.decode()
        assert "Mine" in page and "Other" not in page, name
        assert f"{name}={value}" in page
        listed = client.get(url(brand, "list"), {name: value}).content.decode()
        assert "Mine" in listed and "Other" not in listed, name


@pytest.mark.parametrize(
    "garbage", ["channel=x&status='&pillar=-1&campaign=9999999999999999999999&owner=%00", "channel=1&channel=2&month=", "hx=1"]
)
def test_filters_that_mean_nothing_are_left_out(brand, lead, write, signed_in, garbage):
    write("Tea", at=local(brand, brand.today(), 12))
    for name in ("month", "list"):
        answer = signed_in(lead).get(f"{url(brand, name)}?{garbage}")
        assert answer.status_code == 200 and "Tea" in answer.content.decode()


@pytest.mark.parametrize("month", ["x", "2027-13", "2027-1", "0000-00", "9999-12", "-2027-03", "2027-03-01"])
def test_a_month_that_does_not_exist_is_not_found(brand, lead, signed_in, month):
    assert signed_in(lead).get(url(brand), {"month": month}).status_code == 404


@pytest.mark.parametrize("day", ["x", "2027-02-30", "20270301T", "1999-12-31", "9999-12-31"])
def test_a_day_that_does_not_exist_is_not_found(brand, lead, signed_in, day):
    assert signed_in(lead).get(url(brand, "day", day)).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_does_not_exist_is_the_nearest(brand, lead, write, signed_in, number):
    write(at=soon())
    assert signed_in(lead).get(url(brand, "list"), {"page": number}).status_code == 200


def test_the_list_is_cut_into_pages(brand, lead, telegram, signed_in):
    many(brand, telegram, 51)
    client = signed_in(lead)
    assert "Page 1 of 2" in client.get(url(brand, "list")).content.decode()
    assert len(client.get(url(brand, "list"), {"page": 2}).context["rows"]) == 1


def test_the_list_looks_ahead_and_back(brand, lead, write, signed_in):
    write("Old", at=soon(-50), status="published")
    write("New", at=soon(50))
    write("Some day")
    client = signed_in(lead)
    titles = {
        when: [row.post.title for row in client.get(url(brand, "list"), {"when": when}).context["rows"]]
        for when in ("past", "upcoming", "undated")
    }
    assert titles == {"past": ["Old"], "upcoming": ["New"], "undated": ["Some day"]}


def test_the_cadence_sets_this_week_against_the_plan(brand, lead, telegram, strategy, write, signed_in):
    start = monday(brand.today())
    write(at=local(brand, start, 1), status="published", state="approved")
    write(at=local(brand, start + timedelta(days=6), 22), state="approved")
    write(at=local(brand, start + timedelta(days=7), 10))
    (row,) = signed_in(lead).get(url(brand)).context["page"].cadence
    assert (row.published, row.planned, row.target, row.pips) == (1, 2, 3, ["f", "s", ""])


def test_the_mix_says_which_pillar_is_off(brand, lead, strategy, pillar, write, signed_in):
    pillar.share = 40
    pillar.save()
    write(at=local(brand, brand.today(), 12), pillar=pillar)
    page = signed_in(lead).get(url(brand))
    assert page.context["page"].mix_off.off == 60 and "60 points over the plan" in page.content.decode()


def test_a_campaign_is_a_bar_over_its_days(brand, lead, signed_in):
    Campaign.objects.create(brand=brand, name="Navroʻz", start=brand.today(), end=brand.today() + timedelta(days=2))
    page = signed_in(lead).get(url(brand)).content.decode()
    assert "sp-camp st" in page and "Navroʻz" in page


def test_an_empty_month_says_what_to_do(brand, lead, signed_in):
    assert "Nothing is planned in this month yet" in signed_in(lead).get(url(brand)).content.decode()
    assert "No posts yet" in signed_in(lead).get(url(brand, "list")).content.decode()
    assert "No campaigns yet" in signed_in(lead).get(url(brand, "campaigns")).content.decode()


def test_htmx_gets_only_the_calendar(brand, lead, signed_in):
    answer = signed_in(lead).get(url(brand), headers={"HX-Request": "true", "HX-Target": "cal"}).content.decode()
    assert "<html" not in answer and 'id="cal"' in answer


def test_a_viewer_sees_the_calendar_without_its_tools(brand, viewer, write, signed_in):
    write("Tea", at=local(brand, brand.today(), 12))
    page = signed_in(viewer).get(url(brand)).content.decode()
    assert "Tea" in page and url(brand, "new_post") not in page and "data-dialog-link" not in page


def test_hostile_words_stay_words(brand, lead, write, signed_in):
    write("<script>alert(1)</script>", at=local(brand, brand.today(), 12), text='"><img src=x onerror=alert(1)>')
    client = signed_in(lead)
    for address in (url(brand), url(brand, "list"), url(brand, "post", Post.objects.get().pk)):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
