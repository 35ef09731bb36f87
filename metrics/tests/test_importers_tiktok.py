"""TikTok: days without a year, posts whose year stands in their link, the business account, what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.importers import Certainty, Kind, ReadOptions, Row, recognise
from metrics.tests.importing import figures, outcome, refusal_code, workbook, written

OVERVIEW = '"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
CONTENT = '"Time","Video title","Video link","Post time","Total likes","Total comments","Total shares","Total views"\n'


def overview(*days: str, header: str = OVERVIEW) -> str:
    return "\ufeff" + header + "".join(f'"{day}","{number}","1","2","3","4"\n' for number, day in enumerate(days, start=10))


def days_of(rows: list[Row]) -> list[date]:
    return list(dict.fromkeys(row.start for row in rows))


def year_long(first: date, count: int) -> list[str]:
    days = (first + timedelta(days=number) for number in range(count))
    return [f"{day:%B} {day.day}" for day in days]


def link(made: date, name: str = "dokon") -> str:
    seconds = int((made - date(1970, 1, 1)).total_seconds()) + 40_000
    return f"https://www.tiktok.com/@{name}/video/{(seconds << 32) + 77}"


def test_the_overview_gives_daily_figures(tmp_path: Path) -> None:
    recognition, rows, problems = outcome(written(tmp_path, overview("April 12", "April 13")), options=ReadOptions(year=2025))
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind, recognition.platforms) == ("tiktok_days", Kind.DAILY, ("tiktok",))
    assert not problems
    assert days_of(rows) == [date(2025, 4, 12), date(2025, 4, 13)]
    assert figures(rows) == {"views": 21, "profile_visits": 2, "likes": 4, "comments": 6, "shares": 8}
    assert {column.certainty for column in recognition.columns} == {Certainty.KNOWN}


def test_without_a_year_every_row_says_that_one_is_needed(tmp_path: Path) -> None:
    _, rows, problems = outcome(written(tmp_path, overview("April 12", "April 13")))
    assert (rows, problems) == ([], {"no_year": 2})


@pytest.mark.parametrize(
    ("day", "header"),
    [
        ("12 de abril", '"Fecha","Visualizaciones de vídeo","Visitas al perfil","Me gusta","Comentarios","Veces compartido"\n'),
        (
            "12 de abril",
            '"Data","Visualizações de vídeo","Visualizações do perfil","Curtidas","Comentários","Compartilhamentos"\n',
        ),
        ("12 April", OVERVIEW),
        ("12 апреля", '"Дата","Просмотры видео","Просмотры профиля","Лайки","Комментарии","Репосты"\n'),
        ("12-aprel", '"Sana","Video koʻrishlar","Profil koʻrishlar","Layklar","Izohlar","Ulashishlar"\n'),
        ("12 апрел", '"Сана","Видео кўришлар","Профил кўришлар","Лайклар","Изоҳлар","Улашишлар"\n'),
        ("12. April", '"Datum","Videoaufrufe","Profilaufrufe","Likes","Kommentare","Geteilt"\n'),
        ("12 avril", '"Date","Vues de vidéos","Vues du profil","J’aime","Commentaires","Partages"\n'),
        ("12 aprile", '"Data","Visualizzazioni video","Visualizzazioni del profilo","Mi piace","Commenti","Condivisioni"\n'),
        ("12 Nisan", '"Tarih","Video görüntülemeleri","Profil görüntülemeleri","Beğeniler","Yorumlar","Paylaşımlar"\n'),
    ],
)
def test_the_overview_is_read_in_other_languages(tmp_path: Path, day: str, header: str) -> None:
    recognition, rows, problems = outcome(written(tmp_path, overview(day, header=header)), options=ReadOptions(year=2025))
    assert recognition.importer is not None
    assert recognition.importer.id == "tiktok_days"
    assert not problems
    assert days_of(rows) == [date(2025, 4, 12)]
    assert figures(rows) == {"views": 10, "profile_visits": 1, "likes": 2, "comments": 3, "shares": 4}


def test_a_translation_that_was_never_seen_is_shown_as_known_by_name(tmp_path: Path) -> None:
    header = '"Дата","Просмотры видео","Просмотры профиля","Лайки","Комментарии","Репосты"\n'
    recognition = recognise(written(tmp_path, overview("12 апреля", header=header)))
    assert {column.certainty for column in recognition.columns} == {Certainty.BY_NAME}


def test_the_year_is_that_of_the_first_day_and_goes_on_over_new_year(tmp_path: Path) -> None:
    path = written(tmp_path, overview("December 30", "December 31", "January 1", "January 2"))
    _, rows, problems = outcome(path, options=ReadOptions(year=2024))
    assert not problems
    assert days_of(rows) == [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2)]


def test_newest_first_and_out_of_order_change_nothing(tmp_path: Path) -> None:
    newest_first = written(tmp_path, overview("January 2", "January 1", "December 31"))
    assert days_of(outcome(newest_first, options=ReadOptions(year=2024))[1]) == [
        date(2025, 1, 2),
        date(2025, 1, 1),
        date(2024, 12, 31),
    ]
    mixed = written(tmp_path, overview("December 30", "January 1", "December 31", "January 2"))
    assert days_of(outcome(mixed, options=ReadOptions(year=2024))[1]) == [
        date(2024, 12, 30),
        date(2025, 1, 1),
        date(2024, 12, 31),
        date(2025, 1, 2),
    ]


def test_a_whole_year_from_february_on_has_consecutive_days(tmp_path: Path) -> None:
    path = written(tmp_path, overview(*year_long(date(2025, 2, 28), 365)))
    _, rows, problems = outcome(path, options=ReadOptions(year=2025))
    assert not problems
    assert days_of(rows) == [date(2025, 2, 28) + timedelta(days=number) for number in range(365)]


@pytest.mark.parametrize("year", [2025, 2026])
def test_who_names_the_year_of_the_last_day_is_understood_where_nothing_else_can_be(tmp_path: Path, year: int) -> None:
    path = written(tmp_path, overview(*year_long(date(2025, 2, 28), 365)))
    _, rows, _ = outcome(path, options=ReadOptions(year=year, until=date(2026, 11, 28)))
    assert (rows[0].start, rows[-1].start) == (date(2025, 2, 28), date(2026, 2, 27))


def test_a_year_whose_february_the_file_contradicts_is_that_of_the_last_day(tmp_path: Path) -> None:
    # From 28 February 2024 on there would be a 29th.
    path = written(tmp_path, overview(*year_long(date(2023, 2, 28), 365)))
    _, rows, _ = outcome(path, options=ReadOptions(year=2024))
    assert (rows[0].start, rows[-1].start) == (date(2023, 2, 28), date(2024, 2, 27))


def test_february_29_is_there_only_where_the_year_has_it(tmp_path: Path) -> None:
    path = written(tmp_path, overview("February 28", "February 29", "March 1"))
    assert days_of(outcome(path, options=ReadOptions(year=2024))[1]) == [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]
    _, rows, problems = outcome(path, options=ReadOptions(year=2025))
    assert days_of(rows) == [date(2025, 2, 28), date(2025, 3, 1)]
    assert problems == {"bad_date": 1}


def test_more_than_a_year_without_years_is_refused(tmp_path: Path) -> None:
    assert refusal_code(written(tmp_path, overview(*year_long(date(2024, 1, 1), 500)))) == "years_unclear"


def test_a_file_twice_in_one_counts_once(tmp_path: Path) -> None:
    once = overview("April 12", "April 13").removeprefix("\ufeff")
    _, rows, problems = outcome(written(tmp_path, once + once), options=ReadOptions(year=2025))
    assert problems == {"repeated_header": 1}
    assert set(days_of(rows)) == {date(2025, 4, 12), date(2025, 4, 13)}


def test_dates_that_have_a_year_ask_for_none(tmp_path: Path) -> None:
    _, rows, problems = outcome(written(tmp_path, overview("2026-04-12", "Apr 13, 2026")))
    assert not problems
    assert days_of(rows) == [date(2026, 4, 12), date(2026, 4, 13)]


def test_viewers_are_people_and_undefined_is_missing(tmp_path: Path) -> None:
    text = '"Date","Total Viewers","New Viewers","Returning Viewers"\n"March 1","undefined","0","0"\n"March 2","7","5","2"\n'
    recognition, rows, problems = outcome(written(tmp_path, text), options=ReadOptions(year=2026))
    assert recognition.measures == ("viewers", "new_viewers", "returning_viewers")
    assert not problems
    assert [row.value for row in rows if row.measure == "viewers"] == [7]
    assert [row.value for row in rows if row.measure == "new_viewers"] == [0, 5]


def test_the_follower_history_gives_the_stock_and_the_flow(tmp_path: Path) -> None:
    text = '"Date","Followers","Difference in followers from previous day"\n"March 1","1200","15"\n"March 2","1190","-10"\n'
    _, rows, problems = outcome(written(tmp_path, text), options=ReadOptions(year=2026))
    assert not problems
    assert [(row.measure, row.value) for row in rows] == [
        ("followers", 1200),
        ("net_new_followers", 15),
        ("followers", 1190),
        ("net_new_followers", -10),
    ]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ('"Gender","Distribution"\n"Male","0.4"\n"Female","0.6"\n', "breakdown", "Gender"),
        ('"Top territories","Distribution"\n"UZ","0.8"\n', "breakdown", "Top territories"),
        ('"Date","Hour","Active followers"\n"March 1","0","12"\n', "breakdown_by_hour", "by hour"),
    ],
)
def test_breakdowns_are_refused_as_breakdowns(tmp_path: Path, text: str, code: str, says: str) -> None:
    path = written(tmp_path, text)
    assert refusal_code(path) == code
    refused = recognise(path).refused
    assert refused is not None
    assert says in refused.message_en
    assert "breakdown" in refused.message_en


def test_the_business_account_is_read_with_nothing_left_out(tmp_path: Path) -> None:
    text = (
        "\ufeffDate,Video views,Reached audience,Profile views,Likes,Shares,Comments,Phone number clicks ,Leads submission,"
        "Net growth,New followers,Lost followers\n"
        "2026/03/01,715,NAN,25,26,4,7,1,0,-3,10,13\n"
        "2026/03/02,20,15,--,2,0,0,0,2,6,6,0\n"
    )
    recognition, rows, problems = outcome(written(tmp_path, text))
    assert recognition.importer is not None
    assert recognition.importer.id == "tiktok_days"
    assert not problems
    assert days_of(rows) == [date(2026, 3, 1), date(2026, 3, 2)]
    assert figures(rows) == {
        "views": 735,
        "reach": 15,
        "profile_visits": 25,
        "likes": 28,
        "shares": 4,
        "comments": 7,
        "phone_clicks": 1,
        "leads": 2,
        "net_new_followers": 3,
        "new_followers": 16,
        "lost_followers": 13,
    }


def content(*posts: tuple[str, str], time: str = "February 28") -> str:
    rows = "".join(f'"{time}","Yangi, koʻylak","{address}","{when}","5","1","2","100"\n' for address, when in posts)
    return "\ufeff" + CONTENT + rows


def test_the_year_of_a_post_stands_in_its_link(tmp_path: Path) -> None:
    posts = (link(date(2025, 7, 16)), "July 16"), (link(date(2026, 2, 1)), "February 1")
    recognition, rows, problems = outcome(written(tmp_path, content(*posts)))
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind) == ("tiktok_posts", Kind.POST)
    assert not problems
    assert days_of(rows) == [date(2025, 7, 16), date(2026, 2, 1)]
    assert figures(rows) == {"likes": 10, "comments": 2, "shares": 4, "views": 200}
    assert rows[0].subject is not None
    assert rows[0].subject.platform_id == posts[0][0].rsplit("/", 1)[1]
    assert rows[0].subject.permalink == posts[0][0]
    assert rows[0].subject.text == "Yangi, koʻylak"


def test_a_day_beside_that_of_the_link_is_the_same_post_in_another_zone(tmp_path: Path) -> None:
    path = written(tmp_path, content((link(date(2026, 1, 1)), "December 31"), (link(date(2025, 12, 31)), "January 1")))
    assert days_of(outcome(path)[1]) == [date(2025, 12, 31), date(2026, 1, 1)]


def test_where_the_link_does_not_tell_the_year_the_post_is_before_the_day_of_counting(tmp_path: Path) -> None:
    posts = ("https://www.tiktok.com/@dokon/video/1", "July 16"), ("https://www.tiktok.com/@dokon/video/2", "February 28")
    path = written(tmp_path, content(*posts))
    assert outcome(path)[2] == {"no_year": 2}
    assert days_of(outcome(path, options=ReadOptions(year=2026))[1]) == [date(2025, 7, 16), date(2026, 2, 28)]


def test_a_link_that_contradicts_the_day_does_not_tell_the_year(tmp_path: Path) -> None:
    path = written(tmp_path, content((link(date(2025, 7, 16)), "March 3")))
    assert outcome(path)[2] == {"no_year": 1}


def test_a_post_without_a_link_is_nobodys(tmp_path: Path) -> None:
    _, rows, problems = outcome(written(tmp_path, content(("", "July 16"))), options=ReadOptions(year=2026))
    assert (rows, problems) == ([], {"no_identity": 1})


def test_columns_may_stand_in_any_order_and_dates_in_full(tmp_path: Path) -> None:
    text = (
        "Total views,Post time,Video link,Video title,Total likes,Average watch time\n"
        "18400,2026-08-02 19:05:00,https://www.tiktok.com/@dokon/video/1,Shoyi,1200,11.5\n"
    )
    recognition, rows, problems = outcome(written(tmp_path, text))
    assert not problems
    assert figures(rows) == {"views": 18400, "likes": Decimal(1200)}
    assert {column.reason for column in recognition.columns} == {"", "average"}


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    sheets = {
        "Overview": [["Date", "Video Views", "Profile Views"], ["28 August", "308", "5"]],
        "FollowerHistory": [["Date", "Followers", "Difference in followers from previous day"], ["28 August", "1200", "-3"]],
        "FollowerGender": [["Gender", "Distribution"], ["Female", "0.59"]],
    }
    recognition, rows, _ = outcome(written(tmp_path, workbook(sheets)), options=ReadOptions(year=2025))
    assert [table.refused.code if table.refused else "" for table in recognition.tables] == ["", "", "breakdown"]
    assert days_of(rows) == [date(2025, 8, 28)]
    assert figures(rows) == {"views": 308, "profile_visits": 5, "followers": 1200, "net_new_followers": -3}
