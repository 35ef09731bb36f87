"""A table of one's own: columns are known by usual names, or a person says what they are. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from calendar_app.plan_files.cells import clean, day_numbers, split_moment
from calendar_app.plan_files.formats import Header, PlanFormat, Reader, order_of, when
from calendar_app.plan_files.outgoing import Outgoing
from calendar_app.plan_files.said import Refused, Said
from calendar_app.plan_files.tables import Row

# What a column may be, and the names under which it is known without asking.
ROLES = {
    "text": ("text", "caption", "content", "message", "body", "post", "copy", "matn", "текст"),
    "title": ("title", "name", "subject", "sarlavha", "название", "заголовок"),
    "date": ("date", "publish_date", "publish date", "scheduled_date", "scheduled_at", "schedule", "day", "sana", "дата"),
    "time": ("time", "clock", "vaqt", "soat", "время"),
    "channel": ("platform", "platforms", "channel", "channels", "network", "networks", "kanal", "платформа", "канал", "соцсеть"),
    "link": ("link", "url", "link_url", "havola", "ссылка"),
    "first_comment": ("first_comment", "first comment"),
}
NETWORKS = {
    "facebook": "facebook", "fb": "facebook", "instagram": "instagram", "ig": "instagram", "insta": "instagram", "x": "x",
    "twitter": "x", "tiktok": "tiktok", "linkedin": "linkedin", "pinterest": "pinterest", "youtube": "youtube", "yt": "youtube",
    "telegram": "telegram", "tg": "telegram", "threads": "threads",
}  # fmt: skip
_BETWEEN = re.compile(r"[,;/+&|\n]+")


class AnyTable(PlanFormat):
    """Read only: what goes out has a format with a name."""

    name = "table"
    label = _("A table of your own")
    names_channels = True

    def __init__(self, told: Mapping[str, str] | None = None) -> None:
        self.columns_told = told or {}

    def told(self, columns: Mapping[str, str]) -> "AnyTable":
        return AnyTable(columns)

    def knows(self, rows: Sequence[Row]) -> bool:
        """Any table with a header might be a plan: which column is the text is asked, where its name does not say."""
        return len(rows) > 1 and len([cell for cell in rows[0].cells if cell.strip()]) > 1

    def asks(self, rows: Sequence[Row]) -> bool:
        places = self._places(rows)
        return ("text" not in places and "title" not in places) or ("date" not in places and not self.columns_told)

    def order(self, rows: Sequence[Row]) -> str:
        place = self._places(rows).get("date")
        return order_of(day_numbers(split_moment(row.cell(place))[0]) for row in self.body(rows))

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        places = self._places(rows)

        def read(row: Row) -> Said:
            cell = {role: clean(row.cell(places.get(role))).strip() for role in ROLES}
            said = Said(title=cell["title"], text=cell["text"])
            day, clock = split_moment(cell["date"])
            when(said, day, cell["time"] or clock, order)
            said.fields |= {name: cell[name] for name in ("link", "first_comment") if cell[name]}
            _name_channels(said, cell["channel"])
            return said

        return read

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        raise NotImplementedError

    def _places(self, rows: Sequence[Row]) -> dict[str, int]:
        header = Header(rows[0]).places
        found: dict[str, int] = {}
        for role, names in ROLES.items():
            wanted = (self.columns_told.get(role, "").strip().lower(),) if self.columns_told else names
            place = next((header[name] for name in wanted if name and name in header), None)
            if place is not None:
                found[role] = place
        return found


def _name_channels(said: Said, cell: str) -> None:
    """“instagram, telegram”, or a channel's whole name, which has a comma, too."""
    said.channel_name = cell
    words = [word.strip().lower() for word in _BETWEEN.split(cell) if word.strip()]
    if words and not any(word.startswith("@") for word in words):
        if unknown := [word for word in words if word not in NETWORKS]:
            raise Refused("unknown_channel", said=", ".join(unknown)[:80])
        said.platforms = tuple(dict.fromkeys(NETWORKS[word] for word in words))
