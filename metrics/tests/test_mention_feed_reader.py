"""Feeds of mentions, believable and hostile: bytes in, entries out."""

import time
from datetime import UTC, datetime

import pytest

from metrics.importers.feeds import MOST_BYTES, MOST_ENTRIES, Entry, Feed, read_feed, real_link, site_of
from metrics.importers.plain_text import one_line, text_of_html
from metrics.importers.rows import Unreadable

ALERT = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:idx="urn:atom-extension:indexing">
<id>tag:google.com,2005:reader/user/0/state/com.google/alerts/1</id><title>Google Alert - Atlas Libos</title>
<link href="https://www.google.com/alerts/feeds/0/1" rel="self"/><updated>2026-11-20T06:30:11Z</updated>
<entry><id>tag:google.com,2013:googlealerts/feed:11</id>
<title type="html">&lt;b&gt;Atlas Libos&lt;/b&gt; Chilonzorda do&amp;#39;kon ochdi</title>
<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://www.gazeta.example.uz/uz/2026/11/20/atlas%3Fa%3D1&amp;ct=ga&amp;cd=x"/>
<published>2026-11-20T06:30:11Z</published><updated>2026-11-20T06:30:11Z</updated>
<content type="html">Yangi &lt;b&gt;Atlas Libos&lt;/b&gt; do‘koni&lt;br&gt;ertadan ishlaydi &amp;nbsp;...</content><author><name></name></author></entry>
</feed>"""
RSS = """<?xml version="1.0" encoding="windows-1251"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Форум Ташкента</title><link>https://forum.example.uz/</link>
<image><title>Логотип</title></image>
<item><title>Купила платье &amp;amp; довольна</title><link>https://forum.example.uz/t/1</link><guid isPermaLink="false">t-1</guid>
<pubDate>Fri, 20 Nov 2026 09:05:00 +0500</pubDate><description><![CDATA[<p>Шов <i>ровный</i></p><script>alert(1)</script>]]></description></item>
<item><title>Без даты</title><link>https://forum.example.uz/t/2</link><dc:date>2026-11-19T23:30:00+05:00</dc:date></item>
</channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Yangiliklar</title></channel>
<item rdf:about="https://yangilik.example.uz/7"><title>Atlas</title><link>https://yangilik.example.uz/7</link>
<dc:date>2026-11-20T10:00:00+05:00</dc:date></item></rdf:RDF>"""


def read(text: str | bytes, charset: str = "") -> Feed:
    return read_feed(text if isinstance(text, bytes) else text.encode(), charset)


def refusal(content: str | bytes, charset: str = "") -> str:
    with pytest.raises(Unreadable) as refused:
        read(content, charset)
    assert refused.value.refusal.message_en
    return refused.value.refusal.code


def entry(inside: str) -> Entry:
    (found,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{inside}</entry></feed>').entries
    return found


def test_a_google_alert_is_read_as_people_see_it() -> None:
    feed = read(ALERT)
    assert (feed.kind, feed.title, feed.left_out) == ("atom", "Google Alert - Atlas Libos", {})
    assert feed.entries == (
        Entry(
            guid="tag:google.com,2013:googlealerts/feed:11",
            title="Atlas Libos Chilonzorda do'kon ochdi",
            link="https://www.gazeta.example.uz/uz/2026/11/20/atlas?a=1",
            text="Yangi Atlas Libos do‘koni ertadan ishlaydi ...",
            site="gazeta.example.uz",
            published=datetime(2026, 11, 20, 6, 30, 11, tzinfo=UTC),
        ),
    )


def test_rss_in_an_old_encoding_is_read_with_its_zone() -> None:
    feed = read(RSS.encode("cp1251"))
    first, second = feed.entries
    assert (feed.kind, feed.title) == ("rss", "Форум Ташкента")
    assert (first.title, first.guid, first.text) == ("Купила платье & довольна", "t-1", "Шов ровный")
    assert first.published == datetime(2026, 11, 20, 4, 5, tzinfo=UTC)
    assert (second.guid, second.published) == ("https://forum.example.uz/t/2", datetime(2026, 11, 19, 18, 30, tzinfo=UTC))


def test_rss_1_is_read_too() -> None:
    feed = read(RDF)
    assert (feed.kind, feed.title) == ("rdf", "Yangiliklar")
    assert feed.entries[0].guid == feed.entries[0].link == "https://yangilik.example.uz/7"
    assert feed.entries[0].published == datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_feed_in_another_unicode_encoding_is_read(encoding: str) -> None:
    text = ALERT.replace(' encoding="utf-8"', "")
    assert len(read(text.encode(encoding)).entries) == 1


def test_what_the_server_says_of_the_encoding_counts_where_the_feed_is_silent() -> None:
    silent = '<rss version="2.0"><channel><item><title>Платье</title><guid>1</guid></item></channel></rss>'.encode("cp1251")
    assert refusal(silent) == "feed_broken"
    assert read(silent, "windows-1251").entries[0].title == "Платье"
    assert refusal(silent, "klingon") == "feed_encoding"
    assert refusal(b'<?xml version="1.0" encoding="klingon"?>' + silent) == "feed_encoding"


def test_text_that_is_no_html_keeps_its_brackets() -> None:
    found = entry("<id>1</id><title>2 &lt; 3 &amp;amp; 4</title><summary type='xhtml'><div xmlns='x'>a<p>b</p>c</div></summary>")
    assert (found.title, found.text) == ("2 < 3 &amp; 4", "a b c")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("<published>2026-11-20T23:30:00-08:00</published>", datetime(2026, 11, 21, 7, 30, tzinfo=UTC)),
        ("<updated>2026-11-20T01:02:03.5Z</updated>", datetime(2026, 11, 20, 1, 2, 3, 500_000, tzinfo=UTC)),
        ("<published>yesterday</published><updated>2026-11-20T00:00:00Z</updated>", datetime(2026, 11, 20, tzinfo=UTC)),
        ("<published>2026-11-20</published>", datetime(2026, 11, 20, tzinfo=UTC)),
        ("<published>0001-01-01T00:00:00+14:00</published>", None),
        ("<published>9999-12-31T23:59:59-12:00</published>", None),
        ("<published>2026-02-30T00:00:00Z</published>", None),
        ("<published/>", None),
    ],
)
def test_dates_are_read_with_their_zones_or_left_open(said: str, expected: datetime | None) -> None:
    assert entry(f"<id>1</id><title>x</title>{said}").published == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fa.example%2F%3Fx%3D1&sa=U", "https://a.example/?x=1"),
        ("https://www.google.co.uz/url?url=http://a.example/", "http://a.example/"),
        ("https://www.google.com/url?url=javascript:alert(1)", ""),
        ("https://www.google.com/url?url=data:text/html,x", ""),
        ("https://www.google.com/url?sa=t", "https://www.google.com/url?sa=t"),
        ("https://google.evil.example/url?url=http://a.example/", "https://google.evil.example/url?url=http://a.example/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("ftp://a.example/x", ""),
        ("//a.example/x", ""),
        ("http://[::1", ""),
        ("http:///x", ""),
        ('https://a.example/"><script>', ""),
        ("https://a.example/" + "x" * 3000, ""),
        (" https://a.example/x ", "https://a.example/x"),
    ],
)
def test_only_links_that_lead_to_the_web_are_kept(link: str, expected: str) -> None:
    assert real_link(link) == expected


def test_an_entry_with_a_script_for_a_link_is_kept_without_it() -> None:
    found = entry('<id>1</id><title>x</title><link href="javascript:alert(1)"/>')
    assert (found.guid, found.link, found.site) == ("1", "", "")


def test_the_page_of_an_entry_is_its_link_and_not_what_else_it_names() -> None:
    links = '<link rel="self" href="https://a.example/self"/><link rel="alternate" href="https://a.example/page"/>'
    assert entry(f"<id>1</id><title>x</title>{links}<link href='https://a.example/second'/>").link == "https://a.example/page"


def test_entries_that_nobody_could_tell_apart_or_read_are_counted_and_left_out() -> None:
    feed = read("<rss><channel><item><title>x</title></item><item><guid>1</guid></item><item/></channel></rss>")
    assert feed.entries == ()
    assert feed.left_out == {"entry_without_identity": 2, "entry_without_words": 1}


def test_more_entries_than_anybody_reads_are_counted_and_left_out() -> None:
    items = "".join(f"<item><guid>{number}</guid><title>x</title></item>" for number in range(MOST_ENTRIES + 3))
    feed = read(f"<rss><channel>{items}</channel></rss>")
    assert (len(feed.entries), feed.left_out) == (MOST_ENTRIES, {"too_many_entries": 3})


BOMB = '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>{}</title></entry></feed>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB + "]>" + FEED.format("&i;"), "feed_entities"),
        ('<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + FEED.format("&x;"), "feed_entities"),
        ('<!DOCTYPE feed [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>' + FEED.format("x"), "feed_entities"),
        (FEED.format("&nbsp;"), "feed_broken"),
        (FEED.format("x")[:-20], "feed_broken"),
        (FEED.format("\x00"), "feed_broken"),
        ("<feed><entry/></feed>", "feed_unknown"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "feed_unknown"),
        ("<!doctype html><html><body>Log in</body></html>", "feed_web_page"),
        ("\ufeff <!-- x --><HTML lang='uz'><p>", "feed_web_page"),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "feed_web_page"),
        ('{"version": "https://jsonfeed.org/version/1"}', "feed_broken"),
        ("", "feed_empty"),
        (" \r\n", "feed_empty"),
        ("x" * (MOST_BYTES + 1), "feed_too_large"),
        (b"\x1f\x8b\x08\x00\xff\xfe", "feed_broken"),
        ("<rss>" + "<a>" * 100, "feed_too_deep"),
    ],
)
def test_a_hostile_feed_is_refused_with_a_reason(content: str | bytes, code: str) -> None:
    started = time.process_time()
    assert refusal(content) == code
    assert time.process_time() - started < 2


def test_endless_text_is_cut_and_reading_it_takes_no_longer() -> None:
    long = "<b>" + "слово " * 400_000
    started = time.process_time()
    found = entry(f"<id>{'1' * 5000}</id><title type='html'><![CDATA[{long}]]></title><summary>{'y' * 5000}</summary>")
    assert (len(found.title), len(found.text), len(found.guid)) == (300, 2000, 2000)
    assert found.title.endswith("…")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "html",
    [
        "<" * 20_000,
        "<!" * 10_000,
        "<a b='" * 3_000,
        "&#" * 9_000,
        "<script>" * 2_000,
        "</p" * 6_000,
        "<!--" * 5_000,
        "&#" + "1" * 19_000,
    ],
)
def test_markup_that_never_ends_is_read_in_no_time(html: str) -> None:
    started = time.process_time()
    text_of_html(html)
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a < b > c", "a < b > c"),
        ("<p>bir<p>ikki", " bir ikki"),
        ("<b>bir</b>inchi", "birinchi"),
        ("bir<!-- <b>jim</b> -->ikki", "bir ikki"),
        ("bir<SCRIPT>alert('<p>')</Script >ikki", "bir ikki"),
        ("bir<img src=x onerror=alert(1)", "bir"),
        ("&lt;b&gt; &#1178; &#x49a; &amp;amp;", "<b> Қ Қ &amp;"),
    ],
)
def test_of_markup_the_words_are_left(html: str, words: str) -> None:
    assert text_of_html(html) == words


def test_words_keep_neither_control_characters_nor_a_turned_direction() -> None:
    assert one_line("a\u202e b\x07\u200b\n\t c", 20) == "a b c"


def test_a_site_is_called_as_people_call_it() -> None:
    assert site_of("https://www.Gazeta.example.uz:443/x") == "gazeta.example.uz"
    assert site_of("https://[bad") == ""
