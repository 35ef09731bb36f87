"""Form fields that several apps use."""

from django import forms


class WebAddressField(forms.URLField):
    """An address typed without a scheme is taken for https."""

    def __init__(self, **kwargs):
        super().__init__(**{"assume_scheme": "https", **kwargs})
