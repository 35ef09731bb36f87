import re
from datetime import date, datetime
from pathlib import Path

import pytest

from metrics.importers import Certainty, Kind, ReadOptions, recognise
from metrics.importers.words import ROLE_WORDS
from metrics.kpi.measures import MEASURES
from metrics.tests.importing import FILES, figures, outcome, refusal_code, written

GUIDE = Path(__file__).parents[2] / "docs" / "generic_csv.md"


def test_the_wide_form_gives_a_figure_per_cell() -> None:
    recognition, rows, problems = outcome(FILES / "generic_wide.csv")
    assert (recognition.kind, recognition.platforms) == (Kind.DAILY, ("instagram", "telegram"))
    assert not problems
    assert [(row.platform, row.channel, row.measure, row.value) for row in rows if row.start == date(2026, 3, 2)] == [
        ("instagram", "@dokon", "likes", 88),
        ("instagram", "@dokon", "followers", 12025),
        ("telegram", "@dokon_uz", "reach", 940),
        ("telegram", "@dokon_uz", "likes", 31),
        ("telegram", "@dokon_uz", "followers", 5102),
    ]


def test_the_long_form_gives_a_figure_per_row() -> None:
    _, rows, _ = outcome(FILES / "generic_long.csv")
    assert [(row.platform, row.measure, row.value) for row in rows] == [
        ("instagram", "reach", 1840),
        ("instagram", "likes", 96),
    ]


def test_rows_with_a_link_are_posts_and_the_link_tells_the_platform() -> None:
    recognition, rows, _ = outcome(FILES / "generic_posts.csv")
    assert recognition.kind is Kind.POST
    assert rows[0].platform == "telegram"
    assert rows[0].subject is not None
    assert rows[0].subject.published_at == datetime(2026, 3, 1, 9)
    assert rows[0].subject.key == "https://t.me/dokon_uz/101"


@pytest.mark.parametrize(
    ("post_id", "link", "outcome_of_row"),
    [
        ("7", "javascript:alert(1)", ""),
        ("7", "<a href=x>", ""),
        ("", "javascript:alert(1)", "no_identity"),
        ("", "https://t.me/" + "a" * 600, "no_identity"),
        ("7" * 101, "", "id_too_long"),
        ("6.5E+17", "", "ids_destroyed"),
    ],
)
def test_only_a_real_link_passes_for_one(tmp_path: Path, post_id: str, link: str, outcome_of_row: str) -> None:
    path = written(tmp_path, f"date,post_id,permalink,likes\n2026-03-01,{post_id},{link},5\n")
    if outcome_of_row == "ids_destroyed":
        assert refusal_code(path) == outcome_of_row
        return
    _, rows, problems = outcome(path)
    assert list(problems) == [outcome_of_row] * bool(outcome_of_row)
    assert [row.subject.permalink for row in rows if row.subject] == [""] * (not outcome_of_row)


def test_a_file_may_hold_days_and_posts(tmp_path: Path) -> None:
    text = "date,post_id,likes\n2026-03-01,,50\n2026-03-01,77,5\n"
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert recognition.kind is Kind.MIXED
    assert [row.subject is None for row in rows] == [True, False]
    assert rows[1].start == date(2026, 3, 1)


def test_a_span_is_kept_as_reported(tmp_path: Path) -> None:
    text = "start,end,reach\n2026-03-01,2026-03-07,900\n2026-03-08,2026-03-01,5\n2026-03-08,,5\n"
    _, rows, problems = outcome(written(tmp_path, text))
    assert [(row.start, row.end) for row in rows] == [(date(2026, 3, 1), date(2026, 3, 7))]
    assert problems == {"end_before_start": 1, "no_date": 1}


@pytest.mark.parametrize(
    ("header", "language"),
    [("Sana,Qamrov,Layklar", "uz"), ("Дата,Охват,Лайки", "ru"), ("Date,Reach,Likes", "en"), ("DATE,Reach,LIKES", "en")],
)
def test_headings_in_three_languages_are_understood(tmp_path: Path, header: str, language: str) -> None:
    recognition, rows, _ = outcome(written(tmp_path, f"{header}\n2026-03-01,10,2\n"))
    assert recognition.language == language
    assert figures(rows) == {"reach": 10, "likes": 2}


