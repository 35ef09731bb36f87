"""Does a file fit this brand: which rows are new, which are in the calendar already, which cannot be taken, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from brands.models import Brand, Channel
from brands.models.teams import zone_names
from calendar_app.forms.fields import FIRST_DAY, LAST_DAY, LONGEST_TEXT
from calendar_app.models import Post, Publication
from calendar_app.moments import NoSuchTime, moment
from calendar_app.plan_files.cells import Unclear, clean, shown_offset
from calendar_app.plan_files.formats import PlanFormat
from calendar_app.plan_files.lookups import Lookups
from calendar_app.plan_files.said import Note, Refused, Said
from calendar_app.plan_files.tables import Row
from calendar_app.titles import first_line

BATCH = 500
LONGEST_TITLE = 120
USUAL_CLOCK = time(10)
NEW, KNOWN, REFUSED = "new", "known", "refused"
CHOICES = {
    "format": frozenset(Post.Format.values), "journey_stage": frozenset(Post.JourneyStage.values),
    "purpose": frozenset(Post.Purpose.values), "kind": frozenset(Post.Kind.values),
}  # fmt: skip
LIMITS = {"link": 500, "utm_campaign": 100, "utm_content": 100, "first_comment": LONGEST_TEXT}
# Where a post stands: its channel, its moment, its words.
Key = tuple[int | None, datetime | None, str]
_is_link = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Answers:
    """What only a person knows of a file."""

    channels: tuple[int, ...] = ()
    order: str = ""
    networks: dict[str, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: dict) -> "Answers":
        return cls(
            tuple(stored.get("channels", ())), stored.get("order", ""), stored.get("networks", {}), stored.get("columns", {})
        )


@dataclass
class Result:
    """One row of the file and what becomes of it. `outings`: the channels where it is new."""

    row: Row
    state: str = NEW
    reason: Note | None = None
    said: Said = field(default_factory=Said)
    at: datetime | None = None
    channels: list[Channel] = field(default_factory=list)
    outings: list[Channel] = field(default_factory=list)
    keys: dict[str, int | None] = field(default_factory=dict)

    def refuse(self, refusal: Refused) -> None:
        self.state, self.reason = REFUSED, Note(refusal.code, refusal.params)


@dataclass
class Checked:
    """`asks`: what a person must say first; until then there are no results."""

    form: PlanFormat
    head: Row | None
    total: int
    asks: list[str] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)  # networks without a channel here -> the account, if it is named

    def count(self, state: str) -> int:
        return sum(result.state == state for result in self.results)


def check(brand: Brand, form: PlanFormat, rows: Sequence[Row], answers: Answers) -> Checked:
    lookups = Lookups(brand)
    form = form.told(answers.columns)
    body = form.body(rows)
    checked = Checked(form, rows[0] if len(body) < len(rows) else None, len(body))
    if form.asks(rows):
        checked.asks.append("columns")
        return checked
    order = _order(form, rows, answers, checked)
    results = list(_read(form, rows, order))
    checked.missing = lookups.missing(result.said for result in results)
    chosen = [channel for channel in lookups.active if channel.pk in answers.channels]
    if not chosen and len(lookups.active) == 1:
        chosen = lookups.active
    _ask(checked, results, lookups, answers, chosen)
    if checked.asks:
        return checked
    checked.results = results
    for result in _standing(results):
        try:
            _place(result, brand, lookups, answers, chosen)
        except Refused as refusal:
            result.refuse(refusal)
    _refuse_twice(results)
    _compare(brand, checked)
    return checked


def _order(form: PlanFormat, rows: Sequence[Row], answers: Answers, checked: Checked) -> str:
    try:
        return form.order(rows)
    except Unclear:
        if not answers.order:
            checked.asks.append("order")
        return answers.order or "dmy"


def _read(form: PlanFormat, rows: Sequence[Row], order: str) -> Iterator[Result]:
    read = form.reader(rows, order)
    for row in form.body(rows):
        result = Result(row)
        try:
            result.said = read(row)
            _look_at_words(result.said)
        except Refused as refusal:
            result.refuse(refusal)
        yield result


def _standing(results: Iterable[Result]) -> Iterator[Result]:
    return (result for result in results if result.state != REFUSED)


def _ask(checked: Checked, results: list[Result], lookups: Lookups, answers: Answers, chosen: list[Channel]) -> None:
    said = [result.said for result in _standing(results)]
    homeless = any(not (row.without_channel or row.platforms or row.channel_name.lower() in lookups.by_name) for row in said)
    if homeless and not chosen and lookups.active:
        checked.asks.append("channels")
    named = {slug for row in said if not row.account for slug in row.platforms}
    for slug in sorted(named):
        offered = lookups.by_network.get(slug, [])
        if len(offered) > 1 and answers.networks.get(slug) not in [channel.pk for channel in offered]:
            checked.asks.append(f"network:{slug}")


def _look_at_words(said: Said) -> None:
    """What can be said of a row without knowing the brand."""
    for text in (said.text, said.channel_text):
        if len(text) > LONGEST_TEXT:
            raise Refused("text_too_long", length=len(text), limit=LONGEST_TEXT)
    said.title = said.title or first_line(said.text or said.channel_text, LONGEST_TITLE)
    if not said.title.strip():
        raise Refused("no_text")
    if len(said.title) > LONGEST_TITLE or "\n" in said.title:
        if said.text:
            said.title = first_line(said.title, LONGEST_TITLE)
        else:
            said.text, said.title = said.title, first_line(said.title, LONGEST_TITLE)
    for name, limit in LIMITS.items():
        if len(str(said.fields.get(name, ""))) > limit:
            raise Refused("too_long", column=name, limit=limit)
    for name, known in CHOICES.items():
        if said.fields.get(name) and said.fields[name] not in known:
            raise Refused("unknown_word", column=name, said=str(said.fields[name])[:40])
    if link := said.fields.get("link"):
        try:
            _is_link(link)
        except ValidationError:
            raise Refused("bad_link", said=str(link)[:80]) from None


def _place(result: Result, brand: Brand, lookups: Lookups, answers: Answers, chosen: list[Channel]) -> None:
    """Settle where and when the row stands."""
    said = result.said
    result.at = _moment(said, brand)
    result.channels = lookups.named_channels(said, answers.networks, chosen)
    result.keys = lookups.keys(said)


def _moment(said: Said, brand: Brand) -> datetime | None:
    if said.day is None:
        return None
    if not FIRST_DAY <= said.day <= LAST_DAY:
        raise Refused("far_day", said=said.day.isoformat())
    if said.zone and said.zone not in zone_names():
        raise Refused("unknown_zone", said=said.zone[:40])
    if said.clock is None:
        said.clock = USUAL_CLOCK
        said.notes.append(Note("clock_assumed", {"said": f"{USUAL_CLOCK:%H:%M}"}))
    zone = ZoneInfo(said.zone) if said.zone else brand.zone
    try:
        found = moment(said.day, said.clock, zone)
    except NoSuchTime:
        raise Refused("no_such_time", said=f"{said.clock:%H:%M}") from None
    if not found.happens_twice:
        return found.at
    # The offset tells which of two same times is meant; elsewhere the clock is right, whatever stands beside it.
    first = datetime.combine(said.day, said.clock, zone)
    second = first.replace(fold=1)
    if said.offset == shown_offset(second):
        return second.astimezone(found.at.tzinfo)
    if said.offset != shown_offset(first):
        said.notes.append(Note("happens_twice"))
    return found.at


def _refuse_twice(results: list[Result]) -> None:
    """A post goes out once on a channel: the same group with the same words names it twice."""
    seen: dict[tuple, int] = {}
    for result in _standing(results):
        if not result.said.group or not result.channels:
            continue
        name = (*post_of(result), result.channels[0].pk)
        if name in seen:
            result.refuse(Refused("twice", line=seen[name]))
        else:
            seen[name] = result.row.line


def post_of(result: Result) -> tuple:
    """Rows for which this is the same are one post on several channels."""
    said = result.said
    if not said.group:
        return (result.row.line,)
    return (said.group, said.title, said.text, *sorted((name, str(value)) for name, value in (said.fields | said.names).items()))


def _compare(brand: Brand, checked: Checked) -> None:
    """Set apart what the calendar has already, and refuse what is new and past."""
    standing = list(_standing(checked.results))
    known = _existing(brand, standing)
    seen: set[Key] = set()
    now = timezone.now()
    for result in standing:
        result.outings = [channel for channel in result.channels if not _is_known(_key(result, channel), known, seen, checked)]
        if result.channels:
            result.state = NEW if result.outings else KNOWN
        elif _is_known(_key(result, None), known, seen, checked):
            result.state = KNOWN
        if result.state == NEW and result.at and result.at <= now:
            result.refuse(Refused("past"))


def _is_known(key: Key, known: Counter, seen: set[Key], checked: Checked) -> bool:
    if known[key]:
        known[key] -= 1
        seen.add(key)
        return True
    if not checked.form.is_exact and key in seen:
        return True
    seen.add(key)
    return False


def _key(result: Result, channel: Channel | None) -> Key:
    said = result.said
    return channel.pk if channel else None, result.at if channel else None, said.channel_text or said.text or said.title


def _existing(brand: Brand, results: list[Result]) -> Counter:
    """How often each of the keys stands in the calendar: a query for each few hundred rows."""
    known: Counter[Key] = Counter()
    columns = ("channel", "at", "text_override", "post__text", "post__title")
    rows = Publication.objects.filter(brand=brand)
    dated = sorted({result.at for result in results if result.channels and result.at})
    undated = sorted({result.said.title for result in results if result.channels and not result.at})
    bare = sorted({result.said.title for result in results if not result.channels})
    for batch in _batches(dated):
        known.update(map(_known_key, rows.filter(at__in=batch).values_list(*columns)))
    for batch in _batches(undated):
        known.update(map(_known_key, rows.filter(at=None, post__title__in=batch).values_list(*columns)))
    for batch in _batches(bare):
        ideas = Post.objects.filter(brand=brand, publications=None, title__in=batch).values_list("text", "title")
        known.update((None, None, clean(text) or title) for text, title in ideas)
    return known


def _known_key(row: tuple) -> Key:
    channel, at, override, text, title = row
    return channel, at, clean(override or text) or title


def _batches(items: list) -> Iterator[list]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
