import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from brands.models import Role
from metrics.models import LedgerEntry, Observation
from strategies.models import Goal, Strategy, Target

GARBAGE = [
    "?preset=nonsense",
    "?preset=own",
    "?start=2026-13-45&end=x",
    "?start=2026-02-01&end=2026-01-01",
    "?start=1000-01-01&end=9999-12-31",
    "?start=0001-01-01&end=0001-01-02",
    "?channel=999999999999999999999",
    "?channel=%00",
    "?channel=abc&compare=maybe",
    "?kpi=%F0%9F%92%A9",
    "?preset=strategy",
    "?page=-1",
    "?preset=" + "9" * 5000,
]


def results(client, query=""):
    return client.get(reverse("metrics:results", args=["atlas"]) + query)


def days_ago(brand, count):
    return str(brand.today() - timedelta(days=count))


@pytest.fixture
def figures(brand, instagram, record):
    """Three days of Instagram: 30 interactions on 1,000 views a day."""
    for count in (1, 2, 3):
        day = days_ago(brand, count)
        for measure, value in {"likes": 20, "comments": 5, "shares": 3, "saves": 2, "views": 1000}.items():
            record(measure, day, value, channel=instagram)


def cards(page):
    return {card.name: card for group in page.context["found"].groups for card in group.cards}


def test_a_card_tells_value_change_and_formula(client, marketer, brand, instagram, record, figures):
    for measure, value in {"likes": 10, "comments": 5, "shares": 3, "saves": 2, "views": 1000}.items():
        record(measure, days_ago(brand, 40), value, channel=instagram)
    card = cards(results(client))["audience_engagement"]
    # Saves are no part of the lecture's sum: (20 + 5 + 3) / 1,000 against (10 + 5 + 3) / 1,000.
    assert card.reading.whole == "2.80\xa0%"
    assert card.change_shown == "+1.00\xa0pp"
    assert card.change_tone == "good"


def test_a_missing_input_is_a_dash_with_its_name(client, marketer, figures):
    page = results(client)
    card = cards(page).get("reach_rate")
    waiting = {reading.name: reading for reading in page.context["found"].waiting}
    reading = card.reading if card else waiting["reach_rate"]
    assert reading.shown == "—"
    assert "reach" in reading.reason


def test_a_zero_denominator_says_so(client, marketer, brand, record):
    record("leads", days_ago(brand, 1), 5)
    record("social_sessions", days_ago(brand, 1), 0)
    card = cards(results(client))["lead_conversion_rate"]
    assert card.reading.shown == "—"
    assert "nothing to divide by" in card.reading.reason


def test_what_has_no_figure_at_all_waits_folded_with_what_it_needs(client, marketer, figures):
    page = results(client)
    waiting = {reading.name: reading for reading in page.context["found"].waiting}
    assert [lack.name for lack in waiting["nps"].lacks] == ["promoters", "detractors", "passives"]
    window = reverse("metrics:waiting_window", args=["atlas"])
    assert window in page.content.decode()
    assert reverse("metrics:record", args=["atlas"]) + "?measure=promoters" in client.get(window).content.decode()


def test_numbers_are_written_as_the_reader_writes_them(client, marketer, figures):
    marketer.language = "uz"
    marketer.save()
    assert "2,80" in results(client).content.decode()


def test_vanity_is_tagged(client, marketer, figures):
    assert cards(results(client))["audience_engagement"].reading.is_vanity
    assert "vanity" in results(client).content.decode()


def test_a_target_stands_on_the_card_of_its_kpi(client, marketer, brand, figures):
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=30), end=today + timedelta(days=60)
    )
    goal = Goal.objects.create(strategy=strategy, goal_type="engagement", text="Engagement at 5 %")
    Target.objects.create(goal=goal, metric="audience_engagement", window="latest", value=5)
    card = cards(results(client))["audience_engagement"]
    assert card.goal.status == "on_track"
    assert "target 5.00\xa0%" in results(client).content.decode()


def test_an_empty_brand_is_told_what_to_do(client, marketer):
    page = results(client)
    assert "No figures in these days" in page.content.decode()
    assert reverse("metrics:imports", args=["atlas"]) in page.content.decode()


