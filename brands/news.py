"""What the page of notifications shows: which of them, under which day, and what waits in other brands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Count
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from brands.hearing import GROUPS, kinds_of
from brands.models import Brand, Notification, User
from brands.models.notifications import NotificationQuerySet
from brands.notifications import Kind, look_of, text_of

GROUPS_SHOWN = [(name, label) for name, (label, _kinds) in GROUPS.items()]


@dataclass(frozen=True)
class Asked:
    """The filter, as it stands in the page's address; what makes no sense there filters nothing."""

    unread: bool = False
    group: str = ""
    page: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Asked":
        group, page = said.get("group", ""), said.get("page", "")
        is_number = page.isascii() and page.isdigit() and len(page) < 7
        return cls(said.get("show") == "unread", group if group in GROUPS else "", page if is_number else "")

    def within(self, rows: NotificationQuerySet) -> NotificationQuerySet:
        if self.unread:
            rows = rows.unread()
        return rows.filter(kind__in=kinds_of(self.group)) if self.group else rows

    @property
    def fields(self) -> dict[str, str]:
        """What the page's forms hand on, so that one stays where one was."""
        said = {"show": "unread" if self.unread else "", "group": self.group, "page": self.page}
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.fields)

    @property
    def filter_query(self) -> str:
        """For links to other pages of the same."""
        return urlencode({name: value for name, value in self.fields.items() if name != "page"})

    @property
    def is_filter(self) -> bool:
        return self.unread or bool(self.group)


def by_day(rows: Iterable[Notification], today: date) -> list[tuple[str, list[tuple[Notification, str, Kind]]]]:
    """(day in words, its rows), in the active zone."""
    days = groupby(rows, key=lambda row: timezone.localtime(row.created_at).date())
    return [(_words(day, today), [(row, text_of(row), look_of(row)) for row in of_day]) for day, of_day in days]


def elsewhere(user: User, brand: Brand) -> list[Brand]:
    """Other brands of the person that have unread news, each with its `unread`."""
    rows = Notification.objects.filter(user=user, brand__memberships__user=user).exclude(brand=brand).unread().in_app()
    counts = dict(rows.values_list("brand").annotate(Count("pk")).order_by())
    brands = list(Brand.objects.filter(pk__in=counts)) if counts else []
    for other in brands:
        other.unread = counts[other.pk]
    return brands


def _words(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return formats.date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")
