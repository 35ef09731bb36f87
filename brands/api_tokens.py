"""Tokens of the API: made and shown once, found by their digest, taken back."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from brands import audit
from brands.models import ApiToken, Membership

# So that whoever finds one in a file knows what it is, and programs that look for secrets do, too.
PREFIX = "smm_"
SHOWN = len(PREFIX) + 6
MOST = 20
_SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
NOTED_EVERY = timedelta(minutes=1)


def make(membership: Membership, name: str, scopes: Iterable[str], expires_at: datetime) -> tuple[ApiToken, str]:
    """The row and the secret, which is not kept anywhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            brand=membership.brand, membership=membership, name=name, scopes=sorted(scopes), digest=_digest(secret),
            beginning=secret[:SHOWN], expires_at=expires_at,
        )  # fmt: skip
        audit.record("api_token_made", brand=membership.brand, on=token, details={"scopes": token.scopes})
    return token, secret


def find(secret: str) -> ApiToken | None:
    """The token, if it works: not taken back, not expired, of somebody who is still in the team."""
    if not _SHAPE.fullmatch(secret):
        return None
    rows = ApiToken.objects.working().select_related("membership__user", "membership__brand")
    return rows.filter(digest=_digest(secret)).first()


def note_use(token: ApiToken) -> None:
    """When it was used last, to the minute: not each request writes."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def revoke(token: ApiToken) -> bool:
    """It works no more, at once; False where that was so already."""
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            return False
        audit.record("api_token_revoked", brand=token.brand, on=token)
    return True


def _digest(secret: str) -> str:
    # Nobody guesses 256 random bits, so a slow digest would only slow the owner down.
    return hashlib.sha256(secret.encode()).hexdigest()
