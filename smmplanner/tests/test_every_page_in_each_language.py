"""A walk over every page of the demo in Uzbek and in Russian: nothing on them is left in English but names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext

from brands.languages import OWN_NAMES
from metrics.kpi import KPIS, MEASURES
from smmplanner.tests.demo_pages import (
    ANONYMOUS,
    LEADS_TO_ITS_PAGE,
    SIGNED_IN,
    STAFF,
    DemoPage,
    complete,
    html_pages,
    readers,
    sample,
)  # fmt: skip
from smmplanner.tests.demos import demo_brand
from smmplanner.tests.reading import read_aloud
from smmplanner.tests.test_translations import english, forms, home_of, messages, read

TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]
# No Uzbek and no Russian text has them.
ENGLISH = re.compile(
    r"\b(?:the|and|with|from|your|you|not|this|that|have|has|been|were|will|what|when|which|nothing)\b", re.IGNORECASE
)
# What people wrote stands between these, in sentences of ours.
PARTS = re.compile(r"[:;·()“”«»|…→]|[,.] |\.$")
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")
ADDRESS = re.compile(
    r"\S+@\S+|https?://\S+|[\w./-]+\.(?:com|uz|it|org|csv|xlsx|pdf|ics|json|net|io|webp)\S*|[\w-]*_[\w-]+|#\w+|utm\S*"
)
# Names (of people, places, products, keys, columns in files) that stay as they are, beside those that a translation leaves in it.
NAMES = {
    "Ads", "Analytics", "Asia", "Atlas", "Business", "Dilnoza", "English", "Enter", "Gulnora", "Image", "Instagram",
    "Libos", "Meta", "Planner", "Post", "Premium", "Promote", "Reels", "SMM", "Shorts", "South", "Stories",
    "Subject", "Suite", "Tashkent", "Telegram", "Threads", "Weekly", "activity", "followers", "report", "team",
}  # fmt: skip


def vocabulary(language: str) -> set[str]:
    """English words of the product that mean nothing in the other language."""
    catalogue = messages(read(home_of(language), language))
    said = set(chain.from_iterable(WORD.findall(text) for message in catalogue.values() for text in english(message)))
    with translation.override(language):
        kept = [label.in_language(language) for row in (*KPIS.values(), *MEASURES.values()) for label in [row.label]]
    said |= set(chain.from_iterable(WORD.findall(row.label.en) for row in (*KPIS.values(), *MEASURES.values())))
    kept += [text for message in catalogue.values() for text in forms(message)]
    # In Russian a Latin word of a translation is a name. An Uzbek word may look like an English one.
    known = set(chain.from_iterable(WORD.findall(text) for text in kept)) | NAMES
    return {word for word in said if len(word) > 2} - known - {word.capitalize() for word in known}


def stored_texts() -> str:
    """All that people wrote: what the demo's rows say in whatever language they do. Each once: there are many figures."""
    return "\n".join({" ".join(str(value).split()) for value in _values()})


def _values() -> Iterator[object]:
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        yield from chain.from_iterable(model._default_manager.values_list(*names)) if names else ()


def left_in_english(said: Iterable[str], words: set[str], sentences: set[str], written: str) -> list[str]:
    found = []
    for text in said:
        if text not in sentences and not ENGLISH.search(text) and words.isdisjoint(WORD.findall(text)):
            # What people wrote is much to look through, and few texts give cause.
            continue
        ours = [piece for piece in PARTS.split(text) if piece.strip() and piece.strip() not in written]
        bare = ADDRESS.sub(" ", " ".join(ours))
        suspects = [word for word in WORD.findall(bare) if word in words]
        if (text in sentences and text not in written) or ENGLISH.search(bare) or suspects:
            found.append(f"{text[:100]} {suspects}")
    return found


def sentences_of(language: str) -> set[str]:
    catalogue = messages(read(home_of(language), language))
    return {key[1] for key, message in catalogue.items() if forms(message)[0] != key[1] and " " in key[1]}


def test_english_is_seen_and_names_are_not():
    words, sentences = {"Reach", "Import"}, {"Import file"}
    assert left_in_english(["Import file", "Reach: 7", "What is this?"], words, sentences, "") == [
        "Import file ['Import']", "Reach: 7 ['Reach']", "What is this? []",
    ]  # fmt: skip
    assert left_in_english(["Охват 7", "Instagram", "a@the.com", "Meta and you"], words, sentences, "Ads: Meta and you") == []


@pytest.mark.once
@pytest.mark.slow
def test_no_page_is_left_in_english(db):
    """The walk finds the pages in the first language; those that it found are asked again in the others."""
    brand = demo_brand()
    complete(brand)
    written, (first, *others) = stored_texts(), TRANSLATED
    found = list(html_pages(brand, first))
    assert_everybody_was_asked([page for page, _text in found])
    left = [*spoken_wrongly(found, first, written)]
    for language in others:
        clients = readers(language)
        again = ((page, clients[page.who].get(page.path, follow=page.name in LEADS_TO_ITS_PAGE).text) for page, _text in found)
        left += spoken_wrongly(again, language, written)
    assert not left, "\n".join(left)


def assert_everybody_was_asked(found: list[DemoPage]) -> None:
    who = {page.name: page.who for page in found}
    names = ("survey", "account_login", "metrics:home", "calendar:month", "admin:metrics_recomputerun_changelist")
    assert [who[name] for name in names] == [ANONYMOUS, ANONYMOUS, SIGNED_IN, SIGNED_IN, STAFF]
    assert Counter(page.name for page in found)["strategies:step"] > 20
    assert not next(page for page in found if page.name == "calendar:campaign_goals").is_whole
    assert len(found) > 200


def spoken_wrongly(answers: Iterable[tuple[DemoPage, str]], language: str, written: str) -> Iterator[str]:
    """What a brand sends out speaks the language of its customers, and Django's administration is Django's."""
    words, sentences, known = vocabulary(language), sentences_of(language), set()
    for page, text in answers:
        spoken, said = read_aloud(text)
        # Most of a page was said by another one, too.
        new = dict.fromkeys(each for each in said if each not in known)
        known |= new.keys()
        found = left_in_english(new, words, sentences, written) if spoken in ("", language) and page.who != STAFF else []
        if left := [each for each in found if each not in OWN_NAMES.values()]:
            yield f"{language} {page.path}: {left[:6]}"


def test_an_address_without_a_sample_is_named():
    with pytest.raises(AssertionError, match="things/<int:thing> has no sample"):
        sample("things/<int:thing>")


def test_the_words_of_the_demo_are_not_taken_for_the_product():
    with translation.override("ru"):
        assert gettext("Home") not in vocabulary("ru")
