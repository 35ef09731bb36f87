"""How a strategy's posts are divided: by format, by journey stage, by attracting or engaging.

Targets are per cents of a dimension; a dimension is either empty or makes exactly 100. What really goes out is counted by
the calendar and compared here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brands.templatetags.ui import number
from strategies.content import ContentFormat, JourneyStage, Purpose
from strategies.models import MixTarget

Dimension = MixTarget.Dimension
WHOLE = 100
# Within so many points of the target, or with fewer posts than this, nothing is worth saying.
NEAR, FEW = 5, 5

KINDS: dict[str, type[models.TextChoices]] = {
    Dimension.FORMAT.value: ContentFormat,
    Dimension.JOURNEY.value: JourneyStage,
    Dimension.PURPOSE.value: Purpose,
}


@dataclass(frozen=True, slots=True)
class Starting:
    """A mix to begin with; `shares` make 100."""

    label: str | Promise
    shares: Mapping[str, int]


_F, _J, _P = ContentFormat, JourneyStage, Purpose
STARTING: dict[str, dict[str, Starting]] = {
    Dimension.FORMAT.value: {
        "pictures": Starting(
            gettext_lazy("Pictures first"), {_F.IMAGE: 30, _F.CAROUSEL: 20, _F.REEL: 25, _F.STORY: 15, _F.UGC: 10}
        ),
        "video": Starting(gettext_lazy("Video first"), {_F.REEL: 40, _F.VIDEO: 20, _F.STORY: 15, _F.IMAGE: 15, _F.UGC: 10}),
        "words": Starting(
            gettext_lazy("Words and links"), {_F.TEXT: 25, _F.CAROUSEL: 20, _F.LINK: 20, _F.VIDEO: 20, _F.IMAGE: 15}
        ),
        "talk": Starting(
            gettext_lazy("Talk with people"), {_F.IMAGE: 25, _F.VIDEO: 20, _F.POLL: 20, _F.UGC: 20, _F.LIVE: 5, _F.TEXT: 10}
        ),
    },
    Dimension.JOURNEY.value: {
        "known": Starting(
            gettext_lazy("Become known"),
            {_J.AWARENESS: 40, _J.CONSIDERATION: 25, _J.CONVERSION: 15, _J.RETENTION: 10, _J.ADVOCACY: 10},
        ),
        "sell": Starting(
            gettext_lazy("Sell this season"),
            {_J.AWARENESS: 25, _J.CONSIDERATION: 25, _J.CONVERSION: 30, _J.RETENTION: 10, _J.ADVOCACY: 10},
        ),
        "keep": Starting(
            gettext_lazy("Keep the customers you have"),
            {_J.AWARENESS: 15, _J.CONSIDERATION: 15, _J.CONVERSION: 15, _J.RETENTION: 30, _J.ADVOCACY: 25},
        ),
    },
    Dimension.PURPOSE.value: {
        "even": Starting(gettext_lazy("Half and half"), {_P.ATTRACT: 50, _P.ENGAGE: 50}),
        "grow": Starting(gettext_lazy("Mostly new people"), {_P.ATTRACT: 65, _P.ENGAGE: 35}),
        "hold": Starting(gettext_lazy("Mostly those who are there"), {_P.ATTRACT: 35, _P.ENGAGE: 65}),
    },
}


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of content: its planned share, and how many posts of the calendar are of it."""

    value: str
    label: str
    target: int | None
    published: int
    planned: int
    published_share: Fraction | None  # per cent of the published posts that say of which kind they are
    planned_share: Fraction | None
    said: str

    @property
    def published_percent(self) -> Decimal | None:
        return _shown(self.published_share)

    @property
    def planned_percent(self) -> Decimal | None:
        return _shown(self.planned_share)

    @property
    def is_off(self) -> bool:
        return self.target is not None and self.published_share is not None and _apart(self.target, self.published_share) > NEAR


def _apart(target: int, actual: Fraction) -> int:
    """How far two shares are from each other, in whole points, as it is told."""
    return round(abs(actual - target))


def _shown(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else Decimal(exact.numerator) / Decimal(exact.denominator)


def targets_of(rows: Iterable[MixTarget], dimension: str) -> dict[str, int]:
    """The planned shares of one dimension by kind; empty unless they make a whole."""
    shares = {row.value: row.share for row in rows if row.dimension == dimension}
    return shares if sum(shares.values()) == WHOLE else {}


def share(count: int, total: int) -> Fraction | None:
    """Per cent, exact; None where there is nothing to be a part of."""
    return Fraction(count * 100, total) if total else None


def compare(
    kinds: Iterable[tuple[str, str]], targets: Mapping[str, int], published: Mapping[str, int], planned: Mapping[str, int]
) -> list[Row]:
    """One row for each kind that is planned or used. Counts of posts by kind in, shares and words out."""
    totals = {name: sum(counts.values()) for name, counts in (("out", published), ("plan", planned))}
    rows = []
    for value, label in kinds:
        out, coming = published.get(value, 0), planned.get(value, 0)
        target = targets.get(value, 0) if targets else None
        if target or out or coming:
            actual = share(out, totals["out"])
            said = difference(target, actual, totals["out"])
            rows.append(Row(value, label, target, out, coming, actual, share(coming, totals["plan"]), said))
    return rows


def difference(target: int | None, actual: Fraction | None, posts: int) -> str:
    """Published against planned, in words. `target` and `actual` in per cent; `posts` is how many were counted."""
    if target is None:
        return ""
    if actual is None or posts < FEW:
        return _("too few posts to say")
    points = _apart(target, actual)
    if points <= NEAR:
        return _("as planned")
    if actual > target:
        said = ngettext("%(points)s point more than planned", "%(points)s points more than planned", points)
    else:
        said = ngettext("%(points)s point less than planned", "%(points)s points less than planned", points)
    return said % {"points": number(points)}
