from django import forms
from django.utils.translation import gettext_lazy as _

from strategies.forms.rows import People, RowForm, StrategyFieldsForm, offer
from strategies.models import Strategy, WatchItem


class WatchItemForm(RowForm):
    class Meta:
        model = WatchItem
        fields = ["metric", "channel", "rhythm", "owner", "if_it_fails"]

    metric = forms.ChoiceField(label=_("What is watched"))

    def __init__(self, *args, people: People, metrics: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.metric
        known = {name for _group, members in metrics if isinstance(members, list) for name, _label in members}
        self.fields["metric"].choices = metrics if not stored or stored in known else [*metrics, (stored, stored)]
        offer(self.fields["channel"], people.channels, _("All channels"))
        offer(self.fields["owner"], people.members, _("Nobody yet"))


class RoutineForm(StrategyFieldsForm):
    class Meta:
        model = Strategy
        fields = ["watch_routine"]
        widgets = {"watch_routine": forms.Textarea(attrs={"rows": 3})}
