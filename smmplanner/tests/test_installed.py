"""The product as an app on a device."""

import io
import json
import re
from contextlib import closing

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from brands.models import Brand, Membership, Role, User

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def setup_in(script: str) -> dict:
    return json.loads(re.match(r"const SETUP = (.*);\n", script)[1])


@pytest.fixture
def lead(client, db):
    user = User.objects.create_user("a@example.com", language="uz", theme="dark")
    Membership.objects.create(brand=Brand.objects.create(name="Atlas", slug="atlas"), user=user, role=Role.LEAD)
    client.force_login(user)
    return user


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_manifest_is_in_the_language_of_the_page_that_names_it(code, client, db):
    page = client.get("/accounts/login/", headers={"Accept-Language": code}).content.decode()
    answer = client.get(re.search(r'rel="manifest" href="([^"]+)"', page)[1])
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["lang"] == code
    assert (manifest["id"], manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "/", "standalone")
    assert len(manifest["shortcuts"]) == 3


def test_a_language_that_nobody_speaks_here_gets_a_manifest_all_the_same(client, db):
    assert client.get("/manifest.webmanifest?language=%22xx").json()["lang"] in LANGUAGES


def test_the_pictures_of_the_manifest_are_as_large_as_it_says(client, db):
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        with closing(client.get(icon["src"])) as answer:
            picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        # A mask may cut any corner of a maskable picture; the other has round ones of its own.
        assert picture.getpixel((0, 0))[3] == (255 if icon["purpose"] == "maskable" else 0)


@pytest.mark.parametrize("name", ["icon-32.png", "icon-180.png"])
def test_pages_have_icons_for_tabs_and_phones(name, client, db):
    assert name in client.get("/accounts/login/").content.decode()
    assert finders.find(name)


@pytest.mark.parametrize(("theme", "colours"), [("system", 2), ("light", 1), ("dark", 1)])
def test_the_colour_around_the_page_follows_the_theme(theme, colours, client, lead):
    User.objects.update(theme=theme)
    page = client.get("/brands/atlas/calendar/").content.decode()
    assert page.count('name="theme-color"') == colours


@pytest.mark.parametrize(
    ("to", "leads_to"), [("calendar", "/calendar/"), ("new-post", "/calendar/posts/new/"), ("review", "/calendar/review/")]
)
def test_a_shortcut_leads_into_the_only_brand(to, leads_to, client, lead):
    assert client.get(f"/?to={to}")["Location"] == f"/brands/atlas{leads_to}"


def test_a_shortcut_asks_for_a_login_first_and_for_a_brand_where_there_are_several(client, lead):
    Membership.objects.create(brand=Brand.objects.create(name="Baxmal", slug="baxmal"), user=lead, role=Role.LEAD)
    assert client.get("/?to=calendar")["Location"] == "/brands/"
    client.logout()
    assert client.get("/?to=calendar")["Location"] == "/accounts/login/?next=/%3Fto%3Dcalendar"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_offline_page_is_in_the_readers_language_and_tells_nothing_of_anybody(code, client, lead):
    User.objects.update(language=code)
    page = client.get("/offline/").content.decode()
    assert f'<html lang="{code}" data-theme="dark" data-bs-theme="dark">' in page
    assert "data-again" in page
    assert "Atlas" not in page and lead.email not in page


def test_the_worker_is_at_the_root_and_never_kept(client, db):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert "worker-src 'self'" in policy and "manifest-src 'self'" in policy


def test_the_worker_keeps_files_and_the_offline_page_and_nothing_else(client, db):
    setup = setup_in(client.get("/sw.js").content.decode())
    assert setup["offline"] == "/offline/"
    assert any(name.endswith("tokens.css") for name in setup["assets"])
    for address in setup["assets"]:
        assert address.startswith(settings.STATIC_URL)
        with closing(client.get(address)) as answer:
            assert answer.status_code == 200, "one missing file and the worker is never installed"


def test_another_language_and_another_theme_make_another_worker(client, lead):
    versions = set()
    for language, theme in (("en", "light"), ("en", "dark"), ("uz", "dark")):
        User.objects.update(language=language, theme=theme)
        versions.add(setup_in(client.get("/sw.js").content.decode())["version"])
    assert len(versions) == 3


@pytest.mark.parametrize("is_on", [True, False])
def test_pages_name_the_worker_where_it_is_wanted(is_on, client, db, settings):
    settings.SERVICE_WORKER = is_on
    assert ('data-worker="/sw.js"' in client.get("/accounts/login/").content.decode()) is is_on
