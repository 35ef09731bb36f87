"""What the desk counts becomes figures of days; what people and files recorded wins, and comes through unharmed."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from metrics import imports
from metrics.imports import undo as undo_import
from metrics.mention_figures import MEASURES, counted, settle, settle_between, standings
from metrics.models import Mention, Observation, StalePeriod
from metrics.periods import Span
from metrics.tests.mentioning import feed_in, mention_in
from metrics.totals import Scope, totals_of

DAY = date(2026, 11, 20)
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))

pytestmark = pytest.mark.django_db


def desk(brand, day: date = DAY) -> dict[str, int]:
    rows = brand.observations.filter(from_mentions=True, start=day, end=day)
    return {row.measure + (f":{row.subject}" if row.subject else ""): int(row.value) for row in rows}


def november(brand, measure: str):
    return totals_of(brand, [NOVEMBER], [Scope()])[Scope(), NOVEMBER].value(measure)


def test_what_was_looked_at_becomes_figures_of_its_day(brand):
    feed_in(brand, "Ipak", rival="Ipak Uyi")
    mention_in(brand, sentiment="positive")
    mention_in(brand, sentiment="negative", is_issue=True, resolved_at=timezone.now())
    mention_in(brand, is_issue=True)
    mention_in(brand, rival="Baxmal")
    mention_in(brand, is_irrelevant=True)
    mention_in(brand, seen=False)
    settle(brand, [DAY])
    assert desk(brand) == {
        "brand_mentions": 3, "competitor_mentions:Baxmal": 1, "competitor_mentions:Ipak Uyi": 0,
        "positive_mentions": 1, "neutral_mentions": 0, "negative_mentions": 1, "issues_total": 2, "issues_resolved": 1,
    }  # fmt: skip
    totals = totals_of(brand, [NOVEMBER], [Scope()])[Scope(), NOVEMBER]
    assert totals.result("share_of_voice").exact == 75
    assert totals.result("issue_resolution_rate").exact == 50


def test_a_day_that_nobody_looked_at_has_no_figures_and_no_zeros(brand):
    feed_in(brand)
    mention_in(brand, seen=False)
    settle(brand, [DAY])
    assert desk(brand) == {}
    assert november(brand, "brand_mentions") is None


def test_a_zero_is_said_only_of_whom_somebody_watched_by_then(brand):
    feed_in(brand, "Ipak", rival="Ipak Uyi", since="2026-11-21")
    mention_in(brand)
    settle(brand, [DAY])
    assert desk(brand) == {"brand_mentions": 1}


def test_counting_again_changes_nothing_and_marks_nothing(brand):
    mention_in(brand)
    settle(brand, [DAY])
    before = list(brand.observations.values_list("pk", flat=True))
    StalePeriod.objects.all().delete()
    settle(brand, [DAY])
    settle_between(brand, DAY, DAY)
    assert list(brand.observations.values_list("pk", flat=True)) == before
    assert not StalePeriod.objects.exists()


def test_a_change_is_marked_for_its_days_only(brand):
    mention_in(brand)
    mention_in(brand, "2026-11-21")
    mention_in(brand, "2026-11-25")
    settle(brand, [DAY, date(2026, 11, 21), date(2026, 11, 25)])
    marks = StalePeriod.objects.values_list("channel", "start", "end")
    assert set(marks) == {(None, DAY, date(2026, 11, 21)), (None, date(2026, 11, 25), date(2026, 11, 25))}


def test_what_is_no_longer_counted_leaves(brand):
    row = mention_in(brand)
    settle(brand, [DAY])
    Mention.objects.filter(pk=row.pk).update(is_irrelevant=True)
    settle(brand, [DAY])
    assert desk(brand) == {}


@pytest.mark.parametrize(
    ("recorded", "left"),
    [
        ({"measure": "brand_mentions"}, {"competitor_mentions:Baxmal", "positive", "neutral", "negative", "issues", "resolved"}),
        (
            {"measure": "competitor_mentions", "subject": "Baxmal"},
            {"brand", "positive", "neutral", "negative", "issues", "resolved"},
        ),
        ({"measure": "competitor_mentions"}, {"brand", "positive", "neutral", "negative", "issues", "resolved"}),
        ({"measure": "neutral_mentions"}, {"brand", "competitor_mentions:Baxmal", "issues", "resolved"}),
        ({"measure": "issues_total"}, {"brand", "competitor_mentions:Baxmal", "positive", "neutral", "negative"}),
        ({"measure": "leads"}, {"brand", "competitor_mentions:Baxmal", "positive", "neutral", "negative", "issues", "resolved"}),
    ],
)
@pytest.mark.parametrize("days", [(DAY, DAY), (date(2026, 11, 16), date(2026, 11, 22))])
def test_what_somebody_recorded_for_the_day_wins_with_all_that_belongs_to_it(brand, record, recorded, left, days):
    names = {
        "brand": "brand_mentions", "positive": "positive_mentions", "neutral": "neutral_mentions", "negative": "negative_mentions",
        "issues": "issues_total", "resolved": "issues_resolved",
    }  # fmt: skip
    mention_in(brand, sentiment="negative", is_issue=True)
    mention_in(brand, rival="Baxmal")
    mine = record(recorded["measure"], days[0].isoformat(), 9, end=days[1].isoformat(), subject=recorded.get("subject", ""))
    settle(brand, [DAY])
    assert set(desk(brand)) == {names.get(name, name) for name in left}
    mine.refresh_from_db()
    assert (mine.value, mine.from_mentions) == (9, False)


def test_a_week_by_hand_counts_between_days_from_the_desk(brand, record):
    """The desk's days before and after it do not push it out of the month."""
    record("brand_mentions", "2026-11-09", 30, end="2026-11-15")
    for day in ("2026-11-02", "2026-11-10", "2026-11-20"):
        mention_in(brand, day)
    settle_between(brand, NOVEMBER.start, NOVEMBER.end)
    assert november(brand, "brand_mentions") == 32


