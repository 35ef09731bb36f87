"""What a person hears of, and when letters may come: two tick boxes per kind of news, quiet hours, muted brands."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from brands.models import EmailRhythm, LetterSettings, Membership, User
from brands.notifications import KINDS
from brands.zones import zone_choices


def _zones() -> list:
    return [("", _("That of your first brand")), *zone_choices()]


class MutedField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, row: Membership) -> str:
        return row.brand.name


class HearingForm(forms.ModelForm):
    rhythm = forms.ChoiceField(label=_("letters by e-mail"), choices=EmailRhythm.choices, widget=forms.RadioSelect)
    in_app = forms.MultipleChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    by_email = forms.MultipleChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=_zones, required=False)
    quiet_days = forms.TypedMultipleChoiceField(
        label=_("days off"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No letters on these days."),
    )
    muted = MutedField(
        label=_("mute a brand’s letters"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Its notifications still appear in the app. Reports whose list you are on still come."),
    )

    class Meta:
        model = LetterSettings
        fields = ["time_zone", "quiet_from", "quiet_to", "quiet_days", "reminders_pass"]
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_to")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        memberships = user.memberships.select_related("brand").order_by("brand__name")
        initial = {"rhythm": user.email_rhythm, "muted": [row.pk for row in memberships if row.letters_muted]}
        super().__init__(*args, instance=LetterSettings.of(user), initial=initial, **kwargs)
        self.fields["muted"].queryset = memberships

    def clean_quiet_days(self) -> list[int]:
        days = sorted(set(self.cleaned_data["quiet_days"]))
        if len(days) == len(WEEKDAYS):
            raise ValidationError(_("Leave a day for letters, or choose “Never” above."))
        return days

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "quiet_from" not in said or "quiet_to" not in said:
            return said
        starts, ends = said["quiet_from"], said["quiet_to"]
        if (starts is None) != (ends is None):
            self.add_error("quiet_to" if ends is None else "quiet_from", _("Quiet hours need both ends."))
        elif starts is not None and starts == ends:
            self.add_error("quiet_to", _("They cannot end when they begin. For whole days choose days off."))
        return said
