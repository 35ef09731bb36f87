"""What is written down of signing in, and that nobody learns who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse

from brands import invitations
from brands.models import AuditEntry, Role

PASSWORD = "parol-1234-uz"


def sign_in(client, email="dilnoza@example.uz", password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def dilnoza(person):
    return person("dilnoza")


# --- the audit log


def test_coming_and_going_is_written_down(client, dilnoza):
    sign_in(client)
    client.post("/accounts/logout/")
    assert acts() == ["signed_in", "signed_out"]
    assert AuditEntry.objects.filter(person=dilnoza, brand=None, address="127.0.0.1").count() == 2


def test_a_failed_attempt_is_written_down_without_what_was_typed(client, dilnoza):
    sign_in(client, "my-password@example.uz", "wrong")
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person, entry.details, entry.title) == ("failed_to_sign_in", None, {}, "")


def test_a_reset_password_is_written_down(client, dilnoza):
    client.post("/accounts/password/reset/", {"email": dilnoza.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    typed = {"password1": "kuchli-parol-77", "password2": "kuchli-parol-77"}
    client.post(page.redirect_chain[-1][0], typed)
    assert "reset_password" in acts()
    assert client.get(link, follow=True).context["token_fail"]


# --- who has an account


def plain(page: str) -> str:
    """Without what differs between any two answers: tokens, and the address that was asked for."""
    return re.sub(r"[\w.%-]+(?:@|%40)example\.uz|(?:%2F|/)invitations(?:%2F|/)[^\"&]+|\b\w{64}\b", "", page)


def hashes_of(monkeypatch, act) -> int:
    """How often a password was hashed meanwhile: what takes time, and would tell."""
    counted = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args, **more: counted.append(1) or encode(self, *args, **more))
    act()
    monkeypatch.undo()
    return len(counted)


def test_a_wrong_password_and_an_unknown_address_take_the_same_work(client, dilnoza, monkeypatch):
    known = hashes_of(monkeypatch, lambda: sign_in(client, password="wrong"))
    unknown = hashes_of(monkeypatch, lambda: sign_in(client, "nobody@example.uz", "wrong"))
    assert known == unknown > 0


def test_a_reset_reads_the_same_for_known_and_unknown_addresses(client, dilnoza):
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True) for email in (dilnoza.email, "nobody@example.uz")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert plain(answers[0].text) == plain(answers[1].text)
    assert len(mail.outbox) == 2


def test_an_invitation_reads_the_same_for_known_and_unknown_addresses(client, brand, lead):
    pages = [client.get(invitation_of(brand, email)).text for email in (lead.email, "nobody@example.uz")]
    assert plain(pages[0]) == plain(pages[1])


def invitation_of(brand, email: str) -> str:
    row = invitations.invite(brand, email, Role.VIEWER, None)
    return reverse("brands:invitation", args=[invitations.token(row)])


# --- links of letters


def test_opening_a_confirmation_signs_nobody_else_out(client, dilnoza, person):
    row = EmailAddress.objects.create(user=person("rustam"), email="rustam@example.uz", primary=True)
    link = reverse("account_confirm_email", args=[EmailConfirmationHMAC(row).key])
    client.force_login(dilnoza)
    assert "rustam@example.uz is your address?" in client.get(link).text
    assert client.get("/profile/").context["user"] == dilnoza
    row.refresh_from_db()
    assert not row.verified
    client.post(link)
    row.refresh_from_db()
    assert row.verified
