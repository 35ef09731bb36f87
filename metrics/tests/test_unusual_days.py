"""Unusual days of channels: written down once, told to whoever wants to hear of them, dealt with like any alert."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from brands.models import Notification, Role
from brands.notifications import text_of
from metrics import unusual_days
from metrics.models import Alert, AlertSilence, Observation


@pytest.fixture
def wild(brand, instagram):
    """wild("views"): sixty usual days, and yesterday three times as many."""

    def make(measure: str = "views", channel=None) -> None:
        Observation.objects.bulk_create(
            Observation(brand=brand, channel=channel or instagram, measure=measure, start=day, end=day,
                        value=Decimal(1240 if back == 1 else 400))
            for back in range(1, 64) if (day := brand.today() - timedelta(days=back))
        )  # fmt: skip

    return make


def test_an_unusual_day_is_written_down_and_told(brand, marketer, wild):
    wild()
    assert unusual_days.tell_of_days(brand) == 1
    alert = brand.alerts.get()
    assert (alert.measure, alert.value, alert.usual_low, alert.usual_high, alert.bound) == ("views", 1240, 208, 592, 592)
    news = Notification.objects.get(user=marketer)
    assert news.kind == "unusual_day"
    assert "1,240 against 208–592" in text_of(news)


def test_figures_of_one_day_are_one_event(brand, marketer, wild):
    wild("views")
    wild("link_clicks")
    assert unusual_days.tell_of_days(brand) == 1
    assert [name for name, *_ in brand.alerts.get().also] == ["views"]
    assert Notification.objects.count() == 1


def test_looking_twice_tells_once(brand, marketer, wild):
    wild()
    unusual_days.tell_of_days(brand)
    assert unusual_days.tell_everywhere() == 0
    assert (Alert.objects.count(), Notification.objects.count()) == (1, 1)


def test_whoever_comes_second_at_the_same_time_changes_nothing(brand, marketer, wild, monkeypatch):
    wild()
    create = Alert.objects.bulk_create

    def beaten(rows, **how):
        # Another worker writes the same between the look and the writing.
        create(
            [Alert(**{f.attname: getattr(row, f.attname) for f in Alert._meta.concrete_fields if f.name != "id"}) for row in rows]
        )
        return create(rows, **how)

    monkeypatch.setattr(Alert.objects, "bulk_create", beaten)
    unusual_days.tell_of_days(brand)
    assert (Alert.objects.count(), Notification.objects.count()) == (1, 1)


def test_a_killed_worker_leaves_neither_alert_nor_news(brand, marketer, wild, monkeypatch):
    wild()

    def dies(*_args):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(unusual_days, "_tell", dies)
        with pytest.raises(SystemExit):
            unusual_days.tell_of_days(brand)
    assert Alert.objects.count() == 0
    assert unusual_days.tell_of_days(brand) == 1
    assert Notification.objects.count() == 1


def test_the_database_keeps_one_alert_per_channel_and_day(brand, wild):
    wild()
    unusual_days.tell_of_days(brand)
    alert = brand.alerts.get()
    alert.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save(force_insert=True)


def test_usual_days_and_short_histories_are_not_told(brand, marketer, instagram, record):
    for back in range(1, 20):
        record("views", str(brand.today() - timedelta(days=back)), 9000 if back == 1 else 400, channel=instagram)
    assert unusual_days.tell_of_days(brand) == 0


def test_who_does_not_want_to_hear_is_not_told_but_finds_it_in_the_list(client, brand, marketer, instagram, wild):
    client.post(reverse("metrics:silence", args=[brand.slug]), {"channel": instagram.pk, "measure": "views"})
    wild()
    assert unusual_days.tell_of_days(brand) == 1
    assert Notification.objects.count() == 0
    assert "1,240 against" in client.get(reverse("metrics:alerts", args=[brand.slug])).content.decode()


def test_a_silence_about_one_figure_does_not_hide_another(client, brand, marketer, wild):
    client.post(reverse("metrics:silence", args=[brand.slug]), {"channel": "", "measure": "views"})
    wild("views")
    wild("leads")
    unusual_days.tell_of_days(brand)
    assert Notification.objects.count() == 1


def test_a_silence_is_kept_once_and_taken_back(client, brand, marketer):
    url = reverse("metrics:silence", args=[brand.slug])
    for _ in range(2):
        client.post(url, {"channel": "", "measure": "views"})
    silence = AlertSilence.objects.get()
    client.post(url, {"again": silence.pk})
    assert not AlertSilence.objects.exists()


def test_a_silence_of_somebody_else_is_not_found(client, brand, marketer, person_in):
    other = person_in(Role.LEAD)
    silence = AlertSilence.objects.create(user=other, brand=brand)
    assert client.post(reverse("metrics:silence", args=[brand.slug]), {"again": silence.pk}).status_code == 404


@pytest.mark.parametrize("typed", [{"measure": "nonsense"}, {"channel": "x"}, {"channel": "999999"}])
def test_a_silence_about_nothing_known_is_told(client, brand, marketer, typed):
    assert client.post(reverse("metrics:silence", args=[brand.slug]), typed).status_code == 422


def test_viewers_are_not_told(brand, person_in, wild):
    person_in(Role.VIEWER)
    wild()
    unusual_days.tell_of_days(brand)
    assert Notification.objects.count() == 0


def test_an_unusual_day_is_taken_settled_and_shows_what_was_going_on(client, brand, marketer, wild):
    wild()
    unusual_days.tell_of_days(brand)
    alert = brand.alerts.get()
    url = reverse("metrics:alert", args=[brand.slug, alert.pk])
    html = client.get(url).content.decode()
    assert "Usual on such a weekday: 208 to 592." in html
    assert "At that time" in html
    client.post(reverse("metrics:take_alert", args=[brand.slug, alert.pk]))
    client.post(reverse("metrics:settle_alert", args=[brand.slug, alert.pk]), {"note": "A film went round"})
    alert.refresh_from_db()
    assert (alert.state, alert.note, alert.taken_by) == ("settled", "A film went round", marketer)
    assert "A film went round" in client.get(url).content.decode()


def test_the_list_counts_the_same_for_one_and_three(client, brand, marketer, channel_on, wild, count_queries):
    wild()
    unusual_days.tell_of_days(brand)
    url = reverse("metrics:alerts", args=[brand.slug])
    client.get(url)
    one = count_queries(client, url)
    for slug in ("telegram", "tiktok"):
        wild("views", channel_on(slug))
    unusual_days.tell_of_days(brand)
    assert count_queries(client, url) == one
