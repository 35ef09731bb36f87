from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from calendar_app.models import Post, Publication
from metrics.kpi.results import Problem, Status
from metrics.models import LedgerEntry, Observation
from metrics.periods import Span, month_of, months, weeks
from metrics.totals import Scope, Source, totals, totals_of
from strategies.models import BudgetLine, Strategy, StrategyChannel

START, END = date(2026, 1, 1), date(2026, 1, 31)


def january(brand, **scope):
    return totals(brand, START, END, **scope)


@pytest.fixture
def publish(brand):
    def make(channel, day: str, **figures) -> Publication:
        at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        post = Post.objects.create(brand=brand, title="Atlas scarf")
        out = Publication.objects.create(brand=brand, post=post, channel=channel, at=at, published_at=at, status="published")
        for measure, value in figures.items():
            snapshot(out, measure, "2026-02-01", value)
        return out

    return make


def snapshot(publication, measure, as_of, value):
    return Observation.objects.create(
        brand=publication.brand,
        channel=publication.channel,
        publication=publication,
        measure=measure,
        start=publication.published_at.date(),
        end=date.fromisoformat(as_of),
        value=value,
    )


# --- how days join


def test_days_of_a_flow_add_up(brand, instagram, record):
    record("likes", "2026-01-01", 40, channel=instagram)
    record("likes", "2026-01-31", 300, channel=instagram)
    record("likes", "2026-02-01", 999, channel=instagram)
    figure = january(brand).figure("likes")
    assert (figure.value, figure.source, figure.first, figure.last, figure.days) == (340, Source.CHANNEL, START, END, 2)


@pytest.mark.parametrize(
    "values", [["-0.5", "-1", "0.000001"], ["1048575", "1048576", "-1048577.25"], ["100000000000000", "0.1", "0.2"]]
)
def test_sums_are_exact_whatever_the_sign_and_the_places(brand, instagram, record, values):
    for day, value in enumerate(values, 1):
        record("net_new_followers", f"2026-01-0{day}", value, channel=instagram)
    assert january(brand).value("net_new_followers") == sum(map(Fraction, values))


def test_of_the_days_before_those_compared_only_what_growths_need_is_read(brand, instagram, record):
    record("likes", "2025-11-15", 7, channel=instagram)
    record("leads", "2025-11-15", 8)
    books = january(brand).records.figures
    assert {measure for _channel, measure, _subject in books} == {"leads"}


def test_what_nobody_measured_is_missing_and_not_zero(brand, instagram):
    figure = january(brand).figure("likes")
    assert figure.value is None
    assert figure.missing == ("likes",)


def test_a_measured_zero_is_a_zero(brand, instagram, record):
    record("likes", "2026-01-05", 0, channel=instagram)
    assert january(brand).value("likes") == 0


def test_a_stock_takes_its_last_figure_in_the_period(brand, instagram, record):
    record("followers", "2026-01-05", 1000, channel=instagram)
    record("followers", "2026-01-20", 1100, channel=instagram)
    record("followers", "2026-02-20", 1500, channel=instagram)
    assert january(brand).value("followers") == 1100


def test_a_stock_opens_with_the_last_figure_before_the_period(brand, instagram, record):
    record("followers", "2025-06-30", 800, channel=instagram)
    record("followers", "2026-01-20", 1000, channel=instagram)
    assert january(brand).result("follower_growth_rate").exact == 25


def test_reach_of_days_is_never_added(brand, instagram, record):
    record("reach", "2026-01-05", 100, channel=instagram)
    record("reach", "2026-01-06", 200, channel=instagram)
    figure = january(brand).figure("reach")
    assert figure.value is None
    assert figure.with_repeats == 300
    assert january(brand).result("engagement_rate_reach").status == Status.MISSING_INPUT


def test_reach_of_exactly_the_period_is_taken(brand, instagram, record):
    record("reach", "2026-01-01", 5000, end="2026-01-31", channel=instagram)
    record("reach", "2026-01-01", 9000, end="2026-02-28", channel=instagram)
    assert january(brand).value("reach") == 5000


def test_reach_of_one_day_is_taken_for_that_day(brand, instagram, record):
    record("reach", "2026-01-05", 100, channel=instagram)
    assert totals(brand, date(2026, 1, 5), date(2026, 1, 5)).value("reach") == 100


