"""A post on one channel, as it leaves for a file. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Outgoing:
    """`at`: on the brand's clock. `number`: which rows are one post. `cells`: what only our own format has."""

    number: int
    at: datetime | None
    platform: str
    account: str
    channel: str
    status: str
    title: str
    text: str
    channel_text: str = ""
    link: str = ""
    first_comment: str = ""
    pillar: str = ""
    brand: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What is said on this channel."""
        return self.channel_text or self.text

    @property
    def is_draft(self) -> bool:
        return self.status in ("idea", "draft", "in_review", "changes_requested")
