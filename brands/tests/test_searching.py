"""Words find each other in both alphabets of Uzbek, with any apostrophe and in any case; other words do not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.models import Brand
from brands.searching import APOSTROPHES, holding, holds, patterns

SAME = [
    ("koʻylak", "кўйлак"), ("shahar", "шаҳар"), ("choyxona", "чойхона"), ("yozgi", "ёзги"), ("yubka", "юбка"), ("yangi", "янги"),
    ("ertak", "эртак"), ("yer", "ер"), ("poyezd", "поезд"), ("bogʻ", "боғ"), ("qizil", "қизил"), ("ham", "ҳам"), ("xat", "хат"),
    ("jurnal", "журнал"), ("tong", "тонг"), ("maʼno", "маъно"), ("yoʻq", "йўқ"), ("isʼhoq", "исҳоқ"), ("kompyuter", "компьютер"),
    ("aksiya", "акция"), ("aktsiya", "акция"), ("sirk", "цирк"), ("tseh", "цеҳ"), ("KOʻYLAK", "кўйлак"), ("ШАҲАР", "shahar"),
    ("ещё", "еще"), ("Ёлка", "ЕЛКА"), ("платье", "Платье"), ("щи", "ЩИ"), ("объявление", "Объявление"),
    *((f"o{sign}zbek", "ozbek") for sign in APOSTROPHES), *((f"o{sign}zbek", "oʻzbek") for sign in APOSTROPHES),
    *((f"g{sign}isht", "ғишт") for sign in APOSTROPHES), *((f"ma{sign}no", "mano") for sign in APOSTROPHES),
]  # fmt: skip
DIFFERENT = [
    ("shahar", "шакар"), ("shahar", "sahar"), ("qiz", "kiz"), ("qiz", "киз"), ("xam", "ҳам"), ("choy", "soy"), ("yoz", "tuz"),
    ("ю", "у"), ("я", "а"), ("щи", "ши"), ("мыло", "мило"), ("N.w", "Now"), ("50%", "500"), ("a_b", "axb"),
    ("e", "i"), ("jon", "yon"), ("z", "s"), ("yer", "or"), ("цех", "чех"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_word_is_found_either_way(one, other):
    assert holds(patterns(one), other)
    assert holds(patterns(other), one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_word_is_not_found(one, other):
    assert not holds(patterns(one), other)
    assert not holds(patterns(other), one)


def test_a_word_is_found_by_any_piece_of_it_and_all_words_must_be_there():
    assert holds(patterns("лак yangi"), "Yangi koʻylaklar")
    assert not holds(patterns("лак eski"), "Yangi koʻylaklar")


def test_an_apostrophe_alone_is_looked_for_and_nothing_typed_asks_for_nothing():
    assert holds(patterns("'"), "maʼno") and not holds(patterns("'"), "mano")
    assert patterns(" \x00 ") == []


LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ"


@given(st.text(LETTERS + LETTERS.upper() + APOSTROPHES + " .*[]()?+^$|{}%_&#@-0123456789", max_size=100))
def test_what_is_written_finds_itself(written):
    assert holds(patterns(written), written)


@given(st.text(max_size=120))
def test_whatever_is_typed_makes_patterns(typed):
    found = patterns(typed)
    assert len(found) <= 8 and all(re.compile(pattern) for pattern in found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"), [*SAME, *((word, word) for word in ("(50%)", "a_b", r"c:\d", "[x", "x{2}", "a|b", "***:x"))]
)
def test_the_database_finds_the_same(one, other):
    Brand.objects.create(name=other, slug="one")
    Brand.objects.create(name="Somsa", slug="two")
    assert [brand.slug for brand in Brand.objects.filter(holding(patterns(one), "name"))] == ["one"]


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_the_database_tells_words_apart(one, other):
    Brand.objects.create(name=other, slug="one")
    assert not Brand.objects.filter(holding(patterns(one), "name")).exists()
