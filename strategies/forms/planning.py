from django import forms
from django.utils.translation import gettext_lazy as _

from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import PlanningStep


class PlanningStepForm(RowForm):
    class Meta:
        model = PlanningStep
        fields = ["text", "owner", "due"]
        widgets = {"due": day_field_widget(), "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], people.members, _("Nobody yet"))
