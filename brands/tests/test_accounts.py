import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from brands import accounts
from brands.languages import OWN_NAMES
from brands.models import User

pytestmark = pytest.mark.once

NEW = {"email": "aziza@example.uz", "password1": "kuchli-parol-77", "name": "Aziza Komilova", "language": "uz"}


@pytest.fixture
def rate_limits(settings):
    """As people meet them; the other tests are quicker than any person."""
    settings.ACCOUNT_RATE_LIMITS = {}


def sign_in(client, email="dilnoza@example.uz", password="parol-1234-uz"):
    return client.post("/accounts/login/", {"login": email, "password": password})


# --- people


def test_an_address_is_one_person_in_any_case(person):
    person("dilnoza")
    with pytest.raises(IntegrityError):
        User.objects.create_user("DILNOZA@example.uz", "x")


def test_names_become_initials(db):
    assert User(email="a.b@example.uz").initials == "AB"
    assert User(name="Dilnoza Karimova").initials == "DK"


# --- sign-up


def test_sign_up_asks_a_name_and_a_language(client, db):
    response = client.post("/accounts/signup/", NEW)
    assert response.url == "/"
    user = User.objects.get()
    assert (user.name, user.language, user.email) == ("Aziza Komilova", "uz", "aziza@example.uz")
    assert check_password("kuchli-parol-77", user.password)


def test_the_language_of_the_page_is_chosen_already(client, db):
    client.cookies["django_language"] = "uz"
    assert client.get("/accounts/signup/").context["form"]["language"].initial == "uz"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "x"),
        ("email", ""),
        ("password1", "12345678"),
        ("password1", "abc"),
        ("name", ""),
        ("name", "a\x00"),
        ("language", "xx"),
    ],
)
def test_garbage_at_sign_up_is_refused_at_its_field(client, db, field, value):
    response = client.post("/accounts/signup/", NEW | {field: value})
    assert field in response.context["form"].errors
    assert not User.objects.exists()


