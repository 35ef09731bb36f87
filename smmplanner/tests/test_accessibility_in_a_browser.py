"""axe finds nothing on any page of the product: wide, narrow and enlarged, light and dark."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Error

from brands.models import User
from smmplanner.tests.demo_pages import ANONYMOUS, LEADS_TO_ITS_PAGE, SIGNED_IN, WHO, DemoPage, addresses, complete
from smmplanner.tests.demos import demo_brand

AXE = Axe().axe_script
# What is wrong, and not the long list of what is right.
# `target-size` is of WCAG 2.2, and asked for only where it is named.
RUN = """(only) => axe.run(document, {
    resultTypes: ["violations"],
    ...(only ? {runOnly: {type: "rule", values: only}} : {rules: {"target-size": {enabled: true}}}),
  })
  .then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`)))"""
SETTLED = "document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')"
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
FACTS = """({
  language: document.documentElement.lang, title: document.title.trim(), headings: document.querySelectorAll("h1").length,
  twice: [...document.querySelectorAll("[id]")].map(({id}) => id).filter((id, place, all) => all.indexOf(id) !== place),
})"""
# A page is loaded once, and measured at every width. Here pages take turns in how axe sees them; with `SOAK` it sees each of
# them wide and narrow, light and dark. 320 px is a window of 1280 px enlarged to 400 %: there pages are only measured.
LOOKS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
IN_FULL = bool(os.environ.get("SOAK"))
# What depends on the width or on the colours, and so is asked again in each further look.
OF_A_LOOK = [
    "color-contrast",
    "target-size",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "bypass",
    "landmark-unique",
    "region",
]
# What others show, too, on paper as long: seen wide is seen.
TALLEST = 8000
WIDE_ONLY = {"shared:report", "shared:issued", "shared:document", "metrics:issued"}
PARTS = 4


def violations(page, rules: list[str] | None = None) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN, rules)


def settle(page) -> None:
    # Asked like this, because the page's policy keeps it from waiting for a script of ours.
    while not page.evaluate(SETTLED):
        page.wait_for_timeout(30)


def is_a_page(page, found: DemoPage, root: str) -> bool:
    """Whether the address answers this reader a whole page."""
    try:
        answer = page.goto(root + found.path)
    except Error as problem:
        # A file: Chromium takes it instead of showing it.
        if "Download is starting" in problem.message or "ERR_ABORTED" in problem.message:
            return False
        raise
    if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    return (page.url == root + found.path or found.name in LEADS_TO_ITS_PAGE) and "<html" in answer.text()


def look(page, found: DemoPage, turn: int = 0) -> Iterator[str]:
    """What is wrong with the page that is open, and in which look."""
    settle(page)
    facts = page.evaluate(FACTS)
    # What a brand sends out speaks the language of its customers.
    spoken = {"en"} if found.of_brand else dict(settings.LANGUAGES)
    if facts["language"] not in spoken or not facts["title"] or facts["headings"] != 1 or facts["twice"]:
        yield f"language, title, heading or ids: {facts}"
    looks = LOOKS if IN_FULL else LOOKS[turn % 2 :][:1]
    for width, scheme in looks[: 1 if found.name in WIDE_ONLY else None]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        rules = None if (width, scheme) == looks[0] else OF_A_LOOK
        yield from resized(page, width)
        # As tall as the page: bars that stay at the lower edge hide nothing, as when one has scrolled.
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{width} {scheme}: {problem}" for problem in violations(page, rules))
    for width in {320, 390, 1280} - {looks[-1][0]}:
        yield from resized(page, width)


def resized(page, width: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(DRAWN)
    if (wide := page.evaluate(TOO_WIDE)) > 0:
        yield f"{wide} px wider than a window of {width} px"


def sign_in(page, root: str, who: str) -> None:
    client = Client()
    client.force_login(User.objects.get(email=WHO[who]))
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": root}])


def is_for_everybody(found: DemoPage) -> bool:
    """Asked without the browser, which would draw the page for signing in again and again."""
    if found.of_brand or found.name in LEADS_TO_ITS_PAGE:
        return not found.of_brand
    answer = Client().get(found.path)
    if answer.streaming:
        # Read to its end, which closes the file.
        list(answer)
    return answer.status_code == 200


def walk(page, root: str, waiting: list[DemoPage], problems: list[str]) -> Iterator[tuple[DemoPage, list[str]]]:
    """Each page of the addresses, opened by the first who sees it."""
    turn = 0
    for who in (ANONYMOUS, SIGNED_IN):
        if who != ANONYMOUS:
            sign_in(page, root, who)
        still = []
        for found in waiting:
            if (who == ANONYMOUS and not is_for_everybody(found)) or not is_a_page(page, found, root):
                still.append(found)
            else:
                yield found, list(look(page, found, turn))
                turn += 1
        waiting = still
    # Pictures, files and what takes forms only: the browser complains of them, rightly.
    no_pages = tuple(f"{root}{found.path}:" for found in waiting)
    problems[:] = [problem for problem in problems if not problem.startswith(no_pages)]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(page, live_server, page_problems, part):
    page.set_content(
        "<img src='data:,'><main><h1>1</h1><button class='a'></button><button class='a'></button></main>"
        "<style>.a{width:9px;height:9px;padding:0;border:0}</style>"
    )
    assert {"image-alt", "target-size"} <= {problem.partition(":")[0] for problem in violations(page)}, (
        "axe would not see anything"
    )
    brand = demo_brand()
    complete(brand)
    # Django's administration is Django's, frame and colours.
    ours = [found for found in addresses(brand) if not found.is_a_file and not found.path.startswith("/admin/")]
    of_this_part = ours[part::PARTS]
    found = dict(walk(page, live_server.url, of_this_part, page_problems))
    assert len(found) > len(of_this_part) / 3, "few pages were seen"
    told = [f"{page}: {problem}" for page, problems in found.items() for problem in problems]
    assert not told, "\n".join(told)


@pytest.mark.slow
@pytest.mark.urls("smmplanner.tests.design_urls")
def test_axe_finds_nothing_at_the_components(page, live_server):
    components = DemoPage("design", "/design/", of_brand=False)
    assert is_a_page(page, components, live_server.url)
    assert not list(look(page, components))
