"""What is looked at before a post goes out. Each check is declared once and answers with what it found.

Limits are rows of Platform, so that a change of a network's rules is not a release.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from brands.models import Platform
from brands.templatetags.ui import number
from calendar_app.links import is_tagged
from calendar_app.models import MediaFile, Post, Publication
from calendar_app.text_length import length, links

# ʻ U+02BB, ʼ U+02BC, ‘ ’ and ' as people type them: most networks end a hashtag there.
APOSTROPHES = "\u02bb\u02bc\u2018\u2019'`"
HASHTAG = re.compile(r"(?<![\w&/])#(\w+)")
CUT_HASHTAG = re.compile(rf"(?<![\w&/])#(\w+)([{APOSTROPHES}])(\w+)")
# X's own rule counts U+02BB among the letters (it is one in Hawaiian, too).
KEEPS_OKINA = {"x"}
WITH_MEDIA = {"image", "carousel", "video", "reel", "story", "live", "ugc"}
# Networks that take a PDF as a post, and those that take nothing but video.
TAKES_DOCUMENTS = {"linkedin", "telegram"}
TAKES_VIDEO_ONLY = {"youtube"}
Kind = MediaFile.Kind


@dataclass(frozen=True)
class Medium:
    """A file of the post, as far as networks care."""

    kind: str
    is_described: bool = True


@dataclass(frozen=True)
class Draft:
    """What the checks look at; a form that is still being filled in makes one, too."""

    text: str
    platform: Platform
    format: str = ""
    link: str = ""
    website: str = ""
    media: tuple[Medium, ...] = ()
    adds_utm: bool = False

    @property
    def has_media(self) -> bool:
        """Files are there, or the format says that they will be."""
        return bool(self.media) or self.format in WITH_MEDIA

    def count(self, kind: str) -> int:
        return sum(medium.kind == kind for medium in self.media)

    @property
    def limit(self) -> int | None:
        if self.has_media and self.platform.text_limit_with_media:
            return self.platform.text_limit_with_media
        return self.platform.text_limit

    @property
    def length(self) -> int:
        return length(self.text, self.platform.count_mode)

    @property
    def hashtags(self) -> list[str]:
        return hashtags(self.text)


@dataclass(frozen=True)
class Found:
    level: str  # "error" keeps it from being scheduled, "warning", "info"
    text: str | Promise
    code: str = ""

    @property
    def blocks(self) -> bool:
        return self.level == "error"


@dataclass(frozen=True)
class Check:
    code: str
    passes: str | Promise
    look: Callable[[Draft], Iterator[Found]]


def hashtags(text: str) -> list[str]:
    return [tag for tag in HASHTAG.findall(text) if not tag.isdigit()]


def _length(draft: Draft) -> Iterator[Found]:
    if draft.limit is not None and draft.length > draft.limit:
        over = draft.length - draft.limit
        yield Found("error", format_lazy(
            ngettext_lazy(
                "Too long by {over}: {platform} takes {limit}", "Too long by {over}: {platform} takes {limit}", over
            ),
            over=number(over), limit=number(draft.limit), platform=draft.platform.name,
        ))  # fmt: skip


def _hashtags(draft: Draft) -> Iterator[Found]:
    platform, count = draft.platform, len(draft.hashtags)
    words = {"count": number(count), "platform": platform.name}
    if platform.hashtag_limit is not None and count > platform.hashtag_limit:
        yield Found(
            "error", format_lazy(_("{count} hashtags: {platform} takes {limit}"), limit=number(platform.hashtag_limit), **words)
        )
    elif platform.hashtags_advised_max is not None and count > platform.hashtags_advised_max:
        yield Found("info", format_lazy(
            _("{count} hashtags; {low} to {high} work best on {platform}"),
            low=number(platform.hashtags_advised_min or 0), high=number(platform.hashtags_advised_max), **words,
        ))  # fmt: skip
    for start, apostrophe, rest in CUT_HASHTAG.findall(draft.text):
        if not (apostrophe == "\u02bb" and platform.slug in KEEPS_OKINA):
            yield Found("warning", format_lazy(
                _("#{whole} breaks at {apostrophe} on {platform} and leads to #{start}"),
                whole=start + apostrophe + rest, apostrophe=apostrophe, start=start, platform=platform.name,
            ))  # fmt: skip


def _media(draft: Draft) -> Iterator[Found]:
    platform, count = draft.platform, len(draft.media)
    images, videos, documents = (draft.count(kind) for kind in (Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT))
    words = {"platform": platform.name, "count": number(count), "limit": number(platform.media_limit or 0)}
    if platform.media_required and not count:
        yield Found("error", format_lazy(_("{platform} needs a picture or a video: add one"), **words))
    if platform.media_limit is not None and count > platform.media_limit:
        yield Found("error", format_lazy(_("{count} files: {platform} takes {limit} in a post"), **words))
    if not platform.mixes_media and images and videos:
        yield Found("error", format_lazy(_("{platform} takes pictures or a video in a post, not both"), **words))
    elif not platform.mixes_media and videos > 1 and platform.media_limit != 1:
        yield Found("error", format_lazy(_("{platform} takes one video in a post"), **words))
    if documents and platform.slug not in TAKES_DOCUMENTS:
        yield Found("error", format_lazy(_("{platform} takes no documents"), **words))
    elif documents and (images or videos or documents > 1) and not platform.mixes_media:
        yield Found("error", format_lazy(_("{platform} takes a document only by itself"), **words))
    if platform.slug in TAKES_VIDEO_ONLY and images:
        yield Found("error", format_lazy(_("{platform} takes videos, not pictures"), **words))
    if bare := sum(medium.kind == Kind.IMAGE and not medium.is_described for medium in draft.media):
        yield Found("info", format_lazy(
            ngettext_lazy("{bare} picture has no alt text", "{bare} pictures have no alt text", bare), bare=number(bare)
        ))  # fmt: skip


def _dead_links(draft: Draft) -> Iterator[Found]:
    if not draft.platform.links_in_text and links(draft.text):
        yield Found(
            "warning", format_lazy(_("The link cannot be clicked on {platform}: put it in the bio"), platform=draft.platform.name)
        )


def _utm(draft: Draft) -> Iterator[Found]:
    named = [] if draft.adds_utm else [draft.link]
    own = [link for link in [*named, *links(draft.text)] if link and _is_own(link, draft.website)]
    if not all(is_tagged(link) for link in own):
        yield Found("info", _("The link to your site has no UTM tags: sales from it will not be told apart"))


def _is_own(link: str, website: str) -> bool:
    home, there = _host(website), _host(link)
    return bool(home) and (there == home or there.endswith("." + home))


def _host(address: str) -> str:
    return (_split(address).hostname or "").lower().removeprefix("www.")


def _split(address: str):
    try:
        return urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return urlsplit("")


POST_CHECKS = (
    Check("POST-01", _("The length fits"), _length),
    Check("POST-02", _("The hashtags fit"), _hashtags),
    Check("POST-03", _("The media fit"), _media),
    Check("POST-04", _("Links work where they stand"), _dead_links),
    Check("POST-05", _("Links to your site can be told apart"), _utm),
)


def examine(draft: Draft) -> tuple[list[Found], list[Check]]:
    """(what was found, the checks that passed)."""
    found, passed = [], []
    for check in POST_CHECKS:
        answers = [Found(answer.level, answer.text, check.code) for answer in check.look(draft)]
        found += answers
        if not answers:
            passed.append(check)
    return found, passed


def draft_of(publication: Publication, files: list[MediaFile] | None = None) -> Draft:
    """`files` are those of the post, where they were read already."""
    post: Post = publication.post
    files = [row.file for row in post.media.all()] if files is None else files
    media = tuple(Medium(file.kind, bool(file.alt_text)) for file in files)
    platform = publication.channel.platform
    return Draft(publication.text, platform, post.format, post.link, post.brand.website, media, post.adds_utm)


def problems(publication: Publication) -> list[Found]:
    return examine(draft_of(publication))[0]
