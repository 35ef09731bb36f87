"""The formats of other planners, as their own pages and real files describe them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from brands.cells import guarded
from calendar_app.plan_files.cells import clean, day_numbers, read_clock, read_day, split_moment
from calendar_app.plan_files.formats import Header, PlanFormat, Reader, american, order_of, when
from calendar_app.plan_files.outgoing import Outgoing
from calendar_app.plan_files.said import Note, Refused, Said
from calendar_app.plan_files.tables import Row

QUARTER = timedelta(minutes=15)
ONLY_WORDS = _("Title, pillar, campaign, goal, owner and all other marks.")
NO_PICTURES = _("Pictures and videos: add them in the tool.")
NO_STATUS = _("Whether a post is approved.")
NO_ZONE = _(
    "The time zone: the tool takes the times for those of its own settings. Of two same times in the night when the clocks are put back, the first is meant."
)
APOSTROPHE = _("A text that begins with = + - or @ gets an apostrophe in front, so that no spreadsheet runs it.")
UNDATED = _("Posts without a day.")


class Hootsuite(PlanFormat):
    name = "hootsuite"
    label = "Hootsuite"
    note = _("Bulk composer: day and time, text, link. Up to 350 rows.")
    columns = ("Date", "Message", "Link")
    losses = (ONLY_WORDS, NO_PICTURES, NO_STATUS, UNDATED, NO_ZONE, APOSTROPHE)
    one_channel = True

    def knows(self, rows: Sequence[Row]) -> bool:
        if not rows:
            return False
        if self._has_header(rows):
            return True
        width = len([cell for cell in rows[0].cells if cell.strip()])
        return 2 <= width <= 4 and _is_moment(rows[0].cell(0))

    def body(self, rows: Sequence[Row]) -> Sequence[Row]:
        return rows[1:] if self._has_header(rows) else rows

    def order(self, rows: Sequence[Row]) -> str:
        place = self._places(rows)[0]
        return order_of(day_numbers(split_moment(row.cell(place))[0]) for row in self.body(rows))

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        day, text, link, picture = self._places(rows)

        def read(row: Row) -> Said:
            said = Said(text=clean(row.cell(text)).strip())
            if not row.cell(day).strip():
                raise Refused("no_day", said="")
            when(said, *split_moment(row.cell(day)), order)
            _link(said, row.cell(link))
            _pictures(said, row.cell(picture))
            return said

        return read

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        for post in posts:
            if post.at:
                yield [f"{post.at:%m/%d/%Y %H:%M}", guarded(post.words), post.link]

    def _has_header(self, rows: Sequence[Row]) -> bool:
        header = Header(rows[0])
        return (header.has("date", "message") or header.has("date and time", "message")) and not header.has("start date")

    def _places(self, rows: Sequence[Row]) -> tuple[int | None, ...]:
        if not self._has_header(rows):
            return 0, 1, 2, 3
        places = Header(rows[0]).places
        return places.get("date", places.get("date and time")), places["message"], places.get("link"), places.get("image url")


class Buffer(PlanFormat):
    name = "buffer"
    label = "Buffer"
    note = _("Bulk upload for one channel. Up to 100 rows, 10 on the free plan.")
    columns = ("Text", "Image URL", "Tags", "Posting Time")
    losses = (ONLY_WORDS, NO_PICTURES, NO_STATUS, NO_ZONE, APOSTROPHE)
    one_channel = True

    def knows(self, rows: Sequence[Row]) -> bool:
        return bool(rows) and Header(rows[0]).has("text", "posting time")

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        header = Header(rows[0])

        def read(row: Row) -> Said:
            said = Said(text=clean(header.cell(row, "text")).strip())
            when(said, *split_moment(header.cell(row, "posting time")), order)
            _pictures(said, header.cell(row, "image url"))
            _left_out(said, "Tags", header.cell(row, "tags"))
            return said

        return read

    def order(self, rows: Sequence[Row]) -> str:
        header = Header(rows[0])
        return order_of(day_numbers(split_moment(header.cell(row, "posting time"))[0]) for row in self.body(rows))

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        yield list(self.columns)
        for post in posts:
            text = "\n\n".join(part for part in (post.words, post.link) if part)
            yield [guarded(text), "", guarded(post.pillar.replace(",", " ")), f"{post.at:%Y-%m-%d %H:%M}" if post.at else ""]


class Metricool(PlanFormat):
    name = "metricool"
    label = "Metricool"
    note = _("One row for a post on several networks; approval goes along as “Draft”.")
    # The column of each network, by our short name for it.
    networks = {
        "facebook": "Facebook", "x": "Twitter/X", "linkedin": "LinkedIn", "google-business": "GBP", "instagram": "Instagram",
        "pinterest": "Pinterest", "tiktok": "TikTok", "youtube": "Youtube", "threads": "Threads", "bluesky": "Bluesky",
    }  # fmt: skip
    columns = ("Text", "Date", "Time", "Draft", *networks.values(), "Picture Url 1", "First Comment Text", "Brand name")
    losses = (
        _("Posts on networks that Metricool’s file has no column for, such as Telegram, and posts without a day."),
        ONLY_WORDS, NO_PICTURES, NO_ZONE, APOSTROPHE,
    )  # fmt: skip
    names_channels = True

    def knows(self, rows: Sequence[Row]) -> bool:
        if not rows:
            return False
        header = Header(rows[0])
        return header.has("text", "date", "time") and any(header.has(name.lower()) for name in self.networks.values())

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        header = Header(rows[0])

        def read(row: Row) -> Said:
            said = Said(
                text=clean(header.cell(row, "text")).strip(),
                platforms=tuple(slug for slug, name in self.networks.items() if _is_true(header.cell(row, name.lower()))),
            )
            when(said, header.cell(row, "date"), header.cell(row, "time"), order)
            if comment := clean(header.cell(row, "first comment text")).strip():
                said.fields["first_comment"] = comment
            _pictures(said, header.cell(row, "picture url 1"))
            return said

        return read

    def order(self, rows: Sequence[Row]) -> str:
        header = Header(rows[0])
        return order_of(day_numbers(header.cell(row, "date")) for row in self.body(rows))

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        yield list(self.columns)
        joined: dict[tuple, list[Outgoing]] = {}
        for post in posts:
            if post.at and post.platform in self.networks:
                joined.setdefault((post.number, post.at, post.words), []).append(post)
        for same in joined.values():
            post, goes_to = same[0], {row.platform for row in same}
            text = "\n\n".join(part for part in (post.words, post.link) if part)
            yield [
                guarded(text), f"{post.at:%Y-%m-%d}", f"{post.at:%H:%M:%S}", "TRUE" if post.is_draft else "FALSE",
                *("TRUE" if slug in goes_to else "FALSE" for slug in self.networks),
                "", guarded(post.first_comment), guarded(post.brand),
            ]  # fmt: skip


class GoogleCalendar(PlanFormat):
    name = "google"
    label = _("Google Calendar (CSV)")
    note = _("An event of a quarter of an hour for each post. A feed keeps up by itself: see “Subscribe”.")
    columns = (
        "Subject", "Start Date", "Start Time", "End Date", "End Time", "All Day Event", "Description", "Location", "Private",
    )  # fmt: skip
    losses = (_("Pillar, campaign, goal, owner, link and all other marks."), NO_PICTURES, NO_STATUS, UNDATED, NO_ZONE, APOSTROPHE)

    def knows(self, rows: Sequence[Row]) -> bool:
        return bool(rows) and Header(rows[0]).has("subject", "start date")

    def reader(self, rows: Sequence[Row], order: str) -> Reader:
        header = Header(rows[0])

        def read(row: Row) -> Said:
            said = Said(
                title=clean(header.cell(row, "subject")).strip(),
                text=clean(header.cell(row, "description")).strip(),
                channel_name=header.cell(row, "location").strip(),
            )
            if not header.cell(row, "start date").strip():
                raise Refused("no_day", said="")
            # Google reads and writes days the American way, wherever its reader is.
            when(said, header.cell(row, "start date"), header.cell(row, "start time"), order or "mdy")
            return said

        return read

    def order(self, rows: Sequence[Row]) -> str:
        header = Header(rows[0])
        pairs = [pair for row in self.body(rows) if (pair := day_numbers(header.cell(row, "start date")))]
        return "dmy" if any(first > 12 for first, _second in pairs) else "mdy"

    def write(self, posts: Iterable[Outgoing]) -> Iterator[list[str]]:
        yield list(self.columns)
        for post in posts:
            if post.at:
                day, clock = american(post.at)
                end_day, end_clock = american(post.at + QUARTER)
                yield [
                    guarded(post.title), day, clock, end_day, end_clock, "FALSE", guarded(post.words), guarded(post.channel), "FALSE",
                ]  # fmt: skip


def _is_moment(text: str) -> bool:
    day, clock = split_moment(text)
    try:
        read_clock(clock)
        read_day(day, "dmy" if (pair := day_numbers(day)) and pair[0] > 12 else "mdy")
    except ValueError:
        return bool(day_numbers(day)) and ":" in clock
    return True


def _is_true(cell: str) -> bool:
    return cell.strip().lower() in ("true", "1", "yes", "x")


def _link(said: Said, cell: str) -> None:
    if link := clean(cell).strip():
        said.fields["link"] = link


def _pictures(said: Said, cell: str) -> None:
    if cell.strip():
        said.notes.append(Note("pictures"))


def _left_out(said: Said, column: str, cell: str) -> None:
    if cell.strip():
        said.notes.append(Note("left_out", {"column": column, "said": cell.strip()[:60]}))
