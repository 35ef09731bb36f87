"""The forms of second factors, in our words."""

from allauth.mfa.base import forms as stock
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from brands.account_forms import OurWords

CODE = _("Code")


class SecondFactorWords(OurWords):
    labels = {
        "code": CODE,
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with this passkey alone, without the password"),
    }
    hints = {"name": _("Such as the device that it is on.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, hint in self.hints.items():
            if name in self.fields:
                self.fields[name].help_text = hint
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class AuthenticateForm(SecondFactorWords, stock.AuthenticateForm):
    labels = {"code": _("Code of the app, or a recovery code")}


class ReauthenticateForm(SecondFactorWords, stock.ReauthenticateForm):
    labels = {"code": _("Code of the app, or a recovery code")}


class ActivateTOTPForm(SecondFactorWords, totp.ActivateTOTPForm):
    labels = {"code": _("The six digits that the app shows")}


class AddPasskeyForm(SecondFactorWords, webauthn.AddWebAuthnForm):
    field_order = ["name", "passwordless", "credential"]


class EditPasskeyForm(SecondFactorWords, webauthn.EditWebAuthnForm):
    pass
