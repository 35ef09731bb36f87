from datetime import date, datetime
from pathlib import Path

import pytest

from metrics.importers import Kind, Skipped, read, recognise
from metrics.tests.importing import FILES, figures, outcome, refusal_code, written

POSTS = (FILES / "instagram_posts.csv").read_text(encoding="utf-8-sig")


def test_an_overview_file_gives_one_figure_a_day(tmp_path: Path) -> None:
    recognition, rows, problems = outcome(FILES / "meta_reach.csv")
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind) == ("meta_overview", Kind.DAILY)
    assert recognition.platforms == ("facebook",)
    assert [(row.start, row.end, row.value) for row in rows] == [
        (date(2026, 3, 7), date(2026, 3, 7), 120),
        (date(2026, 3, 8), date(2026, 3, 8), 95),
        (date(2026, 3, 9), date(2026, 3, 9), 0),
    ]
    assert problems == {"no_figures": 1}


def test_the_day_stays_whatever_hour_daylight_saving_wrote(tmp_path: Path) -> None:
    text = 'sep=,\n"Reach"\n"Date","Primary"\n"2026-03-01T23:00:00","1"\n"2026-03-02T01:00:00","2"\n'
    _, rows, _ = outcome(written(tmp_path, text, "utf-16"))
    assert [row.start for row in rows] == [date(2026, 3, 1), date(2026, 3, 2)]


def test_several_tables_of_one_file_are_told_apart_by_their_titles() -> None:
    recognition, rows, _ = outcome(FILES / "meta_visits_two_networks.csv")
    assert recognition.platforms == ("facebook", "instagram")
    assert [column.header for column in recognition.columns] == ["Facebook visits", "Instagram profile visits"]
    assert figures(row for row in rows if row.platform == "facebook") == {"profile_visits": 23}
    assert figures(row for row in rows if row.platform == "instagram") == {"profile_visits": 71}


@pytest.mark.parametrize(
    ("title", "measure", "platform"),
    [
        ("Facebook reach", "reach", "facebook"),
        ("Reach", "reach", "instagram"),
        ("Instagram reach", "reach", "instagram"),
        ("Views", "views", ""),
        ("Facebook views", "views", "facebook"),
        ("Viewers", "viewers", ""),
        ("Facebook visits", "profile_visits", "facebook"),
        ("Facebook Page visits", "profile_visits", "facebook"),
        ("Instagram profile visits", "profile_visits", "instagram"),
        ("Facebook follows", "new_followers", "facebook"),
        ("Instagram follows", "new_followers", "instagram"),
        ("Follows", "new_followers", ""),
        ("Content interactions", "platform_interactions", ""),
        ("Interactions", "platform_interactions", ""),
        ("Facebook link clicks", "link_clicks", "facebook"),
        ("Link clicks", "link_clicks", ""),
        ("Alcance", "reach", "instagram"),
        ("Alcance do Facebook", "reach", "facebook"),
        ("Visitas ao perfil do Instagram", "profile_visits", "instagram"),
        ("Seguidores no Instagram", "new_followers", "instagram"),
        ("Interações com o conteúdo", "platform_interactions", ""),
        ("Cliques no link", "link_clicks", ""),
        ("Visualizações", "views", ""),
        ("Охват Facebook", "reach", "facebook"),
        ("Посещения профиля в Instagram", "profile_visits", "instagram"),
    ],
)
def test_the_title_names_measure_and_network(tmp_path: Path, title: str, measure: str, platform: str) -> None:
    text = f'sep=,\n"{title}"\n"Data","Primary"\n"2026-03-01T00:00:00","7"\n'
    recognition, rows, _ = outcome(written(tmp_path, text, "utf-16"))
    assert [(row.measure, row.platform, row.value) for row in rows] == [(measure, platform, 7)]
    assert recognition.language == "pt"


