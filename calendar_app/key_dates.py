"""Days worth a post: public holidays of the brand's country, everybody's dates there, and the brand's own.

An administrator's row puts a feast that moves (Ramazon hayiti) on its announced day, where the package only estimates.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language

from brands import notifications
from brands.models import Brand, Role
from calendar_app import public_holidays
from calendar_app.models import KeyDate, PassedOver
from calendar_app.moments import span
from calendar_app.month import days_between
from calendar_app.public_holidays import plain

# How far ahead a date asks for a post, and how long before it a post counts as one for it.
AHEAD = timedelta(days=14)
LEAD_UP = timedelta(days=3)
# An announced feast lies this near to its estimate.
NEAR = timedelta(days=5)
COLUMNS = ("pk", "brand_id", "kind", "name", "names", "start", "end", "repeats_yearly", "note")
ICONS = {"holiday": "confetti", "industry": "building-store", "launch": "rocket", "event": "calendar-event", "other": "star"}


@dataclass(frozen=True)
class Mark:
    """One key date as it falls in one year. `row` is the brand's own row; `pk` of everybody's rows stays with the administration."""

    first: date
    last: date
    name: str
    kind: str
    row: KeyDate | None = None
    is_estimated: bool = False
    is_day_off: bool = False
    is_public: bool = False
    note: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def kind_word(self) -> str:
        return str(KeyDate.Kind(self.kind).label)

    @property
    def days(self) -> Iterable[date]:
        return days_between(self.first, self.last)

    @property
    def is_own(self) -> bool:
        return self.row is not None and self.row.brand_id is not None


def between(brand: Brand, first: date, last: date) -> dict[date, list[Mark]]:
    """The marks of each day that has any; one query, however many dates there are."""
    return by_day(marks(brand, first, last), first, last)


def by_day(marks: Iterable[Mark], first: date, last: date) -> dict[date, list[Mark]]:
    found: dict[date, list[Mark]] = defaultdict(list)
    for mark in marks:
        for day in mark.days:
            if first <= day <= last:
                found[day].append(mark)
    return dict(found)


def marks(brand: Brand, first: date, last: date) -> list[Mark]:
    """Those that fall on a day from `first` to `last`, in order."""
    return marks_of(brand, rows_between(brand, first, last).only(*COLUMNS), first, last)


def rows_between(brand: Brand, first: date, last: date) -> QuerySet[KeyDate]:
    """Rows that may fall on these days, or put a feast on another day than one of them."""
    return KeyDate.objects.filter(Q(brand=brand) | Q(brand=None, country=brand.country)).filter(
        Q(repeats_yearly=True, start__lte=last)
        | Q(repeats_yearly=False, start__lte=last + NEAR) & (Q(end__gte=first - NEAR) | Q(end=None, start__gte=first - NEAR))
    )


def marks_of(brand: Brand, rows: Iterable[KeyDate], first: date, last: date) -> list[Mark]:
    language = (get_language() or brand.language).split("-")[0]
    written = [mark for row in rows for mark in _falls(row, first, last, language)]
    everybodys = [mark for mark in written if not mark.is_own]
    public = [
        holiday
        for year in range(first.year, last.year + 1)
        for holiday in public_holidays.in_year(brand.country, year, language)
        if first <= holiday.day <= last and not _is_announced(holiday, everybodys)
    ]
    found = written + [
        Mark(row.day, row.day, row.name, KeyDate.Kind.HOLIDAY, None, row.is_estimated, row.is_day_off, is_public=True)
        for row in public
    ]
    return sorted((mark for mark in found if mark.first <= last and mark.last >= first), key=lambda mark: (mark.first, mark.name))


def _is_announced(holiday: public_holidays.Holiday, rows: Iterable[Mark]) -> bool:
    """An administrator said when it is: by its name near the day, or by the day itself."""
    for mark in rows:
        names = {plain(name) for name in (mark.name, mark.row.name, *mark.row.names.values())}
        if names & holiday.names and abs(mark.first - holiday.day) <= NEAR:
            return True
        if holiday.is_estimated and mark.kind == KeyDate.Kind.HOLIDAY and mark.first <= holiday.day <= mark.last:
            return True
    return False


def _falls(row: KeyDate, first: date, last: date, language: str) -> list[Mark]:
    """The row in each year asked for: once, or again and again."""
    length = (row.end or row.start) - row.start
    name = row.names.get(language) or row.name
    once = Mark(row.start, row.start + length, name, row.kind, row, note=row.note)
    if not row.repeats_yearly:
        return [once]
    years = range(max(row.start.year, first.year - 1), last.year + 1)
    starts = [in_another_year(row.start, year) for year in years]
    return [replace(once, first=day, last=day + length) for day in starts]


def in_another_year(day: date, year: int) -> date:
    """29 February is kept on the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def waiting(brand: Brand, today: date | None = None) -> list[Mark]:
    """Dates within two weeks without a post on the day or the three days before, that nobody let pass; three queries."""
    today = today or brand.today()
    ahead = marks(brand, today, today + AHEAD)
    if not ahead:
        return []
    return waiting_of(ahead, today, days_with_posts(brand, today).values_list("day", flat=True), passed_over(brand, today))


