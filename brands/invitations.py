"""Inviting people into a brand: a signed link for the address, a row that a lead can take back."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from brands.audit import record
from brands.letters import absolute, send_letter
from brands.models import Brand, Invitation, Membership, Role, User

OPEN_FOR = timedelta(days=7)
SIGNER = signing.Signer(salt="brands.invitation")


class InvitationRefused(Exception):
    """The invitation cannot be accepted by this person; `reason` is "closed" or "someone_else"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def invite(brand: Brand, email: str, role: Role, invited_by: User) -> Invitation:
    """Open an invitation, or renew the one that the address has, and send the letter once it is saved."""
    renewed = {"role": role, "invited_by": invited_by, "expires_at": timezone.now() + OPEN_FOR}
    with transaction.atomic():
        # The brand's row is the lock: two leads who invite one person send two letters for one invitation.
        Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        invitation, _created = brand.invitations.update_or_create(
            email__iexact=email, accepted_at=None, defaults=renewed, create_defaults=renewed | {"email": email}
        )
        record("invited", brand=brand, person=invited_by, on=invitation, details={"role": int(role)})
    return invitation


def send(invitation: Invitation) -> None:
    send_letter(
        invitation.email,
        "invitation",
        invitation.brand.language,
        invitation=invitation,
        days=OPEN_FOR.days,
        link=absolute(reverse("brands:invitation", args=[token(invitation)])),
    )


def token(invitation: Invitation) -> str:
    """What the link carries. It names the row, so revoking is deleting, and the expiry, so an older letter dies."""
    return SIGNER.sign_object([invitation.pk, int(invitation.expires_at.timestamp())])


def find(signed: str) -> Invitation | None:
    """The open invitation behind a link: unsigned, expired, revoked, used or replaced ones are None."""
    try:
        pk, expires = SIGNER.unsign_object(signed)
    except signing.BadSignature:
        return None
    invitation = Invitation.objects.select_related("brand", "invited_by").filter(pk=pk, brand__closing_since=None).first()
    if invitation is None or not invitation.is_open or int(invitation.expires_at.timestamp()) != expires:
        return None
    return invitation


def accept(invitation: Invitation, user: User) -> Membership:
    """Make `user` a member. A member who is one already keeps the role, if it is the higher one."""
    if invitation.email.lower() != user.email.lower():
        raise InvitationRefused("someone_else")
    with transaction.atomic():
        row = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
        if row is None or not row.is_open:
            raise InvitationRefused("closed")
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
        membership, created = Membership.objects.get_or_create(brand_id=row.brand_id, user=user, defaults={"role": row.role})
        if not created and membership.role < row.role:
            membership.change_role(Role(row.role))
        record("invitation_accepted", brand=row.brand, person=user, on=membership, details={"role": int(membership.role)})
    return membership