def test_the_schema_of_2020_names_the_column_instead(tmp_path: Path) -> None:
    text = 'sep=,\n"Date","Facebook Page reach"\n"2021-05-01T00:00:00","15"\n'
    recognition, rows, _ = outcome(written(tmp_path, text, "utf-16"))
    assert recognition.platforms == ("facebook",)
    assert figures(rows) == {"reach": 15}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Facebook follows;\nDate;Primary\n2026-03-01T00:00:00;4\n2026-03-02T01:00:00;2\n", "ascii"),
        ("Facebook follows\t\t\nDate\tPrimary\t\n2026-03-01T00:00:00\t4\t\n2026-03-02T00:00:00\t2\t\n", "utf-16"),
        ("Facebook follows;\nDate;Primary\n01.03.2026 0:00;4\n02.03.2026 0:00;2\n", "cp1251"),
    ],
)
def test_files_that_a_spreadsheet_has_saved_again_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    _, rows, problems = outcome(written(tmp_path, text, encoding))
    assert [row.start for row in rows] == [date(2026, 3, 1), date(2026, 3, 2)]
    assert figures(rows) == {"new_followers": 6}
    assert not problems


def test_the_audience_file_is_refused_as_a_breakdown_without_dates() -> None:
    recognition = recognise(FILES / "meta_audience.csv")
    assert recognition.importer is not None
    assert recognition.refused is not None
    assert recognition.refused.code == "breakdown"
    assert "Age & gender, Top countries, Top cities" in recognition.refused.message_en


def test_an_audience_file_mangled_by_a_spreadsheet_is_refused_for_the_same_reason(tmp_path: Path) -> None:
    text = "Age & gender;;\n;Women;Men\n18-24;3.апр;6.май\n"
    assert refusal_code(written(tmp_path, text, "cp1251")) == "breakdown"


def test_a_breakdown_beside_dated_tables_is_set_aside(tmp_path: Path) -> None:
    text = 'sep=,\n"Reach"\n"Date","Primary"\n"2026-03-01T00:00:00","7"\n\n"Age & gender"\n"","Women"\n"18-24","3"\n'
    path = written(tmp_path, text)
    recognition = recognise(path)
    events = list(read(path, recognition))
    skipped = [event for event in events if isinstance(event, Skipped)]
    assert [event.reason_code for event in skipped] == ["breakdown_table"]
    assert "Age & gender" in skipped[0].message_en
    assert len(events) == 2


@pytest.mark.parametrize("title", ["Подписчики", "Jami obunachilar", "Facebook Page new likes"])
def test_a_title_that_may_mean_a_stock_or_something_else_is_not_guessed(tmp_path: Path, title: str) -> None:
    text = f'sep=,\n"{title}"\n"Date","Primary"\n"2026-03-01T00:00:00","7"\n'
    assert refusal_code(written(tmp_path, text, "utf-16")) == "no_measure"


def test_the_older_audience_file_is_refused_too(tmp_path: Path) -> None:
    text = (
        "Facebook followers\t\t\nFB_PAGE FOLLOW UNIQUE_USERS\t\t\n1234\t\t\n\nAge & gender\t\t\n\tMen\tWomen\n18-24\t3.4%\t6.5%\n"
    )
    assert refusal_code(written(tmp_path, text, "utf-16")) == "breakdown"


def test_a_table_of_something_unknown_is_left_out_until_the_user_says_what_it_is(tmp_path: Path) -> None:
    text = 'sep=,\n"Moonlight"\n"Date","Primary"\n"2026-03-01T00:00:00","7"\n'
    path = written(tmp_path, text, "utf-16")
    assert refusal_code(path) == "no_measure"
    _, rows, _ = outcome(path, mapping={"Moonlight": "views"})
    assert figures(rows) == {"views": 7}


def test_a_table_left_out_by_choice_is_reported_row_by_row() -> None:
    _, rows, problems = outcome(FILES / "meta_visits_two_networks.csv", mapping={"Facebook visits": ""})
    assert {row.platform for row in rows} == {"instagram"}
    assert problems == {"table_left_out": 2}


