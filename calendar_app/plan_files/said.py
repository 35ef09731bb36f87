"""What a row of a file says of a post, in our words, before anybody asks whether it fits this brand. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


class Refused(Exception):
    """The row cannot become a post; `code` says why (words.py)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Note:
    """Something of the row that the calendar cannot take over."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Said:
    """`platforms`: networks by our short names; `account`: the handle there; `channel_name`: both as we show them.

    Rows with the same `group` and the same words are one post on several channels.
    """

    day: date | None = None
    clock: time | None = None
    zone: str = ""
    offset: str = ""
    platforms: tuple[str, ...] = ()
    account: str = ""
    channel_name: str = ""
    without_channel: bool = False
    group: str = ""
    title: str = ""
    text: str = ""
    channel_text: str = ""
    fields: dict[str, object] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
