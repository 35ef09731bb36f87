import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendar_app import activity
from calendar_app.models import PostEvent


@pytest.fixture
def address(brand):
    return reverse("calendar:activity", args=[brand.slug])


@pytest.fixture
def happens(write):
    def happens(verb: str, actor=None, title: str = "Green tea", **more) -> PostEvent:
        return PostEvent.objects.create(post=write(title), verb=verb, actor=actor, **more)

    return happens


def test_the_feed_tells_who_did_what_with_which_post(lead, marketer, happens, address, signed_in):
    happens("create", marketer, "Black tea")
    happens("approve", lead, was="in_review", became="approved")
    happens("due", was="scheduled", became="due")
    happens("unheard_of", lead, was="", became="who knows")
    said = signed_in(lead).get(address).text
    for words in ("Marketer", "created it", "Black tea", "In review → Approved", "Automatically", "Scheduled → Due", "who knows"):
        assert words in said


def test_viewers_read_no_internal_notes(lead, viewer, happens, address, signed_in):
    happens("return", lead, was="in_review", became="changes_requested", note="The client will hate it")
    assert "hate it" in signed_in(lead).get(address).text
    said = signed_in(viewer).get(address).text
    assert "hate it" not in said and "Changes requested" in said


def test_it_is_filtered_by_person_and_by_kind_of_act(lead, marketer, happens, address, signed_in):
    happens("create", marketer, "Black tea")
    happens("move", marketer, "White tea")
    happens("create", lead, "Red tea")
    client = signed_in(lead)
    said = client.get(f"{address}?person={marketer.pk}&act=written").text
    assert "Black tea" in said and "White tea" not in said and "Red tea" not in said
    assert "Nothing here fits" in client.get(f"{address}?person={lead.pk}&act=moved").text


def test_pages_follow_each_other_without_gaps_or_repeats(lead, happens, address, signed_in, monkeypatch):
    monkeypatch.setattr(activity, "PER_PAGE", 2)
    events = [happens("create", lead) for _ in range(5)]
    client, shown, before = signed_in(lead), [], ""
    while before is not None:
        feed = client.get(address, {"before": before}).context["feed"]
        shown += [event.pk for event in feed.events]
        before = feed.older
    assert shown == [event.pk for event in reversed(events)]


def test_other_brands_do_not_show(stranger, lead, happens, address, signed_in):
    happens("create", lead, "Black tea")
    assert signed_in(stranger).get(address).status_code == 404
    own = reverse("calendar:activity", args=[stranger.memberships.get().brand.slug])
    assert "Nothing has happened yet" in signed_in(stranger).get(own).text


@pytest.mark.parametrize("asked", ["person=x", "person=999", "act=x", "before=x", "before=-1", f"before={'9' * 19}", "before=%00", f"before={'9' * 40}"])  # fmt: skip
def test_garbage_in_the_address_shows_a_page(lead, address, signed_in, asked):
    assert signed_in(lead).get(f"{address}?{asked}").status_code == 200


def test_one_step_and_three_take_the_same_queries(lead, marketer, happens, address, signed_in, django_assert_num_queries):
    client = signed_in(lead)
    happens("create", lead)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for actor in (lead, marketer, None):
        happens("create", actor)
    with django_assert_num_queries(len(one)):
        client.get(address)
