from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brands.audit import record
from brands.fields import NumberField
from brands.forms.versioned import VersionedModelForm
from brands.models import Brand, Membership, Role
from brands.models.teams import Skill


class MembershipForm(VersionedModelForm):
    """Hours and skills of a member; the role too, where a lead fills it in."""

    skills = forms.MultipleChoiceField(label=_("Skills"), choices=Skill, required=False, widget=forms.CheckboxSelectMultiple)

    hours_per_week = NumberField(
        label=_("Hours a week"),
        min_value=0,
        max_value=168,
        max_digits=4,
        decimal_places=1,
        help_text=_("How much time this person has for the brand’s channels."),
    )

    class Meta:
        model = Membership
        fields = ["role", "hours_per_week", "skills"]
        widgets = {"role": forms.RadioSelect}

    def __init__(self, *args, may_lead: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_lead:
            del self.fields["role"]

    def saved(self) -> bool:
        try:
            return super().saved()
        except ValidationError as refusal:
            self.add_error("role", refusal)
            return False

    def _record(self, act: str) -> None:
        if "role" in self.changed_data:
            roles = {"person": self.instance.user_id, "was": self.initial["role"], "role": int(self.instance.role)}
            record("role_changed", brand=self.instance.brand, on=self.instance, details=roles)

    def save(self, commit: bool = True) -> Membership:
        with transaction.atomic():
            self.instance.keep_one_lead(stays_lead=self.instance.role >= Role.LEAD)
            return super().save(commit)


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "placeholder": "aziza@example.uz"}),
    )
    role = forms.TypedChoiceField(label=_("Role"), choices=Role, coerce=int, initial=Role.MARKETER)

    def __init__(self, *args, brand: Brand, **kwargs):
        super().__init__(*args, **kwargs)
        self.brand = brand

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if self.brand.memberships.filter(user__email__iexact=email).exists():
            raise forms.ValidationError(_("%(email)s is in the team already."), params={"email": email})
        return email
