"""What the posts tell: the hours in which they do well, and which kinds of them do better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Brand, Channel
from brands.templatetags import ui
from brands.templatetags.ui import number
from calendar_app.models import Post
from metrics.insight import groups, times
from metrics.insight.reading import POST_DAYS, RIPE_DAYS, PostFigures
from metrics.insight.robust import Declined
from metrics.insight.words import How, hours, listed, posts_counted, rows_url, told, weekday
from metrics.kpi import KPIS
from metrics.periods import Span
from metrics.readings import in_unit

BY_POST = "audience_engagement"
UNIT = KPIS[BY_POST].unit


@dataclass(frozen=True)
class HourRow:
    """One hour of the table: a cell for each weekday, with its words for those who do not see the colour."""

    hour: str
    cells: list[tuple[times.Cell, str, str]]


@dataclass(frozen=True)
class Times:
    """The best time to post."""

    sentence: str
    how: How
    rows: tuple[HourRow, ...] = ()
    is_declined: bool = False

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """Their names and short names, Monday first."""
        return [(str(WEEKDAYS[day]), str(WEEKDAYS_ABBR[day])) for day in range(7)]


def times_of(brand: Brand, posts: Sequence[PostFigures], span: Span, channel: Channel | None = None) -> Times:
    found = times.heat(
        times.Timed(post.channel, post.published_at.weekday(), post.published_at.hour, post.rate) for post in posts
    )
    how = How(
        _("Engagement by views of each post, divided by the median of its channel, so that 1.0 is as usual there. A cell is the "
          "median of its posts, drawn towards 1.0 as if %(usual)s usual posts stood in it: one post that went round does not "
          "rule it. Hours are those of %(zone)s. Paid posts, and those whose figures were taken before their second day, are "
          "left out. A cell needs %(cell)s posts, a channel %(channel)s, the table %(posts)s. Which hour is best may have other "
          "reasons than the hour: what was posted then.")
        % {"usual": times.USUAL_POSTS, "zone": brand.time_zone, "cell": times.FEWEST_IN_CELL,
           "channel": times.FEWEST_ON_CHANNEL, "posts": times.FEWEST_POSTS},
        _facts(posts, span), rows_url(brand, BY_POST, span, channel),
    )  # fmt: skip
    if isinstance(found, Declined):
        return Times(told(found), how, is_declined=True)
    return Times(_best_sentence(found), how, tuple(_hour_row(found, hour) for hour in found.hours))


def _best_sentence(found: times.Heat) -> str:
    if not found.best:
        return _("No hour stands out: whenever you post, it does about as usual.")
    told_times = listed(f"{weekday(day)} {hours(hour)}" for day, hour in found.best)
    return _("Posts did best on %(times)s.") % {"times": told_times}


def _hour_row(found: times.Heat, hour: int) -> HourRow:
    cells = [found.cell(day, hour) for day in range(7)]
    return HourRow(
        hours(hour), [(cell, "" if cell.index is None else number(round(cell.index, 1), 1), _spoken(cell)) for cell in cells]
    )


def _spoken(cell: times.Cell) -> str:
    if cell.index is None:
        return _("too few posts to say: %(count)s") % {"count": cell.posts}
    words = {"index": number(round(cell.index, 1), 1), "posts": posts_counted(cell.posts)}
    return _("%(index)s times the usual, %(posts)s") % words


@dataclass(frozen=True)
class Dimension:
    """A way to divide posts into groups."""

    name: str
    label: str | Promise
    of: Callable[[PostFigures], str]
    word: Callable[[str], str]


def _choice(choices) -> Callable[[str], str]:
    return lambda value: str(choices(value).label) if value in choices.values else value


DIMENSIONS = (
    Dimension("format", gettext_lazy("Format"), lambda post: post.format, _choice(Post.Format)),
    Dimension("pillar", gettext_lazy("Pillar"), lambda post: post.pillar, str),
    Dimension("stage", gettext_lazy("Journey stage"), lambda post: post.journey_stage, _choice(Post.JourneyStage)),
    Dimension("kind", gettext_lazy("Kind of content"), lambda post: post.kind, _choice(Post.Kind)),
)


@dataclass(frozen=True)
class GroupRow:
    label: str
    posts: int
    rate: str
    interval: str
    is_winner: bool


@dataclass(frozen=True)
class Compared:
    """The groups of one dimension, the best first."""

    label: str
    sentence: str
    how: How
    rows: tuple[GroupRow, ...] = ()
    few: str = ""
    is_declined: bool = False


def compared(brand: Brand, posts: Sequence[PostFigures], span: Span, channel: Channel | None = None) -> list[Compared]:
    return [_compared(brand, dimension, posts, span, channel) for dimension in DIMENSIONS]


def _compared(brand: Brand, dimension: Dimension, posts: Sequence[PostFigures], span: Span, channel: Channel | None) -> Compared:
    named = [post for post in posts if dimension.of(post)]
    found = groups.ranking(groups.Sample(dimension.of(post), post.acts, post.seen) for post in named)
    how = How(
        _("All interactions of a group divided by all its views. The interval holds the true rate in 90 of 100 cases: the "
          "standard error of a ratio of two sums over posts, times Student’s t. A group needs %(posts)s posts. One is called "
          "better only where its interval overlaps with no other. Paid posts, and posts of which nobody said what they are, are "
          "left out. Channels are mixed: choose one to compare like with like.") % {"posts": groups.FEWEST_IN_GROUP},
        _facts(named, span), rows_url(brand, BY_POST, span, channel),
    )  # fmt: skip
    label = str(dimension.label)
    if isinstance(found, Declined):
        return Compared(label, told(found), how, is_declined=True)
    winner = found.winner
    rows = tuple(
        GroupRow(dimension.word(str(group.name)), group.posts, in_unit(group.rate, UNIT), _range(group), group is winner)
        for group in found.groups
    )
    sentence = (
        _("“%(group)s” does clearly better than the others.") % {"group": rows[0].label}
        if winner
        else _("No clear difference: the best interval overlaps with another.")
    )
    few = listed(f"{dimension.word(str(name))} ({count})" for name, count in found.few)
    return Compared(label, sentence, how, rows, few)


def _range(group: groups.Group) -> str:
    low, high = (number(round(edge, 2), 2) for edge in (group.interval.low, group.interval.high))
    return f"{low}–{high}"


def _facts(posts: Sequence[PostFigures], span: Span) -> tuple[tuple[str, str], ...]:
    days = ui.span(span.start, span.end)
    return (
        (_("Posts went out"), _("%(days)s (at least %(number)s days)") % {"days": days, "number": POST_DAYS}),
        (_("Sample"), posts_counted(len(posts))),
        (_("Figures"), _("the newest of each post, %(days)s days old or more") % {"days": RIPE_DAYS}),
    )
