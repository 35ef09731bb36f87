"""Countries whose public holidays are known, by their two letters."""

import re
from functools import cache

import holidays
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from holidays.registry import COUNTRIES

NEAR: dict[str, str | Promise] = {
    "UZ": _("Uzbekistan"), "KZ": _("Kazakhstan"), "KG": _("Kyrgyzstan"), "TJ": _("Tajikistan"), "TM": _("Turkmenistan"),
    "RU": _("Russia"), "TR": _("Turkey"), "AE": _("United Arab Emirates"), "KR": _("South Korea"), "US": _("United States"),
    "GB": _("United Kingdom"), "DE": _("Germany"),
}  # fmt: skip


@cache
def supported() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def country_choices() -> list[tuple[str, str | Promise]]:
    """Those near first, then all others by their English name."""
    named = {code: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) for name, code, *_rest in COUNTRIES.values()}
    others = sorted((name, code) for code, name in named.items() if code in supported() and code not in NEAR)
    return [*NEAR.items(), *((code, name) for name, code in others)]
