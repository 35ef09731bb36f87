"""LinkedIn’s files: a company page’s, and a person’s own."""

from datetime import date
from pathlib import Path

import pytest

from metrics.importers import Kind, Row, linkedin, linkedin_personal, linkedin_posts, recognise
from metrics.kpi.measures import MEASURES
from metrics.tests.importing import FILES, figures, outcome, refusal_code, workbook, written

DAYS = "Date,Impressions (organic),Impressions (sponsored),Impressions (total),Clicks (total),Reactions (total),Reposts (total)\n"
LINK = "https://www.linkedin.com/feed/update/urn:li:activity:7000000000000000"
POSTS = "Post title,Post link,Post type,Created date,Impressions,Clicks,Likes,Comments,Reposts,Follows,Engagement rate\n"


def of_table(rows: list[Row], number: int) -> list[Row]:
    return [row for row in rows if row.table == number]


def test_a_page_s_old_workbook_gives_days_and_posts() -> None:
    recognition, rows, problems = outcome(FILES / "linkedin_content.xls")
    assert [(table.title, table.kind) for table in recognition.tables] == [("Metrics", Kind.DAILY), ("All posts", Kind.POST)]
    assert (recognition.importer, recognition.platforms) == (linkedin.PAGE, ("linkedin",))
    assert figures(of_table(rows, 0)) == {
        "organic_impressions": 110, "paid_impressions": 10, "impressions": 120, "unique_impressions": 79,
        "organic_clicks": 9, "paid_clicks": 1, "total_clicks": 10, "organic_likes": 12, "paid_likes": 0, "likes": 12,
        "organic_comments": 1, "paid_comments": 0, "comments": 1, "organic_shares": 2, "paid_shares": 0, "shares": 2,
    }  # fmt: skip
    assert not problems


def test_rates_are_left_out_as_rates() -> None:
    columns = [column for table in recognise(FILES / "linkedin_content.xls").tables for column in table.columns]
    assert {column.header: column.reason for column in columns if "rate" in column.header.lower()} == {
        "Engagement rate (organic)": "rate",
        "Engagement rate (sponsored)": "rate",
        "Engagement rate (total)": "rate",
        "Click through rate (CTR)": "rate",
        "Engagement rate": "rate",
    }


def test_the_total_of_an_advertised_post_is_the_post_and_its_campaigns_add_up() -> None:
    _, rows, _ = outcome(FILES / "linkedin_content.xls")
    posts = of_table(rows, 1)
    advertised = [row for row in posts if row.subject and row.subject.permalink.endswith("02")]
    found = {row.measure: (row.value, row.line) for row in advertised}
    assert len(found) == len(advertised), "no figure twice"
    assert found["impressions"] == (550, 7)
    assert found["organic_impressions"] == (200, 4)
    assert found["paid_impressions"] == (350, 6)
    assert found["video_views"] == (90, 7)
    assert figures(posts)["impressions"] == 650
    assert {row.subject.format for row in posts if row.subject} == {"", "Video"}


@pytest.mark.parametrize("order", [("Total", "Organic", "Sponsored"), ("Sponsored", "Total", "Organic")])
def test_a_total_counts_wherever_it_stands(tmp_path: Path, order: tuple[str, ...]) -> None:
    seen = {"Organic": 20, "Sponsored": 30, "Total": 50}
    text = POSTS + "".join(f"Adras,{LINK},{part},03/13/2026,{seen[part]},1,1,0,0,0,0.1\n" for part in order)
    _, rows, _ = outcome(written(tmp_path, text))
    assert [row.value for row in rows if row.measure == "impressions"] == [50]
    assert figures(rows)["organic_impressions"] == 20
    assert figures(rows)["paid_impressions"] == 30


def test_without_a_total_the_parts_of_a_post_are_added(tmp_path: Path) -> None:
    text = POSTS + f"Adras,{LINK},Organic,03/13/2026,20,1,1,0,0,0,0.1\nAdras,{LINK},Sponsored,03/13/2026,30,2,0,0,0,0,0.1\n"
    _, rows, _ = outcome(written(tmp_path, text))
    assert {row.measure: row.value for row in rows}["impressions"] == 50
    assert {row.line for row in rows} == {3}


def test_the_same_row_twice_is_not_added(tmp_path: Path) -> None:
    row = f"Adras,{LINK},Organic,03/13/2026,20,1,1,0,0,0,0.1\n"
    _, rows, _ = outcome(written(tmp_path, POSTS + row + row))
    assert [row.value for row in rows if row.measure == "impressions"] == [20, 20], "the later one will count"


def test_the_sentence_over_the_heading_may_be_there_or_not(tmp_path: Path) -> None:
    row = "03/13/2026,5,1,6,2,3,0\n"
    for above in ("", "Aggregated engagement metrics,,,,,,\n"):
        recognition, rows, problems = outcome(written(tmp_path, above + DAYS + row))
        assert (figures(rows)["impressions"], recognition.date_order, problems) == (6, "mdy", {})


def test_dates_that_a_spreadsheet_turned_round_are_noticed(tmp_path: Path) -> None:
    for text in ("13/03/2026;5;1;6;2;3;0\n01/03/2026;5;1;6;2;3;0\n", "13.03.2026;5;1;6;2;3;0\n01.03.2026;5;1;6;2;3;0\n"):
        _, rows, _ = outcome(written(tmp_path, DAYS.replace(",", ";") + text))
        assert {row.start for row in rows} == {date(2026, 3, 1), date(2026, 3, 13)}


