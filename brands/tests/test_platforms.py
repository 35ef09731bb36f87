import re
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

from brands.models import Platform
from brands.platform_rows import rows
from metrics.kpi.measures import MEASURES

ACTIVE = {"facebook", "instagram", "telegram", "tiktok", "youtube", "linkedin", "x", "threads", "pinterest"}


@pytest.fixture
def platforms(db) -> dict[str, Platform]:
    return {platform.slug: platform for platform in Platform.objects.all()}


@pytest.fixture
def seed():
    module = import_module("brands.migrations.0002_seed_platforms")
    return lambda: module.add_missing(apps, SimpleNamespace(connection=connection))


def test_nine_networks_are_offered_and_those_of_the_lecture_are_kept(platforms):
    assert {slug for slug, platform in platforms.items() if platform.is_active} == ACTIVE
    assert {"tumblr", "google-plus", "vine", "world-of-warcraft", "wikis", "questions-and-answers"} <= set(platforms)


@pytest.mark.parametrize(
    ("slug", "mode", "limit", "hashtags", "media"),
    [
        ("facebook", "chars", 63206, None, 10),
        ("instagram", "chars", 2200, 5, 10),
        ("x", "x_weighted", 280, None, 4),
        ("tiktok", "utf16", 2200, 5, 35),
        ("linkedin", "chars", 3000, None, 20),
        ("pinterest", "chars", 500, None, 5),
        ("youtube", "utf8_bytes", 5000, 60, 1),
        ("telegram", "chars", 4096, None, 10),
        ("threads", "chars", 500, 1, 20),
    ],
)
def test_limits_are_those_of_the_reference(platforms, slug, mode, limit, hashtags, media):
    platform = platforms[slug]
    assert (platform.count_mode, platform.text_limit, platform.hashtag_limit, platform.media_limit) == (
        mode,
        limit,
        hashtags,
        media,
    )


def test_particular_limits(platforms):
    assert platforms["telegram"].text_limit_with_media == 1024
    assert {slug for slug in ACTIVE if not platforms[slug].links_in_text} == {"instagram", "tiktok"}
    assert {slug for slug in ACTIVE if platforms[slug].media_required} == {"instagram", "tiktok", "pinterest", "youtube"}
    assert {slug for slug in ACTIVE if platforms[slug].needs_video} == {"tiktok", "youtube"}
    assert platforms["tiktok"].category_seed == "no_company_profile"
    assert platforms["tiktok"].category_current == "same_profile"


@pytest.mark.parametrize("slug", sorted(ACTIVE))
def test_every_network_on_offer_is_described_in_all_languages_with_its_source(platforms, slug):
    platform = platforms[slug]
    platform.full_clean()
    assert platform.checked_on == date(2026, 11, 21)
    assert platform.source
    assert platform.cadence_min <= platform.cadence_max
    assert set(platform.metrics_offered) <= set(MEASURES)
    for field in ("strengths", "weaknesses", "audience", "formats", "media_rules", "link_rules", "advertising", "cadence_note"):
        assert getattr(platform, field)
        for language in ("uz", "ru"):
            assert platform.translations[language][field]


def test_texts_are_said_in_the_language_of_the_reader(platforms):
    with translation.override("uz"):
        assert platforms["x"].said("audience") == "Yangiliklar, texnologiya, OAV"
        assert platforms["google-plus"].said("strengths") == ""
    with translation.override("ru"):
        assert platforms["x"].said("audience") == "Новости, технологии, медиа"
    with translation.override("de"):
        assert platforms["x"].said("audience") == "News, technology, media"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["slug"])
def test_russian_says_all_that_uzbek_says_and_in_its_own_letters(row):
    uzbek, russian = row["translations"]["uz"], row["translations"]["ru"]
    assert set(russian) == set(uzbek)
    assert len(russian.get("formats", ())) == len(row.get("formats", ()))
    for text in (text for text in russian.values() if isinstance(text, str)):
        assert re.search("[а-яё]", text), text
        assert not re.search("[\"“”'’`]", text), text


def test_rows_that_stood_before_get_russian_and_keep_what_administrators_wrote(platforms):
    Platform.objects.filter(slug="x").update(translations={"uz": {"audience": "Hamma"}})
    Platform.objects.filter(slug="vine").update(translations={"ru": {"weaknesses": "Давно закрыт"}})
    Platform.objects.create(slug="ours", name="Ours", position=99)
    module = import_module("brands.migrations.0006_say_platforms_in_russian")
    module.add_russian(apps, SimpleNamespace(connection=connection))
    x, vine = Platform.objects.get(slug="x"), Platform.objects.get(slug="vine")
    assert x.translations == {"uz": {"audience": "Hamma"}, "ru": platforms["x"].translations["ru"]}
    assert vine.translations == {"ru": {"weaknesses": "Давно закрыт"}}
    assert Platform.objects.get(slug="ours").translations == {}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["slug"])
def test_uzbek_is_written_with_its_own_letters(row):
    # An apostrophe stands only where an ending is joined to a foreign name: Quora’dagi.
    texts = " ".join(str(text) for text in row["translations"].get("uz", {}).values() if isinstance(text, str))
    assert not re.search(r"[oOgG]['`‘’]|['`‘]", texts)


def test_seeding_again_keeps_what_an_administrator_changed(platforms, seed):
    Platform.objects.filter(slug="x").update(text_limit=500)
    Platform.objects.filter(slug="vine").delete()
    seed()
    assert Platform.objects.get(slug="x").text_limit == 500
    assert Platform.objects.filter(slug="vine").exists()
    assert Platform.objects.count() == len(rows())
