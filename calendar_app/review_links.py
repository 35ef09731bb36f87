"""A client's way in without an account: signed, for some posts, until a day, taken back at once."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from brands.audit import record
from brands.letters import absolute
from brands.limits import count
from brands.models import Brand
from calendar_app.models import Post, ReviewLink

SIGNER = signing.Signer(salt="calendar.review")
DAYS = 14
LONGEST_DAYS = 90
# Who reloads a page has not opened it again.
ONE_VISIT = timedelta(minutes=5)
# From one address within an hour: a client with an office behind one address, not a machine.
MOST_LOOKS, MOST_WORDS, HOUR = 300, 60, 3600
MOST_OFFERED = 60
MOST_POSTS = 60


def token(link: ReviewLink) -> str:
    """What the link carries: the row, so that taking it back is a field of the row."""
    return SIGNER.sign_object([link.pk, int(link.created_at.timestamp())])


def address(link: ReviewLink) -> str:
    return absolute(reverse("review", args=[token(link)]))


def find(signed: str) -> ReviewLink | None:
    """The link behind an address; forged, taken back and outdated ones are None, and look the same from outside."""
    try:
        pk, created = SIGNER.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = ReviewLink.objects.select_related("brand", "created_by").filter(pk=pk, brand__closing_since=None).first()
    if link is None or not link.works or int(link.created_at.timestamp()) != created:
        return None
    return link


def note_visit(link: ReviewLink) -> None:
    now = timezone.now()
    ReviewLink.objects.filter(Q(opened_at=None) | Q(opened_at__lt=now - ONE_VISIT), pk=link.pk).update(opened_at=now)


def take_back(link: ReviewLink) -> None:
    with transaction.atomic():
        if ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
            record("link_ended", brand=link.brand, on=link)


def shown(link: ReviewLink) -> list[Post]:
    """Its posts, what goes out first at the top. An idea is nobody's business yet."""
    rows = link.posts.filter(brand=link.brand).exclude(state=Post.State.IDEA)
    rows = rows.select_related("owner", "created_by").prefetch_related("publications__channel__platform", "media__file")
    found = list(_in_order(rows)[:MOST_POSTS])
    for post in found:
        post.brand = link.brand
        for publication in post.publications.all():
            publication.post = post
    return found


def offered(brand: Brand, asked: list[int]) -> QuerySet[Post]:
    """Posts that a link may be made for: those that a client could still change something about, and those asked for."""
    open_ones = Q(state__in=[Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.CHANGES_REQUESTED, Post.State.APPROVED])
    ahead = Q(publications__at=None) | Q(publications__at__gte=timezone.now())
    wanted = brand.posts.filter(open_ones & ahead | Q(state=Post.State.IN_REVIEW) | Q(pk__in=asked))
    return _in_order(wanted)


def _in_order(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.annotate(first_at=Min("publications__at")).order_by(F("first_at").asc(nulls_last=True), "pk")


# --- floods


def is_flood(kind: str, most: int, link: ReviewLink, address_: str) -> bool:
    """Too many from one address within the hour."""
    return count(f"review:{kind}:{link.pk}:{address_}", HOUR).times > most
