"""Our own format: every word of a plan, one row for each post on each channel. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from brands.cells import guarded, unguarded
from calendar_app.plan_files.cells import clean, shown_clock, shown_offset
from calendar_app.plan_files.formats import Header, PlanFormat, Reader, when
from calendar_app.plan_files.outgoing import Outgoing
from calendar_app.plan_files.said import Note, Refused, Said
from calendar_app.plan_files.tables import Row

YES, NO = "yes", "no"
STATES = ("idea", "draft")
# What the row says of the post itself, by the names of its fields.
WORDS = ("format", "journey_stage", "purpose", "kind")
FLAGS = ("is_paid", "is_automated", "adds_utm")
TEXTS = ("link", "first_comment", "utm_campaign", "utm_content")
NAMES = ("strategy", "goal", "pillar", "campaign", "owner")
COLUMNS = (
    "post", "date", "time", "zone", "utc_offset", "platform", "account", "status", "title", "text", "channel_text",
    *TEXTS, *WORDS, *FLAGS, "hours", *NAMES, "permalink",
)  # fmt: skip
# A workbook's cell ends after 32,767 characters; what is longer goes on in columns "text+2", "text+3", …
LONGEST_CELL = 16_000
_GOES_ON = re.compile(r"(.+)\+\d+")


class Ours(PlanFormat):
    name = "ours"
    label = _("Everything (our own format)")
    note = _("All words, times, channels and marks. It can be imported again unchanged.")
    columns = COLUMNS
    losses = (
        _("Approval and delivery: what comes back is an idea or a draft, whatever it was."),
        _("Pictures and videos, comments, versions and history."),
        _("The link to a series or to a slot of the editorial plan."),
    )
    names_channels = True
    is_exact = True
    bom = True

    def knows(self, rows: Sequence[Row]) -> bool:
        return bool(rows) and Header(rows[0]).has("post", "date", "time", "platform", "account", "title", "text")

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        header = Header(rows[0])
        parts = _parts(header)

        def read(row: Row) -> Said:
            return _read({name: "".join(unguarded(row.cell(place)) for place in places) for name, places in parts.items()})

        return read

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        yield list(COLUMNS)
        for post in posts:
            cells = cells_of(post)
            yield [guarded(cells[name]) for name in COLUMNS]

    def write_sheet(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        """As `write`, with long texts cut into cells that a workbook takes."""
        rows = [cells_of(post) for post in posts]
        lengths = {name: max((len(cells[name]) for cells in rows), default=0) for name in COLUMNS}
        counts = {name: max(1, -(-lengths[name] // LONGEST_CELL)) for name in COLUMNS}
        yield [name if part == 0 else f"{name}+{part + 1}" for name in COLUMNS for part in range(counts[name])]
        for cells in rows:
            yield [
                guarded(cells[name][part * LONGEST_CELL : (part + 1) * LONGEST_CELL])
                for name in COLUMNS
                for part in range(counts[name])
            ]


def cells_of(post: Outgoing) -> dict[str, str]:
    at = post.at
    said = {
        "post": str(post.number),
        "date": f"{at:%Y-%m-%d}" if at else "",
        "time": shown_clock(at) if at else "",
        "zone": at.tzinfo.key if at else "",
        "utc_offset": shown_offset(at) if at else "",
        "platform": post.platform,
        "account": post.account,
        "status": post.status,
        "title": post.title,
        "text": post.text,
        "channel_text": post.channel_text,
        "link": post.link,
        "first_comment": post.first_comment,
        "pillar": post.pillar,
        **post.cells,
    }
    return {name: clean(said.get(name, "")) for name in COLUMNS}


def _parts(header: Header) -> dict[str, list[int]]:
    """The places of each column, in order: a long text has several."""
    parts: dict[str, list[int]] = {}
    for name, place in header.places.items():
        goes_on = _GOES_ON.fullmatch(name)
        parts.setdefault(goes_on[1] if goes_on else name, []).append(place)
    return parts


def _read(cells: dict[str, str]) -> Said:
    cells = {name: clean(cell) for name, cell in cells.items()}
    # In a text spaces count; around a word or a number they do not.
    short = {name: cell.strip() for name, cell in cells.items()}
    said = Said(
        zone=short.get("zone", ""),
        offset=short.get("utc_offset", ""),
        platforms=(short["platform"].lower(),) if short["platform"] else (),
        account=short["account"].removeprefix("@"),
        without_channel=not short["platform"],
        group=short["post"],
        title=cells["title"],
        text=cells["text"],
        channel_text=cells.get("channel_text", ""),
    )
    when(said, short["date"], short["time"])
    status = short.get("status", "").lower()
    said.fields["state"] = status if status in STATES else "draft"
    if status and status not in STATES:
        said.notes.append(Note("comes_as_draft", {"said": status[:40]}))
    said.fields |= {name: short[name].lower() for name in WORDS if short.get(name)}
    said.fields |= {name: _flag(name, short[name]) for name in FLAGS if short.get(name)}
    said.fields |= {name: cells[name] for name in TEXTS if cells.get(name)}
    if short.get("hours"):
        said.fields["hours"] = _hours(short["hours"])
    said.names = {name: short[name] for name in NAMES if short.get(name)}
    return said


def _flag(name: str, cell: str) -> bool:
    if cell.lower() not in (YES, NO):
        raise Refused("unknown_word", column=name, said=cell[:40])
    return cell.lower() == YES


def _hours(cell: str) -> Decimal:
    try:
        hours = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        raise Refused("bad_hours", said=cell[:40]) from None
    if not (hours.is_finite() and 0 <= hours < 10_000 and hours == round(hours, 1)):
        raise Refused("bad_hours", said=cell[:40])
    return hours


def own_cells(fields: dict[str, object], names: dict[str, str], permalink: str) -> dict[str, str]:
    """The cells that only this format has, from a post's fields and the names of what it belongs to."""
    cells = {name: YES if fields[name] else NO for name in FLAGS}
    cells |= {name: str(fields[name]) for name in (*WORDS, *TEXTS)}
    cells["hours"] = "" if fields["hours"] is None else format(fields["hours"], "f")
    return cells | names | {"permalink": permalink}
