"""Bringing back what a post said before, as a new version of it."""

from collections.abc import Iterator

from brands.models import Brand, Membership, User
from calendar_app import scheduling
from calendar_app.models import MediaFile, Post, PostVersion
from calendar_app.scheduling import Outing
from calendar_app.versions import FLAGS, THREAD, WORDS
from strategies.models import Goal, Pillar


def restore(post: Post, version: PostVersion, membership: Membership, seen: int) -> bool:
    """Let the post say again what it said then. Its days stay as they are; channels that left come back without one.

    True where that took an approval away; raises EditConflict where another was faster.
    """
    before, content = Post.objects.get(pk=post.pk), version.content
    for name in (*WORDS, *FLAGS):
        if name in content:
            setattr(post, name, content[name])
    for name, row in _thread(post.brand, content.get("thread", {})).items():
        setattr(post, name, row)
    standing = post.brand.media_files.in_bulk([pk for pk, _name in content.get("media", [])])
    files: list[MediaFile] = [standing[pk] for pk, _name in content.get("media", []) if pk in standing]
    return scheduling.update(post, before, list(_outings(post, content)), membership, seen, files)


def _outings(post: Post, content: dict) -> Iterator[Outing]:
    there = {row.channel_id: row for row in post.publications.select_related("channel")}
    channels = post.brand.channels.filter(is_active=True).in_bulk([said["channel"] for said in content.get("channels", [])])
    for said in content.get("channels", []):
        row, channel = there.get(said["channel"]), channels.get(said["channel"])
        if row is not None and not row.is_settled:
            yield Outing(row.channel, True, row.at, said["text"], row, row.version)
        elif row is None and channel is not None:
            yield Outing(channel, True, None, said["text"])


def _thread(brand: Brand, thread: dict) -> dict:
    """The rows that a version names and that still belong together; what is gone stays as it is now."""
    rows = {
        "strategy": brand.strategies,
        "campaign": brand.campaigns,
        "goal": Goal.objects.filter(strategy__brand=brand, strategy=thread.get("strategy", [None])[0]),
        "pillar": Pillar.objects.filter(strategy__brand=brand, strategy=thread.get("strategy", [None])[0]),
        "owner": User.objects.filter(memberships__brand=brand),
    }
    found = {name: rows[name].filter(pk=thread[name][0]).first() for name in THREAD if name in thread}
    return {name: found.get(name) for name in THREAD if name not in thread or found.get(name)}
