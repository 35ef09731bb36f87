"""Taking posts out as a file, bringing one, and telling what a file cannot tell."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Brand
from calendar_app.forms.fields import DayField
from calendar_app.models import PlanFile
from calendar_app.plan_files.any_table import ROLES
from calendar_app.plan_files.recognition import FORMATS, WRITTEN
from calendar_app.plan_files.tables import LARGEST

WORKBOOK = "xlsx"
ROLE_LABELS = {
    "text": _("text"), "title": _("title"), "date": _("day, or day and time"), "time": _("time"),
    "channel": _("channel or network"), "link": _("link"), "first_comment": _("first comment"),
}  # fmt: skip


class ExportForm(forms.Form):
    """`format`: a format's name, or the workbook of our own."""

    format = forms.ChoiceField(choices=[*((form.name, form.label) for form in WRITTEN), (WORKBOOK, "XLSX")])
    first = DayField(label=_("from"), required=False)
    last = DayField(label=_("to"), required=False)

    def __init__(self, *args, brand: Brand, channel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand, self.channel = brand, channel

    def clean(self) -> dict:
        said = super().clean()
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day is before the first."))
        form = FORMATS.get(said.get("format", ""))
        if form and form.one_channel and not self.channel:
            raise ValidationError(
                _("A file for %(tool)s goes to one channel: choose which."), params={"tool": form.label}, code="channel"
            )
        return said


class PlanFileForm(forms.Form):
    file = forms.FileField(
        label=_("file"),
        max_length=255,
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than %(limit)s. Split it."), params={"limit": filesizeformat(LARGEST)})
        return file


class SettlePlanForm(forms.Form):
    """Only what the file cannot tell is asked."""

    order = forms.ChoiceField(
        label=_("days such as 03/04/2027"),
        choices=[("dmy", _("day first (3 April)")), ("mdy", _("month first (4 March)"))],
        widget=forms.RadioSelect,
    )
    channels = forms.TypedMultipleChoiceField(label=_("the posts go to"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, plan: PlanFile, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        asks = plan.summary.get("asks", [])
        active = plan.brand.channels.filter(is_active=True).select_related("platform")
        self.fields["channels"].choices = [(str(channel.pk), str(channel)) for channel in active]
        for name in ("order", "channels"):
            if name not in asks:
                del self.fields[name]
        if "columns" in asks:
            headers = [(header, header) for header in plan.summary.get("header", [])]
            for role in ROLES:
                choices = [("", pgettext_lazy("a column of a file", "In no column")), *headers]
                usual = next((header for header, _word in headers if header.lower() in ROLES[role]), "")
                self.fields[f"column-{role}"] = forms.ChoiceField(
                    label=ROLE_LABELS[role], choices=choices, required=False, initial=usual
                )
        for slug in [ask.partition(":")[2] for ask in asks if ask.startswith("network:")]:
            offered = active.filter(platform__slug=slug)
            label = _("posts for %(network)s go to") % {"network": offered[0].platform.name if offered else slug}
            self.fields[f"network-{slug}"] = forms.ModelChoiceField(label=label, queryset=offered)

    def clean(self) -> dict:
        said = super().clean()
        if "column-text" in self.fields and not (said.get("column-text") or said.get("column-title")):
            self.add_error("column-text", _("Choose the column of the text, or of the title."))
        return said

    def answers(self) -> dict[str, object]:
        said, answers = self.cleaned_data, dict(self.plan.answers)
        if said.get("order"):
            answers["order"] = said["order"]
        if said.get("channels"):
            answers["channels"] = said["channels"]
        networks = {name.partition("-")[2]: said[name].pk for name in said if name.startswith("network-")}
        answers["networks"] = answers.get("networks", {}) | networks
        if columns := {name.partition("-")[2]: said[name] for name in said if name.startswith("column-") and said[name]}:
            answers["columns"] = columns
        return answers
