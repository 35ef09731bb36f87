"""Meta's files in other languages, of older years, with more columns, and as spreadsheets leave them."""

import codecs
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.importers import Certainty, recognise
from metrics.importers.trial import try_out
from metrics.tests.importing import figures, outcome, refusal_code, written

ROWS = '"2026-03-01T01:00:00","5"\n"2026-03-02T00:00:00","14"\n'


def results(title: str, header: str = '"Date","Primary"', rows: str = ROWS) -> bytes:
    return codecs.BOM_UTF16_LE + f'sep=,\n"{title}"\n{header}\n{rows}'.encode("utf-16-le")


@pytest.mark.parametrize(
    ("title", "header", "measure", "platform", "certainty"),
    [
        ("Facebook reach", '"Date","Primary"', "reach", "facebook", "known"),
        ("Alcance", '"Data","Primary"', "reach", "instagram", "known"),
        ("Visitas ao perfil do Instagram", '"Data","Primary"', "profile_visits", "instagram", "known"),
        ("Охват на Facebook", '"Дата","Primary"', "reach", "facebook", "by_name"),
        ("Охват в Instagram", '"Дата","Основное"', "reach", "instagram", "by_name"),
        ("Просмотры", '"Дата","Primary"', "views", "", "by_name"),
        ("Взаимодействия с контентом", '"Дата","Primary"', "platform_interactions", "", "by_name"),
        ("Клики по ссылке", '"Дата","Primary"', "link_clicks", "", "by_name"),
        ("Подписки", '"Дата","Primary"', "new_followers", "", "by_name"),
        ("Посещения профиля Instagram", '"Дата","Primary"', "profile_visits", "instagram", "by_name"),
        ("Qamrov", '"Sana","Primary"', "reach", "", "by_name"),
        ("Koʻrishlar", '"Sana","Asosiy"', "views", "", "by_name"),
        ("Қамров", '"Сана","Primary"', "reach", "", "by_name"),
        ("Visualizaciones", '"Fecha","Primary"', "views", "", "by_name"),
        ("Visitas", '"Fecha","Primary"', "profile_visits", "", "known"),
        ("Clics en el enlace", '"Fecha","Primary"', "link_clicks", "", "by_name"),
        ("Reichweite", '"Datum","Primary"', "reach", "", "by_name"),
        ("Aufrufe", '"Datum","Primary"', "views", "", "by_name"),
        ("Couverture", '"Date","Principal"', "reach", "", "by_name"),
        ("Copertura", '"Data","Primary"', "reach", "", "by_name"),
        ("Visualizzazioni", '"Data","Primary"', "views", "", "by_name"),
        ("Erişim", '"Tarih","Primary"', "reach", "", "by_name"),
    ],
)
def test_results_are_read_in_other_languages(
    tmp_path: Path, title: str, header: str, measure: str, platform: str, certainty: str
) -> None:
    recognition, rows, problems = outcome(written(tmp_path, results(title, header)))
    assert recognition.importer is not None
    assert recognition.importer.id == "meta_overview"
    assert not problems
    assert [(row.start, row.measure, row.value, row.platform) for row in rows] == [
        (date(2026, 3, 1), measure, 5, platform),
        (date(2026, 3, 2), measure, 14, platform),
    ]
    assert [column.certainty.value for column in recognition.columns] == [certainty]


@pytest.mark.parametrize("title", ["Подписчики", "Obunachilar", "Abonnenten", "Takipçiler"])
def test_how_many_followers_there_are_is_never_guessed_from_a_title(tmp_path: Path, title: str) -> None:
    assert refusal_code(written(tmp_path, results(title, '"Дата","Primary"'))) == "no_measure"


