"""Communication plans with their items, editorial plans with their slots."""

from datetime import date, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from brands.models import Brand
from brands.templatetags.ui import day, day_year
from strategies import plans
from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import CommunicationPlan, EditorialPlan, PlanItem, Slot, Weekday
from strategies.weeks import monday


class CommunicationPlanForm(RowForm):
    class Meta:
        model = CommunicationPlan
        fields = ["name", "start", "end", "note"]
        widgets = {"start": day_field_widget(), "end": day_field_widget(), "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end"].help_text = _("Half a year or a year later: the last day of its sixth or twelfth month.")

    def clean_start(self) -> date:
        start = self.cleaned_data["start"]
        if start.day != 1:
            first = plans.month_start(start)
            raise ValidationError(
                _("A communication plan begins on the first day of a month: %(this)s or %(next)s."),
                params={"this": day_year(first), "next": day_year(plans.months_later(first, 1))},
            )
        return start

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end:
            self._check_length(start, end)
            self._check_what_is_inside(start, end)
        return cleaned

    def _check_length(self, start: date, end: date) -> None:
        months = plans.whole_months(start, end)
        if months in plans.COMMUNICATION_MONTHS:
            return
        half, year = (day_year(plans.last_day(start, count)) for count in plans.COMMUNICATION_MONTHS)
        advice = _("It runs for 6 or 12 months: to %(half)s or to %(year)s.") % {"half": half, "year": year}
        if end <= start:
            said = _("The end must come after the start.")
        elif months:
            said = ngettext("This plan has %(count)s month.", "This plan has %(count)s months.", months) % {"count": months}
        else:
            said = _("This plan ends in the middle of a month.")
        self.add_error("end", f"{said} {advice}")

    def _check_what_is_inside(self, start: date, end: date) -> None:
        """What the plan holds must not fall out of it."""
        if self.instance.pk is None:
            return
        left = [row for row in self.instance.editorial_plans.all() if not plans.holds((start, end), (row.start, row.end))]
        if left:
            named = {"start": day_year(left[0].start), "end": day_year(left[0].end)}
            self.add_error("start", _("An editorial plan of %(start)s – %(end)s would lie outside.") % named)
        items = sum(not start <= month <= end for month in self.instance.items.values_list("month", flat=True))
        if items:
            said = ngettext(
                "%(count)s item would lie outside: move it first.", "%(count)s items would lie outside: move them first.", items
            )
            self.add_error("start", said % {"count": items})


class PlanItemForm(RowForm):
    month = forms.TypedChoiceField(label=gettext_lazy("month"), coerce=date.fromisoformat)

    class Meta:
        model = PlanItem
        fields = ["title", "month", "day", "medium", "content", "where", "owner"]
        widgets = {"day": day_field_widget()}

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        self.months = plans.months_of(plan.start, plan.end)
        self.fields["month"].choices = [(str(month), date_format(month, "YEAR_MONTH_FORMAT")) for month in self.months]
        self.fields["day"].widget.attrs |= {"min": str(plan.start), "max": str(plan.end)}
        offer(self.fields["owner"], people.members, _("Nobody yet"))

    def clean(self) -> dict:
        cleaned = super().clean()
        month, chosen = cleaned.get("month"), cleaned.get("day")
        if month and chosen and plans.month_start(chosen) != month:
            last = plans.last_day(month, 1)
            self.add_error(
                "day", _("Choose a day from %(first)s to %(last)s, or another month.") % {"first": day(month), "last": day(last)}
            )
        return cleaned


class EditorialPlanForm(RowForm):
    """What both the new and the standing editorial plan must keep to."""

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = self.instance.brand = brand
        self.fields["end"].help_text = _("One month or two later.")
        strategies = brand.strategies.exclude(status="archived") | brand.strategies.filter(pk=self.instance.strategy_id)
        offer(self.fields["strategy"], strategies.order_by("-start"), _("None"))

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and self._has_right_length(start, end):
            self._find_communication_plan(start, end)
        if cleaned.get("start") and cleaned.get("end"):
            self._check_clash(cleaned)
        return cleaned

    def _has_right_length(self, start: date, end: date) -> bool:
        if plans.whole_months(start, end) in plans.EDITORIAL_MONTHS:
            return True
        one, two = (day_year(plans.last_day(start, count)) for count in plans.EDITORIAL_MONTHS)
        self.add_error(
            "end", _("An editorial plan runs for one month or two: to %(one)s or to %(two)s.") % {"one": one, "two": two}
        )
        return False

    def _find_communication_plan(self, start: date, end: date) -> None:
        holding = self.brand.communication_plans.filter(start__lte=start, end__gte=end).first()
        if holding is not None:
            self.instance.communication_plan = holding
            return
        near = self.brand.communication_plans.filter(start__lte=end, end__gte=start).first()
        if near is None:
            self.add_error("start", _("No communication plan holds these days. Make one for them first."))
            return
        named = {"plan": near.name, "start": day_year(near.start), "end": day_year(near.end)}
        self.add_error("start", _("These days do not lie inside the communication plan “%(plan)s”, %(start)s – %(end)s.") % named)

    def _check_clash(self, cleaned: dict) -> None:
        row = self.instance
        row.start, row.end = cleaned["start"], cleaned["end"]
        row.channel = cleaned.get("channel", row.channel)
        if not cleaned.get("is_active", True) or row.channel_id is None:
            return
        other = self.brand.editorial_plans.clashing(row).first()
        if other is not None:
            named = {"start": day(other.start), "end": day_year(other.end)}
            said = _(
                "This channel has an active editorial plan for %(start)s – %(end)s. Choose other days, or switch that one off."
            )
            self.add_error("start", said % named)

    def saved(self) -> bool:
        """Looks and writes while nobody else may: two plans for one channel and day must not both succeed."""
        with transaction.atomic():
            Brand.objects.select_for_update(no_key=True).get(pk=self.brand.pk)
            return super().saved()


