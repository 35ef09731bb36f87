"""Every letter there is: both parts, each language, one look, and what the library sends is ours, too."""

import re
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from brands import sample_letter
from brands.endings import Ending
from brands.invitations import invite, send
from brands.letters import send_letter
from brands.models import LetterSettings, Role, User
from brands.sample_letter import Outcome, send_sample

LINK = "https://planner.example/way/to/it/"
# What the library sends as we set it up. Codes instead of links (login_code, password_reset_code) are switched off.
ACCOUNT = {
    "email_confirmation": "Confirm your e-mail address",
    "email_confirmation_signup": "Confirm your e-mail address",
    "password_reset_key": "Choose a new password",
    "unknown_account": "You have no account with this address",
    "account_already_exists": "You have an account already",
    "password_reset": "Your password was changed",
    "password_changed": "Your password was changed",
    "password_set": "Your account has a password now",
    "email_changed": "Your e-mail address was changed",
    "email_confirm": "Your e-mail address is confirmed",
    "email_deleted": "An e-mail address was removed",
}
SWITCHED_OFF = {"login_code", "password_reset_code"}
OURS = ("notifications", "digest", "sample", "report", "invitation")
CONTEXT = {"activate_url": LINK, "password_reset_url": LINK, "signup_url": LINK}
CONTEXT |= {"from_email": "old@example.uz", "to_email": "new@example.uz", "deleted_email": "old@example.uz"}


def write(name: str, user: User, brand) -> None:
    """Send the letter, with all that may stand in it."""
    if name in ACCOUNT:
        send_account_letter(name, user.email)
    elif name == "invitation":
        brand.language = user.language
        send(invite(brand, user.email, Role.MARKETER, user))
    else:
        news = [("“Lookbook” & co", brand.name, LINK), ("a.csv", brand.name, LINK)]
        said = {"name": "Week", "brand": brand.name, "in_short": ["12 %"], "start": "2027-03-01", "end": "2027-03-07"}
        ways = {"of_kind": Ending(user, "post_due"), "of_all": Ending(user), "ending": LINK, "profile": LINK, "single": LINK}
        send_letter(user.email, name, user.language, user=user, lines=news, more=1, said=said, link=LINK, **ways)


def send_account_letter(name: str, email: str) -> None:
    with request_context(RequestFactory(headers={"host": "127.0.0.1"}).get("/")):
        get_adapter().send_mail(f"account/email/{name}", email, dict(CONTEXT))


@pytest.fixture(params=[*ACCOUNT, *OURS])
def letter(request, lead, brand):
    """The letter in a language: `letter("uz")`."""

    def in_language(language: str):
        User.objects.filter(pk=lead.pk).update(language=language)
        lead.refresh_from_db()
        mail.outbox.clear()
        write(request.param, lead, brand)
        return mail.outbox[0]

    in_language.name = request.param
    return in_language


def test_the_list_of_the_librarys_letters_is_whole():
    folder = Path(allauth.__file__).parent / "templates/account/email"
    names = {path.name.removesuffix("_message.txt") for path in folder.glob("*_message.txt")} - {"base"}
    assert names == ACCOUNT.keys() | SWITCHED_OFF


@pytest.mark.parametrize("name", ACCOUNT)
@pytest.mark.parametrize("part", ["_subject.txt", "_message.txt", "_message.html"])
def test_no_words_of_the_library_are_sent(name, part):
    origin = get_template(f"account/email/{name}{part}").origin.name
    assert origin.startswith(str(settings.BASE_DIR / "templates"))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_both_parts_of_a_letter_are_whole(letter, language):
    said = letter(language)
    (html,) = [part.content for part in said.alternatives]
    assert html.startswith("<!doctype html>") and f'lang="{language}"' in html
    for part in (said.subject, said.body, html):
        assert not re.search(r"\{[{%#]|%\(|None", part)
    assert said.subject and "\n" not in said.subject
    assert not re.search(r"<\w+|&\w+;|&#\d+;|\n\n\n", said.body)
    links = [line for line in said.body.splitlines() if "://" in line]
    assert all(re.fullmatch(r"\s*https?://\S+", line) for line in links)
    for address in {line.strip() for line in links}:
        assert address in html


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_a_letter_in_another_language_has_no_sentence_in_english(letter, language):
    in_english = {line for line in letter("en").body.splitlines() if is_a_sentence(line)}
    translated = letter(language)
    assert in_english and not in_english & set(translated.body.splitlines())
    if letter.name in ACCOUNT:
        with translation.override(language):
            assert translated.subject == translation.gettext(ACCOUNT[letter.name]) != ACCOUNT[letter.name]


