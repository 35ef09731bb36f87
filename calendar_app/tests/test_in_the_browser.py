"""What only a browser can tell: dragging, the keyboard, counting as one types."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from brands.templatetags.ui import day
from calendar_app import review_links
from calendar_app.models import KeyDate, Post
from calendar_app.tests.conftest import local
from calendar_app.tests.test_text_length import LENGTHS
from calendar_app.text_length import TOP_LEVEL_DOMAINS, length
from strategies.models import CommunicationPlan, EditorialPlan, Slot
from strategies.plans import last_day, month_start


@pytest.fixture
def calendar(live_server, page: Page, client, brand, lead, telegram, instagram, strategy):
    """Opens a page of the brand's calendar, signed in as its lead."""
    client.force_login(lead)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])

    def calendar(name: str = "month", *args, query: str = "") -> Page:
        page.goto(live_server.url + reverse(f"calendar:{name}", args=[brand.slug, *args]) + query)
        return page

    return calendar


@pytest.fixture
def monday(brand):
    """The second Monday of a month ahead: a full week around it is shown."""
    first = (brand.today().replace(day=1) + timedelta(days=40)).replace(day=1)
    return first + timedelta(days=7 + (7 - first.weekday()) % 7)


def at_of(post: Post):
    return post.publications.get().at


def drag(page: Page, source: Locator, target: Locator) -> None:
    """As a hand does it: press, move in small steps, let go."""
    source.hover()
    page.mouse.down()
    box = target.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 20, y - 10, steps=6)
    page.mouse.move(x, y, steps=6)
    expect(target.locator("[data-chip]")).to_have_count(1)
    page.mouse.up()


def test_the_browser_counts_as_the_server_does(calendar, db):
    page = calendar()
    domains = sorted(TOP_LEVEL_DOMAINS)
    texts = sorted({text for _mode, text, _expected in LENGTHS})
    for mode in ("chars", "x_weighted", "utf8_bytes", "utf16"):
        counted = page.evaluate(
            "([texts, mode, domains]) => texts.map(text => window.smmTextLength(text, mode, domains))", [texts, mode, domains]
        )
        assert counted == [length(text, mode) for text in texts], mode


def test_a_post_is_dragged_to_another_day_and_brought_back(calendar, brand, write, monday):
    post = write("Green tea", at=local(brand, monday, 19), state="approved")
    page = calendar(query=f"?month={monday:%Y-%m}")
    target = monday + timedelta(days=2)
    drag(page, page.locator(f"#day-{monday} [data-chip]"), page.locator(f"#day-{target}"))
    expect(page.locator("[data-toast]")).to_contain_text(f"moved to {day(target)}")
    expect(page.locator(f"#day-{target} .sp-chip", has_text="Green tea")).to_be_visible()
    assert at_of(post) == local(brand, target, 19)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-toast]")).to_contain_text(f"moved to {day(monday)}")
    expect(page.locator(f"#day-{monday} .sp-chip", has_text="Green tea")).to_be_visible()
    assert at_of(post) == local(brand, monday, 19)


def test_a_drag_on_an_old_page_is_told_and_shown_as_it_stands(calendar, brand, write, monday, page_problems):
    post = write("Green tea", at=local(brand, monday, 19))
    page = calendar(query=f"?month={monday:%Y-%m}")
    row = post.publications.get()
    row.at = local(brand, monday + timedelta(days=1), 8)
    row.save_version(1)
    drag(page, page.locator(f"#day-{monday} [data-chip]"), page.locator(f"#day-{monday + timedelta(days=4)}"))
    expect(page.locator("#toasts")).to_contain_text("Somebody changed it a moment ago")
    expect(page.locator(f"#day-{monday + timedelta(days=1)} .sp-chip")).to_contain_text("08:00")
    # The browser itself writes refused requests into its console.
    page_problems[:] = [problem for problem in page_problems if "409" not in problem]


def test_the_keyboard_moves_a_post_without_dragging(calendar, brand, write, monday):
    post = write("Green tea", at=local(brand, monday, 19))
    page = calendar(query=f"?month={monday:%Y-%m}")
    page.get_by_role("link", name="Move “Green tea” to…").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Move to…")
    expect(dialog.get_by_label("Day")).to_be_focused()
    dialog.get_by_label("Day").fill(str(monday + timedelta(days=3)))
    dialog.get_by_label("Time").fill("09:30")
    page.keyboard.press("Enter")
    expect(page.locator(f"#day-{monday + timedelta(days=3)} .sp-chip")).to_contain_text("09:30")
    expect(dialog).to_be_hidden()
    assert at_of(post) == local(brand, monday + timedelta(days=3), 9, 30)


