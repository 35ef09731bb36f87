"""Whatever is typed into an address or a form: a page, a form error or a 4xx, never a 5xx, a stack trace, somebody's script
or a word of another brand, whose rows stay as they were.

Each run tries every form of a lead and of the public, a fifth of their fields and, of three things that concern all fields
at once, one; `SOAK=1` tries all of them, and the forms of everybody else, too; a larger number tries that many words more.
All texts of the brand are somebody's script, all of the other brand's carry its marker.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brands.models import Brand, User
from metrics import demo
from metrics.demo.people import ADMIN, LEAD, MARKETER, VIEWER
from smmplanner.tests.demo_pages import addresses, complete
from smmplanner.tests.foreign import MARKER, OURS, Untouched, path_to_brand, state_of, write_into
from smmplanner.tests.hostile import NO_TEXT, SCRIPT, TRACE, UNESCAPED, UPLOADS, WORDS, Form, Found, crawl, forms_of
from smmplanner.tests.tally import Tally
from strategies.models import Strategy

# PostgreSQL is the one that takes offence at odd words.
pytestmark = pytest.mark.once(on_services=True)

HOME = f"/brands/{demo.SLUG}/"
SOAK = int(os.environ.get("SOAK", "0"))
TIMES = 1 + SOAK
# Forms take turns in which of their fields are tried; forms of one page have many names in common.
EVERY = 1 if SOAK else 5
NO_QUERY = "%00=%FF&x[]=%F0%28&&=&%ED%A0%80"
QUIETLY = {"X-Autosave": "1"}
PUBLIC, STAFF = "public", "staff"
PEOPLE = {"lead": LEAD, PUBLIC: "", "marketer": MARKETER, "viewer": VIEWER, STAFF: ADMIN}
ASKING = list(PEOPLE) if SOAK else ["lead", PUBLIC]


def signed_in(who: str) -> Client:
    """Who gets the page of an error and not the error itself."""
    client = Client(raise_request_exception=False)
    if email := PEOPLE[who]:
        client.force_login(User.objects.get(email=email))
    return client


class Undone(Exception):
    """Takes back what a request wrote."""


class Fuzzer:
    """Asks as somebody, counts, and keeps what is wrong with the answers. The database is as it was before."""

    def __init__(self, who: str, others: Untouched, tally: Tally) -> None:
        self.who, self.client, self.others, self.tally = who, signed_in(who), others, tally
        self.bad: list[str] = []

    def ask(self, ask: Callable[[], HttpResponse], asked: str) -> HttpResponse:
        cache.clear()
        try:
            with transaction.atomic(), self.others.listening():
                answer = ask()
                _read(answer)
                # After an error of the database there is nothing to be asked any more, and nothing written either.
                # Whoever administers the installation sees every brand, and changes it.
                changed = self.others.changes() if answer.status_code < 500 and self.who != STAFF else []
                self.bad += [f"{asked} changed the other brand's {table}" for table in changed]
                raise Undone
        except Undone:
            self.look(asked, answer)
        return answer

    def look(self, asked: str, answer: HttpResponse) -> None:
        self.tally.note(answer.status_code)
        said = complaints(answer, asked)
        if self.who != STAFF and MARKER.encode() in answer.content_read:
            self.tally.foreign += 1
            said.append(f"of the other brand: {asked}")
        self.bad += said

    def get(self, address: str) -> None:
        self.ask(lambda: self.client.get(address), f"{self.who}: GET {address[:300]}")

    def post(self, form: Form, filled: dict[str, object], told: object, quietly: bool = False) -> None:
        headers = QUIETLY if quietly else {}
        self.ask(
            lambda: self.client.post(form.action, filled, headers=headers), f"{self.who}: POST {form.action} {str(told)[:200]}"
        )

    def passed(self) -> None:
        assert not self.bad, "\n".join(self.bad)


def complaints(answer: HttpResponse, asked: str) -> list[str]:
    said, kind = [], answer.get("Content-Type", "")
    if answer.status_code >= 500:
        failure = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
        said.append(f"{answer.status_code} for {asked}: {failure!r}"[:600])
    if "html" in kind or "json" in kind or kind == "application/pdf":
        text = answer.content_read.decode(errors="replace")
        if "json" not in kind and UNESCAPED in text:
            said.append(f"not escaped: {asked}")
        if trace := TRACE.search(text):
            said.append(f"a stack trace, {trace[0]!r}: {asked}")
    return said


def _read(answer: HttpResponse) -> HttpResponse:
    answer.content_read = b"".join(answer) if answer.streaming else answer.content
    return answer


@pytest.fixture(scope="module", autouse=True)
def undrawn() -> Iterator[None]:
    """Drawing a PDF takes as long as fifty pages; what would be drawn is read instead."""
    with patch("metrics.pdf._draw", lambda html, pictures: html.encode()):
        yield


@pytest.fixture(scope="module")
def open_doors(two_demos_of_module, django_db_blocker) -> list[str]:
    """What somebody may ask for who is not signed in; found by the rows' names, before those change."""
    with django_db_blocker.unblock():
        complete(two_demos_of_module["brand"])
        return public_addresses(two_demos_of_module["brand"])


