import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail

from brands.models import AuditEntry
from brands.second_factors import SecondFactorAdapter

PASSWORD = "parol-1234-uz"
SECRET = re.compile(r'<code class="sp-secret">([A-Z2-7]+)</code>')


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, email="dilnoza@example.uz"):
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD})


def show_that_it_is_they(client) -> None:
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def set_up_app(client):
    """As people do: sign in, show who they are, read the key, type the code."""
    sign_in(client)
    show_that_it_is_they(client)
    page = client.get("/accounts/2fa/totp/activate/")
    return client.post("/accounts/2fa/totp/activate/", {"code": code_of(SECRET.search(page.text)[1])})


def give_totp(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


@pytest.fixture
def dilnoza(person):
    return person("dilnoza")


# --- setting one up


def test_an_app_is_set_up_with_a_picture_or_a_key_and_codes_for_later_follow(client, dilnoza):
    sign_in(client)
    show_that_it_is_they(client)
    page = client.get("/accounts/2fa/totp/activate/")
    assert '<img src="data:image/svg+xml;base64,' in page.text
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(SECRET.search(page.text)[1])})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    codes = client.get(answer.url).context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/accounts/2fa/recovery-codes/download/").text.split() == codes
    assert dilnoza.has_second_factor


def test_a_wrong_code_sets_nothing_up(client, dilnoza):
    sign_in(client)
    show_that_it_is_they(client)
    client.get("/accounts/2fa/totp/activate/")
    answer = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "This code is not right" in answer.text
    assert not Authenticator.objects.exists()


def test_whoever_adds_one_shows_first_that_it_is_still_they(as_user, dilnoza):
    client = as_user(dilnoza)
    for address in ("totp/activate/", "webauthn/add/"):
        assert client.get(f"/accounts/2fa/{address}").url.startswith("/accounts/reauthenticate/")


def test_secrets_lie_encrypted_and_open_with_this_key_alone(dilnoza, settings):
    secret = give_totp(dilnoza)
    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret
    settings.SECRET_KEY, former = "another" * 10, settings.SECRET_KEY
    assert SecondFactorAdapter().decrypt(stored) == ""
    settings.SECRET_KEY_FALLBACKS = [former]
    assert SecondFactorAdapter().decrypt(stored) == secret


# --- signing in with it


def test_the_password_alone_lets_nobody_in(client, dilnoza):
    secret = give_totp(dilnoza)
    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    assert client.get("/profile/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/profile/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/profile/").status_code == 200


def test_a_code_works_once(client, dilnoza):
    code = code_of(give_totp(dilnoza))
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_recovery_code_lets_in_once(client, dilnoza):
    set_up_app(client)
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    for status in (302, 200):
        client.post("/accounts/logout/")
        sign_in(client)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == status


def test_guessing_codes_is_stopped_after_a_few_attempts(client, dilnoza, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    secret = give_totp(dilnoza)
    sign_in(client)
    for _attempt in range(6):
        answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Too many attempts" in answer.text
    assert "Too many attempts" in client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).text


# --- what is told and written down


@pytest.mark.django_db(transaction=True)
def test_the_person_hears_of_a_factor_that_came_and_one_that_went(client, dilnoza):
    set_up_app(client)
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")
    subjects = [letter.subject for letter in mail.outbox]
    assert subjects == ["An app for codes was set up", "New recovery codes were made", "The app for codes was switched off"]
    assert all(letter.to == [dilnoza.email] and "change your password" in letter.body for letter in mail.outbox)
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["signed_in", "added_second_factor", "made_recovery_codes", "removed_second_factor"]
    assert AuditEntry.objects.filter(person=dilnoza, brand=None).count() == 4


@pytest.mark.parametrize(
    "address",
    ["", "totp/activate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/", "webauthn/add/"],
)
def test_each_page_stands_in_our_frame(client, dilnoza, address):
    if address == "totp/activate/":
        sign_in(client)
        show_that_it_is_they(client)
    else:
        set_up_app(client)
    answer = client.get(f"/accounts/2fa/{address}")
    assert answer.status_code == 200
    assert 'class="sp-plain"' in answer.text
