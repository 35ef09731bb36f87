from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm, WebAddressField
from brands.models import Brand, Membership, User
from brands.versions import EditConflict
from calendar_app import scheduling
from calendar_app.forms.channel import ChannelPlanForm
from calendar_app.forms.fields import ClockField, DayField, WordsField
from calendar_app.models import Campaign, Post
from calendar_app.scheduling import Outing
from calendar_app.titles import first_line
from strategies.models import Goal, Pillar, Strategy

LONGEST_TITLE = Post._meta.get_field("title").max_length


class PostForm(VersionedModelForm):
    """A post and all its channels, in one form that is saved as a whole or not at all."""

    text = WordsField(required=False, label=_("text"), rows=9)
    day = DayField(required=False, label=_("day"))
    clock = ClockField(required=False, label=_("time"))

    class Meta:
        model = Post
        fields = [
            "title", "text", "link", "format", "strategy", "goal", "pillar", "campaign",
            "journey_stage", "purpose", "kind", "is_paid", "is_automated", "owner",
        ]  # fmt: skip
        field_classes = {"link": WebAddressField}

    def __init__(self, *args, brand: Brand, membership: Membership, channel: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand, self.membership = brand, membership
        self.instance.brand = brand
        self.was_rewritten = False
        self.before = Post.objects.get(pk=self.instance.pk) if self.instance.pk else None
        publications = {row.channel_id: row for row in self.instance.publications.all()} if self.instance.pk else {}
        times = Counter(row.at for row in publications.values() if row.at)
        self.usual = times.most_common(1)[0][0] if times else None
        if self.usual:
            local = self.usual.astimezone(brand.zone)
            self.initial |= {"day": local.date(), "clock": local.time().replace(second=0, microsecond=0)}
        self._limit_choices()
        self.plans = list(self._plans(publications, channel))

    def _limit_choices(self) -> None:
        fields, post, brand = self.fields, self.instance, self.brand
        fields["title"].required = False
        fields["title"].help_text = _("Only your team sees it.")
        fields["strategy"].queryset = brand.strategies.filter(~Q(status="archived") | Q(pk=post.strategy_id))
        if self.before is None and "strategy" not in self.initial:
            self.initial["strategy"] = brand.strategies.running(brand.today()).values_list("pk", flat=True).first()
        strategy = self.chosen_strategy()
        fields["goal"].queryset = Goal.objects.filter(strategy=strategy) if strategy else Goal.objects.none()
        fields["pillar"].queryset = Pillar.objects.filter(strategy=strategy) if strategy else Pillar.objects.none()
        fields["campaign"].queryset = Campaign.objects.filter(brand=brand)
        fields["owner"].queryset = User.objects.filter(memberships__brand=brand).distinct()
        if self.before is None:
            self.initial.setdefault("owner", self.membership.user_id)
        for name in ("goal", "pillar"):
            fields[name].error_messages["invalid_choice"] = _("Choose one of this strategy’s.")

    def chosen_strategy(self) -> Strategy | None:
        """The strategy that goals and pillars are offered of: what the form says, else what is stored."""
        try:
            return self.fields["strategy"].clean(self["strategy"].value())
        except ValidationError:
            return None

    def _plans(self, publications: dict, channel: str) -> Iterator[ChannelPlanForm]:
        rows = self.brand.channels.filter(Q(is_active=True) | Q(pk__in=publications)).select_related("platform")
        for row in rows:
            yield ChannelPlanForm(
                self.data if self.is_bound else None,
                brand=self.brand,
                channel=row,
                publication=publications.get(row.pk),
                usual=self.usual,
                initial={"on": str(row.pk) == channel},
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("title"):
            cleaned["title"] = first_line(cleaned.get("text") or "", LONGEST_TITLE)
            if not cleaned["title"]:
                self.add_error("title", _("Give it a title, or write the text."))
        for plan in self.plans:
            plan.plan(cleaned.get("day"), cleaned.get("clock"))
            for problems in plan.errors.values():
                for problem in problems:
                    self.add_error(
                        None, ValidationError("%(channel)s: %(problem)s", params={"channel": plan.channel, "problem": problem})
                    )
        if not any(plan.is_on for plan in self.plans):
            self.add_error(None, _("Choose at least one channel."))
        return cleaned

    @property
    def has_conflict(self) -> bool:
        forms_ = [self, *self.plans]
        return any(error.code == "conflict" for form in forms_ for errors in form.errors.as_data().values() for error in errors)

    @property
    def outings(self) -> list[Outing]:
        return [plan.outing for plan in self.plans if plan.outing]

    @property
    def happens_twice(self) -> bool:
        return any(plan.happens_twice for plan in self.plans)

    def changes_something(self) -> bool:
        return bool(set(self.changed_data) - {"version", "day", "clock"}) or any(outing.differs for outing in self.outings)

    def saved(self, state: str = Post.State.DRAFT) -> bool:
        """Validate and save the post with all its channels; a new one begins in `state`."""
        if not self.is_valid():
            return False
        try:
            self._write(state)
        except (EditConflict, IntegrityError):
            # Another saved, or added the same channel, between our look and our write.
            self._report_conflict()
        except ValidationError as refusal:
            self.add_error(None, refusal)
        if self.errors and self.before:
            self.instance.state = self.before.state
        return not self.errors

    def _write(self, state: str) -> None:
        post = self.instance
        if self.before is None:
            post.state = state
            scheduling.create(post, self.outings, self.membership.user)
        elif self.changes_something():
            seen = self.cleaned_data["version"]
            self.was_rewritten = scheduling.update(post, self.before, self.outings, self.membership, seen)