def public_addresses(brand: Brand) -> list[str]:
    return [page.path for page in addresses(brand) if not page.of_brand and not page.name.startswith("admin:")]


@pytest.fixture(scope="module")
def stage(two_demos_of_module, open_doors, django_db_blocker) -> dict[str, Brand]:
    """A brand all of whose texts are somebody's script, and another with the marker in all of its."""
    with django_db_blocker.unblock():
        assert write_into(two_demos_of_module["brand"], SCRIPT) > 500
        assert write_into(two_demos_of_module["other"], MARKER) > 500
    return two_demos_of_module


@pytest.fixture(scope="module")
def found(stage, open_doors) -> Callable[[str], Found]:
    """Every page and form of the demo, by who looks; what looking at them wrote stays, for it may stand in a form."""
    known: dict[str, Found] = {}

    def seen_by(who: str) -> Found:
        if who not in known:
            known[who] = looked_around(who, open_doors)
        return known[who]

    return seen_by


def looked_around(who: str, open_doors: list[str]) -> Found:
    client, bad = signed_in(who), list[str]()
    if who == STAFF:
        return Found(forms=forms_of_the_administration(client))
    with transaction.atomic():
        seen = crawl(
            client, open_doors if who == PUBLIC else HOME, lambda address, answer: bad.extend(complaints(_read(answer), address))
        )
    assert not bad, "\n".join(bad)
    return seen


def forms_of_the_administration(client: Client) -> list[Form]:
    """Of a new row and of one that is there, for every table that has one."""
    forms = []
    for model in [model for model in admin.site._registry if model._meta.app_label in OURS]:
        name, first = f"admin:{model._meta.app_label}_{model._meta.model_name}", model._base_manager.order_by("pk").first()
        pages = [reverse(f"{name}_add")] + ([reverse(f"{name}_change", args=[first.pk])] if first else [])
        forms += [form for page in pages for form in forms_of(client, page) if form.action.startswith(page)]
    return forms


@pytest.fixture
def others(stage, db) -> Iterator[Untouched]:
    untouched = Untouched(stage["other"])
    yield untouched
    assert state_of(stage["other"]) == untouched.before


@pytest.fixture(params=ASKING)
def fuzzer(request, others, tally) -> Fuzzer:
    return Fuzzer(request.param, others, tally)


def foreign_rows(other: Brand) -> list[str]:
    """Numbers of the other brand's rows, one of each table that a form may name."""
    labels = ("calendar_app.Post", "brands.Channel", "strategies.Strategy", "calendar_app.Campaign", "brands.Membership",
              "strategies.Goal", "calendar_app.MediaFile", "metrics.Report")  # fmt: skip
    models = {f"{model._meta.label}": model for model in admin.site._registry}
    rows = [models[label]._base_manager.filter(**{path_to_brand(models[label]): other.pk}).first() for label in labels]
    return [str(row.pk) for row in rows if row] + [other.slug]


