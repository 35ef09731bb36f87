"""Every table that leaves the product, with hostile words in the rows: no cell begins a formula, and figures stay figures."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.cells import MARKS, guarded, unguarded
from brands.models import Brand, Channel, Membership, Platform, Role, User
from calendar_app.models import Post, Publication
from metrics.tables import Table, columns, count, csv_lines, words
from smmplanner.tests.test_architecture import everything, short
from strategies.models import Strategy

HOSTILE = '=HYPERLINK("http://evil.example","x")'
FIGURE = re.compile(r"-\d+(\.\d+)?")


@pytest.fixture
def stage(db) -> Client:
    """A brand whose people named everything so."""
    user = User.objects.create_user("lead@example.uz", "parol-1234-uz", name=HOSTILE, language="en")
    brand = Brand.objects.create(name=HOSTILE, slug="atlas")
    Membership.objects.create(brand=brand, user=user, role=Role.LEAD)
    channel = Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="telegram"), handle="atlas")
    today = brand.today()
    strategy = Strategy.objects.create(brand=brand, name=HOSTILE, start=today - timedelta(20), end=today + timedelta(60))
    strategy.goals.create(goal_type="audience", text=HOSTILE, deadline=strategy.end)
    campaign = brand.campaigns.create(name=HOSTILE, start=today - timedelta(9), end=today)
    at = timezone.now() - timedelta(days=2)
    post = Post.objects.create(
        brand=brand, title=HOSTILE, text=HOSTILE, owner=user, strategy=strategy, campaign=campaign, state="approved"
    )
    Publication.objects.create(
        brand=brand, post=post, channel=channel, at=at, published_at=at, status="published", text_override=HOSTILE
    )
    brand.ledger_entries.create(kind="income", amount=Decimal(100), date=today, currency="UZS", note=HOSTILE, strategy=strategy)
    brand.observations.create(channel=channel, measure="followers", start=today, end=today, value=-5)
    survey = strategy.surveys.create(title=HOSTILE, language="uz")
    question = survey.questions.create(text=HOSTILE, kind="text")
    survey.responses.create(answers={str(question.pk): HOSTILE})
    brand.imports.create(name=HOSTILE, sha256="x", uploaded_by=user)
    client = Client()
    client.force_login(user)
    # Something that the log tells with these words.
    client.post(reverse("calendar:delete_post", args=["atlas", brand.posts.create(title=HOSTILE).pk]), {"version": 1})
    return client


def addresses(client: Client) -> list[str]:
    strategy, survey = Strategy.objects.get(), Strategy.objects.get().surveys.get()
    form = client.get(reverse("calendar:export", args=["atlas"])).context["form"]
    plan_formats = [value for value, _label in form.fields["format"].choices]
    tables = ("cards", "goals", "channels", "posts", "findings", "return", "entries", "imports")
    return [
        *(reverse("metrics:table_csv", args=["atlas", name]) for name in tables),
        reverse("metrics:table_csv", args=["atlas", "rows"]) + "?kpi=followers",
        reverse("metrics:trend_csv", args=["atlas", "audience_engagement"]),
        reverse("strategies:survey_csv", args=["atlas", strategy.pk, survey.pk]),
        reverse("brands:audit_log_csv", args=["atlas"]),
        *(
            reverse("calendar:export", args=["atlas"]) + f"?format={name}&channel={Channel.objects.get().pk}"
            for name in plan_formats
        ),
    ]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_cell_of_any_export_is_run(stage):
    seen = 0
    for address in addresses(stage):
        answer = stage.get(address)
        assert answer.status_code == 200, address
        content = body(answer)
        if content.startswith(b"PK"):
            seen += _look_at_workbook(content, address)
            continue
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(MARKS) and not FIGURE.fullmatch(cell)], address
        seen += sum("HYPERLINK" in cell for cell in cells)
    assert seen > 10


def _look_at_workbook(content: bytes, address: str) -> int:
    """Words are written as words: the file has no formula in it at all."""
    with ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(re.search(rb"<f[ >]", sheet) for sheet in sheets), address
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"], address
    return sum("HYPERLINK" in str(cell.value) for cell in cells)


def test_a_figure_below_zero_stays_a_figure_and_words_do_not_pass_for_one():
    table = Table("x", columns("Words", numbers=["Figure"]), [[words("-5"), count(Decimal(-5))]])
    assert list(csv_lines(table))[1] == "'-5,-5\r\n"


@pytest.mark.parametrize("mark", MARKS)
def test_what_is_guarded_comes_back_as_it_was(mark):
    for text in (f"{mark}1", f"'{mark}1", f"''{mark}", "plain", "'plain", ""):
        assert unguarded(guarded(text)) == text
        assert not guarded(text).startswith(MARKS)


# Who writes tables, so that a new one joins the walk above.
WRITERS = {
    # What a program pushed, kept for the importer to read.
    "metrics/pushed.py",
    "brands/views/audit.py", "calendar_app/plan_files/exporting.py", "calendar_app/views/plan_files.py", "metrics/reports/workbook.py",
    "metrics/spreadsheets.py", "metrics/tables.py", "strategies/views/surveys.py",
}  # fmt: skip


def test_every_writer_of_tables_is_known():
    writes = re.compile(r"csv\.writer\(|DictWriter\(|\.to_csv\(|\.to_excel\(|\bWorkbook\(")
    found = {short(path) for path in everything() if "demo" not in path.parts and writes.search(path.read_text())}
    assert found == WRITERS
