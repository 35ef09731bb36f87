from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.templatetags.ui import day_year
from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import Activity, BudgetLine

METHODS = [
    (_("Paid"), [(method.value, method.label) for method in Activity.PAID]),
    (_("Free"), [(method.value, method.label) for method in Activity.Method if method not in Activity.PAID]),
]


class ActivityForm(RowForm):
    class Meta:
        model = Activity
        fields = ["method", "name", "channel", "partner", "budget_line", "owner", "start", "end", "expected"]
        widgets = {"start": day_field_widget(), "end": day_field_widget()}

    def __init__(self, *args, people: People, lines: list[BudgetLine], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = METHODS
        offer(self.fields["channel"], people.channels, _("All channels"))
        offer(self.fields["owner"], people.members, _("Nobody yet"))
        offer(self.fields["budget_line"], lines, _("No budget line"))

    def clean_start(self) -> date | None:
        return self._within("start")

    def clean_end(self) -> date | None:
        return self._within("end")

    def _within(self, name: str) -> date | None:
        """A day of the strategy; one that was right before the strategy's dates moved is left alone."""
        day, strategy = self.cleaned_data[name], self.instance.strategy
        if day and name in self.changed_data and not strategy.start <= day <= strategy.end:
            raise ValidationError(
                _("Choose a day of the strategy: %(first)s to %(last)s."),
                params={"first": day_year(strategy.start), "last": day_year(strategy.end)},
            )
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("It cannot end before it begins."))
        return cleaned
