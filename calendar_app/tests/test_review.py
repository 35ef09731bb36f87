"""The review queue, its keys aside: who sees what, one by one and many at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands.models import Notification, Role
from calendar_app import approval, versions
from calendar_app.approval import STEPS
from calendar_app.models import PostEvent
from calendar_app.tests.conftest import person, soon
from calendar_app.tests.test_posts import fields


def url(brand, name="review", *args):
    return reverse(f"calendar:{name}", args=[brand.slug, *args])


def mode(brand, name: str) -> None:
    brand.approval_mode = name
    brand.save()


@pytest.fixture
def sent(write, marketer):
    """A post of the marketer's that waits in review."""

    def sent(title="Green tea", **fields):
        return write(title, **{"at": soon(), "state": "in_review", "owner": marketer, "created_by": marketer} | fields)

    return sent


def titles(rows):
    return [row.post.title for row in rows]


def test_the_queue_shows_what_goes_out_first(brand, lead, sent, signed_in):
    sent("Later", at=soon(48))
    sent("First", at=soon(2))
    sent("Undated", at=None)
    page = signed_in(lead).get(url(brand))
    assert titles(page.context["queue"].mine) == ["First", "Later", "Undated"]
    assert "First" in page.content.decode() and "Hot tea" in page.content.decode()


def test_an_empty_queue_says_so(brand, lead, viewer, signed_in):
    assert "All is decided" in signed_in(lead).get(url(brand)).content.decode()
    assert "All is decided" in signed_in(viewer).get(url(brand)).content.decode()


def test_approving_goes_on_to_the_next(brand, lead, sent, signed_in):
    first, second = sent("First", at=soon(2)), sent("Second", at=soon(4))
    answer = signed_in(lead).post(url(brand, "review_one", first.pk), {"version": 1, "act": "approve"})
    assert answer.status_code == 302 and answer["Location"].endswith(f"?post={second.pk}")
    first.refresh_from_db()
    assert first.state == "approved"


def test_returning_needs_a_word(brand, lead, sent, signed_in):
    post, client = sent(), signed_in(lead)
    answer = client.post(url(brand, "review_one", post.pk), {"version": 1, "act": "return"})
    assert answer.status_code == 422 and "Say what should change" in answer.content.decode()
    assert client.post(url(brand, "review_one", post.pk), {"version": 1, "act": "return", "why": "The price"}).status_code == 302
    post.refresh_from_db()
    assert post.state == "changes_requested" and post.events.get().note == "The price"
    assert "The price" in client.get(url(brand)).content.decode()


def test_an_old_page_approves_nothing(brand, lead, sent, signed_in):
    post = sent()
    post.save_version(1)
    answer = signed_in(lead).post(url(brand, "review_one", post.pk), {"version": 1, "act": "approve"})
    assert answer.status_code == 409
    post.refresh_from_db()
    assert post.state == "in_review"


def test_words_about_a_post_that_changed_are_kept_and_both_versions_shown(brand, lead, marketer, sent, signed_in):
    post = sent()
    versions.keep(post, versions.content_of(post), marketer)
    client = signed_in(lead)
    shown = client.get(url(brand)).content.decode()
    assert 'name="read" value="1"' in shown and "Two versions" not in shown
    post.text = "Cold tea"
    post.save_version(1)
    versions.keep(post, versions.content_of(post), marketer)
    said = {"version": 1, "read": "1", "act": "return", "why": "The price"}
    answer = client.post(url(brand, "review_one", post.pk), said)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Two versions" in page and ">The price</textarea>" in page
    assert "<del>Hot</del>" in page and "<ins>Cold</ins>" in page
    post.refresh_from_db()
    assert post.state == "in_review"
    assert client.post(url(brand, "review_one", post.pk), said | {"version": 2, "read": "2"}).status_code == 302
    post.refresh_from_db()
    assert post.state == "changes_requested" and post.events.get().note == "The price"


@pytest.mark.parametrize("read", ["", "7", "x", "9" * 30])
def test_without_the_version_that_was_read_the_words_are_kept_all_the_same(brand, lead, sent, signed_in, read):
    post = sent()
    post.save_version(1)
    said = {"version": 1, "read": read, "act": "return", "why": "The price"}
    answer = signed_in(lead).post(url(brand, "review_one", post.pk), said)
    assert answer.status_code == 409 and ">The price</textarea>" in answer.content.decode()