def test_where_no_letters_arrive_none_is_spoken_of(client, db):
    response = client.post("/accounts/signup/", NEW, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Successfully signed in as Aziza Komilova."]


def test_where_letters_arrive_an_address_is_proved_first(client, db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = client.post("/accounts/signup/", NEW, follow=True)
    assert "Open the link in the letter" in response.text
    assert "_auth_user_id" not in client.session
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    assert client.post(link).status_code == 302
    assert EmailAddress.objects.get().verified


def test_a_letter_that_could_not_be_sent_is_not_said_to_be_on_its_way(client, db, settings, monkeypatch):
    def away(letter):
        raise OSError("No route to host")

    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    monkeypatch.setattr(mail.EmailMessage, "send", away)
    response = client.post("/accounts/signup/", NEW, follow=True)
    assert [str(message) for message in response.context["messages"]] == [accounts.NOT_SENT]
    monkeypatch.undo()
    client.post("/accounts/login/", {"login": NEW["email"], "password": NEW["password1"]})
    assert [letter.to for letter in mail.outbox] == [[NEW["email"]]], "who signs in is written to again"


def test_where_letters_arrive_sign_up_does_not_tell_who_has_an_account(client, person, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    person("dilnoza")
    known = client.post("/accounts/signup/", NEW | {"email": "dilnoza@example.uz"}, follow=True)
    client.logout()
    new = client.post("/accounts/signup/", NEW, follow=True)
    assert known.redirect_chain == new.redirect_chain
    assert mail.outbox[0].subject == "You have an account already"


# --- sign-in


def test_the_address_works_in_any_case(client, person):
    person("dilnoza")
    assert sign_in(client, "Dilnoza@Example.uz").url == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, person):
    person("dilnoza")
    wrong, unknown = sign_in(client, password="wrong"), sign_in(client, email="nobody@example.uz")
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert "is not right" in wrong.text


def test_guessing_is_stopped_after_a_few_attempts(client, person, rate_limits):
    person("dilnoza")
    for _attempt in range(6):
        sign_in(client, password="wrong")
    assert "Too many attempts" in sign_in(client).text


def test_many_attempts_from_one_place_get_a_page_that_says_so(client, db, rate_limits):
    for _attempt in range(40):
        response = client.post("/accounts/signup/", NEW | {"email": "x"})
    assert response.status_code == 429
    assert "too often" in response.text


def test_behind_a_proxy_one_place_does_not_use_up_the_attempts_of_all(client, db, rate_limits, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for place, status in (("203.0.113.7", 429), ("203.0.113.8", 200)):
        for _attempt in range(25 if status == 429 else 1):
            # What a visitor claims stands first; what the proxy saw stands last.
            response = client.post(
                "/accounts/signup/", NEW | {"email": "x"}, headers={"x-forwarded-for": f"198.51.100.{_attempt}, {place}"}
            )
        assert response.status_code == status, place


def test_one_is_led_back_to_the_page_that_one_wanted(client, lead):
    response = client.post(
        "/accounts/login/", {"login": lead.email, "password": "parol-1234-uz", "next": "/brands/atlas/settings/"}
    )
    assert response.url == "/brands/atlas/settings/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_nobody_is_led_elsewhere_by_signing_in(client, lead, target):
    response = client.post("/accounts/login/", {"login": lead.email, "password": "parol-1234-uz", "next": target})
    assert response.url == "/"


def test_signing_out_takes_a_press_of_a_button(as_user, lead):
    client = as_user(lead)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


# --- a forgotten password


def test_a_forgotten_password_is_replaced_through_a_letter(client, person):
    person("dilnoza")
    client.post("/accounts/password/reset/", {"email": "dilnoza@example.uz"})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link).url
    client.post(form, {"password1": "yangi-parol-88", "password2": "yangi-parol-88"})
    client.logout()
    assert sign_in(client, password="yangi-parol-88").url == "/"
    assert "too old" in client.get(link, follow=True).text


def test_resetting_does_not_tell_who_has_an_account(client, person):
    person("dilnoza")
    known = client.post("/accounts/password/reset/", {"email": "dilnoza@example.uz"}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.uz"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert mail.outbox[1].subject == "You have no account with this address"


def test_a_forged_reset_link_says_so(client, db):
    assert "too old" in client.get("/accounts/password/reset/key/1-abc-def/").text


# --- pages


@pytest.mark.parametrize("path", ["login", "signup", "password/reset", "password/reset/done", "confirm-email", "inactive"])
@pytest.mark.parametrize("language", ["en", "uz", "ru"])
def test_pages_about_accounts_open_in_every_language(client, db, path, language):
    client.cookies["django_language"] = language
    response = client.get(f"/accounts/{path}/")
    assert response.status_code == 200
    assert f'lang="{language}"' in response.text
    assert "sp-door" in response.text


def test_languages_are_offered_by_their_own_names(client, db):
    assert set(OWN_NAMES) == {code for code, _name in settings.LANGUAGES}
    page = client.get("/accounts/signup/").text
    for code, name in OWN_NAMES.items():
        assert f'lang="{code}"' in page
        assert page.count(name) == 2  # in the corner and in the form


@pytest.mark.parametrize("path", ["password/change", "email", "logout", "reauthenticate"])
def test_pages_about_ones_own_account_open(as_user, lead, path):
    response = as_user(lead).get(f"/accounts/{path}/")
    assert response.status_code == 200
    assert "sp-door" in response.text


def test_the_password_is_changed_and_one_stays_signed_in(as_user, lead):
    client = as_user(lead)
    typed = {"oldpassword": "parol-1234-uz", "password1": "yangi-parol-88", "password2": "yangi-parol-88"}
    client.post("/accounts/password/change/", typed)
    assert client.get("/profile/").status_code == 200
    assert mail.outbox[0].subject == "Your password was changed"


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_new_address_takes_over_once_it_is_confirmed_and_chosen(as_user, lead, confirmed):
    EmailAddress.objects.create(user=lead, email=lead.email, primary=True, verified=confirmed)
    client = as_user(lead)
    client.post("/accounts/email/", {"email": "yangi@example.uz", "action_add": ""})
    lead.refresh_from_db()
    assert lead.email == "dilnoza@example.uz"
    letter = next(letter for letter in mail.outbox if letter.to == ["yangi@example.uz"])
    client.post(re.search(r"http://testserver(/accounts/confirm-email/\S+)", letter.body)[1])
    assert "Use this one" in client.get("/accounts/email/").text
    client.post("/accounts/email/", {"email": "yangi@example.uz", "action_primary": ""})
    lead.refresh_from_db()
    assert lead.email == "yangi@example.uz"


def test_the_only_address_cannot_be_removed(as_user, lead):
    client = as_user(lead)
    client.get("/accounts/email/")
    client.post("/accounts/email/", {"email": lead.email, "action_remove": ""})
    client.post("/accounts/email/", {"email": "yangi@example.uz", "action_add": ""})
    lead.refresh_from_db()
    assert lead.email == "dilnoza@example.uz"


# --- profile


def test_name_language_theme_and_letters_are_kept_per_person(as_user, lead):
    client = as_user(lead)
    client.post("/profile/", {"name": "Dilnoza K.", "language": "uz", "theme": "dark"})
    lead.refresh_from_db()
    assert (lead.name, lead.language, lead.theme) == ("Dilnoza K.", "uz", "dark")
    page = client.get("/profile/").text
    assert 'lang="uz"' in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("language", "xx"), ("theme", "pink"), ("name", "x" * 151)])
def test_garbage_on_the_profile_is_refused_and_not_shown_around_it(as_user, lead, field, value):
    typed = {"name": "Dilnoza", "language": "en", "theme": "system"} | {field: value}
    response = as_user(lead).post("/profile/", typed)
    assert field in response.context["form"].errors


def test_the_profile_is_ones_own(as_user, lead, marketer):
    as_user(marketer).post(
        "/profile/", {"name": "Boshqa", "language": "en", "theme": "light", "email": lead.email, "is_staff": "on"}
    )
    lead.refresh_from_db()
    marketer.refresh_from_db()
    assert lead.name == "Dilnoza"
    assert (marketer.email, marketer.is_staff) == ("jasur@example.uz", False)


@pytest.mark.django_db
def test_whoever_is_signed_in_keeps_the_language_on_every_device(client, django_user_model):
    person = django_user_model.objects.create_user("person@example.com", "pass-word-42", language="en")
    client.force_login(person)
    answer = client.post(reverse("set_language"), {"language": "uz", "next": "/profile/"})
    assert (answer.status_code, answer["Location"]) == (302, "/profile/")
    elsewhere = Client()
    elsewhere.force_login(person)
    assert '<html lang="uz"' in elsewhere.get("/profile/").text


@pytest.mark.django_db
def test_a_language_that_nobody_offers_changes_nothing(client, django_user_model):
    person = django_user_model.objects.create_user("person@example.com", "pass-word-42", language="uz")
    client.force_login(person)
    client.post(reverse("set_language"), {"language": "tlh", "next": "https://elsewhere.example.com/"})
    person.refresh_from_db()
    assert person.language == "uz"
    assert '<html lang="uz"' in client.get("/profile/").text


@pytest.mark.django_db
def test_a_visitor_chooses_the_language_of_the_browser(client):
    client.post(reverse("set_language"), {"language": "uz", "next": "/accounts/login/"})
    assert '<html lang="uz"' in client.get("/accounts/login/").text
