from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands import devices, sessions
from brands.models import AuditEntry

PASSWORD = "parol-1234-uz"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


def device(user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    assert client.post("/accounts/login/", {"login": "dilnoza@example.uz", "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


@pytest.fixture
def dilnoza(person):
    return person("dilnoza")


@pytest.mark.parametrize(
    ("user_agent", "named"),
    [
        (FIREFOX, "Firefox, Windows"),
        (PHONE, "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140 YaBrowser/25 Safari/537.36", "Yandex Browser, Linux"),
        ("curl/8.5", ""),
    ],
)
def test_devices_have_names(user_agent, named):
    assert devices.named(user_agent) == named


def test_each_device_stands_with_its_name_and_place_this_one_first(dilnoza):
    device(PHONE)
    here = device(FIREFOX)
    page = here.get("/profile/sessions/")
    assert [row.device for row in page.context["sessions"]] == ["Firefox, Windows", "Chrome, Android"]
    assert "This device." in page.text
    assert page.text.count("From 127.0.0.1.") == 2


def test_one_device_and_three_take_the_same_queries(dilnoza, django_assert_num_queries):
    here = device(FIREFOX)
    with CaptureQueriesContext(connection) as one:
        here.get("/profile/sessions/")
    count = len(one)
    device(PHONE), device(PHONE)
    with django_assert_num_queries(count):
        assert len(here.get("/profile/sessions/").context["sessions"]) == 3


def test_sessions_that_ran_out_are_forgotten(dilnoza):
    device(PHONE)
    Session.objects.update(expire_date=timezone.now())
    here = device(FIREFOX)
    assert [row.device for row in here.get("/profile/sessions/").context["sessions"]] == ["Firefox, Windows"]
    assert UserSession.objects.count() == 1


def test_one_is_ended(dilnoza):
    phone, here = device(PHONE), device(FIREFOX)
    row = UserSession.objects.get(user_agent=PHONE)
    assert here.post(f"/profile/sessions/{row.pk}/end/").status_code == 302
    assert (is_in(phone), is_in(here)) == (False, True)
    assert AuditEntry.objects.get(act="ended_sessions").details == {"count": 1}


def test_all_others_are_ended_at_once(dilnoza):
    others, here = [device(PHONE), device(PHONE)], device(FIREFOX)
    here.post("/profile/sessions/end/")
    assert [is_in(client) for client in (*others, here)] == [False, False, True]
    assert AuditEntry.objects.get(act="ended_sessions").details == {"count": 2}


def test_nobody_ends_the_sessions_of_others(dilnoza, person, client):
    phone = device(PHONE)
    client.force_login(person("rustam"))
    assert client.post(f"/profile/sessions/{UserSession.objects.get().pk}/end/").status_code == 404
    client.post("/profile/sessions/end/")
    assert is_in(phone)


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_new_password_signs_the_others_out_if_the_person_likes(dilnoza, elsewhere):
    phone, here = device(PHONE), device(FIREFOX)
    typed = {"oldpassword": PASSWORD, "password1": "kuchli-parol-77", "password2": "kuchli-parol-77"}
    here.post("/accounts/password/change/", typed | ({"sign_out_elsewhere": "on"} if elsewhere else {}))
    assert is_in(here)
    assert is_in(phone) is not elsewhere
    assert AuditEntry.objects.filter(act="changed_password", person=dilnoza).exists()


def test_a_session_in_use_is_written_down_now_and_then(dilnoza):
    here = device(FIREFOX)
    long_ago = timezone.now() - timedelta(days=1)
    UserSession.objects.update(last_seen_at=long_ago)
    is_in(here)
    assert UserSession.objects.get().last_seen_at == long_ago
    kept = here.session
    kept[sessions.SEEN] = long_ago.isoformat()
    kept.save()
    is_in(here)
    assert UserSession.objects.get().last_seen_at > long_ago


def test_a_session_from_before_they_were_written_down_shows_too(client, dilnoza):
    client.force_login(dilnoza)
    assert "This device." in client.get("/profile/sessions/").text


# --- new devices


def test_a_first_sign_in_is_no_news(dilnoza):
    device(FIREFOX)
    assert mail.outbox == []


def test_a_browser_that_was_never_seen_with_them_is_told_of_and_known_from_then_on(dilnoza):
    device(FIREFOX)
    phone = device(PHONE)
    (letter,) = mail.outbox
    assert letter.subject == "You signed in on a new device"
    assert "Chrome, Android" in letter.body
    assert letter.to == [dilnoza.email]
    phone.post("/accounts/logout/")
    phone.post("/accounts/login/", {"login": dilnoza.email, "password": PASSWORD})
    assert len(mail.outbox) == 1


def test_a_mark_of_somebody_else_or_a_forged_one_is_no_mark(dilnoza, person):
    device(FIREFOX)
    shared = Client()
    person("rustam")
    shared.post("/accounts/login/", {"login": "rustam@example.uz", "password": PASSWORD})
    shared.post("/accounts/logout/")
    shared.post("/accounts/login/", {"login": dilnoza.email, "password": PASSWORD})
    forged = Client()
    forged.cookies[devices.COOKIE] = f"[[{dilnoza.pk},0]]:x"
    forged.post("/accounts/login/", {"login": dilnoza.email, "password": PASSWORD})
    assert [letter.to for letter in mail.outbox] == [[dilnoza.email], [dilnoza.email]]