def test_reach_of_two_channels_is_not_added(brand, instagram, channel_on, record):
    for channel in (instagram, channel_on("facebook")):
        record("reach", "2026-01-01", 5000, end="2026-01-31", channel=channel)
    figure = january(brand).figure("reach")
    assert figure.value is None
    assert january(brand).channel(instagram).value("reach") == 5000


def test_a_figure_of_the_whole_period_wins_over_the_sum_of_its_days(brand, record):
    record("leads", "2026-01-05", 3)
    record("leads", "2026-01-01", 60, end="2026-01-31")
    assert january(brand).value("leads") == 60


def test_figures_of_weeks_are_not_counted_beside_their_days(brand, record):
    record("leads", "2026-01-05", 3)
    record("leads", "2026-01-05", 20, end="2026-01-11")
    record("leads", "2026-01-12", 7, end="2026-01-18")
    assert january(brand).value("leads") == 10


@pytest.mark.parametrize("values", [["0.1"] * 10, ["999999999999999", "0.000001"], ["12345678.9", "-0.9"], [10**15] * 20])
def test_sums_are_exact(brand, instagram, record, values):
    for day, value in enumerate(values, 1):
        record("watch_seconds", f"2026-01-{day:02}", value, channel=instagram)
    assert january(brand).value("watch_seconds") == sum(Fraction(str(value)) for value in values)


# --- the four ledgers


def test_posts_stand_in_where_the_channel_has_no_figures_of_its_own(brand, instagram, publish):
    publish(instagram, "2026-01-05", likes=40)
    publish(instagram, "2026-01-06", likes=2)
    publish(instagram, "2026-02-01", likes=999)
    figure = january(brand).figure("likes")
    assert (figure.value, figure.source) == (42, Source.POSTS)


def test_a_channels_figures_and_its_posts_are_never_added(brand, instagram, publish, record):
    record("likes", "2026-01-05", 50, channel=instagram)
    publish(instagram, "2026-01-05", likes=40)
    assert january(brand).value("likes") == 50


def test_a_later_snapshot_of_a_post_replaces_the_earlier(brand, instagram, publish):
    post = publish(instagram, "2026-01-05", likes=40)
    snapshot(post, "likes", "2026-03-01", 45)
    assert january(brand).value("likes") == 45


def test_one_kpi_never_divides_posts_by_the_channels_days(brand, instagram, publish, record):
    record("views", "2026-01-05", 100_000, channel=instagram)
    publish(instagram, "2026-01-05", likes=40, comments=5, shares=3, saves=2, views=1000)
    found = january(brand)
    assert found.value("views") == 100_000
    assert found.result("engagement_rate_impressions").exact == 5


def test_the_brands_own_figure_stands_before_the_channels(brand, instagram, record):
    record("leads", "2026-01-05", 5, channel=instagram)
    assert january(brand).value("leads") == 5
    record("leads", "2026-01-05", 8)
    figure = january(brand).figure("leads")
    assert (figure.value, figure.source) == (8, Source.BRAND)
    assert january(brand).channel(instagram).value("leads") == 5


def test_mentions_of_rivals_add_up_and_their_followers_are_not_ours(brand, record):
    record("competitor_mentions", "2026-01-05", 5, subject="Silk")
    record("competitor_mentions", "2026-01-05", 7, subject="Bazaar")
    record("followers", "2026-01-05", 90_000, subject="Silk")
    assert january(brand).value("competitor_mentions") == 12
    assert january(brand).value("followers") is None


# --- what a platform does not offer


def test_what_the_platform_does_not_offer_counts_as_zero_in_a_sum(brand, instagram, record):
    for measure, value in {"likes": 10, "comments": 5, "shares": 3, "saves": 2, "views": 1000}.items():
        record(measure, "2026-01-05", value, channel=instagram)
    figure = january(brand).figure("interactions")
    assert figure.value == 20
    tags = next(component for component in figure.components if component.measure == "tags")
    assert (tags.value, tags.not_offered) == (0, (instagram,))
    assert january(brand).result("audience_engagement").exact == Fraction(18, 10)


