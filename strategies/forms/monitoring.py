from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from strategies import metric_names
from strategies.forms.rows import People, RowForm, StrategyFieldsForm, offer
from strategies.models import Risk, Strategy, WatchItem


class WatchItemForm(RowForm):
    metric = forms.ChoiceField(label=_("What is watched"))
    at_least = NumberField(label=_("Not below"), required=False, max_digits=20, decimal_places=4)
    at_most = NumberField(label=_("Not above"), required=False, max_digits=20, decimal_places=4)

    class Meta:
        model = WatchItem
        fields = ["metric", "channel", "rhythm", "owner", "at_least", "at_most", "risk", "if_it_fails"]

    def __init__(self, *args, people: People, metrics: list, risks: list[Risk], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.metric
        known = {name for _group, members in metrics if isinstance(members, list) for name, _label in members}
        self.fields["metric"].choices = metrics if not stored or stored in known else [*metrics, (stored, stored)]
        offer(self.fields["channel"], people.channels, _("All channels"))
        offer(self.fields["owner"], people.members, _("Nobody yet"))
        offer(self.fields["risk"], risks, _("None of the risks"))

    def clean_at_least(self) -> Decimal | None:
        return self._possible(self.cleaned_data["at_least"])

    def clean_at_most(self) -> Decimal | None:
        return self._possible(self.cleaned_data["at_most"])

    def _possible(self, bound: Decimal | None) -> Decimal | None:
        """A bound that the figure can never reach would never be crossed, or always."""
        metric = self.cleaned_data.get("metric", "")
        if bound is not None and not metric_names.allows(metric, bound):
            raise ValidationError(_("%(metric)s can never be that much.") % {"metric": metric_names.name_of(metric)})
        return bound

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        low, high = cleaned.get("at_least"), cleaned.get("at_most")
        if low is not None and high is not None and low >= high:
            self.add_error("at_most", _("“Not above” must be more than “not below”."))
        return cleaned


class RoutineForm(StrategyFieldsForm):
    class Meta:
        model = Strategy
        fields = ["watch_routine"]
        widgets = {"watch_routine": forms.Textarea(attrs={"rows": 3})}
