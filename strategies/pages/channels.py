"""Where the strategy publishes, how often, and whether the team can carry it."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.http import QueryDict

from brands import checklist
from brands.models import Channel
from brands.models.teams import Skill
from metrics.kpi.terms import rounded
from strategies import capability
from strategies.channel_rules import (
    Checked,
    checked,
    need_of,
    page_count,
    pilot_is_over,
    planned_forms,
    skills_suggested,
    team_of,
)
from strategies.forms.channels import StrategyChannelForm
from strategies.forms.rows import RowForm
from strategies.models import StrategyChannel
from strategies.pages.analysis import window_url
from strategies.pages.base import chosen_number
from strategies.pages.rows import RowsPage
from strategies.undo import remember


class ChannelsPage(RowsPage):
    template = "strategies/steps/channels.html"
    live_parts = {"channels-live": "strategies/steps/_channels_live.html"}
    related = "strategy_channels"
    form_class = StrategyChannelForm
    may_add = False

    def __init__(self, *args) -> None:
        super().__init__(*args)
        prefetch_related_objects([self.strategy], "mix_targets", "strategy_channels__channel__platform")

    def rows(self) -> list[models.Model]:
        return list(self.strategy.strategy_channels.all())

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        planned, today = planned_forms(self.strategy), self.brand.today()
        rows = self.rows()
        self.count = len(rows)
        forms: dict[str, RowForm] = {}
        for row in rows:
            row.strategy, prefix = self.strategy, f"row-{row.pk}"
            forms[prefix] = StrategyChannelForm(
                self._typed_for(prefix, typed), instance=row, prefix=prefix, today=today,
                skills=skills_suggested(row.channel, planned),
            )  # fmt: skip
        return forms

    def extras(self) -> dict[str, Any]:
        """For a row that somebody removed meanwhile: it has no channel to suggest skills for."""
        return {"skills": [], "today": self.brand.today()}

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
        members = list(self.brand.memberships.all())
        used = {row.channel_id for row in chosen}
        percents = checklist.percents([row.channel for row in chosen])
        today = self.brand.today()
        for form in self.forms.values():
            row = form.instance
            form.pilot_is_over = pilot_is_over(row, today)
            form.set_up = percents.get(row.channel_id)
        return super().context() | {
            "unused": [channel for channel in self.people.channels if channel.pk not in used],
            "chosen": chosen,
            "count": len(chosen),
            "pages": page_count(len(chosen)),
            "checks": [_told(found) for found in checked(self.strategy, chosen, members)],
            "whole": _whole(capability.check_all([need_of(row) for row in chosen], team_of(members))),
            "overlaps": overlaps(self.strategy),
            "asset_window": window_url("metrics:asset", self.strategy),
        }


def _told(found: Checked) -> dict[str, Any]:
    """The facts of one channel as the page prints them."""
    check = found.check
    return {
        "channel": found.channel,
        "load": check.load.value,
        "hours": rounded(check.need.hours, 1),
        "posts": rounded(check.need.posts, 1),
        "per_post": rounded(check.need.hours_per_post, 1),
        "community": rounded(check.need.community, 1),
        "available": None if check.available is None else rounded(check.available, 1),
        "percent": None if check.percent is None else rounded(check.percent, 0),
        "is_kept": check.need.kept is not None,
        "missing": [str(Skill(skill).label) for skill in check.missing_skills if skill in Skill.values and skill != "video"],
        "lacks_video": "video" in check.missing_skills,
        "lives_on_video": check.lacks_video,
        "lacks_source": check.lacks_source,
        "is_private_profile": found.is_private_profile,
        "is_for_private_people": found.is_for_private_people,
    }


def _whole(whole: capability.Whole) -> dict[str, Any]:
    return {
        "load": whole.load.value,
        "hours": rounded(whole.needed, 1),
        "available": None if whole.available is None else rounded(whole.available, 1),
        "percent": None if whole.percent is None else rounded(whole.percent, 1),
        "kept": rounded(whole.kept, 1),
        "keeps_too_much": whole.keeps_too_much,
    }


def use_channel(strategy, channel: Channel) -> StrategyChannel:
    usual = channel.platform.cadence_min or Decimal(2)
    row, _created = StrategyChannel.objects.get_or_create(
        strategy=strategy, channel=channel, defaults={"posts_per_week": min(usual, Decimal(200))}
    )
    return row


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
