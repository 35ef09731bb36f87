"""What the audit log holds of signing in and out, of passwords and of second factors."""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth

from brands.audit import record
from brands.models import User

FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


def listen() -> None:
    """Called once, when Django is ready."""
    account.user_logged_in.connect(signed_in, dispatch_uid="audit")
    auth.user_login_failed.connect(failed, dispatch_uid="audit")
    auth.user_logged_out.connect(signed_out, dispatch_uid="audit")
    account.password_changed.connect(changed_password, dispatch_uid="audit")
    account.password_set.connect(changed_password, dispatch_uid="audit")
    account.password_reset.connect(reset_password, dispatch_uid="audit")
    mfa.authenticator_added.connect(added_factor, dispatch_uid="audit")
    mfa.authenticator_removed.connect(removed_factor, dispatch_uid="audit")
    mfa.authenticator_reset.connect(made_codes, dispatch_uid="audit")
    mfa.authentication_failed.connect(failed_factor, dispatch_uid="audit")


def signed_in(user: User, **rest) -> None:
    record("signed_in", person=user)


def failed(**rest) -> None:
    """Who was meant is not written down: what people type there may be anything, even a password."""
    record("failed_to_sign_in")


def signed_out(user: User | None, **rest) -> None:
    if user is not None:
        record("signed_out", person=user)


def changed_password(user: User, **rest) -> None:
    record("changed_password", person=user)


def reset_password(user: User, **rest) -> None:
    record("reset_password", person=user)


def added_factor(user: User, authenticator: Authenticator, **rest) -> None:
    if authenticator.type in FACTORS:
        record("added_second_factor", person=user, details={"kind": str(authenticator.type)})


def removed_factor(user: User, authenticator: Authenticator, **rest) -> None:
    if authenticator.type in FACTORS:
        record("removed_second_factor", person=user, details={"kind": str(authenticator.type)})


def made_codes(user: User, **rest) -> None:
    record("made_recovery_codes", person=user)


def failed_factor(user: User, **rest) -> None:
    record("failed_second_factor", person=user)
