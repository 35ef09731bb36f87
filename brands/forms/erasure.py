from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands import erasure
from brands.models import User


class EraseForm(forms.Form):
    """The password is the moment to think, and keeps an open browser from being used for it."""

    password = forms.CharField(
        label=_("Your password, to be sure"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("That is not your password."))
        return str(self.cleaned_data["password"])

    def asked(self) -> bool:
        if not self.is_valid():
            return False
        try:
            erasure.ask(self.user)
        except ValidationError as problem:
            self.add_error(None, problem)
            return False
        return True