def test_what_it_offers_and_nobody_recorded_is_missing(brand, instagram, record):
    record("likes", "2026-01-05", 10, channel=instagram)
    record("views", "2026-01-05", 10, channel=instagram)
    result = january(brand).result("engagement_rate_impressions")
    assert (result.problem, result.names) == (Problem.MISSING, ("interactions",))
    assert set(january(brand).figure("interactions").missing) >= {"comments", "shares", "saves"}
    assert "tags" not in january(brand).figure("interactions").missing


def test_the_platforms_own_total_fills_in(brand, instagram, record):
    record("platform_interactions", "2026-01-05", 44, channel=instagram)
    assert january(brand).value("interactions") == 44


def test_views_stand_in_for_impressions_where_there_are_none(brand, instagram, record):
    record("views", "2026-01-05", 1000, channel=instagram)
    assert january(brand).value("impressions") == 1000


# --- several channels


def test_a_rate_is_the_ratio_of_the_sums(brand, instagram, channel_on, record):
    for channel, likes, views in ((instagram, 100, 1000), (channel_on("facebook"), 10, 10_000)):
        for measure, value in {"likes": likes, "comments": 0, "shares": 0, "saves": 0, "views": views}.items():
            record(measure, "2026-01-05", value, channel=channel)
    figures = january(brand).inputs("engagement_rate_impressions")
    assert {part.channel.platform.slug: part.value for part in figures["interactions"].parts} == {
        "instagram": 100,
        "facebook": 10,
    }
    assert january(brand).result("engagement_rate_impressions").exact == 1


def test_a_channel_without_the_denominator_is_left_out_of_both_sides(brand, instagram, channel_on, record):
    facebook = channel_on("facebook")
    for measure, value in {"likes": 10, "comments": 0, "shares": 0, "saves": 0, "views": 1000}.items():
        record(measure, "2026-01-05", value, channel=instagram)
    for measure in ("likes", "comments", "shares"):
        record(measure, "2026-01-05", 500, channel=facebook)
    found = january(brand)
    assert found.result("engagement_rate_impressions").exact == 1
    assert found.inputs("engagement_rate_impressions")["interactions"].left_out == (facebook,)


def test_money_of_the_whole_brand_is_not_divided_by_some_channels(brand, instagram, channel_on, record):
    facebook, x = channel_on("facebook"), channel_on("x")
    spend(brand, 900)
    record("link_clicks", "2026-01-05", 30, channel=x)
    assert january(brand).result("cpc").exact == 30
    record("views", "2026-01-05", 30, channel=facebook)
    assert january(brand).result("cpc").status == Status.MISSING_INPUT


# --- money


def spend(brand, amount, day="2026-01-10", kind="investment", currency="UZS", **owner):
    return LedgerEntry.objects.create(
        brand=brand, date=date.fromisoformat(day), kind=kind, amount=Decimal(str(amount)), currency=currency, **owner
    )


def test_roi_comes_from_the_ledger(brand):
    spend(brand, 500)
    spend(brand, 1000, kind="income")
    found = january(brand)
    assert found.result("roi").exact == 100
    assert found.result("return_on_spend").exact == 200
    assert found.figure("revenue").currency == "UZS"


def test_income_that_nobody_ever_recorded_is_missing(brand):
    spend(brand, 500)
    assert january(brand).result("roi").names == ("revenue", "cogs")


def test_a_month_without_sales_in_a_kept_ledger_is_a_loss(brand):
    spend(brand, 1000, day="2025-12-10", kind="income")
    spend(brand, 500)
    assert january(brand).result("roi").exact == -100


def test_other_currencies_stand_apart(brand):
    spend(brand, 500)
    spend(brand, 70, currency="USD")
    found = january(brand)
    assert found.value("investment") == 500
    assert found.other_money == {("investment", "USD"): 70}


def test_only_flagged_entries_are_ad_spend(brand):
    spend(brand, 500)
    spend(brand, 200, is_ad=True)
    spend(brand, 840, kind="income", is_ad=True)
    assert january(brand).result("roas").exact == Fraction(42, 10)


def test_leads_are_compared_with_the_period_before(brand, record):
    record("leads", "2026-01-05", 85)
    record("leads", "2025-12-05", 60)
    record("leads", "2025-11-15", 50)
    found = january(brand)
    assert found.result("lead_growth").exact == 25
    assert found.previous.result("lead_growth").exact == 10