def waiting_of(
    marks: Iterable[Mark], today: date, days_with_posts: Iterable[date], passed: Iterable[tuple[date, str]]
) -> list[Mark]:
    """Those of the marks that wait, given what was asked for elsewhere."""
    busy, passed = set(days_with_posts), set(passed)
    near = [mark for mark in marks if today <= mark.first <= today + AHEAD and not mark.is_day_off]
    return [mark for mark in near if not _is_kept(mark, busy) and not ({(mark.first, name) for name in _names(mark)} & passed)]


def days_with_posts(brand: Brand, today: date) -> QuerySet:
    """The days on which a post may keep a date of the next two weeks: rows with `day`."""
    start, end = span(today - LEAD_UP, today + 2 * AHEAD, brand.zone)
    posts = brand.publications.standing().between(start, end).order_by()
    # Grouped, not distinct: the month reads them as JSON, which PostgreSQL cannot compare.
    return posts.annotate(day=TruncDate("at", tzinfo=brand.zone)).values("day").annotate(posts=Count("pk"))


def passed_over(brand: Brand, today: date) -> QuerySet:
    """Days and names of what may go by without a post."""
    return brand.passed_over_dates.filter(day__gte=today).values_list("day", "name")


def _is_kept(mark: Mark, busy: set[date]) -> bool:
    return any(mark.first - LEAD_UP <= day <= mark.last for day in busy)


def _names(mark: Mark) -> set[str]:
    return {mark.name[:100], plain(mark.name)[:100], *([mark.row.name] if mark.row else [])}


def pass_over(brand: Brand, mark: Mark, by) -> None:
    """It may go by without a post. Said in any language, it holds in all of them."""
    names = {mark.row.name} if mark.row else _in_every_language(brand, mark)
    rows = [PassedOver(brand=brand, day=mark.first, name=name[:100], by=by) for name in sorted(names)]
    PassedOver.objects.bulk_create(rows, ignore_conflicts=True)


def _in_every_language(brand: Brand, mark: Mark) -> set[str]:
    found = {mark.name}
    for language, _name in settings.LANGUAGES:
        same = [row for row in public_holidays.in_year(brand.country, mark.first.year, language) if plain(mark.name) in row.names]
        found |= {row.name for row in same if row.day == mark.first}
    return found


def tell(brand: Brand) -> int:
    """Tell the brand's leads once of each date that comes near with nothing planned. How many dates."""
    url = reverse("calendar:key_dates", args=[brand.slug])
    leads = [row.user for row in brand.memberships.filter(role=Role.LEAD).select_related("user")]
    names: dict[str, dict[str, str]] = {}
    days: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language), timezone.override(brand.zone):
            for mark in waiting(brand):
                key = f"key_date:{brand.pk}:{mark.first}:{mark.row.pk if mark.row else mark.first}"
                names.setdefault(key, {})[language] = mark.name
                days[key] = f"{mark.first:%d.%m.%Y}"
    notifications.tell(
        notifications.notification(user, brand, "key_date_near", key, url, {"title": title, "day": days[key]})
        for user in leads
        for key, title in names.items()
    )
    return len(names) if leads else 0
