"""The desk with the keyboard and the sheet with a paste, in a real browser."""

import pytest
from playwright.sync_api import expect

from brands.models import Membership, Role, User
from metrics.tests.mentioning import feed_in, mention_in


@pytest.fixture
def signed_in(live_server, brand, page):
    user = User.objects.create_user(email="marketer@example.uz", password="parol")
    Membership.objects.create(brand=brand, user=user, role=Role.MARKETER)
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill("marketer@example.uz")
    page.locator("input[type=password]").fill("parol")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brands/**")
    return f"{live_server.url}/brands/atlas/"


def test_mentions_are_classified_with_keys_alone(page, signed_in, brand):
    feed = feed_in(brand)
    rows = [mention_in(brand, title=f"Atlas {number}", feed=feed, seen=False) for number in range(3)]
    page.goto(f"{signed_in}mentions/")
    page.keyboard.press("j")
    newest, next_one = (page.locator(f"#mention-{row.pk}") for row in (rows[2], rows[1]))
    expect(newest).to_be_focused()
    page.keyboard.press("+")
    expect(newest.locator("[value=positive]")).to_have_attribute("aria-pressed", "true")
    expect(newest).to_be_focused()
    expect(page.locator("#mention-tabs")).to_contain_text("About us 1")
    page.keyboard.press("j")
    expect(next_one).to_be_focused()
    page.keyboard.press("d")
    expect(next_one.locator("[value=issue]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("x")
    expect(next_one.locator("[value=irrelevant]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("k")
    expect(newest).to_be_focused()
    page.keyboard.press("z")
    page.wait_for_url("**/mentions/**")
    expect(page.locator(".sp-toast")).to_contain_text("1 mention is as it was.")
    rows[1].refresh_from_db()
    assert (rows[1].is_irrelevant, rows[1].is_issue) == (False, True)
    assert rows[1].resolved_at is not None


def test_many_are_ticked_and_said_at_once(page, signed_in, brand):
    for number in range(3):
        mention_in(brand, title=f"Atlas {number}", seen=False)
    page.goto(f"{signed_in}mentions/")
    page.locator("[data-tick-all]").check()
    expect(page.locator("[data-ticked]")).to_have_text("3 ticked")
    page.locator(".sp-mmany [value=neutral]").click()
    expect(page.locator(".sp-toast")).to_contain_text("3 mentions are classified.")
    assert brand.observations.get(measure="neutral_mentions").value == 3


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_a_table_from_a_spreadsheet_is_pasted_into_the_sheet(page, signed_in, brand):
    page.goto(f"{signed_in}results/figures/grid/?sheet=surveys&unit=month&last=2026-11-20")
    page.locator("#passives-2026-10-01").focus()
    page.evaluate(PASTE, "12\t1 300\tx\r\n7\t8\r\n")
    expect(page.locator("#passives-2026-11-01")).to_have_value("1 300")
    expect(page.locator("#detractors-2026-10-01")).to_have_value("7")
    expect(page.locator("[data-said]")).to_contain_text("outside this sheet")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#detractors-2026-10-01")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#detractors-2026-11-01")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#supporters-2026-11-01")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Save all").click()
    expect(page.locator(".sp-toast")).to_contain_text("4 figures are saved.")
    assert {(row.measure, row.start.month): int(row.value) for row in brand.observations.all()} == {
        ("passives", 10): 12, ("passives", 11): 1300, ("detractors", 10): 7, ("detractors", 11): 8,
    }  # fmt: skip
    page.locator(".sp-toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".sp-toast")).to_contain_text("4 figures are as they were.")
    assert not brand.observations.exists()
