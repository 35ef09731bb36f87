"""axe finds nothing wrong on the pages that people live on: wide and narrow, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.core.management import call_command

from brands.models import Brand
from metrics import imports
from metrics.demo.people import LEAD, PASSWORD

FILE = 'sep=,\n"Instagram reach"\n"Date","Primary"\n"2026-01-01T00:00:00","5"\n"2026-01-02T00:00:00","x"\n'.encode("utf-16")

PAGES = {
    "home": "",
    "strategies": "strategies/",
    "strategy": "strategies/{strategy}/",
    "goals step": "strategies/{strategy}/goals/",
    "channels step": "strategies/{strategy}/channels/",
    "questions step": "strategies/{strategy}/questions/",
    "calendar": "calendar/",
    "post": "calendar/posts/{post}/",
    "results": "results/",
    "return": "results/return/",
    "kpi": "library/kpi/audience_engagement/",
    "imports": "imports/",
    "import": "imports/{file}/",
    "library": "library/",
    "findings": "results/findings/",
    "settings": "settings/",
}
LOOKS = [(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.fixture
def demo(live_server):
    call_command("demo", verbosity=0)
    brand = Brand.objects.get(slug="atlas-libos")
    file, _is_new = imports.receive(brand, None, ContentFile(FILE, "Reach.csv"), "Reach.csv")
    imports.check(file.pk)
    ids = {"strategy": brand.strategies.get().pk, "post": brand.posts.filter(state="in_review").first().pk, "file": file.pk}
    return f"{live_server.url}/brands/atlas-libos/", ids, live_server.url


@pytest.mark.slow
def test_axe_finds_nothing_on_the_main_pages(page, demo):
    base, ids, root = demo
    page.set_content("<img src='data:,'>")
    assert violations(page), "axe would not see anything"
    found = {}
    page.goto(f"{root}/accounts/login/")
    for name in ("login", *PAGES):
        if name != "login":
            page.goto(base + PAGES[name].format(**ids))
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(150)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            problems = violations(page) + ([f"{wide} px wider than the window"] if wide > 0 else [])
            if problems:
                found[name, width, scheme] = problems
        if name == "login":
            page.locator("input[name=login]").fill(LEAD)
            page.locator("input[type=password]").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/brands/**")
    assert not found, "\n".join(f"{where}: {problem}" for where, problems in found.items() for problem in problems)
