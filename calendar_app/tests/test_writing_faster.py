"""Sets of hashtags, templates, copies, further channels: what saves typing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.models import Channel, Platform
from calendar_app.models import HashtagSet, MediaFile, Post, PostMedia, PostTemplate
from calendar_app.tests.conftest import local, soon
from strategies.models import Slot

pytestmark = pytest.mark.once


def page(name: str, brand, *args) -> str:
    return reverse(f"calendar:{name}", args=[brand.slug, *args])


# --- hashtags


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("#choy choy  #issiq", "#choy #issiq"),
        ("choy,issiq;#uchinchi\n#чой", "#choy #issiq #uchinchi #чой"),
        ("#a#b##c", "#a #b #c"),
    ],
)
def test_hashtags_are_kept_each_once_with_their_sign(brand, marketer, signed_in, typed, kept):
    answer = signed_in(marketer).post(page("hashtags", brand), {"name": "Choy", "tags": typed})
    assert answer.status_code == 302
    assert HashtagSet.objects.get().tags == kept


@pytest.mark.parametrize("typed", ["", "#", "#2027", "#navroʻz", "#a-b", "<b>", " ".join(f"a{n}" for n in range(31)), "a\0"])
def test_hashtags_that_would_break_are_refused_and_stay_in_the_form(brand, marketer, signed_in, typed):
    answer = signed_in(marketer).post(page("hashtags", brand), {"name": "Choy", "tags": typed})
    assert answer.status_code == 422 and not HashtagSet.objects.exists()
    assert 'value="Choy"' in answer.content.decode()


def test_a_set_is_changed_by_its_version_and_deleted(brand, marketer, signed_in):
    row, client = HashtagSet.objects.create(brand=brand, name="Choy", tags="#choy"), signed_in(marketer)
    assert client.post(page("hashtag_set", brand, row.pk), {"name": "Choy", "tags": "#qora", "version": 1}).status_code == 302
    assert client.post(page("hashtag_set", brand, row.pk), {"name": "Choy", "tags": "#koʻk", "version": 2}).status_code == 422
    assert client.post(page("hashtag_set", brand, row.pk), {"name": "Choy", "tags": "#yashil", "version": 1}).status_code == 409
    client.post(page("delete_hashtag_set", brand, row.pk), {"version": 1})
    assert HashtagSet.objects.get().tags == "#qora"
    client.post(page("delete_hashtag_set", brand, row.pk), {"version": 2})
    assert not HashtagSet.objects.exists()


def test_two_sets_of_one_name_are_refused_in_words(brand, marketer, signed_in):
    HashtagSet.objects.create(brand=brand, name="Choy", tags="#choy")
    answer = signed_in(marketer).post(page("hashtags", brand), {"name": "Choy", "tags": "#a"})
    assert answer.status_code == 422 and "There is one of this name already" in answer.content.decode()


def test_sets_stand_in_the_form_to_be_put_into_the_text(brand, marketer, telegram, signed_in):
    HashtagSet.objects.create(brand=brand, name="Choy", tags='#choy #"')
    shown = signed_in(marketer).get(page("new_post", brand)).content.decode()
    assert 'data-insert="#choy #&quot;"' in shown


@pytest.mark.parametrize("name", ["hashtags", "templates", "new_post"])
def test_lists_ask_the_same_for_one_row_and_for_three(brand, marketer, telegram, signed_in, name):
    client, counts = signed_in(marketer), []
    for number in range(3):
        HashtagSet.objects.create(brand=brand, name=str(number), tags="#a")
        PostTemplate.objects.create(brand=brand, name=str(number), content={"texts": {str(telegram.pk): ""}}, created_by=marketer)
        client.get(page(name, brand))
        with CaptureQueriesContext(connection) as captured:
            client.get(page(name, brand))
        counts.append(len(captured))
    assert len(set(counts)) == 1


# --- templates


@pytest.fixture
def whole(write, telegram, instagram, strategy, goal, pillar, brand):
    post = write(
        title="Narxlar", text="Choy 5 000", channels=[telegram, instagram], strategy=strategy, goal=goal, pillar=pillar,
        link="https://choyxona.uz/", adds_utm=True, utm_campaign="bahor", first_comment="Salom", format="image", kind="promo",
        journey_stage="conversion", purpose="engage", is_paid=True,
    )  # fmt: skip
    post.publications.filter(channel=instagram).update(text_override="Boshqacha")
    row = MediaFile.objects.create(
        brand=brand, kind="image", content_type="image/png", name="1.png", file="1.png", size=1, sha256="1"
    )
    PostMedia.objects.create(post=post, file=row)
    return post


def test_a_post_is_kept_as_a_template_and_begins_another(brand, whole, marketer, signed_in, telegram, instagram):
    client = signed_in(marketer)
    assert client.post(page("save_as_template", brand, whole.pk), {"name": "Hafta narxlari"}).status_code == 302
    template = PostTemplate.objects.get()
    form = client.get(page("new_post", brand), {"template": template.pk}).context["form"]
    begun = {
        name: form[name].value() for name in ("title", "text", "link", "adds_utm", "first_comment", "kind", "goal", "pillar")
    }
    assert begun == {
        "title": "Narxlar", "text": "Choy 5 000", "link": "https://choyxona.uz/", "adds_utm": True, "first_comment": "Salom",
        "kind": "promo", "goal": whole.goal_id, "pillar": whole.pillar_id,
    }  # fmt: skip
    assert {plan.channel: plan["text"].value() for plan in form.plans if plan.is_on} == {telegram: "", instagram: "Boshqacha"}
    assert [file.name for file in form.attached.files] == ["1.png"]


def test_a_template_forgets_what_has_left_the_brand(brand, whole, marketer, signed_in, instagram, strategy):
    client = signed_in(marketer)
    client.post(page("save_as_template", brand, whole.pk), {"name": "Eski"})
    whole.delete()
    instagram.delete()
    MediaFile.objects.all().delete()
    strategy.status = "archived"
    strategy.save()
    form = client.get(page("new_post", brand), {"template": PostTemplate.objects.get().pk}).context["form"]
    assert form["text"].value() == "Choy 5 000" and not form["goal"].value() and not form.attached.files


@pytest.mark.parametrize("template", ["", "x", "0", "9" * 30, "-1", "\0"])
def test_a_template_that_is_none_begins_an_empty_post(brand, marketer, telegram, signed_in, template):
    answer = signed_in(marketer).get(page("new_post", brand), {"template": template})
    assert answer.status_code == 200 and not answer.context["form"]["text"].value()


def test_templates_are_renamed_and_deleted(brand, whole, marketer, signed_in):
    client = signed_in(marketer)
    client.post(page("save_as_template", brand, whole.pk))
    row = PostTemplate.objects.get()
    assert row.name == "Narxlar"
    assert client.post(page("save_as_template", brand, whole.pk)).status_code == 422
    assert client.get(page("rename_template", brand, row.pk)).status_code == 200
    client.post(page("rename_template", brand, row.pk), {"name": "Yangi", "version": 1})
    assert client.post(page("rename_template", brand, row.pk), {"name": "Boshqa", "version": 1}).status_code == 409
    client.post(page("delete_template", brand, row.pk), {"version": 1})
    assert PostTemplate.objects.get().name == "Yangi"
    client.post(page("delete_template", brand, row.pk), {"version": 2})
    assert not PostTemplate.objects.exists()


# --- once more


def test_a_duplicate_is_a_draft_without_days(brand, whole, marketer, signed_in, instagram):
    whole.publications.update(at=soon(), status="scheduled")
    Post.objects.filter(pk=whole.pk).update(state="approved")
    answer = signed_in(marketer).post(page("duplicate", brand, whole.pk))
    copy = Post.objects.exclude(pk=whole.pk).get()
    assert answer["Location"] == copy.get_absolute_url()
    assert (copy.text, copy.state, copy.goal, copy.first_comment) == ("Choy 5 000", "draft", whole.goal, "Salom")
    assert {(row.status, row.at) for row in copy.publications.all()} == {("planned", None)}
    assert copy.publications.get(channel=instagram).text_override == "Boshqacha"
    assert copy.media.count() == 1 and copy.versions.count() == 1 and copy.created_by == marketer
    whole.refresh_from_db()
    assert whole.state == "approved"


def test_a_week_later_keeps_the_time_on_the_clock_over_the_change_of_clocks(brand, write, marketer, signed_in):
    brand.time_zone = "Europe/London"
    brand.save()
    year = brand.today().year + 1
    before = max(d for n in range(1, 8) if (d := timezone.datetime(year, 3, 24 + n).date()).weekday() == 6) - timedelta(days=2)
    post = write(at=local(brand, before, 9, 30))
    signed_in(marketer).post(page("duplicate", brand, post.pk), {"days": "7"})
    at = Post.objects.exclude(pk=post.pk).get().publications.get().at
    assert at == local(brand, before + timedelta(days=7), 9, 30)
    assert at - post.publications.get().at == timedelta(days=7) - timedelta(hours=1)


def test_a_copy_into_the_past_has_no_day_and_says_so(brand, write, marketer, signed_in):
    post = write(at=timezone.now() - timedelta(days=30))
    answer = signed_in(marketer).post(page("duplicate", brand, post.pk), {"days": "7"}, follow=True)
    assert Post.objects.exclude(pk=post.pk).get().publications.get().at is None
    assert "the day you asked for has passed" in answer.content.decode()


@pytest.mark.parametrize("days", ["0", "-7", "367", "x", "9" * 30])
def test_days_that_make_no_sense_copy_nothing(brand, write, marketer, signed_in, days):
    post = write()
    assert signed_in(marketer).post(page("duplicate", brand, post.pk), {"days": days}).status_code == 422
    assert Post.objects.count() == 1


def test_a_copy_belongs_to_no_slot_and_no_series(brand, write, marketer, signed_in):
    post = write(kind="series", slot_day=brand.today(), series_day=brand.today())
    signed_in(marketer).post(page("duplicate", brand, post.pk))
    copy = Post.objects.exclude(pk=post.pk).get()
    assert (copy.kind, copy.slot_day, copy.series_day) == ("planned", None, None)
    assert not Slot.objects.exists()


# --- elsewhere


@pytest.fixture
def x(brand) -> Channel:
    return Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="x"), handle="choyxona")


def test_each_further_channel_says_what_it_makes_of_the_text(brand, write, marketer, signed_in, instagram, x):
    post = write(text="a" * 300)
    shown = signed_in(marketer).get(page("also_on", brand, post.pk)).content.decode()
    assert "Too long by 20: X (Twitter) takes 280" in shown and "Instagram needs a picture or a video" in shown
    assert "Telegram" not in shown.partition("<fieldset")[2].partition("</fieldset>")[0]


def test_a_post_goes_out_on_further_channels_at_its_time_or_another(brand, write, marketer, signed_in, instagram, x):
    post, client = write(at=soon()), signed_in(marketer)
    at = soon(48).astimezone(brand.zone).replace(second=0)
    sent = {"channels": [x.pk], "day": f"{at:%Y-%m-%d}", "clock": f"{at:%H:%M}", "version": 1}
    assert client.post(page("also_on", brand, post.pk), sent).status_code == 302
    assert post.publications.get(channel=x).at == at
    assert client.post(page("also_on", brand, post.pk), sent | {"channels": [instagram.pk]}).status_code == 409
    assert client.post(page("also_on", brand, post.pk), {"channels": [instagram.pk], "version": 2}).status_code == 302
    assert post.publications.get(channel=instagram).at is None
    assert "on all your channels already" in client.get(page("also_on", brand, post.pk)).content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"channels": "x"}, {"channels": "999999"}, {"day": "2027-01-01"}, {"day": "x"}, {"version": ""}]
)  # fmt: skip
def test_what_is_missing_for_further_channels_is_said(brand, write, marketer, signed_in, x, sent):
    post = write()
    whole = {"channels": [x.pk], "version": 1} if sent and "channels" not in sent else {"version": 1}
    assert signed_in(marketer).post(page("also_on", brand, post.pk), whole | sent).status_code == 422
    assert post.publications.count() == 1
