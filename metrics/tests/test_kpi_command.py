"""`manage.py kpi`: one KPI, the list, and one JSON object per line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from metrics.kpi import KPIS

ORACLE = json.loads((Path(__file__).parent / "kpi_oracle.json").read_text(encoding="utf-8"))
ROI = '{"kpi": "roi", "inputs": {"revenue": "1000", "cogs": "0", "investment": "500"}}'


def printed(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("kpi", *words, stdout=out, **options)
    return out.getvalue()


def answers(monkeypatch: pytest.MonkeyPatch, text: str | bytes, *, fails: bool = False) -> list[dict[str, Any]]:
    raw = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()
    if fails:
        with pytest.raises(CommandError, match="could not be worked out"):
            call_command("kpi", "--stdin", stdout=out)
    else:
        call_command("kpi", "--stdin", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_kpi_is_printed_with_its_working() -> None:
    assert printed("roi", "revenue=1000", "cogs=0", "investment=500").splitlines() == [
        "kpi      roi",
        "status   ok",
        "value    100.00",
        "unit     percent",
        "formula  (revenue − cost of goods − investment) ÷ investment × 100",
        "working  (1000 − 0 − 500) ÷ 500 × 100 = 100.00",
    ]


def test_a_missing_figure_is_named() -> None:
    text = printed("roi", "revenue=1000", "cogs=", "investment=500")
    assert "status   MISSING_INPUT\nvalue    —" in text
    assert "reason   Not recorded: cost of goods." in text


def test_weeks_are_written_with_commas() -> None:
    text = printed("schedule_adherence", "planned_per_week=3,3,3,3", "published_per_week=3,1,4,0")
    assert "value    58.33" in text
    assert "working  7 ÷ 12 × 100 = 58.33" in text


def test_weights_are_a_quarter_each_unless_given() -> None:
    scores = ("authenticity=0.8", "timeliness=0.6", "accuracy=0.9", "depth=0.5")
    assert "value    0.7000" in printed("ewom_quality", *scores)
    assert "MISSING_INPUT" in printed("ewom_quality", *scores[:3])


def test_the_list_has_every_kpi_with_unit_inputs_and_label() -> None:
    rows = [line.split("\t") for line in printed("--list").splitlines()]
    assert [row[0] for row in rows] == list(KPIS)
    assert ["roi", "percent", "revenue cogs investment", "Return on investment (ROI)"] in rows


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Give one of"),
        (("roi", "--list"), "Give one of"),
        (("--list", "--stdin"), "Give one of"),
        (("nonsense",), "There is no KPI “nonsense”"),
        (("roi", "profit=1"), "roi has no input “profit”; its inputs are revenue, cogs, investment"),
        (("roi", "revenue"), "“revenue” is not input=value"),
        (("roi", "revenue=1", "revenue=2"), "revenue is given twice"),
        (("roi", "revenue=1,5"), "revenue: “1,5” is not a number"),
        (("schedule_adherence", "planned_per_week=3,x"), "planned_per_week: “x” is not a number"),
    ],
)
def test_a_mistake_is_told_in_one_line(words: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        printed(*words)


def test_all_worked_examples_come_through_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n".join(json.dumps({"kpi": case["kpi"], "inputs": case["inputs"]}) for case in ORACLE["cases"])
    expected = [
        {
            "kpi": case["kpi"],
            "status": case["expected"]["status"],
            "value": case["expected"]["value"],
            "unit": case["unit"],
        }
        for case in ORACLE["cases"]
    ]
    assert answers(monkeypatch, lines) == expected


def test_an_answer_has_exactly_four_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers(monkeypatch, ROI) == [{"kpi": "roi", "status": "ok", "value": "100.00", "unit": "percent"}]


def test_null_absent_and_empty_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = '{"kpi":"roi","inputs":{"revenue":null,"cogs":"","investment":"5"}}\n{"kpi":"roi","inputs":{}}\n{"kpi":"roi"}'
    assert [answer["status"] for answer in answers(monkeypatch, lines)] == ["MISSING_INPUT"] * 3


def test_json_numbers_are_taken_to_the_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    line = '{"kpi": "bounce_rate", "inputs": {"single_page_visits": 0.12345, "total_visits": 1}}'
    assert answers(monkeypatch, line)[0]["value"] == "12.35"


def test_blank_lines_and_a_byte_order_mark_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(answers(monkeypatch, b"\xef\xbb\xbf" + ROI.encode() + b"\r\n\r\n  \n" + ROI.encode())) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "not a JSON object"),
        (b"[1]", "not a JSON object"),
        (b'"roi"', "not a JSON object"),
        (b"[" * 5000, "not a JSON object"),
        (b"\xff\xfe\x00", "not a JSON object"),
        (b"{}", "There is no KPI"),
        (b'{"kpi": null}', "There is no KPI"),
        (b'{"kpi": ["roi"]}', "There is no KPI"),
        (b'{"kpi": "nonsense"}', "There is no KPI “nonsense”".encode()),
        (b'{"kpi": "roi", "inputs": [1]}', "must be an object"),
        (b'{"kpi": "roi", "inputs": {"profit": "1"}}', "has no input “profit”".encode()),
        (b'{"kpi": "roi", "inputs": {"revenue": true}}', "revenue: “True” is not a number".encode()),
        (b'{"kpi": "roi", "inputs": {"revenue": {}}}', "is not a number"),
        (b'{"kpi": "roi", "inputs": {"revenue": ["1"]}}', "not a list"),
        (b'{"kpi": "roi", "inputs": {"revenue": NaN}}', "is not a number"),
        (b'{"kpi": "roi", "inputs": {"revenue": 1e999999999}}', "is not a number"),
        (b'{"kpi": "roi", "inputs": {"revenue": "ten"}}', "revenue: “ten” is not a number".encode()),
        (b'{"kpi": "schedule_adherence", "inputs": {"planned_per_week": [[1]]}}', "is not a number"),
        (b'{"kpi": "roi", "inputs": {"revenue": "' + b"1" * 200_000 + b'"}}', "longer than"),
    ],
)
def test_a_bad_line_is_an_error_and_the_next_one_is_answered(
    monkeypatch: pytest.MonkeyPatch, line: bytes, reason: str | bytes
) -> None:
    bad, good = answers(monkeypatch, line + b"\n" + ROI.encode(), fails=True)
    text = reason.decode() if isinstance(reason, bytes) else reason
    assert set(bad) == {"kpi", "status", "value", "unit", "reason"}
    assert (bad["status"], bad["value"]) == ("error", None)
    assert text in bad["reason"]
    assert good["status"] == "ok"