def test_rivals_that_are_written_down_as_one_are_counted_as_one(brand, record):
    for day in ("2026-11-20", "2026-11-21"):
        mention_in(brand, day, rival="Baxmal")
    mention_in(brand, rival="Ipak")
    settle_between(brand, NOVEMBER.start, NOVEMBER.end)
    assert desk(brand) == {"competitor_mentions:Baxmal": 1, "competitor_mentions:Ipak": 1}
    mine = record("competitor_mentions", "2026-10-01", 40, end="2026-10-31")
    settle_between(brand, mine.start, mine.end)
    assert desk(brand) == {"competitor_mentions": 2}
    both = Span(date(2026, 10, 1), date(2026, 11, 30))
    assert totals_of(brand, [both], [Scope()])[Scope(), both].value("competitor_mentions") == 43
    mine.delete()
    settle_between(brand, mine.start, mine.end)
    assert desk(brand) == {"competitor_mentions:Baxmal": 1, "competitor_mentions:Ipak": 1}


def test_figures_of_a_channel_are_not_hidden_by_the_desk(brand, record, instagram):
    mention_in(brand, is_issue=True)
    record("issues_total", "2026-11-02", 7, channel=instagram)
    record("issues_resolved", "2026-11-02", 5, channel=instagram)
    settle(brand, [DAY])
    assert desk(brand) == {"brand_mentions": 1}
    assert november(brand, "issues_total") == 7


def type_in(client, **typed):
    typed = {"measure": "brand_mentions", "value": "50", "start": "2026-11-20", "end": "2026-11-20", **typed}
    return client.post(reverse("metrics:record", args=["atlas"]), typed, follow=True)


def test_a_person_records_over_the_desk_and_takes_it_back(client, marketer, brand):
    mention_in(brand, sentiment="positive")
    settle(brand, [DAY])
    type_in(client)
    mine = brand.observations.get(measure="brand_mentions")
    assert (mine.value, mine.from_mentions, mine.recorded_by) == (50, False, marketer)
    client.post(reverse("metrics:delete_figure", args=["atlas", mine.pk]))
    assert desk(brand)["brand_mentions"] == 1
    client.post(reverse("metrics:restore", args=["atlas"]))
    back = brand.observations.get(measure="brand_mentions")
    assert (back.value, back.from_mentions) == (50, False)


def test_the_desks_figures_are_not_shown_as_recorded_by_hand(client, marketer, brand):
    mention_in(brand)
    settle(brand, [DAY])
    page = client.get(reverse("metrics:record", args=["atlas"]))
    assert not page.context["page"].object_list
    row = brand.observations.get()
    assert client.post(reverse("metrics:delete_figure", args=["atlas", row.pk])).status_code == 404


