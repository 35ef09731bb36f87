"""The time zones that a form offers: the near ones first, then all by part of the world."""

from itertools import groupby

from django.utils.translation import gettext_lazy as _

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


def zone_choices() -> list:
    """Grouped choices: (part of the world, [(zone, city), ...])."""
    named = sorted(zone for zone in zone_names() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/")))
    groups = groupby(named, key=lambda zone: zone.split("/")[0])
    near = [(zone, _city(zone)) for zone in NEAR if zone in zone_names()]
    return [(_("Near"), near)] + [(part, [(zone, _city(zone)) for zone in zones]) for part, zones in groups]


def _city(zone: str) -> str:
    return zone.split("/", 1)[-1].replace("_", " ").replace("/", ", ")