def is_a_sentence(line: str) -> bool:
    """Of ours: what news say of a brand are its own words here."""
    return len(re.findall(r"[A-Za-z]{2,}", line)) > 2 and "://" not in line and not line.startswith("- ")


def test_a_letter_fetches_nothing_and_fits_a_phone(letter):
    html = letter("en").alternatives[0].content
    assert not re.search(r"<(?:img|link|script|iframe|object)\b|url\(|@import", html, re.I)
    assert "max-width:600px" in html and "prefers-color-scheme:dark" in html
    assert not re.findall(r'[^-]width="(?!100%|600)', html)


def test_the_colours_of_letters_are_those_of_the_product():
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    known = {full(colour) for colour in re.findall(r"#[0-9a-f]{3,6}\b", tokens)}
    folder = settings.BASE_DIR / "templates/brands/letters"
    used = {colour for path in folder.glob("*.html") for colour in re.findall(r"#[0-9a-f]{6}\b", path.read_text())}
    assert used and used <= known


def full(colour: str) -> str:
    return "#" + "".join(digit * 2 for digit in colour[1:]) if len(colour) == 4 else colour


def test_the_library_writes_in_the_language_of_the_reader_not_of_the_page(lead):
    User.objects.filter(pk=lead.pk).update(language="uz")
    with translation.override("en"):
        send_account_letter("password_reset_key", "DILNOZA@example.uz")
        send_account_letter("unknown_account", "nobody@example.uz")
    assert mail.outbox[0].subject != ACCOUNT["password_reset_key"]
    assert mail.outbox[1].subject == ACCOUNT["unknown_account"]


def test_a_letter_to_a_former_address_is_in_the_language_of_its_person(lead):
    lead.language = "uz"
    with request_context(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")):
        get_adapter().send_notification_mail("account/email/email_changed", lead, dict(CONTEXT), email="old@example.uz")
    assert mail.outbox[0].to == ["old@example.uz"] and mail.outbox[0].subject != ACCOUNT["email_changed"]


# --- a test letter

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
BUTTON = "/profile/notifications/test/"


def test_a_person_sends_themselves_a_letter_and_is_told(as_user, lead):
    page = as_user(lead).post(BUTTON, follow=True).text
    assert [said.to for said in mail.outbox] == [[lead.email]]
    assert f"A test letter went to {lead.email}" in page
    assert "Wait a minute" in as_user(lead).post(BUTTON, follow=True).text
    assert len(mail.outbox) == 1


def test_the_limit_is_each_persons_own_and_ends(lead, marketer):
    later = NOW + sample_letter.PAUSE
    assert [send_sample(lead, NOW), send_sample(lead, NOW), send_sample(marketer, NOW), send_sample(lead, later)] == [
        Outcome.SENT, Outcome.TOO_OFTEN, Outcome.SENT, Outcome.SENT,
    ]  # fmt: skip


def test_a_mail_server_that_refuses_is_named(as_user, lead, monkeypatch):
    def away(*args, **context):
        raise OSError("No route to host")

    monkeypatch.setattr(sample_letter, "send_letter", away)
    assert "The mail server did not take the letter" in as_user(lead).post(BUTTON, follow=True).text


def test_a_site_without_a_mail_server_says_so(as_user, lead, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "EMAIL_URL" in as_user(lead).post(BUTTON, follow=True).text
    assert not LetterSettings.objects.exists() and not mail.outbox


def test_looking_at_the_address_of_the_button_sends_nothing(as_user, lead):
    assert as_user(lead).get(BUTTON).status_code == 405
    assert not mail.outbox
