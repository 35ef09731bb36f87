"""Files on their way into a post and out again through the door."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendar_app.media import keep
from calendar_app.models import MediaFile, Post, PostMedia
from calendar_app.tests import files
from calendar_app.tests.conftest import soon
from calendar_app.tests.files import upload

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stored(brand):
    def stored(content: bytes | None = None, alt: str = "", name: str = "rasm.jpg") -> MediaFile:
        row = keep(brand, upload(content or files.picture(), name), None)
        MediaFile.objects.filter(pk=row.pk).update(alt_text=alt)
        return MediaFile.objects.get(pk=row.pk)

    return stored


def new_post(brand) -> str:
    return reverse("calendar:new_post", args=[brand.slug])


def save_post(post: Post) -> str:
    return reverse("calendar:save_post", args=[post.brand.slug, post.pk])


def arrange(brand) -> str:
    return reverse("calendar:post_media", args=[brand.slug])


def filled(channel, **more) -> dict:
    return {"title": "Choy", "text": "Issiq choy", "kind": "planned", f"channel-{channel.pk}-on": "on", "media-seen": "1", **more}


def names_of(post: Post) -> list[str]:
    return [row.file.name for row in post.media.select_related("file")]


def test_a_new_post_is_saved_with_its_files_in_their_order(brand, marketer, telegram, signed_in):
    uploads = [upload(files.picture(colour="red"), "1.jpg"), upload(files.film(), "2.mp4"), upload(files.PDF, "3.pdf")]
    answer = signed_in(marketer).post(new_post(brand), filled(telegram, upload=uploads))
    post = Post.objects.get()
    assert answer.status_code == 302
    assert names_of(post) == ["1.jpg", "2.mp4", "3.pdf"]
    assert {row.uploaded_by for row in brand.media_files.all()} == {marketer}


def test_a_broken_file_is_told_at_its_field_and_nothing_else_is_lost(brand, marketer, telegram, signed_in):
    uploads = [upload(files.picture(), "yaxshi.jpg"), upload(b"<script>alert(1)</script>", "yomon.jpg")]
    client = signed_in(marketer)
    answer = client.post(new_post(brand), filled(telegram, upload=uploads, first_comment="Birinchi"))
    page = answer.content.decode()
    assert answer.status_code == 422 and not Post.objects.exists()
    assert "“yomon.jpg”: That is no file we can use" in page
    assert "Issiq choy" in page and "Birinchi" in page
    kept = brand.media_files.get()
    assert f'name="media" value="{kept.pk}"' in page
    client.post(new_post(brand), filled(telegram, media=[kept.pk]))
    assert names_of(Post.objects.get()) == ["yaxshi.jpg"]


def test_files_are_added_and_put_in_order_before_anything_is_saved(brand, marketer, telegram, signed_in, stored):
    client, first, second = signed_in(marketer), stored(), stored(files.film(), name="kino.mp4")
    sent = filled(telegram, media=[first.pk, second.pk], text="Yozilmoqda", title="")
    page = client.post(arrange(brand), sent | {"arrange": f"down-{first.pk}"}).content.decode()
    assert page.index(f'name="media" value="{second.pk}"') < page.index(f'name="media" value="{first.pk}"')
    assert "Yozilmoqda" in page and "<html" in page and "Give it a title" not in page
    part = client.post(arrange(brand), sent | {"arrange": f"remove-{first.pk}"}, **HTMX).content.decode()
    assert f'name="media" value="{first.pk}"' not in part and f'name="media" value="{second.pk}"' in part and "<html" not in part
    part = client.post(arrange(brand), sent | {"upload": upload(files.PDF, "qoida.pdf")}, **HTMX).content.decode()
    assert "qoida.pdf" in part and 'hx-swap-oob="true"' in part
    assert not Post.objects.exists()


@pytest.mark.parametrize("command", ["", "up", "up-", "up-x", "down-99999999999999999999", "remove-0", "eat-1", "\0"])
def test_a_command_that_means_nothing_changes_nothing(brand, marketer, telegram, signed_in, stored, command):
    row = stored()
    answer = signed_in(marketer).post(arrange(brand), filled(telegram, media=[row.pk], arrange=command), **HTMX)
    assert answer.status_code == 200 and f'name="media" value="{row.pk}"' in answer.content.decode()


def test_a_file_of_another_brand_cannot_be_attached_or_seen(brand, marketer, stranger, telegram, signed_in):
    theirs = keep(stranger.memberships.get().brand, upload(files.picture()), stranger)
    client = signed_in(marketer)
    client.post(new_post(brand), filled(telegram, media=[theirs.pk, "x", "9" * 30, "-1", "\0"]))
    assert names_of(Post.objects.get()) == []
    assert client.get(reverse("calendar:media", args=[brand.slug, theirs.pk])).status_code == 404


def test_alt_text_is_written_with_the_post_and_only_where_it_was_touched(brand, marketer, telegram, signed_in, stored, write):
    first, second = stored(), stored(files.picture(colour="blue"), alt="Koʻk")
    post = write()
    sent = {
        "version": 1, "media": [first.pk, second.pk], f"alt-{first.pk}": " Qizil\0 choynak ", f"alt-was-{first.pk}": "",
        f"alt-{second.pk}": "eski", f"alt-was-{second.pk}": "eski", f"channel-{telegram.pk}-version": 1,
    }  # fmt: skip
    assert signed_in(marketer).post(save_post(post), filled(telegram, **sent)).status_code == 302
    assert set(brand.media_files.values_list("alt_text", flat=True)) == {"Qizil choynak", "Koʻk"}


def test_other_files_return_an_approved_post_to_review(brand, marketer, telegram, signed_in, stored, write):
    post = write(title="Choy", text="Issiq choy", state="approved", at=soon(), status="scheduled")
    sent = filled(telegram, version=1, media=[stored().pk], **{f"channel-{telegram.pk}-version": 1})
    local = soon().astimezone(brand.zone)
    sent |= {"day": f"{local:%Y-%m-%d}", "clock": f"{local:%H:%M}"}
    signed_in(marketer).post(save_post(post), sent)
    post.refresh_from_db()
    assert post.state == "in_review" and post.publications.get().status == "planned"


@pytest.mark.parametrize("field", [{"first_comment": "Salom"}, {"adds_utm": "on"}, {"utm_campaign": "kuz"}])
def test_a_comment_or_tags_return_an_approved_post_to_review(marketer, telegram, signed_in, write, field):
    post = write(title="Choy", text="Issiq choy", state="approved")
    signed_in(marketer).post(save_post(post), filled(telegram, version=1, **{f"channel-{telegram.pk}-version": 1}, **field))
    post.refresh_from_db()
    assert post.state == "in_review"


def test_a_form_without_files_leaves_them_alone(marketer, telegram, signed_in, stored, write):
    post = write()
    PostMedia.objects.create(post=post, file=stored())
    sent = filled(telegram, version=1, text="Yangi", **{f"channel-{telegram.pk}-version": 1})
    del sent["media-seen"]
    signed_in(marketer).post(save_post(post), sent)
    assert len(names_of(post)) == 1


def test_a_stale_form_does_not_take_anothers_files_away(marketer, telegram, signed_in, stored, write):
    post = write()
    PostMedia.objects.create(post=post, file=stored())
    Post.objects.filter(pk=post.pk).update(version=2)
    answer = signed_in(marketer).post(save_post(post), filled(telegram, version=1, **{f"channel-{telegram.pk}-version": 1}))
    assert answer.status_code == 409 and len(names_of(post)) == 1


def test_what_is_given_out_is_armoured(brand, viewer, signed_in, stored):
    client = signed_in(viewer)
    for content, content_type, shown in (
        (files.picture("PNG"), "image/png", "inline"),
        (files.film(), "video/mp4", "inline"),
        (files.PDF, "application/pdf", "attachment"),
    ):
        row = stored(content, name="<b>.html")
        answer = client.get(reverse("calendar:media", args=[brand.slug, row.pk]))
        assert answer.status_code == 200 and answer["Content-Type"] == content_type
        assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"].startswith("private") and answer["Content-Disposition"].startswith(shown)
        assert ".html" not in answer["Content-Disposition"]
        assert len(b"".join(answer.streaming_content)) == row.size
    small = client.get(reverse("calendar:media_thumb", args=[brand.slug, brand.media_files.get(kind="image").pk]))
    assert small["Content-Type"] == "image/webp" and small.content and small["Cache-Control"].startswith("private")
    film = brand.media_files.get(kind="video")
    assert client.get(reverse("calendar:media_thumb", args=[brand.slug, film.pk])).status_code == 404


def test_a_picture_whose_file_is_gone_leaves_a_placeholder_on_the_page(brand, viewer, signed_in, stored):
    row = stored(files.picture())
    row.thumbnail.storage.delete(row.thumbnail.name)
    answer = signed_in(viewer).get(reverse("calendar:media_thumb", args=[brand.slug, row.pk]))
    assert answer.status_code == 404 and answer["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content
    assert answer["Cache-Control"] == "no-store" and "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-9", 206, (0, 9)), ("bytes=10-", 206, (10, None)), ("bytes=-5", 206, (-5, None)), ("bytes=0-99999999", 206, (0, None)),
        ("bytes=99999999-", 416, None), ("bytes=-0", 416, None), ("bytes=5-2", 200, None), ("bytes=0-1,4-5", 200, None),
        ("bytes=x", 200, None), ("", 200, None), ("bytes=-", 200, None),
    ],
)  # fmt: skip
def test_players_may_ask_for_a_part_of_a_film(brand, viewer, signed_in, stored, asked, status, told):
    row = stored(files.film())
    with row.file.open() as file:
        whole = file.read()
    answer = signed_in(viewer).get(reverse("calendar:media", args=[brand.slug, row.pk]), HTTP_RANGE=asked)
    assert answer.status_code == status
    if status == 206:
        start, end = told
        part = whole[start:] if end is None else whole[start : end + 1]
        assert b"".join(answer.streaming_content) == part and answer["Content-Length"] == str(len(part))
    elif status == 200:
        assert b"".join(answer.streaming_content) == whole


def test_a_file_that_is_gone_from_the_disk_is_not_found(brand, viewer, signed_in, stored):
    row = stored()
    row.file.storage.delete(row.file.name)
    assert signed_in(viewer).get(reverse("calendar:media", args=[brand.slug, row.pk])).status_code == 404


def test_the_post_is_shown_in_the_same_queries_for_one_file_and_for_three(
    marketer, viewer, signed_in, stored, write, telegram, instagram
):
    post = write(channels=[telegram, instagram])
    address = reverse("calendar:post", args=[post.brand.slug, post.pk])
    for user in (marketer, viewer):
        counts = []
        post.media.all().delete()
        for colours in (["red"], ["blue", "green"]):
            for colour in colours:
                PostMedia.objects.create(post=post, file=stored(files.picture(colour=colour)))
            client = signed_in(user)
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        assert counts[0] == counts[1]


def test_no_post_is_scheduled_where_a_picture_is_missing(lead, instagram, signed_in, stored, write):
    post = write(channels=[instagram], at=soon(), state="approved", format="image")
    row = post.publications.get()
    address = reverse("calendar:act", args=[post.brand.slug, row.pk, "schedule"])
    client = signed_in(lead)
    assert client.post(address, {"version": row.version}).status_code == 422
    PostMedia.objects.create(post=post, file=stored())
    assert client.post(address, {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.status == "scheduled"
