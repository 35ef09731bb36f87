"""How signing in and up behaves beyond the library's own ways."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_now
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import get_connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from brands import devices, sessions
from brands.models import AuditEntry, User

log = logging.getLogger(__name__)
PAGE_WAITS_SECONDS = 5
LETTER_SENT = "account/messages/email_confirmation_sent.txt"
NOT_SENT = _("The letter could not be sent: the mail server does not answer. Ask for it again in a few minutes.")


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

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Also to an address that was theirs until now. What it tells of has happened, whether or not the letter goes out."""
        about = {"user": user, "device": devices.named(self.get_http_user_agent(self.request))}
        try:
            super().send_notification_mail(template_prefix, user, about | (context or {}), email)
        except (SMTPException, OSError) as problem:
            log.error("the letter %s was not sent: %s", template_prefix, problem)

    def post_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse:
        """A person who signed in before is told of a browser that they were never seen with."""
        is_first = not AuditEntry.objects.filter(person=user, act="signed_in").exists()
        response = super().post_login(request, user, **kwargs)
        sessions.begin(request)
        if not is_first and not devices.is_known(request, user):
            self.send_notification_mail("account/email/new_device", user)
        devices.remember(request, response, user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the person who reads it; whoever has no account reads what the page spoke.

        The page waits a few seconds for the mail server and no longer; where no letter went out, it says so.
        """
        reader = context.get("user") or User.objects.filter(email__iexact=email).first()
        request = request_now.request
        said = {"request": request, "email": email, "current_site": get_current_site(request)}
        with translation.override(getattr(reader, "language", "") or translation.get_language()):
            letter = self.render_mail(template_prefix, email, said | context)
        letter.connection = get_connection(timeout=PAGE_WAITS_SECONDS)
        try:
            letter.send()
        except (SMTPException, OSError) as problem:
            log.error("The letter %s was not sent: %s", template_prefix, problem)
            if request is not None:
                request.letter_not_sent = True
                messages.error(request, NOT_SENT)

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args, **kwargs) -> None:
        """Not that a letter was sent where none arrives: the site sends none, or it has just been said that this one failed."""
        none_arrives = settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory" or getattr(request, "letter_not_sent", False)
        if message_template == LETTER_SENT and none_arrives:
            return
        super().add_message(request, level, message_template, *args, **kwargs)
