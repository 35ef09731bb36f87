"""A client's review without an account: what the link opens, what it does, and what it never shows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.forms import robots
from brands.models import Notification
from calendar_app import approval, review_links
from calendar_app.approval import STEPS
from calendar_app.media import keep
from calendar_app.models import Comment, Post, ReviewLink
from calendar_app.tests import files
from calendar_app.tests.conftest import soon
from calendar_app.tests.files import upload


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    """Somebody who reads before answering."""
    monkeypatch.setattr(robots, "FASTEST_SECONDS", -1)


@pytest.fixture
def english(brand):
    brand.language, brand.approval_mode = "en", "two_levels"
    brand.save()
    return brand


@pytest.fixture
def post(english, lead, marketer, write) -> Post:
    """Approved by the lead, waiting for the client."""
    post = write("Inner title", at=soon(), state="in_review", owner=marketer, created_by=marketer)
    approval.take(post, STEPS["pass_on"], english.memberships.get(user=lead), 1)
    return post


@pytest.fixture
def link(english, lead, post) -> ReviewLink:
    link = english.review_links.create(label="Bank", expires_at=timezone.now() + timedelta(14), created_by=lead)
    link.posts.add(post)
    return link


def address(link: ReviewLink) -> str:
    return reverse("review", args=[review_links.token(link)])


def said(link: ReviewLink, post: Post, act: str = "approve", **more) -> dict:
    page = Client().get(address(link)).content.decode()
    shown = re.search(r'name="shown" value="([^"]+)"', page)[1]
    return {
        "post": post.pk,
        "version": post.version,
        "name": "Bahodir",
        "why": "",
        "act": act,
        "shown": shown,
        "website": "",
    } | more


def test_a_client_approves_without_an_account(link, post, marketer, lead):
    client = Client()
    answer = client.post(address(link), said(link, post))
    assert answer.status_code == 302 and answer["Location"].endswith(f"#post-{post.pk}")
    post.refresh_from_db()
    assert post.state == "approved"
    event = post.events.first()
    assert (event.verb, event.was, event.became, event.actor, event.note) == (
        "client_approve", "with_client", "approved", None, "Bahodir",
    )  # fmt: skip
    assert Notification.objects.get(user=marketer).params["by"] == "Bahodir"
    page = client.get(address(link)).content.decode()
    assert "Approved" in page and 'value="approve"' not in page


def test_a_client_asks_for_changes_in_words(link, post):
    assert Client().post(address(link), said(link, post, "return")).status_code == 422
    assert Client().post(address(link), said(link, post, "return", why="Say the hour")).status_code == 302
    post.refresh_from_db()
    assert (post.state, post.events.first().note) == ("changes_requested", "Bahodir\nSay the hour")
    comment = post.comments.get()
    assert (comment.text, comment.guest, comment.guest_name, comment.visible_to_client) == ("Say the hour", link, "Bahodir", True)


@pytest.mark.parametrize("mode", ["none", "optional", "required"])
def test_where_the_client_has_no_say_the_word_is_a_comment(link, post, mode, marketer):
    Post.objects.filter(pk=post.pk).update(lead_approved_at=None, lead_approved_by=None)
    link.brand.approval_mode = mode
    link.brand.save()
    assert Client().post(address(link), said(link, post, why="Nice")).status_code == 302
    post.refresh_from_db()
    assert post.state == "in_review" and post.comments.get().text == "Agrees. Nice"
    assert (post.events.first().verb, post.events.first().was) == ("client_agrees", "")
    assert Notification.objects.filter(user=marketer).latest("pk").kind == "post_commented"


def test_before_the_lead_approved_the_client_approves_nothing(link, post):
    Post.objects.filter(pk=post.pk).update(lead_approved_at=None, lead_approved_by=None)
    Client().post(address(link), said(link, post))
    post.refresh_from_db()
    assert post.state == "in_review" and post.comments.get().text == "Agrees."


def test_nothing_but_its_posts_is_shown(link, post, write, marketer, strategy):
    write("Another", text="Secret tea")
    Comment.objects.create(post=post, author=marketer, text="Between us")
    Comment.objects.create(post=post, author=marketer, text="For the client", visible_to_client=True)
    page = Client().get(address(link)).content.decode()
    assert "Hot tea" in page and "For the client" in page
    for secret in ("Between us", "Secret tea", "Inner title", "Bank", "/brands/", "@example.uz"):
        assert secret not in page, secret


def test_a_post_of_no_link_is_not_answered(link, post, write):
    other = write("Another", state="in_review")
    assert Client().post(address(link), said(link, post) | {"post": other.pk}).status_code == 422
    assert Client().post(address(link), said(link, post) | {"post": "x"}).status_code == 422
    other.refresh_from_db()
    assert other.state == "in_review" and not other.comments.exists()


def test_links_that_do_not_work_all_look_the_same(link, post):
    good = address(link)
    broken = [good[:-2] + "/", reverse("review", args=["x:y"])]
    said_before = said(link, post)
    ReviewLink.objects.update(revoked_at=timezone.now())
    revoked = Client().get(good)
    ReviewLink.objects.update(revoked_at=None, expires_at=timezone.now())
    answers = [revoked, Client().get(good), *(Client().get(place) for place in broken)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r"[A-Za-z0-9]{32,}", "", answer.content.decode()) for answer in answers}) == 1
    assert Client().post(good, said_before).status_code == 404
    post.refresh_from_db()
    assert post.waits_for_client


def test_what_changed_meanwhile_is_looked_at_again(link, post):
    sheet = said(link, post)
    post.text = "Cold tea"
    post.save_version(post.version)
    answer = Client().post(address(link), sheet)
    assert answer.status_code == 409 and "Cold tea" in answer.content.decode() and 'value="3"' in answer.content.decode()
    post.refresh_from_db()
    assert post.waits_for_client


def test_a_name_is_asked_for_and_remembered(link, post):
    client = Client()
    assert client.post(address(link), said(link, post, name=" ")).status_code == 422
    client.post(address(link), said(link, post, "return", why="Say the hour", name="Doʻkon <b>egasi</b>"))
    page = client.get(address(link)).content.decode()
    assert 'value="Doʻkon &lt;b&gt;egasi&lt;/b&gt;"' in page and "<b>egasi" not in page


def test_robots_and_floods_change_nothing(link, post, monkeypatch):
    assert Client().post(address(link), said(link, post, website="x")).status_code == 302
    assert Client().post(address(link), said(link, post, shown="x")).status_code == 302
    post.refresh_from_db()
    assert post.waits_for_client
    monkeypatch.setattr(review_links, "MOST_WORDS", 2)
    assert Client().post(address(link), said(link, post)).status_code == 429


def test_forms_from_elsewhere_are_refused(link, post):
    assert Client(enforce_csrf_checks=True).post(address(link), said(link, post)).status_code == 403


def test_the_team_does_not_answer_for_the_client(link, post, lead, signed_in):
    client = signed_in(lead)
    page = client.get(address(link)).content.decode()
    assert "You are of the team" in page and 'value="approve"' not in page
    assert client.post(address(link), said(link, post)).status_code == 422
    link.refresh_from_db()
    post.refresh_from_db()
    assert post.waits_for_client


def test_the_page_is_not_kept_indexed_or_told_on(link):
    answer = Client().get(address(link))
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    link.refresh_from_db()
    assert link.opened_at is not None


def test_one_post_and_three_take_the_same_queries(link, post, write):
    with CaptureQueriesContext(connection) as one:
        Client().get(address(link))
    link.posts.add(write("Two", at=soon()), write("Three", state="approved"))
    ReviewLink.objects.update(opened_at=None)
    with CaptureQueriesContext(connection) as three:
        Client().get(address(link))
    assert len(one) == len(three) <= 12


# --- the team's page


def test_a_link_is_made_for_chosen_posts_and_taken_back(english, marketer, post, write, signed_in):
    client, page = signed_in(marketer), reverse("calendar:review_links", args=[english.slug])
    draft = write("Draft", at=soon())
    assert client.get(page).context["form"].chosen == {str(post.pk)}
    assert client.get(page, {"post": [draft.pk, "x", 99999]}).context["form"].chosen >= {str(draft.pk)}
    assert client.post(page, {"label": "Bank", "days": 14, "posts": [post.pk, draft.pk]}).status_code == 302
    link = ReviewLink.objects.get()
    assert set(link.posts.all()) == {post, draft} and link.created_by == marketer
    assert abs(link.expires_at - timezone.now() - timedelta(14)) < timedelta(minutes=1)
    assert review_links.address(link) in client.get(page).content.decode()
    client.post(reverse("calendar:take_back_review_link", args=[english.slug, link.pk]))
    assert Client().get(address(link)).status_code == 404


def test_a_link_wants_a_name_posts_and_a_sensible_end(english, marketer, post, stranger, signed_in):
    client, page = signed_in(marketer), reverse("calendar:review_links", args=[english.slug])
    foreign = Post.objects.create(brand=stranger.memberships.get().brand, title="Foreign")
    for wrong in ({"label": ""}, {"posts": []}, {"days": 0}, {"days": 9999}, {"posts": [foreign.pk]}):
        assert client.post(page, {"label": "Bank", "days": 14, "posts": [post.pk]} | wrong).status_code == 422
    assert not ReviewLink.objects.exists()


def test_a_viewer_makes_no_links(english, viewer, link, signed_in):
    client = signed_in(viewer)
    assert client.get(reverse("calendar:review_links", args=[english.slug])).status_code == 403
    assert client.post(reverse("calendar:take_back_review_link", args=[english.slug, link.pk])).status_code == 403


def test_pictures_of_the_links_posts_are_seen_and_no_others(link, post, english, lead, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    shown, hidden = (keep(english, upload(files.picture(colour=colour), f"{colour}.jpg"), lead) for colour in ("red", "blue"))
    post.media.create(file=shown)
    token, client = review_links.token(link), Client()
    assert reverse("review_thumb", args=[token, shown.pk]) in client.get(address(link)).content.decode()
    answer = client.get(reverse("review_thumb", args=[token, shown.pk]))
    assert answer.status_code == 200 and b"".join(answer)
    assert client.get(reverse("review_thumb", args=[token, hidden.pk])).status_code == 404
    review_links.take_back(link)
    assert client.get(reverse("review_thumb", args=[token, shown.pk])).status_code == 404
