"""What somebody wants to see of the audit log. What makes no sense is left out, not refused: a filter is no promise."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.audit_log import GROUPS, HISTORIES, Asked, day_begins, kind_name
from brands.models import Brand, User

LARGEST_KEY = 2**63 - 1


class AuditFilterForm(forms.Form):
    person = forms.ModelChoiceField(User.objects.none(), required=False, label=_("Person"), empty_label=_("Everyone"))
    act = forms.ChoiceField(required=False, label=_("What"))
    kind = forms.ChoiceField(required=False, label=_("About"))
    first = forms.DateField(
        required=False, label=pgettext_lazy("a day", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        required=False, label=pgettext_lazy("a day", "To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    object = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.fields["person"].queryset = User.objects.filter(memberships__brand=brand).order_by("name", "email")
        self.fields["act"].choices = [("", _("Everything")), *((name, label) for name, (label, _acts) in GROUPS.items())]
        self.fields["kind"].choices = [("", _("Everything")), *((kind, kind_name(kind)) for kind in HISTORIES.values())]

    @property
    def asked(self) -> Asked:
        self.is_valid()
        said = self.cleaned_data
        first, last = said.get("first"), said.get("last")
        return Asked(
            person=said["person"].pk if said.get("person") else None,
            group=said.get("act", ""),
            first=day_begins(self.brand, first) if first else None,
            last=day_begins(self.brand, last, 1) if last else None,
            kind=said.get("kind", ""),
            object_id=said.get("object") if said.get("kind") else None,
        )

    @property
    def is_on(self) -> bool:
        return self.asked != Asked()
