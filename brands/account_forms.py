"""The forms of signing in and up, in our words. Apart from `brands.forms`, which the library itself imports."""

from allauth.account import forms as stock
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from brands import sessions

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "oldpassword": _("Present password"),
    "remember": _("Keep me signed in"),
    "sign_out_elsewhere": _("Sign me out on all other devices"),
}
NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password once more")}
LENGTH = _("At least eight characters, not only digits, and none that everybody uses.")


class OurWords:
    """Labels above the fields instead of hints inside them, which vanish when one begins to type."""

    labels = LABELS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.help_text = LENGTH if name == "password1" else ""


class LoginForm(OurWords, stock.LoginForm):
    pass


class SignupForm(OurWords, stock.SignupForm):
    field_order = ["name", "email", "password1", "language"]


class ChangePasswordForm(OurWords, stock.ChangePasswordForm):
    labels = LABELS | NEW_PASSWORD
    sign_out_elsewhere = forms.BooleanField(required=False, initial=True)

    def save(self) -> None:
        super().save()
        if self.cleaned_data["sign_out_elsewhere"]:
            sessions.end_others(context.request)
        else:
            sessions.keep_others(context.request, self.user)


class SetPasswordForm(OurWords, stock.SetPasswordForm):
    labels = LABELS | NEW_PASSWORD


class ResetPasswordForm(OurWords, stock.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, stock.ResetPasswordKeyForm):
    labels = LABELS | NEW_PASSWORD


class ReauthenticateForm(OurWords, stock.ReauthenticateForm):
    pass


class AddEmailForm(OurWords, stock.AddEmailForm):
    labels = LABELS | {"email": _("New e-mail address")}
