"""Giving posts that nobody owns to somebody: which ones, as they were seen, and to whom."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Role, User

SEEN = re.compile(r"(\d{1,18})-(\d{1,9})")


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(label=_("give to"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = brand.memberships.filter(role__gte=Role.MARKETER, user__is_active=True)
        self.fields["owner"].queryset = User.objects.filter(pk__in=members.values("user")).order_by("name", "email")

    def clean(self) -> dict:
        """`posts`: key → the version that stood beside the tick box."""
        cleaned = super().clean()
        found = [SEEN.fullmatch(value) for value in self.data.getlist("post")]
        cleaned["posts"] = {int(one[1]): int(one[2]) for one in found if one}
        if not cleaned["posts"] or not all(found):
            raise ValidationError(_("Tick the posts first."))
        return cleaned
