"""What the server does so that no typed text is lost: it says what it took, and leads back to where people typed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from brands.models import Brand, Membership, Role, User

NEW_POST = "/brands/atlas/calendar/posts/new/"
TOKEN = {"kept": "abc123"}


@pytest.fixture
def brand(db):
    return Brand.objects.create(name="Atlas Libos", slug="atlas")


@pytest.fixture
def marketer(client, brand):
    user = User.objects.create_user("jasur@example.com", name="Jasur")
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    client.force_login(user)
    return user


def where_next(answer):
    assert answer.status_code == 302
    address = urlsplit(answer["Location"])
    assert address.path == reverse("account_login")
    return parse_qs(address.query)["next"][0]


# --- signed out meanwhile


def test_a_form_that_an_expired_session_sends_leads_back_to_the_page_it_stands_on(client, brand):
    answer = client.post(
        "/brands/atlas/calendar/posts/5/save/", headers={"Referer": "http://testserver/brands/atlas/calendar/posts/5/?a=1"}
    )
    assert where_next(answer) == "/brands/atlas/calendar/posts/5/?a=1"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "http://elsewhere.example/brands/",
        "https://testserver.example/",
        "http://testserver//elsewhere.example/",
        "http://[",
        "nonsense",
    ],
)
def test_a_page_elsewhere_is_no_place_to_go_back_to(referer, client, brand):
    assert where_next(client.post("/profile/", headers={"Referer": referer})) == "/profile/"


def test_a_page_that_is_opened_without_a_session_leads_back_to_itself(client, brand):
    answer = client.get("/brands/atlas/calendar/?day=1", headers={"Referer": "http://testserver/profile/"})
    assert where_next(answer) == "/brands/atlas/calendar/?day=1"


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Autosave": "yes"}])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/profile/", "/brands/atlas/calendar/"])
def test_a_script_is_told_that_the_session_is_over(headers, method, address, client, brand):
    answer = getattr(client, method)(address, headers=headers)
    assert answer.status_code == 401
    assert b"<form" not in answer.content


def test_the_page_of_an_expired_form_leads_back_to_the_form(brand):
    client = Client(enforce_csrf_checks=True)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            answer = client.post("/profile/", headers={"Referer": "http://testserver/profile/?x=1", "Accept-Language": code})
        assert answer.status_code == 403
        assert f'<html lang="{code}"' in answer.content.decode()
        assert 'href="/profile/?x=1"' in answer.content.decode()


def test_an_expired_form_from_elsewhere_leads_nowhere_else(brand):
    answer = Client(enforce_csrf_checks=True).post("/profile/", headers={"Referer": "http://elsewhere.example/trap/"})
    assert b"elsewhere.example" not in answer.content


# --- what was taken


def test_a_form_that_did_its_work_says_so(client, marketer):
    answer = client.post("/profile/", {"name": "Jasur Aka", "language": "en", "theme": "system"} | TOKEN)
    assert answer.status_code == 302
    assert answer.cookies["taken_abc123"]["path"] == "/"
    assert not answer.cookies["taken_abc123"]["httponly"], "the page's script reads it"


def test_a_refused_form_says_nothing(client, marketer):
    assert "taken_abc123" not in client.post("/profile/", {"name": "", "language": "xx"} | TOKEN).cookies


def test_a_form_that_ends_at_the_login_page_was_not_taken(client, brand):
    assert "taken_abc123" not in client.post(NEW_POST, TOKEN).cookies


@pytest.mark.parametrize("token", ["", "x" * 17, "a=b; path=/", "A", "é", "\r\nSet-Cookie: a"])
def test_a_token_that_no_page_made_comes_back_in_no_cookie(token, client, marketer):
    answer = client.post("/profile/", {"name": "Jasur", "language": "en", "theme": "system", "kept": token})
    assert answer.status_code == 302
    assert not [name for name in answer.cookies if name.startswith("taken_")]


def test_pages_name_the_person_that_copies_belong_to(client, marketer):
    assert f'data-person="{marketer.pk}"' in client.get("/brands/atlas/calendar/").content.decode()
    assert 'data-person=""' in Client().get(reverse("account_login")).content.decode()


def test_forms_with_passwords_and_addresses_of_people_are_not_kept(client, db):
    assert 'data-keep="no"' in client.get(reverse("account_login")).content.decode()


def test_signing_out_forgets_what_is_kept(client, marketer):
    for address in ("/brands/atlas/calendar/", reverse("account_logout")):
        assert "data-forget" in client.get(address).content.decode()
