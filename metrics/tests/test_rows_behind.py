from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import Role
from calendar_app.models import Post, Publication
from metrics.models import Observation

DAY = timedelta(days=1)


def rows_page(client, kpi, query=""):
    return client.get(reverse("metrics:rows", args=["atlas", kpi]) + query)


def listed(client, kpi, query=""):
    """(measure, day, value) of the first page of rows."""
    page = rows_page(client, kpi, query).context["page"]
    return [(row.measure, row.start, int(row.value)) for row in page.object_list]


def ago(brand, days):
    return str(brand.today() - days * DAY)


@pytest.fixture
def publication(brand, instagram):
    moment = timezone.now() - 3 * DAY
    post = Post.objects.create(brand=brand, title="Adras", state=Post.State.APPROVED)
    return Publication.objects.create(
        brand=brand, post=post, channel=instagram, at=moment, published_at=moment, status=Publication.Status.PUBLISHED
    )


def test_the_rows_are_those_that_were_added_up(client, marketer, brand, instagram, record):
    for measure, value in {"likes": 20, "comments": 5, "shares": 3, "views": 1000, "profile_visits": 7}.items():
        record(measure, ago(brand, 2), value, channel=instagram)
    record("likes", ago(brand, 60), 99, channel=instagram)
    found = listed(client, "audience_engagement")
    assert sorted(value for _measure, _day, value in found) == [3, 5, 20, 1000]
    working = client.get(reverse("metrics:working", args=["atlas", "audience_engagement"])).context["working"]
    assert working.behind.count == len(found)


def test_the_other_ledger_of_the_same_events_is_not_behind_a_figure(client, marketer, brand, instagram, record, publication):
    record("likes", ago(brand, 2), 20, channel=instagram)
    record("views", ago(brand, 2), 100, channel=instagram)
    record("likes", ago(brand, 3), 555, end=ago(brand, 1), channel=instagram, publication=publication)
    assert 555 not in {value for _measure, _day, value in listed(client, "audience_engagement")}


def test_only_the_newest_snapshot_of_a_post_is_behind_its_figure(client, marketer, brand, instagram, record, publication):
    for measure, early, late in (("likes", 10, 40), ("comments", 1, 2), ("shares", 1, 2), ("views", 500, 900)):
        record(measure, ago(brand, 3), early, end=ago(brand, 2), channel=instagram, publication=publication)
        record(measure, ago(brand, 3), late, end=ago(brand, 1), channel=instagram, publication=publication)
    assert sorted(value for _measure, _day, value in listed(client, "audience_engagement")) == [2, 2, 40, 900]


def test_a_growth_shows_the_rows_of_both_periods(client, marketer, brand, instagram, record):
    record("leads", ago(brand, 2), 8, channel=instagram)
    record("leads", ago(brand, 40), 5, channel=instagram)
    assert {value for _measure, _day, value in listed(client, "lead_growth")} == {8, 5}


def test_a_stock_shows_the_rows_at_both_ends(client, marketer, brand, instagram, record):
    for days, value in ((40, 100), (20, 120), (2, 150)):
        record("followers", ago(brand, days), value, channel=instagram)
    assert {value for _measure, _day, value in listed(client, "follower_growth_rate")} == {100, 150}


def test_a_viewer_sees_no_rows_of_money(client, person_in, brand):
    client.force_login(person_in(Role.VIEWER))
    assert rows_page(client, "roi").status_code == 403
    assert rows_page(client, "audience_engagement").status_code == 200


@pytest.mark.parametrize("query", ["?page=-1", "?page=x", "?page=99999", "?channel=%00", "?preset=own&start=x"])
def test_garbage_in_the_address_harms_nothing(query, client, marketer, brand, instagram, record):
    record("likes", ago(brand, 2), 20, channel=instagram)
    assert rows_page(client, "audience_engagement", query).status_code == 200


def test_rows_cost_the_same_queries_however_many(client, marketer, brand, instagram, record, count_queries):
    url = reverse("metrics:rows", args=["atlas", "audience_engagement"])
    for measure in ("likes", "comments", "shares", "views"):
        record(measure, ago(brand, 1), 5, channel=instagram)
    few = count_queries(client, url)
    for days in (2, 3):
        for measure in ("likes", "comments", "shares", "views"):
            record(measure, ago(brand, days), 5, channel=instagram)
    assert Observation.objects.count() == 12
    assert count_queries(client, url) == few
