"""What people found in mentions, as figures of the brand by day; they are counted again whenever a finding changes.

What a person recorded or a file brought wins. Where a figure of the same kind stands for a day (or for a span that the day
lies in, for the brand or one of its channels), the desk's own count of that day steps aside, and comes back when that figure
goes. The three tones belong together, and so do issues and those of them that were resolved: a ratio of two ways of counting
would say nothing. An issue counts as resolved on the day it was raised, so that no period has more resolved than raised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from brands.models import Brand
from metrics.bulk import Target, put
from metrics.figure_turns import take_turn
from metrics.models import Mention, Observation
from metrics.periods import Span, joined, month_of
from metrics.recompute import mark_stale

OWN, RIVALS = "brand_mentions", "competitor_mentions"
TONES = ("positive_mentions", "neutral_mentions", "negative_mentions")
ISSUES = ("issues_total", "issues_resolved")
MEASURES = (OWN, RIVALS, *TONES, *ISSUES)
# Counted in one way or in the other, never half and half.
TOGETHER: dict[str, tuple[str, ...]] = {name: (name,) for name in (OWN, RIVALS)} | {
    name: group for group in (TONES, ISSUES) for name in group
}

_FIELDS = ("brand", "subject", "measure", "start", "end", "value", "currency", "from_mentions")
_TARGET = Target(Observation, _FIELDS, "one_figure_per_brand_subject_measure_and_span")
_COUNTED = Q(classified_at__isnull=False, is_irrelevant=False)

Key = tuple[date, str, str]
"""Day, measure, subject."""


def settle(brand: Brand, days: Iterable[date]) -> None:
    """Bring the desk's figures of these days up to date; days without a change are left as they are."""
    days = set(days)
    if not days:
        return
    with transaction.atomic():
        # Two people who look at mentions of the same day count one after the other.
        take_turn(brand)
        wanted = _wanted(brand, days)
        stored = {
            (row.start, row.measure, row.subject): row
            for row in Observation.objects.filter(brand=brand, from_mentions=True, start__in=days)
        }
        gone = [row.pk for key, row in stored.items() if wanted.get(key) != row.value]
        new = {key: value for key, value in wanted.items() if key not in stored or stored[key].value != value}
        Observation.objects.filter(pk__in=gone).delete()
        # What somebody records at this very moment is theirs.
        put(_TARGET, (_row(brand, key, value) for key, value in new.items()), replace=False)
        changed = {day for day, _measure, _subject in new} | {row.start for row in stored.values() if row.pk in gone}
        for span in joined(Span(day, day) for day in changed):
            mark_stale(brand, None, span.start, span.end, carries=False)


def settle_between(brand: Brand, first: date, last: date) -> None:
    """After something was recorded, replaced or taken away between these days."""
    first, last = month_of(first).start, month_of(last).end
    within = {"brand": brand, "day__gte": first, "day__lte": last}
    days = set(Mention.objects.filter(_COUNTED, **within).order_by().values_list("day", flat=True).distinct())
    own = Observation.objects.filter(brand=brand, from_mentions=True)
    rivals = own.filter(measure=RIVALS)
    # Whoever begins to write rivals down as one figure, or no longer does, changes all days.
    otherwise = rivals.exclude(subject="") if _kept_together(brand) else rivals.filter(subject="")
    stored = own.filter(Q(start__range=(first, last)) | Q(pk__in=otherwise.values("pk")))
    settle(brand, days | set(stored.order_by().values_list("start", flat=True).distinct()))


def step_aside(brand: Brand, measures: Iterable[str], first: date, last: date) -> None:
    """Before a file or a person stores figures: the desk's own are in nobody's way, nor taken for somebody's.

    Call it inside the transaction that stores them: until its end nobody counts.
    """
    if concerned := set(MEASURES) & set(measures):
        take_turn(brand)
        Observation.objects.filter(
            brand=brand, from_mentions=True, measure__in=concerned, start__gte=first, start__lte=last
        ).delete()


def _row(brand: Brand, key: Key, value: int) -> tuple[object, ...]:
    day, measure, subject = key
    return (brand.pk, subject, measure, day, day, Decimal(value), "", True)


# --- what the days hold


def _wanted(brand: Brand, days: set[date]) -> dict[Key, int]:
    taken = taken_between(brand, min(days), max(days))
    return {key: value for key, value in counted(brand, days).items() if not taken.covers(*key)}


