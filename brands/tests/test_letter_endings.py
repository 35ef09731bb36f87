"""The way out of letters, out of a letter: looking ends nothing, pressing does, and it can be taken back."""

import re

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from brands import endings
from brands.endings import Ending
from brands.models import EmailRhythm
from brands.notification_letters import _to_one
from brands.notifications import notify
from brands.tasks import send_notifications

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def tell(brand, lead):
    def say(key: str = "k", kind: str = "post_in_review") -> None:
        notify(lead, brand, kind, key, "/brands/atlas/", {"title": "Lookbook", "channel": "Telegram", "file": "a.csv"})

    return say


@pytest.fixture
def stranger_to_cookies():
    """A mail program: no session, no token, and the checks of a real server."""
    return Client(enforce_csrf_checks=True)


def path_of(ending: Ending) -> str:
    return re.sub(r"^https?://[^/]+", "", ending.address)


def rhythm(user) -> str:
    user.refresh_from_db()
    return user.email_rhythm


def test_a_letter_of_one_kind_names_the_end_of_that_kind_and_of_all(tell, lead):
    tell()
    send_notifications()
    (letter,) = mail.outbox
    headers = letter.message()
    of_kind, of_all = Ending(lead, "post_in_review").address, Ending(lead).address
    assert headers["List-Unsubscribe"] == f"<{of_kind}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for body in (letter.body, letter.alternatives[0].content):
        assert of_kind in body and of_all in body


def test_a_letter_of_several_kinds_names_the_end_of_all(tell, lead):
    tell("a")
    tell("b", "import_done")
    send_notifications()
    assert mail.outbox[0].message()["List-Unsubscribe"] == f"<{Ending(lead).address}>"


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("kind", ["", "post_in_review"])
def test_a_scanner_that_opens_every_link_ends_nothing(stranger_to_cookies, lead, method, kind):
    for _time in range(2):
        answer = getattr(stranger_to_cookies, method)(path_of(Ending(lead, kind)))
        assert answer.status_code == 200
        assert "noindex" in answer["X-Robots-Tag"] and answer["Referrer-Policy"] == "same-origin"
    assert rhythm(lead) == "at_once" and not lead.notification_choices.exists()


def test_one_click_of_a_mail_program_ends_all_letters(stranger_to_cookies, tell, lead):
    tell()
    answer = stranger_to_cookies.post(path_of(Ending(lead)), ONE_CLICK)
    assert answer.status_code == 200 and not answer.cookies.get("sessionid")
    assert rhythm(lead) == "never"
    assert send_notifications() == 0


def test_one_click_on_one_kind_leaves_the_others(stranger_to_cookies, tell, lead):
    tell("a")
    tell("b", "import_done")
    stranger_to_cookies.post(path_of(Ending(lead, "post_in_review")), ONE_CLICK)
    assert rhythm(lead) == "at_once"
    assert send_notifications() == 1
    assert "a.csv" in mail.outbox[0].body and "Lookbook" not in mail.outbox[0].body
    assert lead.notification_choices.get().in_app


def test_without_the_words_of_a_mail_program_a_token_is_asked_for(stranger_to_cookies, lead):
    assert stranger_to_cookies.post(path_of(Ending(lead)), {}).status_code == 403
    assert stranger_to_cookies.post(path_of(Ending(lead)), {"again": "1"}).status_code == 403
    assert rhythm(lead) == "at_once"


def test_a_mail_program_takes_nothing_back(stranger_to_cookies, lead):
    for _time in range(2):
        stranger_to_cookies.post(path_of(Ending(lead)), ONE_CLICK | {"again": "1"})
        assert rhythm(lead) == "never"


def test_the_button_on_the_page_works_without_signing_in(stranger_to_cookies, lead):
    address = path_of(Ending(lead))
    page = stranger_to_cookies.get(address)
    assert "End these letters?" in page.text and page.text.split("<main")[1].split("</main>")[0].count("<button") == 1
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    after = stranger_to_cookies.post(address, {"csrfmiddlewaretoken": token})
    assert "Hear of it again" in after.text and rhythm(lead) == "never"


@pytest.mark.parametrize("before", [EmailRhythm.AT_ONCE, EmailRhythm.DAILY])
def test_letters_that_were_ended_come_again_as_they_came(client, lead, before):
    lead.email_rhythm = before
    lead.save()
    for _time in range(2):
        client.post(path_of(Ending(lead)), ONE_CLICK)
    assert rhythm(lead) == "never"
    assert "Letters come again" in client.post(path_of(Ending(lead)), {"again": "1"}).text
    assert rhythm(lead) == before


def test_one_kind_that_was_ended_is_heard_of_again(client, tell, lead):
    tell()
    address = path_of(Ending(lead, "post_in_review"))
    client.post(address, ONE_CLICK)
    client.post(address, {"again": "1"})
    assert send_notifications() == 1


def test_a_link_works_again_and_only_for_its_person(client, lead, marketer):
    client.force_login(marketer)
    for _time in range(2):
        assert client.post(path_of(Ending(lead)), ONE_CLICK).status_code == 200
    assert rhythm(lead) == "never" and rhythm(marketer) == "at_once"


def forged(lead) -> dict[str, str]:
    joined = int(lead.date_joined.timestamp())
    sign = endings.SIGNER.sign_object
    return {
        "cut": path_of(Ending(lead))[:-4] + "/",
        "of another kind of link": f"/unsubscribe/{signing.Signer(salt='brands.invitation').sign_object([lead.pk, joined, ''])}/",
        "of a number that was given out again": f"/unsubscribe/{sign([lead.pk, joined - 1, ''])}/",
        "of nobody": f"/unsubscribe/{sign([lead.pk + 999, joined, ''])}/",
        "of a kind there is not": f"/unsubscribe/{sign([lead.pk, joined, 'gossip'])}/",
        "of something else": f"/unsubscribe/{sign({'a': 1})}/",
        "invented": "/unsubscribe/x/",
    }


def test_forged_links_end_nothing(client, lead):
    for why, address in forged(lead).items():
        assert client.get(address).status_code == 404, why
        assert client.post(address, ONE_CLICK).status_code == 404, why
    assert rhythm(lead) == "at_once" and not lead.notification_choices.exists()


def test_the_page_speaks_the_language_of_the_person(client, lead):
    lead.language = "uz"
    lead.save()
    assert 'lang="uz"' in client.get(path_of(Ending(lead))).text


def test_who_ends_letters_while_a_sweep_begins_gets_none(tell, lead):
    tell()
    endings.end_letters(type(lead).objects.get(pk=lead.pk))
    now = timezone.now()
    assert _to_one(lead, now, now, "notifications") == 0
