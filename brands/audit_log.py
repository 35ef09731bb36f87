"""The audit log as people read it: what they asked for, a page at a time, each entry in words with a link to what it is about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.audit import ACTS
from brands.models import AuditEntry, Brand, Role

PER_PAGE = 50
LARGEST_KEY = 2**63 - 1
# By how an act's name begins. Acts in no group show under “everything”.
GROUPS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "team": (gettext_lazy("Team"), ("invit", "role_", "left", "member_")),
    "settings": (gettext_lazy("Settings and channels"), ("brand_", "settings_", "two_factors_", "zone_", "channel_")),
    "posts": (gettext_lazy("Approval and publishing"), ("post_", "publication_", "plan_")),
    "strategy": (gettext_lazy("Strategies and goals"), ("strategy_", "goal_")),
    "money": (gettext_lazy("Money"), ("budget_", "money_")),
    "imports": (gettext_lazy("Figures"), ("import_", "figures_")),
    "out": (gettext_lazy("Downloads, feeds and links"), ("file_", "feed_", "link_", "export")),
    "deleted": (gettext_lazy("Deleted"), ("deleted", "brought_", "admin_deleted")),
    "admin": (gettext_lazy("Administration"), ("admin_",)),
    "signing_in": (
        gettext_lazy("Signing in"),
        (
            "signed_",
            "failed_",
            "ended_sessions",
            "changed_password",
            "reset_password",
            "added_second",
            "removed_second",
            "made_recovery",
        ),
    ),
    "programs": (gettext_lazy("API and webhooks"), ("api_", "webhook_")),
    "data": (gettext_lazy("Data of people and backups"), ("own_data_", "erasure_", "person_", "backup_")),
}
# What has a page of its own: kind → the name of the page, which takes the brand and the number.
PAGES = {
    "brands.channel": "brands:channel", "brands.membership": "brands:member", "calendar_app.campaign": "calendar:campaign",
    "calendar_app.planfile": "calendar:plan_file", "calendar_app.post": "calendar:post", "calendar_app.series": "calendar:series",
    "metrics.finding": "metrics:finding", "metrics.import": "metrics:import", "metrics.issuedreport": "metrics:issued",
    "metrics.ledgerentry": "metrics:entry", "metrics.report": "metrics:report", "strategies.strategy": "strategies:strategy",
}  # fmt: skip
# Objects whose pages have a link to their history: the word in its address → kind.
HISTORIES = {
    "posts": "calendar_app.post", "strategies": "strategies.strategy", "goals": "strategies.goal",
    "money": "metrics.ledgerentry", "channels": "brands.channel", "team": "brands.membership",
}  # fmt: skip
# Acts that do not say by themselves what they were done to.
NAMELESS = ("deleted", "brought_back", "admin_", "link_", "file_", "publication_")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see; the form makes it."""

    person: int | None = None
    group: str = ""
    first: datetime | None = None
    last: datetime | None = None
    kind: str = ""
    object_id: int | None = None

    def among(self, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        if self.person:
            rows = rows.filter(person=self.person)
        if self.group:
            ways = Q()
            for beginning in GROUPS[self.group][1]:
                ways |= Q(act__startswith=beginning)
            rows = rows.filter(ways)
        if self.first:
            rows = rows.filter(at__gte=self.first)
        if self.last:
            rows = rows.filter(at__lt=self.last)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows.filter(object_id=self.object_id) if self.object_id else rows


@dataclass
class Told:
    """An entry in words."""

    entry: AuditEntry
    by: str
    act: str
    kind: str
    notes: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def text(self) -> str:
        return " ".join(
            filter(None, [self.act, f"“{self.entry.title}”" if self.entry.title else "", self.kind and f"({self.kind})"])
        )


@dataclass
class Page:
    told: list[Told]
    older: int | None
    is_first: bool


def entries_of(brand: Brand) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(brand=brand).select_related("person").order_by("-at", "-pk")


def page(brand: Brand, asked: Asked, before: str = "") -> Page:
    """It goes on after the entry that was last: counting the log would take longer each day."""
    rows = asked.among(entries_of(brand))
    mark = entries_of(brand).filter(pk=key).first() if (key := _key(before)) else None
    if mark is not None:
        rows = rows.filter(Q(at__lt=mark.at) | Q(at=mark.at, pk__lt=mark.pk))
    found = list(rows[: PER_PAGE + 1])
    older = found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None
    return Page(list(tell(brand, found[:PER_PAGE])), older, mark is None)


def _key(words: str) -> int | None:
    return min(int(words), LARGEST_KEY) if words.isascii() and words.isdigit() and len(words) < 20 else None


def tell(brand: Brand, entries: Iterable[AuditEntry]) -> Iterator[Told]:
    """Entries in words; one query for each kind of object among them that has pages."""
    entries = list(entries)
    standing = _standing(entries)
    for entry in entries:
        told = in_words(entry)
        if entry.object_id in standing[entry.kind]:
            told.url = reverse(PAGES[entry.kind], args=[brand.slug, entry.object_id])
        yield told


def _standing(entries: list[AuditEntry]) -> dict[str, set[int]]:
    """The objects that are still there."""
    asked: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.kind in PAGES and entry.object_id:
            asked[entry.kind].add(entry.object_id)
    found: dict[str, set[int]] = defaultdict(set)
    for kind, keys in asked.items():
        found[kind] = set(apps.get_model(kind)._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    return found


def in_words(entry: AuditEntry) -> Told:
    act = str(ACTS.get(entry.act, entry.act))
    is_nameless = entry.act.startswith(NAMELESS) and bool(entry.kind)
    return Told(entry, _by(entry), act[:1].lower() + act[1:], kind_name(entry.kind) if is_nameless else "", list(_notes(entry)))


def _by(entry: AuditEntry) -> str:
    if entry.person is not None:
        return str(entry.person)
    if entry.person_id:
        return _("Somebody whose account is gone")
    return _("A guest with a link") if entry.details.get("guest") else "SMM Planner"


def kind_name(kind: str) -> str:
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def _notes(entry: AuditEntry) -> Iterator[str]:
    said = entry.details
    for name, (was, became) in said.get("values", {}).items():
        yield f"{_field(entry.kind, name)}: {was or '—'} → {became or '—'}"
    if others := [_field(entry.kind, name) for name in said.get("fields", []) if name not in said.get("values", {})]:
        yield _("Changed: %(fields)s") % {"fields": ", ".join(others)}
    if "role" in said:
        roles = dict(Role.choices)
        was = f"{roles.get(said['was'], '')} → " if "was" in said else ""
        yield _("Role: %(role)s") % {"role": f"{was}{roles.get(said['role'], '')}"}
    for name in ("file", "channel"):
        if said.get(name):
            yield str(said[name])


def _field(kind: str, name: str) -> str:
    try:
        return str(apps.get_model(kind)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        # No column, or gone by now: its name says enough.
        return str(name)


def day_begins(brand: Brand, day: date, further: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=further), time.min, brand.zone)


def stands(brand: Brand, kind: str, pk: int) -> bool:
    """Whether the brand has such an object: one that nothing happened to has an empty history."""
    model = apps.get_model(kind)
    way = "brand" if any(each.name == "brand" for each in model._meta.fields) else "strategy__brand"
    return model._base_manager.filter(**{way: brand}, pk=pk).exists()