def test_words_that_no_page_asked_for_in_its_address(fuzzer, found, stage):
    seen, turn = found(fuzzer.who), count()
    words = [*WORDS, *NO_TEXT, *foreign_rows(stage["other"])]
    for path, names in seen.names.items():
        for _time in range(TIMES):
            # Twice over, as arrays come.
            query = {name: [words[next(turn) % len(words)], words[next(turn) % len(words)]] for name in sorted(names)}
            fuzzer.get(f"{path}?{urlencode(query, doseq=True)}&{NO_QUERY}")
    assert fuzzer.who == STAFF or fuzzer.tally.requests > 60, "the crawler lost its way"
    fuzzer.passed()


def test_words_that_no_form_asked_for_in_its_fields(fuzzer, found, stage):
    forms = [form for form in found(fuzzer.who).forms if fuzzer.who == PUBLIC or not form.action.startswith("/accounts/")]
    fuzzer.tally.forms = len(forms)
    turn, words = count(), [*WORDS, *NO_TEXT, *foreign_rows(stage["other"])]
    for number, form in enumerate(forms):
        names = [name for name in form.names if not name.startswith("initial-")][number % EVERY :: EVERY]
        wizard = "/strategies/" in form.action
        every = dict.fromkeys(form.names, words[number % len(words)])
        at_once = [(form.filled(**dict.fromkeys(form.written, "\x00")), "NUL"), (form.filled(**every), every), ({}, "nothing")]
        for filled, told in at_once if SOAK else [at_once[number % 3]]:
            fuzzer.post(form, filled, told, wizard and bool(filled))
        # One wrong field at a time gets furthest: all others are as the form wants them.
        for name in names:
            for _time in range(1 if fuzzer.who == STAFF else TIMES):
                step = next(turn)
                # Where a file is asked for, a damaged one.
                word = upload(step) if name in form.files else words[step % len(words)]
                fuzzer.post(form, form.filled(**{name: word}), f"{name}: {word!r}", wizard and step % 3 == 0)
        if SOAK:
            misshapen(fuzzer, form, number, words)
    fuzzer.passed()
    assert Counter(fuzzer.tally.answers).total() > len(forms) > 5, "the crawler lost its way"


def upload(step: int) -> SimpleUploadedFile:
    name, content = UPLOADS[step % len(UPLOADS)]
    file = SimpleUploadedFile("x", content)
    # As it comes: the class itself would tidy the name.
    file._name = name
    return file


def misshapen(fuzzer: Fuzzer, form: Form, number: int, words: list) -> None:
    """Names that are missing or come again and again, files for words, and words for files."""
    for turn, name in enumerate(form.names):
        fuzzer.post(form, form.without(name), f"without {name}")
        again = [words[(number + turn + further) % len(words)] for further in range(3)]
        fuzzer.post(form, form.filled(**{name: again}), f"{name} three times: {again}")
        wrong = words[(number + turn) % len(words)] if name in form.files else upload(number + turn)
        fuzzer.post(form, form.filled(**{name: wrong}), f"of the wrong kind, {name}: {wrong!r}")


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


def test_a_body_that_is_no_form(others, tally):
    fuzzer = Fuzzer("lead", others, tally)
    running = Strategy.objects.filter(brand__slug=demo.SLUG).exclude(status="archived").get()
    for what, (kind, body) in BODIES.items():
        for address in [HOME + taker.format(strategy=running.pk) for taker in TAKERS]:
            answer = fuzzer.ask(
                lambda address=address, body=body, kind=kind: fuzzer.client.generic("POST", address, body, kind),
                f"{what}, {address}",
            )
            if what in ("5 MB", "1100 fields"):
                assert answer.status_code in (400, 413), f"{what}, {address}: {answer.status_code}"
    fuzzer.passed()


def test_scripts_that_people_saved_are_shown_as_text(found, db):
    """Every text of the brand is somebody's script; whoever looks around complains of the first page that lets one run."""
    seen = found("lead")
    assert len(seen.addresses) > 60
    assert sum("zqx" in value for form in seen.forms for _name, value in form.fields) > 50, "no script stands in any form"
