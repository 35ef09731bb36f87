"""Django's administration in a browser, under the strict policy. Apart from its other tests, which keep one brand between them."""

import pytest

from brands.models import User
from calendar_app.models import Post
from smmplanner.tests.demos import demo_brand

pytestmark = pytest.mark.once


def test_the_policy_lets_the_administration_work_in_a_browser(page, live_server, client):
    demo_brand()
    client.force_login(User.objects.create_superuser("admin@example.uz", "parol", language="en"))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    post = Post.objects.first()
    for path in ("", "calendar_app/post/", f"calendar_app/post/{post.pk}/change/", "brands/platform/", "metrics/observation/"):
        page.goto(f"{live_server.url}/admin/{path}")
        assert page.locator("#content h1").is_visible()
    page.goto(f"{live_server.url}/admin/brands/membership/add/")
    page.locator(".field-brand .select2-selection").click()
    page.get_by_role("option", name="Atlas Libos").click()
    assert page.locator(".field-brand select").input_value()
