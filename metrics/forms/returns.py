"""What one result is worth, and the levers of a supposed return."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.forms import VersionedModelForm
from metrics.forms.fields import amount_field
from metrics.kpi.what_if import LEVERS, WhatIf
from metrics.models import AssignedValue

PLACES = {"investment": 2, "visits": 0, "conversion": 4, "order_value": 2, "goods_share": 2}
BIGGEST = Decimal(10) ** 12


class AssignedValueForm(VersionedModelForm):
    amount = amount_field(
        _("Worth of one result"), help_text=_("What one result brings the business in the long run, as far as you can tell.")
    )

    class Meta:
        model = AssignedValue
        fields = ("amount", "currency", "reason")


class WhatIfForm(forms.Form):
    """The levers. What is left as it stands counts as exactly what was measured, however it is rounded here."""

    investment = NumberField(label=_("Spend"), min_value=0, max_value=BIGGEST, decimal_places=2, max_digits=20, required=False)
    visits = NumberField(
        label=_("Visits from social networks"), min_value=0, max_value=BIGGEST, decimal_places=0, max_digits=20, required=False
    )
    conversion = NumberField(
        label=_("Visits that become customers, %"), min_value=0, max_value=100, decimal_places=4, max_digits=20, required=False
    )
    order_value = NumberField(
        label=_("A customer’s order"), min_value=0, max_value=BIGGEST, decimal_places=2, max_digits=20, required=False
    )
    goods_share = NumberField(
        label=_("Cost of goods, % of revenue"), min_value=0, max_value=1000, decimal_places=2, max_digits=20, required=False
    )
    visits_follow = forms.BooleanField(label=_("More spend brings more visits, at the same price each"), required=False)

    def __init__(self, typed: Mapping[str, str] | None, now: WhatIf) -> None:
        """`now` are the levers as they were measured; without `typed` they are what the fields say."""
        self.now = now
        self.start = {name: rounded(value, PLACES[name]) for name, value in now.levers.items()}
        super().__init__(typed or None, initial=self.start)

    def then(self) -> WhatIf:
        """The levers as they are supposed; what was typed wrongly, or not at all, is unknown."""
        if not self.is_bound:
            return self.now
        self.is_valid()
        said = {name: self._lever(name) for name in LEVERS}
        if self.cleaned_data.get("visits_follow") and said["investment"] is not None and said["visits"] == self.now.visits:
            said["visits"] = self.now.with_spend(said["investment"]).visits
        return WhatIf(**said)

    def _lever(self, name: str) -> Fraction | None:
        typed = self.cleaned_data.get(name)
        if typed is None:
            return None
        return self.now.levers[name] if typed == self.start[name] else Fraction(typed)

    def sliders(self) -> list[tuple[forms.BoundField, dict[str, str] | None]]:
        """Each lever's field, and how far its slider reaches: from nothing to twice what was measured."""
        return [(self[name], self._slider(name)) for name in LEVERS]

    def _slider(self, name: str) -> dict[str, str] | None:
        start = self.start[name]
        if start is None:
            return None
        most = max(start * 2, Decimal(1)) if name not in ("conversion", "goods_share") else _reach(start)
        value = self.cleaned_data.get(name) if self.is_bound and self.is_valid() else start
        step = max(most / 200, Decimal(1).scaleb(-PLACES[name]))
        return {
            "max": f"{most:f}",
            "step": f"{rounded(Fraction(step), PLACES[name]):f}",
            "value": f"{start if value is None else value:f}",
        }


def _reach(start: Decimal) -> Decimal:
    return min(Decimal(100), max(start * 2, Decimal(1)))


def rounded(value: Fraction | None, places: int) -> Decimal | None:
    """The number as a field shows it."""
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-places))
