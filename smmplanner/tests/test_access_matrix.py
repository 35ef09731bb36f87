"""Who may ask for what: `access_matrix.txt` declares it for every address, role and method; here everybody tries."""

import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import signing
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand, User
from metrics.demo.people import LEAD
from metrics.models import IssuedReport, ReportLink, ReportRecipient
from smmplanner.tests.access import ACTORS, FRAGMENT, IN, METHODS, NO_SUCH_METHOD, NOTHING, Cast, unread_pages
from smmplanner.tests.demo_pages import OUR_ADMINISTRATION, complete, places_of, running, sample
from smmplanner.tests.doors import Page, pages
from smmplanner.tests.planted_holes import HOLES

pytestmark = pytest.mark.once

TABLE = Path(__file__).parent / "access_matrix.txt"
MATRIX = dict(line.split(None, 1) for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
# Django's own pages of the administration have one row together.
ADMINISTRATION = "admin:*"

# Open to people who are not signed in, each for a reason.
PUBLIC = {
    "brands:policy_report": "browsers say what the security policy refused, whoever looks at the page",
    "feed": "calendar programs read a feed by its secret address",
    "survey": "people of the audience answer a survey without an account",
    "review": "a client looks at the posts of a signed link that works, and answers",
    "review_thumb": "the pictures of these posts, which the brand's door does not give to strangers",
    "shared:document": "a strategy's document, for whoever holds a signed link that works",
    "shared:pdf": "the same as a PDF",
    "shared:picture": "the pictures on it, which the brand's door does not give to strangers",
    "shared:report": "a report, for whoever holds a signed link that works",
    "shared:report_pdf": "the same as a PDF",
    "shared:report_xlsx": "the same as a workbook",
    "shared:issued": "an issued report, for whoever got a letter with a signed link",
    "shared:issued_pdf": "the same as a PDF",
    "shared:issued_xlsx": "the same as a workbook",
    "shared:unsubscribe": "whoever gets a report by letter ends it without an account",
    "brands:unsubscribe": "whoever gets letters of notifications ends them without signing in",
    "brands:start": "sends everybody on: to their brand, or to the login page",
    "set_language": "anybody chooses the language they read in",
    "account_confirm_email": "whoever got the letter says that the address is theirs",
    "brands:invitation": "shows who invites to what, before the invited person has an account",
    "account_login": "whoever has an account signs in here",
    "account_signup": "whoever has none signs up here",
    "account_inactive": "says that an account was closed",
    "account_email_verification_sent": "says that a letter is on its way",
    "account_reset_password": "whoever forgot the password asks for a letter",
    "account_reset_password_done": "says that a letter is on its way",
    "account_reset_password_from_key": "whoever got the letter chooses a new password",
    "account_reset_password_from_key_done": "says that the password is changed",
    "manifest": "browsers read what the app is called",
    "service_worker": "browsers fetch the script that shows what was kept while offline",
    "offline": "shown without a server",
    "api_reference": "who writes a program reads what the API answers",
    "api:openapi": "the same for programs",
}
# What a form has to say before its address looks at anything else.
SAID = {"strategies:take_tool": {"name": "Google Alerts"}, "calendar:take_idea": {"kind": "poll"}}
# Asked with GET, these write down that they were asked.
WRITE_WHEN_READ = {
    "feed": "when a calendar program came by",
    "review": "that somebody opened the link",
    "shared:document": "how often the link was opened",
    "shared:report": "how often the link was opened",
    "account_email": "the address of people who have none on record",
}
# Done with what was asked, they lead those who are not signed in to the login.
SEND_ON_TO_THE_LOGIN = {"account_confirm_email"}
# Accept forms without a token of ours, each for a reason.
WITHOUT_TOKEN = {
    "brands:policy_report": "browsers send their reports by themselves",
    "brands:unsubscribe": "programs for mail end letters with one press (RFC 8058)",
    "shared:unsubscribe": "programs for mail end letters with one press (RFC 8058)",
}


EARLIER = timezone.now() - timedelta(days=400)


def _ended(rows: models.QuerySet, **facts: object) -> Callable[[], int]:
    return lambda: rows.update(**facts)


# Each kind of link for people without an account: the first name is of the page that its token is made for. How it ends.
LINKS: dict[str, tuple[tuple[str, ...], Callable[[Brand], list[Callable[[], int]]]]] = {
    "invitation": (
        ("brands:invitation",),
        lambda brand: [
            _ended(brand.invitations, expires_at=EARLIER),
            _ended(brand.invitations, accepted_at=EARLIER),
        ],
    ),
    # Ways out of letters work for as long as somebody gets any.
    "end of letters": (("brands:unsubscribe",), lambda brand: [_ended(User.objects.filter(email=LEAD), date_joined=EARLIER)]),
    "survey": (
        ("survey",),
        lambda brand: [
            _ended(running(brand).surveys, issue=F("issue") + 1),
            _ended(running(brand).surveys, is_open=False),
            _ended(running(brand).surveys, closes_on=EARLIER.date()),
        ],
    ),
    "feed": (
        ("feed",),
        lambda brand: [_ended(brand.calendar_feeds, revoked_at=EARLIER), lambda: brand.memberships.all().delete()[0]],
    ),
    "review": (
        ("review", "review_thumb"),
        lambda brand: [_ended(brand.review_links, revoked_at=EARLIER), _ended(brand.review_links, expires_at=EARLIER)],
    ),
    "document": (
        ("shared:document", "shared:pdf", "shared:picture"),
        lambda brand: [
            _ended(running(brand).share_links, revoked_at=EARLIER),
            _ended(running(brand).share_links, expires_at=EARLIER),
        ],
    ),
    "report": (
        ("shared:report", "shared:report_pdf", "shared:report_xlsx"),
        lambda brand: [
            _ended(ReportLink.objects.filter(report__brand=brand), revoked_at=EARLIER),
            _ended(ReportLink.objects.filter(report__brand=brand), expires_at=EARLIER),
        ],
    ),
    "letter of a report": (
        ("shared:issued", "shared:issued_pdf", "shared:issued_xlsx"),
        lambda brand: [_ended(IssuedReport.objects.filter(report__brand=brand), issued_at=EARLIER)],
    ),
    "end of a report's letters": (
        ("shared:unsubscribe",),
        lambda brand: [lambda: ReportRecipient.objects.filter(report__brand=brand).delete()[0]],
    ),
}
KIND_OF_PAGE = {name: kind for kind, (names, _ends) in LINKS.items() for name in names}


def declared_pages() -> dict[str, Page]:
    """By name, as the rows of the matrix call them."""
    found = {page.name: page for page in pages("smmplanner.urls")}
    return {name: page for name, page in found.items() if not name.startswith("admin:") or name in OUR_ADMINISTRATION}


class Stage:
    """Two brands full of rows, a person of every kind, and an address for each page."""

    def __init__(self, brand: Brand, other: Brand) -> None:
        self.brand, self.other = brand, other
        for each in (other, brand):
            complete(each)
            _few_figures(each)
        self.cast = Cast(brand)
        self.known: dict[tuple[str, int], str] = {}
        for page in declared_pages().values():
            for place in places_of(page.route).values():
                for each in (other, brand):
                    self.value(place, each)

    def value(self, place: str, brand: Brand) -> str:
        """The same each time: some samples make a new row whenever they are asked."""
        key = (place, brand.pk)
        if key not in self.known:
            self.known[key] = str(sample(place)(brand)[0])
        return self.known[key]

    def path(self, page: Page, **foreign: str) -> str:
        values = {name: self.value(place, self.brand) for name, place in places_of(page.route).items()}
        return reverse(page.name, kwargs=values | foreign)


def _few_figures(brand: Brand) -> None:
    """Rights do not depend on how much was measured, and adding up three years takes most of the time."""
    kept = brand.observations.filter(publication=None, source=None).values_list("pk", flat=True)[:20]
    of_posts = brand.observations.exclude(publication=None).values_list("pk", flat=True)[:60]
    brand.observations.exclude(pk__in=list(kept)).exclude(pk__in=list(of_posts)).delete()


@pytest.fixture(scope="module")
def stage_of_module(two_demos_of_module, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic(), unread_pages():
        yield Stage(two_demos_of_module["brand"], two_demos_of_module["other"])
        transaction.set_rollback(True)


@pytest.fixture
def stage(stage_of_module, db) -> Stage:
    return stage_of_module


def row_of(stage: Stage, page: Page) -> tuple[str, list[str]]:
    """The page's row as it is, and what is wrong with it whatever the matrix says."""
    path, said = stage.path(page), SAID.get(page.name)
    declared = dict(zip(("GET", "POST"), MATRIX[page.name].split(), strict=True))
    asked = {}
    for method, letters in declared.items():
        for number, actor in enumerate(ACTORS):
            if is_worth_asking(letters, number):
                asked[method, actor] = stage.cast.ask(actor, method, path, said)
    words = {
        method: "".join(asked[method, actor].letter if (method, actor) in asked else IN for actor in ACTORS)
        for method in declared
    }
    for actor, method in others_to_ask(page, words):
        asked[method, actor] = stage.cast.ask(actor, method, path, said)
    wrong = []
    for (method, actor), answer in asked.items():
        allowed = (*(letters[ACTORS.index(actor)] for letters in words.values()), NO_SUCH_METHOD)
        told = f"{method} by {actor} answers {answer.status}"
        if answer.status >= 500 or (answer.letter not in allowed and not (method == "OPTIONS" and answer.is_empty)):
            wrong.append(told)
        if method != "POST" and answer.written and page.name not in WRITE_WHEN_READ:
            wrong.append(f"{told} and writes: {answer.written[0]}")
        if method == "POST" and answer.written and answer.letter != IN and page.name not in SEND_ON_TO_THE_LOGIN:
            wrong.append(f"{told} and writes: {answer.written[0]}")
    return f"{words['GET']} {words['POST']}", wrong


def is_worth_asking(letters: str, number: int) -> bool:
    """Whoever is to be refused always tries; of those who are let in, the first, who may least. `make soak` asks them all."""
    return bool(os.environ.get("SOAK")) or letters[number] != IN or number == letters.index(IN)


def others_to_ask(page: Page, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Whoever is refused tries every other method (in short: three of them); whoever is let in, one, since each draws the page."""
    others = [method for method in METHODS if method not in words]
    number_of_page = zlib.crc32(page.name.encode())
    for number, actor in enumerate(ACTORS):
        if IN in (words["GET"][number], words["POST"][number]):
            if not any(is_worth_asking(letters, number) for letters in words.values()):
                continue
            yield actor, others[(number_of_page + number) % len(others)]
        elif os.environ.get("SOAK"):
            yield from ((actor, method) for method in others)
        else:
            yield from ((actor, method) for method in {FRAGMENT, "PUT", others[(number_of_page + number) % len(others)]})


def problems_of(stage: Stage, page: Page) -> list[str]:
    """Everything by which the page differs from its row in the matrix."""
    if page.name not in MATRIX:
        return [f"{page.name} has no row in {TABLE.name}"]
    row, wrong = row_of(stage, page)
    if MATRIX[page.name].split() != row.split():
        wrong.append(f"{page.name} is declared as {MATRIX[page.name]} and answers {row}")
    return wrong + swapped(stage, page) + forged(stage, page) + opened_by_wrong_links(stage, page)


def swapped(stage: Stage, page: Page) -> list[str]:
    """One number of the address after the other is that of the other brand: nobody finds anything there."""
    wrong = []
    for name, place in places_of(page.route).items():
        foreign = stage.value(place, stage.other)
        if name == "brand" or foreign == stage.value(place, stage.brand) or not page.is_a_brand_page:
            continue
        for method in ("GET", "POST"):
            answer = stage.cast.ask("lead", method, stage.path(page, **{name: foreign}), SAID.get(page.name))
            if answer.letter not in (NOTHING, NO_SUCH_METHOD):
                wrong.append(f"{method} {page.route} takes another brand’s <{name}>: {answer.status}")
    return wrong


def forged(stage: Stage, page: Page) -> list[str]:
    """A form that another site sends in somebody's name is refused."""
    if page.name in WITHOUT_TOKEN:
        return []
    client = stage.cast.client("lead", enforce_csrf_checks=True)
    with transaction.atomic():
        answer = client.post(stage.path(page), SAID.get(page.name) or {})
        transaction.set_rollback(True)
    return [] if answer.status_code in (401, 403, 405) else [f"{page.name} takes a form without a token: {answer.status_code}"]


def opened_by_wrong_links(stage: Stage, page: Page) -> list[str]:
    """Tokens of every other kind, changed ones, bare numbers, and the right one after its end."""
    if page.name not in KIND_OF_PAGE:
        return []
    kind, token = KIND_OF_PAGE[page.name], token_of(stage, page.name)
    tried = {f"a link of the kind “{each}”": token_of(stage, names[0]) for each, (names, _ends) in LINKS.items() if each != kind}
    tried |= {
        "a changed link": f"{token[:-2]}{'AA' if token[-2:] != 'AA' else 'BB'}",
        "a bare number": "1",
        "a signature without a kind": signing.dumps([1, 1]),
    }
    wrong = [f"{page.name} is opened by {what}" for what, said in tried.items() if _opens(stage, page, said)]
    if not _opens(stage, page, token):
        wrong.append(f"{page.name} is not opened by its own link")
    for number, end in enumerate(LINKS[kind][1](stage.brand)):
        with transaction.atomic():
            if not end() or _opens(stage, page, token):
                wrong.append(f"{page.name} is opened by a link that has ended, in way {number}")
            transaction.set_rollback(True)
    return wrong


def token_of(stage: Stage, name: str) -> str:
    return next(stage.value(place, stage.brand) for place in places_of(declared_pages()[name].route).values())


def _opens(stage: Stage, page: Page, token: str) -> bool:
    parameter = next(iter(places_of(page.route)))
    return stage.cast.ask("stranger", "GET", stage.path(page, **{parameter: token})).letter == IN


@pytest.mark.parametrize("number", range(8))
def test_every_address_answers_as_the_matrix_says(stage, number):
    """In eight parts, so that several processes share them."""
    wrong = [problem for page in [*declared_pages().values()][number::8] for problem in problems_of(stage, page)]
    assert not wrong, "\n".join(wrong)


def test_no_row_of_the_matrix_is_of_a_page_that_is_gone():
    assert {*MATRIX} == {*declared_pages(), ADMINISTRATION}


def test_whatever_is_open_to_strangers_says_why():
    assert {name for name, row in MATRIX.items() if "y" in (row[0], row.split()[1][0])} == {*PUBLIC}


def test_the_door_of_a_brand_stands_outermost():
    pages_of_brands = [page for page in declared_pages().values() if page.is_a_brand_page]
    assert not [page.route for page in pages_of_brands if getattr(page.view, "brand_role", None) is None]


@pytest.mark.parametrize("hole", HOLES, ids=str)
def test_a_planted_hole_is_found(hole, stage, monkeypatch):
    page = declared_pages()[hole.page]
    hole.plant(monkeypatch, page)
    assert problems_of(stage, page)


def test_an_address_without_a_row_is_found(stage):
    page = declared_pages()["metrics:home"]
    assert problems_of(stage, replace(page, name="metrics:newcomer")) == [f"metrics:newcomer has no row in {TABLE.name}"]