@pytest.mark.parametrize("apostrophe", ["ʻ", "'", "‘", "’", "`"])
def test_any_apostrophe_will_do_in_uzbek_headings(tmp_path: Path, apostrophe: str) -> None:
    _, rows, _ = outcome(written(tmp_path, f"sana,ko{apostrophe}rishlar\n2026-03-01,10\n"))
    assert figures(rows) == {"views": 10}


def test_invisible_characters_in_headings_do_not_hide_them(tmp_path: Path) -> None:
    _, rows, _ = outcome(written(tmp_path, "date,Li\u00adkes,\u200breach\u00a0\n2026-03-01,10,3\n"))
    assert figures(rows) == {"likes": 10, "reach": 3}


def test_the_certainty_of_a_match_is_told(tmp_path: Path) -> None:
    recognition = recognise(written(tmp_path, "date,likes,Reactions and such,Saqlashlar\n2026-03-01,1,2,3\n"))
    assert [(column.header, column.certainty) for column in recognition.columns] == [
        ("date", Certainty.KNOWN),
        ("likes", Certainty.KNOWN),
        ("Reactions and such", Certainty.UNKNOWN),
        ("Saqlashlar", Certainty.BY_NAME),
    ]
    assert [column.first_value for column in recognition.columns] == ["2026-03-01", "1", "2", "3"]


def test_follows_are_new_followers_and_never_the_stock(tmp_path: Path) -> None:
    _, rows, _ = outcome(written(tmp_path, "date,Follows,Followers\n2026-03-01,3,900\n"))
    assert figures(rows) == {"new_followers": 3, "followers": 900}


def test_rates_averages_and_ledger_money_are_left_out_with_the_reason(tmp_path: Path) -> None:
    text = "date,likes,Engagement rate,Average watch time,revenue,CTR (%)\n2026-03-01,1,2.5,3,100,4\n"
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert figures(rows) == {"likes": 1}
    assert [column.reason for column in recognition.columns] == [
        "",
        "",
        "rate",
        "average",
        "not_recorded",
        "rate",
    ]
    assert all(column.reason_en for column in recognition.columns[2:])


