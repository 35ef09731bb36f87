"""Posts of a file beside those of the calendar: found by id or link, else by time and words; what a person said of these.

The preview keeps each guess on the import's row, with the points that it was made of; refusing or accepting one is kept in
the import's options, and remembered for the next file that names the same post.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brands.models import Brand
from calendar_app.imported_posts import Key, guess, match
from calendar_app.post_matching import ACCEPTED, Guess
from metrics.imports.staging import Staging
from metrics.models import Import

LONGEST = 160
MOST = 2_000
# How many earlier imports are asked what was said of a post.
REMEMBERED = 30


def found_posts(import_: Import, staging: Staging) -> dict[str, object]:
    """How many of the file's posts are ours for certain, likely, or not at all; and the likely ones."""
    brand = import_.brand
    known, all_posts, guesses = 0, 0, []
    for owner in (owner for owner in staging.owners() if owner.isdigit()):
        posts = {post.key: post for post in staging.posts(owner)}
        certain = match(brand, posts.values())
        known, all_posts = known + len(certain), all_posts + len(posts)
        guesses += guess(brand, (post for key, post in posts.items() if key not in certain))
    guesses = guesses[:MOST]
    likely = {"likely": len(guesses)} if guesses else {}
    return {
        "posts": {"matched": known, "unplanned": all_posts - known - len(guesses), **likely},
        "guesses": list(_as_json(guesses, _said_before(import_))),
    }


def _as_json(guesses: list[Guess], said: dict[str, int]) -> Iterator[dict[str, object]]:
    for each in guesses:
        channel, key = each.row.key
        name = f"{channel}:{key}"
        accepted = said[name] == each.ours.key if name in said else each.confidence >= ACCEPTED
        yield {
            "key": name,
            "publication": each.ours.key,
            "confidence": each.confidence,
            "time": each.time,
            "text": each.text,
            "shift": each.shift,
            "has_time": each.row.has_time,
            "ambiguous": each.is_ambiguous,
            "accepted": accepted,
            "theirs": [each.row.moment.isoformat(), each.row.text[:LONGEST]],
            "ours": [each.ours.moment.isoformat(), each.ours.text[:LONGEST]],
        }


def _said_before(import_: Import) -> dict[str, int]:
    """By post: the publication that it was taken for, 0 for none of ours; the newest word counts."""
    earlier = Import.objects.filter(brand=import_.brand, options__has_key="posts").order_by("-pk")
    said: dict[str, int] = {}
    for options in earlier.values_list("options", flat=True)[:REMEMBERED]:
        for key, publication in options["posts"].items():
            said.setdefault(key, publication)
    return said | (import_.options.get("posts") or {})


def decided(import_: Import, accepted: set[str]) -> dict[str, object]:
    """The options with what a person said of each guess of the preview."""
    said = {each["key"]: each["publication"] if each["key"] in accepted else 0 for each in import_.summary.get("guesses") or []}
    return import_.options | {"posts": said} if said else import_.options


def agreed(import_: Import) -> dict[Key, int]:
    """The publications that posts of the file were taken for: as was said, else as the preview proposed."""
    said = import_.options.get("posts") or {}
    pairs: dict[Key, int] = {}
    for each in import_.summary.get("guesses") or []:
        publication = said.get(each["key"], each["publication"] if each["accepted"] else 0)
        channel, _colon, key = each["key"].partition(":")
        if publication:
            pairs[int(channel), key] = publication
    return pairs


def moment(text: str, brand: Brand) -> datetime:
    return datetime.fromisoformat(text).astimezone(brand.zone)
