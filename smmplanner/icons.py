"""Which icons the sprite holds.

Templates name most icons as words (`{% icon "bell" %}`, `icon="bell"`), and Python some (`icon="bell"`): those are found
by reading the sources. An icon whose name only exists at run time, because it comes from a table, a row or a variable, is
declared here. A name that begins with `f:` is the filled drawing.
"""

import re
from collections.abc import Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
APPS = ("brands", "strategies", "calendar_app", "metrics", "smmplanner")

STATUSES = (
    "alert-circle", "alert-triangle", "ban", "bulb", "checks", "circle-check", "circle-x", "clock", "clock-off", "eye", "heartbeat", "hourglass",
    "message-report", "minus", "pencil", "player-pause", "progress", "trending-down", "trending-up", "user-check", "wave-sine",
)  # fmt: skip
PLATFORMS = (
    "brand-instagram", "brand-linkedin", "brand-meta", "brand-ok-ru", "brand-pinterest", "brand-reddit",
    "brand-snapchat", "brand-telegram", "brand-threads", "brand-tiktok", "brand-vk", "brand-whatsapp", "brand-x",
    "brand-youtube", "f:brand-facebook", "f:brand-tiktok", "mail", "rss", "world", "brand-google-analytics",
)  # fmt: skip
STAGES_AND_STEPS = (
    "broadcast", "calendar-month", "chart-bar", "coins", "columns-3", "database", "flag", "hash", "heart", "list-check",
    "messages", "microscope", "mood-sad", "mood-smile", "route", "search", "speakerphone", "star", "target", "user", "users",
)  # fmt: skip
FRAME = (
    "arrow-back-up", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "at", "bell", "book", "bookmark",
    "calendar", "calendar-event", "chart-line", "check", "chevron-down", "chevron-left", "chevron-right", "chevron-up",
    "copy", "device-floppy", "dots", "download", "file-import", "file-spreadsheet", "file-text", "filter", "grip-vertical",
    "help-circle", "history", "home", "info-circle", "language", "layout-sidebar-left-collapse",
    "layout-sidebar-left-expand", "link", "list", "lock", "logout", "menu-2", "message-circle", "moon", "photo", "plus",
    "receipt", "refresh", "send", "settings", "share", "sun", "table", "tag", "trash", "upload", "x",
)  # fmt: skip
KEY_DATES = ("building-store", "confetti", "rocket")
DECLARED = frozenset(STATUSES + PLATFORMS + STAGES_AND_STEPS + FRAME + KEY_DATES)

_NAME = r"""["']((?:f:)?[a-z0-9]+(?:-[a-z0-9]+)*)["']"""
_IN_TEMPLATE = re.compile(rf"{{%-?\s*icon\s+{_NAME}|\bicon={_NAME}")
_IN_PYTHON = re.compile(rf"\bicon(?:_name)?(?:: str)?\s*=\s*{_NAME}")


def sources() -> Iterator[Path]:
    """Every template and module of ours that may name an icon."""
    yield from sorted((BASE_DIR / "templates").rglob("*.html"))
    for app in APPS:
        for path in sorted((BASE_DIR / app).rglob("*")):
            if path.suffix in {".html", ".py"} and "tests" not in path.parts and "migrations" not in path.parts:
                yield path


def named_in(text: str, suffix: str = ".html") -> set[str]:
    pattern = _IN_PYTHON if suffix == ".py" else _IN_TEMPLATE
    return {name for groups in pattern.findall(text) for name in ([groups] if isinstance(groups, str) else groups) if name}


def used() -> dict[str, Path]:
    """Icon name -> a source that names it, for the names that stand there as words."""
    return {name: path for path in sources() for name in named_in(path.read_text(encoding="utf-8"), path.suffix)}


def wanted() -> list[str]:
    return sorted(DECLARED | used().keys())


def symbol_id(name: str) -> str:
    return "i-" + name.replace(":", "-")
