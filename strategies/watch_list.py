"""The watch list, channel by channel. Works on rows that were read already."""

from collections.abc import Iterable

from brands.models import Channel
from strategies.models import WatchItem


def by_channel(items: Iterable[WatchItem]) -> list[tuple[Channel | None, list[WatchItem]]]:
    """The watched figures with where they are watched: first those of all channels together (None)."""
    groups: dict[int | None, list[WatchItem]] = {}
    for item in sorted(items, key=_place):
        groups.setdefault(item.channel_id, []).append(item)
    return [(rows[0].channel, rows) for rows in groups.values()]


def _place(item: WatchItem) -> tuple[bool, int, int, int]:
    channel = item.channel
    return (channel is not None, channel.platform.position if channel else 0, item.channel_id or 0, item.pk or 0)
