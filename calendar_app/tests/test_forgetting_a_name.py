"""A person who is erased: their name goes from what the calendar keeps of it by itself; what others typed stays theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brands import erasure
from brands.models import User
from calendar_app import talk, versions
from calendar_app.handles import handles, without
from calendar_app.models import Comment, Post, PostEvent
from calendar_app.workload import assign


def erase(user: User) -> str:
    later = timezone.now() + timedelta(days=1000)
    erasure.ask(user)
    assert erasure.erase(user.pk, later)
    return f"Erased person {user.pk}"


@pytest.fixture
def marketer(marketer) -> User:
    marketer.name = "Jasur"
    marketer.save()
    return marketer


@pytest.fixture
def post(brand, lead, marketer, write) -> Post:
    return write("Jasur’s tea", owner=lead)


def test_old_versions_of_a_post_name_no_owner_who_is_gone(post, lead, marketer):
    for number, owner in enumerate((marketer, lead, marketer)):
        post.title, post.owner = f"Tea {number}", owner
        versions.keep(post, versions.content_of(post), lead)
    assert "Jasur" in str([row.content["thread"] for row in post.versions.all()])
    erased = erase(marketer)
    owners = [row.content["thread"]["owner"] for row in post.versions.order_by("number")]
    assert owners[-3:] == [[marketer.pk, erased], [lead.pk, str(lead)], [marketer.pk, erased]]


def test_versions_keep_what_people_typed(post, lead, marketer):
    post.text = "Jasur made it"
    versions.keep(post, versions.content_of(post), lead)
    erase(marketer)
    content = post.versions.first().content
    assert (content["title"], content["text"]) == ("Jasur’s tea", "Jasur made it")


def test_whom_a_post_was_given_to_loses_the_name(post, brand, lead, marketer):
    assign(brand, {post.pk: post.version}, marketer, lead.memberships.get())
    PostEvent.objects.create(post=post, actor=lead, verb="edit", note="Jasur")
    erased = erase(marketer)
    assert [*PostEvent.objects.filter(post=post, verb="assign").values_list("note", flat=True)] == [erased]
    assert PostEvent.objects.get(verb="edit").note == "Jasur"


def test_mentions_lose_the_name_and_words_about_the_person_stay(post, lead, marketer):
    member = lead.memberships.get()
    named = talk.say(post, member, "@Jasur, ask jasur about tea; @Jasurbek no, @jasur.", visible=False)
    other = talk.say(post, member, "Jasur knows", visible=False)
    erased = erase(marketer)
    text = Comment.objects.get(pk=named.pk).text
    assert text == f"@{erased}, ask jasur about tea; @Jasurbek no, @{erased}."
    assert Comment.objects.get(pk=other.pk).text == "Jasur knows"


def test_of_two_who_share_a_first_name_the_other_keeps_theirs(post, lead, marketer):
    User.objects.filter(pk=marketer.pk).update(name="Jasur Karimov")
    User.objects.filter(pk=lead.pk).update(name="Jasur Aliyev")
    for each in (lead, marketer):
        each.refresh_from_db()
    said = talk.say(post, lead.memberships.get(), "@Jasur Karimov and @Jasur Aliyev", visible=False)
    erased = erase(marketer)
    assert Comment.objects.get(pk=said.pk).text == f"@{erased} and @Jasur Aliyev"


@pytest.mark.parametrize("spelt", ["Oʻgʻiloy", "O'g'iloy", "O‘g‘iloy", "oʼgʼiloy"])
def test_a_name_is_found_with_whatever_apostrophe(spelt):
    names = handles(User(name="Oʻgʻiloy Tosheva", email="ogiloy@example.uz"))
    assert without(names, f"see @{spelt}!", "X") == "see @X!"
    assert without(names, f"see @{spelt} Tosheva", "X") == "see @X"
    assert without(names, "write to me@ogiloy or x@ogiloy.uz", "X") == "write to me@ogiloy or x@ogiloy.uz"
