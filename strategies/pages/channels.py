"""Where the strategy publishes, and how often."""

from decimal import Decimal
from typing import Any

from django.db import models

from brands.models import Channel
from brands.models.channels import ChannelKind, PageCategory
from brands.models.teams import Skill
from strategies.forms.channels import StrategyChannelForm
from strategies.gates import MOST_CHANNELS
from strategies.models import StrategyChannel
from strategies.pages.base import chosen_number
from strategies.pages.rows import RowsPage
from strategies.undo import remember


class ChannelsPage(RowsPage):
    template = "strategies/steps/channels.html"
    live_parts = {"channels-live": "strategies/steps/_channels_live.html"}
    related = "strategy_channels"
    form_class = StrategyChannelForm
    may_add = False

    def rows(self) -> list[models.Model]:
        return list(self.strategy.strategy_channels.select_related("channel__platform"))

    def act(self, action: str) -> str | None:
        """`use-<channel>`: the strategy uses it from now on, at the platform's usual rhythm."""
        if not action.startswith("use-"):
            return None
        channel = self.brand.channels.filter(pk=chosen_number(action.removeprefix("use-"))).select_related("platform").first()
        if channel is not None:
            use_channel(self.strategy, channel)
            self.acted = True
        return ""

    def remove(self, number: str) -> None:
        row = self.strategy.strategy_channels.select_related("channel__platform").filter(pk=chosen_number(number)).first()
        if row is not None:
            remember(self.request, self.strategy, [row], str(row.channel))
            self.forms.pop(f"row-{row.pk}", None)
            row.delete()
            self.acted = True

    def context(self) -> dict[str, Any]:
        for form in self.forms.values():
            if form.is_bound:
                form.is_valid()
        chosen = [form.instance for form in self.forms.values() if form.instance.channel_id]
        used = {row.channel_id for row in chosen}
        hours = sum((hours_a_week(row) for row in chosen), Decimal(0))
        team = list(self.brand.memberships.all())
        available = sum((member.hours_per_week for member in team), Decimal(0))
        skills = {skill for member in team for skill in member.skills}
        return super().context() | {
            "unused": [channel for channel in self.people.channels if channel.pk not in used],
            "chosen": chosen,
            "count": len(chosen),
            "most": MOST_CHANNELS,
            "hours": hours,
            "available": available,
            "hours_percent": hours * 100 / available if available else None,
            "notes": [note for row in chosen for note in page_notes(row.channel, skills)],
            "overlaps": overlaps(self.strategy),
        }


def hours_a_week(row: StrategyChannel) -> Decimal:
    return (row.posts_per_week or 0) * (row.hours_per_post or 0)


def use_channel(strategy, channel: Channel) -> StrategyChannel:
    usual = channel.platform.cadence_min or Decimal(2)
    row, _created = StrategyChannel.objects.get_or_create(
        strategy=strategy, channel=channel, defaults={"posts_per_week": min(usual, Decimal(200))}
    )
    return row


def page_notes(channel: Channel, skills: set[str]) -> list[dict[str, Any]]:
    """PAGE-01, PAGE-02 and CAP-01: what speaks against the channel as it is set up."""
    notes = []
    category = channel.platform.category_current or channel.platform.category_seed
    if category == PageCategory.PAGE_AND_PROFILE and channel.kind == ChannelKind.PROFILE:
        notes.append({"rule": "PAGE-01", "channel": channel})
    if category == PageCategory.NO_COMPANY_PROFILE:
        notes.append({"rule": "PAGE-02", "channel": channel})
    if channel.platform.needs_video and Skill.VIDEO not in skills:
        notes.append({"rule": "CAP-01", "channel": channel})
    return notes


def overlaps(strategy) -> list[dict[str, Any]]:
    """Other strategies that use a channel of this one on the same days: their figures mix."""
    mine = strategy.strategy_channels.values("channel")
    others = (
        StrategyChannel.objects.filter(channel__in=mine, strategy__brand=strategy.brand_id)
        .exclude(strategy=strategy)
        .exclude(strategy__status=strategy.Status.ARCHIVED)
        .filter(strategy__start__lte=strategy.end, strategy__end__gte=strategy.start)
        .select_related("strategy", "channel__platform")
    )
    return [{"strategy": row.strategy, "channel": row.channel} for row in others]
