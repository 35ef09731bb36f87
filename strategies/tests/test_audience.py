"""Whom the plan speaks to: questions and notes, personas with pictures, and who is reached where."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from brands.models import Platform
from strategies import surveys
from strategies.audience import matrix, unused_channels
from strategies.models import Persona
from strategies.pictures import PictureRefused, square


def drawn(form: str = "PNG", size: tuple[int, int] = (600, 400), mode: str = "RGB", **more) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, form, **more)
    return out.getvalue()


@pytest.fixture
def madina(spring) -> Persona:
    return spring.personas.create(name="Madina")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def send(as_marketer, spring, madina):
    def post(content: bytes | None, **more):
        file = {} if content is None else {"picture": SimpleUploadedFile("../../etc/passwd.png", content)}
        address = f"/brands/atlas/strategies/{spring.pk}/personas/{madina.pk}/picture/change/"
        return as_marketer.post(address, file | more, follow=True)

    return post


# --- notes


def test_notes_are_saved_beside_the_questions(as_marketer, step_url, spring):
    as_marketer.get(step_url("audience"))
    note, answer = spring.audience_notes.get(topic="where"), spring.audience_answers.get(question="for_whom")
    typed = {
        f"note-{note.pk}-is_done": "on", f"note-{note.pk}-text": "Telegram, evenings", f"note-{note.pk}-version": 1,
        f"row-{answer.pk}-text": "Women who dress for feasts", f"row-{answer.pk}-version": 1,
    }  # fmt: skip
    assert as_marketer.post(step_url("audience"), typed).status_code == 302
    note.refresh_from_db()
    answer.refresh_from_db()
    assert (note.is_done, note.text, answer.text) == (True, "Telegram, evenings", "Women who dress for feasts")
    page = as_marketer.get(step_url("audience"))
    assert page.context["answered"] == 1 and len(page.context["ways"]) == 5 and len(page.context["reflection"]) == 3


def test_the_count_of_answers_follows_what_is_typed(as_marketer, step_url, spring):
    answer = spring.audience_answers.get(question="for_whom")
    typed = {f"row-{answer.pk}-text": "Women who dress for feasts", f"row-{answer.pk}-version": 1}
    sent = as_marketer.post(step_url("audience"), typed, headers={"X-Autosave": "yes"}).json()
    assert "1 of 6" in sent["parts"]["audience-live"]


def test_a_note_changed_meanwhile_is_a_conflict_and_keeps_the_words(as_marketer, step_url, spring):
    as_marketer.get(step_url("audience"))
    note = spring.audience_notes.get(topic="groups")
    note.text = "Theirs"
    note.save_version(1)
    answer = as_marketer.post(step_url("audience"), {f"note-{note.pk}-text": "Mine", f"note-{note.pk}-version": 1})
    assert answer.status_code == 409 and "Mine" in answer.content.decode()


# --- personas


@pytest.mark.parametrize(("typed", "kept"), [("18-24", "18–24"), ("18 – 24", "18–24"), ("45+", "45+"), ("30", "30"), ("", "")])
def test_an_age_is_one_age_or_a_span(as_marketer, step_url, spring, typed, kept):
    as_marketer.post(step_url("personas"), {"item": "new", "item-name": "Madina", "item-age_range": typed, "item-version": 1})
    assert spring.personas.get().age_range == kept


@pytest.mark.parametrize("typed", ["young", "24-18", "18-240", "-5", "18–24–30"])
def test_an_age_that_is_none_is_told_at_the_field_and_the_rest_is_kept(as_marketer, step_url, spring, typed):
    said = {"item": "new", "item-name": "Madina", "item-age_range": typed, "item-version": 1}
    answer = as_marketer.post(step_url("personas"), said)
    assert answer.status_code == 422 and "18–24 or 45+" in answer.content.decode() and "Madina" in answer.content.decode()


def test_a_persona_without_a_channel_is_spoken_of_where_channels_are_ticked(as_marketer, step_url, madina):
    page = as_marketer.get(step_url("personas", f"?persona={madina.pk}")).content.decode()
    assert "nobody can speak to a persona without a channel" in page


def test_personas_stand_against_the_channels_of_the_strategy(as_marketer, step_url, spring, madina, telegram, instagram):
    for channel in (telegram, instagram):
        spring.strategy_channels.create(channel=channel)
    madina.platforms.add(Platform.objects.get(slug="telegram"))
    gulnora = spring.personas.create(name="Gulnora")
    first, second = matrix(spring)
    assert {row.channel: is_active for row, is_active in first.cells} == {telegram: True, instagram: False}
    assert not first.by_none and second.persona == gulnora and second.by_none
    assert [row.channel for row in unused_channels(spring)] == [instagram]
    page = as_marketer.get(step_url("personas")).content.decode()
    assert "no channel of yours reaches this persona" in page
    assert f"Nobody you described is active on {instagram}" in page


# --- pictures


def test_a_picture_becomes_a_small_square_without_its_metadata(send, madina):
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    assert send(drawn("JPEG", exif=exif)).status_code == 200
    madina.refresh_from_db()
    assert madina.picture.name.startswith("personas/") and madina.picture.name.endswith(".webp")
    with madina.picture.open() as file, Image.open(file) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (320, 320), {})


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("WEBP", "RGB"), ("PNG", "I;16")]
)
def test_pictures_of_every_kind_are_taken(form, mode):
    content = drawn(form, (10, 30), mode)
    assert square(BytesIO(content), len(content)).size


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 50, drawn()[:60], b"%PDF-1.7"])
def test_what_is_no_picture_is_refused_in_words_and_nothing_is_stored(send, madina, content):
    page = send(content).content.decode()
    assert "no picture we can read" in page or "Choose a picture first" in page
    madina.refresh_from_db()
    assert not madina.picture


def test_a_picture_that_is_cut_short_is_refused_in_a_process_that_has_drawn_a_pdf():
    pytest.importorskip("metrics.pdf_drawing", exc_type=OSError)  # where the machine has no Pango
    for content in (drawn()[:60], drawn("JPEG", (300, 300))[:-400]):
        with pytest.raises(PictureRefused):
            square(BytesIO(content), len(content))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    content = drawn("PNG", (9000, 9000), "1")
    with pytest.raises(PictureRefused, match="40 million"):
        square(BytesIO(content), len(content))


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(PictureRefused, match="5 MB"):
        square(BytesIO(b""), 5 * 1024 * 1024 + 1)


def test_a_new_picture_replaces_the_old_file_and_a_removed_one_leaves_none(
    send, madina, as_marketer, spring, django_capture_on_commit_callbacks
):
    send(drawn())
    madina.refresh_from_db()
    first = madina.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        send(drawn("WEBP"))
    madina.refresh_from_db()
    assert madina.picture.name != first and not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        send(None, remove="1")
    second = madina.picture.name
    madina.refresh_from_db()
    assert not madina.picture and not default_storage.exists(second)


def test_a_persona_that_comes_back_has_its_picture(send, madina, as_marketer, step_url):
    send(drawn())
    as_marketer.post(step_url("personas"), {"remove": madina.pk})
    as_marketer.post(step_url("personas") + "undo/")
    answer = as_marketer.get(step_url("personas") + f"{madina.pk}/picture/")
    assert answer.status_code == 200 and len(b"".join(answer.streaming_content))


def test_a_picture_is_behind_the_brands_door(send, madina, client, viewer, stranger, step_url):
    send(drawn())
    address = step_url("personas") + f"{madina.pk}/picture/"
    client.force_login(viewer)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp") and "private" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content).startswith(b"RIFF")
    assert client.post(address + "change/").status_code == 403
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_what_people_answered_stands_beside_the_personas(as_marketer, step_url, spring, madina, marketer):
    survey = surveys.begin(spring, "About you", "en", marketer)
    question = survey.questions.first()
    for age in ("25–34", "25–34", "18–24"):
        surveys.keep(survey, {str(question.pk): age}, "somebody")
    page = as_marketer.get(step_url("personas"))
    assert page.context["asked"][1] == 3
    assert "3 people answered" in page.content.decode() and "25–34" in page.content.decode()
