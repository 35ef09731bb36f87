"""The palette with the keyboard alone, in a real browser."""

from playwright.sync_api import expect

from brands.models import Brand, Membership, Role, User
from smmplanner.tests.test_quick_path_in_a_browser import sign_in


def test_the_palette_goes_anywhere_and_gives_the_focus_back(context, page, live_server, transactional_db):
    brand = Brand.objects.create(name="Atlas", slug="atlas")
    user = User.objects.create_user("marketer@example.uz", language="en")
    Membership.objects.create(brand=brand, user=user, role=Role.MARKETER)
    for number in range(2):
        brand.campaigns.create(name=f"Кўйлак {number}", start=f"2026-03-0{number + 1}", end="2026-04-01")
    sign_in(context, live_server.url, user)
    page.goto(f"{live_server.url}/brands/atlas/library/")
    before = page.get_by_role("link", name="Calendar", exact=True).first
    before.focus()
    page.keyboard.press("Control+k")
    words = page.get_by_role("combobox", name="Search everything")
    expect(words).to_be_focused()
    expect(page.get_by_role("option", name="New post")).to_be_visible()
    page.keyboard.press("Escape")
    expect(before).to_be_focused()

    page.keyboard.press("/")
    expect(words).to_be_focused()
    page.keyboard.type("ko'ylak")
    chosen = page.locator("#palette [aria-selected=true]")
    expect(chosen).to_contain_text("Кўйлак 1")
    expect(page.locator("#palette-said")).to_have_text("2 results")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("Кўйлак 0")
    expect(words).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/campaigns/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Кўйлак 0")
