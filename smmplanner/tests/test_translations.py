"""Everything people read has its Uzbek and its Russian: the catalogues against the sources, their spelling and their terms."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import allauth
import django.conf as django_conf
import django.contrib.auth as django_auth
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.forms import DateField
from django.utils import formats, translation
from django.utils.translation import gettext, ngettext

from brands.templatetags import ui
from metrics.health.thresholds import THRESHOLDS
from metrics.importers import MESSAGES
from metrics.kpi import KPIS
from metrics.kpi_sources import SOURCES as KPI_SOURCES
from smmplanner.tests.reading import said_by

SOURCES = ["brands", "strategies", "calendar_app", "metrics", "smmplanner", "templates"]
EXTRACTORS = ["xgettext", "msguniq", "msgmerge", "msgattrib"]
TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]
# As CONTRIBUTING.md says it to people.
OPTIONS = {"no_obsolete": True, "no_location": True, "no_wrap": True, "verbosity": 0}

PLACEHOLDER = re.compile(r"%\(\w+\)(?:\.\d)?[a-z]|%[ds]|\{\w*\}")
NOT_PROSE = re.compile(PLACEHOLDER.pattern + r"|</?\w+>|https?://\S+|Google Alerts")

# A letter, and after it a sign that is neither ʻ (U+02BB, only in oʻ and gʻ) nor ʼ (U+02BC, never in them).
WRONG_APOSTROPHE = re.compile(r"\w['’‘`´′]|[oOgG]ʼ|[^oOgG]ʻ")

# Words that mistranslate the trade's terms, as roots: whatever is joined to them counts, too.
FORBIDDEN = {
    "etakchi": "lid (lead), rahbar (of a team)",
    "yetakchi": "lid (lead), rahbar (of a team)",
    "istiqbol": "lid",
    "konvertatsiya": "konversiya",
    "taassurot": "koʻrsatish",
    "jalb qilish tezligi": "ishtirok darajasi",
    "boʻlishish": "ulashish",
    "izdosh": "obunachi",
    "kuzatib borish": "obunachi",
    "chertish": "bosish",
    "tomoshabin": "auditoriya",
    "tinglovchi": "auditoriya",
    "moʻljal guruh": "maqsadli auditoriya",
    "xaridor shaxsi": "xaridor portreti (persona)",
    "taftish": "audit",
    "tarkib": "kontent",
    "aloqa rejasi": "kommunikatsiya rejasi",
    "munosabatlar": "izchillik, aloqalar",
    "tirnoq": "iqtibos",
    "taglavha": "tavsif matni",
    "taʼsir qiluvchi": "influenser",
    "kengaytirilgan post": "postni targʻib qilish",
    "aktsiya": "aksiya",
    "mijoz sayohati": "mijoz yoʻli",
    "teskari munosabat": "fikr-mulohaza",
    "elektron muloqot": "ogʻzaki tavsiya (eWOM)",
    "mamnuyat": "mamnuniyat",
    "bauns": "chiqib ketish darajasi",
    "investitsion daromad": "investitsiya rentabelligi",
    "byudjet": "budjet",
    "mezon": "meʼyor",
    "behuda": "koʻrinish koʻrsatkichi",
    "content": "kontent",
    "follower": "obunachi",
}
FORBIDDEN_WORD = re.compile(r"(?<![\wʻʼ])(" + "|".join(FORBIDDEN) + ")", re.IGNORECASE)

# The glossary's own words, where a short message stands for exactly one of its terms.
TERMS = {
    "Goal": "Maqsad",
    "Target": "Moʻljal qiymat",
    "Campaign": "Kampaniya",
    "Audience": "Auditoriya",
    "Personas": "Xaridor portretlari",
    "pain points": "ogʻriqli nuqtalar",
    "Competitor": "Raqobatchi",
    "Followers": "Obunachilar",
    "Conversion": "Konversiya",
    "Awareness": "Xabardorlik",
    "Journey stage": "Mijoz yoʻli bosqichi",
    "Promotion": "Aksiya",
    "Influencers": "Influenserlar",
    "Paid advertising": "Pulli reklama",
    "Budget": "Budjet",
    "Assets": "Aktivlar",
    "Tools": "Vositalar",
    "Investment": "Investitsiya",
    "Income (revenue)": "Daromad (tushum)",
    "Net profit": "Sof foyda",
    "Cost of goods": "Tannarx",
    "Community": "Hamjamiyat",
    "On track": "Rejada",
    "At risk": "Xavf ostida",
    "Behind": "Ortda",
    "Achieved": "Erishildi",
    "Draft": "Qoralama",
    "In review": "Koʻrib chiqilmoqda",
    "Approved": "Tasdiqlangan",
    "Scheduled": "Rejalashtirilgan",
    "Published": "Nashr etilgan",
    "Large enterprise": "Yirik korxona",
    "Small business": "Kichik korxona",
    "E-commerce": "Elektron tijorat",
}


RUSSIAN_TERMS = {
    "Goal": "Цель",
    "Target": "Целевое значение",
    "Campaign": "Кампания",
    "Audience": "Аудитория",
    "Competitor": "Конкурент",
    "Followers": "Подписчики",
    "Awareness": "Узнаваемость",
    "Budget": "Бюджет",
    "Investment": "Инвестиции",
    "Net profit": "Чистая прибыль",
    "Cost of goods": "Себестоимость",
    "Draft": "Черновик",
    "In review": "На согласовании",
}
# Foreign quotation marks and apostrophes, a Latin letter within a Russian word, and endings for two genders at once.
WRONG_RUSSIAN = re.compile(r"[\"”'’ʻʼ]|(?<!\w)“|[а-яё][a-z]|[a-z][а-яё]|\((?:а|ла|ась)\)", re.IGNORECASE)


def home_of(language: str, root: Path = settings.BASE_DIR) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    """By context and (singular) English, without the heading."""
    return {(message.context, english(message)[0]): message for message in catalogue if message.id}


def english(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    """The translation, in each of its plural forms."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def is_translated(message: Message | None) -> bool:
    return message is not None and all(forms(message))