def test_words_about_a_post_that_was_decided_stand_on_its_page(brand, lead, sent, signed_in):
    post = sent(state="approved")
    said = {"version": 1, "act": "return", "why": "The price"}
    answer = signed_in(lead).post(url(brand, "review_one", post.pk), said)
    page = answer.content.decode()
    assert answer.status_code == 409 and "somebody was faster" in page and ">The price</textarea>" in page


def test_a_post_that_was_decided_meanwhile_is_told(brand, lead, sent, signed_in):
    post = sent(state="approved")
    answer = signed_in(lead).post(url(brand, "review_one", post.pk), {"version": 1, "act": "approve"}, follow=True)
    assert "somebody was faster" in answer.content.decode()
    assert signed_in(lead).post(url(brand, "review_one", 99999), {"version": 1}).status_code == 404


def test_many_are_approved_each_by_itself_and_what_failed_is_said(brand, lead, sent, signed_in):
    good, changed, gone = sent("Good"), sent("Changed"), sent("Gone", state="draft")
    changed.save_version(1)
    ticked = [f"{good.pk}:1", f"{changed.pk}:1", f"{gone.pk}:1", "x:1", "7", ""]
    page = signed_in(lead).post(url(brand, "review_many"), {"post": ticked}, follow=True).content.decode()
    states = {post.title: post.state for post in brand.posts.all()}
    assert states == {"Good": "approved", "Changed": "in_review", "Gone": "draft"}
    assert "1 post approved" in page and "“Changed” was changed" in page and "does not wait any more" in page


def test_nothing_ticked_is_asked_for(brand, lead, sent, signed_in):
    sent()
    assert "Tick the posts" in signed_in(lead).post(url(brand, "review_many"), follow=True).content.decode()


def test_what_would_not_go_out_is_marked(brand, lead, sent, signed_in):
    sent(text="a" * 5000)
    assert "Too long by 904" in signed_in(lead).get(url(brand)).content.decode()


@pytest.mark.parametrize("who", ["lead", "marketer", "viewer"])
def test_the_queue_takes_the_same_queries_for_one_and_for_three(brand, who, request, sent, signed_in):
    mode(brand, "two_levels")
    user, lead = request.getfixturevalue(who), request.getfixturevalue("lead")
    client = signed_in(user)

    def pass_on(post):
        approval.take(post, STEPS["pass_on"], brand.memberships.get(user=lead), post.version)

    pass_on(sent("One"))
    with CaptureQueriesContext(connection) as first:
        client.get(url(brand))
    for number in range(2):
        pass_on(sent(f"More {number}"))
    with CaptureQueriesContext(connection) as second:
        client.get(url(brand))
    assert len(first) == len(second) <= 32


# --- who may


def test_a_lead_does_not_approve_what_they_had_a_hand_in(brand, lead, sent, signed_in):
    mode(brand, "required")
    own, edited, free = sent("Own", owner=lead), sent("Edited"), sent("Free")
    PostEvent.objects.create(post=edited, actor=lead, verb="edit")
    client = signed_in(lead)
    queue = client.get(url(brand)).context["queue"]
    assert titles(queue.mine) == ["Free"] and sorted(titles(queue.others)) == ["Edited", "Own"]
    client.post(url(brand, "review_many"), {"post": [f"{post.pk}:1" for post in (own, edited, free)]})
    assert set(brand.posts.filter(state="approved").values_list("title", flat=True)) == {"Free"}


def test_the_only_lead_is_told_what_to_do(brand, lead, sent, signed_in):
    mode(brand, "required")
    post, client = sent(owner=lead), signed_in(lead)
    page = client.get(url(brand, "post", post.pk)).content.decode()
    assert "you are the only lead" in page and reverse("brands:team", args=[brand.slug]) in page
    assert "This brand has one lead" in client.get(reverse("brands:settings", args=[brand.slug])).content.decode()
    person("second", brand, Role.LEAD)
    page = client.get(url(brand, "post", post.pk)).content.decode()
    assert "another lead approves it" in page and "you are the only lead" not in page and "Second approves" in page


def test_whoever_changed_it_last_does_not_approve_it(brand, lead, sent, signed_in):
    mode(brand, "required")
    post, client = sent(), signed_in(lead)
    client.post(url(brand, "save_post", post.pk), fields(post, text="Cold tea"))
    answer = client.post(url(brand, "step", post.pk, "approve"), {"version": 2})
    assert answer.status_code == 422 and "another lead has to approve" in answer.content.decode()


