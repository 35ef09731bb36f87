"""From any figure on any page to the rows behind it: `data-figure` marks a figure, and it is a link to how it came about."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from brands.models import Brand, User
from calendar_app.moments import span
from metrics.demo.people import LEAD
from metrics.kpi import MEASURES, Join
from smmplanner.tests.demos import demo_brand

SLUG = "atlas-libos"
# Where figures stand on each page, by the classes that style them.
FIGURES = {"sp-kpi__v", "sp-tile__v", "sp-hero__v"}
PER_PAGE = 6  # figures of a page that are followed, spread over it


class Page(HTMLParser):
    """The figures of a page: links that are marked, and numbers in places of figures that are none."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.rows_links: list[str] = []
        self.bare: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(source)

    def handle_starttag(self, tag, attributes) -> None:
        found = dict(attributes)
        if "data-figure" in found:
            self.links.append((found["data-figure"], found["href"]))
        if "data-rows" in found:
            self.rows_links.append(found["href"])
        # What would be was never measured, so no rows stand behind it.
        is_place = bool(FIGURES & set((found.get("class") or "").split())) and "data-supposed" not in found
        if tag not in {"br", "img", "input", "link", "meta", "hr", "rect", "line", "use", "path", "circle", "polyline"}:
            self._open.append((tag, is_place, "data-figure" in found))

    def handle_endtag(self, tag) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data) -> None:
        in_place = any(place for _tag, place, _linked in self._open)
        linked = any(is_linked for _tag, _place, is_linked in self._open)
        if in_place and not linked and re.search(r"\d", data):
            self.bare.append(data.strip())


@pytest.fixture
def seen(db):
    """The demo, looked at by its lead."""
    demo_brand()
    client = Client()
    client.force_login(User.objects.get(email=LEAD))
    return client, Brand.objects.get(slug=SLUG)


def addresses(brand) -> dict[str, str]:
    strategy = brand.strategies.running(brand.today()).first()
    campaign = brand.campaigns.first()
    paid = brand.campaigns.filter(ledger_entries__isnull=False).first()
    post = brand.publications.published().filter(observations__isnull=False).first().post
    goal = strategy.goals.first()
    named = {
        "home": ("home",), "results": ("results",), "return": ("return",), "what if": ("what_if",), "insight": ("insight",),
        "return of a strategy": ("return_of_strategy", strategy.pk), "return of a campaign": ("return_of_campaign", paid.pk),
        "weeks of a kpi": ("kpi_rhythm", "audience_engagement"), "kpi": ("kpi", "audience_engagement"),
        "trend": ("trend", "audience_engagement"), "results of a strategy": ("strategy_results", strategy.pk),
        "results of a campaign": ("campaign_results", campaign.pk), "results of a post": ("results_of_post", post.pk),
        "window of a campaign": ("campaign_window", campaign.pk), "window of a post": ("post_results", post.pk),
        "goal": ("goal", strategy.pk, goal.pk), "goals": ("goal_progress", strategy.pk), "posts": ("thread_posts", strategy.pk),
        "budget": ("budget", strategy.pk), "plan and actual": ("plan_actual", strategy.pk),
        "document": ("document", strategy.pk), "working": ("working", "audience_engagement"),
    }  # fmt: skip
    return {title: reverse(f"metrics:{name}", args=[SLUG, *rest]) for title, (name, *rest) in named.items()}


def said(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.once
def test_every_figure_of_the_demo_leads_to_its_rows(seen):
    client, brand = seen
    pages = {title: Page(said(client, address)) for title, address in addresses(brand).items()}
    assert {title: page.bare for title, page in pages.items() if page.bare} == {}
    empty = [title for title, page in pages.items() if not page.links]
    assert empty == []
    checked: set[str] = set()
    for title, page in pages.items():
        links = [link for link in dict.fromkeys(page.links) if link[1] not in checked]
        for metric, address in links[:: -(-len(links) // PER_PAGE) or 1]:
            checked.add(address)
            follow_to(address)(client, title, metric, address)
    assert len(checked) > 60


def follow_to(address: str):
    if "/calendar/list/" in address:
        return assert_leads_to_posts
    return assert_leads_to_entries if "/results/money/" in address else assert_leads_to_rows


def assert_leads_to_posts(client, title: str, metric: str, address: str) -> None:
    """One click: a number of posts is counted from the calendar, and those are its rows; of none, there are none."""
    asked = QueryDict(address.partition("?")[2])
    week, brand = date.fromisoformat(asked["week"]), Brand.objects.get(slug=SLUG)
    posts = brand.publications.between(*span(week, week + timedelta(days=6), brand.zone))
    if channel := asked.get("channel"):
        posts = posts.filter(channel=channel)
    assert ("<tbody" in said(client, address)) is posts.exists(), (title, metric, address)


def assert_leads_to_entries(client, title: str, metric: str, address: str) -> None:
    """One click: an amount of money is a sum of entries, and those are rows."""
    answer = client.get(address)
    assert answer.status_code == 200 and answer.context["page"].object_list, (title, metric, address)


def assert_leads_to_rows(client, title: str, metric: str, address: str) -> None:
    """Two clicks from the page: the working, and its rows. What has no figure says so."""
    answer = client.get(address)
    assert answer.status_code == 200, (title, address)
    if "working" not in answer.context:  # an amount of one line or channel leads straight to its entries
        assert answer.context["page"].object_list, (title, metric, address)
        return
    working = answer.context["working"]
    shown = getattr(working, "whole", None) or working.reading.whole
    if shown.startswith("—"):
        return
    rows_links = Page(answer.content.decode()).rows_links
    behind = working.behind
    assert rows_links or behind.rows.has_plan or not behind.is_empty, (title, metric, address)
    if not rows_links:
        return
    rows = client.get(rows_links[0])
    assert rows.status_code == 200
    assert 'data-rows-of="' in rows.content.decode(), (title, metric, rows_links[0])
    assert_adds_up(metric, working)


def assert_adds_up(metric: str, working) -> None:
    """The rows of a flow that is recorded make up its figure, to the last digit."""
    declared = MEASURES.get(metric)
    if declared is None or declared.join is not Join.UP or declared.prepared or working.figure.value is None:
        return
    values = list(working.behind.rows.rows.values_list("value", flat=True))
    assert sum(values, Decimal(0)) == Decimal(working.figure.value.numerator) / working.figure.value.denominator, metric


def test_a_person_reaches_the_rows_in_three_clicks(page, live_server, brand, marketer, client, instagram, record):
    """In a browser: a figure of the results, its working, its rows."""
    for measure, value in {"likes": 20, "comments": 5, "shares": 3, "views": 1000}.items():
        record(measure, str(brand.today() - timedelta(days=3)), value, channel=instagram)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    results = live_server.url + reverse("metrics:results", args=["atlas"])
    page.goto(results)
    figures = page.locator("[data-figure]").evaluate_all("links => links.map(link => [link.dataset.figure, link.href])")
    assert {"audience_engagement", "views"} <= {metric for metric, _href in figures}
    for metric, href in figures:
        page.goto(results)
        page.locator(f'[data-figure="{metric}"]:visible').first.click()
        page.wait_for_url(href.split("?")[0] + "*")
        rows = page.locator("[data-rows]")
        if rows.count():
            rows.first.click()
            expect(page.locator("[data-rows-of] tbody tr").first, metric).to_be_visible()
