"""How short the way to a plan is, counted; and that nobody needs scripts for it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from brands.models import Brand, Channel, Membership, Platform, Role, User
from strategies import fixed_rows, stages
from strategies.models import PlatformReview, Stage, Strategy
from strategies.plain import content_of
from strategies.steps import STEPS, Step

MOST_ENTRIES = 60
PATIENCE_MS = 60_000  # what is counted here are entries, not seconds


@pytest.fixture
def shop(transactional_db) -> Brand:
    return Brand.objects.create(name="Atlas Libos", slug="atlas", business_type="small", language="en")


@pytest.fixture
def lead(shop: Brand) -> User:
    user = User.objects.create_user("malika@atlas.example", "pass-word-12", name="Malika Yusupova", language="en")
    Membership.objects.create(brand=shop, user=user, role=Role.LEAD, hours_per_week=20, skills=["copy", "ads"])
    return user


def sign_in(context: BrowserContext, url: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


class Hand:
    """Does what a person does, and counts it: every click, every choice, every field filled."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0
        page.set_default_timeout(PATIENCE_MS)

    def _settle(self) -> None:
        self.page.wait_for_load_state("networkidle")

    def click(self, role: str, name: str, within: str = "body") -> None:
        self.page.locator(within).get_by_role(role, name=name, exact=False).first.click()
        self.count += 1
        self._settle()

    def go_on(self) -> None:
        self.page.locator(".sp-savebar button[value=next]").click()
        self.count += 1
        self._settle()

    def write(self, field: str | Locator, text: str) -> None:
        (self.page.get_by_label(field) if isinstance(field, str) else field).first.fill(text)
        self.count += 1

    def tick(self, label: str) -> None:
        self.page.locator("main label").filter(has_text=label).first.click()
        self.count += 1

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label).first.select_option(label=option)
        self.count += 1

    def is_at(self, step: str) -> None:
        title = next(str(one.title) for one in STEPS if one.slug == step)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)


ANSWERS = (
    "Ready-to-wear dresses of adras, sewn in our own workshop",
    "Women who want a feast-day dress that works on a Tuesday, too",
    "Mothers and daughters, office workers, brides’ friends",
    "Mostly women of 24 to 45 themselves; before feasts, husbands",
    "Style bloggers, tour guides, Uzbeks abroad who miss the cloth",
    "Neighbours of the shop, and guests of weddings",
)


def begin(hand: Hand) -> None:
    hand.click("link", "Begin the first strategy")
    hand.write("Name", "Spring")
    hand.write("Your handle on Instagram", "atlas.libos")
    hand.write("Your handle on Telegram", "atlaslibos")
    hand.click("button", "Begin", within="main")
    hand.is_at("business-goals")
    hand.go_on()


def set_goals(hand: Hand) -> None:
    """Both goals of the preset: its words are kept, the numbers are one's own."""
    hand.is_at("goals")
    for value, following in (("40", "Grow the brand’s audience"), ("20", "")):
        hand.write(hand.page.locator("[name=target-value]"), value)
        hand.tick("I know it is a lot, and it can be done")
        expect(hand.page.get_by_role("list", name="SMART check, 5 of 5")).to_be_visible()
        if following:
            expect(hand.page.locator("#wizard-saved")).to_contain_text(re.compile(r"Saved \d"))
            hand.click("link", following, within=".sp-gtabs")
    hand.go_on()
    hand.is_at("targets")
    hand.go_on()
    hand.is_at("plan")
    hand.go_on()


def know_the_audience(hand: Hand) -> None:
    hand.is_at("audience")
    for place, answer in enumerate(ANSWERS):
        hand.write(hand.page.locator("#wizard [name$=-text]:visible").nth(place), answer)
    hand.go_on()
    hand.is_at("personas")
    for name, text in {
        "name": "Madina", "age_range": "22–26", "pain_points": "Fears a wrong size", "how_we_help": "Sizes answered in Telegram",
    }.items():  # fmt: skip
        hand.write(hand.page.locator(f"[name=item-{name}]"), text)
    hand.tick("Telegram")
    hand.go_on()


def look_around(hand: Hand) -> None:
    hand.is_at("audits")
    for kind, name, text in (("own", "channel", "Telegram, @atlaslibos"), ("competitor", "competitor", "Milliy Gul")):
        hand.page.locator(f"main a[href*='new={kind}']").first.click()
        hand.count += 1
        field = hand.page.locator(f"[name=item-{name}]")
        if kind == "own":
            field.select_option(label=text)
            hand.count += 1
            hand.write(hand.page.locator("[name=item-works]"), "Answers within the hour; films from the workshop")
        else:
            hand.write(field, text)
            hand.write(hand.page.locator("[name=item-gap]"), "Nobody shows the weaving")
        hand.click("button", "Save", within=".sp-savebar")


def afford_it(hand: Hand) -> None:
    hand.click("link", "Budget", within="#wizard-steps")
    hand.is_at("budget")
    hand.tick("organic only")
    hand.go_on()


def fill_the_calendar(hand: Hand, channels: int) -> None:
    hand.is_at("type")
    hand.click("link", "Plans and slots", within="#wizard-steps")
    hand.click("button", "Make one for its dates")
    for place in range(channels):
        hand.click("button", "Make one from the cadence")
        hand.page.get_by_role("link", name="Fill the calendar").nth(place).click()
        hand.count += 1
        hand.click("button", "Make ", within="main")
        if place + 1 < channels:
            hand.page.go_back()
            hand.page.go_back()
            hand.count += 2
            hand.page.reload()


