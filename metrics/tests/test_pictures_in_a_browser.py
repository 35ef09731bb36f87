"""A chart is saved as a picture, by mouse and by keyboard: Plotly's and our own drawings."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from brands.models import Membership, Role, User
from metrics.models import Report

BUTTON = re.compile(r"Save as picture\s?: Audience engagement")


@pytest.fixture
def signed_in(page, live_server, brand, instagram, record):
    for count in range(1, 12):
        for measure, value in {"likes": 20 + count, "comments": 5, "shares": 3, "views": 1000}.items():
            record(measure, str(brand.today() - timedelta(days=count)), value, channel=instagram)
    user = User.objects.create_user(email="lead@example.uz", password="parol", language="en")
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def colours(path) -> int:
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width > 300 and picture.height > 150
        return len(picture.convert("RGB").getcolors(maxcolors=1_000_000))


def saved(page, press) -> tuple[str, int]:
    with page.expect_download() as waiting:
        press()
    return waiting.value.suggested_filename, colours(waiting.value.path())


def test_a_plotly_chart_is_saved_as_a_picture(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + reverse("metrics:results", args=["atlas"]))
    page.locator("[data-chart]").first.scroll_into_view_if_needed()
    page.locator("[data-chart] svg.main-svg").first.wait_for()
    button = page.get_by_role("button", name=BUTTON)
    name, found = saved(page, button.click)
    assert name == "audience-engagement.png"
    assert found > 10, "an empty picture has one colour"


def test_our_own_drawing_is_saved_by_keyboard(signed_in, live_server, brand):
    page = signed_in
    report = Report.objects.create(
        brand=brand, name="R", preset="7", language="en", sections=["lines"], kpis=["audience_engagement"]
    )
    page.goto(live_server.url + report.get_absolute_url())
    button = page.get_by_role("button", name=BUTTON)
    button.focus()
    name, found = saved(page, lambda: page.keyboard.press("Enter"))
    assert name == "audience-engagement.png"
    assert found > 10
    assert page.evaluate("document.activeElement.classList.contains('sp-png')")
