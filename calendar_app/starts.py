"""What a new post begins with: nothing, or a template."""

from dataclasses import dataclass, field
from typing import Any

from brands.models import Brand
from calendar_app.attached import files_of
from calendar_app.models import MediaFile, Post, PostTemplate

WORDS = (
    "title", "text", "link", "adds_utm", "utm_campaign", "utm_content", "first_comment", "format", "journey_stage", "purpose",
    "kind", "is_paid",
)  # fmt: skip
THREAD = ("strategy", "goal", "pillar", "campaign")


@dataclass
class Start:
    fields: dict[str, Any] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)  # by channel; a channel that is named is chosen
    files: list[MediaFile] = field(default_factory=list)


def content_of(post: Post) -> dict:
    """What a template keeps of a post: its words, its place in the plan, its channels and its files."""
    return {
        "fields": {name: getattr(post, name) for name in WORDS} | {name: getattr(post, f"{name}_id") for name in THREAD},
        "texts": {str(row.channel_id): row.text_override for row in post.publications.all()},
        "files": [file.pk for file in files_of(post)],
    }


def from_template(template: PostTemplate) -> Start:
    """A template's content, without what has left the brand since. Goals and pillars of a strategy that ended stay away."""
    brand, content = template.brand, template.content
    said = content.get("fields", {})
    start = Start({name: said[name] for name in WORDS if name in said})
    strategy = brand.strategies.exclude(status="archived").filter(pk=said.get("strategy")).first()
    if strategy:
        start.fields |= {name: said[name] for name in ("strategy", "goal", "pillar") if said.get(name)}
    if said.get("campaign") and brand.campaigns.filter(pk=said["campaign"]).exists():
        start.fields["campaign"] = said["campaign"]
    start.texts = _texts(brand, content.get("texts", {}))
    files = brand.media_files.in_bulk(content.get("files", []))
    start.files = [files[pk] for pk in content.get("files", []) if pk in files]
    return start


def _texts(brand: Brand, texts: dict[str, str]) -> dict[int, str]:
    channels = brand.channels.filter(is_active=True, pk__in=[int(pk) for pk in texts]).values_list("pk", flat=True)
    return {pk: texts[str(pk)] for pk in channels}
