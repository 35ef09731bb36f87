"""Days, times and texts as a calendar asks for them."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Nobody plans outside of these, and arithmetic with zones stays far from the ends of the calendar.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_TEXT = 70_000


class DayField(forms.DateField):
    def __init__(self, **kwargs) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": str(FIRST_DAY), "max": str(LAST_DAY)}),
            **kwargs,
        )
        self.validators += [
            MinValueValidator(FIRST_DAY, _("Choose a day after %(limit_value)s.")),
            MaxValueValidator(LAST_DAY, _("Choose a day before %(limit_value)s.")),
        ]


class ClockField(forms.TimeField):
    def __init__(self, **kwargs) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S"], widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **kwargs
        )


class WordsField(forms.CharField):
    """A longer text. A browser sends a line break as two characters, networks count one."""

    def __init__(self, **kwargs) -> None:
        rows = kwargs.pop("rows", 8)
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        # The browser's own limit would cut what is pasted without a word.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")


def version_field() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
