"""X (Twitter): the account overview, the content export of each generation since 2020, and the video overview.

Words that mislead: "Replies" are comments and "Reposts" are shares. "Share(s)" counts posts passed on by link or message,
which is something else. "Bookmarks" are saves. "Engagements" is X's own total of all of these and every click.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from metrics.kpi.terms import Label

from . import wide
from .columns import Layout
from .recognition import Importer, Kind, ReadOptions, Recognition
from .rows import Event
from .tables import Sheet
from .written_otherwise import in_seconds

OVERVIEW = Importer(
    id="x_overview",
    title=Label("X: account overview", "X: hisob umumiy koʻrinishi", "X: обзор аккаунта"),
    platform="x",
    kind=Kind.DAILY,
    how_to_get=Label(
        "X Premium → Analytics → Overview. Choose the period and press the download arrow.",
        "X Premium → Analytics → Overview. Davrni tanlang va yuklab olish belgisini bosing.",
        "X Premium → Analytics → Overview. Выберите период и нажмите стрелку загрузки.",
    ),
)
CONTENT = Importer(
    id="x_content",
    title=Label("X: posts", "X: postlar", "X: посты"),
    platform="x",
    kind=Kind.POST,
    how_to_get=Label(
        "X Premium → Analytics → Content. Choose the period and press the download arrow. Older exports of "
        "analytics.twitter.com (“Tweet activity”) are read too.",
        "X Premium → Analytics → Content. Davrni tanlang va yuklab olish belgisini bosing. analytics.twitter.com "
        "saytining eski eksportlari («Tweet activity») ham oʻqiladi.",
        "X Premium → Analytics → Content. Выберите период и нажмите стрелку загрузки. Старые файлы с"
        " analytics.twitter.com («Tweet activity») тоже подходят.",
    ),
)

_MEASURES = {
    "impressions": "impressions",
    "likes": "likes",
    "favorites": "likes",
    "engagements": "engagements",
    "bookmarks": "saves",
    "share": "link_shares",
    "shares": "link_shares",
    "new follows": "new_followers",
    "follows": "new_followers",
    "unfollows": "lost_followers",
    "replies": "comments",
    "reposts": "shares",
    "retweets": "shares",
    "profile visits": "profile_visits",
    "user profile clicks": "profile_visits",
    "create post": "posts_created",
    "tweets published": "posts_created",
    "video views": "video_views",
    "media views": "media_views",
    "media engagements": "media_engagements",
    "detail expands": "detail_expands",
    "url clicks": "link_clicks",
    "hashtag clicks": "hashtag_clicks",
    "permalink clicks": "permalink_clicks",
    "app opens": "app_opens",
    "app installs": "app_installs",
    "email tweet": "email_shares",
    "dial phone": "phone_clicks",
    "promoted impressions": "paid_impressions",
    "promoted engagements": "paid_engagements",
}
_LEFT = {"engagement rate": "rate"} | dict.fromkeys(
    (
        "promoted engagement rate",
        "promoted retweets",
        "promoted replies",
        "promoted likes",
        "promoted favorites",
        "promoted user profile clicks",
        "promoted url clicks",
        "promoted hashtag clicks",
        "promoted detail expands",
        "promoted permalink clicks",
        "promoted app opens",
        "promoted app installs",
        "promoted follows",
        "promoted email tweet",
        "promoted dial phone",
        "promoted media views",
        "promoted media engagements",
    ),
    "paid_part",
)
_POST_ROLES = {
    "post id": "post_id",
    "tweet id": "post_id",
    "link": "permalink",
    "post link": "permalink",
    "tweet permalink": "permalink",
    "post text": "text",
    "tweet text": "text",
    "date": "published_at",
    "time": "published_at",
}

_CONTENT_LAYOUT = Layout(
    name="x_content",
    kind=Kind.POST,
    platform="x",
    needs=(
        frozenset({"post id", "tweet id"}),
        frozenset({"post text", "tweet text"}),
        frozenset({"date", "time"}),
        frozenset({"impressions"}),
        frozenset({"reposts", "retweets", "engagements"}),
    ),
    roles=_POST_ROLES,
    measures=_MEASURES,
    left=_LEFT,
    by_words=False,
)
_DAILY_LAYOUT = Layout(
    name="x_overview",
    kind=Kind.DAILY,
    platform="x",
    needs=(
        frozenset({"date"}),
        frozenset({"impressions"}),
        frozenset({"engagements"}),
        frozenset({"reposts", "retweets"}),
    ),
    roles={"date": "date"},
    measures=_MEASURES,
    left=_LEFT,
    by_words=False,
)
_VIDEO_LAYOUT = Layout(
    name="x_video",
    kind=Kind.DAILY,
    platform="x",
    needs=(frozenset({"date"}), frozenset({"views"}), frozenset({"watch time (ms)"})),
    roles={"date": "date"},
    measures={"views": "video_views", "watch time (ms)": "watch_seconds"},
    left={
        "average watch time (ms)": "average",
        "completion rate": "rate",
        "estimated revenue": "no_currency",
    },
    by_words=False,
)
CONTENT_LAYOUTS = (_CONTENT_LAYOUT,)
DAILY_LAYOUTS = (_DAILY_LAYOUT, _VIDEO_LAYOUT)


def recognise_content(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    found = wide.recognise(sheet, _CONTENT_LAYOUT, mapping)
    return replace(found, importer=CONTENT) if found else None


def read_content(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    return wide.WideReader(_CONTENT_LAYOUT, recognition, options).events(sheet)


def recognise_overview(sheet: Sheet, mapping: Mapping[str, str]) -> Recognition | None:
    for layout in DAILY_LAYOUTS:
        if found := wide.recognise(sheet, layout, mapping):
            return replace(found, importer=OVERVIEW)
    return None


def read_overview(sheet: Sheet, recognition: Recognition, options: ReadOptions) -> Iterator[Event]:
    sheet = in_seconds(sheet, recognition.columns, recognition.header_line)
    return wide.WideReader(_DAILY_LAYOUT, recognition, options).events(sheet)
