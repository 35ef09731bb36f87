"""What the rules say of a strategy's channels: rows in, facts out. The pages and the health check put them into words.

Everything here reads prefetched rows only: `strategy_channels` with channel and platform, and `mix_targets`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from brands.models import Channel, Membership
from brands.models.channels import ChannelKind, PageCategory
from strategies import capability, platform_fit
from strategies.models import MixTarget, PilotVerdict, Strategy, StrategyChannel

AT_THE_LIMIT, TOO_MANY = "limit", "over"


def category_of(channel: Channel) -> str:
    return channel.platform.category_current or channel.platform.category_seed


def is_private_profile(channel: Channel) -> bool:
    """PAGE-01: a personal profile where companies have pages of their own."""
    return category_of(channel) == PageCategory.PAGE_AND_PROFILE and channel.kind == ChannelKind.PROFILE


def is_for_private_people(channel: Channel) -> bool:
    """PAGE-02: the network knows no company profiles."""
    return category_of(channel) == PageCategory.NO_COMPANY_PROFILE


def page_count(count: int, most: int = platform_fit.COMFORTABLE) -> str:
    """PAGE-03: "limit" at as many channels as a team can carry, "over" beyond, else nothing."""
    return TOO_MANY if count > most else AT_THE_LIMIT if count == most else ""


def active_rows(rows: Iterable[StrategyChannel]) -> list[StrategyChannel]:
    return [row for row in rows if row.channel.is_active]


def team_of(members: Iterable[Membership]) -> capability.Team:
    members = list(members)
    hours = sum((Fraction(member.hours_per_week) for member in members), Fraction(0))
    skills = frozenset(skill for member in members for skill in member.skills)
    # Nobody said anything: that is not the same as nothing.
    return capability.Team(hours or None, skills or None)


def planned_forms(strategy: Strategy) -> dict[str, int]:
    """Form -> its share of the posts, where the content mix names any."""
    targets = strategy.mix_targets.all()
    return {row.value: row.share for row in targets if row.dimension == MixTarget.Dimension.FORMAT and row.share}


def skills_suggested(channel: Channel, planned: Iterable[str]) -> list[str]:
    platform = channel.platform
    forms = platform_fit.forms_of(platform.formats, links=platform.links_in_text)
    return list(capability.suggested_skills(forms, set(planned), lives_on_video=platform.needs_video))


def need_of(row: StrategyChannel, planned: Iterable[str] = ()) -> capability.Need:
    """`planned`: the forms that the strategy plans, for rows that do not say which skills they need."""
    return capability.Need(
        posts=Fraction(row.posts_per_week or 0),
        hours_per_post=Fraction(row.hours_per_post or 0),
        community=Fraction(row.community_hours or 0),
        kept=None if row.hours_available is None else Fraction(row.hours_available),
        skills=frozenset(row.needed_skills or skills_suggested(row.channel, planned)),
        lives_on_video=row.channel.platform.needs_video,
        source=row.content_source,
    )


def hours_of(row: StrategyChannel) -> Decimal:
    """Hours per week that the channel asks for."""
    return (row.posts_per_week or 0) * (row.hours_per_post or 0) + (row.community_hours or 0)


@dataclass(frozen=True, slots=True)
class Checked:
    """What speaks for and against one channel as it is planned."""

    row: StrategyChannel
    check: capability.Check

    @property
    def channel(self) -> Channel:
        return self.row.channel

    @property
    def is_private_profile(self) -> bool:
        return is_private_profile(self.channel)

    @property
    def is_for_private_people(self) -> bool:
        return is_for_private_people(self.channel)


def checked(strategy: Strategy, rows: Sequence[StrategyChannel], members: Iterable[Membership]) -> list[Checked]:
    """Every channel with its capability check (CAP-01, CAP-02) and page rules (PAGE-01, PAGE-02)."""
    planned = planned_forms(strategy)
    found = capability.check([need_of(row, planned) for row in rows], team_of(members))
    return [Checked(row, check) for row, check in zip(rows, found, strict=True)]


def pilot_is_over(row: StrategyChannel, today: date) -> bool:
    """The pilot's last day has passed, and nobody has said yet what follows from it."""
    is_settled = row.pilot_verdict in (PilotVerdict.KEEP, PilotVerdict.STOP)
    return row.pilot_until is not None and row.pilot_until < today and not is_settled
