"""Which platforms fit, criterion by criterion."""

from functools import cached_property
from typing import Any

from django.db.models import F, Model, prefetch_related_objects
from django.http import Http404, QueryDict
from django.template.loader import render_to_string

from brands.models import Membership, Platform, Role
from strategies import fit_words
from strategies.channel_rules import page_count, pilot_is_over
from strategies.fit_table import Row, own_ratings, table
from strategies.forms.platforms import NewChannelForm, RatingForm, WeightsForm
from strategies.forms.rows import RowForm
from strategies.models import Criterion, FitRating, PlatformReview
from strategies.pages.base import Page, chosen_number
from strategies.pages.channels import use_channel
from strategies.platform_fit import WEIGHTS, WHOLE, review_is_due, weights_of
from strategies.undo import remember

# What the table reads, where the strategy was not loaded as a whole.
READ = ("personas__platforms", "mix_targets", "goals", "audits__platform", "fit_ratings", "strategy_channels__channel__platform")


class PlatformsPage(Page):
    template = "strategies/steps/platforms.html"
    live_parts = {"fit-head": "strategies/steps/_fit_head.html", "fit-weights": "strategies/steps/_fit_weights.html"}

    def __init__(self, *args) -> None:
        super().__init__(*args)
        prefetch_related_objects([self.strategy], *READ)
        self.own = own_ratings(self.strategy)

    @cached_property
    def platforms(self) -> list[Platform]:
        """What is offered, and what the strategy uses although it is offered no more."""
        used = {row.channel.platform_id: row.channel.platform for row in self.strategy.strategy_channels.all()}
        offered = list(Platform.objects.filter(is_active=True))
        return offered + [platform for pk, platform in used.items() if pk not in {one.pk for one in offered}]

    @cached_property
    def members(self) -> list[Membership]:
        return list(self.brand.memberships.all())

    @cached_property
    def open(self) -> Platform | None:
        """The platform that is being judged."""
        named = self.request.POST.get("platform") or self.request.GET.get("platform") or ""
        found = next((platform for platform in self.platforms if platform.slug == named), None)
        if named and found is None:
            raise Http404
        return found

    @property
    def may_add(self) -> bool:
        return self.request.membership.may(Role.LEAD)

    def review(self) -> PlatformReview:
        stored = PlatformReview.objects.filter(strategy=self.strategy).first()
        return stored or PlatformReview(strategy=self.strategy)

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        sent = typed if typed is not None and any(key.startswith("review-") for key in typed) else None
        forms: dict[str, Any] = {"review": WeightsForm(sent, instance=self.review(), prefix="review")}
        if self.open is not None:
            forms |= {f"rate-{name}": self._rating_form(name, typed) for name in Criterion.values}
            if self.may_add and not self._channels_on(self.open):
                quiet = "X-Autosave" in self.request.headers
                forms["channel"] = NewChannelForm(
                    typed, brand=self.brand, platform=self.open, is_quiet=quiet, prefix="channel"
                )  # fmt: skip
        return forms

    def _rating_form(self, criterion: str, typed: QueryDict | None) -> RatingForm:
        stored = self.own.get((self.open.pk, criterion))
        row = stored or FitRating(strategy=self.strategy, platform=self.open, criterion=criterion)
        prefix = f"rate-{criterion}"
        sent = typed if typed is not None and any(key.startswith(f"{prefix}-") for key in typed) else None
        return RatingForm(sent, instance=row, prefix=prefix)

    def _save_form(self, prefix: str, form: RowForm) -> bool:
        if not super()._save_form(prefix, form):
            return False
        if prefix == "channel":
            use_channel(self.strategy, form.instance)
        if prefix.startswith("rate-"):
            self._remember_rating(form)
        return True

    def _remember_rating(self, form: RowForm) -> None:
        place = (form.instance.platform_id, form.instance.criterion)
        self.own.pop(place, None)
        if form.cleaned_data["rating"] is not None:
            self.own[place] = form.instance

    def prefix_of(self, row: Model) -> str:
        return f"rate-{row.criterion}" if isinstance(row, FitRating) else "review"

    def remove(self, number: str) -> None:
        """Back to what is suggested."""
        row = self.strategy.fit_ratings.filter(pk=chosen_number(number)).select_related("platform").first()
        if row is not None:
            remember(self.request, self.strategy, [row], str(row))
            row.delete()
            self.acted = True

    def act(self, action: str) -> str | None:
        done = {"reviewed": self._reviewed, "usual-weights": self._usual_weights}.get(action)
        if done is None and not action.startswith("use-"):
            return None
        if done:
            done()
        else:
            self._use(action.removeprefix("use-"))
        return self.here()

    def _use(self, number: str) -> None:
        channel = self.brand.channels.filter(pk=chosen_number(number), is_active=True).select_related("platform").first()
        if channel is not None:
            use_channel(self.strategy, channel)
            self.acted = True

    def _reviewed(self) -> None:
        self._change_review(reviewed_on=self.brand.today())

    def _usual_weights(self) -> None:
        self._change_review(weights={})

    def _change_review(self, **changes: Any) -> None:
        PlatformReview.objects.get_or_create(strategy=self.strategy)
        PlatformReview.objects.filter(strategy=self.strategy).update(**changes, version=F("version") + 1)
        self.acted = True

    def here(self) -> str:
        return f"?platform={self.open.slug}" if self.open else ""

    def _channels_on(self, platform: Platform) -> list[Any]:
        return [channel for channel in self.people.channels if channel.platform_id == platform.pk]

    def context(self) -> dict[str, Any]:
        review = self.forms["review"]
        weights = weights_of(review.instance.weights)
        used = {row.channel_id for row in self.strategy.strategy_channels.all()}
        rows = table(self.strategy, self.platforms, self.members, self.own, weights)
        heads = [(name, fit_words.SHORT[name], weights[name.value]) for name in Criterion]
        typed = _sum(review)
        return super().context() | {
            "rows": [self._shown(row, used) for row in rows],
            "heads": heads,
            "weights_form": review,
            "weights_sum": typed,
            "weights_left": None if typed is None else WHOLE - typed,
            "is_usual": weights == dict(WEIGHTS),
            "open": self.open,
        } | self._chosen(review.instance)  # fmt: skip

    def _shown(self, row: Row, used: set[int]) -> dict[str, Any]:
        channels = self._channels_on(row.platform)
        return {
            "platform": row.platform,
            "score": row.score,
            "cells": [self._cell(row, place) for place in range(len(row.cells))],
            "used": [channel for channel in channels if channel.pk in used],
            "unused": [channel for channel in channels if channel.pk not in used],
            "has_channel": bool(channels),
            "kind": fit_words.kind_of(row.platform),
            "category": fit_words.category_text(row.platform),
            "is_open": row.platform == self.open,
        }

    def _cell(self, row: Row, place: int) -> dict[str, Any]:
        cell = row.cells[place]
        return {
            "label": cell.criterion.label,
            "short": fit_words.SHORT[cell.criterion],
            "rating": cell.rating,
            "own": cell.own,
            "suggested": cell.suggestion.rating,
            "reasons": [fit_words.reason_text(reason) for reason in cell.suggestion.reasons],
            "form": self.forms.get(f"rate-{cell.criterion.value}") if row.platform == self.open else None,
        }

    def _chosen(self, review: PlatformReview) -> dict[str, Any]:
        today = self.brand.today()
        chosen = list(self.strategy.strategy_channels.all())
        return {
            "chosen": chosen,
            "count": len(chosen),
            "pages": page_count(len(chosen)),
            "pilots": [{"row": row, "is_over": pilot_is_over(row, today)} for row in chosen if row.pilot_until],
            "reviewed_on": review.reviewed_on,
            "is_due": review_is_due(review.reviewed_on, today),
            "new_channel": self.forms.get("channel"),
            "may_add": self.may_add,
        }

    def live(self) -> dict[str, str]:
        context = {**self.context(), "strategy": self.strategy, "brand": self.brand, "page": self}
        rows = {
            f"fit-{row['platform'].slug}": render_to_string(
                "strategies/steps/_fit_row.html", context | {"row": row}, self.request
            )
            for row in context["rows"]
        }
        parts = {part: render_to_string(template, context, self.request) for part, template in self.live_parts.items()}
        return rows | parts


def _sum(form: WeightsForm) -> int | None:
    """What the weights make as they are typed; None where one of them is no number."""
    if not form.is_bound:
        return sum(weights_of(form.instance.weights).values())
    form.is_valid()
    typed = [form.cleaned_data.get(name, form.data.get(form.add_prefix(name))) for name in Criterion.values]
    try:
        return sum(int(weight) for weight in typed)
    except (TypeError, ValueError):
        return None
