from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from brands.models import Membership, Role, User


@pytest.fixture
def signed_in(page, live_server, brand):
    user = User.objects.create_user(email="marketer@example.uz", password="parol")
    Membership.objects.create(brand=brand, user=user, role=Role.MARKETER)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def test_the_working_opens_under_its_card_and_closes_and_the_trend_is_drawn(signed_in, live_server, brand, instagram, record):
    page = signed_in
    for count in range(1, 20):
        for measure, value in {"likes": 20 + count, "comments": 5, "shares": 3, "views": 1000, "link_clicks": 9}.items():
            record(measure, str(brand.today() - timedelta(days=count)), value, channel=instagram)
    page.goto(live_server.url + reverse("metrics:results", args=["atlas"]))
    page.locator("[data-chart]").first.scroll_into_view_if_needed()
    page.locator("[data-chart] svg.main-svg").first.wait_for()

    card = page.locator(".sp-kpi", has_text="Audience engagement")
    card.get_by_role("button").click()
    panel = page.get_by_role("region", name="Working of Audience engagement")
    panel.wait_for()
    assert "19,000" in panel.inner_text()
    assert card.get_by_role("button").get_attribute("aria-expanded") == "true"

    card.get_by_role("button").press("Space")
    panel.wait_for(state="detached")
    assert card.get_by_role("button").get_attribute("aria-expanded") == "false"


def test_a_deleted_entry_is_put_back_from_its_toast(signed_in, live_server, brand):
    page = signed_in
    brand.ledger_entries.create(kind="income", amount=5, currency="UZS", date=brand.today(), note="promo")
    page.goto(live_server.url + reverse("metrics:entries", args=["atlas"]))
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("It is back.").wait_for()
    assert brand.ledger_entries.get().note == "promo"


def test_a_slider_moves_roi_and_the_numbers_alone_do_too(signed_in, live_server, brand, record):
    page, day = signed_in, brand.today() - timedelta(days=2)
    for kind, amount in {"income": 1200, "cogs": 300, "investment": 500}.items():
        brand.ledger_entries.create(kind=kind, amount=amount, currency="UZS", date=day)
    record("social_sessions", str(day), 2000)
    record("new_customers", str(day), 12)
    page.goto(live_server.url + reverse("metrics:what_if", args=["atlas"]) + "?preset=28")
    answer = page.get_by_role("region", name="What would come back")
    answer.get_by_text("80.00").first.wait_for()

    slider = page.get_by_role("slider", name="Slider: A customer’s order")
    slider.focus()
    slider.press("End")
    answer.get_by_text("260.00").first.wait_for()
    assert page.get_by_label("A customer’s order", exact=True).input_value() == "200"

    page.get_by_role("textbox", name="Visits that become customers, %").fill("0.3")
    answer.get_by_text("80.00").nth(1).wait_for()