def test_files_of_2020_name_the_column_after_the_measure(tmp_path: Path) -> None:
    text = codecs.BOM_UTF16_LE + ('sep=,\n"Facebook Page reach"\n"Date","Facebook Page reach"\n' + ROWS).encode("utf-16-le")
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert (recognition.platforms, figures(rows)) == (("facebook",), {"reach": 19})


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF16_LE
        + "Facebook reach\t\t\nDate\tPrimary\t\n2026-03-01T01:00:00\t5\t\n2026-03-02\t14\t\n".encode("utf-16-le"),
        b"Facebook reach\r\nDate;Primary\r\n2026-03-01T01:00:00;5\r\n2026-03-02T00:00:00;14\r\n",
        b"sep=;\nFacebook reach;\nDate;Primary\n01.03.2026;5\n02.03.2026;14\n",
        "Охват Facebook;\nДата;Primary\n01.03.2026 1:00;5\n02.03.2026 0:00;14\n".encode("cp1251"),
        b"Facebook reach\nDate,Primary\n2026-03-01,5\n2026-03-02,14\nTotal,19\n",
    ],
)
def test_results_that_a_spreadsheet_saved_anew_are_read(tmp_path: Path, content: bytes) -> None:
    _, rows, _ = outcome(written(tmp_path, content))
    assert {row.start for row in rows} == {date(2026, 3, 1), date(2026, 3, 2)}
    assert figures(rows) == {"reach": 19}


def test_percentages_that_became_dates_refuse_a_breakdown_as_one(tmp_path: Path) -> None:
    text = "Возраст и пол;;\n;Женщины;Мужчины\n18-24;3.апр;2.май\n25-34;10,1;4.июн\n"
    trial = try_out(written(tmp_path, text, "cp1251"))
    assert trial.refused is not None
    assert trial.refused.code == "breakdown"


def test_figures_that_became_dates_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "Охват Facebook;\nДата;Primary\n01.03.2026;3.апр\n02.03.2026;14\n", "cp1251")
    _, rows, problems = outcome(path)
    assert (figures(rows), problems) == ({"reach": 14}, {"spreadsheet_date": 1})


@pytest.mark.parametrize(
    "title", ["Age & gender", "Edad y género", "Alter und Geschlecht", "Âge et genre", "Возраст и пол", "Yosh va jins"]
)
def test_audiences_are_breakdowns_in_any_language(tmp_path: Path, title: str) -> None:
    assert refusal_code(written(tmp_path, f'sep=,\n"{title}"\n"","A","B"\n"18-24","10.6","6.5"\n', "utf-16")) == "breakdown"


SPANISH = (
    "Identificador de la publicación,Identificador de la cuenta,Nombre de usuario de la cuenta,Nombre de la cuenta,"
    "Descripción,Duración (segundos),Hora de publicación,Enlace permanente,Tipo de publicación,Comentario de datos,Fecha,"
    "Visualizaciones,Alcance,Me gusta,Veces que se ha compartido,Comentarios,Veces guardado,Seguidores\n"
)
RUSSIAN = (
    "Идентификатор публикации,Идентификатор аккаунта,Имя пользователя аккаунта,Название аккаунта,Описание,Длительность (с),"
    "Время публикации,Постоянная ссылка,Тип публикации,Комментарий к данным,Дата,Просмотры,Охват,Отметки «Нравится»,"
    "Репосты,Комментарии,Сохранения,Подписки\n"
)
POST = (
    "17900000000000001,17841400000000001,dokon,Doʻkon,Yangi ipak,0,03/02/2026 09:15,https://www.instagram.com/p/Aa/,"
    "Imagen,,{lifetime},1000,800,50,6,7,8,9\n"
)


@pytest.mark.parametrize(("header", "lifetime"), [(SPANISH, "Total"), (RUSSIAN, "За все время")])
def test_posts_are_read_in_other_languages_with_american_dates(tmp_path: Path, header: str, lifetime: str) -> None:
    recognition, rows, problems = outcome(written(tmp_path, "\ufeff" + header + POST.format(lifetime=lifetime)))
    assert recognition.importer is not None
    assert recognition.importer.id == "meta_posts"
    assert not problems
    assert rows[0].start == date(2026, 3, 2)
    assert figures(rows) == {
        "views": 1000,
        "reach": 800,
        "likes": 50,
        "shares": 6,
        "comments": 7,
        "saves": 8,
        "new_followers": 9,
    }
    figures_by_name = {
        column.measure for column in recognition.columns if column.certainty is Certainty.BY_NAME and column.measure
    }
    assert "likes" in figures_by_name


