"""Work KPIs out from the command line: no database, one KPI at a time or one JSON object per line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.kpi.catalog import KPIS
from metrics.kpi.declaration import Kpi
from metrics.kpi.raw_inputs import RawFigures
from metrics.kpi.results import NotANumber, Result

LONGEST_LINE = 100_000


class Unusable(ValueError):
    """A request that cannot be worked out; the message tells the person what is wrong with it."""


class Command(BaseCommand):
    help = "Work out a KPI: kpi roi revenue=1000 cogs=0 investment=500. Lists are written 3,1,4."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="the KPI, as --list names it")
        parser.add_argument("inputs", nargs="*", metavar="input=value", help="its figures; left out or empty: missing")
        parser.add_argument("--list", action="store_true", help="name, unit, inputs and label of every KPI")
        parser.add_argument("--stdin", action="store_true", help="read one JSON object per line, write one per line")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"] + options["stdin"] + bool(options["name"]) != 1:
            raise CommandError("Give one of: the name of a KPI with its inputs, --list, --stdin.")
        if options["list"]:
            self.list_kpis()
        elif options["stdin"]:
            self.answer_lines()
        else:
            self.answer(options["name"], options["inputs"])

    def list_kpis(self) -> None:
        for kpi in KPIS.values():
            self.stdout.write("\t".join((kpi.name, kpi.unit, " ".join(kpi.raw_inputs), kpi.label.en)))

    def answer(self, name: str, words: list[str]) -> None:
        try:
            kpi = _kpi(name)
            figures = _known(kpi, _from_words(kpi, words))
            result = kpi.calculate_raw(figures)
        except (Unusable, NotANumber) as error:
            raise CommandError(str(error)) from None
        value = _value(kpi, result)
        self.stdout.write(f"kpi      {kpi.name}")
        self.stdout.write(f"status   {result.status}")
        self.stdout.write(f"value    {'—' if value is None else value}")
        self.stdout.write(f"unit     {kpi.unit}")
        if not result.ok:
            self.stdout.write(f"reason   {result.in_words()}")
        self.stdout.write(f"formula  {kpi.formula.in_words()}")
        self.stdout.write(f"working  {_working(kpi, figures, value)}")

    def answer_lines(self) -> None:
        failed = 0
        for line in _lines():
            answer = _answer(line)
            failed += answer["status"] == "error"
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()
        if failed:
            raise CommandError(f"{failed} of the lines could not be worked out.")


def _lines() -> Iterator[str]:
    """The lines of standard input that hold something. Bytes that are no text spoil their own line only."""
    source = getattr(sys.stdin, "buffer", sys.stdin)
    for line in source:
        text = line.decode(errors="replace") if isinstance(line, bytes) else line
        text = text.removeprefix("\ufeff").strip()
        if text:
            yield text


def _answer(line: str) -> dict[str, str | None]:
    name: str | None = None
    try:
        request = _object(line)
        name = request["kpi"] if isinstance(request.get("kpi"), str) else None
        kpi = _kpi(request.get("kpi"))
        result = kpi.calculate_raw(_known(kpi, _from_json(request.get("inputs"))))
    except (Unusable, NotANumber) as error:
        return {"kpi": name, "status": "error", "value": None, "unit": None, "reason": str(error)}
    return {"kpi": kpi.name, "status": result.status.value, "value": _value(kpi, result), "unit": kpi.unit.value}


def _object(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise Unusable(f"The line is longer than {LONGEST_LINE} characters.")
    try:
        request = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Unusable("The line is not a JSON object.") from None
    if not isinstance(request, dict):
        raise Unusable("The line is not a JSON object.")
    return request


def _kpi(name: Any) -> Kpi:
    if not isinstance(name, str) or name not in KPIS:
        raise Unusable(f"There is no KPI {_shown(name)}; --list names them.")
    return KPIS[name]


def _from_json(inputs: Any) -> RawFigures:
    if not isinstance(inputs, dict | None):
        raise Unusable("“inputs” must be an object of names and numbers.")
    for name, figure in (inputs or {}).items():
        figures = figure if isinstance(figure, list) else [figure]
        if any(part is not None and not isinstance(part, str) for part in figures):
            raise NotANumber(f"{name}: {_shown(figure)} is not a number")
    return inputs or {}


def _from_words(kpi: Kpi, words: list[str]) -> RawFigures:
    figures: dict[str, str | list[str | None]] = {}
    for word in words:
        name, sign, figure = word.partition("=")
        if not sign:
            raise Unusable(f"{_shown(word)} is not input=value.")
        if name in figures:
            raise Unusable(f"{name} is given twice.")
        figures[name] = list(figure.split(",")) if kpi.raw and name in kpi.raw.lists else figure
    return figures


def _known(kpi: Kpi, figures: RawFigures) -> RawFigures:
    unknown = [name for name in figures if name not in kpi.raw_inputs]
    if unknown:
        raise Unusable(f"{kpi.name} has no input {_shown(unknown[0])}; its inputs are {', '.join(kpi.raw_inputs)}.")
    return figures


def _value(kpi: Kpi, result: Result) -> str | None:
    value: Decimal | None = result.rounded(kpi.unit)
    return None if value is None else f"{value:f}"


def _working(kpi: Kpi, figures: RawFigures, value: str | None) -> str:
    prepared = kpi.prepare(figures)
    numbers: Mapping[str, Any] = {} if isinstance(prepared, Result) else prepared
    return f"{kpi.formula.with_numbers(numbers)} = {'—' if value is None else value}"


def _shown(word: Any) -> str:
    return f"“{str(word)[:60]}”"
