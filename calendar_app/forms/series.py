"""A recurring series as people describe it: what, where, how often, and when it ends."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from brands.forms import SeveralRowsField, VersionedModelForm
from brands.models import Brand, User
from brands.versions import EditConflict
from calendar_app import series_changes
from calendar_app.forms.fields import ClockField, DayField, WordsField
from calendar_app.models import Series
from calendar_app.series import MOST_POSTS, MOST_YEARS, WEEKLY, Rule
from calendar_app.series_posts import locked
from strategies.models import Goal, Pillar, Strategy
from strategies.models.plans import Weekday

TOO_MANY = _("A series has at most %(most)s posts, so that it is looked at again. End it earlier, and make another one later.")
TOO_LONG = _("A series ends within %(years)s years, here by %(day)s. Make another one later.")
NO_DAY = _("No day of the series falls before that. Let it end later.")


class SeriesForm(VersionedModelForm):
    text = WordsField(required=False, label=_("text to begin with"), rows=5)
    start = DayField(label=_("first day"))
    clock = ClockField(label=_("time"))
    interval = forms.IntegerField(label=_("every"), min_value=1, max_value=52, initial=1)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"), choices=Weekday.choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    until = DayField(label=_("ends on"), required=False)
    count = forms.IntegerField(label=_("or after so many posts"), min_value=1, required=False)

    class Meta:
        model = Series
        fields = [
            "title", "text", "channels", "frequency", "interval", "weekdays", "start", "clock", "until", "count",
            "strategy", "goal", "pillar", "format", "journey_stage", "purpose", "owner",
        ]  # fmt: skip
        field_classes = {"channels": SeveralRowsField}
        widgets = {"channels": forms.CheckboxSelectMultiple}

    def __init__(self, *args, brand: Brand, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand, self.by = brand, by
        self.instance.brand = brand
        self.followed = (0, 0)
        fields = self.fields
        used = Q(pk__in=self.instance.channels.all()) if self.instance.pk else Q()
        fields["frequency"].label = _("days, weeks or months")
        fields["channels"].queryset = brand.channels.filter(
            Q(is_active=True) | used if used else Q(is_active=True)
        ).select_related("platform")
        fields["strategy"].queryset = brand.strategies.filter(~Q(status="archived") | Q(pk=self.instance.strategy_id))
        if self.instance._state.adding and "strategy" not in self.initial:
            self.initial["strategy"] = brand.strategies.running(brand.today()).values_list("pk", flat=True).first()
        strategy = self._chosen_strategy()
        fields["goal"].queryset = Goal.objects.filter(strategy=strategy) if strategy else Goal.objects.none()
        fields["pillar"].queryset = Pillar.objects.filter(strategy=strategy) if strategy else Pillar.objects.none()
        fields["owner"].queryset = User.objects.filter(memberships__brand=brand).distinct()
        for name in ("goal", "pillar"):
            fields[name].error_messages["invalid_choice"] = _("Choose one of this strategy’s.")

    def _chosen_strategy(self) -> Strategy | None:
        try:
            return self.fields["strategy"].clean(self["strategy"].value())
        except ValidationError:
            return None

    def clean_weekdays(self) -> list[int]:
        return sorted(set(self.cleaned_data["weekdays"]))

    def clean(self) -> dict:
        cleaned = super().clean()
        start, until, count = cleaned.get("start"), cleaned.get("until"), cleaned.get("count")
        if {"until", "count"} & set(self.errors) or not start or not cleaned.get("frequency") or not cleaned.get("interval"):
            return cleaned
        if (until is None) == (count is None):
            self.add_error("until", _("Say when it ends: on a day, or after so many posts. One of the two."))
        elif until and until < start:
            self.add_error("until", _("The end must not come before the start."))
        else:
            self._check_length(cleaned)
        if cleaned["frequency"] != WEEKLY:
            cleaned["weekdays"] = []
        return cleaned

    def _check_length(self, cleaned: dict) -> None:
        ending = "until" if cleaned["until"] else "count"
        rule = Rule(
            cleaned["frequency"], cleaned["start"], cleaned["interval"], tuple(cleaned.get("weekdays") or ()),
            cleaned["until"], cleaned["count"],
        )  # fmt: skip
        days = rule.days()
        if not days:
            self.add_error(ending, NO_DAY)
        elif len(days) > MOST_POSTS:
            self.add_error(ending, ValidationError(TOO_MANY, code="too_many", params={"most": MOST_POSTS}))
        elif rule.is_too_long():
            params = {"years": MOST_YEARS, "day": f"{rule.last_allowed:%d.%m.%Y}"}
            self.add_error(ending, ValidationError(TOO_LONG, code="too_long", params=params))

    def save(self, commit: bool = True) -> Series:
        """A series that exists takes its posts along."""
        if self.instance._state.adding or not commit:
            self.instance.created_by = self.by
            return super().save(commit)
        with transaction.atomic():
            locked(self.instance)
            row = super().save()
            self.followed = series_changes.follow(row, self.by)
        return row


class FollowingForm(SeriesForm):
    """This and the following: the old series ends before the day, a new one takes over."""

    def __init__(self, *args, old: Series, day: date, **kwargs) -> None:
        self.old, self.day = old, day
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = old.version
        self.fields["version"].required = True

    def clean_start(self) -> date:
        if self.cleaned_data["start"] < self.day:
            raise ValidationError(_("It takes over on %(day)s at the earliest."), params={"day": f"{self.day:%d.%m.%Y}"})
        return self.cleaned_data["start"]

    def save(self, commit: bool = True) -> Series:
        cleaned = self.cleaned_data
        try:
            self.followed = series_changes.split(
                self.old, self.instance, list(cleaned["channels"]), self.day, cleaned["version"], self.by
            )
        except EditConflict:
            self.instance.pk = None
            self._report_split_conflict()
            raise
        return self.instance

    def _report_split_conflict(self) -> None:
        self.data = self.data.copy()
        self.data["version"] = Series.objects.filter(pk=self.old.pk).values_list("version", flat=True).first() or ""
        self.add_error(None, _("Somebody changed this series while you were editing. Look at it again, then save once more."))


class DayOfSeriesForm(forms.Form):
    """One day of a series, and the version that the page was opened with."""

    day = DayField(label=_("day"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)


def said_of(followed: tuple[int, int]) -> str:
    """“3 posts changed, 2 drafts went.”"""
    changed, gone = followed
    parts = []
    if changed:
        parts.append(str(ngettext_lazy("%(count)s post follows", "%(count)s posts follow", changed) % {"count": changed}))
    if gone:
        parts.append(str(ngettext_lazy("%(count)s draft went", "%(count)s drafts went", gone) % {"count": gone}))
    return ", ".join(parts)
