"""Week, board, quarter, list, month and day: the same post in all of them, in few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.searching import patterns
from calendar_app.models import Campaign, Post, Publication
from calendar_app.quarter_page import lanes_of, months_of
from calendar_app.tests.conftest import local
from strategies.weeks import monday

pytestmark = pytest.mark.once

VIEWS = ("month", "week", "list", "board", "quarter")


def url(brand, name: str, *args, query: str = "") -> str:
    return reverse(f"calendar:{name}", args=[brand.slug, *args]) + query


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- the same in all


def test_the_same_post_shows_the_same_in_every_view(brand, lead, write, tomorrow, pillar, signed_in):
    write("Night tea", at=local(brand, tomorrow, 23, 30), status="scheduled", state="approved", pillar=pillar)
    client = signed_in(lead)
    for address in (
        url(brand, "month", query=f"?month={tomorrow:%Y-%m}"),
        url(brand, "week", query=f"?week={tomorrow}"),
        url(brand, "list"),
        url(brand, "board"),
        url(brand, "day", tomorrow),
    ):
        page = read(client, address)
        assert "Night tea" in page and "23:30" in page and "Scheduled" in page, address


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_the_same_for_one_post_and_for_many(brand, lead, telegram, strategy, pillar, write, signed_in, view):
    client, counts = signed_in(lead), []
    for number in (1, 30):
        for each in range(number):
            write(f"Tea {number}-{each}", at=local(brand, brand.today(), 9 + each % 9), pillar=pillar, owner=lead)
            Campaign.objects.create(brand=brand, name="Sale", start=brand.today(), end=brand.today(), strategy=strategy)
        with CaptureQueriesContext(connection) as queries:
            read(client, url(brand, view))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("view", [*VIEWS, "content", "saved_views"])
def test_everybody_of_the_brand_may_look_and_nobody_else(brand, viewer, stranger, signed_in, view):
    assert signed_in(viewer).get(url(brand, view)).status_code == 200
    assert signed_in(stranger).get(url(brand, view)).status_code == 404


@pytest.mark.parametrize("query", ["?week=x", "?week=9999-12-31", "?from=0001-01-01", "?week=2027-02-30", "?q=%00%F0&status=no"])
@pytest.mark.parametrize("view", ["week", "quarter", "board", "content"])
def test_an_address_that_makes_no_sense_shows_today(brand, viewer, signed_in, view, query):
    assert signed_in(viewer).get(url(brand, view, query=query)).status_code == 200


# --- week


def test_the_week_begins_with_working_hours_and_shows_others_only_where_something_stands(brand, viewer, write, signed_in):
    day = monday(brand.today())
    client = signed_in(viewer)
    assert client.get(url(brand, "week")).context["page"].hours == list(range(8, 21))
    write("Early tea", at=local(brand, day, 5, 15))
    assert client.get(url(brand, "week")).context["page"].hours == [5, *range(8, 21)]


def test_a_crowded_hour_shows_four_and_a_way_to_the_rest(brand, viewer, write, signed_in):
    day = monday(brand.today())
    for minute in range(7):
        write(f"Tea {minute}", at=local(brand, day, 10, minute))
    page = read(signed_in(viewer), url(brand, "week"))
    assert "Tea 3" in page and "Tea 4" not in page and "+3 more" in page


def test_the_rest_of_a_day_opens_in_its_place(brand, viewer, write, tomorrow, signed_in):
    for hour in range(8, 16):
        write(f"Tea at {hour}", at=local(brand, tomorrow, hour))
    answer = signed_in(viewer).get(url(brand, "day", tomorrow), headers={"HX-Request": "true"})
    assert answer.content.decode().count("data-chip ") == 8 and "<html" not in answer.content.decode()


def test_a_week_leads_to_the_ones_beside_it_with_the_filters(brand, viewer, telegram, signed_in):
    page = read(signed_in(viewer), url(brand, "week", query=f"?week=2027-03-10&channel={telegram.pk}"))
    assert f"?week=2027-03-01&amp;channel={telegram.pk}" in page and f"?week=2027-03-15&amp;channel={telegram.pk}" in page


# --- board


def test_posts_stand_in_the_column_of_their_status(brand, viewer, write, tomorrow, signed_in):
    at = local(brand, tomorrow, 10)
    write("An idea", state="idea")
    write("Waiting", at=at, state="in_review")
    write("Ready", at=at, state="approved", status="scheduled")
    columns = {
        column.name: [card.post.title for card in column.cards]
        for column in signed_in(viewer).get(url(brand, "board")).context["page"].columns
    }
    assert columns == {
        "idea": ["An idea"], "draft": [], "in_review": ["Waiting"], "approved": [], "scheduled": ["Ready"], "published": [],
    }  # fmt: skip


def test_what_went_wrong_has_a_column_only_where_something_did(brand, viewer, write, signed_in):
    yesterday = local(brand, brand.today() - timedelta(1), 10)
    write("Forgotten", at=yesterday, state="approved", status="missed")
    write("Long gone", at=yesterday - timedelta(days=30), state="approved", status="published")
    columns = {column.name: column.total for column in signed_in(viewer).get(url(brand, "board")).context["page"].columns}
    assert columns["missed"] == 1 and columns["published"] == 0 and "due" not in columns


def test_a_long_column_shows_its_next_ones_and_counts_the_rest(brand, viewer, write, tomorrow, signed_in):
    for number in range(15):
        write(f"Tea {number:02d}", at=local(brand, tomorrow, 9) + timedelta(hours=number))
    page = signed_in(viewer).get(url(brand, "board"))
    (drafts,) = [column for column in page.context["page"].columns if column.name == "draft"]
    assert drafts.cards[0].post.title == "Tea 00" and drafts.total == 15 and "+3 more" in page.content.decode()


# --- quarter


def campaign(name: str, start: date, days: int) -> Campaign:
    return Campaign(pk=None, name=name, start=start, end=start + timedelta(days=days - 1))


def test_campaigns_share_a_row_where_they_do_not_meet():
    first = date(2027, 3, 1)
    early, late = campaign("Early", first, 10), campaign("Late", first + timedelta(days=21), 7)
    beside = campaign("Beside", first + timedelta(days=7), 7)
    lanes = lanes_of([late, early, beside], first)
    assert [[(bar.campaign and bar.campaign.name, bar.weeks) for bar in lane] for lane in lanes] == [
        [("Early", 2), (None, 1), ("Late", 1), (None, 9)], [(None, 1), ("Beside", 1), (None, 11)],
    ]  # fmt: skip


def test_a_campaign_that_goes_on_is_cut_at_the_edges():
    first = date(2027, 3, 1)
    ((bar,),) = lanes_of([campaign("Long", first - timedelta(days=20), 200)], first)
    assert (bar.weeks, bar.goes_on_before, bar.goes_on_after) == (13, True, True)


def test_weeks_belong_to_the_month_they_begin_in():
    mondays = [date(2027, 3, 29) + timedelta(weeks=number) for number in range(3)]
    assert months_of(mondays) == [(date(2027, 3, 1), 1), (date(2027, 4, 1), 2)]


def test_the_quarter_counts_each_channels_posts_against_the_strategy(brand, viewer, telegram, strategy, write, signed_in):
    for hour in (9, 10):
        write(f"Tea {hour}", at=local(brand, brand.today(), hour))
    page = signed_in(viewer).get(url(brand, "quarter")).context["page"]
    (cell,) = [cell for cell in page.rows[0].cells if cell.planned]
    assert (cell.planned, cell.target, cell.word) == (2, 3, "few")


def test_key_dates_stand_in_the_week_and_the_quarter(brand, viewer, signed_in):
    brand.key_dates.create(name="The shop’s birthday", start=brand.today(), kind="event")
    client = signed_in(viewer)
    for view in ("week", "quarter"):
        assert "The shop’s birthday" in read(client, url(brand, view))


# --- filters and search


@pytest.mark.parametrize(("name", "value"), [("format", "video"), ("stage", "advocacy"), ("kind", "promo")])
def test_posts_are_filtered_by_what_they_are(brand, viewer, write, tomorrow, signed_in, name, value):
    column = {"format": "format", "stage": "journey_stage", "kind": "kind"}[name]
    write("Wanted", at=local(brand, tomorrow, 10), **{column: value})
    write("Other", at=local(brand, tomorrow, 11))
    page = read(signed_in(viewer), url(brand, "list", query=f"?{name}={value}"))
    assert "Wanted" in page and ">Other<" not in page


@pytest.mark.parametrize("asked", ["qoʻy", "qo'y", "QO‘Y", "yungi qo`y", "qo’y"])
def test_words_are_found_however_their_apostrophe_was_typed(brand, viewer, write, tomorrow, signed_in, asked):
    write("Yangi rang", text="Yungi qoʻyniki, 40% jun", at=local(brand, tomorrow, 10))
    write("Choy", at=local(brand, tomorrow, 11))
    page = read(signed_in(viewer), url(brand, "list", query=f"?q={asked}"))
    assert "Yangi rang" in page and ">Choy<" not in page


def test_signs_that_mean_something_in_patterns_are_looked_for_as_they_are(brand, viewer, write, tomorrow, signed_in):
    write("Now (50%)", at=local(brand, tomorrow, 10))
    client = signed_in(viewer)
    assert "Now (50%)" in read(client, url(brand, "list", query="?q=(50%25)"))
    assert "Now (50%)" not in read(client, url(brand, "list", query="?q=N.w"))


def test_only_so_many_words_are_looked_for():
    assert len(patterns("a " * 500)) == 8 and patterns("\x00") == []


# --- saved views


def test_a_view_is_kept_with_its_filters_and_opened_again(brand, viewer, telegram, signed_in):
    client = signed_in(viewer)
    query = f"channel={telegram.pk}&q=tea&page=3&next=//evil"
    answer = client.post(url(brand, "saved_views"), {"name": "Tea", "view": "board", "query": query})
    assert answer["Location"] == url(brand, "board", query=f"?channel={telegram.pk}&q=tea")
    assert "Tea" in read(client, url(brand, "saved_views"))


def test_the_same_name_again_replaces_the_view(brand, viewer, signed_in):
    client = signed_in(viewer)
    for view in ("month", "week"):
        client.post(url(brand, "saved_views"), {"name": "Mine", "view": view, "query": ""})
    assert list(brand.saved_views.values_list("view", flat=True)) == ["week"]


def test_a_view_without_a_name_is_told_so_and_one_from_elsewhere_is_the_month(brand, viewer, signed_in):
    client = signed_in(viewer)
    assert client.post(url(brand, "saved_views"), {"name": "", "view": "week"}).status_code == 422
    client.post(url(brand, "saved_views"), {"name": "Odd", "view": "../admin", "query": ""})
    assert brand.saved_views.get().view == "month"


def test_views_are_ones_own(brand, viewer, lead, signed_in):
    row = brand.saved_views.create(user=lead, name="Hers", view="list")
    client = signed_in(viewer)
    assert "Hers" not in read(client, url(brand, "saved_views"))
    assert client.post(url(brand, "delete_saved_view", row.pk)).status_code == 404
    signed_in(lead).post(url(brand, "delete_saved_view", row.pk))
    assert not brand.saved_views.exists()


# --- the mix of a span


def test_the_content_of_a_span_stands_beside_the_plan(brand, viewer, strategy, pillar, write, tomorrow, signed_in):
    strategy.mix_targets.create(dimension="format", value="video", share=100)
    write("A film", at=local(brand, tomorrow, 10), pillar=pillar, strategy=strategy, format="video")
    write("Later", at=local(brand, tomorrow + timedelta(days=40), 10), pillar=pillar, format="image")
    sections = signed_in(viewer).get(url(brand, "content", query=f"?first={tomorrow}&last={tomorrow}")).context["sections"]
    assert sections[0].title == "Pillar"
    (film,) = [row for row in sections[1].rows if row.value == "video"]
    assert (film.planned, film.target) == (1, 100) and sections[1].found.total_planned == 1


def test_a_move_to_an_hour_of_the_week_keeps_nothing_but_what_was_dropped(brand, lead, write, tomorrow, signed_in):
    post = write("Tea", at=local(brand, tomorrow, 9, 15))
    row = post.publications.get()
    values = {"day": str(tomorrow), "clock": "14:15", "version": row.version, "dragged": "1"}
    assert signed_in(lead).post(url(brand, "move", row.pk), values, headers={"HX-Request": "true"}).status_code == 200
    assert Publication.objects.get(pk=row.pk).at == local(brand, tomorrow, 14, 15)
    assert Post.objects.count() == 1
