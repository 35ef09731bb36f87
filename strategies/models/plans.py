from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.versions import Versioned
from strategies.content import ContentFormat, JourneyStage, Purpose, SlotKind
from strategies.models.goals import Goal
from strategies.models.strategies import Pillar, Strategy
from strategies.plans import SlotPlan
from strategies.weeks import monday


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class CommunicationPlan(Versioned):
    """The whole company's marketing for half a year or a year, month by month: site, social, advertising, letters, events."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="communication_plans")
    name = models.CharField(_("name"), max_length=120)
    start = models.DateField(_("starts"), help_text=_("The first day of a month."))
    end = models.DateField(_("ends"))
    note = models.TextField(_("note"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("communication plan")
        verbose_name_plural = _("communication plans")
        ordering = ["-start", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="communication_plan_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanItem(Versioned):
    """One thing of a communication plan: which content, in which month, delivered where."""

    class Medium(models.TextChoices):
        SITE = "site", _("Website")
        SOCIAL = "social", _("Social networks")
        ADS = "ads", _("Advertising")
        NEWSLETTER = "newsletter", _("Newsletter")
        BLOG = "blog", _("Blog")
        EVENT = "event", _("Event")
        PRESS = "press", _("Press")
        OTHER = "other", _("Other")

    plan = models.ForeignKey(CommunicationPlan, models.CASCADE, related_name="items")
    month = models.DateField(_("month"), help_text=_("Its first day."))
    day = models.DateField(_("day"), null=True, blank=True)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium, default=Medium.SOCIAL)
    title = models.CharField(_("what"), max_length=160)
    content = models.CharField(_("kind of content"), max_length=80, blank=True, help_text=_("Infographic, e-book, film…"))
    where = models.CharField(_("where it is delivered"), max_length=160, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("item of a communication plan")
        verbose_name_plural = _("items of communication plans")
        ordering = ["month", "position", "pk"]

    def __str__(self) -> str:
        return self.title


SLOT_COLUMNS = (
    "pk", "channel", "start", "end", "is_active", "counts_from", "kept_days", "strategy", "slots__weekday", "slots__kind",
)  # fmt: skip


class EditorialPlanQuerySet(models.QuerySet["EditorialPlan"]):
    def clashing(self, plan: "EditorialPlan") -> "EditorialPlanQuerySet":
        """Other active plans of its channel that share a day with it."""
        others = self.filter(channel=plan.channel_id, is_active=True, start__lte=plan.end, end__gte=plan.start)
        return others.exclude(pk=plan.pk).exclude(channel=None)

    def of_channels(self) -> "EditorialPlanQuerySet":
        """Those that plan a channel of the brand, no other medium."""
        return self.exclude(channel=None)

    def with_slots_between(self, first: date, last: date) -> "EditorialPlanQuerySet":
        """The plans of those days, but for what an archived strategy had planned."""
        return self.filter(start__lte=last, end__gte=first).exclude(strategy__status="archived").of_channels()

    def slot_plans(self) -> list[SlotPlan]:
        """What each plan asks for on which day; one query, however many plans and slots there are."""
        return slot_plans_of(self.of_channels().values_list(*SLOT_COLUMNS))


def slot_plans_of(rows: Iterable[tuple[Any, ...]]) -> list[SlotPlan]:
    """The plans that rows of `SLOT_COLUMNS` tell about, each with its slots, oldest plan first."""
    counted: dict[int, dict[int, int]] = defaultdict(dict)
    plans: dict[int, tuple[Any, ...]] = {}
    for pk, *values, weekday, kind in rows:
        plans[pk] = tuple(values)
        if weekday is not None and kind != SlotKind.REACTIVE:
            counted[pk][weekday] = counted[pk].get(weekday, 0) + 1
    return [_slot_plan(counted[pk], *values) for pk, values in sorted(plans.items())]


def _slot_plan(weekdays, channel, start, end, is_active, counts_from, kept_days, strategy) -> SlotPlan:
    kept = {date.fromisoformat(day): posts for day, posts in kept_days.items()}
    return SlotPlan(channel, start, end, weekdays, is_active, counts_from, kept, strategy)


class EditorialPlan(Versioned):
    """One medium for a month or two: what goes out on which weekday."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="editorial_plans")
    communication_plan = models.ForeignKey(
        CommunicationPlan, models.PROTECT, related_name="editorial_plans", verbose_name=_("communication plan")
    )
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="editorial_plans", verbose_name=_("strategy")
    )
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="editorial_plans", verbose_name=_("channel")
    )
    medium = models.CharField(_("or another medium"), max_length=80, blank=True, help_text=_("A blog, a magazine, a news page."))
    start = models.DateField(_("starts"))
    end = models.DateField(_("ends"))
    is_active = models.BooleanField(_("active"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    counts_from = models.DateField(null=True, editable=False, help_text=_("the first day that its slots are a plan for"))
    slots_since = models.DateField(null=True, editable=False, help_text=_("when its slots were changed last"))
    kept_days = models.JSONField(default=dict, editable=False, help_text=_("posts planned on days of weeks that are over"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EditorialPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("editorial plan")
        verbose_name_plural = _("editorial plans")
        ordering = ["-start", "channel__platform__position", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="editorial_plan_ends_after_it_starts"),
            models.CheckConstraint(
                condition=models.Q(channel__isnull=False) | ~models.Q(medium=""), name="editorial_plan_has_a_medium"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel or self.medium}, {self.start} – {self.end}"

    @property
    def where(self) -> str:
        """The medium that it is for, in words."""
        return str(self.channel) if self.channel_id else self.medium

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end

    def save(self, *args, **kwargs) -> None:
        """What the weeks that are over asked for stays, also when the plan is switched off or gets other dates."""
        with transaction.atomic():
            if self.pk:
                self.keep_past_days()
            super().save(*args, **kwargs)

    def keep_past_days(self, *, slots_change: bool = False) -> None:
        """Write down what was planned on the days of the weeks that are over. Call before the slots change."""
        today = self.brand.today()
        this_week = monday(today)
        stored = type(self).objects.filter(pk=self.pk)
        # What stands in the table: another may have changed a slot since this row was read.
        self.slots_since, self.kept_days = stored.values_list("slots_since", "kept_days").first() or (None, {})
        if self.slots_since is None or monday(self.slots_since) < this_week:
            self.kept_days = self._days_of_past_weeks(stored, this_week)
        if slots_change:
            self.slots_since = today
        stored.update(kept_days=self.kept_days, slots_since=self.slots_since)

    def _days_of_past_weeks(self, stored: EditorialPlanQuerySet, this_week: date) -> dict[str, int]:
        """Nothing new where there was no slot yet: then no week was planned."""
        if not Slot.objects.filter(plan=self.pk).exists():
            return self.kept_days
        days = (plan.days(plan.start, this_week - timedelta(days=1)) for plan in stored.slot_plans())
        return {str(day): posts for planned in days for day, posts in planned.items()} or self.kept_days


class Slot(Versioned):
    """A place that comes back each week: what goes out on Tuesday at ten."""

    plan = models.ForeignKey(EditorialPlan, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, validators=[MaxValueValidator(6)])
    time = models.TimeField(_("time"))
    kind = models.CharField(_("kind"), max_length=12, choices=SlotKind, default=SlotKind.PLANNED)
    theme = models.CharField(_("what goes out"), max_length=100, blank=True)
    format = models.CharField(_("format"), max_length=12, choices=ContentFormat, blank=True)
    journey_stage = models.CharField(_("journey stage"), max_length=16, choices=JourneyStage, blank=True)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose, blank=True)
    pillar = models.ForeignKey(Pillar, models.SET_NULL, null=True, blank=True, related_name="slots", verbose_name=_("pillar"))
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="slots", verbose_name=_("goal"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["weekday", "time", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "weekday", "time"], name="slot_is_once_at_a_time"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="slot_is_on_a_day_of_the_week"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.time:%H:%M}"

    def save(self, *args, **kwargs) -> None:
        with transaction.atomic():
            self.plan.keep_past_days(slots_change=True)
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            self.plan.keep_past_days(slots_change=True)
            return super().delete(*args, **kwargs)