def test_without_approval_a_writer_says_that_it_is_ready(brand, marketer, write, signed_in):
    mode(brand, "none")
    post, client = write(at=soon(), state="draft"), signed_in(marketer)
    assert client.post(url(brand, "step", post.pk, "send"), {"version": 1}).status_code == 422
    assert client.post(url(brand, "step", post.pk, "ready"), {"version": 1}).status_code == 302
    post.refresh_from_db()
    assert post.state == "approved"


def test_where_approval_is_optional_a_marketer_approves_only_their_own(brand, marketer, write, signed_in):
    own, other = write(at=soon(), owner=marketer), write(at=soon())
    client = signed_in(marketer)
    assert client.post(url(brand, "step", own.pk, "ready"), {"version": 1}).status_code == 302
    assert client.post(url(brand, "step", other.pk, "ready"), {"version": 1}).status_code == 422


def test_the_client_is_the_second_to_approve(brand, lead, viewer, marketer, sent, signed_in):
    mode(brand, "two_levels")
    post = sent()
    assert signed_in(viewer).post(url(brand, "review_one", post.pk), {"version": 1, "act": "approve"}).status_code == 302
    signed_in(lead).post(url(brand, "review_one", post.pk), {"version": 1, "act": "approve"})
    post.refresh_from_db()
    assert post.waits_for_client and post.lead_approved_by == lead
    assert Notification.objects.get(user=viewer).kind == "post_waits_for_client"
    page = signed_in(viewer).get(url(brand))
    assert titles(page.context["queue"].mine) == ["Green tea"] and "Waits for others" not in page.content.decode()
    signed_in(viewer).post(url(brand, "step", post.pk, "client_approve"), {"version": 2})
    post.refresh_from_db()
    assert post.state == "approved" and post.lead_approved_at is None
    assert {row.kind for row in Notification.objects.filter(user=marketer)} == {"post_approved"}


def test_the_client_asks_for_changes_where_everybody_reads_it(brand, lead, viewer, sent, signed_in):
    mode(brand, "two_levels")
    post = sent()
    approval.take(post, STEPS["pass_on"], brand.memberships.get(user=lead), 1)
    client = signed_in(viewer)
    assert client.post(url(brand, "step", post.pk, "client_return"), {"version": 2, "why": "Say the hour"}).status_code == 302
    post.refresh_from_db()
    assert (post.state, post.lead_approved_at) == ("changes_requested", None)
    said = post.comments.get()
    assert said.text == "Say the hour" and said.visible_to_client and said.author == viewer
    assert "Say the hour" in client.get(url(brand, "post", post.pk)).content.decode()


def test_a_change_while_it_is_with_the_client_asks_the_lead_again(brand, lead, marketer, sent, signed_in):
    mode(brand, "two_levels")
    post = sent()
    approval.take(post, STEPS["pass_on"], brand.memberships.get(user=lead), 1)
    signed_in(marketer).post(url(brand, "save_post", post.pk), fields(post, text="Cold tea"))
    post.refresh_from_db()
    assert (post.state, post.lead_approved_at) == ("in_review", None)
    event = post.events.get(verb="rewritten")
    assert (event.was, event.became) == ("with_client", "in_review")


def test_a_lead_sets_who_approves(brand, lead, marketer, signed_in):
    address = reverse("brands:settings", args=[brand.slug])
    said = {
        "name": brand.name,
        "business_type": "small",
        "currency": "UZS",
        "language": "en",
        "country": "UZ",
        "version": brand.version,
    }
    assert signed_in(lead).post(address, said | {"approval_mode": "two_levels"}).status_code == 302
    brand.refresh_from_db()
    assert brand.approval_mode == "two_levels"
    assert signed_in(marketer).post(address, said | {"approval_mode": "none"}).status_code == 403


def test_home_leads_to_the_queue(brand, lead, viewer, sent, signed_in):
    mode(brand, "required")
    sent("One")
    sent("Own", owner=lead)
    home = signed_in(lead).get(reverse("metrics:home", args=[brand.slug])).content.decode()
    assert "1 post waits for your approval" in home and url(brand) in home
    assert "your approval" not in signed_in(viewer).get(reverse("metrics:home", args=[brand.slug])).content.decode()