@pytest.fixture(scope="module")
def uzbek() -> dict[tuple[str | None, str], Message]:
    return messages(read(home_of("uz"), "uz"))


@pytest.fixture(scope="module")
def russian() -> dict[tuple[str | None, str], Message]:
    return messages(read(home_of("ru"), "ru"))


@pytest.fixture(params=["uzbek", "russian"])
def catalogue(request) -> dict[tuple[str | None, str], Message]:
    """Each in turn: what must hold in every language."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Path:
    """A copy of the sources, out of which the messages were taken anew: extracting writes beside the templates."""
    if absent := [tool for tool in EXTRACTORS if shutil.which(tool) is None]:
        no_extractor = f"no {absent[0]} (it comes with gettext)"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(f"{no_extractor}, and REQUIRE_SERVICES=1 asks for it", pytrace=False)
        pytest.skip(no_extractor)
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        shutil.copytree(
            settings.BASE_DIR / name, copy / name, ignore=shutil.ignore_patterns("tests", "migrations", "__pycache__")
        )
    for language in TRANSLATED:
        home_of(language, copy).parent.mkdir(parents=True)
        shutil.copy(home_of(language), home_of(language, copy))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [str(copy / "locale")])
        call_command("makemessages", locale=TRANSLATED, **OPTIONS)
    return copy


@pytest.fixture(scope="module")
def extracted(sources) -> dict[tuple[str | None, str], Message]:
    return messages(read(home_of("uz", sources), "uz"))


def told(wrong: dict[str, object]) -> str:
    return "\n".join(f"{message!r}: {why}" for message, why in wrong.items())


# --- the catalogue against the sources


def test_every_sentence_of_the_sources_is_translated(extracted, catalogue):
    assert len(extracted) > 1000, "that was not everything"
    untranslated = [key for key in extracted if not is_translated(catalogue.get(key))]
    assert untranslated == [], "extract with makemessages (CONTRIBUTING.md) and translate these"


def said_in(file: Path) -> set[str]:
    return {line for line in file.read_text().splitlines() if "POT-Creation-Date" not in line}


@pytest.mark.parametrize("language", TRANSLATED)
def test_extracting_the_messages_changes_nothing(sources, language):
    known, found = (said_in(home_of(language, root)) for root in (settings.BASE_DIR, sources))
    new, gone = sorted(found - known), sorted(known - found)
    assert (new, gone) == ([], []), "run makemessages (CONTRIBUTING.md)"


def test_borrowed_sentences_are_still_those_of_the_libraries():
    homes = [
        Path(library.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
        for library in (django_conf, django_auth, allauth)
    ]
    theirs = {key for home in homes for key in messages(read(home, "en"))}
    borrowed = set(marked_in(settings.BASE_DIR / "smmplanner" / "borrowed_messages.py"))
    assert len(borrowed) > 50
    assert borrowed - theirs == set()


def marked_in(module: Path) -> Iterator[tuple[str | None, str]]:
    """(context, English) of what a module marks for translation."""
    keywords = {"_": None, "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
    with module.open("rb") as file:
        for _line, said, _comments, context in extract("python", file, keywords):
            yield context, said if isinstance(said, str) else said[0]


def test_every_sentence_of_the_importers_is_marked_for_translation(extracted):
    assert [sentence for sentence in MESSAGES.values() if (None, sentence) not in extracted] == []


def test_the_source_of_every_kpi_is_marked_for_translation():
    lectures = {kpi.lecture.source for kpi in KPIS.values() if kpi.lecture}
    assert {kpi.source for kpi in KPIS.values()} | lectures <= set(KPI_SOURCES)


def test_no_translation_is_a_guess(catalogue):
    assert [key for key, message in catalogue.items() if message.fuzzy] == []


def test_no_sentence_was_left_in_english(catalogue):
    same = [key for key, message in catalogue.items() if forms(message)[0] == english(message)[0]]
    # A word may be the same in both languages, names and signs are.
    assert [key for key in same if len(re.findall(r"[A-Za-z]{2,}", NOT_PROSE.sub(" ", key[1]))) > 1] == []


# --- what a translation must keep


def test_placeholders_are_those_of_the_english(catalogue):
    wrong = {}
    for key, message in catalogue.items():
        # The singular may leave the number out; Uzbek has one form for all numbers, and Russian says 21 like 1.
        wanted = set(PLACEHOLDER.findall(english(message)[-1]))
        for text in forms(message):
            if text and set(PLACEHOLDER.findall(text)) != wanted:
                wrong[key[1]] = text
    assert not wrong, told(wrong)


def test_percent_signs_survive_the_filling_in(catalogue):
    wrong = {}
    for key, message in catalogue.items():
        if "%(" in key[1] or "%%" in key[1]:
            for text in forms(message):
                if "%" in PLACEHOLDER.sub("", text.replace("%%", "")):
                    wrong[key[1]] = text
    assert not wrong, told(wrong)


def test_marks_of_emphasis_are_those_of_the_english(catalogue):
    tags = re.compile(r"</?\w+>")
    wrong = {
        key[1]: text
        for key, message in catalogue.items()
        for text in forms(message)
        if sorted(tags.findall(text)) != sorted(tags.findall(english(message)[-1]))
    }
    assert not wrong, told(wrong)


# --- spelling and terms


@pytest.mark.parametrize("word", ["so'm", "oʼquvchi", "ma’lumot", "maʻlumot", "gʼoya", "o`zbek"])
def test_a_wrong_apostrophe_is_seen(word):
    assert WRONG_APOSTROPHE.search(word)


@pytest.mark.parametrize("word", ["soʻm", "maʼlumot", "gʻoya", "“Saqlash”ni", "Oʻzgartirish"])
def test_a_right_apostrophe_is_left_alone(word):
    assert not WRONG_APOSTROPHE.search(word)


def written_wrongly(catalogue: dict[tuple[str | None, str], Message], pattern: re.Pattern[str]) -> dict[str, object]:
    prose = ((key[1], text) for key, message in catalogue.items() for text in forms(message))
    return {english_: text for english_, text in prose if pattern.search(NOT_PROSE.sub(" ", text))}


def test_apostrophes_are_those_of_uzbek(uzbek):
    wrong = written_wrongly(uzbek, WRONG_APOSTROPHE)
    assert not wrong, told(wrong)


def test_no_word_is_one_that_the_glossary_forbids(uzbek):
    wrong = {
        key[1]: f"{text} ({found[0]}: {FORBIDDEN[found[0].lower()]})"
        for key, message in uzbek.items()
        for text in forms(message)
        if (found := FORBIDDEN_WORD.search(text))
    }
    assert not wrong, told(wrong)


def test_a_forbidden_word_is_seen_with_what_is_joined_to_it():
    assert FORBIDDEN_WORD.search("Byudjetingiz tugadi")
    assert not FORBIDDEN_WORD.search("qoʻshtirnoq")


def test_terms_are_those_of_the_glossary(uzbek):
    said = {term: forms(uzbek[(None, term)])[0] for term in TERMS}
    assert said == TERMS


def test_terms_are_those_of_the_trade_in_russian(russian):
    said = {term: forms(russian[(None, term)])[0] for term in RUSSIAN_TERMS}
    assert said == RUSSIAN_TERMS


@pytest.mark.parametrize("text", ['Это "пост"', "Это “пост”", "Поcт", "Обновил(а)", "маʼно"])
def test_wrong_russian_is_seen(text):
    assert WRONG_RUSSIAN.search(text)


@pytest.mark.parametrize("text", ["«Пост „Осень“» в Instagram", "CSV-файл", "3-й день", "SMM-план"])
def test_right_russian_is_left_alone(text):
    assert not WRONG_RUSSIAN.search(text)


def test_russian_keeps_its_signs_and_letters(russian):
    wrong = written_wrongly(russian, WRONG_RUSSIAN)
    assert not wrong, told(wrong)


# --- as people meet it


def test_one_form_serves_all_numbers():
    with translation.override("uz"):
        assert ngettext("%(counter)s post", "%(counter)s posts", 1) == ngettext("%(counter)s post", "%(counter)s posts", 7)


def test_the_libraries_speak_our_uzbek():
    with translation.override("uz"):
        assert gettext("This field is required.") == "Bu maydonni toʻldirish shart."
        assert gettext("You have signed out.") == "Tizimdan chiqdingiz."


def test_a_month_after_a_day_is_written_small():
    with translation.override("uz"):
        assert formats.date_format(date(2026, 11, 21)) == "21-\u2060noyabr, 2026-\u2060yil"
    with translation.override("ru"):
        assert formats.date_format(date(2026, 11, 21)) == "21 ноября 2026"
        assert formats.date_format(date(2026, 11, 21), "MONTH_DAY_FORMAT") == "21 ноября"


@pytest.mark.parametrize(
    ("language", "days", "month", "short"),
    [
        ("en", "1 November – 30 November 2026", "November 2026", "1 Nov"),
        ("ru", "1 ноября – 30 ноября 2026", "ноябрь 2026", "1 ноя"),
        ("uz", "1-\u2060noyabr – 30-\u2060noyabr, 2026-\u2060yil", "2026-\u2060yil noyabr", "1-\u2060noy"),
    ],
)
def test_days_and_months_within_a_sentence(language, days, month, short):
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    with translation.override(language):
        assert (ui.span(first, last), ui.month_year(first), ui.short_day(first)) == (days, month, short)
        assert ui.span(first, first) == formats.date_format(first)
        assert ui.span(date(2025, 11, 1), last).startswith(formats.date_format(date(2025, 11, 1)))


def test_a_city_and_quotation_marks_follow_the_reader():
    with translation.override("ru"):
        assert (ui.city("Asia/Tashkent"), ui.quoted("Aksiya"), ui.within("Понедельник")) == ("Ташкент", "«Aksiya»", "понедельник")
    with translation.override("en"):
        assert (ui.city("Asia/Tashkent"), ui.quoted("Sale"), ui.within("Monday")) == ("Tashkent", "“Sale”", "Monday")
        assert ui.city("Etc/UTC") == "Etc/UTC"


@pytest.mark.parametrize(("language", "said"), [("en", "4 channels"), ("ru", "4 канала"), ("uz", "4 ta kanal")])
def test_the_numbers_of_rules_decline_what_they_count(language, said):
    with translation.override(language):
        assert THRESHOLDS["pages_limit"].said(Decimal("4.0")).replace("\xa0", " ") == said


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_hours_have_two_digits_and_days_from_browsers_are_read(language):
    with translation.override(language):
        assert formats.time_format(time(9, 5)) == "09:05"
        assert DateField(localize=True).clean("2026-11-21") == date(2026, 11, 21)


@pytest.mark.django_db
def test_signing_in_and_its_errors_are_in_uzbek(client):
    said = said_by(client.post("/accounts/login/", {"login": "nobody", "password": ""}, headers={"Accept-Language": "uz"}).text)
    assert "Kirish" in said
    assert "Bu maydonni toʻldirish shart." in said
    assert "Toʻgʻri e-pochta manzilini kiriting." in said
    assert "Sign in" not in said
