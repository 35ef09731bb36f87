"""Names of holidays that the `holidays` package lacks in a language of ours, by the country and the English name it gives."""

import re

_DAY_OFF = re.compile(r"Day off \(substituted from (\d\d)/(\d\d)/(\d{4})\)")

# By country, then by language.
OUR_NAMES: dict[str, dict[str, dict[str, str]]] = {
    "UZ": {
        "ru": {
            "New Year's Day": "Новый год",
            "Women's Day": "Женский день",
            "Nowruz": "Навруз",
            "Eid al-Fitr": "Рамазан хайит",
            "Day of Memory and Honor": "День памяти и почестей",
            "Victory Day": "День Победы",
            "Eid al-Adha": "Курбан хайит",
            "Independence Day": "День независимости",
            "Teachers and Instructors Day": "День учителей и наставников",
            "Constitution Day": "День Конституции",
            "Additional day off by Presidential decree": "Дополнительный выходной по указу Президента",
        },
    },
    "KZ": {
        "ru": {
            "New Year's Day": "Новый год",
            "Orthodox Christmas": "Православное Рождество",
            "International Women's Day": "Международный женский день",
            "Nowruz Holiday": "Наурыз мейрамы",
            "International Day of Solidarity of Workers": "День международной солидарности трудящихся",
            "Kazakhstan's People Solidarity Holiday": "Праздник единства народа Казахстана",
            "Defender of the Fatherland Day": "День защитника Отечества",
            "Victory Day": "День Победы",
            "Capital Day": "День Столицы",
            "Eid al-Adha": "Курбан айт",
            "Constitution Day": "День Конституции",
            "Republic Day": "День Республики",
            "First President Day": "День Первого Президента",
            "Independence Day": "День Независимости",
        },
    },
}
# A rest day that was moved, with the day it was taken from.
DAYS_OFF = {"ru": "Выходной (перенесён с {day}.{month}.{year})"}


def our_name(country: str, language: str, english: str) -> str:
    """The holiday in a language that the package has not; empty where we have no name, either."""
    names = OUR_NAMES.get(country, {}).get(language, {})
    moved = _DAY_OFF.fullmatch(english) if names else None
    if moved and language in DAYS_OFF:
        month, day, year = moved.groups()
        return DAYS_OFF[language].format(day=day, month=month, year=year)
    return names.get(english, "")
