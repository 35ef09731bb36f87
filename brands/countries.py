"""Countries whose public holidays are known, by their two letters.

The package of holidays is 22 MB in every process and takes half a second to come up: it is fetched when somebody first asks.
"""

import re
from functools import cache

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language
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
    """Those near first, then all others by their name in the reader's language."""
    return [*NEAR.items(), *_others(get_language() or "en")]


@cache
def _others(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language, sep="-").territories
    found = sorted((spelled(names.get(code, code)), code) for code in supported() if code not in NEAR)
    return [(code, name) for name, code in found]


def spelled(name: str) -> str:
    """With the letters of Uzbek where the locale data have quotation marks; French names keep theirs."""
    return re.sub(r"(?<=[OoGg])[‘’]", "ʻ", name)
