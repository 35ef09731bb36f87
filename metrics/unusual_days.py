"""Channels' days that fell out of their rhythm: written down once, told to whoever wants to hear of them.

Safe to run twice, at the same time and killed: the table holds one alert per channel and day, a notification goes out once
per key, and both are written in one transaction.
"""

import logging
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand, Channel, Role, User
from brands.notifications import in_each_language, notify
from metrics.alert_words import title_of
from metrics.insight import reading
from metrics.insight.anomalies import Unusual
from metrics.insight.causes import Cause, causes
from metrics.insight.of_days import unusual
from metrics.models import Alert, AlertSilence, Observation
from metrics.periods import DAY, Span, last_days

log = logging.getLogger(__name__)

# How many days back a figure that came late is still worth telling.
DAYS_BACK = 7
PLACES = Decimal("0.0001")
BIGGEST_VALUE = 1e19


def tell_everywhere() -> int:
    """Look at the newest days of every brand that has figures of them; how many alerts are new."""
    # A day more on each side: brands sit in zones ahead of and behind this machine's.
    since = timezone.now().date() - timedelta(days=DAYS_BACK + 1)
    newest = Observation.objects.filter(brand=OuterRef("pk"), channel__isnull=False, publication=None, start__gte=since)
    brands = Brand.objects.filter(Exists(newest)).order_by("pk")
    return sum(_one_after_another(brand) for brand in brands)


def _one_after_another(brand: Brand) -> int:
    """What goes wrong with one brand is written down, and the others are still looked after."""
    try:
        return tell_of_days(brand)
    except Exception:
        log.exception("The days of brand %s could not be looked at", brand.pk)
        return 0


def tell_of_days(brand: Brand) -> int:
    """Write down the unusual ones among the last days that are over; how many are new."""
    span = last_days(DAYS_BACK, brand.today())
    found = unusual(reading.daily(brand, reading.watched_span(span), reading.WATCHED), span)
    channels = {channel.pk: channel for channel in brand.channels.select_related("platform")}
    return _write(brand, [_alert(brand, channels[channel], day, figures) for (channel, day), figures in sorted(found.items())
                          if figures[0][1].value < BIGGEST_VALUE])  # fmt: skip


def _alert(brand: Brand, channel: Channel, day: date, figures: list[tuple[str, Unusual]]) -> Alert:
    (measure, most), *others = figures
    value, low, high = _numbers(most)
    return Alert(
        brand=brand, channel=channel, measure=measure, start=day, end=day, value=value, usual_low=low, usual_high=high,
        bound=low if most.is_below else high, is_below=most.is_below,
        also=[[name, *map(str, _numbers(one))] for name, one in others],
    )  # fmt: skip


def _numbers(one: Unusual) -> tuple[Decimal, Decimal, Decimal]:
    value, low, high = (Decimal(repr(part)).quantize(PLACES) for part in (one.value, one.usual.low, one.usual.high))
    return value, low, high


def _write(brand: Brand, found: list[Alert]) -> int:
    if not found:
        return 0
    channels = {alert.channel_id: alert.channel for alert in found}
    of_days = brand.alerts.filter(item=None, start__in={alert.start for alert in found})
    with transaction.atomic():
        before = set(of_days.values_list("channel", "start"))
        fresh = [alert for alert in found if (alert.channel_id, alert.start) not in before]
        # Another worker may have written the same meanwhile; whoever comes second changes nothing.
        Alert.objects.bulk_create(fresh, ignore_conflicts=True)
        keys = {(alert.channel_id, alert.start) for alert in fresh}
        stored = [alert for alert in of_days if (alert.channel_id, alert.start) in keys]
        for alert in stored:
            alert.brand, alert.channel = brand, channels[alert.channel_id]
        _tell(brand, stored)
    return len(stored)


def _tell(brand: Brand, alerts: list[Alert]) -> None:
    if not alerts:
        return
    silences = list(brand.alert_silences.all())
    people = [one.user for one in brand.memberships.select_related("user") if one.may(Role.MARKETER)]
    for alert in alerts:
        url = reverse("metrics:alert", args=[brand.slug, alert.pk])
        title = in_each_language(partial(title_of, alert))
        for user in people:
            if not _is_silent(alert, [one for one in silences if one.user_id == user.pk]):
                notify(user, brand, "unusual_day", f"unusual-day-{alert.pk}", url, {"title": title})


def _is_silent(alert: Alert, silences: list[AlertSilence]) -> bool:
    """Whether none of the day's figures is one that the person wants to hear of."""
    measures = [alert.measure, *(name for name, *_figures in alert.also)]
    return all(any(one.covers(alert.channel_id, measure) for one in silences) for measure in measures)


def silence(user: User, brand: Brand, channel: Channel | None, measure: str) -> None:
    """From now on the user hears nothing of such days; saying it twice is saying it once."""
    AlertSilence.objects.bulk_create(
        [AlertSilence(user=user, brand=brand, channel=channel, measure=measure)], ignore_conflicts=True
    )


def causes_of(alert: Alert) -> list[Cause]:
    """What was going on on the day of an alert."""
    key = alert.channel_id, alert.start
    days = Span(alert.start - DAY, alert.start)
    known = alert.brand.observations.filter(
        channel=alert.channel, publication=None, start__gte=days.start, start__lte=days.end, end=F("start")
    )
    return causes(alert.brand, [key], {alert.channel_id: set(known.values_list("start", flat=True))}).get(key, [])
