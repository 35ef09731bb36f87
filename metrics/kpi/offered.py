"""Which figures each platform gives for posts and channels: OFFERED.

A figure that a platform does not offer counts as 0 in a sum ("not offered by X"); one that it offers and that nobody
recorded is missing. A figure that was recorded counts whatever stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .measures import MEASURES, Family

_EVERYWHERE = frozenset({"followers", "new_followers", "posts_published", "net_new_followers"})

OFFERED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        platform: frozenset(measures) | _EVERYWHERE
        for platform, measures in {
            "facebook": {"views", "reach", "likes", "comments", "shares", "link_clicks", "video_views"},
            "instagram": {"views", "reach", "likes", "comments", "saves", "shares", "profile_visits"},
            "x": {"impressions", "likes", "shares", "comments", "link_clicks", "profile_visits", "lost_followers"},
            "tiktok": {"views", "video_views", "likes", "comments", "shares", "watch_seconds", "lost_followers"},
            "linkedin": {"impressions", "likes", "comments", "shares", "link_clicks"},
            "pinterest": {"impressions", "saves", "link_clicks"},
            "youtube": {"views", "video_views", "impressions", "likes", "comments", "shares", "watch_seconds"},
            "telegram": {"views", "shares", "likes", "lost_followers"},
            "threads": {"views", "likes", "comments", "shares"},
        }.items()
    }
)
"""By platform slug. Forwards and reposts are shares, reactions are likes, replies to a post are comments."""


def offers(platform: str, measure: str) -> bool:
    """Whether the platform has a figure for the measure.

    Only posts, channels and their audience are the platform's to measure: for leads, money, surveys and for platforms
    that are not listed, the answer is yes, so that what was not recorded stays missing.
    """
    declared = MEASURES.get(measure)
    if platform not in OFFERED or declared is None or declared.family not in (Family.CONTENT, Family.AUDIENCE):
        return True
    return not declared.recorded or measure in OFFERED[platform]
