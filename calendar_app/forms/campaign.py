from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm
from brands.models import Brand
from calendar_app.forms.fields import DayField
from calendar_app.models import Campaign
from strategies.models import BudgetLine


class CampaignForm(VersionedModelForm):
    start = DayField(label=_("starts"))
    end = DayField(label=_("ends"))

    class Meta:
        model = Campaign
        fields = ["name", "start", "end", "strategy", "budget_lines"]

    def __init__(self, *args, brand: Brand, may_see_money: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand = brand
        self.fields["strategy"].queryset = brand.strategies.filter(~Q(status="archived") | Q(pk=self.instance.strategy_id))
        if self.instance._state.adding:
            self.initial.setdefault("strategy", brand.strategies.running(brand.today()).values_list("pk", flat=True).first())
        lines = BudgetLine.objects.filter(strategy__brand=brand).select_related("strategy")
        self.fields["budget_lines"].queryset = lines
        if not may_see_money or not lines.exists():
            del self.fields["budget_lines"]

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end must not come before the start."))
        strategy, lines = cleaned.get("strategy"), cleaned.get("budget_lines") or []
        if any(strategy is None or line.strategy_id != strategy.pk for line in lines):
            self.add_error("budget_lines", _("Choose budget lines of the campaign’s own strategy."))
        return cleaned
