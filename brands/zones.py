"""The time zones that a form offers: the near ones first, then all by part of the world."""

from functools import cache
from itertools import groupby

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brands.countries import spelled
from brands.models.teams import zone_names

NEAR = [
    "Asia/Tashkent",
    "Asia/Samarkand",
    "Asia/Almaty",
    "Asia/Bishkek",
    "Asia/Dushanbe",
    "Asia/Ashgabat",
    "Europe/Moscow",
    "UTC",
]


PARTS = {
    "Africa": _("Africa"), "America": _("America"), "Antarctica": _("Antarctica"), "Arctic": _("Arctic"), "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"), "Australia": _("Australia"), "Europe": _("Europe"), "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}  # fmt: skip


def zone_choices() -> list:
    """Grouped choices: (part of the world, [(zone, city), ...])."""
    city = cities(get_language() or "en")
    near = [(zone, city[zone]) for zone in NEAR if zone in city]
    by_part = groupby(sorted(city), key=lambda zone: zone.split("/")[0])
    groups = [(PARTS[part], [(zone, city[zone]) for zone in zones]) for part, zones in by_part if part in PARTS]
    return [(_("Near"), near), *groups]


@cache
def cities(language: str) -> dict[str, str]:
    """By zone, the city that it is called after, in a language as far as it is known there."""
    known = Locale.parse(language, sep="-").time_zones
    named = [zone for zone in zone_names() if not zone.startswith(("Etc/", "posix/", "right/"))]
    return {zone: spelled(known.get(zone, {}).get("city") or _city(zone)) for zone in named}


def _city(zone: str) -> str:
    return zone.split("/", 1)[-1].replace("_", " ").replace("/", ", ")
