"""What a post said before: kept, shown, brought back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from brands import differing
from brands.models import Membership
from calendar_app import scheduling, versions
from calendar_app.models import MediaFile, Post, PostMedia
from calendar_app.restoring import restore
from calendar_app.scheduling import Outing


@pytest.fixture
def change(marketer):
    """Save other fields of the post, as the form does."""

    def change(post: Post, files=None, **fields) -> Post:
        before, row = Post.objects.get(pk=post.pk), Post.objects.get(pk=post.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        scheduling.update(row, before, [], Membership.objects.get(user=marketer), before.version, files)
        return row

    return change


def picture(brand, name: str) -> MediaFile:
    return MediaFile.objects.create(
        brand=brand, kind="image", content_type="image/png", name=name, file=f"{name}", size=1, sha256=name
    )


def said(post: Post) -> list[str]:
    return [row.content["text"] for row in post.versions.all()]


def bring_back(client, post: Post, number: int, seen: int | None = None):
    address = reverse("calendar:restore_version", args=[post.brand.slug, post.pk, number])
    return client.post(address, {"version": seen or Post.objects.get(pk=post.pk).version})


def test_each_save_that_changes_something_is_kept_with_what_stood_before(write, change):
    post = write(text="Bir")
    change(post, text="Ikki")
    change(post, text="Ikki")
    change(post, text="Uch", first_comment="Salom")
    assert said(post) == ["Uch", "Ikki", "Bir"]
    assert [row.number for row in post.versions.all()] == [3, 2, 1]


def test_a_new_post_has_its_first_version_and_fifty_are_kept(brand, marketer, telegram, change):
    post = Post(brand=brand, title="Choy", text="0")
    scheduling.create(post, [Outing(telegram, True, None, "")], marketer)
    assert said(post) == ["0"]
    for number in range(1, 53):
        change(post, text=str(number))
    numbers = [row.number for row in post.versions.all()]
    assert len(numbers) == versions.KEPT and numbers[0] == 53 and numbers[-1] == 4


def test_a_version_is_compared_word_by_word_with_the_one_before(write, change, marketer, signed_in):
    post = write(text="Issiq choy keldi")
    change(post, text="Sovuq choy keldi", kind="promo")
    page = signed_in(marketer).get(reverse("calendar:versions", args=[post.brand.slug, post.pk])).content.decode()
    assert "<del>Issiq</del><ins>Sovuq</ins> choy keldi" in page
    assert "<del>Planned</del><ins>Promotion</ins>" in page


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_stayed_and_what_is_new_is_the_new_text(was, became):
    parts = list(differing.parts(was, became))
    assert "".join(words for kind, words in parts if kind != "gone") == became
    assert "".join(words for kind, words in parts if kind != "new") == was


def test_very_long_texts_are_compared_in_time():
    was = "\n".join(f"satr {number}" for number in range(7000))
    parts = list(differing.parts(was, was.replace("satr 3500\n", "")))
    assert ("gone", "satr 3500\n") in parts


def test_words_files_and_channels_come_back_as_a_new_version(
    brand, write, change, marketer, telegram, instagram, pillar, strategy, signed_in
):
    post = write(text="Bir", channels=[telegram, instagram], strategy=strategy, pillar=pillar)
    post.publications.filter(channel=instagram).update(text_override="Oʻzi")
    first, second = picture(brand, "1.png"), picture(brand, "2.png")
    PostMedia.objects.create(post=post, file=first)
    change(post, text="Ikki", pillar=None, files=[second])
    post.publications.filter(channel=instagram).delete()
    assert bring_back(signed_in(marketer), post, 1).status_code == 302
    post.refresh_from_db()
    assert (post.text, post.pillar) == ("Bir", pillar)
    assert [row.file for row in post.media.all()] == [first]
    assert {row.channel.platform.slug: row.text_override for row in post.publications.all()} == {
        "telegram": "",
        "instagram": "Oʻzi",
    }
    assert said(post) == ["Bir", "Ikki", "Bir"]


def test_bringing_back_never_overwrites_what_another_just_wrote(write, change, marketer, signed_in):
    post = write(text="Bir")
    seen = change(post, text="Ikki").version
    change(post, text="Uch")
    assert bring_back(signed_in(marketer), post, 1, seen).status_code == 409
    post.refresh_from_db()
    assert post.text == "Uch"


def test_bringing_back_other_words_takes_the_approval_away(write, change, marketer, signed_in):
    post = write(text="Bir", at=timezone.now() + timedelta(days=1), status="scheduled")
    change(post, text="Ikki")
    Post.objects.filter(pk=post.pk).update(state="approved")
    bring_back(signed_in(marketer), post, 1)
    post.refresh_from_db()
    assert (post.state, post.text, post.publications.get().status) == ("in_review", "Bir", "planned")


def test_what_has_left_the_brand_stays_away(brand, write, change, marketer, pillar, strategy, telegram, instagram):
    post = write(text="Bir", strategy=strategy, pillar=pillar, channels=[telegram, instagram])
    gone = picture(brand, "1.png")
    change(post, text="Ikki", files=[gone])
    change(post, text="Uch", files=[], pillar=None)
    gone.delete()
    pillar.delete()
    post.publications.filter(channel=instagram).delete()
    instagram.is_active = False
    instagram.save()
    row = Post.objects.get(pk=post.pk)
    restore(row, post.versions.get(number=2), Membership.objects.get(user=marketer), row.version)
    assert row.text == "Ikki" and not row.media.exists() and row.publications.get().channel == telegram


def test_what_went_out_keeps_the_words_it_went_out_with(write, change, marketer, signed_in):
    post = write(text="Bir", at=timezone.now() - timedelta(days=1), status="published")
    change(post, text="Ikki")
    assert post.publications.get().text_override == "Bir"
    bring_back(signed_in(marketer), post, 1)
    assert post.publications.get().text_override == "Bir"


@pytest.mark.parametrize("number", ["", "x", "0", "99999999999999999999", "-1"])
def test_a_number_that_is_none_shows_the_latest(write, change, marketer, signed_in, number):
    post = write(text="Bir")
    change(post, text="Ikki")
    page = signed_in(marketer).get(reverse("calendar:versions", args=[post.brand.slug, post.pk]), {"number": number})
    assert page.status_code == 200 and "Version 2" in page.content.decode()


def test_a_post_without_versions_says_so(write, marketer, signed_in):
    post = write()
    assert "Nothing has been changed yet" in (
        signed_in(marketer).get(reverse("calendar:versions", args=[post.brand.slug, post.pk])).content.decode()
    )


def test_the_list_of_versions_asks_the_same_for_one_and_for_three(write, change, marketer, signed_in):
    post, counts = write(text="0"), []
    client = signed_in(marketer)
    for number in range(1, 5):
        change(post, text=str(number))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("calendar:versions", args=[post.brand.slug, post.pk]))
        counts.append(len(captured))
    assert len(set(counts[1:])) == 1
