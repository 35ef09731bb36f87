"""The first hour with the keyboard alone: from sign-up to a filled calendar, in every language.

Only Tab, Enter, Space and typing; fields and buttons are found by their names, never by words.
"""

import pytest
from django.conf import settings

from brands.models import Brand
from calendar_app.models import Post

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_TABS = 90
PATIENCE_MS = 60_000


class Keyboard:
    def __init__(self, page) -> None:
        self.page, self.presses, self.pages = page, 0, 1
        page.set_default_timeout(PATIENCE_MS)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def go_to(self, selector: str) -> None:
        """Tab until what is meant has the focus."""
        for _turn in range(MOST_TABS):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} cannot be reached with the keyboard on {self.page.url}")

    def write(self, selector: str, words: str) -> None:
        self.go_to(selector)
        self.page.keyboard.type(words)
        self.presses += len(words)

    def enter(self, selector: str, leads_to: str) -> None:
        self.go_to(selector)
        with self.page.expect_navigation(url=leads_to, wait_until="domcontentloaded"):
            self.press("Enter")
        self.pages += 1


def speak(page, language: str) -> None:
    """The switcher on the page, by its own button."""
    page.locator(f"button[name=language][value={language}]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_up(hand: Keyboard, language: str) -> None:
    hand.write("[name=name]", "Aziza Komilova")
    hand.write("[name=email]", f"aziza-{language}@example.uz")
    hand.write("[name=password1]", "kuchli-parol-77")
    hand.enter("main form button[type=submit]", "**/brands/new/")


def create_brand(hand: Keyboard) -> None:
    hand.write("[name=name]", "Atlas Libos")
    hand.enter("main form button[type=submit]", "**/first-steps/")
    hand.enter("#first-channels button[type=submit]", "**/brands/atlas-libos/")


def plan(hand: Keyboard) -> None:
    hand.enter("#next-step", "**/first-plan/")
    hand.enter("#create-plan", "**/calendar/?month=*")
    hand.go_to("#write-first")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_sign_up_to_a_filled_calendar_by_keyboard(live_server, page, language):
    page.goto(live_server.url + "/accounts/signup/")
    speak(page, language)
    hand = Keyboard(page)
    sign_up(hand, language)
    create_brand(hand)
    plan(hand)
    brand = Brand.objects.get()
    assert (brand.country, brand.time_zone, brand.language) == ("UZ", "Asia/Tashkent", language)
    assert Post.objects.filter(brand=brand, publications__at__isnull=False).count() > 20
    assert page.locator("html").get_attribute("lang") == language
    assert hand.pages <= 6
    assert hand.presses < 400
