"""What a browser lets one guess of a new brand: shown as the forms' first choice, never stored unseen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from brands.models.teams import Currency


@dataclass(frozen=True, slots=True)
class Home:
    """What usually goes with a country. The first zone is its capital's, or where most of its people live."""

    zones: tuple[str, ...]
    currency: Currency


HOMES: Mapping[str, Home] = {
    "UZ": Home(("Asia/Tashkent", "Asia/Samarkand"), Currency.UZS),
    "KZ": Home(("Asia/Almaty", "Asia/Aqtau", "Asia/Aqtobe", "Asia/Atyrau", "Asia/Oral", "Asia/Qostanay", "Asia/Qyzylorda"), Currency.KZT),
    "KG": Home(("Asia/Bishkek",), Currency.USD),
    "TJ": Home(("Asia/Dushanbe",), Currency.USD),
    "TM": Home(("Asia/Ashgabat",), Currency.USD),
    "RU": Home(("Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk", "Asia/Vladivostok"), Currency.RUB),
    "TR": Home(("Europe/Istanbul",), Currency.USD),
    "AE": Home(("Asia/Dubai",), Currency.USD),
    "KR": Home(("Asia/Seoul",), Currency.USD),
    "US": Home(("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"), Currency.USD),
    "GB": Home(("Europe/London",), Currency.GBP),
    "DE": Home(("Europe/Berlin",), Currency.EUR),
}  # fmt: skip
# Languages that say where their readers live. English and Russian are read everywhere: they say nothing.
AT_HOME = {"uz": "UZ", "kk": "KZ", "ky": "KG", "tg": "TJ", "tk": "TM", "tr": "TR", "ko": "KR", "de": "DE"}
TAG = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?", re.IGNORECASE)


def of_languages(accepted: str) -> dict[str, str]:
    """Country, zone and currency by the header Accept-Language; nothing where it does not say."""
    for language, region in TAG.findall(accepted[:200]):
        language, region = language.lower(), region.upper()
        country = region if region in HOMES and AT_HOME.get(language) else AT_HOME.get(language)
        if country:
            home = HOMES[country]
            return {"country": country, "time_zone": home.zones[0], "currency": home.currency.value}
    return {}


def by_zone() -> dict[str, list[str]]:
    """Zone -> country and currency: what a browser that tells its zone may fill in."""
    return {zone: [country, home.currency.value] for country, home in HOMES.items() for zone in home.zones}
