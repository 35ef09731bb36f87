"""Texts that nobody should send, and some do: a clear answer, and what was typed is still there."""

import html

import pytest
from django.urls import reverse

from brands.models import Channel, Platform
from calendar_app.models import Post

RTL = "‏مرحبا بالعالم \u202eabc\u202c שלום"
FAMILY = "👨‍👩‍👧‍👦🇺🇿👍🏽1️⃣" * 20
PAGE = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% now %}"


def sent(channel: Channel, **more) -> dict:
    return {"title": "Sinov", "text": "Matn", "kind": "planned", f"channel-{channel.pk}-on": "on", "media-seen": "1", **more}


@pytest.fixture
def write_new(brand, marketer, telegram, signed_in):
    def write_new(**fields):
        return signed_in(marketer).post(reverse("calendar:new_post", args=[brand.slug]), sent(telegram, **fields))

    return write_new


@pytest.mark.parametrize("text", [RTL, FAMILY, PAGE, "\ud7ff\uffff", "a\u0301" * 500, "\u200b", "#" * 3000])
def test_odd_texts_are_kept_to_the_letter_and_shown_as_text(write_new, text, brand, marketer, signed_in):
    assert write_new(text=text, first_comment=text[:2000]).status_code == 302
    post = Post.objects.get()
    assert post.text == text.strip()
    page = signed_in(marketer).get(post.get_absolute_url()).content.decode()
    assert "<script>alert" not in page and html.escape(post.text[:40]).replace("&#x27;", "&#x27;") in page
    assert signed_in(marketer).get(reverse("calendar:versions", args=[brand.slug, post.pk])).status_code == 200


@pytest.mark.parametrize("field", ["text", "first_comment"])
def test_a_hundred_thousand_characters_are_refused_with_the_limit_and_stay_in_the_form(write_new, field):
    long = "Uzun matn. " * 9091
    answer = write_new(**{field: long})
    page = answer.content.decode()
    assert answer.status_code == 422 and not Post.objects.exists()
    assert "Ensure this value has at most" in page and page.count("Uzun matn.") >= 9091


@pytest.mark.parametrize("field", ["text", "title", "first_comment", "utm_campaign", "utm_content", "link"])
def test_a_null_byte_is_refused_in_words(write_new, field):
    answer = write_new(**{field: "https://a.uz/\0b"})
    assert answer.status_code == 422 and not Post.objects.exists()
    assert "Null characters are not allowed" in answer.content.decode() or "Enter a valid URL" in answer.content.decode()


def test_each_channel_counts_a_hundred_thousand_characters_in_time(brand, marketer, telegram, signed_in):
    for slug in ("x", "youtube", "tiktok", "linkedin"):
        Channel.objects.create(brand=brand, platform=Platform.objects.get(slug=slug), handle=slug)
    boxes = {f"channel-{channel.pk}-on": "on" for channel in brand.channels.all()}
    text = ("#a https://a.uz/b 👨‍👩‍👧 ʻ " * 5000)[:100_000]
    answer = signed_in(marketer).post(reverse("calendar:checks", args=[brand.slug]), sent(telegram, text=text, **boxes))
    assert answer.status_code == 200 and answer.content.decode().count("Too long by") == 5


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,<b>", "http://[", "https://a.uz/" + "a" * 600])
def test_a_link_that_is_none_is_refused_and_stays_in_the_form(write_new, link):
    answer = write_new(link=link, adds_utm="on")
    assert answer.status_code == 422 and not Post.objects.exists()
    assert html.escape(link[:20]) in answer.content.decode()
    assert f'href="{link[:10]}' not in answer.content.decode()


def test_the_link_is_built_for_each_channel_while_it_is_typed(brand, marketer, telegram, instagram, signed_in):
    more = {f"channel-{instagram.pk}-on": "on", "link": "choyxona.uz/menu?a=1#b", "adds_utm": "on", "is_paid": "on"}
    answer = signed_in(marketer).post(reverse("calendar:checks", args=[brand.slug]), sent(telegram, **more, utm_campaign="kuz"))
    page = answer.content.decode()
    for slug in ("telegram", "instagram"):
        address = f"https://choyxona.uz/menu?a=1&utm_source={slug}&utm_medium=paid_social&utm_campaign=kuz#b"
        assert html.escape(address) in page
    assert "no UTM tags" not in page


def test_a_campaign_names_the_tag_where_nothing_else_does(brand, write, viewer, signed_in):
    day = brand.today()
    campaign = brand.campaigns.create(name="Kuzgi oʻzgarish", start=day, end=day)
    post = write(link="https://choyxona.uz/", adds_utm=True, campaign=campaign)
    tagged = "https://choyxona.uz/?utm_source=telegram&utm_medium=social&utm_campaign=kuzgi-ozgarish"
    assert post.publications.get().tagged_link == tagged
    assert html.escape(tagged) in signed_in(viewer).get(post.get_absolute_url()).content.decode()
