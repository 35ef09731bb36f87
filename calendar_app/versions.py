"""What a post said after each save: kept and compared. `restoring.py` brings it back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.differing import parts
from brands.models import User
from calendar_app.attached import files_of
from calendar_app.models import Post, PostVersion, Publication

KEPT = 50
WORDS = ("title", "text", "link", "utm_campaign", "utm_content", "first_comment", "format", "journey_stage", "purpose", "kind")
FLAGS = ("adds_utm", "is_paid", "is_automated")
THREAD = ("strategy", "goal", "pillar", "campaign", "owner")


@dataclass
class Change:
    """A field that differs between two versions: what is gone, what is new, in order."""

    label: str | Promise
    parts: list[tuple[str, str]]  # ("same" | "gone" | "new", text)


def content_of(post: Post) -> dict:
    """All that a version holds, with the words for what is only a number."""
    content = {name: getattr(post, name) for name in (*WORDS, *FLAGS)}
    content["thread"] = {name: [row.pk, str(row)] for name in THREAD if (row := getattr(post, name))}
    rows = Publication.objects.filter(post=post).select_related("channel__platform").order_by("channel")
    content["channels"] = [
        {
            "channel": row.channel_id,
            "name": str(row.channel),
            "text": row.text_override,
            "at": row.at.isoformat() if row.at else "",
        }
        for row in rows
    ]
    content["media"] = [[file.pk, file.name] for file in files_of(post)]
    return content


def keep(post: Post, content: dict, by: User | None) -> None:
    """Write a version where it says something new, and let go of those before the last fifty."""
    last = post.versions.first()
    if last and last.content == content:
        return
    number = last_number(post) + 1
    PostVersion.objects.create(post=post, number=number, content=content, by=by)
    if number > KEPT:
        post.versions.filter(number__lte=number - KEPT).delete()


def compare(old: dict, new: dict) -> list[Change]:
    """What differs, field by field, in the order of the form."""
    return [
        Change(label, list(parts(was, became)))
        for (label, was), (_label, became) in zip(_said(old, new), _said(new, old), strict=True)
        if was != became
    ]


def changes_since(post: Post, number: str) -> list[Change] | None:
    """How the post differs from the version that somebody read; None where that is not kept."""
    read = post.versions.filter(number=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 9 else None
    return compare(read.content, content_of(post)) if read else None


def last_number(post: Post) -> int:
    return post.versions.aggregate(last=Max("number"))["last"] or 0


def _said(content: dict, other: dict) -> Iterator[tuple[str | Promise, str]]:
    """(label, words) of each field; channels of either version stand in both."""
    for name in WORDS:
        field = Post._meta.get_field(name)
        value = content.get(name, "")
        yield field.verbose_name, str(dict(field.flatchoices).get(value, value))
    for name in FLAGS:
        yield Post._meta.get_field(name).verbose_name, str(_("yes") if content.get(name) else _("no"))
    for name in THREAD:
        yield Post._meta.get_field(name).verbose_name, content.get("thread", {}).get(name, [0, ""])[1]
    yield _("files"), ", ".join(name for _pk, name in content.get("media", []))
    mine = {said["channel"]: said for said in content.get("channels", [])}
    names = {said["channel"]: said["name"] for said in (*content.get("channels", []), *other.get("channels", []))}
    yield _("channels"), ", ".join(said["name"] for said in mine.values())
    for channel in sorted(names):
        yield names[channel], mine.get(channel, {}).get("text", "")
