from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest

from calendar_app.models import Campaign
from metrics.forms.period import PeriodForm
from metrics.periods import Span
from metrics.totals import Scope
from strategies.models import Strategy

TODAY = date(2026, 3, 17)


@pytest.fixture(autouse=True)
def today(brand, monkeypatch):
    monkeypatch.setattr(type(brand), "today", lambda self: TODAY)


def asked(brand, **query):
    return PeriodForm(query, brand).asked()


def test_nothing_asked_is_the_last_28_full_days(brand):
    assert asked(brand).span == Span(date(2026, 2, 17), date(2026, 3, 16))


def test_own_dates_need_no_preset(brand):
    assert asked(brand, start="2026-01-01", end="2026-01-31").span == Span(date(2026, 1, 1), date(2026, 1, 31))


def test_the_comparison_is_the_span_of_equal_length_before(brand):
    assert asked(brand, preset="7").base == Span(date(2026, 3, 3), date(2026, 3, 9))
    assert asked(brand, preset="7", compare="no").base is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start": "2026-02-01", "end": "2026-01-01"}, "end"),
        ({"start": "2026-02-01"}, "end"),
        ({"start": "31.01.2026", "end": "2026-02-01"}, "start"),
        ({"start": "1901-01-01", "end": "1901-02-01"}, "start"),
        ({"start": "2020-01-01", "end": "2026-01-01"}, "end"),
        ({"preset": "own"}, "start"),
        ({"preset": "century"}, "preset"),
        ({"channel": "4711"}, "channel"),
        ({"compare": "sideways"}, "compare"),
    ],
)
def test_what_cannot_be_understood_is_said_and_the_default_shown(brand, query, field):
    form = PeriodForm(query, brand)
    assert form.asked().span == asked(brand).span
    assert form.errors[field]


def test_the_fields_show_what_is_looked_at(brand):
    form = PeriodForm({}, brand)
    form.asked()
    assert (form["preset"].value(), form["start"].value(), form["end"].value()) == ("28", "2026-02-17", "2026-03-16")
    form = PeriodForm({"start": "2026-01-01", "end": "2026-01-31"}, brand)
    form.asked()
    assert form["preset"].value() == "own"


def test_a_channel_of_another_brand_is_unknown(brand, instagram):
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    form = PeriodForm({"channel": instagram.pk}, other)
    assert form.asked().channel is None
    assert form.errors["channel"]


def test_a_strategy_to_date_ends_today_and_never_before_it_starts(brand):
    strategy = Strategy(brand=brand, start=TODAY - timedelta(days=10), end=TODAY + timedelta(days=10))
    assert PeriodForm({"preset": "strategy"}, brand, strategy).asked().span == Span(strategy.start, TODAY)
    strategy.start = TODAY + timedelta(days=5)
    assert PeriodForm({"preset": "strategy"}, brand, strategy).asked().span.days == 1


@pytest.mark.parametrize("query", [{"preset": "90"}, {"start": "2026-01-01", "end": "2026-01-31", "compare": "no"}])
def test_a_link_asks_the_same_again(brand, instagram, query):
    first = asked(brand, channel=str(instagram.pk), **query)
    assert PeriodForm(dict(parse_qsl(first.query)), brand).asked() == first


def test_last_year_is_another_comparison(brand):
    found = asked(brand, preset="last_month", compare="year")
    assert found.base == Span(date(2025, 2, 1), date(2025, 2, 28))
    assert not found.by_weekdays
    assert asked(brand, preset="7", compare="year").by_weekdays


def test_a_link_keeps_whose_figures_are_asked_for(brand):
    campaign = Campaign.objects.create(brand=brand, name="Navroʻz", start=date(2026, 3, 1), end=date(2026, 3, 21))
    first = asked(brand, of_campaign=str(campaign.pk), compare="year", step="week")
    assert first.scope == Scope(campaign=campaign)
    assert first.span == Span(date(2026, 3, 1), TODAY)
    assert PeriodForm(dict(parse_qsl(first.query)), brand).asked() == first
    assert "campaign" not in first.query_of_brand


def test_whose_figures_are_of_another_brand_is_unknown(brand):
    other = type(brand).objects.create(name="Ipak", slug="ipak")
    campaign = Campaign.objects.create(brand=other, name="Navroʻz", start=date(2026, 3, 1), end=date(2026, 3, 21))
    found = asked(brand, of_campaign=str(campaign.pk))
    assert found.campaign is None
    assert found.span == asked(brand).span
