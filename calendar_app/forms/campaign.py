from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from brands.fields import MoneyField
from brands.forms import SeveralRowsField, VersionedModelForm, WebAddressField
from brands.models import Brand
from calendar_app.forms.fields import DayField, WordsField
from calendar_app.models import Campaign
from strategies.models import BudgetLine, Goal, Strategy

MONEY = ("budget", "budget_lines", "prize_value", "sales")
RESULTS = ("participants", "engagement", "sales", "result")


class CampaignForm(VersionedModelForm):
    """What a campaign pushes, when, where and with which money; of a promotion its prize and rules; afterwards what came of it."""

    start = DayField(label=_("starts"))
    end = DayField(label=_("ends"))
    approach = WordsField(required=False, label=_("approach"), rows=4, max_length=2000)
    result = WordsField(required=False, label=_("what came of it"), rows=4, max_length=2000)

    class Meta:
        model = Campaign
        fields = [
            "name", "kind", "start", "end", "strategy", "goal", "channels", "approach", "budget", "budget_lines",
            "prize", "prize_value", "rules_link", "guidelines_checked", "participants", "engagement", "sales", "result",
        ]  # fmt: skip
        field_classes = {
            "rules_link": WebAddressField, "channels": SeveralRowsField, "budget_lines": SeveralRowsField,
            "budget": MoneyField, "prize_value": MoneyField, "sales": MoneyField,
        }  # fmt: skip
        widgets = {"channels": forms.CheckboxSelectMultiple, "budget_lines": forms.CheckboxSelectMultiple}

    def __init__(self, *args, brand: Brand, may_see_money: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand = brand
        fields, row = self.fields, self.instance
        fields["strategy"].queryset = brand.strategies.filter(~Q(status="archived") | Q(pk=row.strategy_id))
        if row._state.adding:
            self.initial.setdefault("strategy", brand.strategies.running(brand.today()).values_list("pk", flat=True).first())
        strategy = self._chosen_strategy()
        fields["goal"].queryset = Goal.objects.filter(strategy=strategy) if strategy else Goal.objects.none()
        fields["goal"].error_messages["invalid_choice"] = _("Choose one of this strategy’s.")
        used = row.channels.values("pk") if row.pk else []
        fields["channels"].queryset = brand.channels.filter(Q(is_active=True) | Q(pk__in=used)).select_related("platform")
        lines = BudgetLine.objects.filter(strategy__brand=brand).select_related("strategy")
        fields["budget_lines"].queryset = lines
        for name in ("budget", "prize_value", "sales"):
            fields[name].currency = brand.currency
        fields["budget"].help_text = _("In the brand’s currency.")
        fields["engagement"].label = _("interactions")
        without = [] if may_see_money else list(MONEY)
        for name in {*without, *([] if lines.exists() else ["budget_lines"])}:
            del fields[name]

    def _chosen_strategy(self) -> Strategy | None:
        try:
            return self.fields["strategy"].clean(self["strategy"].value())
        except ValidationError:
            return None

    @property
    def results(self) -> list[forms.BoundField]:
        return [self[name] for name in RESULTS if name in self.fields]

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end must not come before the start."))
        strategy, lines = cleaned.get("strategy"), cleaned.get("budget_lines") or []
        if any(strategy is None or line.strategy_id != strategy.pk for line in lines):
            self.add_error("budget_lines", _("Choose budget lines of the campaign’s own strategy."))
        return cleaned