def test_a_file_wins_over_the_desk_until_it_is_undone(brand):
    for day in ("2026-11-20", "2026-11-21"):
        mention_in(brand, day, sentiment="neutral")
    settle_between(brand, NOVEMBER.start, NOVEMBER.end)
    table = b"date,brand_mentions\n2026-11-20,70\n"
    import_, _new = imports.receive(brand, None, ContentFile(table, name="m.csv"), channels={"": "brand"})
    imports.check(import_.pk)
    import_.refresh_from_db()
    assert imports.queue(import_), (import_.refusal, import_.summary)
    imports.apply(import_.pk)
    import_.refresh_from_db()
    assert import_.status == "applied"
    row = brand.observations.get(measure="brand_mentions", start=DAY)
    assert (row.value, row.source, row.from_mentions) == (70, import_, False)
    assert desk(brand, date(2026, 11, 21))["brand_mentions"] == 1
    assert not import_.summary["replaced"], "what is counted anew is no loss"
    Mention.objects.filter(day=DAY).update(sentiment="positive")
    undo_import.begin(import_)
    undo_import.take_back(import_.pk)
    assert desk(brand) == {"brand_mentions": 1, "positive_mentions": 1, "neutral_mentions": 0, "negative_mentions": 0}


def test_what_counts_instead_is_said(brand, record):
    mention_in(brand)
    mention_in(brand, "2026-11-25")
    record("brand_mentions", "2026-11-20", 9)
    settle_between(brand, NOVEMBER.start, NOVEMBER.end)
    (row,) = standings(brand, NOVEMBER)
    assert (row.measure, row.value, row.days_taken) == ("brand_mentions", 2, 1)


def test_random_changes_end_as_counting_everything_afresh_does(brand, record, instagram):
    chance = random.Random(7)
    days = [DAY + timedelta(number) for number in range(6)]
    rows = [mention_in(brand, chance.choice(days).isoformat(), seen=False) for _ in range(30)]
    recorded: list[Observation] = []
    for _step in range(120):
        if chance.random() < 0.7:
            row = chance.choice(rows)
            rival = chance.choice(["", "", "Ipak", "Baxmal"])
            Mention.objects.filter(pk=row.pk).update(
                classified_at=timezone.now(), rival=rival, sentiment=chance.choice(["", "positive", "negative"]),
                is_issue=not rival and chance.random() < 0.3, is_irrelevant=chance.random() < 0.2, resolved_at=None,
            )  # fmt: skip
            settle(brand, [row.day])
        elif recorded and chance.random() < 0.5:
            gone = recorded.pop(chance.randrange(len(recorded)))
            gone.delete()
            settle_between(brand, gone.start, gone.end)
        else:
            measure, start = chance.choice(MEASURES), chance.choice(days)
            key = {"measure": measure, "start": start, "end": start + timedelta(chance.choice([0, 2]))}
            key |= {"channel": chance.choice([None, None, instagram]), "subject": ""}
            found, new = Observation.objects.update_or_create(
                brand=brand, **key, defaults={"value": Decimal(5), "from_mentions": False}
            )
            recorded += [found] if new or found not in recorded else []
            settle_between(brand, found.start, found.end)
    stored = set(brand.observations.filter(from_mentions=True).values_list("start", "measure", "subject", "value"))
    brand.observations.filter(from_mentions=True).delete()
    settle(brand, set(Mention.objects.values_list("day", flat=True)))
    assert stored == set(brand.observations.filter(from_mentions=True).values_list("start", "measure", "subject", "value"))
    assert counted(brand, days)


def test_the_number_of_queries_does_not_grow_with_days_and_mentions(brand):
    def asked(first, last):
        days = [DAY + timedelta(number) for number in range(first, last)]
        for number, day in enumerate([*days, *days]):
            mention_in(brand, day.isoformat(), rival="Ipak" if number % 3 else "")
        with CaptureQueriesContext(connection) as queries:
            settle(brand, days)
        return len(queries)

    assert asked(0, 2) == asked(2, 32) <= 15


@pytest.mark.parametrize(
    "wrong",
    [
        {"rival": "Ipak", "is_issue": True},
        {"resolved_at": timezone.now()},
        {"seen": False, "sentiment": "positive"},
        {"sentiment": "angry"},
    ],
)
def test_the_database_refuses_what_cannot_be(brand, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        mention_in(brand, **wrong)


def test_a_figure_of_the_desk_is_nobody_elses(brand, marketer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(
            brand=brand, measure="brand_mentions", start=DAY, end=DAY, value=1, from_mentions=True, recorded_by=marketer
        )