def test_escape_closes_the_post_and_gives_the_focus_back(calendar, brand, write, monday):
    write("Green tea", at=local(brand, monday, 19))
    page = calendar(query=f"?month={monday:%Y-%m}")
    chip = page.locator(".sp-chip", has_text="Green tea")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Green tea")).to_be_visible()
    page.wait_for_url("**/posts/*/")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(chip).to_be_focused()
    assert f"month={monday:%Y-%m}" in page.url


def test_a_post_is_written_counted_checked_and_saved_over_the_calendar(calendar, brand, monday):
    page = calendar(query=f"?month={monday:%Y-%m}")
    page.get_by_role("link", name="New post", exact=True).click()
    dialog = page.get_by_role("dialog", name="New post")
    dialog.get_by_role("textbox", name="Title").fill("Green tea")
    dialog.get_by_label("Telegram @choyxona").check()
    dialog.get_by_label("Text for all channels").fill("Choy #Navroʻz " + "a" * 4090)
    expect(dialog.locator("#panel-all [data-counter]:visible")).to_contain_text("4,104")
    expect(dialog.locator("#checks")).to_contain_text("Too long by 8")
    dialog.get_by_label("Text for all channels").fill("Choy ichamiz")
    expect(dialog.locator("#checks")).not_to_contain_text("Too long")
    expect(dialog.locator("[data-preview]:visible")).to_contain_text("Choy ichamiz")
    dialog.get_by_label("Goes out").fill(str(monday))
    dialog.locator("[name=clock]").fill("10:00")
    dialog.get_by_role("button", name="Send to review").click()
    saved = page.get_by_role("dialog", name="Green tea")
    expect(saved.get_by_role("button", name="Approve")).to_be_visible()
    expect(page.locator(f"#day-{monday} .sp-chip")).to_contain_text("Green tea")
    saved.get_by_role("button", name="Approve").click()
    saved.get_by_role("button", name="Schedule").first.click()
    expect(page.locator(f"#day-{monday} .sp-chip.is-scheduled")).to_be_attached()
    assert Post.objects.get().publications.get().at == local(brand, monday, 10)


def test_a_channel_of_its_own_words(calendar, brand, write, instagram, telegram, monday):
    post = write("Green tea", at=local(brand, monday, 19), channels=[telegram, instagram], format="image")
    page = calendar("post", post.pk)
    tab = page.get_by_role("tab", name="All channels")
    tab.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("Instagram")
    page.get_by_role("button", name="Start from the common text").first.click()
    page.get_by_label("Own text for Instagram").fill("Only here")
    expect(page.locator("[data-preview]:visible")).to_contain_text("Only here")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    assert post.publications.get(channel=instagram).text_override == "Only here"


def test_on_a_phone_the_month_is_a_list_of_days(calendar, brand, write):
    today = brand.today()
    write("Green tea", at=local(brand, today, 23, 50))
    page = calendar()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".sp-chip", has_text="Green tea")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_arrows_and_letters_lead_through_days_and_posts(calendar, brand, write, monday):
    write("Green tea", at=local(brand, monday, 9))
    write("Black tea", at=local(brand, monday + timedelta(days=1), 9))
    page = calendar(query=f"?month={monday:%Y-%m}")
    page.locator(f"[data-key-day='{monday}']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"[data-key-day='{monday + timedelta(days=1)}']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[data-key-day='{monday + timedelta(days=8)}']")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".sp-chip", has_text="Black tea")).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator(".sp-dialog [name=day]")).to_be_focused()


def test_the_rest_of_a_full_day_opens_in_its_place(calendar, brand, write, monday):
    for hour in range(8, 14):
        write(f"Tea at {hour}", at=local(brand, monday, hour))
    page = calendar(query=f"?month={monday:%Y-%m}")
    cell = page.locator(f"#day-{monday}")
    expect(cell.locator(".sp-chip")).to_have_count(3)
    cell.get_by_role("link", name="+3 more").click()
    expect(cell.locator(".sp-chip")).to_have_count(6)
    expect(cell.locator(".sp-day__more")).to_be_hidden()
    expect(cell.locator("[data-chips]")).to_be_focused()


def test_a_post_is_dragged_to_another_hour_of_the_week(calendar, brand, write, monday):
    post = write("Green tea", at=local(brand, monday, 9, 20))
    page = calendar("week", query=f"?week={monday}")
    target = page.locator(f"[data-day='{monday + timedelta(days=2)}'][data-hour='14']")
    drag(page, page.locator("[data-chip]"), target)
    expect(target.locator(".sp-chip")).to_contain_text("14:20")
    assert at_of(post) == local(brand, monday + timedelta(days=2), 14, 20)


def test_whoever_sits_elsewhere_is_told_how_far_their_clock_is_off(calendar, brand):
    expect(calendar().locator("[data-brand-zone]")).to_be_hidden()
    brand.time_zone = "Asia/Karachi"
    brand.save()
    # Another name for the same hour is nothing to speak of.
    expect(calendar().locator("[data-brand-zone]")).to_be_hidden()
    brand.time_zone = "Asia/Tokyo"
    brand.save()
    expect(calendar().locator("[data-brand-zone]")).to_contain_text("Asia/Tokyo")
    expect(calendar().locator("[data-brand-zone]")).to_contain_text("4:00 less")


# What was painted, and then stood lower: its height before and after.
PUSHED_DOWN = """
new Promise((resolve) => {
  const shifts = new PerformanceObserver((list) => resolve(list.getEntries().flatMap((shift) => shift.sources)
    .filter((source) => source.currentRect.top > source.previousRect.top)
    .map((source) => `${source.previousRect.top} -> ${source.currentRect.top}: ${source.node && source.node.outerHTML}`)));
  shifts.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve([]), 300);
})
"""


def test_nothing_is_pushed_down_while_the_month_arrives(calendar, brand):
    """Neither by the line on another clock nor by dates that come near."""
    brand.time_zone = "Asia/Tokyo"
    brand.save()
    KeyDate.objects.create(brand=brand, name="Launch", kind="launch", start=brand.today() + timedelta(days=9))
    page = calendar()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-brand-zone]")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing is planned for")).to_be_visible()
    assert page.evaluate(PUSHED_DOWN) == []


