"""axe finds nothing wrong on the pages that people live on: wide and narrow, light and dark."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from brands.models import Brand
from calendar_app import review_links
from metrics import imports, share
from metrics.demo.people import LEAD, PASSWORD
from metrics.reports import letters
from strategies import surveys
from strategies.models import Strategy
from strategies.steps import STEPS

FILE = 'sep=,\n"Instagram reach"\n"Date","Primary"\n"2026-01-01T00:00:00","5"\n"2026-01-02T00:00:00","x"\n'.encode("utf-16")

PAGES = {
    "home": "",
    "strategies": "strategies/",
    "strategy": "strategies/{strategy}/",
    "goals step": "strategies/{strategy}/goals/",
    "channels step": "strategies/{strategy}/channels/",
    "questions step": "strategies/{strategy}/questions/",
    "calendar": "calendar/",
    "week": "calendar/week/",
    "board": "calendar/board/",
    "quarter": "calendar/quarter/",
    "list": "calendar/list/",
    "day": "calendar/days/{day}/",
    "content": "calendar/content/",
    "saved views": "calendar/views/",
    "review": "calendar/review/",
    "review links": "calendar/review/links/",
    "versions": "calendar/posts/{post}/versions/",
    "also on": "calendar/posts/{post}/also/",
    "hashtags": "calendar/hashtags/",
    "templates": "calendar/templates/",
    "new post": "calendar/posts/new/",
    "export": "calendar/export/",
    "bring": "calendar/import/",
    "feeds": "calendar/feeds/",
    "workload": "calendar/workload/",
    "activity": "calendar/activity/",
    "post": "calendar/posts/{post}/",
    "series": "calendar/series/{series}/",
    "new series": "calendar/series/new/",
    "key dates": "calendar/key-dates/",
    "campaign": "calendar/campaigns/{campaign}/",
    "results": "results/",
    "results of a strategy": "results/strategies/{strategy}/",
    "results of a campaign": "results/campaigns/{campaign}/",
    "results of a post": "results/posts/{post}/",
    "working of a measure": "results/working/views/",
    "rows": "results/working/audience_engagement/rows/",
    "return": "results/return/",
    "return of a strategy": "results/return/strategies/{strategy}/",
    "what if": "results/return/what-if/?preset=90",
    "kpi": "library/kpi/audience_engagement/",
    "sheet of figures": "results/figures/grid/?sheet=support&unit=week",
    "mentions": "mentions/",
    "mentions by feed": "mentions/?show=all&by=feed",
    "new mention": "mentions/new/",
    "feeds of mentions": "mentions/sources/",
    "feed of mentions": "mentions/sources/{mention_feed}/",
    "insight": "results/insight/",
    "all alerts": "results/alerts/",
    "imports": "imports/",
    "import": "imports/{file}/",
    "library": "library/",
    "findings": "results/findings/",
    "reports": "reports/",
    "report": "reports/{report}/",
    "new report": "reports/new/?preset=campaign",
    "edit report": "reports/{report}/edit/",
    "schedule of a report": "reports/{report}/schedule/",
    "links to a report": "reports/{report}/links/",
    "deleting a report": "reports/{report}/delete/",
    "issued report": "reports/issued/{issued}/",
    "settings": "settings/",
}
PUBLIC_PAGES = {"login": "/accounts/login/", "a client's review": "/review/{review}/"}
PUBLIC_PAGES |= {"shared report": "/shared/reports/{report_link}/", "end of letters": "/shared/unsubscribe/{unsubscribe}/"}
# Every page of a strategy that is looked at, and of what stands around it; the steps of the wizard come by themselves.
STRATEGY_PAGES = {
    "new strategy": "strategies/new/",
    "name and dates": "strategies/{strategy}/edit/",
    "history": "strategies/{strategy}/history/",
    "comparison": "strategies/{strategy}/compare/",
    "version": "strategies/{strategy}/versions/1/",
    "presets": "strategies/{strategy}/presets/",
    "preset": "strategies/{strategy}/presets/small/",
    "health": "strategies/{strategy}/health/",
    "document": "strategies/{strategy}/document/",
    "links": "strategies/{strategy}/links/",
    "money": "strategies/{strategy}/money/",
    "goal": "strategies/{strategy}/goals/{goal}/",
    "alerts": "windows/strategy/{strategy}/alerts/",
    "next cycle": "strategies/{strategy}/next-cycle/",
    "surveys": "strategies/{strategy}/surveys/",
    "survey": "strategies/{strategy}/surveys/{survey}/",
    "survey question": "strategies/{strategy}/surveys/{survey}/questions/new/",
    "persona": "strategies/{strategy}/personas/?persona={persona}",
    "plans": "strategies/plans/",
    "communication plan": "strategies/plans/{plan}/",
    "editorial plan": "strategies/plans/editorial/{editorial}/",
    "slot": "strategies/plans/editorial/{editorial}/new-slot/",
    "filling": "calendar/editorial/{editorial}/",
    "tools": "strategies/tools/",
    "tool": "strategies/tools/new/",
    "checklist": "settings/channels/{channel}/checklist/",
}
STRATEGY_PAGES |= {step.label: f"strategies/{{strategy}}/{step.slug}/" for step in STEPS}
# Two looks show both widths and both schemes; `SOAK` takes all four.
LOOKS = [(1440, "light"), (390, "dark")] + ([(1440, "dark"), (390, "light")] if os.environ.get("SOAK") else [])


AXE = Axe().axe_script
# What is wrong, and not the long list of what is right.
RUN = """axe.run(document, {resultTypes: ["violations"]})
  .then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`)))"""
SETTLED = "document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')"


def violations(page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN)


@pytest.fixture
def demo(live_server):
    call_command("demo", verbosity=0)
    brand = Brand.objects.get(slug="atlas-libos")
    file, _is_new = imports.receive(brand, None, ContentFile(FILE, "Reach.csv"), "Reach.csv")
    imports.check(file.pk)
    ids = {
        "strategy": brand.strategies.running(brand.today()).get().pk,
        "post": brand.posts.filter(state="in_review").first().pk,
        "file": file.pk,
        "series": brand.series.first().pk,
        "campaign": brand.campaigns.first().pk,
        "day": brand.today(),
        "mention_feed": brand.mention_feeds.exclude(problem="").first().pk,
        "review": review_links.token(brand.review_links.first()),
        "report": (report := brand.reports.exclude(links=None).get()).pk,
        "issued": report.issued.get().pk,
        "report_link": share.report_token(report.links.get()),
        "unsubscribe": letters.unsubscribe_token(report.recipients.get(user=None)),
    }
    return f"{live_server.url}/brands/atlas-libos/", ids, live_server.url


def look(page, address: str) -> dict[tuple[int, str], list[str]]:
    """What axe says of the page in each look, and whether it is wider than the window."""
    found = {}
    answer = page.goto(address)
    assert answer.status == 200, f"{address} answers {answer.status}"
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(150)
        # Asked like this, because the page's policy keeps it from waiting for a script of ours.
        while not page.evaluate(SETTLED):
            page.wait_for_timeout(50)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        problems = violations(page) + ([f"{wide} px wider than the window"] if wide > 0 else [])
        if problems:
            found[width, scheme] = problems
    return found


def sign_in(page, root: str) -> None:
    page.goto(f"{root}/accounts/login/")
    page.locator("input[name=login]").fill(LEAD)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/brands/**")


def told(found: dict[str, dict[tuple[int, str], list[str]]]) -> str:
    return "\n".join(
        f"{name} {look}: {problem}" for name, looks in found.items() for look, problems in looks.items() for problem in problems
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_axe_finds_nothing_on_the_main_pages(page, demo, part):
    base, ids, root = demo
    page.set_content("<img src='data:,'>")
    assert violations(page), "axe would not see anything"
    found = {name: look(page, root + path.format(**ids)) for name, path in list(PUBLIC_PAGES.items())[part::2]}
    sign_in(page, root)
    found |= {name: look(page, base + path.format(**ids)) for name, path in list(PAGES.items())[part::2]}
    assert not any(found.values()), told(found)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_axe_finds_nothing_on_any_page_of_a_strategy(page, demo, part):
    base, ids, root = demo
    strategy = Strategy.objects.get(pk=ids["strategy"])
    ids |= {
        "goal": strategy.goals.first().pk, "survey": strategy.surveys.first().pk, "persona": strategy.personas.first().pk,
        "plan": strategy.brand.communication_plans.first().pk, "editorial": strategy.brand.editorial_plans.first().pk,
        "channel": strategy.brand.channels.first().pk,
    }  # fmt: skip
    sign_in(page, root)
    public = {"a survey's public page": root + reverse("survey", args=[surveys.token(strategy.surveys.first())])}
    addresses = {name: base + path.format(**ids) for name, path in STRATEGY_PAGES.items()} | public
    found = {name: look(page, address) for name, address in list(addresses.items())[part::2]}
    assert not any(found.values()), told(found)