@pytest.mark.everywhere
@pytest.mark.once
def test_an_empty_brand_is_a_submitted_plan_in_under_sixty_entries(page: Page, live_server, shop: Brand, lead: User):
    sign_in(page.context, live_server.url, lead)
    hand = Hand(page)
    page.goto(f"{live_server.url}/brands/atlas/strategies/")
    begin(hand)
    set_goals(hand)
    know_the_audience(hand)
    look_around(hand)
    afford_it(hand)
    fill_the_calendar(hand, channels=2)
    hand.click("link", "Strategy", within="nav")
    hand.click("link", "Spring", within="main")
    hand.click("button", "Send to review")
    strategy = Strategy.objects.get()
    print(f"clicks, choices and field entries: {hand.count}")
    assert strategy.status == Strategy.Status.IN_REVIEW
    assert not strategy.waivers.exists()
    looks = stages.look(strategy)
    assert [look.is_met for look in looks if look.stage in (Stage.GOALS, Stage.PLANNING, Stage.STRATEGIES)] == [True] * 3
    assert hand.count < MOST_ENTRIES


# --- without scripts

# What fields want that no field says: shares that make a whole, weights that make what the usual two make, an age.
WANTED = {
    "item-age_range": "22–26",
    "mix-purpose-attract-share": "60", "mix-purpose-engage-share": "40", "review-audience": "32", "review-format": "28",
}  # fmt: skip
USUAL_BUTTONS = ("save", "next", "back", "leave", "add")


@pytest.fixture
def spring(shop: Brand) -> Strategy:
    Channel.objects.create(brand=shop, platform=Platform.objects.get(slug="telegram"), handle="atlaslibos")
    # It runs: days to come and days that have been are both days of the strategy.
    first = shop.today() - timedelta(days=10)
    strategy = Strategy.objects.create(brand=shop, name="Spring", start=first, end=first + timedelta(days=170))
    fixed_rows.fill_in(strategy)
    strategy.goals.create(goal_type="sales", text="40 leads", deadline=strategy.end)
    return strategy


@pytest.fixture
def plain_page(browser, live_server, lead: User):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    sign_in(context, live_server.url, lead)
    yield context.new_page()
    context.close()


class Visitor:
    """Goes from step to step by the links, and saves on each what its form asks for, whatever that is."""

    def __init__(self, page: Page, strategy: Strategy) -> None:
        self.page, self.strategy, self.figure = page, strategy, 1

    def enter(self, step: Step) -> None:
        """By the steps’ navigation: first the stage, then the step."""
        nav = self.page.locator("#wizard-steps")
        if not nav.get_by_role("link", name=str(step.label), exact=True).count():
            nav.locator(".hd a").nth(step.stage.number - 1).click()
        if self.page.locator("h1").inner_text() != str(step.title):
            nav.locator(f"a[href$='/{step.slug}/']").last.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(str(step.title))

    def save(self, step: Step) -> str:
        """What was done: “saved”, “pressed” (a button of its own), or “looked” where there is nothing to write."""
        self._open_a_form()
        pressed = not self._fields() and self._press_its_own_button()
        if fields := self._fields():
            for field in fields:
                self._write(field)
            self.page.locator(".sp-savebar button[value=save]").click()
            return "saved"
        return "pressed" if pressed else "looked"

    def _press_its_own_button(self) -> bool:
        for button in self.page.locator("#wizard button[name=action]").all():
            if button.get_attribute("value") not in USUAL_BUTTONS:
                button.click()
                return True
        return False

    def _open_a_form(self) -> None:
        for way in (
            "#wizard [data-begin]",
            "#wizard button[value=add]",
            "#wizard button[value^='add-']",
            "main a[href*='=new']",
            "main a[href*='new=']",
        ):
            if self._fields():
                return
            if self.page.locator(way).count():
                self.page.locator(way).first.click()

    def _fields(self) -> list[Locator]:
        found = self.page.locator(
            "#wizard input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), #wizard textarea, #wizard select"
        )
        return [field for field in found.all() if field.is_visible() and field.is_enabled()]

    def _write(self, field: Locator) -> None:
        name, kind = field.get_attribute("name") or "", field.evaluate("field => field.type")
        if name in WANTED or name.startswith("mix-"):
            field.fill(WANTED.get(name, ""))
        elif kind.startswith("select"):
            values = [option.get_attribute("value") for option in field.locator("option").all()]
            field.select_option(values[-1])
        elif kind == "date":
            # A day that the form suggests is a good one.
            if not field.input_value():
                field.fill(str(self.strategy.brand.today()))
        elif kind == "time":
            field.fill("10:00")
        elif field.get_attribute("inputmode") in ("decimal", "numeric") or kind == "number":
            # Each figure another one: a target is not what it is today. What stands there is right already.
            self.figure += 1
            if not field.input_value():
                field.fill(str(self.figure))
        elif kind == "url":
            field.fill("https://atlas.example/")
        else:
            field.fill("Said without a script")


def stored(strategy: Strategy) -> tuple:
    found = Strategy.objects.get(pk=strategy.pk)
    return content_of(found), list(PlatformReview.objects.filter(strategy=found).values())


def test_every_step_is_reached_by_links_and_saves_without_scripts(plain_page: Page, live_server, spring: Strategy):
    plain_page.goto(f"{live_server.url}{STEPS[0].url(spring)}")
    visitor, done, wrong = Visitor(plain_page, spring), {}, {}
    for step in STEPS:
        visitor.enter(step)
        before = stored(spring)
        done[step.slug] = visitor.save(step)
        said = [one.inner_text() for one in plain_page.locator(".sp-error, .sp-alert").all() if one.is_visible()]
        if said or (done[step.slug] == "saved" and stored(spring) == before):
            wrong[step.slug] = said or "saved nothing"
    print(done)
    assert not wrong
    assert {step.stage for step in STEPS if done[step.slug] == "saved"} == set(Stage)
