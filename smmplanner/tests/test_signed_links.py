"""Signatures of links, and the letters of accounts. (What each kind of link opens, and until when: `test_access_matrix.py`.)"""

import time

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core import signing
from django.test import Client

from brands import endings, invitations
from brands.models import User
from calendar_app import review_links
from metrics import share
from metrics.reports import letters
from strategies import surveys

pytestmark = pytest.mark.once


def test_signatures_of_different_kinds_have_salts_of_their_own():
    signers = [
        invitations.SIGNER, endings.SIGNER, surveys.SIGNER, review_links.SIGNER, share.SIGNER, share.REPORT_SIGNER,
        letters.READING, letters.ENDING,
    ]  # fmt: skip
    salts = {signer.salt for signer in signers}
    assert len(salts) == len(signers)
    assert not salts & {"django.core.signing", "account"}


def test_a_confirmation_of_an_address_ends_after_three_days(db, client, monkeypatch):
    user = User.objects.create_user("a@example.uz")
    row = EmailAddress.objects.create(user=user, email=user.email)
    link = f"/accounts/confirm-email/{EmailConfirmationHMAC(row).key}/"
    assert "is your address?" in client.get(link).text
    later = time.time() + 4 * 24 * 3600
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert "too old" in client.get(link).text


def test_a_letter_for_a_new_password_ends_in_time_and_with_its_use(db, client, settings):
    user = User.objects.create_user("a@example.uz", "parol-1234-uz")
    link = f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    assert "token_fail" not in client.get(link, follow=True).context
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(link, follow=True).context["token_fail"]
    settings.PASSWORD_RESET_TIMEOUT = 3600
    user.set_password("kuchli-parol-77")
    user.save()
    assert Client().get(link, follow=True).context["token_fail"]
