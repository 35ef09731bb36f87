"""The first screens after `make run`, in a browser, as the documents show them; with SCREENSHOTS=1 their pictures are renewed."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from brands.models import Brand, User
from metrics import imports
from metrics.demo import SLUG
from smmplanner.tests import pictures
from smmplanner.tests.pictures import FOLDER, PICTURES, READ, Picture

RENEWS = bool(os.environ.get("SCREENSHOTS"))
# A table that a shop keeps by hand, with one cell that cannot be read.
TABLE = "Sana,Kanal,Qamrov,Layklar,Obunachilar\n" + "".join(
    f"2026-11-{day:02},telegram: @atlaslibos,{900 + 17 * day},{31 + day if day != 6 else 'x'},{9000 + 4 * day}\n"
    for day in range(1, 18)
)
SETTLED = "document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')"


@pytest.fixture
def demo(live_server, monkeypatch):
    """The demo brand as it is at the moment of the pictures, and the rows that they show."""
    monkeypatch.setattr(timezone, "now", lambda: pictures.NOW)
    call_command("demo", verbosity=0)
    brand = Brand.objects.get(slug=SLUG)
    file, _is_new = imports.receive(brand, None, ContentFile(TABLE.encode(), "noyabr.csv"), "noyabr.csv")
    imports.check(file.pk)
    rows = {
        "strategy": brand.strategies.running(brand.today()).get().pk,
        "post": brand.posts.filter(state="changes_requested").first().pk,
        "file": file.pk,
    }
    return live_server.url, rows


def sign_in(context, server: str, picture: Picture) -> None:
    user = User.objects.get(email=picture.who)
    if user.language != picture.language:
        User.objects.filter(pk=user.pk).update(language=picture.language)
    client = Client()
    client.force_login(user)
    context.clear_cookies()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])


def settle(page) -> None:
    """Twice in a row: between two answers a page may look as if it waited for nothing."""
    quiet = 0
    for _look in range(300):
        page.wait_for_timeout(100)
        # Asked like this, because the page's policy keeps it from waiting for a script of ours.
        quiet = quiet + 1 if page.evaluate(SETTLED) else 0
        if quiet == 2:
            return
    pytest.fail(f"{page.url} still waits for something")


def take(page, picture: Picture, server: str, path: str, folder: Path) -> list[str]:
    """Save the page in each of its themes; returns what is to be read there."""
    sign_in(page.context, server, picture)
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.emulate_media(color_scheme=picture.themes[0], reduced_motion="reduce")
    answer = page.goto(server + path)
    assert answer.status == 200, f"{picture.name}: {path} answers {answer.status}"
    settle(page)
    assert len(headings := page.locator("h1").all_inner_texts()) == 1, f"{picture.name} has the headings {headings}"
    assert page.evaluate("document.documentElement.scrollWidth") <= picture.width, f"{picture.name} is wider than the window"
    for theme, name in picture.file_names().items():
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_timeout(50)
        taken = page.screenshot()
        (folder / name).write_bytes(pictures.reduced(taken) if RENEWS else taken)
    return pictures.fingerprint(page.evaluate(READ))


@pytest.mark.slow
def test_the_pictures_of_the_documents_show_what_the_pages_show(page, demo, output_path):
    server, rows = demo
    folder = FOLDER if RENEWS else Path(output_path)
    folder.mkdir(parents=True, exist_ok=True)
    page.clock.set_fixed_time(pictures.NOW)
    paths = {picture: f"/brands/{SLUG}/{picture.path.format(**rows)}" for picture in PICTURES}
    seen = {picture.name: take(page, picture, server, path, folder) for picture, path in paths.items()}
    assert page.evaluate("document.fonts.check('14px \"Source Sans 3\"')")
    if RENEWS:
        pictures.record(seen)
    then = pictures.recorded()
    stale = [f"{name} {pictures.difference(then.get(name, []), now)}" for name, now in seen.items() if then.get(name) != now]
    assert not stale, "pictures are out of date: run make screenshots\n" + "\n".join(stale)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_error_page_fits_a_phone_and_follows_the_device(scheme, page, page_problems, live_server):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    answer = page.goto(f"{live_server.url}/nothing/here/")
    assert answer.status == 404
    assert page.evaluate("document.documentElement.dataset.bsTheme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # The browser itself reports the 404 of the page that was asked for.
    page_problems[:] = [problem for problem in page_problems if "404 (Not Found)" not in problem]