def test_one_channel_can_be_looked_at_alone(client, marketer, channel_on, instagram, record, brand, figures):
    telegram = channel_on("telegram")
    record("views", days_ago(brand, 1), 7, channel=telegram)
    page = results(client, f"?channel={telegram.pk}")
    assert [row[0] for row in page.context["table"].rows] == [telegram]


def test_reach_of_channels_is_never_added_without_a_word(client, marketer, channel_on, instagram, record, brand):
    telegram = channel_on("facebook")
    for channel in (instagram, telegram):
        record("reach", days_ago(brand, 28), 100, end=days_ago(brand, 1), channel=channel)
        record("views", days_ago(brand, 1), 100, channel=channel)
    table = results(client).context["table"]
    column = [column.metric for column in table.columns].index("reach")
    assert table.footer[column].shown == "200*"
    assert table.has_repeats


def test_a_channel_whose_figures_end_early_is_named(client, marketer, channel_on, record, brand, figures):
    record("views", days_ago(brand, 20), 5, channel=channel_on("telegram"))
    assert "only up to" in results(client).content.decode()


@pytest.mark.parametrize("query", GARBAGE)
@pytest.mark.parametrize("name", ["results", "return", "library", "findings", "entries", "record", "new_finding"])
def test_garbage_in_an_address_is_never_a_server_error(client, marketer, figures, name, query):
    assert client.get(reverse(f"metrics:{name}", args=["atlas"]) + query).status_code == 200


@pytest.mark.parametrize("query", GARBAGE)
@pytest.mark.parametrize("name", ["working", "rows", "trend", "trend_csv", "trend_figure", "kpi"])
def test_garbage_about_one_kpi_is_never_a_server_error(client, marketer, figures, name, query):
    assert client.get(reverse(f"metrics:{name}", args=["atlas", "ctr"]) + query).status_code == 200


def test_dates_the_wrong_way_round_are_an_error_of_the_form(client, marketer):
    page = results(client, "?start=2026-02-01&end=2026-01-01")
    assert "must not come before the first" in page.content.decode()


def test_a_kpi_that_does_not_exist_is_not_found(client, marketer):
    for name in ("trend", "trend_figure", "kpi"):
        assert client.get(reverse(f"metrics:{name}", args=["atlas", "likes"])).status_code == 404
    for name in ("working", "rows"):
        assert client.get(reverse(f"metrics:{name}", args=["atlas", "luck"])).status_code == 404


# --- the working


def working(client, kpi, **headers):
    return client.get(reverse("metrics:working", args=["atlas", kpi]), headers=headers)


def test_the_working_shows_the_formula_the_numbers_and_the_rows(client, marketer, figures):
    page = working(client, "audience_engagement")
    said = page.content.decode()
    assert "comments + likes + shares" in said
    assert "15 + 60 + 9" in said
    assert "3,000" in said
    assert page.context["working"].behind.count == 12
    assert "12 rows behind it" in said


def test_the_working_is_a_fragment_for_htmx_and_a_page_without_scripts(client, marketer, figures):
    assert "<html" in working(client, "audience_engagement").content.decode()
    assert "<html" not in working(client, "audience_engagement", **{"hx-request": "true"}).content.decode()


def test_the_working_says_what_a_platform_does_not_offer(client, marketer, figures):
    assert ("Tags", "Instagram") in working(client, "audience_engagement").context["working"].not_offered


def test_the_working_of_a_missing_figure_names_it_and_offers_to_record_it(client, marketer, figures):
    said = working(client, "lead_conversion_rate").content.decode()
    assert "why there is no figure" in said
    assert reverse("metrics:record", args=["atlas"]) + "?measure=leads" in said


# --- the trend


def test_the_trend_is_json_with_gaps_where_nothing_was_measured(client, marketer, figures):
    answer = client.get(reverse("metrics:trend_figure", args=["atlas", "audience_engagement"]))
    drawn = json.loads(answer.content)
    line = next(trace for trace in drawn["data"] if trace["meta"]["token"] == "accent")
    assert line["y"][0] is None
    assert line["y"][-1] == 2.8
    assert line["connectgaps"] is False


