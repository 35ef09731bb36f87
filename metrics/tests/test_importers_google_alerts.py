"""A feed of mentions as a file: recognised by what is in it, counted by day, and never beside the desk's own count."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from brands.tests.feed_server import feed_of
from metrics import imports
from metrics.importers import Row, RowError, Skipped, read, recognise
from metrics.mention_figures import settle
from metrics.tests.mentioning import mention_in

FEED = feed_of(
    {"published": "2026-11-19T23:59:00Z"}, {"guid": "2", "published": "2026-11-20T00:01:00Z"}, {"guid": "3"}, {"guid": "3"},
    {"guid": "4", "published": "soon"}, {"guid": "", "link": ""}, {"guid": "5", "title": ""},
)  # fmt: skip


def kept(folder: Path, content: bytes, name: str = "alerts.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    refused = recognise(path).refused
    assert refused is not None and refused.message_en
    return refused.code


def test_a_feed_is_known_by_its_content_and_counted_by_day(tmp_path):
    path = kept(tmp_path, FEED)
    found = recognise(path)
    assert found.refused is None and found.importer is not None
    assert (found.importer.id, found.measures, found.title) == ("google_alerts", ("brand_mentions",), "Google Alert - Atlas")
    events = list(read(path, found))
    rows = [event for event in events if isinstance(event, Row)]
    assert [(str(row.start), int(row.value), row.line) for row in rows] == [("2026-11-19", 1, 2), ("2026-11-20", 2, 3)]
    assert [event.reason_code for event in events if isinstance(event, Skipped)] == ["duplicate"]
    assert [event.reason_code for event in events if isinstance(event, RowError)] == ["no_date", "no_identity", "no_words"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_feed_in_another_encoding_is_known_too(tmp_path, encoding):
    assert recognise(kept(tmp_path, FEED.decode().encode(encoding))).refused is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><rss><channel/></rss>', "feed_entities"),
        (b"<rss><channel><item>", "feed_broken"),
        (b"<feed><entry/></feed>", "feed_unknown"),
        (feed_of(), "no_rows"),
        (b"<rss>" + b" " * (5 << 20), "feed_too_large"),
        (b"<!doctype html><html><p>feed rss</p>", "web_page"),
        (b'<?xml version="1.0"?><table/>', "web_page"),
    ],
)
def test_what_is_no_feed_is_refused_for_the_right_reason(tmp_path, content, code):
    assert refusal(kept(tmp_path, content)) == code


def test_a_table_that_speaks_of_feeds_is_still_a_table(tmp_path):
    found = recognise(kept(tmp_path, b"date,channel,likes\n2026-11-20,<rss >,5\n"))
    assert found.importer is not None and found.importer.id == "generic_csv"


def test_the_command_tells_and_stores_it_for_the_brand(tmp_path, brand, channel_on):
    channel_on("instagram"), channel_on("telegram")
    path, said = kept(tmp_path, FEED), StringIO()
    call_command("import_metrics", str(path), brand=brand.slug, json=True, stdout=said)
    assert json.loads(said.getvalue().splitlines()[-1])["recognised"] == "google_alerts"
    figures = {str(row.start): (int(row.value), row.channel) for row in brand.observations.all()}
    assert figures == {"2026-11-19": (1, None), "2026-11-20": (2, None)}


def test_the_same_feed_twice_changes_nothing_and_the_desk_gives_way(brand):
    mention_in(brand)
    mention_in(brand, "2026-11-21")
    settle(brand, [row.day for row in brand.mentions.all()])
    for content in (FEED, FEED + b"\n"):
        import_, _new = imports.receive(brand, None, ContentFile(content, name="alerts.xml"))
        imports.check(import_.pk)
        import_.refresh_from_db()
        assert imports.queue(import_), (import_.refusal, import_.summary)
        imports.apply(import_.pk)
    found = {str(row.start): (int(row.value), row.from_mentions) for row in brand.observations.filter(measure="brand_mentions")}
    assert found == {"2026-11-19": (1, False), "2026-11-20": (2, False), "2026-11-21": (1, True)}
