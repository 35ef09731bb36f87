"""Whose posts take how many hours in which week, beside the hours that each person has."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncWeek
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Membership, Role, User
from brands.notifications import notification, tell
from brands.versions import EditConflict
from calendar_app.models import Post, PostEvent, Publication, PublicationQuerySet
from calendar_app.moments import span
from strategies.models import StrategyChannel

WEEKS = 8
WEEK = timedelta(days=7)
# From this share of a person's hours on, a week is nearly full.
NEAR = Decimal("0.85")
# More are given away in turns.
MOST_UNOWNED = 200
HOURS = DecimalField(max_digits=7, decimal_places=1)
LOADS = {"ok": (_("fits"), "good"), "near": (_("nearly full"), "warn"), "over": (_("too much"), "bad")}


@dataclass
class Cell:
    """One person's week. Without hours of their own nothing can be said of it but the sum."""

    week: date
    hours: Decimal
    available: Decimal | None

    @property
    def load(self) -> str:
        if not self.available or not self.hours:
            return ""
        return "over" if self.hours > self.available else "near" if self.hours >= NEAR * self.available else "ok"

    @property
    def word(self) -> str | Promise:
        return LOADS[self.load][0] if self.load else ""

    @property
    def tone(self) -> str:
        return LOADS[self.load][1] if self.load else "mut"

    @property
    def percent(self) -> Decimal:
        return 100 * self.hours / self.available if self.available else Decimal(0)


@dataclass
class Row:
    """A person, or (without one) the posts that nobody owns."""

    user: User | None
    available: Decimal | None
    cells: list[Cell]
    has_left: bool = False


def weeks_from(first: date) -> list[date]:
    return [first + WEEK * number for number in range(WEEKS)]


def workload(brand: Brand, first: date) -> list[Row]:
    """The team's rows, then those of people who left and still own posts, then what nobody owns."""
    weeks = weeks_from(first)
    hours = _hours(brand, weeks)
    members = list(brand.memberships.select_related("user").order_by("-role", "user__name", "pk"))
    rows = [
        _row(member.user, member.hours_per_week, weeks, hours)
        for member in members
        if member.may(Role.MARKETER) or member.user_id in hours
    ]
    known = {member.user_id for member in members}
    gone = User.objects.filter(pk__in=[pk for pk in hours if pk and pk not in known]).order_by("name", "pk")
    rows += [_row(user, None, weeks, hours, has_left=True) for user in gone]
    return [*rows, _row(None, None, weeks, hours)]


def unowned(brand: Brand, week: date) -> list[Publication]:
    """The first publication of each of the week's posts that nobody owns; its `channels` are all of the post's in that week."""
    rows = _of_weeks(brand, week, week).filter(post__owner=None).select_related("post__pillar", "channel__platform")
    found: dict[int, Publication] = {}
    for row in rows.order_by("at", "pk")[:MOST_UNOWNED]:
        first = found.setdefault(row.post_id, row)
        first.channels = [*getattr(first, "channels", ()), row.channel]
    return list(found.values())


def assign(brand: Brand, chosen: Mapping[int, int], owner: User, membership: Membership) -> int:
    """Give the posts (key → version that was seen) to a member. How many; raises EditConflict where one was changed meanwhile."""
    posts = list(brand.posts.filter(pk__in=chosen).order_by("pk"))
    if len(posts) != len(chosen):
        raise EditConflict
    with transaction.atomic():
        for post in posts:
            post.owner = owner
            post.save_version(chosen[post.pk])
        PostEvent.objects.bulk_create(
            PostEvent(post=post, actor=membership.user, verb="assign", note=str(owner)) for post in posts
        )
        if owner != membership.user:
            tell([_given(brand, post, owner, membership.user) for post in posts])
    return len(posts)


def _given(brand: Brand, post: Post, owner: User, by: User):
    post.brand = brand
    key = f"post_assigned:{post.pk}:{post.version}"
    return notification(owner, brand, "post_assigned", key, post.get_absolute_url(), {"by": str(by), "title": post.title})


def _row(user: User | None, available: Decimal | None, weeks: list[date], hours: dict, *, has_left: bool = False) -> Row:
    by_week = hours.get(user.pk if user else None, {})
    return Row(user, available, [Cell(week, by_week.get(week, Decimal(0)), available) for week in weeks], has_left)


def _of_weeks(brand: Brand, first: date, last: date) -> PublicationQuerySet:
    """What was planned here for the weeks that begin between these Mondays."""
    start, end = span(first, last + timedelta(days=6), brand.zone)
    return brand.publications.between(start, end).standing().exclude(origin=Publication.Origin.IMPORT)


def _hours(brand: Brand, weeks: list[date]) -> dict[int | None, dict[date, Decimal]]:
    """One grouped query. A post's own hours count once, in the week in which it first goes out; else each channel's count."""
    before = Publication.objects.filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")), post=OuterRef("post")
    )
    of_channel = StrategyChannel.objects.filter(strategy=OuterRef("post__strategy"), channel=OuterRef("channel"))
    hours = Case(
        When(Q(post__hours__isnull=False) & Exists(before.standing()), then=Value(Decimal(0))),
        When(post__hours__isnull=False, then=F("post__hours")),
        default=Coalesce(Subquery(of_channel.values("hours_per_post")[:1]), Value(Decimal(1))),
        output_field=HOURS,
    )
    rows = _of_weeks(brand, weeks[0], weeks[-1]).annotate(week=TruncWeek("at", tzinfo=brand.zone), hours=hours)
    found: dict[int | None, dict[date, Decimal]] = defaultdict(dict)
    for owner, week, total in rows.order_by().values_list("post__owner", "week").annotate(total=Sum("hours")):
        found[owner][week.date()] = total
    return found
