"""Comments: answers, mentions, and what is between the team alone."""

import pytest
from django.urls import reverse

from brands.models import Membership, Notification, Role, User
from calendar_app import talk
from calendar_app.models import Comment
from calendar_app.tests.conftest import person


def say(client, brand, post, text, **more):
    return client.post(reverse("calendar:comment", args=[brand.slug, post.pk]), {"text": text} | more)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_an_answer_stands_under_its_comment_and_is_told(brand, lead, marketer, write, signed_in):
    post = write()
    first = Comment.objects.create(post=post, author=marketer, text="Is the price right?")
    say(signed_in(lead), brand, post, "It is", answers=first.pk)
    answer = Comment.objects.get(text="It is")
    say(signed_in(marketer), brand, post, "Thanks", answers=answer.pk)
    (thread,) = talk.talk_of(post, Membership.objects.select_related("brand", "user").get(user=lead)).threads
    assert thread.comment == first and [row.text for row in thread.answers] == ["It is", "Thanks"]
    assert told(marketer) == ["post_answered"] and told(lead) == ["post_answered"]


def test_an_answer_to_what_is_internal_stays_internal(brand, marketer, viewer, write, signed_in):
    post = write()
    inside = Comment.objects.create(post=post, author=marketer, text="Between us")
    say(signed_in(marketer), brand, post, "Quite", answers=inside.pk, visible_to_client="on")
    assert not Comment.objects.get(text="Quite").visible_to_client
    assert say(signed_in(viewer), brand, post, "What?", answers=inside.pk).status_code == 422
    page = signed_in(viewer).get(post.get_absolute_url()).content.decode()
    assert "Between us" not in page and "Quite" not in page


def test_a_comment_of_another_post_is_not_answered(brand, marketer, write, signed_in):
    other = Comment.objects.create(post=write("Other"), author=marketer, text="There")
    assert say(signed_in(marketer), brand, write(), "Here", answers=other.pk).status_code == 422
    assert say(signed_in(marketer), brand, write(), "Here", answers="x").status_code == 422


@pytest.mark.parametrize("words", ["@Lead look", "look, @lead!", "(@LEAD)", "@lead@example.uz"])
def test_whoever_is_named_is_told(brand, lead, marketer, write, signed_in, words):
    say(signed_in(marketer), brand, write(), words)
    assert told(lead) == ["post_mentioned"]
    assert list(Comment.objects.get().mentions.all()) == [lead]


@pytest.mark.parametrize("words", ["lead", "mail@lead", "@leader", "@nobody", "@", "@@@@", "@" * 3000])
def test_what_only_looks_like_a_name_tells_nobody(brand, lead, marketer, write, signed_in, words):
    post = write(owner=None, created_by=None)
    say(signed_in(marketer), brand, post, words)
    assert told(lead) == []


def test_names_are_found_however_their_apostrophe_is_typed(brand, marketer, write, signed_in):
    oybek = person("oybek", brand, Role.MARKETER)
    User.objects.filter(pk=oybek.pk).update(name="Oʻtkir Gʻaniyev")
    for words in ("@O'tkir salom", "@Oʻtkir Gʻaniyev", "@o‘tkir"):
        say(signed_in(marketer), brand, write(), words)
    assert told(oybek) == ["post_mentioned"] * 3


def test_two_with_one_first_name_are_named_in_full(brand, marketer, write, signed_in):
    first, second = person("ali1", brand, Role.MARKETER), person("ali2", brand, Role.MARKETER)
    User.objects.filter(pk=first.pk).update(name="Ali Aliyev")
    User.objects.filter(pk=second.pk).update(name="Ali Valiyev")
    say(signed_in(marketer), brand, write(), "@Ali salom")
    assert told(first) == told(second) == []
    say(signed_in(marketer), brand, write(), "@Ali Valiyev salom")
    assert told(first) == [] and told(second) == ["post_mentioned"]


def test_a_name_that_two_bear_is_offered_once(brand, marketer, write, signed_in):
    twins = [person("ali1", brand, Role.MARKETER).pk, person("ali2", brand, Role.MARKETER).pk]
    User.objects.filter(pk__in=twins).update(name="Ali Aliyev")
    page = signed_in(marketer).get(reverse("calendar:post", args=[brand.slug, write().pk])).content.decode()
    assert page.count("@Ali Aliyev") == 1


def test_a_client_is_not_told_of_what_is_internal(brand, marketer, viewer, write, signed_in):
    post = write()
    page = signed_in(marketer).post(
        reverse("calendar:comment", args=[brand.slug, post.pk]), {"text": "@Viewer is wrong"}, follow=True
    )
    assert told(viewer) == [] and "clients do not see internal notes" in page.content.decode()
    say(signed_in(marketer), brand, post, "@Viewer look", visible_to_client="on")
    assert told(viewer) == ["post_mentioned"]


def test_owners_hear_of_comments_unless_they_have_left(brand, lead, marketer, viewer, write, signed_in):
    post = write(owner=marketer, created_by=lead)
    Membership.objects.filter(user=marketer).delete()
    say(signed_in(viewer), brand, post, "Nice <b>tea</b>")
    assert told(marketer) == [] and told(lead) == ["post_commented"]
    page = signed_in(lead).get(post.get_absolute_url()).content.decode()
    assert "Nice &lt;b&gt;tea&lt;/b&gt;" in page
