"""Keys that do something, page by page, for whoever wants to know them. What they do stands in the scripts of those pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.mention_acts import ACTS


@dataclass(frozen=True)
class Key:
    keys: tuple[str, ...]
    does: str | Promise


@dataclass(frozen=True)
class Place:
    where: str | Promise
    keys: tuple[Key, ...]


NEXT_AND_PREVIOUS = Key(("J", "K"), _("next, previous"))
EVERYWHERE = Place(_("Everywhere"), (
    Key(("Ctrl+K", "⌘K", "/"), _("search, and go anywhere")),
    Key(("↑", "↓"), _("another result")),
    Key(("Enter",), _("open it")),
    Key(("Esc",), _("close, and be back where you were")),
))  # fmt: skip
CALENDAR = Place(_("Calendar: month and week"), (
    Key(("←", "→", "↑", "↓"), _("another day")),
    Key(("J", "K"), _("next and previous post")),
    Key(("Enter",), _("open it")),
    Key(("M",), _("move the post")),
    Key(("N",), _("new post on the day")),
    Key(("T",), _("today")),
))  # fmt: skip
REVIEW = Place(_("Review queue"), (NEXT_AND_PREVIOUS, Key(("A",), _("approve")), Key(("R",), _("return"))))
MENTIONS = Place(_("Mentions"), (
    NEXT_AND_PREVIOUS, *(Key((act.key.upper(),), act.label) for act in ACTS.values()), Key(("Z",), _("undo")),
))  # fmt: skip
SHORTCUTS = (EVERYWHERE, CALENDAR, REVIEW, MENTIONS)
