"""Form fields that several apps use."""

from django import forms

LARGEST_KEY = 2**63 - 1


class WebAddressField(forms.URLField):
    """An address typed without a scheme is taken for https."""

    def __init__(self, **kwargs):
        super().__init__(**{"assume_scheme": "https", **kwargs})


class SeveralRowsField(forms.ModelMultipleChoiceField):
    """Rows to choose from. A key that no table can hold is none of them; the database is not asked about it."""

    def _check_values(self, value):
        for key in value:
            if str(key).isdecimal() and int(key) > LARGEST_KEY:
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key})
        return super()._check_values(value)
