"""Several people press at the same moment: real threads on the real database."""

from datetime import time, timedelta

import pytest

from brands.versions import EditConflict
from calendar_app import series_changes, series_posts
from calendar_app.models import Post, PostEvent, Publication, Series
from calendar_app.tests.test_slots_at_the_same_time import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def daily(brand, telegram, marketer) -> Series:
    start = brand.today() + timedelta(days=1)
    row = Series.objects.create(brand=brand, title="Tip", start=start, clock=time(10), count=30, frequency="daily")
    row.channels.set([telegram])
    return row


def again(row: Series) -> Series:
    return Series.objects.select_related("brand").get(pk=row.pk)


def test_four_people_make_the_posts_of_a_series_once(daily, marketer):
    made = sorted(at_once(lambda: len(series_posts.make(again(daily), marketer).new), times=4))
    assert made == [0, 0, 0, 30]
    assert Post.objects.count() == Publication.objects.count() == PostEvent.objects.count() == 30


def test_of_two_who_end_it_one_is_told(daily, marketer):
    series_posts.make(daily, marketer)

    def press() -> bool:
        try:
            series_changes.end(again(daily), daily.start + timedelta(days=4), 1, marketer)
        except EditConflict:
            return False
        return True

    assert sorted(at_once(press, times=3)) == [False, False, True]
    assert Post.objects.count() == 5


def test_days_left_out_at_once_are_all_left_out(daily, marketer):
    series_posts.make(daily, marketer)
    days = iter([daily.start + timedelta(days=number) for number in range(4)])
    at_once(lambda: series_changes.skip(again(daily), next(days), marketer), times=4)
    assert len(again(daily).skipped) == 4 and Post.objects.count() == 26
