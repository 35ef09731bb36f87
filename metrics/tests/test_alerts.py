"""Watched figures that leave their bounds: found once, told once, dealt with by people."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from brands.models import Brand, Notification, Role
from brands.notifications import text_of
from metrics import alerts
from metrics.models import Alert, LedgerEntry
from metrics.periods import Span
from metrics.watching import Crossing, crossed, earliest_day, full_spans
from strategies.models import Risk, Strategy, StrategyChannel, WatchItem

TODAY = date(2027, 3, 17)  # a Wednesday


# --- spans and bounds, pure


@pytest.mark.parametrize(
    ("rhythm", "newest", "before"),
    [
        ("daily", Span(date(2027, 3, 16), date(2027, 3, 16)), Span(date(2027, 3, 15), date(2027, 3, 15))),
        ("weekly", Span(date(2027, 3, 8), date(2027, 3, 14)), Span(date(2027, 3, 1), date(2027, 3, 7))),
        ("monthly", Span(date(2027, 2, 1), date(2027, 2, 28)), Span(date(2027, 1, 1), date(2027, 1, 31))),
    ],
)
def test_only_full_spans_are_looked_at_newest_first(rhythm, newest, before):
    assert list(full_spans(rhythm, TODAY))[:2] == [newest, before]


def test_on_a_monday_the_week_that_ended_yesterday_is_over():
    assert next(full_spans("weekly", date(2027, 3, 15))) == Span(date(2027, 3, 8), date(2027, 3, 14))


def test_an_unknown_rhythm_is_an_error():
    with pytest.raises(KeyError):
        list(full_spans("hourly", TODAY))


def test_nothing_older_than_the_oldest_span_is_read():
    assert earliest_day(TODAY) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("value", "at_least", "at_most", "expected"),
    [
        ("4", "5", None, Crossing(Decimal(5), is_below=True)),
        ("5", "5", None, None),
        ("6", None, "5", Crossing(Decimal(5), is_below=False)),
        ("5", None, "5", None),
        ("3", "2", "4", None),
        ("0", None, None, None),
    ],
)
def test_a_bound_is_crossed_only_from_outside(value, at_least, at_most, expected):
    low, high = (None if bound is None else Decimal(bound) for bound in (at_least, at_most))
    assert crossed(Decimal(value), low, high) == expected


# --- finding them


@pytest.fixture
def strategy(brand, instagram) -> Strategy:
    today = brand.today()
    strategy = Strategy.objects.create(
        brand=brand, name="Spring", start=today - timedelta(days=100), end=today + timedelta(days=60)
    )
    StrategyChannel.objects.create(strategy=strategy, channel=instagram, posts_per_week=2)
    return strategy


@pytest.fixture
def yesterday(brand) -> str:
    return str(brand.today() - timedelta(days=1))


@pytest.fixture
def leads(strategy) -> WatchItem:
    return WatchItem.objects.create(
        strategy=strategy, metric="leads", rhythm="daily", at_least=20, if_it_fails="Move money to the best post"
    )


def test_a_figure_below_its_bound_raises_an_alert(brand, leads, record, yesterday):
    record("leads", yesterday, 12)
    assert alerts.raise_alerts(brand) == 1
    alert = Alert.objects.get()
    assert (alert.value, alert.bound, alert.is_below, str(alert.start)) == (12, 20, True, yesterday)


def test_a_figure_above_its_bound_raises_one_too(brand, leads, record, yesterday):
    WatchItem.objects.filter(pk=leads.pk).update(at_least=None, at_most=10)
    record("leads", yesterday, 12)
    alerts.raise_alerts(brand)
    assert Alert.objects.get().is_below is False


def test_a_figure_within_its_bounds_raises_nothing(brand, leads, record, yesterday):
    record("leads", yesterday, 20)
    assert alerts.raise_alerts(brand) == 0


def test_a_missing_figure_raises_nothing(brand, leads):
    assert alerts.raise_alerts(brand) == 0


def test_a_recorded_zero_does(brand, leads, record, yesterday):
    record("leads", yesterday, 0)
    assert alerts.raise_alerts(brand) == 1


def test_looking_twice_raises_and_tells_once(brand, leads, record, yesterday, person_in):
    person_in(Role.LEAD)
    record("leads", yesterday, 12)
    assert (alerts.raise_alerts(brand), alerts.raise_alerts(brand)) == (1, 0)
    assert Alert.objects.count() == Notification.objects.count() == 1


def test_the_worker_that_comes_second_changes_nothing(brand, leads, record, yesterday, person_in, monkeypatch):
    """Between its look and its writing another worker wrote the same alert."""
    person_in(Role.LEAD)
    record("leads", yesterday, 12)
    bulk_create = Alert.objects.bulk_create

    def late(rows, **options):
        bulk_create(
            [Alert(brand=brand, strategy=leads.strategy, item=leads, start=rows[0].start, end=rows[0].end, value=12, bound=20)]
        )
        return bulk_create(rows, **options)

    monkeypatch.setattr(Alert.objects, "bulk_create", late)
    alerts.raise_alerts(brand)
    assert Alert.objects.count() == 1
    assert Notification.objects.count() == 1


def test_figures_that_come_late_are_still_looked_at(brand, leads, record):
    """The file of last week came today; yesterday is not known yet."""
    record("leads", str(brand.today() - timedelta(days=3)), 5)
    assert alerts.raise_alerts(brand) == 1
    assert Alert.objects.get().end == brand.today() - timedelta(days=3)


def test_a_week_is_not_judged_by_its_first_days(brand, leads, record):
    WatchItem.objects.filter(pk=leads.pk).update(rhythm="weekly")
    week = next(full_spans("weekly", brand.today()))
    record("leads", str(week.start), 5)
    assert alerts.raise_alerts(brand) == 0
    record("leads", str(week.end), 5)
    assert alerts.raise_alerts(brand) == 1
    assert Alert.objects.get().value == 10


def test_a_kpi_of_one_channel_is_watched_there(brand, strategy, instagram, record, yesterday):
    WatchItem.objects.create(strategy=strategy, metric="audience_engagement", channel=instagram, rhythm="daily", at_least=3)
    for measure, value in {"likes": 10, "comments": 5, "shares": 3, "tags": 2, "views": 1000}.items():
        record(measure, yesterday, value, channel=instagram)
    alerts.raise_alerts(brand)
    assert Alert.objects.get().value == 2


def test_days_outside_the_strategy_are_not_its_own(brand, leads, record, yesterday):
    Strategy.objects.filter(pk=leads.strategy_id).update(start=brand.today())
    record("leads", yesterday, 12)
    assert alerts.raise_alerts(brand) == 0


def test_an_archived_strategy_raises_nothing(brand, leads, record, yesterday):
    Strategy.objects.filter(pk=leads.strategy_id).update(status="archived")
    record("leads", yesterday, 12)
    assert alerts.raise_alerts(brand) == 0


def test_a_retired_metric_raises_nothing(brand, strategy):
    WatchItem.objects.create(strategy=strategy, metric="once_there_was", rhythm="daily", at_least=3)
    assert alerts.raise_alerts(brand) == 0


def test_one_broken_brand_does_not_keep_the_others_from_being_looked_at(brand, leads, record, yesterday, monkeypatch):
    other = Brand.objects.create(name="Aaa", slug="aaa")
    theirs = Strategy.objects.create(brand=other, name="X", start=brand.today() - timedelta(9), end=brand.today() + timedelta(9))
    WatchItem.objects.create(strategy=theirs, metric="leads", at_least=1)
    record("leads", yesterday, 12)
    look = alerts.raise_alerts

    def broken(one):
        if one == other:
            raise ValueError("no")
        return look(one)

    monkeypatch.setattr(alerts, "raise_alerts", broken)
    assert alerts.raise_everywhere() == 1


def test_many_watched_figures_are_read_in_the_same_queries(brand, strategy, leads, record, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        alerts.raise_alerts(brand)
    for metric in ("likes", "views", "comments", "shares"):
        WatchItem.objects.create(strategy=strategy, metric=metric, rhythm="daily", at_least=3)
    with django_assert_num_queries(len(one)):
        alerts.raise_alerts(brand)


# --- telling people


def test_whoever_watches_the_figure_is_told_in_the_language_that_they_read_then(brand, leads, record, yesterday, person_in):
    person_in(Role.LEAD)
    owner = person_in(Role.MARKETER)
    WatchItem.objects.filter(pk=leads.pk).update(owner=owner)
    record("leads", yesterday, 12)
    alerts.raise_alerts(brand)
    told = Notification.objects.get()
    assert told.user == owner
    said = {}
    for language in ("en", "uz", "ru"):
        with translation.override(language):
            said[language] = text_of(told)
    assert said == {
        "en": "Leads: 12, agreed: not below 20",
        "uz": "Lidlar: 12, kelishilgani kamida 20",
        "ru": "Лиды: 12, согласовано: не меньше 20",
    }
    assert told.url == reverse("metrics:alert", args=["atlas", Alert.objects.get().pk])


def test_the_leads_are_told_where_the_owner_left_the_team(brand, leads, record, yesterday, person_in, django_user_model):
    lead = person_in(Role.LEAD)
    person_in(Role.MARKETER)
    gone = django_user_model.objects.create_user("gone@example.uz", "parol")
    WatchItem.objects.filter(pk=leads.pk).update(owner=gone)
    record("leads", yesterday, 12)
    alerts.raise_alerts(brand)
    assert [told.user for told in Notification.objects.all()] == [lead]


# --- the pages


@pytest.fixture
def alert(brand, leads, record, yesterday) -> Alert:
    risk = Risk.objects.create(strategy=leads.strategy, name="Nobody sees us", response="Pay for two weeks")
    WatchItem.objects.filter(pk=leads.pk).update(risk=risk)
    record("leads", yesterday, 12)
    alerts.raise_alerts(brand)
    return Alert.objects.get()


def ask(client, name: str, pk: int, **headers):
    return client.get(reverse(f"metrics:{name}", args=["atlas", pk]), headers=headers)


def send(client, name: str, alert: Alert, **typed):
    return client.post(reverse(f"metrics:{name}", args=["atlas", alert.pk]), typed)


def test_an_alert_shows_figure_bound_working_and_what_was_planned(client, marketer, alert, yesterday):
    said = ask(client, "alert", alert.pk).content.decode()
    for words in (
        "not below 20",
        "Move money to the best post",
        "Pay for two weeks",
        "Write an incident from it",
        f"start={yesterday}",
    ):
        assert words in said
    assert "incidents/?new=1" in said


def test_who_takes_it_is_named(client, marketer, alert):
    assert send(client, "take_alert", alert).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.taken_by) == ("seen", marketer)


def test_settling_keeps_what_was_done(client, marketer, alert):
    assert send(client, "settle_alert", alert, note="Two adverts more").status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.note, alert.settled_by) == ("settled", "Two adverts more", marketer)
    send(client, "reopen_alert", alert)
    alert.refresh_from_db()
    assert (alert.state, alert.note, alert.settled_at) == ("open", "Two adverts more", None)


@pytest.mark.parametrize(("note", "said"), [("", "in a few words"), ("x" * 201, "200")])
def test_settling_without_words_is_told_at_the_field(client, marketer, alert, note, said):
    page = send(client, "settle_alert", alert, note=note)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert note in page.content.decode()
    alert.refresh_from_db()
    assert alert.state == "open"


def test_the_second_to_settle_keeps_what_they_typed(client, marketer, alert):
    send(client, "settle_alert", alert, note="First words")
    page = send(client, "settle_alert", alert, note="Second words")
    assert page.status_code == 409
    assert "First words" in page.content.decode()
    assert "Second words" in page.content.decode()
    alert.refresh_from_db()
    assert alert.note == "First words"


def test_a_viewer_reads_but_does_not_settle(client, person_in, alert):
    client.force_login(person_in(Role.VIEWER))
    said = ask(client, "alert", alert.pk).content.decode()
    assert "I am on it" not in said
    assert send(client, "settle_alert", alert, note="x").status_code == 403


def test_a_viewer_sees_no_alert_about_money(client, person_in, alert, leads):
    WatchItem.objects.filter(pk=leads.pk).update(metric="revenue")
    client.force_login(person_in(Role.VIEWER))
    assert ask(client, "alert", alert.pk).status_code == 404
    assert "No watched figure" in ask(client, "strategy_alerts", leads.strategy_id).content.decode()


def test_an_alert_of_another_brand_is_not_found(client, marketer, brand, alert):
    Alert.objects.update(brand=Brand.objects.create(name="Ipak", slug="ipak"))
    assert ask(client, "alert", alert.pk).status_code == 404


def test_open_alerts_stand_first(client, marketer, brand, alert, leads):
    older = Alert.objects.create(
        brand=brand, strategy=leads.strategy, item=leads, start=brand.today() - timedelta(5), end=brand.today() - timedelta(5),
        value=3, bound=20, is_below=True,
    )  # fmt: skip
    send(client, "settle_alert", alert, note="Done")
    rows = ask(client, "strategy_alerts", leads.strategy_id).context["page"].object_list
    assert [row.pk for row in rows] == [older.pk, alert.pk]


def test_the_window_is_a_fragment_and_counts_the_same_for_one_and_three(client, marketer, brand, alert, leads, count_queries):
    url = reverse("metrics:strategy_alerts", args=["atlas", leads.strategy_id])
    assert "<html" not in client.get(url, headers={"hx-request": "true"}).content.decode()
    one = count_queries(client, url)
    for days in (4, 5, 6):
        day = brand.today() - timedelta(days)
        Alert.objects.create(
            brand=brand, strategy=leads.strategy, item=leads, start=day, end=day, value=1, bound=20, is_below=True
        )
    assert count_queries(client, url) == one <= 25
    assert count_queries(client, reverse("metrics:alert", args=["atlas", alert.pk])) <= 25


def test_home_asks_for_open_alerts_only(client, marketer, alert):
    url = reverse("metrics:home", args=["atlas"])
    assert "Leads: 12, agreed: not below 20" in client.get(url).content.decode()
    send(client, "take_alert", alert)
    assert "agreed: not below" not in client.get(url).content.decode()


def test_an_alert_about_money_shows_its_currency(client, marketer, brand, strategy, yesterday):
    WatchItem.objects.create(strategy=strategy, metric="investment", rhythm="daily", at_most=100)
    LedgerEntry.objects.create(
        brand=brand, strategy=strategy, kind="investment", amount=500, currency=brand.currency, date=yesterday
    )
    alerts.raise_alerts(brand)
    assert f"500\xa0{brand.currency}" in ask(client, "alert", Alert.objects.get().pk).content.decode()
