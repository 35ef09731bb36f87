"""Countries whose public holidays are known, by their two letters.

The package is 22 MB in every process and takes half a second to come up: it is fetched when somebody first asks.
"""

import re
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEAR: dict[str, str | Promise] = {
    "UZ": _("Uzbekistan"), "KZ": _("Kazakhstan"), "KG": _("Kyrgyzstan"), "TJ": _("Tajikistan"), "TM": _("Turkmenistan"),
    "RU": _("Russia"), "TR": _("Turkey"), "AE": _("United Arab Emirates"), "KR": _("South Korea"), "US": _("United States"),
    "GB": _("United Kingdom"), "DE": _("Germany"),
}  # fmt: skip


@cache
def supported() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def country_choices() -> list[tuple[str, str | Promise]]:
    """Those near first, then all others by their English name."""
    from holidays.registry import COUNTRIES

    named = {code: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) for name, code, *_rest in COUNTRIES.values()}
    others = sorted((name, code) for code, name in named.items() if code in supported() and code not in NEAR)
    return [*NEAR.items(), *((code, name) for name, code in others)]