def test_other_languages_are_known(tmp_path: Path) -> None:
    heading = "Data,Impressões (orgânicas),Impressões (patrocinadas),Impressões (totais),Cliques (totais),Reações (totais)\n"
    recognition, rows, _ = outcome(written(tmp_path, heading + "03/13/2026,5,1,6,2,3\n"))
    assert recognition.language == "pt"
    assert figures(rows) == {"organic_impressions": 5, "paid_impressions": 1, "impressions": 6, "total_clicks": 2, "likes": 3}


def test_followers_of_a_day_are_new_ones_and_groups_are_set_aside() -> None:
    path = FILES / "linkedin_followers.xls"
    recognition, rows, problems = outcome(path)
    assert figures(rows) == {
        "new_followers": 35, "organic_new_followers": 32, "paid_new_followers": 1, "invited_new_followers": 2,
    }  # fmt: skip
    assert [table.refused.code if table.refused else "" for table in recognition.tables] == ["", "breakdown", "breakdown"]
    assert problems == {"breakdown_table": 6}


def test_a_column_that_only_grows_from_a_stock_is_how_many_there_are(tmp_path: Path) -> None:
    heading = "Date,Organic followers,Total followers\n"
    rows = [f"03/{day:02}/2026,{400 + day},{500 + day}\n" for day in range(1, 8)]
    _, stock, _ = outcome(written(tmp_path, heading + "".join(reversed(rows))))
    assert {row.measure for row in stock} == {"followers"}
    flows = [f"03/{day:02}/2026,{day % 3},{day % 3 + 1}\n" for day in range(1, 8)]
    _, flow, _ = outcome(written(tmp_path, heading + "".join(flows)))
    assert {row.measure for row in flow} == {"new_followers", "organic_new_followers"}


def test_visitors_are_taken_as_a_whole(tmp_path: Path) -> None:
    heading = "Date,Overview page views (desktop),Overview page views (total),Total page views (desktop),Total page views (total)"
    path = written(tmp_path, heading + ",Total unique visitors (total)\n03/13/2026,1,2,3,9,7\n")
    recognition, rows, _ = outcome(path)
    assert figures(rows) == {"profile_visits": 9, "profile_visitors": 7}
    assert [column.reason for column in recognition.columns if not column.measure and not column.role] == ["part"] * 3


def test_rivals_are_not_stored_as_ours(tmp_path: Path) -> None:
    text = "Page,Total Followers,New Followers,Total post engagements,Total posts\nAtlas,10,1,5,2\nSilk,90,3,7,4\n"
    assert refusal_code(written(tmp_path, text)) == "competitors"


def test_a_person_s_workbook_is_read_sheet_by_sheet() -> None:
    recognition, rows, problems = outcome(FILES / "linkedin_personal.xlsx")
    assert recognition.importer == linkedin_personal.PERSONAL
    assert [table.title for table in recognition.tables] == ["DISCOVERY", "ENGAGEMENT", "TOP POSTS", "FOLLOWERS", "DEMOGRAPHICS"]
    assert [figures(of_table(rows, number)) for number in range(5)] == [
        {"reach": 41},
        {"impressions": 60, "engagements": 3},
        {"impressions": 60, "engagements": 3},
        {"followers": 420, "new_followers": 7},
        {},
    ]
    assert problems == {"total_row": 1, "no_figures": 1, "breakdown_table": 3}
    (reach,) = of_table(rows, 0)
    assert (reach.start, reach.end) == (date(2026, 3, 1), date(2026, 3, 14))
    (stock,) = [row for row in rows if row.measure == "followers"]
    assert (stock.start, stock.line) == (date(2026, 3, 14), 1)


def test_the_lists_side_by_side_are_of_posts_each() -> None:
    _, rows, _ = outcome(FILES / "linkedin_personal.xlsx")
    posts = {(row.subject.permalink[-2:], row.measure): row.value for row in of_table(rows, 2) if row.subject}
    assert posts == {
        ("11", "engagements"): 2, ("12", "engagements"): 1, ("12", "impressions"): 45, ("11", "impressions"): 15,
    }  # fmt: skip


def test_common_words_alone_are_not_taken_for_linkedin(tmp_path: Path) -> None:
    text = "date,impressions,engagements\n2026-03-01,5,1\n"
    recognition, _, _ = outcome(written(tmp_path, text))
    assert (recognition.importer and recognition.importer.id, recognition.platforms) == ("generic_csv", ())
    sheet = {"ENGAGEMENT": [["Date", "Impressions", "Engagements"], ["3/13/2026", "5", 1.0]]}
    recognition, rows, _ = outcome(written(tmp_path, workbook(sheet)))
    assert (recognition.platforms, figures(rows)) == (("linkedin",), {"impressions": 5, "engagements": 1})


def test_measures_of_all_layouts_are_recorded_ones() -> None:
    layouts = (*linkedin.LAYOUTS, *linkedin_personal.LAYOUTS)
    given = {measure for layout in layouts for measure in layout.measures.values()}
    given |= {measure for parts in linkedin_posts.PARTS.values() for measure in parts}
    assert {measure for measure in given if measure not in MEASURES or not MEASURES[measure].recorded} == set()