def counted(brand: Brand, days: Iterable[date]) -> dict[Key, int]:
    """What the desk counts on each day. Where somebody looked, nobody found is a 0; where nobody looked there is nothing."""
    together, watched = _kept_together(brand), _watched(brand)
    found: dict[Key, int] = {}
    for day, counts in _counts(Mention.objects.filter(_COUNTED, brand=brand, day__in=list(days))).items():
        own = counts.get("", Counter())
        rivals = {rival: 0 for rival, since in watched.items() if rival and since <= day}
        rivals |= {rival: count["all"] for rival, count in counts.items() if rival}
        if "" in counts or watched.get("", date.max) <= day:
            found[day, OWN, ""] = own["all"]
        if rivals:
            found |= (
                {(day, RIVALS, ""): sum(rivals.values())} if together else {(day, RIVALS, name): rivals[name] for name in rivals}
            )
        for group in (TONES, ISSUES):
            if any(own[name] for name in group):
                found |= {(day, name, ""): own[name] for name in group}
    return found


def _counts(rows: QuerySet[Mention]) -> dict[date, dict[str, Counter[str]]]:
    """By day and rival: how many in all, of each tone, and of issues."""
    tones = {name: Count("pk", filter=Q(sentiment=name.removesuffix("_mentions"))) for name in TONES}
    issues = {
        "issues_total": Count("pk", filter=Q(is_issue=True)),
        "issues_resolved": Count("pk", filter=Q(resolved_at__isnull=False)),
    }
    found: dict[date, dict[str, Counter[str]]] = defaultdict(dict)
    for row in rows.order_by().values("day", "rival").annotate(all=Count("pk"), **tones, **issues):
        found[row.pop("day")][row.pop("rival")] = Counter(row)
    return found


def _watched(brand: Brand) -> dict[str, date]:
    """Who is watched by a feed, and since when; the brand itself is the empty name."""
    found: dict[str, date] = {}
    for rival, created in brand.mention_feeds.values_list("rival", "created_at"):
        day = created.astimezone(brand.zone).date()
        found[rival] = min(day, found.get(rival, day))
    return found


def _recorded(brand: Brand) -> QuerySet[Observation]:
    return Observation.objects.filter(brand=brand, from_mentions=False, publication=None, campaign=None)


def _kept_together(brand: Brand) -> bool:
    """Whether the brand writes down its rivals' mentions as one figure: then the desk does, too, or the two would not add up."""
    return _recorded(brand).filter(channel=None, measure=RIVALS, subject="").exists()


# --- what others recorded


@dataclass(frozen=True)
class Taken:
    """The days for which a measure (of a subject) was recorded otherwise than at the desk."""

    spans: dict[tuple[str, str], list[Span]]

    def covers(self, day: date, measure: str, subject: str) -> bool:
        names = {(measure, subject), (measure, "")}
        return any(day in span for name in names for span in self.spans.get(name, ()))


def taken_between(brand: Brand, first: date, last: date) -> Taken:
    """What people and files say of these days; a channel's figure stands for its whole months.

    (A brand's own figure hides those of its channels in any period that has both.)
    """
    first, last = month_of(first).start, month_of(last).end
    rows = _recorded(brand).filter(measure__in=MEASURES, start__lte=last, end__gte=first)
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for channel, measure, subject, start, end in rows.order_by().values_list("channel", "measure", "subject", "start", "end"):
        span = Span(month_of(start).start, month_of(end).end) if channel else Span(start, end)
        for name in TOGETHER[measure]:
            spans[name, "" if channel or measure != RIVALS else subject].append(span)
    return Taken({name: joined(found) for name, found in spans.items()})


@dataclass
class Standing:
    """How a measure stands in a period: what the desk found, and on how many days another figure counts instead.

    `desk` is the question to the desk that shows the mentions.
    """

    measure: str
    value: int
    days_taken: int
    desk: str = ""


def standings(brand: Brand, span: Span) -> list[Standing]:
    days = Mention.objects.filter(_COUNTED, brand=brand, day__range=(span.start, span.end)).order_by()
    found = counted(brand, days.values_list("day", flat=True).distinct())
    taken = taken_between(brand, span.start, span.end)
    return [
        Standing(
            measure,
            sum(value for (_day, name, _subject), value in found.items() if name == measure),
            len({day for day, name, subject in found if name == measure and taken.covers(day, name, subject)}),
        )
        for measure in MEASURES
        if any(name == measure for _day, name, _subject in found)
    ]
