"""What is taken in and what is refused: content decides, never a name."""

from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from calendar_app import media, pictures, video
from calendar_app.media import MediaRefused, keep, kind_of, look, shown_name
from calendar_app.models import MediaFile, PostMedia
from calendar_app.tasks import forget_unused_media
from calendar_app.tests import files
from calendar_app.tests.files import upload


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def take(content: bytes, name: str = "rasm.jpg") -> media.Found:
    file = upload(content, name)
    return look(file, kind_of(file))


@pytest.mark.parametrize(
    ("content", "kind", "content_type"),
    [
        (files.picture("JPEG"), "image", "image/jpeg"),
        (files.picture("PNG"), "image", "image/png"),
        (files.picture("WEBP"), "image", "image/webp"),
        (files.picture("GIF"), "image", "image/gif"),
        (files.film(), "video", "video/mp4"),
        (files.film(b"qt  "), "video", "video/quicktime"),
        (files.WEBM, "video", "video/webm"),
        (files.PDF, "document", "application/pdf"),
    ],
    ids=["jpeg", "png", "webp", "gif", "mp4", "mov", "webm", "pdf"],
)
def test_a_file_is_what_its_content_says(content, kind, content_type):
    found = take(content, "hujjat.exe")
    assert (found.kind, found.content_type) == (kind, content_type)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html><script>alert(1)</script>", b"MZ" + bytes(100), b"PK\x03\x04" + bytes(100), b"\xff\xd8\xff" + bytes(100),
        files.picture("PNG")[:60], b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"<script>alert(1)</script>", b"RIFF\0\0\0\0WEBP" + bytes(40),
        files.film()[:80], files.film(b"heic"), files.film(b"avif"), files.box(b"ftyp", b"isom" * 3), b"%PDF-1.7\n" + bytes(4000),
        b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + bytes(40), b"\x1a\x45\xdf\xa3" + bytes(40), b"\x1a\x45\xdf\xa3",
        b"\0\0\0\x01ftyp", b"\0\0\0\x08ftyp" * 9000, files.bomb(), b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM" + bytes(100), b"II*\0" + bytes(100),
    ],
    ids=range(23),
)  # fmt: skip
def test_what_is_nothing_of_ours_or_damaged_is_refused_in_words(content):
    with pytest.raises(MediaRefused, match=r"\.$"):
        take(content)


@given(
    st.binary(max_size=300), st.sampled_from([files.film(), files.picture("PNG"), files.WEBM, files.PDF, files.picture("GIF")])
)
def test_no_content_does_worse_than_a_refusal(noise, whole):
    for content in (noise, whole[: len(noise)] + noise, whole[:16] + noise + whole[16:]):
        with suppress(MediaRefused):
            take(content)


