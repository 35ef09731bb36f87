"""From sign-up to the first channel, in a browser, with scripts and without."""

import pytest

from brands.models import Brand


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_new_person_reaches_the_first_channel_on_a_phone(live_server, new_context, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url)
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Your name").fill("Aziza Komilova")
    page.get_by_label("E-mail address").fill("aziza@example.uz")
    page.get_by_label("Password").fill("kuchli-parol-77")
    page.get_by_role("button", name="Sign up").click()
    page.get_by_label("Name", exact=True).fill("Choyxona Rayhon")
    page.get_by_label("Large enterprise").check()
    page.get_by_role("button", name="Create brand").click()
    for network in ("facebook", "instagram", "youtube"):
        page.locator(f"[name=use-{network}]").uncheck()
    page.locator("[name=handle-telegram]").fill("https://t.me/rayhon_choyxona")
    page.get_by_role("button", name="Add the ticked channels").click()
    assert page.get_by_role("link", name="Start planning").is_visible()
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    brand = Brand.objects.get()
    assert (brand.slug, brand.business_type, brand.channels.get().handle) == ("choyxona-rayhon", "large", "rayhon_choyxona")


def test_every_page_of_the_settings_keeps_the_policy(live_server, lead, add_channel, page, page_problems):
    add_channel()
    page.goto(f"{live_server.url}/accounts/login/?next=/brands/atlas/settings/")
    page.get_by_label("E-mail address").fill(lead.email)
    page.get_by_label("Password").fill("parol-1234-uz")
    page.get_by_role("button", name="Sign in", exact=True).click()
    for name in ("Channels", "Team", "Brand"):
        page.get_by_role("navigation", name="Settings").get_by_role("link", name=name).click()
    for path in ("/brands/", "/brands/new/", "/profile/", "/brands/atlas/notifications/", "/brands/atlas/first-steps/"):
        page.goto(live_server.url + path)
        assert page.locator("h1").is_visible()
