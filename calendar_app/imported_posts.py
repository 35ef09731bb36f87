"""Posts that a platform's own files speak of: found again among ours, or written down as made outside the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from brands.models import Brand, Channel
from calendar_app.models import Post, Publication
from calendar_app.post_matching import WINDOW, Guess, Told, guesses
from calendar_app.titles import first_line

BATCH = 500
# Shorter than a title may be: it stands in lists beside those that people wrote.
LONGEST_TITLE = 80
# (channel's pk, the post's id on the platform or, without one, its link)
Key = tuple[int, str]


@dataclass(frozen=True)
class FoundPost:
    channel: int
    platform_post_id: str
    permalink: str
    published_at: datetime
    text: str = ""
    format: str = ""
    # False where the platform gave only the day, and `published_at` is its noon.
    has_time: bool = True

    @property
    def key(self) -> Key:
        return self.channel, self.platform_post_id or self.permalink


def attach(brand: Brand, found: Iterable[FoundPost], agreed: Mapping[Key, int] | None = None) -> dict[Key, int]:
    """The publication of each post, by `FoundPost.key`; what we do not know is written down as outside the plan.

    `agreed` are publications that somebody took for these posts, though neither id nor link tells. Doing it again changes
    nothing. Rows of channels of another brand, and rows that name neither id nor link, are left out.
    """
    wanted = {post.key: post for post in found if post.key[1]}
    with transaction.atomic():
        # Locking the channels keeps two imports from writing down the same post.
        channels = set(
            Channel.objects.select_for_update()
            .filter(brand=brand, pk__in={key[0] for key in wanted})
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        wanted = {key: post for key, post in wanted.items() if key[0] in channels}
        known = _known(brand, wanted)
        known |= _still_free(brand, wanted, known, agreed or {})
        _complete(brand, wanted, known)
        new = [post for key, post in wanted.items() if key not in known]
        return known | _write_down(brand, new)


def match(brand: Brand, found: Iterable[FoundPost]) -> dict[Key, int]:
    """The publications that are ours already, by `FoundPost.key`. Writes nothing."""
    return _known(brand, {post.key: post for post in found if post.key[1]})


def guess(brand: Brand, found: Iterable[FoundPost]) -> list[Guess]:
    """For posts that neither id nor link tells: the publication of ours that each likely is. Writes nothing."""
    rows = [Told(post.key, post.key[0], post.published_at, post.text, post.has_time) for post in found if post.key[1]]
    if not rows:
        return []
    first, last = (pick(row.moment for row in rows) for pick in (min, max))
    ours = _nameless(brand).filter(channel__in={row.channel for row in rows})
    ours = ours.annotate(moment=Coalesce("published_at", "at")).filter(moment__range=(first - WINDOW, last + WINDOW))
    fields = ("pk", "channel", "moment", "text_override", "post__text", "post__title")
    return guesses(
        rows,
        (
            Told(pk, channel, moment, override or text or title)
            for pk, channel, moment, override, text, title in ours.order_by("pk").values_list(*fields)
        ),
    )


def _nameless(brand: Brand) -> QuerySet[Publication]:
    """Publications of the calendar that nobody has told the platform's name of."""
    own = Publication.objects.filter(brand=brand, origin=Publication.Origin.CALENDAR, platform_post_id="", permalink="")
    return own.standing()


def _still_free(brand: Brand, wanted: dict[Key, FoundPost], known: dict[Key, int], agreed: Mapping[Key, int]) -> dict[Key, int]:
    """What was agreed on and is still possible: on the same channel, and each publication only once."""
    open_ones = {publication: key for key, publication in agreed.items() if key in wanted and key not in known}
    found: dict[Key, int] = {}
    for batch in _batches(sorted(set(open_ones) - set(known.values()))):
        rows = _nameless(brand).filter(pk__in=batch).values_list("pk", "channel")
        found |= {open_ones[pk]: pk for pk, channel in rows if open_ones[pk][0] == channel}
    return found


def as_before(publications: Iterable[int]) -> list[dict[str, object]]:
    """How these publications stand now, as plain JSON, for `detach`."""
    return [
        {"pk": pk, "status": status, "published_at": published_at and published_at.isoformat()}
        for batch in _batches(sorted(publications))
        for pk, status, published_at in Publication.objects.filter(pk__in=batch).values_list("pk", "status", "published_at")
    ]


def detach(brand: Brand, before: Iterable[dict[str, object]]) -> None:
    """Take back that these publications were taken for a platform's posts. What people changed since stays as it is."""
    for row in before:
        own = Publication.objects.filter(brand=brand, pk=row["pk"])
        own.update(platform_post_id="", permalink="", updated_at=timezone.now())
        if row["status"] != Publication.Status.PUBLISHED:
            own.filter(status=Publication.Status.PUBLISHED).update(status=row["status"], published_at=row["published_at"])


