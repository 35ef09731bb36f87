import logging
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from brands import invitations
from brands.access import brand_view
from brands.audit import record
from brands.limits import limited
from brands.models import Brand, Role

log = logging.getLogger(__name__)


@never_cache
@limited("invitation")
def invitation(request: HttpRequest, signed: str) -> HttpResponse:
    """Where the link of the letter leads; joining takes a press of a button."""
    found = invitations.find(signed)
    if found is None:
        return render(request, "brands/invitation_closed.html", status=410)
    if not request.user.is_authenticated:
        # The link came by mail, so whoever holds it and signs up with that address has proved it.
        get_adapter().stash_verified_email(request, found.email)
        return render(request, "brands/invitation.html", {"invitation": found})
    if request.method == "POST":
        return _join(request, found)
    mine = found.email.lower() == request.user.email.lower()
    return render(request, "brands/invitation.html", {"invitation": found, "mine": mine}, status=200 if mine else 403)


def _join(request: HttpRequest, found) -> HttpResponse:
    try:
        membership = invitations.accept(found, request.user)
    except invitations.InvitationRefused as refusal:
        if refusal.reason == "closed":
            return render(request, "brands/invitation_closed.html", status=410)
        return render(request, "brands/invitation.html", {"invitation": found, "mine": False}, status=403)
    messages.success(request, _("Welcome to %(brand)s.") % {"brand": membership.brand})
    return redirect(membership.brand)


@brand_view(Role.LEAD)
@require_POST
def resend(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.invitations, pk=pk, accepted_at=None)
    open_and_send(request, brand, row.email, Role(row.role))
    return redirect("brands:team", brand.slug)


@brand_view(Role.LEAD)
@require_POST
def revoke(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.invitations, pk=pk, accepted_at=None)
    with transaction.atomic():
        record("invitation_revoked", brand=brand, on=row, details={"role": row.role})
        row.delete()
    messages.success(request, _("The invitation of %(email)s was taken back.") % {"email": row.email})
    return redirect("brands:team", brand.slug)


def open_and_send(request: HttpRequest, brand: Brand, email: str, role: Role) -> None:
    """Invite, and say whether the letter went out; the invitation stands either way and can be sent again."""
    row = invitations.invite(brand, email, role, request.user)
    try:
        invitations.send(row)
    except (SMTPException, OSError) as problem:
        log.error("the invitation %s was not sent: %s", row.pk, problem)
        messages.error(
            request, _("%(email)s is invited, but the letter could not be sent. Try “Send again” later.") % {"email": email}
        )
    else:
        messages.success(request, _("We wrote to %(email)s. The link works for seven days.") % {"email": email})
