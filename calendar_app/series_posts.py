"""From a series to drafts on the calendar: first a look, then the writing, as `slots.py` does for an editorial plan.

A day makes one post. What was written by itself stays as it is; a draft that was deleted may be made again. Nothing is
made for the past.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from brands.models import Brand, Channel, User
from calendar_app.models import Post, PostEvent, Publication, Series
from calendar_app.moments import NoSuchTime, moment, moment_or_later, span
from calendar_app.series import Rule

BATCH = 200
# What a post takes over from its series, and takes over anew when the series changes.
TAKEN = ("strategy_id", "goal_id", "pillar_id", "title", "text", "format", "journey_stage", "purpose")


class Outcome:
    """What becomes of one day of a series."""

    NEW, THERE, APART, SKIPPED, PAST, LEFT = "new", "there", "apart", "skipped", "past", "left"


WORDS: dict[str, str | Promise] = {
    Outcome.NEW: gettext_lazy("A draft will be made"),
    Outcome.THERE: gettext_lazy("Made"),
    Outcome.APART: gettext_lazy("Written by itself: changes of the series pass it by"),
    Outcome.SKIPPED: gettext_lazy("Left out"),
    Outcome.PAST: gettext_lazy("Its time has passed"),
    Outcome.LEFT: gettext_lazy("No day of the series any more; the post stays"),
}


@dataclass
class Occasion:
    """One day of a series: its moment in UTC, its post, and what else stands there at that moment."""

    day: date
    at: datetime
    outcome: str
    post: Post | None = None
    post_at: datetime | None = None
    clashes: list[Publication] = field(default_factory=list)
    is_shifted: bool = False  # the clocks jump over its time: it goes out later by as much
    is_twice: bool = False  # the clocks show its time twice: it goes out the first time
    is_ahead: bool = True

    @property
    def is_new(self) -> bool:
        return self.outcome == Outcome.NEW

    @property
    def why(self) -> str:
        return str(WORDS[self.outcome])

    @property
    def is_moved(self) -> bool:
        return self.post is not None and self.post_at != self.at


@dataclass
class Look:
    """A series with all its days."""

    series: Series
    occasions: list[Occasion]

    @property
    def new(self) -> list[Occasion]:
        return [row for row in self.occasions if row.is_new]

    @property
    def clashing(self) -> int:
        return sum(bool(row.clashes) for row in self.new)

    def count(self, *outcomes: str) -> int:
        return sum(row.outcome in outcomes for row in self.occasions)


def rule_of(series: Series) -> Rule:
    return Rule(series.frequency, series.start, series.interval, tuple(series.weekdays), series.until, series.count)


def skipped_days(series: Series) -> set[date]:
    return {date.fromisoformat(day) for day in series.skipped}


def with_moment(series: Series, day: date, outcome: str = Outcome.NEW) -> Occasion:
    zone = series.brand.zone
    try:
        found = moment(day, series.clock, zone)
    except NoSuchTime:
        return Occasion(day, moment_or_later(day, series.clock, zone), outcome, is_shifted=True)
    return Occasion(day, found.at, outcome, is_twice=found.happens_twice)


def look(series: Series) -> Look:
    """Its days with what stands there and what making would do; three queries, however many days there are."""
    days = rule_of(series).days()
    posts = {post.series_day: post for post in series.posts.prefetch_related("publications").order_by("pk")}
    skipped, now = skipped_days(series), timezone.now()
    everything = sorted({*days, *posts})
    standing = _standing(series, everything)
    channels = {channel.pk for channel in series.channels.all()}
    occasions = []
    for day in everything:
        row = with_moment(series, day)
        row.is_ahead = row.at > now
        row.post = posts.get(day)
        row.post_at = min((out.at for out in row.post.publications.all() if out.at), default=None) if row.post else None
        row.outcome = _outcome(row, day in skipped, day in days)
        others = (out for out in standing.get(row.at, ()) if out.channel_id in channels)
        row.clashes = [out for out in others if row.post is None or out.post_id != row.post.pk]
        occasions.append(row)
    return Look(series, occasions)


def _outcome(row: Occasion, is_skipped: bool, is_in_rule: bool) -> str:
    if row.post is not None:
        if not is_in_rule or is_skipped:
            return Outcome.LEFT
        return Outcome.APART if row.post.is_apart else Outcome.THERE
    if is_skipped:
        return Outcome.SKIPPED
    return Outcome.NEW if row.is_ahead else Outcome.PAST


def _standing(series: Series, days: list[date]) -> dict[datetime, list[Publication]]:
    """What stands on the series' channels in these days and is not called off, by its moment."""
    if not days:
        return {}
    start, end = span(days[0], days[-1], series.brand.zone)
    rows = series.brand.publications.standing().filter(channel__series=series).between(start, end)
    found: dict[datetime, list[Publication]] = defaultdict(list)
    for row in rows.select_related("post", "channel__platform"):
        found[row.at].append(row)
    return found


def locked(series: Series) -> Series:
    """The series as it stands, for whoever holds its brand's row: call inside a transaction."""
    brand = Brand.objects.select_for_update(no_key=True).get(pk=series.brand_id)
    series = brand.series.get(pk=series.pk)
    series.brand = brand
    return series


@transaction.atomic
def make(series: Series, by: User) -> Look:
    """Make the drafts that `look` shows, all or none.

    Safe to run twice and from two places at a time: each waits for the brand's row, then looks afresh.
    """
    series = locked(series)
    found = look(series)
    _write(found.new, series, by)
    return found


def _write(occasions: Iterable[Occasion], series: Series, by: User) -> None:
    occasions, channels = list(occasions), list(series.channels.all())
    owner = owner_of(series)
    posts = Post.objects.bulk_create([_draft(row, series, by, owner) for row in occasions], batch_size=BATCH)
    outs = [publication(post, channel, row.at) for post, row in zip(posts, occasions, strict=True) for channel in channels]
    Publication.objects.bulk_create(outs, batch_size=BATCH)
    PostEvent.objects.bulk_create(
        [PostEvent(post=post, actor=by, verb="create", became=post.state) for post in posts], batch_size=BATCH
    )


def publication(post: Post, channel: Channel, at: datetime) -> Publication:
    return Publication(brand=post.brand, post=post, channel=channel, at=at)


def owner_of(series: Series) -> int | None:
    """Whoever left the brand gets no new posts."""
    is_member = series.brand.memberships.filter(user=series.owner_id).exists()
    return series.owner_id if is_member else None


def _draft(row: Occasion, series: Series, by: User, owner: int | None) -> Post:
    taken = {name: getattr(series, name) for name in TAKEN}
    return Post(
        brand=series.brand, kind=Post.Kind.SERIES, owner_id=owner, series=series, series_day=row.day, created_by=by, **taken
    )
