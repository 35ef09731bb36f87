"""Public holidays of a country, year by year, in the reader's language: from the `holidays` package, and what it leaves out."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.conf import settings

from brands.countries import supported
from calendar_app.holiday_names import our_name

FIRST_YEAR, LAST_YEAR = 1992, 2100
ENGLISH = ("en_US", "en_GB")
# Kept by everybody, though people work: (month, day) and the name by language.
OBSERVED = {
    "UZ": (
        (1, 14, {"uz": "Vatan himoyachilari kuni", "ru": "День защитников Родины", "en": "Day of Defenders of the Motherland"}),
    ),
}
# Rest days that the calendar shows and nobody writes about. In English, as the package calls them.
DAY_OFF = re.compile(r"^(additional )?day off", re.I)


@dataclass(frozen=True)
class Holiday:
    """One holiday. `names` has it in every language of the product and in the country's: by them an administrator's date finds it."""

    day: date
    name: str
    names: frozenset[str]
    is_estimated: bool = False
    is_day_off: bool = False


@lru_cache(maxsize=256)
def in_year(country: str, year: int, language: str) -> tuple[Holiday, ...]:
    """The holidays of one year in order; none for a country or year that nobody knows."""
    if country not in supported() or not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    told = {code: _told(country, year, code) for code in (language, *dict(settings.LANGUAGES), "en", "")}
    found = [*_observed(country, year, language)]
    for place, (name, is_estimated) in told[language].items():
        names = frozenset(plain(each[place][0]) for each in told.values() if place in each)
        english = told["en"].get(place, ("", False))[0]
        found.append(Holiday(place[0], name, names, is_estimated, bool(DAY_OFF.match(english))))
    return tuple(sorted(found, key=lambda row: row.day))


def _told(country: str, year: int, language: str) -> dict[tuple[date, int], tuple[str, bool]]:
    """As `_named`, in a language of ours: in the package's words, else in our own, else in the country's language."""
    if known := _language(country, language):
        return _named(country, year, known)
    english = _named(country, year, _english(country)).items()
    ours = {place: (our_name(country, language, name), is_estimated) for place, (name, is_estimated) in english}
    own = _named(country, year, _class_of(country).default_language)
    return own | {place: told for place, told in ours.items() if told[0]}


def _named(country: str, year: int, language: str | None) -> dict[tuple[date, int], tuple[str, bool]]:
    """(name, is it estimated) by day and place in the day. Days off that only repeat a holiday are left out.

    The language is always said: the package would else ask the machine.
    """
    import holidays  # here and not above for the reason that `brands/countries.py` gives

    rows = holidays.country_holidays(country, years=year, language=language, observed=False)
    label = getattr(rows, "estimated_label", None)
    ending = rows.tr(label).replace("%s", "") if label else ""
    found = {}
    for day in rows:
        for place, name in enumerate(rows.get_list(day)):
            is_estimated = bool(ending) and name.endswith(ending)
            found[day, place] = (name.removesuffix(ending) if is_estimated else name, is_estimated)
    return found


def _language(country: str, language: str) -> str | None:
    """The language, or a variety of it (ru_KG), where the country's names exist in it."""
    if language == "en":
        return _english(country)
    return next((name for name in _class_of(country).supported_languages if name.split("_")[0] == language), None)


def _english(country: str) -> str | None:
    known = _class_of(country).supported_languages
    return next((name for name in ENGLISH if name in known), _class_of(country).default_language)


@cache
def _class_of(country: str):
    import holidays

    return getattr(holidays, country)


def _observed(country: str, year: int, language: str) -> list[Holiday]:
    return [
        Holiday(date(year, month, day), names.get(language, names["en"]), frozenset(plain(name) for name in names.values()))
        for month, day, names in OBSERVED.get(country, ())
    ]


def plain(name: str) -> str:
    """A name as it is compared: Qurbon hayiti is Qurbon hayit, whatever the apostrophes."""
    words = re.sub(r"[^\w\s]|[ʻʼ]", "", name.casefold().replace("-", " ")).split()
    return " ".join(word.removesuffix("i") if word.startswith("hayit") else word for word in words)
