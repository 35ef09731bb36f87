"""What a person says of a mention, key by key: declared once, and done to one or to many at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand, User
from brands.notifications import notification, tell
from metrics.figure_turns import take_turn
from metrics.mention_feeds import marketers
from metrics.mention_figures import settle
from metrics.models import Mention

Sentiment = Mention.Sentiment
MOST_AT_ONCE = 200
KEPT = "mentions_before"
_STATE = ("rival", "sentiment", "is_issue", "resolved_at", "resolved_by_id", "is_irrelevant", "classified_at", "classified_by_id")


@dataclass(frozen=True)
class Act:
    """A button of a mention, and its key. Pressing it where it holds already takes it back."""

    name: str
    key: str
    label: str | Promise
    icon: str
    change: Callable[[Mention, Saying], None]
    holds: Callable[[Mention], bool]

    @property
    def is_tone(self) -> bool:
        return self.name in Sentiment.values


@dataclass(frozen=True)
class Saying:
    """Who says it, when, and of which rival."""

    by: User
    at: datetime
    rival: str = ""
    holds: bool = False


def _own(row: Mention, said: Saying) -> None:
    row.rival, row.is_irrelevant = "", False


def _rival(row: Mention, said: Saying) -> None:
    row.rival, row.is_irrelevant = said.rival or row.rival, False
    row.is_issue, row.resolved_at, row.resolved_by = False, None, None


def _tone(tone: Sentiment) -> Callable[[Mention, Saying], None]:
    def change(row: Mention, said: Saying) -> None:
        row.sentiment, row.is_irrelevant = "" if said.holds else tone, False

    return change


def _issue(row: Mention, said: Saying) -> None:
    row.is_issue, row.is_irrelevant, row.rival = not said.holds, False, ""
    if said.holds:
        row.resolved_at, row.resolved_by = None, None


def _resolved(row: Mention, said: Saying) -> None:
    row.is_issue, row.is_irrelevant, row.rival = True, False, ""
    row.resolved_at, row.resolved_by = (None, None) if said.holds else (said.at, said.by)


def _irrelevant(row: Mention, said: Saying) -> None:
    row.is_irrelevant = not said.holds


def _counts(row: Mention) -> bool:
    return row.classified_at is not None and not row.is_irrelevant


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "own",
            "o",
            pgettext_lazy("a mention is about", "Us"),
            "building-store",
            _own,
            lambda row: _counts(row) and not row.rival,
        ),
        Act(
            "rival",
            "r",
            pgettext_lazy("a mention is about", "Rival"),
            "users",
            _rival,
            lambda row: _counts(row) and bool(row.rival),
        ),
        Act("positive", "+", _("Positive"), "mood-smile", _tone(Sentiment.POSITIVE), lambda row: row.sentiment == "positive"),
        Act("neutral", "0", _("Neutral"), "minus", _tone(Sentiment.NEUTRAL), lambda row: row.sentiment == "neutral"),
        Act("negative", "-", _("Negative"), "mood-sad", _tone(Sentiment.NEGATIVE), lambda row: row.sentiment == "negative"),
        Act("issue", "i", _("Issue"), "alert-triangle", _issue, lambda row: row.is_issue),
        Act("resolved", "d", _("Resolved"), "circle-check", _resolved, lambda row: row.resolved_at is not None),
        Act("irrelevant", "x", _("Off topic"), "ban", _irrelevant, lambda row: row.is_irrelevant),
    )
}


@dataclass
class Outcome:
    """What became of it: rows that changed, those somebody else changed first, those it cannot be said of."""

    changed: list[Mention] = field(default_factory=list)
    outdated: list[Mention] = field(default_factory=list)
    impossible: list[Mention] = field(default_factory=list)
    before: list[dict[str, object]] = field(default_factory=list)


def say(brand: Brand, by: User, act: Act, seen: Mapping[int, int], rival: str = "") -> Outcome:
    """Do it to the mentions that nobody changed since they were seen; figures follow in the same transaction."""
    outcome, at = Outcome(), timezone.now()
    with transaction.atomic():
        # As counting does it afterwards: two people at once, or one and a file, cannot wait for each other.
        take_turn(brand)
        for row in brand.mentions.select_related("feed").filter(pk__in=list(seen)[:MOST_AT_ONCE]):
            name = rival or row.rival or (row.feed.rival if row.feed else "")
            if row.version != seen[row.pk]:
                outcome.outdated.append(row)
            elif act.name == "rival" and not name:
                outcome.impossible.append(row)
            else:
                _do(row, act, Saying(by, at, name[:120], act.holds(row)), outcome)
        if outcome.changed:
            Mention.objects.bulk_update(outcome.changed, [*_STATE, "version"], batch_size=100)
        settle(brand, {row.day for row in outcome.changed})
        _tell(brand, by, act, outcome.changed)
    return outcome


def _do(row: Mention, act: Act, said: Saying, outcome: Outcome) -> None:
    outcome.before.append(
        {"pk": row.pk, "version": row.version + 1, "state": {name: _plain(getattr(row, name)) for name in _STATE}}
    )
    act.change(row, said)
    row.classified_at, row.classified_by = said.at, said.by
    row.version += 1
    outcome.changed.append(row)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _tell(brand: Brand, by: User, act: Act, rows: Iterable[Mention]) -> None:
    """What should not wait is said to the others: an issue, or a bad word. Once each, whatever is pressed later."""
    kinds = {"issue": "mention_issue", "negative": "mention_negative"}
    waiting = [row for row in rows if act.name in kinds and act.holds(row)]
    if not waiting:
        return
    url = reverse("metrics:mentions", args=[brand.slug])
    tell(
        notification(
            user, brand, kinds[act.name], f"{kinds[act.name]}:{row.pk}", f"{url}?show=all&mention={row.pk}",
            {"title": row.title[:120], "site": row.site[:80]},
        )
        for row in waiting
        for user in marketers(brand)
        if user != by
    )  # fmt: skip


# --- taking it back


def keep_for_undo(request: HttpRequest, brand: Brand, outcome: Outcome) -> None:
    if outcome.before:
        request.session[KEPT] = {"brand": brand.pk, "rows": outcome.before}


def take_back(request: HttpRequest, brand: Brand) -> list[Mention]:
    """Put the last ones back as they were, but for those that were changed since."""
    kept = request.session.get(KEPT)
    if not kept or kept["brand"] != brand.pk:
        return []
    del request.session[KEPT]
    before = {entry["pk"]: entry for entry in kept["rows"]}
    with transaction.atomic():
        take_turn(brand)
        rows = [row for row in brand.mentions.filter(pk__in=before) if row.version == before[row.pk]["version"]]
        for row in rows:
            for name, value in before[row.pk]["state"].items():
                setattr(row, name, parse_datetime(value) if value and name.endswith("_at") else value)
            row.version += 1
        if rows:
            Mention.objects.bulk_update(rows, [*_STATE, "version"], batch_size=100)
        settle(brand, {row.day for row in rows})
    return rows