def remove_unplanned(brand: Brand, publications: Iterable[int]) -> int:
    """Delete posts that only an import had brought; how many. What people have worked on since stays.

    The caller asks only for publications that no other import speaks of.
    """
    removed = 0
    for batch in _batches(list(publications)):
        posts = Post.objects.filter(brand=brand, kind=Post.Kind.UNPLANNED, version=1, publications__pk__in=batch)
        posts = posts.filter(strategy=None, goal=None, pillar=None, campaign=None, owner=None, comments=None, events=None)
        # A post that also stands on a channel of ours was planned there by somebody.
        ours = Publication.objects.filter(Q(origin=Publication.Origin.CALENDAR) | Q(version__gt=1), brand=brand)
        doomed = list(posts.exclude(publications__in=ours).values_list("pk", flat=True).distinct())
        removed += len(doomed)
        Post.objects.filter(pk__in=doomed).delete()
    return removed


def _known(brand: Brand, wanted: dict[Key, FoundPost]) -> dict[Key, int]:
    known = _known_by_id(brand, wanted)
    missing = {(key[0], _address(post.permalink)): key for key, post in wanted.items() if key not in known and post.permalink}
    if not missing:
        return known
    taken = set(known.values())
    rows = Publication.objects.filter(brand=brand, channel__in={channel for channel, address in missing}).exclude(permalink="")
    for pk, channel, permalink, platform_post_id in rows.order_by("pk").values_list(
        "pk", "channel", "permalink", "platform_post_id"
    ):
        key = missing.get((channel, _address(permalink)))
        # Another id under the same link is another post: some platforms link a whole thread or album.
        if key and pk not in taken and platform_post_id in ("", wanted[key].platform_post_id or platform_post_id):
            known.setdefault(key, pk)
    return known


def _known_by_id(brand: Brand, wanted: dict[Key, FoundPost]) -> dict[Key, int]:
    known: dict[Key, int] = {}
    for batch in _batches([post.platform_post_id for post in wanted.values() if post.platform_post_id]):
        rows = Publication.objects.filter(brand=brand, platform_post_id__in=batch)
        known |= {
            (channel, name): pk
            for pk, channel, name in rows.values_list("pk", "channel", "platform_post_id")
            if (channel, name) in wanted
        }
    return known


def _complete(brand: Brand, wanted: dict[Key, FoundPost], known: dict[Key, int]) -> None:
    """What the platform knows of our own publications: their id there, and that they went out."""
    keys = {pk: key for key, pk in known.items()}
    for batch in _batches(list(keys)):
        incomplete = Publication.objects.filter(
            ~Q(status=Publication.Status.PUBLISHED) | Q(platform_post_id="") | Q(permalink=""), pk__in=batch
        )
        changed = [row for row in incomplete if _fill(row, wanted[keys[row.pk]])]
        Publication.objects.bulk_update(
            changed, ["platform_post_id", "permalink", "status", "published_at", "updated_at"], batch_size=BATCH
        )


def _fill(publication: Publication, found: FoundPost) -> bool:
    was = (publication.platform_post_id, publication.permalink, publication.status)
    publication.platform_post_id = publication.platform_post_id or found.platform_post_id
    publication.permalink = publication.permalink or found.permalink
    if publication.status != Publication.Status.PUBLISHED:
        publication.status, publication.published_at = Publication.Status.PUBLISHED, found.published_at
    publication.updated_at = timezone.now()
    return was != (publication.platform_post_id, publication.permalink, publication.status)


def _write_down(brand: Brand, found: Sequence[FoundPost]) -> dict[Key, int]:
    with translation.override(brand.language):
        posts = [_post(brand, post) for post in found]
    Post.objects.bulk_create(posts, batch_size=BATCH)
    publications = [_publication(post, row) for post, row in zip(posts, found, strict=True)]
    Publication.objects.bulk_create(publications, batch_size=BATCH)
    return {row.key: publication.pk for row, publication in zip(found, publications, strict=True)}


def _post(brand: Brand, found: FoundPost) -> Post:
    return Post(
        brand=brand,
        title=_title(brand, found),
        text=found.text,
        state=Post.State.APPROVED,
        kind=Post.Kind.UNPLANNED,
        format=found.format if found.format in Post.Format.values else "",
    )


def _publication(post: Post, found: FoundPost) -> Publication:
    return Publication(
        brand=post.brand,
        post=post,
        channel_id=found.channel,
        at=found.published_at,
        status=Publication.Status.PUBLISHED,
        published_at=found.published_at,
        permalink=found.permalink,
        platform_post_id=found.platform_post_id,
        origin=Publication.Origin.IMPORT,
    )


def _title(brand: Brand, found: FoundPost) -> str:
    return first_line(found.text, LONGEST_TITLE) or _("Post of %(day)s") % {
        "day": formats.date_format(found.published_at.astimezone(brand.zone), "DATE_FORMAT")
    }


def _address(permalink: str) -> str:
    """A link without what differs from one copy of it to the next."""
    try:
        parts = urlsplit(permalink)
    except ValueError:
        return permalink
    # Facebook names some posts only in the query.
    query = f"?{parts.query}" if "story_fbid" in parts.query or "v=" in parts.query or "fbid" in parts.query else ""
    return parts.netloc.lower().removeprefix("www.").removeprefix("m.") + parts.path.rstrip("/") + query


def _batches(items: list) -> Iterable[list]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
