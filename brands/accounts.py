"""How signing in and up behaves beyond the library's own ways."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account was closed."),
        "email_password_mismatch": _("The e-mail address or the password is not right. Try again, or reset the password."),
        "email_taken": _("Somebody has signed up with this address. Sign in, or reset the password."),
        "enter_current_password": _("Type your present password."),
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _("This link was used already or is too old."),
        "rate_limited": _("That was too often. Wait a few minutes, then try again."),
        "same_as_current": _("This is the one you have now."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "unverified_primary_email": _("Confirm your e-mail address first."),
    }
