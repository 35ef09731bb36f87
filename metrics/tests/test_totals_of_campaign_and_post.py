"""Totals of one campaign and of one post: what belongs to them by key, each ledger apart."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_app.models import Campaign, Post, Publication
from metrics.kpi.terms import Level
from metrics.models import LedgerEntry, Observation
from metrics.periods import Span
from metrics.totals import Scope, Source, totals, totals_of
from strategies.models import BudgetLine, Strategy

START, END = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def navruz(brand):
    return Campaign.objects.create(brand=brand, name="Navroʻz", start=START, end=date(2026, 3, 30))


@pytest.fixture
def publish(brand):
    def make(channel, day: str, campaign=None, post=None, **figures) -> Publication:
        at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        post = post or Post.objects.create(brand=brand, title="Atlas scarf", campaign=campaign)
        out = Publication.objects.create(brand=brand, post=post, channel=channel, at=at, published_at=at, status="published")
        for measure, value in figures.items():
            Observation.objects.create(
                brand=brand, channel=channel, publication=out, measure=measure, start=at.date(), end=date(2026, 4, 1), value=value
            )
        return out

    return make


def spend(brand, amount, day=START, kind="investment", **owner):
    return LedgerEntry.objects.create(brand=brand, date=day, kind=kind, amount=Decimal(amount), currency=brand.currency, **owner)


def of(brand, **scope):
    return totals(brand, START, END, **scope)


# --- a campaign


def test_a_campaign_has_the_figures_of_its_posts_and_of_no_others(brand, instagram, navruz, publish, record):
    publish(instagram, "2026-03-05", navruz, likes=40)
    publish(instagram, "2026-03-06", navruz, likes=2)
    publish(instagram, "2026-03-07", None, likes=999)
    record("likes", "2026-03-05", 500, channel=instagram)
    figure = of(brand, campaign=navruz).figure("likes")
    assert (figure.value, figure.source, [part.value for part in figure.parts]) == (42, Source.POSTS, [42])


def test_what_was_recorded_for_the_whole_campaign_stands_before_its_posts_and_is_not_added(
    brand, instagram, navruz, publish, record
):
    publish(instagram, "2026-03-05", navruz, likes=40)
    record("likes", "2026-03-05", 70, campaign=navruz)
    record("likes", "2026-03-06", 5, campaign=navruz)
    figure = of(brand, campaign=navruz).figure("likes")
    assert (figure.value, figure.source) == (75, Source.CAMPAIGN)


def test_a_rate_of_a_campaign_takes_both_sides_from_one_ledger(brand, instagram, navruz, publish, record):
    """Clicks of the whole campaign, ads among them, over the impressions of its posts would be a rate of nothing."""
    publish(instagram, "2026-03-05", navruz, link_clicks=10, impressions=1000)
    record("link_clicks", "2026-03-05", 500, campaign=navruz)
    found = of(brand, campaign=navruz)
    assert found.value("link_clicks") == 500
    assert found.result("ctr").exact == 1
    record("impressions", "2026-03-05", 10_000, campaign=navruz)
    assert of(brand, campaign=navruz).result("ctr").exact == 5


def test_leads_of_a_campaign_are_those_recorded_for_it(brand, navruz, record):
    record("leads", "2026-03-05", 30)
    record("leads", "2026-03-05", 6, campaign=navruz)
    spend(brand, 600, campaign=navruz, is_ad=True)
    found = of(brand, campaign=navruz)
    assert (found.value("leads"), found.result("cpl").exact) == (6, 100)


def test_the_money_of_a_campaign_is_its_by_key_whatever_its_day(brand, navruz):
    spend(brand, 100, campaign=navruz)
    spend(brand, 30, date(2026, 2, 20), campaign=navruz)
    spend(brand, 999)
    assert of(brand, campaign=navruz).value("investment") == 100
    assert totals(brand, date(2026, 2, 1), END, campaign=navruz).value("investment") == 130


def test_return_of_a_campaign(brand, navruz):
    spend(brand, 200, campaign=navruz)
    spend(brand, 500, kind="income", campaign=navruz)
    assert of(brand, campaign=navruz).result("roi").exact == 150


def test_the_budget_of_a_campaign_is_spread_over_its_days(brand, navruz):
    navruz.budget = Decimal(300)
    spend(brand, 90, campaign=navruz)
    found = totals(brand, START, date(2026, 3, 10), campaign=navruz)
    assert (found.value("planned"), found.result("budget_utilisation").exact) == (100, 90)


def test_campaigns_that_draw_on_one_budget_line_do_not_plan_its_money_twice(brand, navruz):
    strategy = Strategy.objects.create(brand=brand, name="Spring", start=START, end=date(2026, 8, 31))
    line = BudgetLine.objects.create(strategy=strategy, name="Ads", planned=Decimal(400))
    summer = Campaign.objects.create(brand=brand, name="Summer", start=date(2026, 6, 1), end=date(2026, 6, 10))
    for campaign in (navruz, summer):
        campaign.budget_lines.add(line)
    spans = [Span(START, date(2026, 6, 30))]
    found = totals_of(brand, spans, [Scope(campaign=navruz), Scope(campaign=summer)])
    assert [totals.value("planned") for totals in found.values()] == [300, 100]


def test_a_campaign_without_a_budget_has_no_plan_to_be_measured_by(brand, navruz):
    spend(brand, 90, campaign=navruz)
    assert of(brand, campaign=navruz).result("budget_utilisation").names == ("planned",)


def test_posts_of_a_campaign_are_counted_and_none_yet_is_a_zero(brand, instagram, navruz, publish):
    planned = Post.objects.create(brand=brand, title="Soon", campaign=navruz)
    Publication.objects.create(brand=brand, post=planned, channel=instagram, at=datetime(2026, 3, 9, tzinfo=UTC))
    assert of(brand, campaign=navruz).value("posts_published") == 0
    publish(instagram, "2026-03-05", navruz)
    publish(instagram, "2026-03-06")
    assert of(brand, campaign=navruz).value("posts_published") == 1


def test_one_channel_of_a_campaign(brand, channel_on, instagram, navruz, publish):
    telegram = channel_on("telegram")
    publish(instagram, "2026-03-05", navruz, shares=4)
    publish(telegram, "2026-03-05", navruz, shares=3)
    found = of(brand, campaign=navruz)
    assert found.value("shares") == 7
    assert found.channel(telegram).value("shares") == 3
    assert of(brand, campaign=navruz, channels=[telegram]).value("shares") == 3


def test_people_that_several_posts_reached_do_not_add(brand, instagram, navruz, publish):
    publish(instagram, "2026-03-05", navruz, reach=400)
    assert of(brand, campaign=navruz).value("reach") == 400
    publish(instagram, "2026-03-06", navruz, reach=300)
    figure = of(brand, campaign=navruz).figure("reach")
    assert (figure.value, figure.with_repeats) == (None, 700)


def test_the_period_before_a_campaign_is_that_of_the_campaign_too(brand, instagram, navruz, publish):
    publish(instagram, "2026-03-05", navruz, likes=40)
    publish(instagram, "2026-03-25", navruz, likes=10)
    found = totals(brand, date(2026, 3, 16), date(2026, 3, 30), campaign=navruz)
    assert (found.value("likes"), found.previous.value("likes")) == (10, 40)


# --- a post


def test_a_post_has_the_newest_snapshots_of_its_publications_by_channel(brand, channel_on, instagram, publish):
    telegram = channel_on("telegram")
    out = publish(instagram, "2026-03-05", shares=40, views=1000, reach=700)
    publish(telegram, "2026-03-06", post=out.post, shares=5, views=200)
    publish(instagram, "2026-03-07", shares=999)
    newer = {"publication": out, "channel": instagram, "measure": "shares", "start": START, "end": END.replace(month=5)}
    Observation.objects.create(brand=brand, value=44, **newer | {"start": date(2026, 3, 5)})
    found = of(brand, post=out.post)
    assert found.value("shares") == 49
    assert {part.channel: part.value for part in found.figure("shares").parts} == {instagram: 44, telegram: 5}
    assert (found.value("posts_published"), found.channel(instagram).value("reach")) == (2, 700)


def test_a_post_has_no_money_and_no_share_in_what_the_brand_recorded(brand, instagram, publish, record):
    out = publish(instagram, "2026-03-05", likes=40)
    spend(brand, 100)
    record("leads", "2026-03-05", 30)
    found = of(brand, post=out.post)
    assert (found.value("investment"), found.value("leads"), found.value("followers")) == (None, None, None)


def test_the_rate_of_a_post_is_that_of_its_own_figures(brand, instagram, publish):
    out = publish(instagram, "2026-03-05", likes=30, comments=5, shares=5, saves=10, views=1000)
    assert of(brand, post=out.post).result("audience_engagement").exact == 4


# --- together


def test_a_scope_names_one_owner():
    with pytest.raises(ValueError, match="not of several"):
        Scope(campaign=Campaign(pk=1), post=Post(pk=1))


def test_each_scope_says_its_level(instagram, navruz):
    scopes = [Scope(), Scope(channels=(instagram,)), Scope(campaign=navruz), Scope(post=Post(pk=1))]
    assert [scope.level for scope in scopes] == [Level.BRAND, Level.CHANNEL, Level.CAMPAIGN, Level.POST]


def test_many_campaigns_and_posts_take_the_queries_of_one(brand, instagram, navruz, publish):
    first = publish(instagram, "2026-03-05", navruz, likes=40).post
    span = [Span(START, END)]

    def queries(scopes) -> int:
        with CaptureQueriesContext(connection) as captured:
            found = totals_of(brand, span, scopes)
            assert all(totals.value("likes") is not None for totals in found.values())
        return len(captured)

    one = queries([Scope(campaign=navruz), Scope(post=first)])
    others = []
    for number in (1, 2):
        campaign = Campaign.objects.create(brand=brand, name=f"C{number}", start=START, end=END)
        others += [Scope(campaign=campaign), Scope(post=publish(instagram, "2026-03-05", campaign, likes=number).post)]
    assert queries([Scope(campaign=navruz), Scope(post=first), *others]) == one
