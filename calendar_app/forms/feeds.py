from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from calendar_app.feeds import MOST_PER_PERSON


class FeedForm(forms.Form):
    """A new feed: of the whole brand, or of one's own posts."""

    holds = forms.ChoiceField(
        label=_("what it holds"),
        choices=[("all", _("All posts of the brand")), ("mine", _("Only posts that I own"))],
        initial="all",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, standing: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing

    def clean(self) -> dict:
        if self.standing >= MOST_PER_PERSON:
            raise ValidationError(
                _("You have %(count)s addresses already. Take one back first."), params={"count": MOST_PER_PERSON}
            )
        return super().clean()
