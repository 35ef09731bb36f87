"""Every page under a brand: login for the anonymous, 404 for a stranger, 403 for a role that may not."""

import pytest
from django.test import Client
from django.urls import reverse

from brands.models import Brand, Membership, Role, User
from smmplanner.tests.doors import Page, assert_closed, pages

PAGES = pages("smmplanner.urls")
BRAND_PAGES = [page for page in PAGES if page.is_a_brand_page]
OUR_APPS = ("brands.", "strategies.", "calendar_app.", "metrics.")

# Outside any brand and open to people who are not signed in, each for a reason.
PUBLIC = {
    "feeds/<str:secret>.ics": "calendar programs read a feed by its secret address",
    "surveys/<str:signed>/": "people of the audience answer a survey without an account",
    "review/<str:signed>/": "a client looks at the posts of a signed link that works, and answers",
    "review/<str:signed>/pictures/<int:pk>/": "the pictures of these posts, which the brand's door does not give to strangers",
    "shared/<str:signed>/": "a strategy's document, for whoever holds a signed link that works",
    "shared/<str:signed>/document.pdf": "the same as a PDF",
    "shared/<str:signed>/pictures/<int:pk>/": "the pictures on it, which the brand's door does not give to strangers",
    "shared/reports/<str:signed>/": "a report, for whoever holds a signed link that works",
    "shared/reports/<str:signed>/report.pdf": "the same as a PDF",
    "shared/reports/<str:signed>/report.xlsx": "the same as a workbook",
    "shared/issued/<str:signed>/": "an issued report, for whoever got a letter with a signed link",
    "shared/issued/<str:signed>/report.pdf": "the same as a PDF",
    "shared/issued/<str:signed>/report.xlsx": "the same as a workbook",
    "shared/unsubscribe/<str:signed>/": "whoever gets a report by letter ends it without an account",
    "": "sends everybody on: to their brand, or to the login page",
    "invitations/<str:signed>/": "shows who invites to what, before the invited person has an account",
}


def person(email: str, brand: Brand | None = None, role: Role | None = None) -> Client:
    user = User.objects.create_user(email, name=email)
    if brand is not None:
        Membership.objects.create(brand=brand, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clients(db) -> dict[str | Role, Client]:
    brand = Brand.objects.create(name="Choyxona", slug="choyxona")
    other = Brand.objects.create(name="Somsaxona", slug="somsaxona")
    clients: dict[str | Role, Client] = {role: person(f"{role.name}@example.com", brand, role) for role in Role}
    clients["stranger"] = person("stranger@example.com", other, Role.LEAD)
    clients["anonymous"] = Client()
    return clients


def test_the_walk_finds_the_brand_pages():
    assert {page.route.split("/")[2] for page in BRAND_PAGES} >= {"calendar", "strategies"}


@pytest.mark.parametrize("door", BRAND_PAGES, ids=str)
def test_brand_page_is_closed(door, clients):
    assert_closed(door, "choyxona", clients)


@pytest.mark.parametrize(
    ("route", "complaint"),
    [
        ("brands/<slug:brand>/unguarded/", "no @brand_view"),
        ("brands/<slug:slug>/half/", "no @brand_view"),
        ("brands/<slug:brand>/inside-out/", "answers a|lets anybody in"),
        ("brands/<slug:brand>/mislabelled/", "answers a Viewer 200"),
    ],
)
def test_a_planted_hole_is_found(route, complaint, clients, settings):
    settings.ROOT_URLCONF = "smmplanner.tests.planted_urls"
    (page,) = [page for page in pages("smmplanner.tests.planted_urls") if page.route == route]
    assert page.is_a_brand_page
    with pytest.raises(AssertionError, match=complaint):
        assert_closed(page, "choyxona", clients)


def test_a_guarded_page_passes(clients, settings):
    settings.ROOT_URLCONF = "smmplanner.tests.planted_urls"
    (page,) = [page for page in pages("smmplanner.tests.planted_urls") if page.route.endswith("guarded/<int:pk>/")]
    assert_closed(page, "choyxona", clients)
    assert clients[Role.MARKETER].post(page.address("choyxona")).status_code == 200


def is_ours(page: Page) -> bool:
    return getattr(page.view, "__module__", "").startswith(OUR_APPS)


OTHER_PAGES = [page for page in PAGES if is_ours(page) and not page.is_a_brand_page]
# What our apps add to the administration stands behind the administration's own login.
STAFF_PAGES = [page for page in OTHER_PAGES if page.route.startswith("admin/")]


@pytest.mark.parametrize("door", [page for page in OTHER_PAGES if page.route not in PUBLIC and page not in STAFF_PAGES], ids=str)
def test_page_outside_brands_asks_for_a_login(door, clients):
    answer = clients["anonymous"].get(door.address("x"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("door", STAFF_PAGES, ids=str)
@pytest.mark.parametrize("who", ["anonymous", Role.LEAD])
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_the_administration_is_for_staff(door, clients, who, method):
    answer = getattr(clients[who], method)(door.address("x"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


def test_the_list_of_public_pages_names_real_pages():
    assert PUBLIC.keys() <= {page.route for page in OTHER_PAGES}


def test_the_administration_is_for_staff(clients):
    answer = clients[Role.LEAD].get(reverse("admin:index"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))