class NewEditorialPlanForm(EditorialPlanForm):
    """A plan begins with its first slots: the weekdays on which something goes out."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("weekdays"),
        coerce=int,
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one weekday: a plan without a slot plans nothing.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("time"), initial="10:00", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    class Meta:
        model = EditorialPlan
        fields = ["channel", "medium", "strategy", "start", "end", "note"]
        widgets = {"start": day_field_widget(), "end": day_field_widget()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        channels = self.brand.channels.filter(is_active=True).select_related("platform")
        offer(self.fields["channel"], channels, _("Another medium"))

    def clean(self) -> dict:
        cleaned = super().clean()
        channel, medium = cleaned.get("channel"), " ".join((cleaned.get("medium") or "").split())
        cleaned["medium"] = medium
        if channel is None and not medium and not self.has_error("channel") and not self.has_error("medium"):
            self.add_error("channel", _("Choose a channel, or name another medium."))
        if channel is not None and medium:
            self.add_error("medium", _("A plan is for one medium: a channel or this, not both."))
        end = cleaned.get("end")
        if end and end < self.brand.today() and not self.has_error("end"):
            self.add_error("end", _("These days are over. A plan looks ahead."))
        return cleaned

    def save(self, commit: bool = True) -> EditorialPlan:
        self.instance.counts_from = monday(self.brand.today())
        plan = super().save(commit)
        Slot.objects.bulk_create(
            Slot(plan=plan, weekday=weekday, time=self.cleaned_data["time"])
            for weekday in sorted(set(self.cleaned_data["weekdays"]))
        )
        EditorialPlan.objects.filter(pk=plan.pk).update(slots_since=self.brand.today())
        return plan


class EditorialPlanFrameForm(EditorialPlanForm):
    """Dates, strategy and whether it counts. Its medium stays: another one gets a plan of its own."""

    class Meta:
        model = EditorialPlan
        fields = ["strategy", "start", "end", "is_active", "note"]
        widgets = {"start": day_field_widget(), "end": day_field_widget()}

    def clean(self) -> dict:
        before = EditorialPlan.objects.filter(pk=self.instance.pk).first()
        cleaned = super().clean()
        if before is not None:
            self._keep_what_is_over(before, cleaned)
        if cleaned.get("is_active") and not self.instance.slots.exists():
            self.add_error("is_active", _("It has no slot yet: give it one before it becomes active."))
        return cleaned

    def _keep_what_is_over(self, before: EditorialPlan, cleaned: dict) -> None:
        """Weeks that are over keep their plan, so the dates can only move ahead of them."""
        this_week = monday(self.brand.today())
        start, end = cleaned.get("start"), cleaned.get("end")
        if before.start < this_week and start and start != before.start:
            said = _("The plan has begun: its first day stays %(day)s.") % {"day": day_year(before.start)}
            self.add_error("start", said)
        if end and end < min(before.end, this_week - timedelta(days=1)):
            self.add_error("end", _("Weeks that are over keep their plan: choose a later day."))
        if cleaned.get("is_active") and not before.is_active:
            self.instance.counts_from = this_week

    def save(self, commit: bool = True) -> EditorialPlan:
        plan = super().save(commit)
        # Pillars and goals belong to a strategy: under another one a slot has none.
        for name in ("pillar", "goal"):
            foreign = plan.slots.exclude(**{name: None}).exclude(**{f"{name}__strategy": plan.strategy_id})
            for slot in foreign:
                setattr(slot, name, None)
                slot.save_version(slot.version)
        return plan


class SlotForm(RowForm):
    weekday = forms.TypedChoiceField(label=gettext_lazy("weekday"), coerce=int, choices=Weekday.choices)

    class Meta:
        model = Slot
        fields = ["weekday", "time", "kind", "theme", "format", "journey_stage", "purpose", "pillar", "goal", "owner"]
        widgets = {"time": forms.TimeInput(format="%H:%M", attrs={"type": "time"})}

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        strategy = self.instance.plan.strategy
        offer(self.fields["pillar"], strategy.pillars.all() if strategy else [], _("None"))
        offer(self.fields["goal"], strategy.goals.all() if strategy else [], _("None"))
        offer(self.fields["owner"], people.members, _("Nobody yet"))
        for name in ("pillar", "goal"):
            self.fields[name].error_messages["invalid_choice"] = _("Choose one of this strategy’s.")
        self.fields["theme"].help_text = _(
            "It becomes the title of the drafts. Without it they are called after the pillar and the day."
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        weekday, clock = cleaned.get("weekday"), cleaned.get("time")
        if weekday is not None and clock and self._others().filter(weekday=weekday, time=clock).exists():
            said = _("There is a slot on %(weekday)s at %(time)s already.")
            self.add_error("time", said % {"weekday": Weekday(weekday).label, "time": f"{clock:%H:%M}"})
        return cleaned

    def _others(self):
        return Slot.objects.filter(plan=self.instance.plan).exclude(pk=self.instance.pk)

    def clean_time(self) -> time:
        return self.cleaned_data["time"].replace(second=0, microsecond=0)

    def saved(self) -> bool:
        """Alone, so that two slots for the same time do not both succeed."""
        with transaction.atomic():
            Brand.objects.select_for_update(no_key=True).get(pk=self.instance.plan.brand_id)
            return super().saved()