def test_video_files_with_hundreds_of_columns_leave_out_the_parts_of_their_figures(tmp_path: Path) -> None:
    parts = [f"Views by country ({code})" for code in ("UZ", "KZ", "TR")]
    parts += [f"Percentage of Total Views at Interval {number}" for number in range(41)]
    parts += [f"Seconds viewed by age and gender ({age})" for age in ("18-24, F", "25-34, M")]
    parts += [f"3-second video views from {source}" for source in ("Shares", "Recommendations", "Followers")]
    header = (
        "Video asset ID,Universal video ID,Page ID,Page name,Title,Duration (sec),Publish time,Custom labels,Data comment,Date,"
        "Reach,3-second video views,1-minute video views,Seconds viewed,Average Seconds viewed,Estimated earnings (USD),"
    ) + ",".join(f'"{part}"' for part in parts)
    row = "1200000000000001,1200000000000002,100000000000001,Doʻkon,Ipak,62,03/02/2026 09:15,,,Lifetime,900,400,90,"
    row += "12345.678,30.8,1.234," + ",".join("7" for _ in parts)
    recognition, rows, problems = outcome(written(tmp_path, f"{header}\n{row}\n"))
    assert not problems
    assert figures(rows) == {
        "reach": 900,
        "video_views_3s": 400,
        "video_views_1m": 90,
        "watch_seconds": Decimal("12345.678"),
        "platform_earnings": Decimal("1.234"),
    }
    assert {column.reason for column in recognition.columns if column.header in parts} == {"part_of_other"}
    assert [column.header for column in recognition.columns if column.reason == "unknown_column"] == []


def test_facebooks_last_rows_end_early_and_their_cells_are_missing(tmp_path: Path) -> None:
    text = (
        "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,Post type,Date,"
        "Views,Reach,Views,Reactions,Comments,Shares,Seconds viewed,Average Seconds viewed,Estimated earnings (USD),Ad impressions\n"
        "120000000000000001,100000000000001,Doʻkon,Ipak,,0,03/02/2026 09:15,,https://www.facebook.com/1,Photos,Lifetime,"
        "10,9,8,3,2,1,0,0,0,4\n"
        "120000000000000002,100000000000001,Doʻkon,Libos,,0,03/03/2026 09:15,,https://www.facebook.com/2,Photos,Lifetime,"
        "20,19,18,3,2,1\n"
        "120000000000000003,100000000000001,Doʻkon,Gilam,,0,,,https://www.facebook.com/3,Photos,Lifetime,30,29,28,3,2,1\n"
    )
    recognition, rows, problems = outcome(written(tmp_path, text))
    assert problems == {"no_publish_time": 1}
    assert figures(rows) == {
        "views": 30,
        "reach": 28,
        "likes": 6,
        "comments": 4,
        "shares": 2,
        "watch_seconds": 0,
        "platform_earnings": 0,
        "ad_impressions": 4,
    }
    assert [column.reason for column in recognition.columns if column.header == "Views"] == ["", "duplicate_column"]


def test_raw_column_names_are_known(tmp_path: Path) -> None:
    text = (
        "Post ID,Page ID,Publish time,Permalink,Post type,Date,IMPRESSION:UNIQUE_USERS,Impressions\n"
        "120000000000000001,100000000000001,03/02/2026 09:15,https://www.facebook.com/1,Photos,Lifetime,51,70\n"
    )
    assert figures(outcome(written(tmp_path, text))[1]) == {"unique_impressions": 51, "impressions": 70}


def test_earnings_without_a_currency_are_left_out(tmp_path: Path) -> None:
    text = (
        "Post ID,Page ID,Publish time,Permalink,Date,Views,Estimated earnings\n"
        "120000000000000001,100000000000001,03/02/2026 09:15,https://www.facebook.com/1,Lifetime,51,7.5\n"
    )
    recognition = recognise(written(tmp_path, text))
    assert [column.reason for column in recognition.columns if column.header == "Estimated earnings"] == ["no_currency"]
