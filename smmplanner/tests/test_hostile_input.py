"""Whatever is typed into an address or a form: a page, a form error or a 4xx, never a 5xx and never somebody's script.

Each run tries every form and a fifth of its fields; `SOAK=8` tries every field with that many times the words.
"""

import os
from collections.abc import Callable
from itertools import count

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from brands.models import User
from metrics import demo
from metrics.demo.people import LEAD
from smmplanner.tests.hostile import SCRIPT, UNESCAPED, WORDS, Form, Found, crawl, names_read
from strategies.models import Strategy

# PostgreSQL is the one that takes offence at odd words.
pytestmark = pytest.mark.once(on_services=True)

HOME = f"/brands/{demo.SLUG}/"
SOAK = int(os.environ.get("SOAK", "0"))
TIMES = 1 + SOAK
# Forms take turns in which of their fields are tried; forms of one page have many names in common.
EVERY = 1 if SOAK else 5
QUIETLY = {"X-Autosave": "1"}


def signed_in() -> Client:
    """The demo's lead, who gets the page of an error and not the error itself."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email=LEAD))
    return client


@pytest.fixture(scope="module")
def found(demo_of_module, django_db_blocker) -> Found:
    """Every page and form of the demo; what looking at them wrote stays, for it may stand in a form."""
    with django_db_blocker.unblock(), transaction.atomic():
        return crawl(signed_in(), HOME)


@pytest.fixture
def lead(found, db) -> Client:
    return signed_in()


class Undone(Exception):
    """Takes back what a request wrote."""


def tried(ask: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, read to its end, and the database as it was before."""
    try:
        with transaction.atomic():
            answer = ask()
            answer.content_read = b"".join(answer) if answer.streaming else answer.content
            raise Undone
    except Undone:
        return answer


def complaints(answer: HttpResponse, asked: str) -> list[str]:
    said = []
    if answer.status_code >= 500:
        failure = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
        said.append(f"{answer.status_code} for {asked}: {failure!r}"[:600])
    if "html" in answer.get("Content-Type", "") and UNESCAPED in answer.content_read.decode():
        said.append(f"not escaped: {asked}")
    return said


def sent(client: Client, form: Form, quietly: bool, changed: dict[str, object]) -> list[str]:
    answer = tried(lambda: client.post(form.action, form.filled(**changed), headers=QUIETLY if quietly else {}))
    return complaints(answer, f"POST {form.action} {str(changed)[:200]}")


def test_words_that_no_page_asked_for_in_its_address(lead, found, monkeypatch):
    assert len(found.addresses) > 60, "the crawler lost its way"
    bad, turn = [], count()
    for path in dict.fromkeys(address.partition("?")[0] for address in found.addresses):
        names = sorted(names_read(monkeypatch, lambda path=path: lead.get(path)))
        for _time in range(TIMES if names else 0):
            # Twice over, as arrays come.
            query = {name: [WORDS[next(turn) % len(WORDS)], WORDS[next(turn) % len(WORDS)]] for name in names}
            bad += complaints(tried(lambda path=path, query=query: lead.get(path, query)), f"GET {path} {query}")
        bad += complaints(tried(lambda path=path: lead.get(path + "?%00=%FF&x[]=%F0%28&&=&%ED%A0%80")), path)
    assert not bad, "\n".join(bad)


def test_words_that_no_form_asked_for_in_its_fields(lead, found):
    forms = [form for form in found.forms if not form.action.startswith("/accounts/")]
    assert len(forms) > 40, "the crawler lost its way"
    bad, turn = [], count()
    for number, form in enumerate(forms):
        names = [name for name in form.names if not name.startswith("initial-")][number % EVERY :: EVERY]
        wizard = "/strategies/" in form.action
        bad += sent(lead, form, wizard, dict.fromkeys(form.written, "\x00"))
        # One wrong field at a time gets furthest: all others are as the form wants them.
        for name in names:
            for _time in range(TIMES):
                step = next(turn)
                bad += sent(lead, form, wizard and step % 3 == 0, {name: WORDS[step % len(WORDS)]})
        bad += sent(lead, form, wizard, dict.fromkeys(form.names, WORDS[number % len(WORDS)]))
        bad += complaints(tried(lambda form=form: lead.post(form.action)), f"POST {form.action} with nothing")
    assert not bad, "\n".join(bad)


BODIES = {
    "not utf-8": ("application/x-www-form-urlencoded", b"text=%FF%FE&version=%ED%A0%80&item=%00&\xff\xfe=1"),
    "5 MB": ("application/x-www-form-urlencoded", b"text=" + b"x" * 5_500_000),
    "1100 fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1100))),
    "no end": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nno end'),
    "an odd file": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a\x00/\r\nb"\r\n\r\n\xff\r\n--x--',
    ),
    "a file in base64 that is none": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff=?\r\n--x--',
    ),
    "no boundary": ("multipart/form-data", b"\x00" * 100),
    "json": ("application/json", b'{"text": "\\ud800"}'),
    "unknown charset": ("application/x-www-form-urlencoded; charset=klingon", b"text=1"),
}
TAKERS = (
    "calendar/posts/new/",
    "strategies/{strategy}/goals/",
    "results/money/new/",
    "imports/",
    "settings/",
    "results/findings/new/",
)


def test_a_body_that_is_no_form(lead):
    bad, takers = [], [HOME + taker.format(strategy=Strategy.objects.exclude(status="archived").get().pk) for taker in TAKERS]
    for what, (kind, body) in BODIES.items():
        for address in takers:
            answer = tried(lambda address=address, body=body, kind=kind: lead.generic("POST", address, body, kind))
            bad += complaints(answer, f"{what}, {address}")
            if what in ("5 MB", "1100 fields"):
                assert answer.status_code in (400, 413), f"{what}, {address}: {answer.status_code}"
    assert not bad, "\n".join(bad)


def test_scripts_that_people_saved_are_shown_as_text(lead, found):
    """Every field that takes them holds somebody's script; then every page is looked at."""
    kept = 0
    for form in found.forms:
        if form.action.startswith("/accounts/") or form.action.endswith(("/archive/", "/delete/", "/leave/")):
            continue
        names = set(form.names) & set(form.written)
        # Where they are not taken all at once, one by one: what is refused is not kept.
        for some in [[*names], *([name] for name in names)]:
            taken = bool(some) and lead.post(form.action, form.filled(**dict.fromkeys(some, SCRIPT))).status_code == 302
            kept += taken
            if taken and len(some) == len(names):
                break
    assert kept > 10
    bad = []
    crawl(lead, HOME, lambda address, answer: bad.extend(complaints(_read(answer), address)))
    assert not bad, "\n".join(bad)


def _read(answer: HttpResponse) -> HttpResponse:
    answer.content_read = b"" if answer.streaming else answer.content
    return answer
