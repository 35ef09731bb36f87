"""What the sources may do only in known places, and what a stranger tries at the doors."""

import ast
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.views.debug import get_default_exception_reporter_filter

from brands.models import Brand, Membership, Role, User
from smmplanner.preparation import load_demo
from smmplanner.tests.test_architecture import everything, imported, package, short, templates

# --- who speaks to other servers

SPEAKS = re.compile(
    r"^(urllib\.request|urllib3|requests|httpx|aiohttp|http\.client|socket|ssl|ftplib|telnetlib|poplib|imaplib|smtplib|websockets?)(\.|$)"
)
MAY_SPEAK = {
    "brands/fetching.py": "the one way out: it looks at where an address leads before it goes there",
    "smmplanner/management/commands/up.py": "asks the server that it started itself whether it is ready",
    "smmplanner/preparation.py": "looks whether a port of this machine is free",
}
# Only the name of what goes wrong.
HARMLESS = {"smtplib.SMTPException"}


def speaking(source: str, inside: str = "") -> set[str]:
    return {name for name in imported(source, inside) if SPEAKS.match(name)} - HARMLESS


def test_only_known_modules_speak_to_other_servers():
    found = {short(path): names for path in everything() if (names := speaking(path.read_text(), package(path)))}
    assert found.keys() == MAY_SPEAK.keys(), found


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "from urllib.request import urlopen",
        "import http.client",
        "from urllib import request",
        "import socket",
    ],
)
def test_another_way_out_is_noticed(source):
    assert speaking(source)


# --- what is taken for HTML

MAY_MARK_SAFE = {"calendar_app/templatetags/talk.py": "escapes the comment first"}
MAY_BE_SAFE = {
    "templates/_keep.html": "an empty element that a script fills with a moment",
    "templates/_field.html": "help texts are written in our forms, never by people",
}


def test_only_known_places_take_text_for_html():
    marks = {short(path) for path in everything() if re.search(r"\bmark_safe\(|\bSafeString\((?!\"|')", path.read_text())}
    assert marks == MAY_MARK_SAFE.keys()


def test_only_known_templates_leave_text_unescaped():
    found = {short(path) for path in templates() if re.search(r"\|\s*safe(seq)?\b|autoescape\s+off", path.read_text())}
    assert found == MAY_BE_SAFE.keys()


def test_help_texts_are_made_of_words_of_ours():
    """Each is a literal, a translated literal, or one of these with something of ours put into it."""
    strange = [
        f"{short(path)}:{node.lineno}"
        for path in everything()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.keyword | ast.Assign) and _is_help(node) and not _is_ours(node.value)
    ]
    assert not strange


def _is_help(node: ast.keyword | ast.Assign) -> bool:
    targets = [node] if isinstance(node, ast.keyword) else node.targets
    return any(getattr(target, "arg", getattr(target, "attr", "")) == "help_text" for target in targets)


def _is_ours(value: ast.expr) -> bool:
    # Names are constants of modules; "_(…) % {…}" may only take what the settings of a brand choose from.
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return not names & {"request", "form", "user", "row", "self"}


# --- forms

MAY_TAKE_ALL_FIELDS = {"brands/admin.py": "the form of people in the administration, whose fields its page lists"}


def test_forms_name_the_fields_that_they_take():
    found = {short(path) for path in everything() if re.search(r"fields\s*=\s*[\"']__all__[\"']", path.read_text())}
    assert found == MAY_TAKE_ALL_FIELDS.keys()
    assert not [
        short(path) for path in everything() if "forms" in path.parts and re.search(r"^\s+exclude\s*=", path.read_text(), re.M)
    ]


@pytest.fixture
def lead(db) -> Client:
    user = User.objects.create_user("lead@example.uz", "parol-1234-uz", name="Lola", language="en")
    brand = Brand.objects.create(name="Atlas", slug="atlas")
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    client = Client()
    client.force_login(user)
    return client


def test_fields_that_a_form_does_not_ask_for_change_nothing(lead):
    brand = Brand.objects.get()
    names = ("name", "about", "website", "business_type", "currency", "language", "country", "approval_mode", "version")
    typed = {name: getattr(brand, name) for name in names} | {"slug": "mine", "is_sample": "on", "id": 999, "name": "New"}
    assert lead.post("/brands/atlas/settings/", typed).status_code == 302
    brand.refresh_from_db()
    assert (brand.name, brand.slug, brand.is_sample) == ("New", "atlas", False)
    lead.post(
        "/profile/",
        {"name": "Lola", "language": "en", "theme": "dark", "is_staff": "on", "is_superuser": "on", "email": "x@example.uz"},
    )
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.email) == (False, False, "lead@example.uz")


# --- doors

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_signing_in_or_choosing_a_language(db, client, address):
    User.objects.create_user("a@example.uz", "parol-1234-uz")
    answers = [
        client.post("/i18n/setlang/", {"language": "uz", "next": address}),
        client.post(f"/accounts/login/?next={address}", {"login": "a@example.uz", "password": "parol-1234-uz", "next": address}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert re.match(r"/(?![/\\])", answer["Location"]), answer["Location"]


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "testserver:80@evil", ""])
def test_a_host_that_is_not_ours_gets_no_page(client, host):
    assert client.get("/accounts/login/", headers={"host": host or "_"}).status_code == 400


@pytest.mark.parametrize("more", [{"headers": {"X-HTTP-Method-Override": "POST"}}, {"query_params": {"_method": "POST"}}])
def test_no_request_passes_for_one_of_another_method(lead, more):
    assert lead.get("/brands/atlas/settings/team/leave/", **more).status_code == 405
    assert Membership.objects.count() == 1


def test_a_form_of_another_site_is_refused(lead):
    user = User.objects.get()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post("/brands/atlas/settings/team/leave/", headers={"origin": "https://evil.example"}).status_code == 403


def test_no_address_leads_to_the_folder_of_uploads(lead, settings):
    assert lead.get(f"{settings.MEDIA_URL}brands/1/x.jpg").status_code == 404


# --- what a traceback shows


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "CELERY_BROKER_URL",
        "LOCATION",
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "EMAIL_HOST_PASSWORD",
    ],
)
def test_no_debug_page_shows_a_secret(name):
    cleansed = get_default_exception_reporter_filter().cleanse_setting
    assert "hidden" not in str(cleansed(name, "redis://user:hidden@host/0"))
    assert cleansed("TIME_ZONE", "UTC") == "UTC"


# --- the demo


def test_where_others_come_the_demo_with_its_public_passwords_is_not_loaded(db, settings):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="passwords are public"):
        call_command("demo")
    told: list[str] = []
    load_demo(told.append)
    assert told == ["Not loading the demo brand: its passwords are public, and HTTPS=1 says that others come here."]
    assert not User.objects.exists() and not Brand.objects.exists()
