"""The first screen after `make run`, in a browser; with SCREENSHOTS=1 it also renews the picture in the README."""

import os

import pytest
from django.conf import settings
from django.core.management import call_command

from metrics.demo.people import LEAD, PASSWORD

PICTURE = settings.BASE_DIR / "docs" / "screenshots" / "home.png"


@pytest.fixture
def demo(live_server):
    call_command("demo", verbosity=0)
    return live_server


def sign_in(page, server, email=LEAD):
    page.goto(f"{server.url}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/brands/**")


def test_the_demo_greets_its_lead_with_a_living_home_page(page, demo):
    sign_in(page, demo)
    # Once more, without the greeting in the corner.
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert page.locator(".sp-side").is_visible(), "this is no page of a brand"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert page.evaluate("document.fonts.check('14px \"Source Sans 3\"')")
    if os.environ.get("SCREENSHOTS"):
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_error_page_fits_a_phone_and_follows_the_device(scheme, page, page_problems, live_server):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    answer = page.goto(f"{live_server.url}/nothing/here/")
    assert answer.status == 404
    assert page.evaluate("document.documentElement.dataset.bsTheme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{settings.VAR_DIR}/../error_{scheme}.png")
    # The browser itself reports the 404 of the page that was asked for.
    page_problems[:] = [problem for problem in page_problems if "404 (Not Found)" not in problem]