def test_word_of_mouth_weighs_its_four_dimensions_alike(brand, record):
    for measure, score in {"authenticity": "0.8", "timeliness": "0.6", "accuracy": "0.9", "depth": "0.5"}.items():
        record(measure, "2026-01-05", score)
    assert january(brand).result("ewom_quality").exact == Fraction(7, 10)


# --- the plan


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    strategy = Strategy.objects.create(brand=brand, name="Winter", start=date(2026, 1, 5), end=date(2026, 3, 31))
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=3)
    return strategy


def test_a_strategy_owns_its_channels_within_its_dates(brand, instagram, channel_on, strategy, record):
    record("likes", "2026-01-04", 1, channel=instagram)
    record("likes", "2026-01-05", 10, channel=instagram)
    record("likes", "2026-01-06", 100, channel=channel_on("x"))
    assert january(brand, strategy=strategy).value("likes") == 10
    assert totals(brand, date(2025, 1, 1), date(2025, 1, 31), strategy=strategy).value("likes") is None


def test_a_strategys_money_belongs_to_it_by_its_key(brand, strategy):
    spend(brand, 500, strategy=strategy)
    spend(brand, 900)
    assert january(brand, strategy=strategy).value("investment") == 500


def test_a_months_budget_is_its_lines_and_its_days_of_the_others(brand, strategy):
    february = BudgetLine.objects.create(strategy=strategy, kind="ads", planned=700)
    february.months.create(month=date(2026, 2, 1), planned=700)
    BudgetLine.objects.create(strategy=strategy, kind="tools", planned=860)
    spend(brand, 490, strategy=strategy, day="2026-02-10")
    february = totals(brand, date(2026, 2, 1), date(2026, 2, 28), strategy=strategy)
    assert february.value("planned") == 700 + 280
    assert february.result("budget_utilisation").exact == 50


def test_a_full_week_does_not_repair_an_empty_one(brand, instagram, strategy, publish):
    for day in ("2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-20"):
        publish(instagram, day)
    found = totals(brand, date(2026, 1, 5), date(2026, 1, 25), strategy=strategy)
    assert (found.value("posts_kept"), found.value("posts_planned")) == (4, 9)
    assert found.value("posts_published") == 5


def test_posts_are_counted_on_the_brands_days(brand, instagram, publish):
    out = publish(instagram, "2026-01-31")
    Publication.objects.filter(pk=out.pk).update(published_at=datetime(2026, 1, 31, 20, tzinfo=UTC))
    assert january(brand).value("posts_published") == 0


# --- cost


def test_any_number_of_rows_spans_and_scopes_takes_the_same_queries(
    brand, instagram, record, channel_on, django_assert_num_queries
):
    record("likes", "2026-01-05", 1, channel=instagram)
    with django_assert_num_queries(2):
        january(brand).result("roi")
    for number in range(1, 29):
        record("views", f"2026-01-{number:02}", number, channel=channel_on("x", f"atlas{number}"))
    spans = [*months(date(2025, 1, 1), END), *weeks(date(2025, 10, 1), END)]
    scopes = [Scope(), *(Scope(channels=(channel,)) for channel in brand.channels.all())]
    with django_assert_num_queries(2):
        found = totals_of(brand, spans, scopes)
    with django_assert_num_queries(0):
        assert found[Scope(), month_of(START)].value("views") == sum(range(1, 29))
        assert found[Scope(), Span(date(2026, 1, 26), date(2026, 2, 1))].value("views") == 26 + 27 + 28


def test_coverage_tells_the_days_without_figures(brand, instagram, record):
    record("likes", "2026-01-05", 1, channel=instagram)
    record("views", "2026-01-05", 1, channel=instagram)
    record("views", "2026-01-07", 1, channel=instagram)
    [coverage] = january(brand).coverage
    assert (coverage.days, coverage.missing, coverage.first, coverage.last) == (2, 29, date(2026, 1, 5), date(2026, 1, 7))


def test_another_brands_figures_are_not_ours(brand, instagram, record):
    other = type(brand).objects.create(name="Silk", slug="silk")
    Observation.objects.create(brand=other, measure="leads", start=START, end=START, value=7)
    assert january(brand).value("leads") is None
