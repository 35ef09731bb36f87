from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.fields import NumberField
from brands.forms import VersionedModelForm
from brands.models import Brand
from strategies.forms.rows import People, offer
from strategies.models import Tool


class ToolForm(VersionedModelForm):
    url = forms.URLField(label=_("Web address"), required=False, max_length=300, assume_scheme="https")
    price_per_month = NumberField(label=_("Price per month"), required=False, max_digits=18, decimal_places=2, min_value=0)

    class Meta:
        model = Tool
        fields = ["name", "group", "url", "is_paid", "price_per_month", "owner", "channels", "note"]
        widgets = {"channels": forms.CheckboxSelectMultiple}

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand = brand
        people = People(brand)
        offer(self.fields["owner"], people.members, _("Nobody yet"))
        offer(self.fields["channels"], people.channels)
        self.fields["price_per_month"].help_text = _("In %(currency)s.") % {"currency": brand.currency}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if self.instance.brand.tools.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This tool is in the list already."))
        return name

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("price_per_month") and not cleaned.get("is_paid"):
            self.add_error("price_per_month", _("A tool with a price is a paid one: tick “paid”, or leave the price empty."))
        return cleaned
