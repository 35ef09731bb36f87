"""Short names for addresses, from names in Uzbek, Russian or English. Pure but for the look at what is taken."""

import re
import unicodedata

from django.utils.text import slugify

from brands.models import Brand

# Where the address leads elsewhere: /brands/new/, /brands/sample/, /brands/import/.
RESERVED = frozenset({"new", "sample", "import"})
LONGEST = 60

# Uzbek Cyrillic and Russian. The letters that Uzbek writes with a turned comma lose it, as in any address.
CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h",
    }
)  # fmt: skip
APOSTROPHES = re.compile("['’‘ʻʼ`]")


def slug_from(name: str) -> str:
    """“Atlas Liboslari” → atlas-liboslari; empty when nothing in the name can stand in an address."""
    latin = unicodedata.normalize("NFC", name).lower().translate(CYRILLIC)
    return slugify(APOSTROPHES.sub("", latin))[:LONGEST].strip("-_")


def is_taken(slug: str) -> bool:
    return slug in RESERVED or Brand.objects.filter(slug=slug).exists()


def free_slug(name: str) -> str:
    """The name's slug, numbered when another brand has it."""
    wanted = slug_from(name) or "brand"
    taken = RESERVED | set(Brand.objects.filter(slug__startswith=wanted[: LONGEST - 6]).values_list("slug", flat=True))
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted[: LONGEST - 6].rstrip('-_')}-{number}", number + 1
    return candidate