def test_the_table_has_the_numbers_of_the_chart(client, marketer, figures):
    page = client.get(reverse("metrics:trend", args=["atlas", "audience_engagement"]))
    assert page.content.decode().count("<tr>") == 1 + 28
    assert "2.80\xa0%" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ("start=2025-01-01&end=2026-01-01", "week"),
        ("start=2024-01-01&end=2026-01-01", "month"),
        ("start=2024-01-01&end=2026-01-01&step=quarter", "quarter"),
        ("preset=28&step=week", "week"),
    ],
)
def test_a_long_trend_is_drawn_by_week_or_month_and_any_as_the_reader_wants(client, marketer, figures, query, step):
    page = client.get(reverse("metrics:trend", args=["atlas", "audience_engagement"]) + f"?{query}")
    assert page.context["trend"].step == step


# --- who sees what


MONEY = ("roi", "cpl", "budget_utilisation", "clv")


@pytest.fixture
def viewer(person_in, client):
    user = person_in(Role.VIEWER)
    client.force_login(user)
    return user


@pytest.fixture
def money(brand, instagram):
    for kind, amount in {"income": 987_654_321, "cogs": 0, "investment": 123_456_789}.items():
        LedgerEntry.objects.create(
            brand=brand, kind=kind, amount=amount, currency="UZS", channel=instagram, date=brand.today() - timedelta(days=2)
        )


@pytest.mark.parametrize("name", ["home", "results", "findings"])
def test_viewers_see_no_money_on_any_page(client, viewer, figures, money, name):
    said = client.get(reverse(f"metrics:{name}", args=["atlas"])).content.decode()
    assert "987,654,321" not in said
    assert "ROI" not in said
    assert "UZS" not in said


def test_the_library_has_no_entry_about_money_for_viewers(client, viewer):
    said = client.get(reverse("metrics:library", args=["atlas"])).content.decode()
    assert reverse("metrics:kpi", args=["atlas", "ctr"]) in said
    assert not any(reverse("metrics:kpi", args=["atlas", kpi]) in said for kpi in MONEY)


@pytest.mark.parametrize("kpi", MONEY)
@pytest.mark.parametrize("name", ["working", "rows", "trend", "trend_csv", "trend_figure", "kpi"])
def test_viewers_are_refused_kpis_about_money(client, viewer, name, kpi):
    assert client.get(reverse(f"metrics:{name}", args=["atlas", kpi])).status_code == 403


def test_marketers_do_see_it(client, marketer, figures, money):
    assert "987,654,321" in results(client).content.decode()


# --- how much it costs


@pytest.mark.once
@pytest.mark.parametrize("name", ["home", "results", "return"])
def test_a_page_asks_the_same_for_a_hundred_observations_and_for_twenty_thousand(
    client, marketer, brand, channel_on, count_queries, name
):
    url = reverse(f"metrics:{name}", args=["atlas"])
    channels = [channel_on(slug) for slug in ("instagram", "telegram", "facebook", "tiktok")]
    fill(brand, channels, 100)
    few = count_queries(client, url)
    fill(brand, channels, 20_000)
    assert Observation.objects.count() >= 20_000
    assert count_queries(client, url) == few
    assert few <= 40


def fill(brand, channels, rows):
    measures = (
        "likes",
        "comments",
        "shares",
        "saves",
        "views",
        "impressions",
        "link_clicks",
        "followers",
        "new_followers",
        "reach",
    )
    today = brand.today()
    per_day = len(measures) * len(channels)
    Observation.objects.all().delete()
    Observation.objects.bulk_create(
        [
            Observation(brand=brand, channel=channel, measure=measure, start=day, end=day, value=Decimal(number % 97))
            for number in range(1, -(-rows // per_day) + 1)
            for day in [today - timedelta(days=number)]
            for channel in channels
            for measure in measures
        ],
        batch_size=5000,
    )


def test_the_trend_can_be_taken_away_and_leaves_empty_what_was_not_measured(client, marketer, brand, figures):
    answer = client.get(reverse("metrics:trend_csv", args=["atlas", "audience_engagement"]) + "?preset=7")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:2] == ["Day", "Audience engagement"]
    by_day = {line.split(",")[0]: line.split(",")[1] for line in lines[1:]}
    assert by_day[days_ago(brand, 1)] == "2.80"
    assert by_day[days_ago(brand, 6)] == ""
