"""The search over everything of a brand, and the table of places to go to."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from brands.models import Brand, Membership, Platform, Role, User
from calendar_app.models import PlanFile
from metrics import destinations
from metrics.models import Import
from smmplanner.tests.doors import pages
from strategies.models import Goal

# Pages without arguments that nobody goes to from the palette, each for a reason.
LEFT_OUT = {
    "brands:audit_log_csv": "a file that the audit log offers",
    "metrics:search": "it is the search itself",
    "brands:first_steps": "Home says when there are first steps to take",
    "metrics:delete_sample": "only a sample has it, in its settings",
    "calendar:thread_fields": "a part of the form of a post",
    "calendar:campaign_goals": "a part of the form of a campaign",
    "calendar:next_slots": "a part of the form of a post",
    "calendar:key_dates_ahead": "a list that Home opens",
    "metrics:best_times": "a window of the results",
    "metrics:outstanding_window": "a window of the results",
    "metrics:waiting_window": "a window of the results",
}
WORD = "koʻylak"


def address(brand: Brand, typed: str = "") -> str:
    return reverse("metrics:search", args=[brand.slug]) + (f"?{urlencode({'q': typed})}" if typed else "")


def say_everywhere(brand: Brand, numbers: range = range(1)) -> None:
    """Rows of each kind that hold the word."""
    telegram = Platform.objects.get(slug="telegram")
    start, now = date(2026, 3, 1), timezone.now()
    for number in numbers:
        said = f"Кўйлак {brand.slug} {number}"
        strategy = brand.strategies.create(name=said, start=start, end=start + timedelta(days=60))
        Goal.objects.create(strategy=strategy, goal_type="sales", text=said)
        channel = brand.channels.create(platform=telegram, handle=f"koylak{brand.pk}{number}")
        post = brand.posts.create(title=said, text="x", strategy=strategy)
        brand.publications.create(post=post, channel=channel, at=now, text_override="Yangi ko'ylak")
        brand.campaigns.create(name=said, start=start, end=start)
        brand.series.create(title=said, start=start, clock="10:00", count=3)
        brand.key_dates.create(name=said, start=start)
        brand.reports.create(name=said)
        brand.findings.create(strategy=strategy, text=said)
        brand.mentions.create(title=said, published_at=now, day=start)
        Import.objects.create(brand=brand, name=f"{said}.csv", sha256="0" * 64)
        PlanFile.objects.create(brand=brand, name=f"{said}.csv")


@pytest.fixture
def other(db) -> Brand:
    return Brand.objects.create(name="Somsa", slug="somsa")


def groups(client: Client, brand: Brand, typed: str = "") -> dict[str, list]:
    return {group.name: group.hits for group in client.get(address(brand, typed)).context["found"].groups}


@pytest.mark.parametrize("role", Role)
def test_everything_that_is_found_opens_for_whoever_found_it(client, brand, person_in, role):
    say_everywhere(brand)
    client.force_login(person_in(role))
    found = groups(client, brand, WORD)
    for_all = {"strategies", "goals", "posts", "campaigns", "series", "channels", "reports", "findings", "key_dates"}
    assert found.keys() == for_all | ({"files", "plan_files", "mentions"} if role >= Role.MARKETER else set())
    for hits in found.values():
        for hit in hits:
            assert client.get(hit.url).status_code == 200, hit


@pytest.mark.parametrize("role", Role)
def test_every_place_of_the_table_opens_for_those_it_is_offered_to(client, brand, person_in, role):
    user = person_in(role)
    client.force_login(user)
    membership = Membership.objects.select_related("brand", "user").get(user=user)
    for one in destinations.DESTINATIONS:
        if one.is_open_to(membership):
            assert client.get(one.address(brand)).status_code == 200, one.url
        else:
            assert client.get(one.address(brand)).status_code == 403, one.url


def names_of_pages() -> set[str]:
    """Every page under a brand that needs nothing but the brand, and answers to GET."""
    found = set()
    for page in pages("smmplanner.urls"):
        if page.route.startswith("brands/<slug:brand>/") and [name for name, _converter in page.converters] == ["brand"]:
            found.add(resolve(page.address("atlas")).view_name)
    return found


def test_every_page_is_a_place_to_go_to_or_left_out_for_a_reason(client, brand, person_in):
    client.force_login(person_in(Role.LEAD))
    named = {one.url for one in destinations.DESTINATIONS} - destinations.OUTSIDE
    assert len(destinations.DESTINATIONS) == len({one.url for one in destinations.DESTINATIONS})
    rest = names_of_pages() - named - LEFT_OUT.keys()
    assert not {name for name in rest if client.get(reverse(name, args=["atlas"])).status_code != 405}
    assert named | LEFT_OUT.keys() <= names_of_pages()


def test_rows_of_other_brands_are_never_found(client, brand, other, marketer):
    say_everywhere(other)
    Membership.objects.create(brand=other, user=marketer, role=Role.LEAD)
    assert groups(client, brand, WORD) == {}


def test_other_brands_of_the_reader_are_offered_and_only_those(client, brand, other, marketer):
    Brand.objects.create(name="Somsa of others", slug="others")
    assert "brands" not in groups(client, brand, "somsa")
    Membership.objects.create(brand=other, user=marketer, role=Role.VIEWER)
    assert [hit.title for hit in groups(client, brand, "сомса")["brands"]] == ["Somsa"]
    assert [hit.title for hit in groups(client, brand)["brands"]] == ["Somsa"]


def test_one_row_and_three_take_the_same_queries(client, brand, marketer, count_queries):
    say_everywhere(brand)
    one = count_queries(client, address(brand, WORD))
    say_everywhere(brand, range(1, 3))
    assert count_queries(client, address(brand, WORD)) == one <= 25


def test_a_few_of_each_kind_are_shown_and_a_link_to_all(client, brand, marketer):
    for number in range(8):
        brand.posts.create(title=f"Koʻylak {number}")
    page = client.get(address(brand, WORD))
    (group,) = page.context["found"].groups
    assert len(group.hits) == 6
    assert group.more == f"{reverse('calendar:list', args=['atlas'])}?{urlencode({'q': WORD})}"
    assert group.more in page.content.decode()


def test_a_viewer_is_not_told_of_money(client, brand, person_in):
    client.force_login(person_in(Role.VIEWER))
    found = groups(client, brand, "return on investment")
    assert "roi" not in " ".join(hit.url for hits in found.values() for hit in hits)
    assert "pages" not in groups(client, brand, "income and costs")


def test_a_post_says_when_where_and_how_it_stands(client, brand, marketer):
    say_everywhere(brand)
    (hit,) = groups(client, brand, WORD)["posts"]
    assert (hit.status, hit.platforms) == ("draft", ("telegram",)) and re.search(r"\d\d:\d\d", hit.context)


def test_pages_are_found_in_english_and_in_the_language_of_the_reader(client, brand, marketer):
    User.objects.filter(pk=marketer.pk).update(language="uz")
    assert [hit.url for hit in groups(client, brand, "workload")["pages"]] == [reverse("calendar:workload", args=["atlas"])]


def test_nothing_typed_offers_where_people_usually_go(client, brand, marketer):
    found = groups(client, brand)
    assert found.keys() == {"actions", "pages"}
    assert reverse("calendar:new_post", args=["atlas"]) in [hit.url for hit in found["actions"]]


@pytest.mark.parametrize(
    "typed", ["%", "_", "*", "(", "[a", "\\", "'", "a\x00b", "ʼ" * 100, "s" * 5000, "***:x", "{1}", "<script>", "\ud7ff"]
)
def test_any_sign_is_looked_for_as_it_is(client, brand, marketer, typed):
    brand.posts.create(title="Plain words")
    page = client.get(address(brand, typed))
    assert page.status_code == 200
    assert "posts" not in {group.name for group in page.context["found"].groups}
    assert "<script>" not in page.content.decode()


def test_the_palette_gets_the_list_alone_and_caches_tell_the_two_apart(client, brand, marketer):
    answer = client.get(address(brand, "workload"), headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert "<html" not in body and 'role="option"' in body and 'hx-swap-oob="innerHTML:#palette-said"' in body
    assert "HX-Request" in answer["Vary"]


def test_a_question_mark_shows_the_keys(client, brand, marketer):
    page = client.get(address(brand, "?"))
    assert "Ctrl+K" in page.content.decode()
    assert [hit.url for group in page.context["found"].groups for hit in group.hits] == [
        reverse("metrics:shortcuts", args=["atlas"])
    ]


def test_the_keys_of_mentions_are_those_of_the_desk(client, brand, marketer):
    page = client.get(reverse("metrics:shortcuts", args=["atlas"])).content.decode()
    assert "<kbd>X</kbd>" in page and "Off topic" in page


def test_without_scripts_the_button_leads_to_the_search(client, brand, marketer):
    page = client.get(reverse("metrics:home", args=["atlas"])).content.decode()
    assert f'href="{address(brand)}" data-palette' in page
