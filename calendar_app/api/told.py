"""What programs are told of posts and publications."""

from datetime import datetime

from ninja import Schema

from calendar_app.models import Comment, Post, Publication


class PublicationOut(Schema):
    """A post on one channel. `text` is what goes out there, `text_override` what differs from the post's."""

    id: int
    post: int
    channel: int
    at: datetime | None
    status: str
    text: str
    text_override: str
    published_at: datetime | None
    permalink: str
    platform_post_id: str
    updated_at: datetime
    version: int


class PublicationsOut(Schema):
    items: list[PublicationOut]
    next: str | None


class MediumOut(Schema):
    name: str
    kind: str
    alt_text: str


class PostOut(Schema):
    id: int
    title: str
    text: str
    link: str
    adds_utm: bool
    utm_campaign: str
    utm_content: str
    first_comment: str
    format: str
    strategy: int | None
    goal: int | None
    pillar: int | None
    campaign: int | None
    journey_stage: str
    purpose: str
    kind: str
    is_paid: bool
    is_automated: bool
    owner: int | None
    hours: str | None
    state: str
    waits_for_client: bool
    media: list[MediumOut]
    publications: list[PublicationOut]
    created_at: datetime
    updated_at: datetime
    version: int


class PostsOut(Schema):
    items: list[PostOut]
    next: str | None


class CommentOut(Schema):
    id: int
    author: str
    text: str
    visible_to_client: bool
    answers: int | None
    created_at: datetime


class CommentsOut(Schema):
    items: list[CommentOut]
    next: str | None


KEYS = ("strategy", "goal", "pillar", "campaign", "owner")
_APART = {*KEYS, "hours", "media", "publications"}


def post_told(post: Post) -> PostOut:
    said = {name: getattr(post, name) for name in PostOut.model_fields if name not in _APART}
    said |= {name: getattr(post, f"{name}_id") for name in KEYS}
    media = [MediumOut.model_validate(use.file) for use in post.media.all()]
    rows = sorted(post.publications.all(), key=lambda row: row.pk)
    for row in rows:
        row.post = post
    hours = None if post.hours is None else f"{post.hours:f}"
    return PostOut(hours=hours, media=media, publications=[publication_told(row) for row in rows], **said)


def publication_told(row: Publication) -> PublicationOut:
    said = {name: getattr(row, name) for name in PublicationOut.model_fields if name not in ("post", "channel")}
    return PublicationOut(post=row.post_id, channel=row.channel_id, **said)


def comment_told(row: Comment) -> CommentOut:
    author = row.guest_name or str(row.author or "")
    return CommentOut(
        id=row.pk, author=author, text=row.text, visible_to_client=row.visible_to_client, answers=row.answers_id,
        created_at=row.created_at,
    )  # fmt: skip
