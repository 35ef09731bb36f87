"""Results of a strategy, a campaign, a channel and a post: the same page, each with its own figures."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import reverse

from brands.models import Role
from calendar_app.models import Campaign, Post, Publication
from metrics.kpi import KPIS
from metrics.kpi.terms import Level
from metrics.models import Benchmark, KpiClass, LedgerEntry, Observation
from strategies.models import Strategy, StrategyChannel

TODAY = date(2026, 3, 17)


@pytest.fixture(autouse=True)
def today(brand, monkeypatch):
    monkeypatch.setattr(type(brand), "today", lambda self: TODAY)


@pytest.fixture
def strategy(brand, instagram):
    found = Strategy.objects.create(
        brand=brand, name="Spring", start=date(2026, 2, 1), end=date(2026, 5, 31), status=Strategy.Status.APPROVED
    )
    StrategyChannel.objects.create(strategy=found, channel=instagram)
    return found


@pytest.fixture
def campaign(brand, strategy):
    return Campaign.objects.create(brand=brand, name="Navroʻz", strategy=strategy, start=date(2026, 3, 1), end=date(2026, 3, 21))


@pytest.fixture
def publish(brand, instagram):
    def make(day: str, campaign=None, **figures) -> Publication:
        at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        post = Post.objects.create(brand=brand, title="Atlas scarf", campaign=campaign, strategy=campaign and campaign.strategy)
        out = Publication.objects.create(brand=brand, post=post, channel=instagram, at=at, published_at=at, status="published")
        for measure, value in figures.items():
            Observation.objects.create(
                brand=brand, channel=instagram, publication=out, measure=measure, start=at.date(), end=TODAY, value=value
            )
        return out

    return make


def get(client, name, *arguments, query=""):
    page = client.get(reverse(f"metrics:{name}", args=["atlas", *arguments]) + query)
    assert page.status_code == 200
    return page


def cards(page):
    return {card.name: card for group in page.context["found"].groups for card in group.cards}


def test_a_campaign_has_results_of_its_own(client, marketer, campaign, publish):
    publish("2026-03-05", campaign, likes=30, comments=5, shares=5, views=1000)
    publish("2026-03-06", None, likes=1, comments=0, shares=0, views=1000)
    page = get(client, "campaign_results", campaign.pk)
    assert "Results of the campaign" in page.content.decode()
    assert cards(page)["audience_engagement"].reading.whole == "4.00\xa0%"
    assert (page.context["asked"].span.start, page.context["asked"].span.end) == (campaign.start, TODAY)


def test_a_post_has_results_since_it_went_out(client, marketer, publish):
    out = publish("2026-03-05", likes=30, comments=5, shares=5, views=1000)
    page = get(client, "results_of_post", out.post_id)
    assert cards(page)["audience_engagement"].reading.whole == "4.00\xa0%"
    assert page.context["asked"].span.start == date(2026, 3, 5)


def test_a_strategy_has_results_of_its_days(client, marketer, strategy, instagram, record):
    record("link_clicks", "2026-01-20", 500, channel=instagram)
    record("impressions", "2026-01-20", 1000, channel=instagram)
    record("link_clicks", "2026-02-20", 20, channel=instagram)
    record("impressions", "2026-02-20", 1000, channel=instagram)
    page = get(client, "strategy_results", strategy.pk)
    assert cards(page)["ctr"].reading.whole == "2.00\xa0%"


@pytest.mark.parametrize("name", ["strategy_results", "campaign_results", "results_of_post"])
def test_what_is_of_another_brand_is_not_found(client, marketer, brand, name):
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    strange = {
        "strategy_results": Strategy(brand=other, name="S", start=TODAY, end=TODAY + timedelta(days=9)),
        "campaign_results": Campaign(brand=other, name="C", start=TODAY, end=TODAY),
        "results_of_post": Post(brand=other, title="P"),
    }[name]
    strange.save()
    assert client.get(reverse(f"metrics:{name}", args=["atlas", strange.pk])).status_code == 404


def test_a_kpi_that_says_nothing_at_a_level_is_not_shown_there(client, marketer, publish, record, brand):
    record("promoters", "2026-03-05", 7)
    record("passives", "2026-03-05", 2)
    record("detractors", "2026-03-05", 1)
    out = publish("2026-03-05", likes=30, comments=5, shares=5, views=1000)
    of_post = get(client, "results_of_post", out.post_id)
    named = set(cards(of_post)) | {reading.name for reading in of_post.context["found"].waiting}
    assert "nps" in cards(get(client, "results"))
    assert "nps" not in named
    assert all(KPIS[name].is_shown_at(Level.POST) for name in named)


def test_figures_roll_up_from_posts_to_the_brand_and_never_down():
    kpi = KPIS["video_completion_rate"]
    assert kpi.levels == (Level.POST,)
    assert all(kpi.is_shown_at(level) for level in (Level.POST, Level.CHANNEL, Level.CAMPAIGN, Level.STRATEGY, Level.BRAND))
    assert not KPIS["nps"].is_shown_at(Level.STRATEGY)
    assert not any(KPIS["goal_progress"].is_shown_at(level) for level in Level if level is not Level.GOAL)


def test_money_of_a_campaign_is_not_for_viewers(client, person_in, campaign, publish, brand):
    LedgerEntry.objects.create(
        brand=brand, date=TODAY, kind="investment", amount=Decimal(777), currency=brand.currency, campaign=campaign
    )
    client.force_login(person_in(Role.VIEWER))
    for name in ("campaign_results", "campaign_window"):
        assert "777" not in get(client, name, campaign.pk).content.decode()
    assert client.get(reverse("metrics:working", args=["atlas", "investment"])).status_code == 403


def test_the_page_of_a_campaign_opens_a_window_on_what_was_measured(client, marketer, campaign, publish):
    publish("2026-03-05", campaign, likes=30, comments=5, shares=5, views=1000)
    page = client.get(reverse("calendar:campaign", args=["atlas", campaign.pk])).content.decode()
    window = reverse("metrics:campaign_window", args=["atlas", campaign.pk])
    assert f'hx-get="{window}"' in page
    assert "4.00\xa0%" in get(client, "campaign_window", campaign.pk).content.decode()


def test_one_campaign_and_three_take_the_same_number_of_queries(client, marketer, campaign, publish, brand, count_queries):
    publish("2026-03-05", campaign, likes=30, comments=5, shares=5, views=1000)
    address = reverse("metrics:campaign_results", args=["atlas", campaign.pk])
    count_queries(client, address)
    one = count_queries(client, address)
    for day in ("2026-03-06", "2026-03-07"):
        publish(day, campaign, likes=3, comments=5, shares=5, views=100)
        other = Campaign.objects.create(brand=brand, name=day, start=campaign.start, end=campaign.end)
        publish(day, other, likes=1, views=10)
    assert count_queries(client, address) == one


def test_one_day_of_figures_and_three_take_the_same_number_of_queries(
    client, marketer, strategy, record, instagram, count_queries
):
    address = reverse("metrics:results", args=["atlas"])
    record("likes", "2026-03-05", 30, channel=instagram)
    count_queries(client, address)
    one = count_queries(client, address)
    for day in ("2026-03-06", "2026-03-07"):
        record("likes", day, 30, channel=instagram)
        record("views", day, 300, channel=instagram)
    assert count_queries(client, address) == one


# --- compared with the year before


def test_the_year_before_is_compared_by_weekdays_and_by_dates(client, marketer, instagram, record):
    for day, clicks in (("2026-03-16", 30), ("2025-03-17", 10)):
        record("link_clicks", day, clicks, channel=instagram)
        record("impressions", day, 1000, channel=instagram)
    page = get(client, "results", query="?preset=7&compare=year")
    assert page.context["asked"].base.start == page.context["asked"].span.start - timedelta(weeks=52)
    assert cards(page)["ctr"].change_shown == "+2.00\xa0pp"
    months = get(client, "results", query="?preset=last_month&compare=year").context["asked"]
    assert (months.base.start, months.base.end) == (date(2025, 2, 1), date(2025, 2, 28))


def test_the_trend_is_compared_with_the_year_before_too(client, marketer, instagram, record):
    for day, clicks in (("2026-02-10", 30), ("2025-02-10", 10)):
        record("link_clicks", day, clicks, channel=instagram)
        record("impressions", day, 1000, channel=instagram)
    query = "?start=2026-01-01&end=2026-02-28&compare=year&step=month"
    rows = get(client, "trend", "ctr", query=query).context["trend"].rows
    assert [(row.value, row.base) for row in rows] == [("—", "—"), ("3.00\xa0%", "1.00\xa0%")]


# --- workings of measures


def test_a_measure_has_a_working_down_to_its_rows(client, marketer, instagram, record):
    record("likes", "2026-03-05", 30, channel=instagram)
    record("likes", "2026-03-06", 12, channel=instagram)
    query = "?start=2026-03-01&end=2026-03-10"
    page = get(client, "working", "likes", query=query)
    assert (page.context["working"].whole, page.context["working"].behind.count) == ("42", 2)
    listed = get(client, "rows", "likes", query=query).context["page"].object_list
    assert sorted(row.value for row in listed) == [12, 30]


def test_rows_behind_money_are_entries_of_the_ledger(client, marketer, brand, campaign):
    for amount, owner in ((100, campaign), (25, campaign), (999, None)):
        LedgerEntry.objects.create(
            brand=brand, date=TODAY, kind="investment", amount=amount, currency=brand.currency, campaign=owner
        )
    query = f"?of_campaign={campaign.pk}"
    assert get(client, "working", "investment", query=query).context["working"].behind.entries == 2
    listed = get(client, "rows", "investment", query=query).context["entries"].object_list
    assert sorted(entry.amount for entry in listed) == [25, 100]


def test_rows_behind_a_number_of_posts_are_the_posts(client, marketer, campaign, publish):
    publish("2026-03-05", campaign)
    publish("2026-03-06")
    query = "?start=2026-03-01&end=2026-03-10"
    assert len(get(client, "rows", "posts_published", query=query).context["publications"].object_list) == 2
    assert (
        len(get(client, "rows", "posts_published", query=f"?of_campaign={campaign.pk}").context["publications"].object_list) == 1
    )


def test_people_reported_for_the_whole_span_have_that_one_row_behind_them(client, marketer, instagram, record):
    record("reach", "2026-03-01", 900, end="2026-03-10", channel=instagram)
    record("reach", "2026-03-02", 100, channel=instagram)
    listed = get(client, "rows", "reach", query="?start=2026-03-01&end=2026-03-10").context["page"].object_list
    assert [row.value for row in listed] == [900]


# --- what administrators keep


def test_the_class_an_administrator_chose_is_the_class_everywhere(client, marketer, instagram, record):
    for measure, value in {"link_clicks": 9, "impressions": 1000}.items():
        record(measure, "2026-03-05", value, channel=instagram)
    assert not cards(get(client, "results"))["ctr"].is_vanity
    KpiClass.objects.create(kpi="ctr", klass="vanity")
    KpiClass.objects.create(kpi="retired", klass="vanity")
    assert cards(get(client, "results"))["ctr"].is_vanity
    assert get(client, "kpi", "ctr").context["klass"] == "Vanity metric"


def test_a_kpi_page_shows_benchmarks_with_source_day_and_catches(client, marketer):
    text = get(client, "kpi", "audience_engagement").content.decode()
    assert "not comparable" in text
    text = get(client, "kpi", "cpl").content.decode()
    assert "WordStream" in text
    assert "another currency" in text


def test_benchmarks_that_come_with_the_product_are_of_known_kpis_and_measures(db):
    rows = Benchmark.objects.all()
    assert len(rows) > 15
    for row in rows:
        row.clean()
        assert row.source
        assert row.low is not None or row.high is not None
        notes = [row.note_in(language) for language, _name in settings.LANGUAGES]
        assert len({*notes}) == (len(notes) if row.note else 1)


def test_notes_that_stood_before_get_russian_and_keep_what_administrators_wrote(db):
    good, best = Benchmark.objects.get(note="Good."), Benchmark.objects.get(kpi="nps")
    changed = Benchmark.objects.get(kpi="ewom_quality")
    Benchmark.objects.filter(pk=good.pk).update(note_ru="")
    Benchmark.objects.filter(pk=best.pk).update(note_ru="Моё")
    Benchmark.objects.filter(pk=changed.pk).update(note_ru="", note="Ours")
    module = import_module("metrics.migrations.0017_say_benchmarks_in_russian")
    module.add_russian(apps, SimpleNamespace(connection=connection))
    kept = dict(Benchmark.objects.values_list("pk", "note_ru"))
    assert (kept[good.pk], kept[best.pk], kept[changed.pk]) == ("Хорошо.", "Моё", "")


@pytest.mark.parametrize(
    ("language", "note"), [("en", "Good."), ("uz", "Yaxshi."), ("ru", "Хорошо."), ("de", "Good."), (None, "Good.")]
)
def test_a_note_is_said_in_the_readers_language(language, note):
    assert Benchmark(note="Good.", note_uz="Yaxshi.", note_ru="Хорошо.").note_in(language) == note
    assert Benchmark(note="Good.").note_in(language) == "Good."


def test_results_of_a_campaign_lead_to_its_own_return_and_leave_out_what_is_the_brands(
    client, marketer, brand, campaign, publish
):
    publish("2026-03-10", campaign, likes=10, views=100)
    LedgerEntry.objects.create(
        brand=brand, campaign=campaign, kind="investment", amount=5, currency="UZS", date=date(2026, 3, 10)
    )
    html = get(client, "campaign_results", campaign.pk).content.decode()
    assert reverse("metrics:return_of_campaign", args=["atlas", campaign.pk]) in html
    assert reverse("metrics:best_times", args=["atlas"]) not in html
    assert "Set a target" not in html


@pytest.mark.parametrize("compare", ["before", "year", "no"])
def test_every_page_of_a_period_says_what_it_is_compared_with(client, marketer, instagram, record, compare):
    record("link_clicks", "2026-02-10", 30, channel=instagram)
    record("impressions", "2026-02-10", 1000, channel=instagram)
    query = f"?start=2026-02-01&end=2026-02-28&compare={compare}"
    get(client, "results", query=query), get(client, "kpi", "ctr", query=query), get(client, "insight", query=query)
    said = [
        get(client, "trend", "ctr", query=query).content.decode(),
        b"".join(get(client, "trend_csv", "ctr", query=query)).decode(),
        get(client, "trend_figure", "ctr", query=query).content.decode(),
    ]
    words = {"before": "Period before", "year": "A year before"}
    for text in said:
        assert [word in text for word in words.values()] == [compare == name for name in words]