@pytest.mark.parametrize(("cell", "code"), [("-4", "negative"), ("4.5", "not_whole"), ("3.апр", "spreadsheet_date")])
def test_a_bad_figure_is_refused_alone(tmp_path: Path, cell: str, code: str) -> None:
    text = f'sep=,\n"Reach"\n"Date","Primary"\n"2026-03-01T00:00:00","{cell}"\n"2026-03-02T00:00:00","5"\n'
    _, rows, problems = outcome(written(tmp_path, text, "utf-16"))
    assert figures(rows) == {"reach": 5}
    assert problems == {code: 1}


# ——— posts ———


def test_instagram_posts_give_lifetime_figures_of_each_post() -> None:
    recognition, rows, problems = outcome(FILES / "instagram_posts.csv")
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind, recognition.platforms) == (
        "meta_posts",
        Kind.POST,
        ("instagram",),
    )
    first = rows[0].subject
    assert first is not None
    assert first.platform_id == "18000000000000001"
    assert first.published_at == datetime(2026, 3, 2, 9, 48)
    assert first.text.startswith("Yangi kolleksiya!\n\nBahor")
    assert first.format == "IG image"
    assert rows[0].start == rows[0].end == date(2026, 3, 2)
    assert figures(rows) == {
        "views": 2320,
        "reach": 1910,
        "likes": 157,
        "shares": 17,
        "new_followers": 7,
        "comments": 15,
        "saves": 9,
    }
    assert problems == {"no_figures": 1}


def test_an_empty_cell_of_a_post_is_missing_and_not_zero() -> None:
    _, rows, _ = outcome(FILES / "instagram_posts.csv")
    second = [row.measure for row in rows if row.subject and row.subject.platform_id.endswith("2")]
    assert "saves" not in second
    assert "likes" in second


def test_facebook_posts_count_reactions_as_likes_and_nothing_twice() -> None:
    recognition, rows, problems = outcome(FILES / "facebook_posts.csv")
    assert recognition.platforms == ("facebook",)
    sums = figures(rows)
    assert (sums["likes"], sums["comments"], sums["shares"]) == (60, 5, 7)
    assert "interactions" not in sums
    left = {column.header: column.reason for column in recognition.columns if column.reason}
    assert left["Reactions, Comments and Shares"] == "sum_of_others"
    assert left["Average Seconds viewed"] == "average"
    assert problems == {"no_identity": 1}


def test_of_two_columns_with_one_name_the_first_counts() -> None:
    recognition, rows, _ = outcome(FILES / "facebook_posts.csv")
    assert figures(rows)["views"] == 1200
    assert [column.reason for column in recognition.columns if column.header == "Views"] == ["", "duplicate_column"]


def test_earnings_carry_the_currency_of_their_heading() -> None:
    _, rows, _ = outcome(FILES / "facebook_posts.csv")
    assert [(str(row.value), row.currency) for row in rows if row.measure == "platform_earnings"] == [("1.25", "USD")]


def test_a_row_that_ends_early_has_blanks_there_and_one_that_is_too_long_is_refused(tmp_path: Path) -> None:
    lines = POSTS.splitlines()
    row = "18000000000000009,1784,dokon_uz,D,salom,1,03/05/2026 10:00,https://www.instagram.com/p/S9/,IG,,Lifetime"
    text = "\n".join([lines[0], row + ",10,9", row.replace("0009", "0008") + ",1,2,3,4,5,6,7,8"])
    _, rows, problems = outcome(written(tmp_path, text))
    assert figures(rows) == {"views": 10, "reach": 9}
    assert problems == {"too_many_cells": 1}


