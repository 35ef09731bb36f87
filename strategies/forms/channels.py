from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from strategies.forms.rows import RowForm, day_field_widget
from strategies.models import StrategyChannel


class StrategyChannelForm(RowForm):
    posts_per_week = NumberField(label=_("Posts per week"), max_digits=4, decimal_places=1, min_value=0, max_value=200)
    hours_per_post = NumberField(label=_("Hours per post"), max_digits=4, decimal_places=1, min_value=0, max_value=100)

    class Meta:
        model = StrategyChannel
        fields = ["posts_per_week", "hours_per_post", "why", "pilot_until"]
        widgets = {"pilot_until": day_field_widget()}

    def clean_pilot_until(self) -> date | None:
        day = self.cleaned_data["pilot_until"]
        if day and day <= self.instance.strategy.start:
            raise ValidationError(_("A pilot must end after the strategy’s start."))
        return day
