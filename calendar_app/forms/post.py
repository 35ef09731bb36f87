from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm, WebAddressField
from brands.models import Brand, Membership, User
from brands.versions import EditConflict
from calendar_app import scheduling
from calendar_app.attached import Attached
from calendar_app.forms.channel import ChannelPlanForm
from calendar_app.forms.fields import ClockField, DayField, WordsField
from calendar_app.models import Campaign, Post
from calendar_app.post_checks import Medium
from calendar_app.scheduling import Outing
from calendar_app.starts import Start
from calendar_app.titles import first_line
from strategies.models import Goal, Pillar, Strategy

# As long as a comment may be on Instagram and Facebook.
LONGEST_COMMENT = 2200
LONGEST_TITLE = Post._meta.get_field("title").max_length


class PostForm(VersionedModelForm):
    """A post and all its channels, in one form that is saved as a whole or not at all."""

    text = WordsField(required=False, label=_("text"), rows=9)
    day = DayField(required=False, label=_("day"))
    clock = ClockField(required=False, label=_("time"))
    first_comment = WordsField(
        required=False, max_length=LONGEST_COMMENT, label=Post._meta.get_field("first_comment").verbose_name, rows=2,
        help_text=Post._meta.get_field("first_comment").help_text,
    )  # fmt: skip

    class Meta:
        model = Post
        fields = [
            "title", "text", "link", "adds_utm", "utm_campaign", "utm_content", "first_comment", "format", "strategy", "goal",
            "pillar", "campaign", "journey_stage", "purpose", "kind", "is_paid", "is_automated", "owner", "hours",
        ]  # fmt: skip
        field_classes = {"link": WebAddressField}
        labels = {"utm_campaign": _("campaign in the link’s tags"), "utm_content": _("content in the link’s tags")}
        help_texts = {
            "utm_campaign": _("utm_campaign. Left empty, it is the campaign’s name."),
            "utm_content": _("utm_content tells two links of one campaign apart."),
        }

    def __init__(
        self, *args, brand: Brand, membership: Membership, channel: str = "", start: Start | None = None, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.brand, self.membership = brand, membership
        self.start = start or Start()
        self.initial |= self.start.fields
        self.instance.brand = brand
        self.attached = Attached(brand, self.instance, self.data if self.is_bound else None, self.start.files)
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

    def chosen_campaign(self) -> str:
        """The name of the campaign that the form says, or nothing."""
        try:
            return str(self.fields["campaign"].clean(self["campaign"].value()) or "")
        except ValidationError:
            return ""

    def _plans(self, publications: dict, channel: str) -> Iterator[ChannelPlanForm]:
        rows = self.brand.channels.filter(Q(is_active=True) | Q(pk__in=publications)).select_related("platform")
        for row in rows:
            yield ChannelPlanForm(
                self.data if self.is_bound else None,
                brand=self.brand,
                channel=row,
                publication=publications.get(row.pk),
                usual=self.usual,
                initial={"on": str(row.pk) == channel or row.pk in self.start.texts, "text": self.start.texts.get(row.pk, "")},
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
        if self.attached.problems:
            self.add_error(None, _("Not every file could be taken: see below. The rest is still here."))
        return cleaned

    @property
    def media_now(self) -> tuple[Medium, ...]:
        """The files as they stand in the form, for the checks."""
        return tuple(Medium(item.file.kind, item.is_described) for item in self.attached.items)

    def take_uploads(self) -> None:
        """Keep the files that came with the form, so that what else may be wrong does not lose them."""
        self.attached.take(self.files.getlist("upload") if self.files else (), self.membership.user)

    def hush(self) -> None:
        """Show what was typed without judging it: nobody asked to save."""
        for form in (self, *self.plans):
            form._errors, form.cleaned_data = ErrorDict(), {}

    @property
    def has_conflict(self) -> bool:
        forms_ = [self, *self.plans]
        return any(error.code == "conflict" for form in forms_ for errors in form.errors.as_data().values() for error in errors)

    def last_change(self, current: Post) -> tuple[User | None, datetime | None]:
        last = current.versions.select_related("by").first()
        return (last.by, last.at) if last else super().last_change(current)

    @property
    def outings(self) -> list[Outing]:
        return [plan.outing for plan in self.plans if plan.outing]

    @property
    def happens_twice(self) -> bool:
        return any(plan.happens_twice for plan in self.plans)

    def changes_something(self) -> bool:
        said = set(self.changed_data) - {"version", "day", "clock"}
        return bool(said) or self.attached.has_changed or any(outing.differs for outing in self.outings)

    def saved(self, state: str = Post.State.DRAFT) -> bool:
        """Validate and save the post with all its channels; a new one begins in `state`."""
        self.take_uploads()
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
            scheduling.create(post, self.outings, self.membership.user, self.attached.files)
            self.attached.describe()
        elif self.changes_something():
            seen, files = self.cleaned_data["version"], self.attached.files
            self.was_rewritten = scheduling.update(post, self.before, self.outings, self.membership, seen, files)
            self.attached.describe()
