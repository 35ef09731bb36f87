from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.importers import Kind
from metrics.tests.importing import FILES, figures, outcome, refusal_code, written


def test_the_account_overview_gives_daily_figures() -> None:
    recognition, rows, problems = outcome(FILES / "x_overview.csv")
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind, recognition.platforms) == ("x_overview", Kind.DAILY, ("x",))
    assert not problems
    assert {row.start for row in rows} == {date(2026, 3, 1), date(2026, 3, 2)}
    assert figures(rows) == {
        "impressions": 9337,
        "likes": 23,
        "engagements": 193,
        "saves": 6,
        "link_shares": 2,
        "new_followers": 6,
        "lost_followers": 1,
        "comments": 13,
        "shares": 4,
        "profile_visits": 108,
        "posts_created": 10,
        "video_views": 10,
        "media_views": 7,
    }


@pytest.mark.parametrize(("name", "day"), [("x_content_2025.csv", date(2025, 2, 17)), ("x_content_2026.csv", date(2026, 8, 1))])
def test_both_generations_of_the_content_export_are_read(name: str, day: date) -> None:
    recognition, rows, problems = outcome(FILES / name)
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind) == ("x_content", Kind.POST)
    assert not problems
    first = [row for row in rows if row.line == 2]
    assert first[0].start == day
    assert first[0].subject is not None
    assert first[0].subject.published_at is None
    assert first[0].subject.permalink.startswith("https://x.com/dokon/status/")
    assert figures(first) == {
        "impressions": 59,
        "likes": 2,
        "engagements": 8,
        "saves": 1,
        "link_shares": 3,
        "new_followers": 0,
        "comments": 4,
        "shares": 5,
        "profile_visits": 6,
        "detail_expands": 2,
        "link_clicks": 7,
        "hashtag_clicks": 0,
        "permalink_clicks": 1,
    }


def test_the_classic_export_is_read_with_floats_and_dashes() -> None:
    recognition, rows, problems = outcome(FILES / "x_classic_2020.csv")
    assert not problems
    assert rows[0].subject is not None
    assert rows[0].subject.published_at == datetime(2020, 2, 14, 11, 54)
    sums = figures(rows)
    assert (sums["impressions"], sums["shares"], sums["comments"], sums["likes"]) == (117, 2, 1, 4)
    assert "paid_impressions" not in sums
    left = {column.header: column.reason for column in recognition.columns if column.reason}
    assert left == {
        "engagement rate": "rate",
        "promoted engagement rate": "paid_part",
        "promoted retweets": "paid_part",
    }


def test_ids_that_a_spreadsheet_destroyed_refuse_the_file(tmp_path: Path) -> None:
    text = (
        "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,retweets,replies,favorites\n"
        "6.49E+17,https://twitter.com/a/status/1,caf\x85,2016-06-20 21:56:23,424,3,12,0,2\n"
    )
    assert refusal_code(written(tmp_path, text, "latin-1")) == "ids_destroyed"


def test_headings_in_other_capitals_mean_the_same(tmp_path: Path) -> None:
    text = (FILES / "x_overview.csv").read_text().replace("Impressions,Likes", "IMPRESSIONS,likes")
    _, rows, _ = outcome(written(tmp_path, text))
    assert figures(rows)["impressions"] == 9337


def test_the_video_overview_is_found_under_its_title(tmp_path: Path) -> None:
    text = (
        "Video overview,,,,,\n"
        "Date,Views,Watch Time (ms),Completion Rate,Average Watch Time (ms),Estimated Revenue\n"
        '"Sun, Mar 1, 2026",12,3400,0.5,283,0\n'
    )
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert recognition.platforms == ("x",)
    assert figures(rows) == {"video_views": 12, "watch_seconds": Decimal("3.4")}
    assert {column.reason for column in recognition.columns if column.reason} == {"rate", "average", "no_currency"}
