"""Passkeys with a device that Chromium plays itself: the ceremonies run under the strict policy, with static scripts alone."""

import pytest
from allauth.mfa.models import Authenticator

from brands.models import AuditEntry

PASSWORD = "parol-1234-uz"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(live_server) -> str:
    """Browsers know passkeys by the name of a site, not by its number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def type_password(page, site: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", "dilnoza@example.uz")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page, site: str) -> None:
    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


def add_passkey(page, site: str, alone: bool) -> None:
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    if alone:
        page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_added_and_then_signs_in_alone(site, page, device, person):
    person("dilnoza")
    type_password(page, site)
    page.wait_for_url(f"{site}/**/")
    add_passkey(page, site, alone=True)
    sign_out(page, site)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(f"{site}/profile/")
    page.get_by_role("heading", name="You", exact=True).wait_for()
    assert "added_second_factor" in set(AuditEntry.objects.values_list("act", flat=True))


def test_a_passkey_is_the_second_factor_beside_the_password(site, page, device, person):
    person("dilnoza")
    type_password(page, site)
    page.wait_for_url(f"{site}/**/")
    add_passkey(page, site, alone=False)
    sign_out(page, site)
    type_password(page, site)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_a_device_without_a_passkey_is_told_so_in_words(site, page, device, person):
    page.goto(f"{site}/accounts/login/")
    device.send("WebAuthn.disable")
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    page.reload()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").get_by_text("That did not work").wait_for()


def test_a_script_says_what_is_missing_and_keeps_what_was_typed(site, page, brand, lead, client, page_problems):
    client.force_login(lead)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.goto(f"{site}/brands/{brand.slug}/settings/")
    page.fill("[name=about]", "Clothes, Tashkent")
    type(brand).objects.update(requires_two_factors=True)
    page.evaluate("htmx.ajax('GET', location.pathname, {target: 'h1', swap: 'innerHTML'})")
    said = page.get_by_text("This brand asks for a second factor.")
    said.wait_for()
    assert "/profile/two-factors/?next=" in page.get_by_role("link", name="Set it up in a new tab").get_attribute("href")
    assert page.locator("[name=about]").input_value() == "Clothes, Tashkent"
    # The browser notes each answer of 403 as an error.
    assert all("403" in problem for problem in page_problems)
    page_problems.clear()
