from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Membership, Notification
from calendar_app.models import Post, Publication
from calendar_app.tests.conftest import local
from calendar_app.workload import workload
from strategies.weeks import monday


@pytest.fixture
def this_week(brand):
    return monday(brand.today())


@pytest.fixture
def hours(brand, this_week):
    """The hours of each person (None: nobody) in the eight weeks."""
    return lambda: {row.user and row.user.name: [cell.hours for cell in row.cells] for row in workload(brand, this_week)}


@pytest.fixture
def address(brand):
    return reverse("calendar:workload", args=[brand.slug])


def test_a_post_counts_with_its_own_hours_else_the_strategys_else_one(brand, lead, marketer, strategy, telegram, instagram, write,
                                                                        this_week, hours):  # fmt: skip
    strategy.strategy_channels.update(hours_per_post=Decimal("2.5"))
    at = local(brand, this_week, 10)
    write(at=at, owner=lead, hours=4)
    write(at=at, owner=marketer, strategy=strategy, channels=[telegram, instagram])
    write(at=at + timedelta(days=7))
    assert hours() == {
        "Lead": [4, *[0] * 7],
        "Marketer": [Decimal("3.5"), *[0] * 7],
        None: [0, 1, *[0] * 6],
    }


def test_own_hours_count_once_in_the_week_of_the_first_channel(brand, lead, telegram, instagram, write, this_week, hours):
    post = write(at=local(brand, this_week, 10), owner=lead, hours=4, channels=[telegram, instagram])
    Publication.objects.filter(post=post, channel=instagram).update(at=local(brand, this_week + timedelta(days=7), 10))
    assert hours()["Lead"] == [4, *[0] * 7]


def test_weeks_are_those_of_the_brands_zone(brand, lead, write, this_week, hours):
    write(at=local(brand, this_week, 0, 30), owner=lead)
    write(at=local(brand, this_week + timedelta(days=6), 23, 30), owner=lead)
    write(at=local(brand, this_week + timedelta(days=7), 0, 0), owner=lead)
    write(at=local(brand, this_week - timedelta(days=1), 23, 59), owner=lead)
    assert hours()["Lead"] == [2, 1, *[0] * 6]


def test_called_off_and_imported_posts_take_no_hours(brand, lead, write, this_week, hours):
    write(at=local(brand, this_week, 10), owner=lead, status="cancelled")
    found = write(at=local(brand, this_week, 10), owner=lead, status="published")
    found.publications.update(origin="import")
    assert hours()["Lead"] == [0] * 8


@pytest.mark.parametrize(("available", "word"), [(2, "too much"), (3, "nearly full"), (9, "fits"), (0, "no hours given")])
def test_a_week_is_told_by_a_word(brand, lead, write, this_week, address, signed_in, available, word):
    Membership.objects.filter(user=lead).update(hours_per_week=available)
    write(at=local(brand, this_week, 10), owner=lead, hours=Decimal("2.8"))
    said = signed_in(lead).get(address).text
    assert word in said and f"?owner={lead.pk}&amp;week={this_week}" in said


def test_who_has_left_still_shows_with_their_posts(brand, lead, stranger, write, this_week, address, signed_in):
    write(at=local(brand, this_week, 10), owner=stranger)
    assert "has left the brand" in signed_in(lead).get(address).text


@pytest.mark.parametrize("asked", ["", "x", "2026-13-01", "0001-01-01", "9999-12-31", "%00"])
def test_garbage_for_a_week_shows_a_page(lead, address, signed_in, asked):
    assert signed_in(lead).get(f"{address}?from={asked}").status_code == 200


def test_one_post_and_many_take_the_same_queries(
    brand, lead, marketer, write, this_week, address, signed_in, django_assert_num_queries
):
    client = signed_in(lead)
    write(at=local(brand, this_week, 10), owner=lead)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for owner in (lead, marketer, None):
        write(at=local(brand, this_week, 10), owner=owner)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_viewers_see_no_hours(viewer, address, signed_in):
    assert signed_in(viewer).get(address).status_code == 403


# --- giving away what nobody owns


@pytest.fixture
def unowned(brand, this_week):
    return reverse("calendar:unowned", args=[brand.slug, f"{this_week}"])


def test_posts_without_an_owner_are_given_to_somebody(
    brand, lead, marketer, telegram, instagram, write, this_week, unowned, signed_in
):
    posts = [write(f"Tea {number}", at=local(brand, this_week, 10), channels=[telegram, instagram]) for number in range(3)]
    client = signed_in(lead)
    assert client.get(unowned).text.count('name="post"') == 3
    said = {"post": [f"{post.pk}-1" for post in posts[:2]], "owner": marketer.pk}
    assert client.post(unowned, said).status_code == 302
    assert list(Post.objects.filter(owner=marketer).values_list("title", "version")) == [("Tea 1", 2), ("Tea 0", 2)]
    assert Notification.objects.filter(user=marketer, kind="post_assigned").count() == 2
    assert posts[0].events.get().verb == "assign"


def test_a_post_that_changed_meanwhile_gives_none_away(brand, lead, marketer, write, this_week, unowned, signed_in):
    posts = [write(at=local(brand, this_week, 10)) for _ in range(2)]
    Post.objects.filter(pk=posts[1].pk).update(version=5)
    said = {"post": [f"{post.pk}-1" for post in posts], "owner": marketer.pk}
    assert signed_in(lead).post(unowned, said).status_code == 409
    assert not Post.objects.exclude(owner=None).exists() and not Notification.objects.exists()


def test_only_members_get_posts_and_only_the_brands_own(brand, lead, viewer, stranger, write, this_week, unowned, signed_in):
    post, client = write(at=local(brand, this_week, 10)), signed_in(lead)
    other = Post.objects.create(brand=stranger.memberships.get().brand, title="Other")
    assert client.post(unowned, {"post": f"{post.pk}-1", "owner": stranger.pk}).status_code == 422
    assert client.post(unowned, {"post": f"{post.pk}-1", "owner": viewer.pk}).status_code == 422
    assert client.post(unowned, {"post": f"{other.pk}-1", "owner": lead.pk}).status_code == 409
    for garbage in ({}, {"post": "x", "owner": lead.pk}, {"post": f"{'9' * 30}-1", "owner": lead.pk}, {"post": f"{post.pk}-1"}):
        assert client.post(unowned, garbage).status_code == 422
    assert not Post.objects.exclude(owner=None).exists()


def test_a_week_that_is_none_is_not_found(brand, lead, signed_in):
    assert signed_in(lead).get(reverse("calendar:unowned", args=[brand.slug, "x"])).status_code == 404


def test_hours_that_a_post_takes_are_said_while_writing(brand, marketer, write, tomorrow, signed_in):
    post, client = write(at=local(brand, tomorrow, 10), owner=marketer), signed_in(marketer)
    form = client.get(reverse("calendar:post", args=[brand.slug, post.pk])).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "adds_utm"} | {"hours": "2.5"}
    for plan in form.plans:
        sent |= {plan.add_prefix(name): plan[name].value() or "" for name in plan.fields}
    client.post(reverse("calendar:save_post", args=[brand.slug, post.pk]), sent)
    post.refresh_from_db()
    assert post.hours == Decimal("2.5")
