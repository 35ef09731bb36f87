from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brands.forms.versioned import VersionedModelForm
from brands.models import Brand, Membership, Role
from brands.models.teams import Skill


class MembershipForm(VersionedModelForm):
    """Hours and skills of a member; the role too, where a lead fills it in."""

    skills = forms.MultipleChoiceField(
        label=_("Skills"), choices=Skill, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Membership
        fields = ["role", "hours_per_week", "skills"]
        widgets = {"role": forms.RadioSelect}

    def __init__(self, *args, may_lead: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_lead:
            del self.fields["role"]
        hours = self.fields["hours_per_week"]
        hours.help_text = _("How much time this person has for the brand’s channels.")
        hours.min_value, hours.max_value = 0, 168

    def clean_hours_per_week(self):
        hours = self.cleaned_data["hours_per_week"]
        if not 0 <= hours <= 168:
            raise forms.ValidationError(_("A week has 168 hours."))
        return hours

    def saved(self) -> bool:
        try:
            return super().saved()
        except ValidationError as refusal:
            self.add_error("role", refusal)
            return False

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
