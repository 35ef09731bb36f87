"""YouTube Studio: tables of videos and of days, in several languages, and the zip as it is downloaded."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.importers import Certainty, Kind, recognise
from metrics.importers.trial import try_out
from metrics.tests.importing import figures, outcome, refusal_code, written, zipped

ENGLISH = (
    "Content,Video title,Video publish time,Views,Watch time (hours),Subscribers,Impressions,Impressions click-through rate (%)\n"
    "Total,,,130,2.75,-1,900,4.2\n"
    'aB3-_xYz012,"Paxta, ipak","Feb 19, 2023",100,2.5,3,600,5.0\n'
    "zz9-_xYz012,Libos,,30,0.25,-4,300,2.5\n"
)


def by_measure(path: Path) -> dict[str, Decimal]:
    return figures(outcome(path)[1])


def test_the_table_gives_the_figures_of_videos(tmp_path: Path) -> None:
    recognition, rows, problems = outcome(written(tmp_path, ENGLISH))
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind, recognition.platforms) == ("youtube_videos", Kind.POST, ("youtube",))
    assert problems == {"total_row": 1, "no_publish_time": 1}
    assert figures(rows) == {"views": 100, "watch_seconds": 9000, "net_new_followers": 3, "impressions": 600}
    subject = rows[0].subject
    assert subject is not None
    assert (subject.platform_id, subject.permalink, subject.text) == (
        "aB3-_xYz012",
        "https://www.youtube.com/watch?v=aB3-_xYz012",
        "Paxta, ipak",
    )
    assert rows[0].start == date(2023, 2, 19)
    assert {column.header: column.reason for column in recognition.columns if column.reason} == {
        "Impressions click-through rate (%)": "rate"
    }


def test_subscribers_may_be_below_zero_and_are_never_how_many_there_are(tmp_path: Path) -> None:
    path = written(tmp_path, ENGLISH.replace("Libos,,", 'Libos,"Mar 1, 2023",'))
    assert by_measure(path)["net_new_followers"] == -1
    assert "followers" not in recognise(path).measures


@pytest.mark.parametrize(
    ("header", "total"),
    [
        (
            "Con­tent,Vi­deo ti­tle,Video publish time,Views,Watch time (hours),Subscribers,Impressions,Estimated revenue (USD)",
            "Total",
        ),
        (
            "Videos,Vi\u00adde\u00adoti\u00adtel,Ver\u00adöf\u00adfent\u00adli\u00adchungs\u00adzeit\u00adpunkt des Videos,"
            "Auf\u00adru\u00adfe,Wie\u00adder\u00adga\u00adbe\u00adzeit (Stun\u00adden),Abon\u00adnen\u00adten,Im\u00adpres\u00adsi\u00adonen,"
            "Geschätzter Umsatz (USD)",
            "Gesamt",
        ),
        (
            "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Visualizações,Tempo de exibição (horas),Inscritos,"
            "Impressões,Receita estimada (USD)",
            "Total",
        ),
        (
            "Contenido,Título del vídeo,Hora de publicación del vídeo,Visualizaciones,Tiempo de visualización (horas),"
            "Suscriptores,Impresiones,Ingresos estimados (USD)",
            "Total",
        ),
        (
            "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Vues,Durée de visionnage (heures),Abonnés,"
            "Impressions,Revenus estimés (USD)",
            "Total",
        ),
        (
            "Контент,Название видео,Время публикации видео,Просмотры,Время просмотра (часы),Подписчики,"
            "Показы для значков,Расчетный доход (USD)",
            "Итоговое значение",
        ),
        (
            "Contenuti,Titolo video,Ora di pubblicazione del video,Visualizzazioni,Tempo di visualizzazione (ore),Iscritti,"
            "Impressioni,Entrate stimate (USD)",
            "Totale",
        ),
        (
            "İçerik,Video başlığı,Video yayınlanma zamanı,Görüntülemeler,İzlenme süresi (saat),Aboneler,"
            "Gösterimler,Tahmini gelir (USD)",
            "Toplam",
        ),
        (
            "Kontent,Video nomi,Video nashr vaqti,Koʻrishlar,Tomosha vaqti (soat),Obunachilar,Koʻrsatishlar,Taxminiy daromad (USD)",
            "Hammasi bir yoʻla",
        ),
    ],
)
def test_the_same_table_is_read_in_other_languages(tmp_path: Path, header: str, total: str) -> None:
    row = 'aB3-_xYz012,Paxta,"Feb 19, 2023",100,0.5,7,600,8.125\n'
    recognition, rows, problems = outcome(written(tmp_path, f"{header}\n{total},,,100,0.5,7,600,8.125\n{row}"))
    assert recognition.importer is not None
    assert recognition.importer.id == "youtube_videos"
    assert problems == {"total_row": 1}
    assert figures(rows) == {
        "views": 100,
        "watch_seconds": 1800,
        "net_new_followers": 7,
        "impressions": 600,
        "platform_earnings": Decimal("8.125"),
    }
    assert {row.currency for row in rows if row.measure == "platform_earnings"} == {"USD"}


def test_other_columns_in_other_order_become_measures_of_their_own_or_say_why_not(tmp_path: Path) -> None:
    text = (
        "Content,Video title,Video publish time,Duration,Likes,Dislikes,Subscribers gained,Subscribers lost,Shown in feed,"
        "Viewed (vs. swiped away) (%),Average view duration,Average percentage viewed (%),Engaged views,Unique viewers,"
        'New viewers,Returning viewers,Comments added,Shares,RPM (USD),Something new\naB3-_xYz012,Paxta,"Feb 19, 2023",62,'
        "5,1,4,2,70,38.2,0:05:12,83.8,60,50,40,10,3,2,1.25,9\n"
    )
    recognition, rows, problems = outcome(written(tmp_path, text))
    assert not problems
    assert figures(rows) == {
        "likes": 5,
        "dislikes": 1,
        "new_followers": 4,
        "lost_followers": 2,
        "feed_impressions": 70,
        "engaged_views": 60,
        "viewers": 50,
        "new_viewers": 40,
        "returning_viewers": 10,
        "comments": 3,
        "shares": 2,
    }
    assert {column.header: column.reason for column in recognition.columns if column.reason} == {
        "Duration": "describes",
        "Viewed (vs. swiped away) (%)": "rate",
        "Average view duration": "average",
        "Average percentage viewed (%)": "rate",
        "RPM (USD)": "rate",
        "Something new": "unknown_column",
    }


def test_money_without_a_currency_is_left_out(tmp_path: Path) -> None:
    text = 'Content,Video title,Video publish time,Views,Estimated revenue\naB3-_xYz012,Paxta,"Feb 19, 2023",100,8.1\n'
    recognition, rows, _ = outcome(written(tmp_path, text))
    assert figures(rows) == {"views": 100}
    assert [column.reason for column in recognition.columns if column.reason] == ["no_currency"]


def test_a_row_that_is_no_video_is_told(tmp_path: Path) -> None:
    text = 'Content,Video title,Video publish time,Views\nnot a video,Paxta,"Feb 19, 2023",100\n'
    assert outcome(written(tmp_path, text))[2] == {"no_video_id": 1}


def test_three_places_are_a_fraction_where_platforms_write_a_point(tmp_path: Path) -> None:
    text = (
        "Content,Video title,Video publish time,Watch time (hours),Estimated revenue (USD)\n"
        'aB3-_xYz012,Paxta,"Feb 19, 2023",375.661,914.456\nzz9-_xYz012,Libos,"Feb 20, 2023",1.5,128.670\n'
    )
    assert by_measure(written(tmp_path, text)) == {
        "watch_seconds": Decimal("1357779.6"),
        "platform_earnings": Decimal("1043.126"),
    }


def test_a_spreadsheet_that_writes_commas_is_understood_only_where_it_says_so(tmp_path: Path) -> None:
    header = "Content;Video title;Video publish time;Watch time (hours);Estimated revenue (EUR)\n"
    sure = header + "aB3-_xYz012;Paxta;Feb 19, 2023;375,5;914,456\n"
    assert by_measure(written(tmp_path, sure)) == {"watch_seconds": 1351800, "platform_earnings": Decimal("914.456")}
    for cells in ("375,661;914,456", "375.661;914.456"):
        _, rows, problems = outcome(written(tmp_path, f"{header}aB3-_xYz012;Paxta;Feb 19, 2023;{cells}\n"))
        assert (rows, problems) == ([], {"ambiguous_number": 2})
    both = header + "aB3-_xYz012;Paxta;Feb 19, 2023;375,5;10\nzz9-_xYz012;Libos;Feb 19, 2023;0.5;10.5\n"
    assert by_measure(written(tmp_path, both)) == {"watch_seconds": 1353600, "platform_earnings": Decimal("20.5")}


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("1 234.5", 4444200), ("1,502,418.2753", "5408705791.08"), ("0", 0), ("12", 43200), ("0.0001", "0.36")],
)
def test_hours_become_seconds_however_they_are_grouped(tmp_path: Path, cell: str, seconds: str) -> None:
    text = f'Content,Video title,Video publish time,Watch time (hours)\naB3-_xYz012,Paxta,"Feb 19, 2023","{cell}"\n'
    assert by_measure(written(tmp_path, text)) == {"watch_seconds": Decimal(seconds)}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.5e3", "rounded_number"),
        ("5 h", "not_a_number"),
        ("3.апр", "spreadsheet_date"),
        ("-1", "negative"),
        ("12%", "percentage"),
    ],
)
def test_hours_that_are_none_are_refused_for_what_they_are(tmp_path: Path, cell: str, code: str) -> None:
    text = f'Content,Video title,Video publish time,Watch time (hours)\naB3-_xYz012,Paxta,"Feb 19, 2023","{cell}"\n'
    assert outcome(written(tmp_path, text))[2] == {code: 1}


def test_totals_of_days_are_daily_figures(tmp_path: Path) -> None:
    recognition, rows, problems = outcome(written(tmp_path, "Da\u00adtum,Auf\u00adru\u00adfe\n2026-01-01,5\n2026-01-02,7\n"))
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.kind) == ("youtube_days", Kind.DAILY)
    assert not problems
    assert figures(rows) == {"views": 12}
    assert recognition.language == "de"


def test_a_table_by_date_is_daily_and_its_total_dropped(tmp_path: Path) -> None:
    text = "Date,Views,Watch time (hours),Subscribers\nTotal,30,1.5,-1\n2026-01-01,10,0.5,1\n2026-01-02,20,1,-2\n"
    recognition, rows, problems = outcome(written(tmp_path, text))
    assert recognition.importer is not None
    assert recognition.importer.id == "youtube_days"
    assert problems == {"total_row": 1}
    assert figures(rows) == {"views": 30, "watch_seconds": 5400, "net_new_followers": -1}


def test_single_videos_by_day_are_set_aside_with_their_reason(tmp_path: Path) -> None:
    text = 'Date,Content,Video title,Video publish time,Views\n2026-01-01,aB3-_xYz012,Paxta,"Feb 19, 2023",10\n'
    assert refusal_code(written(tmp_path, text)) == "daily_posts"


@pytest.mark.parametrize("first", ["Traffic source", "Geography", "Viewer age", "Источник трафика"])
def test_breakdowns_are_refused_as_breakdowns(tmp_path: Path, first: str) -> None:
    assert refusal_code(written(tmp_path, f"{first},Views,Watch time (hours)\nTotal,3,1\nA,3,1\n")) == "breakdown"


def test_the_three_tables_of_a_zip_are_two_ledgers_and_one_set_aside(tmp_path: Path) -> None:
    chart = 'Date,Content,Video title,Video publish time,Views\n2026-01-01,aB3-_xYz012,Paxta,"Feb 19, 2023",10\n'
    archive = {"Table data.csv": ENGLISH, "Chart data.csv": chart, "Totals.csv": "Date,Views\n2026-01-01,10\n2026-01-02,3\n"}
    trial = try_out(written(tmp_path, zipped(archive)))
    recognition = trial.recognition
    assert [table.importer.id if table.importer else "" for table in recognition.tables] == [
        "youtube_videos",
        "youtube_videos",
        "youtube_days",
    ]
    assert [table.refused.code if table.refused else "" for table in recognition.tables] == ["", "daily_posts", ""]
    assert recognition.platforms == ("youtube",)
    assert trial.settled is not None
    tables = trial.settled.tables
    assert (tables[0].sums["views"], tables[2].sums["views"]) == (100, 13)
    assert tables[1].skipped == {"table_set_aside": 1}


def test_a_table_of_days_alone_is_anybodys(tmp_path: Path) -> None:
    recognition = recognise(written(tmp_path, "Date,Views\n2026-01-01,10\n"))
    assert recognition.importer is not None
    assert (recognition.importer.id, recognition.platforms) == ("generic_csv", ())
    assert recognition.columns[1].certainty is Certainty.KNOWN
