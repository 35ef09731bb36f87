from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app.links import is_tagged, tagged, word


@pytest.mark.parametrize(
    ("address", "becomes"),
    [
        ("https://choyxona.uz", "https://choyxona.uz?utm_source=x&utm_medium=social&utm_campaign=bahor"),
        ("https://choyxona.uz/a?b=1", "https://choyxona.uz/a?b=1&utm_source=x&utm_medium=social&utm_campaign=bahor"),
        ("https://choyxona.uz/#menu", "https://choyxona.uz/?utm_source=x&utm_medium=social&utm_campaign=bahor#menu"),
        ("https://a.uz/?q=a%20b&q=c#d?e", "https://a.uz/?q=a%20b&q=c&utm_source=x&utm_medium=social&utm_campaign=bahor#d?e"),
        ("https://a.uz/?utm_source=mine", "https://a.uz/?utm_source=mine&utm_medium=social&utm_campaign=bahor"),
        ("https://a.uz/?utm_source=&flag", "https://a.uz/?utm_source=&flag&utm_medium=social&utm_campaign=bahor"),
        ("", ""),
        ("http://[", "http://["),
    ],
)
def test_tags_stand_behind_the_query_and_before_the_fragment(address, becomes):
    assert tagged(address, source="x", campaign="bahor") == becomes


def test_content_and_medium_are_told():
    assert tagged("https://a.uz/", source="x", medium="paid_social", content="qizil koʻylak").endswith(
        "utm_source=x&utm_medium=paid_social&utm_content=qizil+ko%CA%BBylak"
    )


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_what_is_tagged_once_stays_as_it_is(address, source, campaign):
    once = tagged(address, source=source, campaign=campaign)
    assert tagged(once, source=source, campaign=campaign) == once


@given(st.text("abc&=#?%+ ʻя", max_size=20), st.text("abc/#?", max_size=12))
def test_the_query_and_the_fragment_that_were_there_stay(query, fragment):
    address = f"https://a.uz/b?{query.replace('#', '')}#{fragment}"
    became = urlsplit(tagged(address, source="telegram"))
    was = urlsplit(address)
    assert became.fragment == was.fragment and became.path == was.path
    assert became.query.startswith(was.query)
    assert ("utm_medium", "social") in parse_qsl(became.query)


@pytest.mark.parametrize(
    ("address", "says"),
    [("https://a.uz/?utm_source=x", True), ("https://a.uz/?utm_source=", False), ("https://a.uz/#utm_source=x", False), ("http://[", False)],
)  # fmt: skip
def test_a_source_makes_a_link_tell_where_its_visitors_came_from(address, says):
    assert is_tagged(address) is says


def test_a_name_becomes_one_word():
    assert word("Kuzgi kolleksiya: oʻzbek, 2026!") == "kuzgi-kolleksiya-ozbek-2026"
    assert word("Осень_2026") == "осень-2026"
    assert word(" ʻ ") == ""
