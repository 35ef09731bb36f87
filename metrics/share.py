"""Links to a strategy's document and to a report for people without an account: signed, read only, taken back at once."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Q
from django.forms import ModelForm
from django.urls import reverse
from django.utils import timezone

from brands.audit import record
from brands.letters import absolute
from metrics.models import ReportLink, ShareLink
from metrics.models.judging import SignedLink

# A signature for one kind of link opens nothing of the other.
SIGNER = signing.Signer(salt="metrics.share")
REPORT_SIGNER = signing.Signer(salt="metrics.share.report")
# Who reloads a page has not opened it again.
ONE_VISIT = timedelta(minutes=5)


def token(link: ShareLink) -> str:
    """What the link carries: the row, so that taking it back is a field of the row."""
    return _sign(SIGNER, link)


def address(link: ShareLink) -> str:
    return absolute(reverse("shared:document", args=[token(link)]))


def find(signed: str) -> ShareLink | None:
    """The link behind an address; forged, taken back and outdated ones are None, and look the same from outside."""
    return _find(
        SIGNER,
        signed,
        ShareLink.objects.filter(strategy__brand__closing_since=None).select_related("strategy__brand", "strategy__created_by"),
    )


def report_token(link: ReportLink) -> str:
    return _sign(REPORT_SIGNER, link)


def report_address(link: ReportLink) -> str:
    return absolute(reverse("shared:report", args=[report_token(link)]))


def find_report(signed: str) -> ReportLink | None:
    parts = ("report__brand", "report__strategy", "report__campaign__strategy", "report__channel__platform")
    return _find(REPORT_SIGNER, signed, ReportLink.objects.filter(report__brand__closing_since=None).select_related(*parts))


def _sign(signer: signing.Signer, link: SignedLink) -> str:
    return signer.sign_object([link.pk, int(link.created_at.timestamp())])


def _find(signer: signing.Signer, signed: str, links):
    try:
        pk, created = signer.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = links.filter(pk=pk).first()
    if link is None or not link.works or int(link.created_at.timestamp()) != created:
        return None
    return link


def note_visit(link: SignedLink) -> None:
    """Count that somebody opened it; one write for a visit, however often the page is reloaded."""
    now = timezone.now()
    earlier = Q(opened_at=None) | Q(opened_at__lt=now - ONE_VISIT)
    type(link)._base_manager.filter(earlier, pk=link.pk).update(opened_at=now, opened_count=F("opened_count") + 1)


@transaction.atomic
def made(form: ModelForm) -> SignedLink:
    """The link of a form that is valid."""
    link = form.save()
    record("link_made", brand=link.brand, on=link)
    return link


@transaction.atomic
def take_back(link: SignedLink) -> None:
    if type(link)._base_manager.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("link_ended", brand=link.brand, on=link)
