"""Words that somebody looks for, as patterns that find them however they are written. Pure.

Uzbek is written in two alphabets, each with several apostrophes; one pattern holds all spellings of a word. Both cases of each
letter stand in it, because how far a database folds case depends on how it was set up. Patterns mean the same to Python (which
is what SQLite asks) and to PostgreSQL.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q

# People type what their keyboard has; Uzbek itself writes oʻ and gʻ with U+02BB, and ʼ is U+02BC.
APOSTROPHES = "'’‘ʻʼ`´"
LONGEST = 100
MOST_WORDS = 8

# The apostrophe's Cyrillic sister, and the sign that Latin leaves out: компьютер is kompyuter.
SILENT = APOSTROPHES + "ъЪьЬ"
_SILENT = f"[{SILENT}]"
# With and without its apostrophe it is one letter: many leave it out.
_SAME = (
    "aа", "bб", "dд", "fф", "gгғ", "hҳ", "iи", "jж", "kк", "lл", "mм", "nн", "oоў", "pп", "qқ", "rр", "tт", "uу", "vв", "xх", "yй",
    "zз",
)  # fmt: skip
_LETTERS = {letter: together for together in _SAME for letter in together}
# Latin words from abroad write their с and ц with a c.
_LETTERS |= dict.fromkeys("sсc", "sсcц") | {"e": "eеэ", "э": "eеэ"}


def _class(letters: str) -> str:
    both = dict.fromkeys(form for letter in letters for form in (letter, letter.upper()) if len(form) == 1)
    return f"[{''.join(both)}]"


def _of(letter: str) -> str:
    return _class(_LETTERS.get(letter, letter))


def _either(cyrillic: str, first: str, second: str) -> str:
    """One Cyrillic letter, or the two that it is in Latin (which Cyrillic writes apart in a few words: Исҳоқ, йўқ)."""
    return f"(?:{_class(cyrillic)}|{_of(first)}{_SILENT}*{_of(second)})"


_PAIRS = {
    pair: _either(cyrillic, *pair) for cyrillic, pair in zip("шчёюяец", ("sh", "ch", "yo", "yu", "ya", "ye", "ts"), strict=True)
}
_ALONE = {cyrillic: _either(cyrillic, *pair) for cyrillic, pair in zip("шчюя", ("sh", "ch", "yu", "ya"), strict=True)}
# Russian often leaves the dots away; ц is s in most words of Uzbek, ts in some.
_ALONE |= {
    "е": f"{_class('yй')}?{_class('eеэё')}",
    "ё": f"(?:{_class('ёе')}|{_of('y')}{_SILENT}*{_of('o')})",
    "ц": f"(?:{_class('цsсc')}|{_of('t')}{_SILENT}*{_of('s')})",
}


def patterns(asked: str) -> list[str]:
    """One regular expression per word; a text is found when it holds all of them, in any order."""
    words = unicodedata.normalize("NFC", asked.replace("\x00", "")[:LONGEST]).lower().split()[:MOST_WORDS]
    return [_pattern(word) for word in words]


def _pattern(word: str) -> str:
    heard = word.translate(dict.fromkeys(map(ord, SILENT)))
    return f"{_SILENT}*".join(_sounds(heard)) if heard else _SILENT


def _sounds(word: str) -> Iterable[str]:
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        sound = _PAIRS.get(pair) or _ALONE.get(word[place]) or _sign(word[place])
        place += 2 if pair in _PAIRS else 1
        yield sound


def _sign(sign: str) -> str:
    return _of(sign) if sign.isalpha() else re.escape(sign)


def holds(found: Iterable[str], text: str) -> bool:
    """Whether a text holds all of these patterns."""
    return all(re.search(pattern, text) for pattern in found)


def holding(found: Iterable[str], *fields: str) -> Q:
    """The same, asked of a database: each pattern in one of the fields."""
    return reduce(and_, (reduce(or_, (Q(**{f"{field}__regex": pattern}) for field in fields)) for pattern in found), Q())
