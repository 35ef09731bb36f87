"""The wizard as people use it: it saves while they type, under the strict policy, in two windows at once."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from strategies import surveys
from strategies.models import BusinessObjective, Goal

pytestmark = pytest.mark.django_db(transaction=True)

# It says when; “Saved as you go” is what stands there before anything was.
SAVED = re.compile(r"Saved \d")


@pytest.fixture
def signed_in(page: Page, live_server, client, marketer) -> Page:
    client.force_login(marketer)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return page


@pytest.fixture
def address(live_server, step_url):
    return lambda slug, query="": live_server.url + step_url(slug, query)


def test_a_goal_is_judged_and_saved_while_one_types(signed_in, address, spring, telegram):
    objective = BusinessObjective.objects.create(strategy=spring, text="Sell out the spring collection")
    page = signed_in
    page.goto(address("goals"))
    page.get_by_label("What is it about?").select_option("audience")
    page.get_by_label("What changes").select_option("followers")
    page.get_by_label("Telegram, @atlaslibos").check()
    page.get_by_label("Counted").select_option("latest")
    page.get_by_label("Today").fill("8,200")
    page.get_by_label("Target", exact=False).last.fill("12,000")
    expect(page.locator(".sp-sent")).to_contain_text("Raise followers on Telegram from 8,200 to 12,000 by 31 July 2027")
    expect(page.get_by_role("list", name="SMART check, 4 of 5")).to_be_visible()
    page.get_by_label("Which business goal does it serve?").select_option(str(objective.pk))
    expect(page.get_by_role("list", name="SMART check, 5 of 5")).to_be_visible()
    expect(page.locator("#wizard-saved")).to_contain_text(SAVED)
    goal = Goal.objects.get()
    assert goal.targets.get().value == 12000
    assert page.url.endswith(f"?goal={goal.pk}")
    page.reload()
    expect(page.get_by_label("Today")).to_have_value("8,200")
    page.get_by_role("button", name="Continue: KPIs and targets").click()
    expect(page.get_by_role("heading", name="How will you see that a goal is reached?")).to_be_visible()
    assert Goal.objects.count() == 1


def test_an_error_stands_beside_its_field_and_goes_when_it_is_mended(signed_in, address, spring):
    page = signed_in
    page.goto(address("pillars"))
    page.get_by_label("Name").fill("Ustaxona")
    page.get_by_label("Share, %").fill("lots")
    expect(page.get_by_text("Enter a number.")).to_be_visible()
    page.get_by_label("Share, %").fill("100")
    expect(page.get_by_text("Enter a number.")).to_be_hidden()
    expect(page.get_by_text("The shares make 100 %")).to_be_visible()
    page.get_by_label("Share, %").fill("90")
    expect(page.get_by_text("90 % so far, 10 % to give")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    assert [(pillar.name, pillar.share) for pillar in spring.pillars.all()] == [("Ustaxona", 90)]


def test_two_windows_do_not_overwrite_each_other(signed_in, address, spring, page_problems):
    BusinessObjective.objects.create(strategy=spring, text="Sell out")
    first = signed_in
    second = first.context.new_page()
    for window in (first, second):
        window.goto(address("business-goals"))
    first.get_by_role("textbox").fill("Sell out by June")
    expect(first.locator("#wizard-saved")).to_contain_text(SAVED)
    second.get_by_role("textbox").fill("Sell out by May")
    expect(second.locator("#wizard-saved")).to_contain_text("somebody changed this meanwhile")
    assert BusinessObjective.objects.get().text == "Sell out by June"
    with second.expect_response(lambda response: response.request.method == "POST"):
        second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("region", name="Two versions")).to_contain_text("Sell out by June")
    expect(second.get_by_role("textbox")).to_have_value("Sell out by May")
    second.get_by_role("radio", name="Stands there now").check()
    assert BusinessObjective.objects.get().version == 2, "choosing saves nothing yet"
    assert all("409" in problem for problem in page_problems)
    page_problems.clear()


def test_the_wizard_works_without_scripts(browser, live_server, client, marketer, address, spring):
    client.force_login(marketer)
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(address("business-goals"))
    page.get_by_role("textbox").fill("Sell out")
    page.get_by_role("button", name="Add a business goal").click()
    page.get_by_role("textbox").last.fill("Open a second shop")
    page.get_by_role("button", name="Continue: SMART goals").click()
    assert [objective.text for objective in spring.objectives.all()] == ["Sell out", "Open a second shop"]
    context.close()


def test_somebody_without_an_account_sends_the_survey(page, live_server, spring, marketer, monkeypatch):
    """In a browser, which says where a form comes from: the test client does not."""
    monkeypatch.setattr("brands.forms.robots.FASTEST_SECONDS", 0)
    survey = surveys.begin(spring, "Three questions", "en", marketer)
    survey.is_open = True
    survey.save()
    page.goto(live_server.url + reverse("survey", args=[surveys.token(survey)]))
    page.get_by_label("25–34").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert [row.answers for row in survey.responses.all()] == [{str(survey.questions.first().pk): "25–34"}]
