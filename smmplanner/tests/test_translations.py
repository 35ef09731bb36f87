"""Everything people read has its Uzbek: the catalogue against the sources, its spelling, its terms, and the pages."""

import os
import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django.conf as django_conf
import django.contrib.auth as django_auth
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils import formats, translation
from django.utils.translation import gettext, ngettext

from brands.models import Brand, User
from metrics.demo import SLUG
from metrics.demo.people import LEAD
from metrics.importers import MESSAGES
from metrics.kpi import KPIS
from metrics.kpi_sources import SOURCES as KPI_SOURCES

SOURCES = ["brands", "strategies", "calendar_app", "metrics", "smmplanner", "templates"]
EXTRACTORS = ["xgettext", "msguniq", "msgmerge", "msgattrib"]
UZBEK = settings.BASE_DIR / "locale" / "uz" / "LC_MESSAGES" / "django.po"

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


def read(path: Path, language: str = "uz") -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    """By context and (singular) English, without the heading."""
    return {(message.context, english(message)[0]): message for message in catalogue if message.id}


def english(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def uzbek(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def is_translated(message: Message | None) -> bool:
    return message is not None and all(uzbek(message))


@pytest.fixture(scope="module")
def catalogue() -> dict[tuple[str | None, str], Message]:
    return messages(read(UZBEK))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> dict[tuple[str | None, str], Message]:
    """What the sources say today, taken out of a copy of them: extracting writes beside the templates."""
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
    ours = copy / "locale" / "uz" / "LC_MESSAGES" / "django.po"
    ours.parent.mkdir(parents=True)
    shutil.copy(UZBEK, ours)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [str(copy / "locale")])
        call_command("makemessages", locale=["uz"], no_obsolete=True, verbosity=0)
    return messages(read(ours))


def told(wrong: dict[str, object]) -> str:
    return "\n".join(f"{message!r}: {why}" for message, why in wrong.items())


# --- the catalogue against the sources


def test_every_sentence_of_the_sources_is_translated(extracted, catalogue):
    assert len(extracted) > 1000, "that was not everything"
    untranslated = [key for key in extracted if not is_translated(catalogue.get(key))]
    assert untranslated == [], "extract with makemessages (CONTRIBUTING.md) and translate these"


def test_nothing_is_translated_that_no_source_says(extracted, catalogue):
    assert [key for key in catalogue if key not in extracted] == []


def test_borrowed_sentences_are_still_those_of_the_libraries(extracted):
    homes = [
        Path(library.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
        for library in (django_conf, django_auth, allauth)
    ]
    theirs = {key for home in homes for key in messages(read(home, "en"))}
    borrowed = {
        key for key, message in extracted.items() if any("borrowed_messages" in file for file, _line in message.locations)
    }
    assert len(borrowed) > 50
    assert borrowed - theirs == set()


def test_every_sentence_of_the_importers_is_marked_for_translation(extracted):
    assert [sentence for sentence in MESSAGES.values() if (None, sentence) not in extracted] == []


def test_the_source_of_every_kpi_is_marked_for_translation():
    lectures = {kpi.lecture.source for kpi in KPIS.values() if kpi.lecture}
    assert {kpi.source for kpi in KPIS.values()} | lectures <= set(KPI_SOURCES)


def test_no_translation_is_a_guess(catalogue):
    assert [key for key, message in catalogue.items() if message.fuzzy] == []


def test_no_sentence_was_left_in_english(catalogue):
    same = [key for key, message in catalogue.items() if uzbek(message)[0] == english(message)[0]]
    # A word may be the same in both languages, names and signs are.
    assert [key for key in same if len(re.findall(r"[A-Za-z]{2,}", NOT_PROSE.sub(" ", key[1]))) > 1] == []


# --- what a translation must keep


def test_placeholders_are_those_of_the_english(catalogue):
    wrong = {}
    for key, message in catalogue.items():
        # The singular may leave the number out; Uzbek has one form for all numbers.
        wanted = set(PLACEHOLDER.findall(english(message)[-1]))
        for text in uzbek(message):
            if text and set(PLACEHOLDER.findall(text)) != wanted:
                wrong[key[1]] = text
    assert not wrong, told(wrong)


def test_percent_signs_survive_the_filling_in(catalogue):
    wrong = {}
    for key, message in catalogue.items():
        if "%(" in key[1] or "%%" in key[1]:
            for text in uzbek(message):
                if "%" in PLACEHOLDER.sub("", text.replace("%%", "")):
                    wrong[key[1]] = text
    assert not wrong, told(wrong)


def test_marks_of_emphasis_are_those_of_the_english(catalogue):
    tags = re.compile(r"</?\w+>")
    wrong = {
        key[1]: text
        for key, message in catalogue.items()
        for text in uzbek(message)
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


def test_apostrophes_are_those_of_uzbek(catalogue):
    wrong = {
        key[1]: text
        for key, message in catalogue.items()
        for text in uzbek(message)
        if WRONG_APOSTROPHE.search(NOT_PROSE.sub(" ", text))
    }
    assert not wrong, told(wrong)


def test_no_word_is_one_that_the_glossary_forbids(catalogue):
    wrong = {
        key[1]: f"{text} ({found[0]}: {FORBIDDEN[found[0].lower()]})"
        for key, message in catalogue.items()
        for text in uzbek(message)
        if (found := FORBIDDEN_WORD.search(text))
    }
    assert not wrong, told(wrong)


def test_a_forbidden_word_is_seen_with_what_is_joined_to_it():
    assert FORBIDDEN_WORD.search("Byudjetingiz tugadi")
    assert not FORBIDDEN_WORD.search("qoʻshtirnoq")


def test_terms_are_those_of_the_glossary(catalogue):
    said = {term: uzbek(catalogue[(None, term)])[0] for term in TERMS}
    assert said == TERMS


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


class Reader(HTMLParser):
    """What a page says: its text, and the attributes that are read out or shown."""

    SPOKEN = ("title", "aria-label", "placeholder", "alt")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(" ".join(data.split()))


def said_by(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.said


PAGES = [
    "",
    "strategies/",
    "strategies/new/",
    "strategies/{strategy}/",
    "strategies/{strategy}/goals/",
    "strategies/{strategy}/targets/",
    "strategies/{strategy}/type/",
    "strategies/{strategy}/channels/",
    "strategies/{strategy}/questions/",
    "calendar/",
    "calendar/list/",
    "calendar/campaigns/",
    "calendar/posts/new/",
    "calendar/posts/{post}/",
    "results/",
    "results/return/",
    "results/findings/",
    "imports/",
    "library/",
    "library/kpi/roi/",
    "settings/",
    "settings/team/",
    "settings/channels/",
    "notifications/",
]


@pytest.fixture
def uzbek_client(client, db):
    call_command("demo", verbosity=0)
    lead = User.objects.get(email=LEAD)
    lead.language = "uz"
    lead.save()
    client.force_login(lead)
    return client


@pytest.mark.once
def test_pages_of_the_demo_say_nothing_that_has_a_translation(uzbek_client, catalogue):
    translated = {key[1] for key, message in catalogue.items() if uzbek(message)[0] != key[1] and " " in key[1]}
    brand = Brand.objects.get(slug=SLUG)
    ids = {"strategy": brand.strategies.first().pk, "post": brand.posts.first().pk}
    for page in PAGES:
        address = f"/brands/{SLUG}/{page.format(**ids)}"
        answer = uzbek_client.get(address)
        assert answer.status_code == 200, address
        assert '<html lang="uz"' in answer.text
        assert [text for text in said_by(answer.text) if text in translated] == [], address


@pytest.mark.django_db
def test_signing_in_and_its_errors_are_in_uzbek(client):
    said = said_by(client.post("/accounts/login/", {"login": "nobody", "password": ""}, headers={"Accept-Language": "uz"}).text)
    assert "Kirish" in said
    assert "Bu maydonni toʻldirish shart." in said
    assert "Toʻgʻri e-pochta manzilini kiriting." in said
    assert "Sign in" not in said
