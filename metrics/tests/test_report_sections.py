"""What each section of a report says, to whom, and why it is empty where it is."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import Role
from metrics.models import Report
from metrics.periods import Span
from metrics.reports.facts import span_of
from metrics.reports.sections import SECTIONS, chosen, read
from metrics.tests import reporting
from metrics.tests.reporting import FIRST, LAST, report, section, shown, tables
from strategies.models import Strategy

pytestmark = pytest.mark.once


@pytest.fixture
def strategy(brand, instagram, person_in, monkeypatch) -> Strategy:
    monkeypatch.setattr(type(brand), "today", lambda self: reporting.TODAY)
    return reporting.told(brand, instagram, person_in(Role.LEAD))


def value(said: dict, name: str, table: int, row: int, column: int) -> dict:
    return tables(said, name)[table]["rows"][row][column]


@pytest.mark.parametrize("name", [section.name for section in SECTIONS])
def test_every_section_says_something_of_a_month_in_which_everything_happened(brand, strategy, name):
    found = section(read(report(brand, shows_money=True), money=True), name)
    assert found["blocks"] and not found["why"]


@pytest.mark.parametrize("name", [section.name for section in SECTIONS if section.name != "notes"])
def test_an_empty_section_stands_there_and_says_why(brand, name):
    found = section(read(report(brand, shows_money=True), money=True), name)
    assert not found["blocks"]
    assert found["why"].endswith(".")


def test_sections_stand_in_the_chosen_order_and_each_once(brand, strategy):
    said = read(report(brand, sections=["posts", "summary", "posts", "gone", "channels"]), money=False)
    assert [one["name"] for one in said["sections"]] == ["posts", "summary", "channels"]


def test_a_report_is_plain_data_that_comes_back_from_json_as_it_was(brand, strategy):
    said = read(report(brand, shows_money=True), money=True)
    assert json.loads(json.dumps(said)) == said


def test_a_figure_is_exact_as_a_value_and_rounded_as_it_is_shown(brand, strategy):
    said = read(report(brand, sections=["cards"]), money=False)
    rows = {row[0]["shown"]: row for table in tables(said, "cards") for row in table["rows"]}
    # Σ (likes + comments + shares) of 28 days, each a little more than the day before, ÷ Σ views.
    acts, seen = 28 * 49 + 3 * 378, 28 * 1000 + 378
    cell = rows["Audience engagement"][1]
    assert Decimal(cell["value"]) == pytest.approx(Decimal(acts) / seen * 100, rel=Decimal("1e-10"))
    assert cell["shown"] == f"{Decimal(acts) / seen * 100:.2f}\xa0%"


def test_money_is_only_for_who_may_see_it_in_a_report_that_shows_it(brand, strategy):
    quiet, open_ = report(brand, name="Quiet"), report(brand, name="Open", shows_money=True)
    for row, money in ((quiet, True), (quiet, False), (open_, False)):
        said = read(row, money=money)
        text = shown(said)
        assert "UZS" not in text and "ROI" not in text and "Sales" not in text, (row.name, money)
        assert "money" not in [one["name"] for one in said["sections"]]
    text = shown(read(open_, money=True))
    assert "900,000\xa0UZS" in text and "400,000\xa0UZS" in text


def test_the_money_section_has_each_amount_once(brand, strategy):
    books = tables(read(report(brand, shows_money=True), money=True), "money")[0]
    assert [cell["value"] for cell in books["rows"][0]] == ["UZS", "900000", "300000", "200000", "400000"]


def test_goals_stand_with_their_progress_and_pace(brand, strategy):
    rows = tables(read(report(brand, sections=["goals"]), money=False), "goals")[0]["rows"]
    assert [cell["shown"] for cell in rows[0]][:4] == ["Leads 0", "Leads", "462", "1,600"]
    assert len(rows) == 1, "the guard is about money"


def test_findings_alerts_incidents_campaigns_and_posts_are_those_of_the_days(brand, strategy):
    names = ["findings", "incidents", "campaigns", "published"]
    text = shown(read(report(brand, sections=names), money=False))
    for words in ("Films work 0", "Rain 0", "Navroʻz 0", "Adras 0", "not below 10"):
        assert words in text
    later = {"start": LAST + timedelta(days=1), "end": LAST + timedelta(days=10)}
    text = shown(read(report(brand, sections=names, name="Later", **later), money=False))
    for words in ("Films work", "Rain", "Navroʻz", "Adras", "not below"):
        assert words not in text


def test_a_post_at_midnight_belongs_to_the_day_of_the_brands_clock(brand, instagram, strategy):
    post = brand.posts.create(title="Late", text="x")
    brand.publications.create(
        post=post, channel=instagram, at="2027-02-28T19:30Z", status="published", published_at="2027-02-28T19:30Z"
    )
    assert "Late" not in shown(read(report(brand, sections=["published"]), money=False))


def test_a_chart_has_a_gap_where_nothing_was_measured(brand, strategy, instagram):
    brand.observations.filter(channel=instagram, start=FIRST + timedelta(days=9)).delete()
    said = read(report(brand, sections=["lines"], kpis=["audience_engagement"], compares=True), money=False)
    block = section(said, "lines")["blocks"][0]
    assert len(block["rows"]) == 28
    assert all(row[2]["value"] is None for row in block["rows"]), "January was not measured"
    assert "February" in block["summary"]


def test_the_charts_are_those_that_were_chosen_without_money_for_who_sees_none(brand, strategy):
    row = report(brand, sections=["lines"], kpis=["roi", "audience_engagement"], shows_money=True)
    captions = [[block["caption"] for block in section(read(row, money=money), "lines")["blocks"]] for money in (True, False)]
    assert len(captions[0]) == 2 and captions[1] == ["Audience engagement"]


# --- whose figures


def test_a_report_about_a_channel_tells_of_that_channel_only(brand, strategy, channel_on, record):
    other = channel_on("tiktok", "atlas_tt")
    record("views", "2027-02-03", 777_000, channel=other)
    whole = shown(read(report(brand, sections=["channels"]), money=False))
    own = shown(read(report(brand, name="One", sections=["channels"], scope="channel", channel=other), money=False))
    assert "777,000" in whole and "777,000" in own
    assert "Instagram" in whole and "Instagram" not in own


def test_a_report_about_a_strategy_ends_with_its_days(brand, strategy, record, instagram):
    record("views", "2027-01-05", 555, channel=instagram)
    row = report(
        brand, sections=["channels"], scope="strategy", strategy=strategy, start=FIRST - timedelta(days=31), compares=False
    )
    assert "28,378" in shown(read(row, money=False))


def test_a_report_about_a_campaign_tells_what_belongs_to_it_by_key(brand, strategy, instagram):
    campaign = brand.campaigns.get()
    stray = brand.posts.create(title="Elsewhere", text="x")
    brand.publications.create(
        post=stray, channel=instagram, at="2027-02-11T10:00Z", status="published", published_at="2027-02-11T10:00Z"
    )
    row = report(brand, scope="campaign", campaign=campaign, shows_money=False)
    said = read(row, money=False)
    assert "Adras 0" in shown(said) and "Elsewhere" not in shown(said)
    assert said["about"] == "Navroʻz 0"
    assert section(said, "cards")["blocks"]


@pytest.mark.parametrize(
    ("fields", "span"),
    [
        ({"preset": "last_month"}, Span(FIRST, LAST)),
        ({"preset": "7"}, Span(reporting.TODAY - timedelta(days=7), reporting.TODAY - timedelta(days=1))),
        ({"preset": "gone"}, Span(FIRST, LAST)),
        ({"preset": "strategy", "scope": "strategy"}, Span(FIRST, reporting.TODAY)),
    ],
)
def test_the_period_of_a_report(brand, strategy, fields, span):
    about = {"strategy": strategy} if fields.get("scope") else {}
    assert span_of(Report(brand=brand, **about, **fields), reporting.TODAY) == span


@pytest.mark.parametrize("language", ["en", "uz"])
def test_a_report_speaks_its_language_whatever_is_spoken_around_it(brand, strategy, language):
    said = read(report(brand, language=language, sections=["cards"]), money=False)
    labels = {"en": "Audience engagement", "uz": "Auditoriya ishtiroki"}
    assert said["language"] == language
    assert labels["en"] in shown(said) if language == "en" else labels["en"] not in shown(said)


# --- queries


def queries(row: Report) -> int:
    with CaptureQueriesContext(connection) as captured:
        read(Report.objects.select_related("brand").get(pk=row.pk), money=True)
    return len(captured)


def test_three_of_everything_take_no_more_queries_than_one(brand, strategy, instagram, person_in, channel_on):
    row = report(brand, shows_money=True)
    one = queries(row)
    for number in (1, 2):
        reporting._rows(brand, strategy, instagram, brand.memberships.first().user, number)
    assert queries(row) == one <= 45


def test_six_charts_take_no_more_queries_than_one(brand, strategy):
    few = report(brand, sections=["lines"], kpis=["audience_engagement"])
    many = report(brand, name="Many", sections=["lines"], kpis=[
        "audience_engagement", "amplification_rate", "applause_rate", "conversation_rate", "follower_growth_rate", "lead_growth",
    ])  # fmt: skip
    assert queries(many) == queries(few)


def test_the_sections_are_declared_once_and_the_ones_about_money_are_left_out_for_others():
    names = [section.name for section in SECTIONS]
    assert len(set(names)) == len(names)
    assert [section.name for section in chosen(["money", "goals"], money=False)] == ["goals"]