def test_the_users_word_on_a_column_beats_ours(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes,Moonlight\n2026-03-01,1,2\n")
    recognition, rows, _ = outcome(path, mapping={"Moonlight": "views", "likes": ""})
    assert figures(rows) == {"views": 2}
    assert [column.reason for column in recognition.columns] == ["", "left_out", ""]


@pytest.mark.parametrize("measure", ["beauty", "roi", "interactions"])
def test_a_mapping_to_what_files_cannot_give_is_a_mistake_of_the_caller(tmp_path: Path, measure: str) -> None:
    path = written(tmp_path, "date,likes\n2026-03-01,1\n")
    with pytest.raises(ValueError, match=measure):
        recognise(path, mapping={"likes": measure})


def test_two_columns_for_one_measure_give_it_once(tmp_path: Path) -> None:
    recognition, rows, _ = outcome(written(tmp_path, "date,Bookmarks,saves\n2026-03-01,1,2\n"))
    assert figures(rows) == {"saves": 2}
    assert [column.reason for column in recognition.columns] == ["", "duplicate_column", ""]


def test_money_carries_its_currency(tmp_path: Path) -> None:
    text = "date,ad_spend,likes,currency\n2026-03-01,125000.50,1,uzs\n2026-03-02,1,1,soʻm\n"
    _, rows, problems = outcome(written(tmp_path, text))
    assert [(row.measure, str(row.value), row.currency) for row in rows] == [
        ("ad_spend", "125000.50", "UZS"),
        ("likes", "1", ""),
    ]
    assert problems == {"bad_currency": 1}


def test_the_file_itself_may_show_which_number_is_the_month(tmp_path: Path) -> None:
    text = "date,likes\n03/04/2026,1\n03/14/2026,1\n"
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert recognition.date_order == "mdy"
    assert [row.start for row in rows] == [date(2026, 3, 4), date(2026, 3, 14)]


def test_dates_that_stay_ambiguous_are_refused_until_the_user_decides(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes\n03/04/2026,1\n05/06/2026,1\n")
    _, rows, problems = outcome(path)
    assert (rows, problems) == ([], {"ambiguous_date": 2})
    _, rows, _ = outcome(path, options=ReadOptions(date_order="dmy"))
    assert [row.start for row in rows] == [date(2026, 4, 3), date(2026, 6, 5)]


def test_dates_without_a_year_wait_for_it(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes\nApril 12,1\n")
    assert outcome(path)[2] == {"no_year": 1}
    assert outcome(path, options=ReadOptions(year=2025))[1][0].start == date(2025, 4, 12)


def test_days_without_a_year_go_on_over_new_year(tmp_path: Path) -> None:
    path = written(tmp_path, "date,likes\n31 December,1\n1 January,2\n")
    rows = outcome(path, options=ReadOptions(year=2025))[1]
    assert [row.start for row in rows] == [date(2025, 12, 31), date(2026, 1, 1)]


def test_days_of_several_channels_are_of_the_year_that_was_told(tmp_path: Path) -> None:
    days = "".join(f"{day},{{channel}},1\n" for day in ("1 January", "1 May", "1 September", "31 December"))
    path = written(tmp_path, "date,channel,likes\n" + "".join(days.format(channel=name) for name in ("@a", "@b", "@c")))
    rows = outcome(path, options=ReadOptions(year=2025))[1]
    assert {row.start.year for row in rows} == {2025}
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-03-01,instagram,likes,-1", "negative"),
        ("2026-03-01,instagram,likes,1.5", "not_whole"),
        ("2026-03-01,instagram,likes,9999999999999999", "too_big"),
        ("2026-03-01,instagram,beauty,1", "unknown_measure"),
        ("2026-03-01,instagram,roi,1", "unknown_measure"),
        ("2026-03-01,myspace,likes,1", "unknown_platform"),
        ("yesterday,instagram,likes,1", "bad_date"),
        (",instagram,likes,1", "no_date"),
        ("2026-03-01,instagram,likes,1,2", "too_many_cells"),
        ("2026-03-01,instagram,likes,", "no_figures"),
        ("Total,,likes,55", "total_row"),
        ("Jami,,likes,55", "total_row"),
        ("date,platform,measure,value", "repeated_header"),
    ],
)
def test_every_row_that_gives_nothing_says_why(tmp_path: Path, row: str, code: str) -> None:
    text = f"date,platform,measure,value\n2026-03-01,instagram,reach,7\n{row}\n"
    _, rows, problems = outcome(written(tmp_path, text))
    assert figures(rows) == {"reach": 7}
    assert problems == {code: 1}


def test_a_table_without_dates_is_not_recognised(tmp_path: Path) -> None:
    assert refusal_code(written(tmp_path, "likes,reach\n1,2\n")) == "not_recognised"


def test_the_guide_names_every_column_and_its_examples_are_read(tmp_path: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", guide))
    assert set(ROLE_WORDS) <= named
    assert {name for name in named if name in MEASURES and not MEASURES[name].recorded} == set()
    for example in re.findall(r"```csv\n(.+?)```", guide, re.DOTALL):
        _, rows, problems = outcome(written(tmp_path, example))
        assert rows
        assert not problems


def test_every_measure_that_can_be_recorded_is_known_by_its_own_name(tmp_path: Path) -> None:
    names = [name for name, measure in MEASURES.items() if measure.recorded and not measure.is_money and measure.unit == "count"]
    text = f"date,{','.join(names)}\n2026-03-01,{','.join('1' for _ in names)}\n"
    _, rows, _ = outcome(written(tmp_path, text))
    assert [row.measure for row in rows] == names
