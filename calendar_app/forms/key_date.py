"""A day that the brand wants to remember; and the brand's country, which brings its public holidays."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.forms import VersionedModelForm
from brands.models import Brand
from calendar_app.forms.fields import DayField
from calendar_app.models import KeyDate

LONGEST = timedelta(days=31)


class KeyDateForm(VersionedModelForm):
    start = DayField(label=_("day"))
    end = DayField(label=_("last day"), required=False, help_text=_("Only where it lasts longer than a day."))

    class Meta:
        model = KeyDate
        fields = ["name", "kind", "start", "end", "repeats_yearly", "note"]

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.brand, self.instance.country = brand, ""
        if not self.instance.pk or (self.instance.start.month, self.instance.start.day) == (2, 29):
            self.fields["repeats_yearly"].help_text = _("29 February is kept on the 28th in other years.")

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end must not come before the start."))
        elif start and end and end - start >= LONGEST:
            self.add_error("end", ValidationError(_("A key date lasts a month at most. What is longer is a campaign.")))
        return cleaned