def test_the_order_of_the_columns_does_not_matter(tmp_path: Path) -> None:
    text = (
        "Saves,Date,Likes,Permalink,Publish time,Account ID,Post ID\n"
        "3,Lifetime,5,https://www.instagram.com/p/S1/,03/05/2026 10:00,1784,18000000000000001\n"
    )
    _, rows, _ = outcome(written(tmp_path, text))
    assert figures(rows) == {"saves": 3, "likes": 5}


def test_portuguese_posts_are_read_month_first(tmp_path: Path) -> None:
    header = (
        "Identificação da publicação,Identificação da conta,Nome de usuário da conta,Nome da conta,Descrição,"
        "Duração (segundos),Horário de publicação,Link permanente,Tipo de publicação,Comentário de dados,Data,"
        "Visualizações,Curtidas,Compartilhamentos,Comentários,Salvamentos,Alcance,Seguimentos"
    )
    row = "18000000000000001,1784,loja,Loja,Olá,0,03/04/2026 09:48,https://www.instagram.com/p/S1/,Foto,,Vitalício,9,8,7,6,5,4,3"
    recognition, rows, _ = outcome(written(tmp_path, f"{header}\n{row}\n", "utf-8-sig"))
    assert recognition.language == "pt"
    assert rows[0].start == date(2026, 3, 4)
    assert figures(rows) == {
        "views": 9,
        "likes": 8,
        "shares": 7,
        "comments": 6,
        "saves": 5,
        "reach": 4,
        "new_followers": 3,
    }


def test_a_file_wrapped_line_by_line_gives_the_same_figures(tmp_path: Path) -> None:
    wrapped = "\n".join('"' + line.replace('"', '""') + '"' if '"' in line else line for line in POSTS.splitlines())
    head, rest = wrapped.split("\n", 1)
    path = written(tmp_path, f'"{head}"\n{rest}\n', "utf-8-sig")
    _, rows, _ = outcome(path)
    _, plain_rows, _ = outcome(FILES / "instagram_posts.csv")
    assert [(row.measure, row.value, row.subject) for row in rows] == [
        (row.measure, row.value, row.subject) for row in plain_rows
    ]


def changed(tmp_path: Path, old: str, new: str) -> Path:
    assert old in POSTS
    return written(tmp_path, POSTS.replace(old, new, 1), "utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("03/02/2026 09:48", "", "no_publish_time"),
        ("03/02/2026 09:48", "13/32/2026 09:48", "bad_date"),
        ("Lifetime,520", "03/02/2026,520", "not_lifetime"),
        ("Lifetime,520", "12,520", "too_many_cells"),
        ("18000000000000001,", "1.8E+16,", "id_destroyed"),
    ],
)
def test_a_row_that_cannot_be_placed_is_refused_whole(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = changed(tmp_path, old, new)
    if code == "id_destroyed":
        assert refusal_code(path) == "ids_destroyed"
        return
    _, rows, problems = outcome(path)
    assert problems[code] == 1
    assert figures(rows)["views"] == 1800


def test_ids_written_out_after_rounding_are_noticed_too(tmp_path: Path) -> None:
    header = "Post ID,Account ID,Publish time,Likes\n"
    rounded = "".join(f"1800000000000{n}00,1784,03/0{n}/2026 10:00,5\n" for n in range(1, 5))
    assert refusal_code(written(tmp_path, header + rounded)) == "ids_destroyed"


def test_video_files_with_many_columns_are_read_by_the_few_that_are_known(tmp_path: Path) -> None:
    extra = [f"Retention {n}" for n in range(200)]
    header = ["Video asset ID", "Universal video ID", "Page ID", "Publish time", "Date", "Reach", "3-second video views"]
    row = ["900000000000001", "1", "100", "03/05/2026 10:00", "Lifetime", "40", "12"]
    text = ",".join(header + extra) + "\n" + ",".join(row + ["0.5"] * 200) + "\n"
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert recognition.platforms == ("facebook",)
    assert figures(rows) == {"reach": 40, "video_views_3s": 12}
    assert sum(column.reason == "unknown_column" for column in recognition.columns) == 200
