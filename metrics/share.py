"""Links to a strategy's document for people without an account: signed, read only, taken back at once."""

from datetime import timedelta

from django.core import signing
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from brands.letters import absolute
from metrics.models import ShareLink

SIGNER = signing.Signer(salt="metrics.share")
# Who reloads a page has not opened it again.
ONE_VISIT = timedelta(minutes=5)


def token(link: ShareLink) -> str:
    """What the link carries: the row, so that taking it back is a field of the row."""
    return SIGNER.sign_object([link.pk, int(link.created_at.timestamp())])


def address(link: ShareLink) -> str:
    return absolute(reverse("shared:document", args=[token(link)]))


def find(signed: str) -> ShareLink | None:
    """The link behind an address; forged, taken back and outdated ones are None, and look the same from outside."""
    try:
        pk, created = SIGNER.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = ShareLink.objects.select_related("strategy__brand", "strategy__created_by").filter(pk=pk).first()
    if link is None or not link.works or int(link.created_at.timestamp()) != created:
        return None
    return link


def note_visit(link: ShareLink) -> None:
    """Count that somebody opened it; one write for a visit, however often the page is reloaded."""
    now = timezone.now()
    earlier = Q(opened_at=None) | Q(opened_at__lt=now - ONE_VISIT)
    ShareLink.objects.filter(earlier, pk=link.pk).update(opened_at=now, opened_count=F("opened_count") + 1)


def take_back(link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
