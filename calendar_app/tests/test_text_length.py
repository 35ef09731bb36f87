import time

import pytest

from calendar_app.text_length import length, links, utf8_bytes, x_weighted

# Each network's text and how long it is there; the browser is asked the same list.
LENGTHS = [
    ("x_weighted", "Salom", 5),
    ("x_weighted", "Yangi mahsulot: https://example.com/very/long/path 🎉", 42),
    ("x_weighted", "Oʻzbekiston boʻylab yetkazamiz", 30),
    ("utf8_bytes", "Oʻzbekiston", 12),
    ("chars", "Salom, doʻstlar!", 16),
    ("x_weighted", "", 0),
    ("x_weighted", "Привет", 6),
    ("x_weighted", "日本語", 6),
    ("x_weighted", "🇺🇿", 2),
    ("x_weighted", "🇺🇿🇺🇿", 4),
    ("x_weighted", "👨‍👩‍👧‍👦", 2),
    ("x_weighted", "👍🏽👍", 4),
    ("x_weighted", "1️⃣2️⃣", 4),
    ("x_weighted", "❤️", 2),
    ("x_weighted", "❤", 2),
    ("x_weighted", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
    ("x_weighted", "©", 1),
    ("x_weighted", "©️", 2),
    ("x_weighted", "™", 2),
    ("x_weighted", "“quoted” — 5 €", 15),
    ("x_weighted", "e\u0301", 1),
    ("x_weighted", "choyxona.uz", 23),
    ("x_weighted", "t.me/choyxona", 23),
    ("x_weighted", "see choyxona.uz.", 28),
    ("x_weighted", "(https://choyxona.uz/a_(b))", 25),
    ("x_weighted", "choyxona.uz.Keling", 30),
    ("x_weighted", "yaxshi.Bugun", 12),
    ("x_weighted", "salom@choyxona.uz", 17),
    ("x_weighted", "http://localhost", 16),
    ("x_weighted", "https://a.uz, https://b.uz", 48),
    ("x_weighted", "@a.uz #b.uz", 11),
    ("x_weighted", "bir\r\nikki", 8),
    ("chars", "bir\r\nikki", 8),
    ("chars", "👨‍👩‍👧‍👦", 7),
    ("utf16", "👍🏽", 4),
    ("utf16", "Oʻz", 3),
    ("utf8_bytes", "👍", 4),
]


@pytest.mark.parametrize(("mode", "text", "expected"), LENGTHS)
def test_a_text_is_as_long_as_the_network_counts(mode, text, expected):
    assert length(text, mode) == expected


def test_links_are_found_with_and_without_a_scheme():
    text = "Buyurtma: choyxona.uz/menu yoki https://t.me/choyxona. Pochta: salom@choyxona.uz"
    assert links(text) == ["choyxona.uz/menu", "https://t.me/choyxona"]


def test_half_a_surrogate_pair_is_counted_and_not_refused():
    assert utf8_bytes("a\ud83d") == 4
    assert x_weighted("a\ud83d") == 3


@pytest.mark.parametrize(
    "hostile",
    [
        "a." * 20_000,
        "a-" * 35_000,
        "https://a-" * 7_000,
        "a.uz/(" * 10_000,
        "a.uz?" + "." * 65_000,
        "👨\u200d" * 30_000,
        ("a" * 64 + ".") * 1_000,
    ],
)
def test_hostile_texts_are_counted_in_no_time(hostile):
    start = time.process_time()
    x_weighted(hostile)
    assert time.process_time() - start < 2