def test_a_page_keeps_its_width_when_its_scroll_bar_comes(browser_type, browser_type_launch_args, whole_chromium, live_server):
    """A long page is painted before all of it is there."""
    bars = {"executable_path": whole_chromium, "ignore_default_args": ["--hide-scrollbars"]}
    with browser_type.launch(**browser_type_launch_args | bars) as browser:
        page = browser.new_page()
        page.goto(live_server.url + reverse("account_login"))
        width = "document.body.getBoundingClientRect().width"
        short = page.evaluate(width)
        page.evaluate("document.querySelector('main').style.minHeight = '300vh'")
        assert page.evaluate("innerWidth - document.documentElement.clientWidth") > 0, "no scroll bar is shown"
        assert page.evaluate(width) == short


def test_a_client_approves_by_a_link_and_a_lead_from_the_keyboard(
    calendar, live_server, new_context, brand, lead, marketer, write
):
    brand.approval_mode, brand.language = "two_levels", "en"
    brand.save()
    posts = [
        write(f"Tea {number}", at=local(brand, brand.today() + timedelta(days=number), 9), state="in_review", owner=marketer)
        for number in (1, 2)
    ]
    page = calendar("review")
    expect(page.get_by_role("heading", name="2 posts wait for you")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Tea 2")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Tea 1")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("jakar")
    expect(page.locator("[data-why]")).to_have_value("jakar")
    page.locator("[data-why]").fill("")
    page.locator("h1").click()
    page.keyboard.press("a")
    expect(page.locator("[data-toast]")).to_contain_text("“Tea 1” was approved")
    assert Post.objects.get(pk=posts[0].pk).waits_for_client
    link = brand.review_links.create(label="Bank", expires_at=timezone.now() + timedelta(1), created_by=lead)
    link.posts.add(posts[0])
    # Somebody else, somewhere else: a browser without a session.
    guest = new_context().new_page()
    guest.goto(live_server.url + reverse("review", args=[review_links.token(link)]))
    guest.get_by_label("Your name").fill("Bahodir")
    guest.wait_for_timeout(2100)
    guest.get_by_role("button", name="Approve").click()
    expect(guest.locator("article")).to_contain_text("Approved")
    post = Post.objects.get(pk=posts[0].pk)
    assert post.state == "approved" and post.events.first().note == "Bahodir"


def test_a_free_slot_fills_the_posts_day_and_time(calendar, brand, telegram):
    start = month_start(brand.today())
    whole = CommunicationPlan.objects.create(brand=brand, name="Year", start=start, end=last_day(start, 12))
    plan = EditorialPlan.objects.create(
        brand=brand, communication_plan=whole, channel=telegram, start=start, end=last_day(start, 2)
    )
    Slot.objects.create(plan=plan, weekday=1, time=time(17, 30))
    page = calendar("new_post")
    page.get_by_role("checkbox", name="Telegram").check()
    free = page.locator("[data-slot-day]").first
    wanted = free.get_attribute("data-slot-day")
    free.click()
    expect(page.locator("input[name=day]")).to_have_value(wanted)
    expect(page.locator("input[name=clock]")).to_have_value("17:30")
