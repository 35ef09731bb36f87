from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategies.forms.rows import People, RowForm, day_field_widget, offer
from strategies.models import PlanningStep

LONG_BEFORE = timedelta(days=60)


class PlanningStepForm(RowForm):
    class Meta:
        model = PlanningStep
        fields = ["text", "owner", "due"]
        widgets = {"due": day_field_widget(), "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, people: People, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], people.members, gettext_lazy("Nobody yet"))
        # Django names the help text and the error of a field by itself, but not what is said beside it.
        self.fields["due"].widget.attrs["aria-describedby"] = f"{self.due_hint_id} {self['due'].auto_id}_error"

    @property
    def due_hint_id(self) -> str:
        return f"{self.prefix}-due-hint"

    def due_hint(self) -> str:
        """A day that is likely a slip; it is kept all the same."""
        step, strategy = self.instance, self.instance.strategy
        if step.due is None or self.has_error("due"):
            return ""
        if step.due < strategy.start - LONG_BEFORE:
            return _("Long before the strategy begins: is the year right?")
        if step.due > strategy.end:
            return _("After the end of the strategy.")
        if step.due < strategy.brand.today() and not step.text.strip():
            return _("This day is over, and nothing is written here yet.")
        return ""
