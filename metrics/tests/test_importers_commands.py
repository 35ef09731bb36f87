import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from metrics.importers.trial import try_out
from metrics.tests.importing import FILES, written


def dry_run(path: Path, **options: Any) -> tuple[dict[str, Any], int]:
    """The JSON that the command ends with, and its exit code. No test here may touch the database, nor can."""
    out = io.StringIO()
    code = 0
    try:
        call_command("import_metrics", str(path), dry_run=True, json=True, stdout=out, **options)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(out.getvalue().splitlines()[-1]), code


def test_a_dry_run_tells_what_would_be_stored() -> None:
    answer, code = dry_run(FILES / "meta_visits_two_networks.csv")
    assert code == 0
    assert answer == {
        "recognised": "meta_overview",
        "kind": "daily",
        "rows": 4,
        "date_min": "2026-03-01",
        "date_max": "2026-03-02",
        "sums": {"profile_visits": "94"},
        "skipped": {},
        "refused": None,
    }


def test_a_refusal_is_told_in_json_too_and_ends_with_one() -> None:
    answer, code = dry_run(FILES / "meta_audience.csv")
    assert code == 1
    assert answer["recognised"] == "meta_overview"
    assert "no time series" in answer["refused"]
    assert (answer["rows"], answer["sums"], answer["date_min"]) == (0, {}, None)


def test_an_unknown_file_is_recognised_as_nothing(tmp_path: Path) -> None:
    answer, code = dry_run(written(tmp_path, "Planet,Moons\nMars,2\n"))
    assert code == 1
    assert (answer["recognised"], answer["kind"]) == (None, None)


def test_sums_are_exact(tmp_path: Path) -> None:
    text = "date,ad_spend\n2026-03-01,0.1\n2026-03-02,0.2\n2026-03-03,999999999999999.7\n"
    answer, _ = dry_run(written(tmp_path, text))
    assert answer["sums"] == {"ad_spend": "1000000000000000"}


def test_of_repeated_rows_the_later_counts_and_the_earlier_is_reported(tmp_path: Path) -> None:
    text = "date,likes,reach\n2026-03-01,5,50\n2026-03-01,7,\n2026-03-02,1,9\n2026-03-02,2,8\n"
    answer, _ = dry_run(written(tmp_path, text))
    assert answer["sums"] == {"likes": "9", "reach": "58"}
    assert answer["skipped"] == {"duplicate": 2}
    assert answer["rows"] == 3


def test_a_posts_figure_is_repeated_whatever_its_date(tmp_path: Path) -> None:
    text = "date,post_id,likes\n2026-03-01,7,5\n2026-03-02,7,6\n2026-03-02,8,1\n"
    assert try_out(written(tmp_path, text)).settled is not None
    answer, _ = dry_run(written(tmp_path, text))
    assert (answer["sums"], answer["rows"], answer["skipped"]) == ({"likes": "7"}, 2, {"duplicate": 1})


def test_a_year_completes_dates(tmp_path: Path) -> None:
    answer, _ = dry_run(written(tmp_path, "date,likes\nApril 12,1\n"), year=2025)
    assert answer["date_min"] == "2025-04-12"


def test_people_read_sums_reasons_and_the_columns_left_out() -> None:
    out = io.StringIO()
    call_command("import_metrics", str(FILES / "facebook_posts.csv"), "--dry-run", stdout=out)
    text = out.getvalue()
    assert "Meta Business Suite: posts: 2 rows, 2026-03-03 to 2026-03-13" in text
    assert "likes: 60" in text
    assert "skipped, no_identity: 1" in text
    assert "Reactions, Comments and Shares: The sum of other columns" in text


def test_a_file_with_several_tables_tells_each_of_them() -> None:
    told, _ = dry_run(FILES / "linkedin_personal.xlsx")
    assert {"recognised": told["recognised"], "kind": told["kind"]} == {"recognised": "linkedin_personal", "kind": "mixed"}
    assert [table["title"] for table in told["tables"]] == ["DISCOVERY", "ENGAGEMENT", "TOP POSTS", "FOLLOWERS", "DEMOGRAPHICS"]
    assert told["tables"][1] == {
        "title": "ENGAGEMENT",
        "recognised": "linkedin_personal",
        "kind": "daily",
        "rows": 3,
        "date_min": "2026-03-01",
        "date_max": "2026-03-14",
        "sums": {"engagements": "3", "impressions": "60"},
        "skipped": {},
        "refused": None,
    }
    assert told["tables"][4]["refused"].startswith("This is a breakdown")
    assert told["rows"] == sum(table["rows"] for table in told["tables"])
    assert told["refused"] is None


def test_a_file_of_one_table_has_no_list_of_tables() -> None:
    assert "tables" not in dry_run(FILES / "x_overview.csv")[0]


@pytest.mark.parametrize("arguments", [["nowhere.csv", "--dry-run"], ["nowhere.csv", "--dry-run", "--year", "25"]])
def test_wrong_usage_is_told_apart_from_a_refused_file(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_metrics", *arguments)
    assert caught.value.returncode == 2 or "--year" in str(caught.value)


def test_a_folder_of_exports_is_tried_file_by_file() -> None:
    out = io.StringIO()
    call_command("check_exports", str(FILES), stdout=out)
    tables = [line for line in out.getvalue().splitlines() if line.startswith("    ")]
    lines = [line for line in out.getvalue().splitlines() if line not in tables]
    assert len(lines) == len(list(FILES.iterdir())) + 1
    assert "    Metrics: 3 rows, 2026-03-01 to 2026-03-13" in tables
    assert any(line.startswith("    DEMOGRAPHICS: set aside: This is a breakdown") for line in tables)
    assert lines[-1] == f"{len(lines) - 2} imported, 1 refused"
    assert "meta_alcance.csv: meta_overview, daily, 2 rows, 2026-03-01 to 2026-03-02, reach 3842" in lines


def test_a_folder_that_is_not_there_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("check_exports", "/nowhere/at/all")