def test_a_picture_cut_short_is_refused_whatever_another_library_told_pillow(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    for written_as in ("JPEG", "PNG", "GIF"):
        whole = files.picture(written_as, size=(200, 200))
        with pytest.raises(MediaRefused, match="damaged"):
            take(whole[: len(whole) // 2])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_a_photograph_stands_upright_and_does_not_tell_where_it_was_taken():
    found = take(files.photograph())
    with Image.open(BytesIO(found.content)) as picture:
        assert picture.size == (found.width, found.height) == (20, 40)
        assert not picture.getexif() and "exif" not in picture.info
    assert b"Exif" not in found.content


def test_a_picture_that_hides_a_page_is_written_anew_without_it():
    hidden = b"<script>alert(document.domain)</script>"
    for content in (
        files.picture("JPEG", comment=hidden) + hidden,
        files.picture("PNG") + hidden,
        files.picture("WEBP", xmp=hidden) + hidden,
    ):
        assert hidden in content
        assert hidden not in take(content).content


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    with pytest.raises(MediaRefused, match="60 million"):
        take(files.bomb())
    with pytest.raises(MediaRefused, match="60 million"):
        take(files.bomb(8000))
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40 * 30 - 1)
    with pytest.raises(MediaRefused, match="60 million"):
        take(files.picture())


def test_a_moving_picture_keeps_moving():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    for written_as in ("GIF", "WEBP", "PNG"):
        out = BytesIO()
        frames[0].save(out, written_as, save_all=True, append_images=frames[1:], duration=100)
        found = take(out.getvalue())
        with Image.open(BytesIO(found.content or out.getvalue())) as picture:
            assert picture.n_frames == 3, written_as


def test_transparency_stays_and_odd_colours_become_usual_ones():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(take(out.getvalue()).content)) as picture:
        assert picture.mode == "RGBA" and picture.getpixel((0, 0))[3] == 0
    out = BytesIO()
    Image.new("CMYK", (10, 10)).save(out, "JPEG")
    with Image.open(BytesIO(take(out.getvalue()).content)) as picture:
        assert picture.mode == "RGB"


def test_a_film_tells_its_length_and_size_and_forgets_its_place():
    file = upload(files.film(turned=True))
    found = look(file, "video")
    assert (found.width, found.height, found.seconds) == (1920, 1080, 15)
    file.seek(0)
    after = file.read()
    assert b"+41.3085" not in after and len(after) == len(files.film())
    assert video.read_boxes(BytesIO(after), len(after)).seconds == 15


def test_each_kind_has_its_own_limit(monkeypatch, brand):
    monkeypatch.setitem(media.LARGEST, MediaFile.Kind.IMAGE, 100)
    with pytest.raises(MediaRefused, match="at most"):
        keep(brand, upload(files.picture()), None)
    assert keep(brand, upload(files.film()), None).pk


def test_a_file_is_kept_once_in_a_brand_under_a_name_nobody_can_guess(brand, stranger, lead):
    first = keep(brand, upload(files.picture(), "../../etc/Yozgi koʻylak.jpg"), lead)
    again = keep(brand, upload(files.picture(), "other.png"), lead)
    other = keep(stranger.memberships.get().brand, upload(files.picture()), stranger)
    assert first.pk == again.pk != other.pk
    assert first.name == "Yozgi koʻylak.jpg"
    folder, name = first.file.name.rsplit("/", 1)
    assert folder == f"brands/{brand.pk}" and len(name) == 32 + 4 and name.endswith(".jpg")
    assert first.file.name != other.file.name
    with default_storage.open(first.thumbnail.name) as stored, Image.open(stored) as small:
        assert small.format == "WEBP" and max(small.size) <= 480


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\0b.jpg", "ab.jpg"), ("C:\\rasm.jpg", "rasm.jpg"), ("", "file"), ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg"), ("..", "..")],
)  # fmt: skip
def test_a_name_is_shown_without_what_does_not_belong(name, shown):
    assert shown_name(name) == shown


def test_two_who_bring_the_same_file_at_the_same_time_get_the_same_row(brand, tmp_path):
    row = keep(brand, upload(files.picture()), None)
    again = media._store(brand, upload(files.picture()), take(files.picture()), row.sha256, None)
    assert again == row
    assert sorted(path.name for path in (tmp_path / "brands" / str(brand.pk)).iterdir()) == sorted(
        name.rsplit("/")[-1] for name in (row.file.name, row.thumbnail.name)
    )


def test_files_that_no_post_holds_are_forgotten_in_time(brand, write, tmp_path):
    used, unused, fresh = (keep(brand, upload(files.picture(colour=colour)), None) for colour in ("red", "green", "blue"))
    PostMedia.objects.create(post=write(), file=used)
    long_ago = timezone.now() - timedelta(days=90)
    MediaFile.objects.exclude(pk=fresh.pk).update(created_at=long_ago)
    forget_unused_media()
    assert set(MediaFile.objects.all()) == {used, fresh}
    assert not (tmp_path / unused.file.name).exists() and (tmp_path / used.file.name).exists()
