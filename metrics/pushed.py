"""Figures that a program brings: written down as a table of ours, and imported as one, in full or not at all."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import override

from brands import problems
from brands.models import Brand, User
from brands.problems import Problem
from metrics import imports
from metrics.importers.words import network_of
from metrics.imports.owners import key_of
from metrics.imports.staging import BRAND
from metrics.imports.words import say
from metrics.models import Import, ImportIssue

MOST_ROWS = 1_000
# The last column makes every file another one: the same figures again may have been replaced by others meanwhile.
HEADINGS = ("start", "end", "channel", "measure", "value", "currency", "post_id", "permalink", "published_at", "request")
OF_THE_BRAND = "#brand"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


class Figure(Protocol):
    measure: str
    value: Decimal
    start: date
    end: date | None
    channel: int | None
    currency: str
    post_id: str
    permalink: str


def push(brand: Brand, user: User, sender: str, figures: Sequence[Figure], as_of: date | None = None) -> Import:
    """The saved import. Raises Problem with each row that cannot be taken and why; then nothing is saved."""
    if wrong := [*_wrong_before(brand, figures)]:
        raise _refused(wrong)
    options = {"channels": _owners(figures)} | ({"as_of": as_of.isoformat()} if as_of else {})
    name = f"API {timezone.now():%Y-%m-%d %H.%M.%S} {sender}"[:240] + ".csv"
    import_, _is_new = imports.receive(brand, user, ContentFile(_table(figures), name=name), **options)
    imports.check(import_.pk)
    import_.refresh_from_db()
    wrong = [*_wrong(import_)]
    if wrong or import_.status != Import.Status.CHECKED or not imports.queue(import_):
        refusal = import_.refusal
        _forget(import_)
        raise _refused(wrong or [problems.error("/rows", _say(refusal), refusal.get("code", "failed"))])
    imports.apply(import_.pk)
    import_.refresh_from_db()
    if import_.status != Import.Status.APPLIED:
        raise RuntimeError(f"Import {import_.pk} of figures that a program brought was not saved")
    return import_


def _refused(errors: list[dict[str, str]]) -> Problem:
    return Problem(422, f"Nothing was saved: {len(errors)} of the figures cannot be taken.", errors=errors)


def _wrong_before(brand: Brand, figures: Sequence[Figure]) -> Iterator[dict[str, str]]:
    """What a table could not say."""
    own = set(brand.channels.values_list("pk", flat=True))
    for place, figure in enumerate(figures):
        if figure.channel is not None and figure.channel not in own:
            yield problems.error(f"/rows/{place}/channel", "Not a channel of this brand.", "unknown_channel")
        for name in ("measure", "post_id", "permalink"):
            if _CONTROLS.search(getattr(figure, name)):
                yield problems.error(f"/rows/{place}/{name}", "Holds characters that cannot be read.", "bad_characters")


def _wrong(import_: Import) -> Iterator[dict[str, str]]:
    """The rows that the check left out, whatever for: nothing of what a program says is passed over in silence."""
    for issue in import_.issues.filter(line__gt=1).order_by("line", "pk"):
        yield problems.error(f"/rows/{issue.line - 2}{_place(issue)}", _say_issue(issue), issue.code)


def _place(issue: ImportIssue) -> str:
    return f"/{issue.column}" if issue.column in HEADINGS else ""


def _say_issue(issue: ImportIssue) -> str:
    return _say({"code": issue.code, "params": {"raw": issue.raw, "column": issue.column} | issue.params})


def _say(refusal: dict) -> str:
    with override("en"):
        return say(refusal.get("code", "failed"), refusal.get("params"))


def _forget(import_: Import) -> None:
    imports.cancel(import_)
    import_.file.delete(save=False)
    import_.delete()


def _owner(figure: Figure) -> str:
    return OF_THE_BRAND if figure.channel is None else f"#{figure.channel}"


def _owners(figures: Sequence[Figure]) -> dict[str, str]:
    """Whose each row is, as a person says it in the preview. A link names its network beside the channel."""
    chosen = {}
    for figure in figures:
        whose = BRAND if figure.channel is None else str(figure.channel)
        for platform in {"", network_of(figure.permalink)}:
            chosen[key_of(platform, _owner(figure))] = whose
    return chosen


def _table(figures: Sequence[Figure]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    mark = uuid4().hex
    for figure in figures:
        went_out = figure.start if figure.post_id or figure.permalink else ""
        writer.writerow([
            figure.start, figure.end or figure.start, _owner(figure), figure.measure, _plain(figure.value), figure.currency,
            figure.post_id, figure.permalink, went_out, mark,
        ])  # fmt: skip
    return text.getvalue().encode()


def _plain(value: Decimal) -> str:
    """With all six places where it is no whole number: 1.234 alone could mean two things."""
    whole = value.to_integral_value()
    return f"{whole:f}" if whole == value else f"{value:.6f}"
