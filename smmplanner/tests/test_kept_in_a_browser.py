"""What people type outlives a session, a server, a line and a second window."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect

from brands.models import Brand, Membership, Platform, Role, User
from conftest import database_url
from smmplanner.tests.test_up import free_port
from strategies import fixed_rows
from strategies.models import BusinessObjective, Strategy

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PASSWORD = "parol-1234-uz"
TYPED = "Yangi atlas koʻylak: faqat shu hafta.\n\nСкидка 20 % — “приходите” 👗"


@pytest.fixture
def brand(transactional_db):
    return Brand.objects.create(name="Atlas Libos", slug="atlas")


@pytest.fixture
def lead(brand):
    user = User.objects.create_user("dilnoza@example.com", PASSWORD, name="Dilnoza", language="en")
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    return user


@pytest.fixture
def post(brand, lead):
    row = brand.posts.create(title="Navroʻz", text="As it was", owner=lead)
    channel = brand.channels.create(platform=Platform.objects.get(slug="telegram"), handle="atlas")
    row.publications.create(brand=brand, channel=channel)
    return row


@pytest.fixture
def sign_in(page: Page, lead):
    def act(url: str) -> None:
        client = Client()
        client.force_login(lead)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
        page.set_default_timeout(60_000)

    return act


def save(page: Page) -> None:
    page.locator("#post-form [name=text]").press("Tab")
    page.evaluate("document.getElementById('post-form').requestSubmit()")


# Asked by the clock: a window behind another one draws no frames.
def is_copied(page: Page, text: str) -> None:
    page.wait_for_function(
        "text => Object.values(localStorage).some(copy => copy.includes(JSON.stringify(text).slice(1, -1)))",
        arg=text,
        polling=100,
    )


def nothing_is_left(page: Page) -> None:
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('kept:'))", polling=100)


@pytest.mark.parametrize("code", LANGUAGES)
def test_text_survives_a_session_that_ends(code, page, page_problems, live_server, lead, post, sign_in):
    User.objects.update(language=code)
    sign_in(live_server.url)
    page.goto(live_server.url + post.get_absolute_url())
    Session.objects.all().delete()
    page.locator("#post-form [name=text]").fill(TYPED)
    # The checks ask the server while one types: it is said at once, and the page stays.
    way_in = page.locator('#toasts [data-line="signed-out"] a')
    expect(way_in).to_be_visible(timeout=60_000)
    assert parse_qs(urlsplit(way_in.get_attribute("href")).query) == {"next": [post.get_absolute_url()]}
    save(page)
    page.locator("[name=login]").fill(lead.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**" + post.get_absolute_url())
    page_problems.clear()  # the browser reports each 401
    expect(page.locator("[data-kept] [role=status] time")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == code
    expect(page.locator("[data-changed]")).to_be_hidden()
    page.locator("[data-put-back]").click()
    expect(page.locator("#post-form [name=text]")).to_be_focused()
    with page.expect_navigation():
        save(page)
    nothing_is_left(page)
    post.refresh_from_db()
    assert post.text == TYPED
    page.reload()
    expect(page.locator("[data-kept]")).to_have_count(0)


def test_two_windows_and_what_one_of_them_did_not_save(page, live_server, lead, post, sign_in):
    sign_in(live_server.url)
    page.goto(live_server.url + post.get_absolute_url())
    page.locator("#post-form [name=text]").fill(TYPED)
    is_copied(page, TYPED)
    second = page.context.new_page()
    second.goto(live_server.url + post.get_absolute_url())
    second.locator("#post-form [name=title]").fill("Renamed in the second window")
    with second.expect_navigation():
        save(second)
    page.reload()
    expect(page.locator("[data-changed]")).to_be_visible()
    page.locator("[data-put-back]").click()
    with page.expect_navigation():
        save(page)
    nothing_is_left(page)
    post.refresh_from_db()
    assert (post.title, post.text) == ("Renamed in the second window", TYPED)


def test_discarding_and_signing_out_leave_nothing_behind(page, live_server, lead, sign_in):
    sign_in(live_server.url)
    page.goto(f"{live_server.url}/profile/")
    name = page.locator("[name=name]")
    name.fill(TYPED[:30])
    is_copied(page, TYPED[:30])
    page.reload()
    page.locator("[data-discard]").click()
    nothing_is_left(page)
    expect(name).to_have_value("Dilnoza")
    name.fill(TYPED[:30])
    is_copied(page, TYPED[:30])
    page.locator("form[data-forget]").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/accounts/login/")
    nothing_is_left(page)


def test_the_wizard_saves_again_once_the_line_is_back(page, page_problems, live_server, brand, lead, sign_in):
    strategy = Strategy.objects.create(brand=brand, name="Spring", start=date(2027, 3, 1), end=date(2027, 8, 31))
    fixed_rows.fill_in(strategy)
    sign_in(live_server.url)
    page.goto(f"{live_server.url}/brands/atlas/strategies/{strategy.pk}/business-goals/")
    page.context.set_offline(True)
    page.get_by_role("textbox").first.fill("Sell out by June")
    expect(page.locator("#wizard-saved.is-off")).to_be_visible(timeout=60_000)
    is_copied(page, "Sell out by June")
    page.context.set_offline(False)
    expect(page.locator("#wizard-saved.is-off")).to_have_count(0, timeout=60_000)
    nothing_is_left(page)
    assert BusinessObjective.objects.get().text == "Sell out by June"
    page_problems.clear()  # the browser reports what did not reach the server


def test_the_wizard_saves_nothing_behind_somebody_elses_back_and_keeps_what_was_typed(
    page, page_problems, live_server, brand, lead, sign_in
):
    strategy = Strategy.objects.create(brand=brand, name="Spring", start=date(2027, 3, 1), end=date(2027, 8, 31))
    objective = strategy.objectives.create(text="Sell out")
    fixed_rows.fill_in(strategy)
    sign_in(live_server.url)
    page.goto(f"{live_server.url}/brands/atlas/strategies/{strategy.pk}/business-goals/")
    objective.text = "Sell out by June"
    objective.save_version(1)
    field = page.get_by_role("textbox").first
    with page.expect_response(lambda answer: answer.request.method == "POST") as refused:
        field.fill("Sell out by May")
    assert (refused.value.status, refused.value.json()["conflict"]) == (409, True)
    expect(page.locator("#wizard-saved.is-off")).to_contain_text("Press Save to see what they wrote", timeout=60_000)
    expect(field).to_have_value("Sell out by May")
    is_copied(page, "Sell out by May")
    with page.expect_navigation():
        page.evaluate("document.getElementById('wizard').requestSubmit()")
    expect(page.locator("[data-merge]")).to_contain_text("Sell out by June")
    page_problems.clear()  # the browser reports each 409
    objective.refresh_from_db()
    assert objective.text == "Sell out by June"


class Server:
    """The product in a process of its own, on this test's database, with its service worker."""

    def __init__(self, port: int, home: Path) -> None:
        self.port, self.home = port, home
        self.start()

    def start(self) -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "smmplanner.tests.settings",
            "DATABASE_URL": database_url(connection.settings_dict),
            "SECRET_KEY": settings.SECRET_KEY,
            "SERVICE_WORKER": "1",
            "TMPDIR": str(self.home),
        }
        command = [sys.executable, "-m", "gunicorn", "smmplanner.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "8"]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                return urllib.request.urlopen(f"{self.url}/health/", timeout=5).close()
            except OSError:
                time.sleep(0.1)
        pytest.fail((self.home / "server.log").read_text()[-4000:], pytrace=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(transactional_db, tmp_path):
    running = Server(free_port(), tmp_path)
    yield running
    if running.process.poll() is None:
        running.kill()


def test_text_survives_a_server_that_is_killed(page, page_problems, server, lead, post, sign_in):
    User.objects.update(language=LANGUAGES[-1])
    sign_in(server.url)
    page.goto(server.url + post.get_absolute_url())
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.locator("#post-form [name=text]").fill(TYPED)
    server.kill()
    save(page)
    again = page.locator("[data-again]")
    expect(again).to_be_visible()
    expect(page.locator("[data-typed]")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == LANGUAGES[-1]
    again.click()
    expect(again).to_be_visible()
    server.start()
    again.click()
    page.wait_for_url("**" + post.get_absolute_url())
    page.locator("[data-put-back]").click()
    with page.expect_navigation():
        save(page)
    nothing_is_left(page)
    post.refresh_from_db()
    assert post.text == TYPED
    stored = page.evaluate(
        "async () => { const all = []; for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) all.push(new URL(one.url).pathname); return all; }"
    )
    assert stored and all(path == "/offline/" or path.startswith("/static/") for path in stored), stored
    page_problems.clear()  # the browser reports what did not reach the server
