"""The document as a PDF: tagged, in its language, with our own files only, drawn once for the same content."""

import re
import sys
import zlib

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brands.models import Role, User
from metrics import pdf
from metrics.tests import documents
from strategies.models import Strategy

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:fontTools"), pytest.mark.once]


@pytest.fixture(autouse=True)
def nothing_drawn_yet():
    caches["documents"].clear()


@pytest.fixture
def strategy(brand, instagram, person_in, monkeypatch) -> Strategy:
    monkeypatch.setattr(type(brand), "today", lambda self: documents.TODAY)
    strategy = documents.begun(brand)
    documents.fill(strategy, instagram, person_in(Role.LEAD))
    return strategy


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The pages that were drawn, without drawing them."""
    pages: list[str] = []
    monkeypatch.setattr(pdf, "_draw", lambda html, pictures: pages.append(html) or b"%PDF-fake")
    return pages


def address(strategy: Strategy) -> str:
    return f"/brands/atlas/strategies/{strategy.pk}/document.pdf"


def sign_in(client, role: Role) -> None:
    client.force_login(User.objects.filter(memberships__role=role).first())


def inflated(content: bytes) -> bytes:
    """The PDF with the objects inside its compressed streams laid open."""
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "uz"])
def test_the_pdf_is_tagged_in_its_language_with_its_title(client, strategy, language):
    User.objects.update(language=language)
    Strategy.objects.update(name="Oʻzbek bahori")
    sign_in(client, Role.LEAD)
    answer = client.get(address(strategy))
    content = b"".join(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert "atlas-" in answer["Content-Disposition"]
    assert content.startswith(b"%PDF-1.7")
    opened = inflated(content)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", opened)
    assert b"/StructTreeRoot" in opened
    assert re.search(rb"/Lang\s*\((%s)\)" % language.encode(), opened)
    assert b"/Outlines" in opened
    assert b"/DisplayDocTitle true" in opened
    for tag in (b"/H1", b"/H2", b"/H3", b"/Table", b"/TH", b"/Figure"):
        assert tag in opened, tag
    assert "Oʻzbek bahori".encode() in opened or utf16("Oʻzbek bahori") in opened.lower()
    fonts = {name.decode() for name in re.findall(rb"/BaseFont\s*/[A-Z]+\+([\w-]+)", opened)}
    assert fonts, "no font is embedded"
    assert all(name.startswith("Paper-") for name in fonts), f"a letter came from a font that is not ours: {fonts}"


def test_every_figure_of_the_pdf_has_words(client, strategy, drawn):
    sign_in(client, Role.LEAD)
    client.get(address(strategy))
    (page,) = drawn
    charts = re.findall(r"<svg(.*?)</svg>", page, re.DOTALL)
    assert charts
    assert not [chart[:80] for chart in charts if 'aria-hidden="true"' not in chart and not re.search(r"<title>[^<]", chart)]


def test_the_same_document_is_drawn_once(client, strategy, drawn):
    sign_in(client, Role.LEAD)
    assert b"".join(client.get(address(strategy))) == b"%PDF-fake"
    assert b"".join(client.get(address(strategy))) == b"%PDF-fake"
    assert len(drawn) == 1
    strategy.risks.create(name="Storm")
    client.get(address(strategy))
    assert len(drawn) == 2


def test_a_viewers_pdf_has_no_money(client, strategy, person_in, drawn):
    client.force_login(person_in(Role.VIEWER))
    client.get(address(strategy))
    assert "Leads 0" in drawn[0]
    assert not re.findall(r"UZS|Meta Ads|ROI", drawn[0])


@pytest.mark.parametrize(
    "asked",
    [
        "https://document.invalid/static/../../etc/passwd", "https://document.invalid/static/%2e%2e/settings.py",
        "https://document.invalid/media/personas/9/other.webp", "https://document.invalid/brands/", "file:///etc/passwd",
        "http://127.0.0.1:8000/", "https://example.com/x.png", "ftp://example.com/x", "data:text/plain,x",
    ],
)  # fmt: skip
def test_only_our_own_files_are_read(asked):
    from metrics import pdf_drawing

    fetcher = pdf_drawing.OwnFiles(lambda path: pdf._read(path, {"personas/1/mine.webp"}))
    with pytest.raises(ValueError, match=r"may not open|not a file|no static file"):
        fetcher.fetch(asked)


def test_a_style_and_a_picture_of_the_document_are_read(tmp_path, settings):
    from metrics import pdf_drawing

    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("personas/1/mine.webp", ContentFile(b"RIFF"))
    fetcher = pdf_drawing.OwnFiles(lambda path: pdf._read(path, {name}))
    assert b".sp-paper" in fetcher.fetch("https://document.invalid/static/css/document.css").read()
    assert fetcher.fetch(f"https://document.invalid/media/{name}").read() == b"RIFF"


def test_without_the_machines_libraries_a_page_says_so(client, strategy, monkeypatch):
    sign_in(client, Role.LEAD)

    class Broken:
        def find_spec(self, name, path=None, target=None):
            if name in ("metrics.pdf_drawing", "weasyprint"):
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "metrics.pdf_drawing", raising=False)
    monkeypatch.delattr("metrics.pdf_drawing", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    answer = client.get(address(strategy))
    assert answer.status_code == 503
    assert "lacks a library" in answer.content.decode()


def test_whoever_waits_too_long_is_told_to_try_again(client, strategy, monkeypatch):
    sign_in(client, Role.LEAD)
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pdf._ONE_AT_A_TIME:
        answer = client.get(address(strategy))
    assert answer.status_code == 503
    assert "Try again in a minute" in answer.content.decode()


def test_a_document_beyond_all_measure_is_not_drawn(drawn):
    with pytest.raises(pdf.PdfRefused, match="long"):
        pdf.pdf_of("x" * (pdf.LONGEST + 1))
    assert not drawn


def pages_of(table: str) -> list[list[str]]:
    """The words on each page of a document that holds this table."""
    from metrics import pdf_drawing  # fails where the machine has no Pango, as the other tests that draw do

    styles = "".join(f'<link rel="stylesheet" href="static/{name}">' for name in pdf.STYLES)
    page = f'<html lang="en"><head>{styles}</head><body><article class="sp-paper">{table}</article></body></html>'
    read = pdf_drawing.OwnFiles(lambda path: pdf._read(path, ()))
    drawn = pdf_drawing.HTML(string=page, base_url=pdf_drawing.BASE, url_fetcher=read).render()
    return [[box.text for box in sheet._page_box.descendants() if hasattr(box, "text")] for sheet in drawn.pages]


def rows(count: int) -> str:
    return "".join(f"<tr><th>line {row}</th><td>5</td></tr>" for row in range(count))


def test_the_sum_of_a_table_stands_once_at_its_end():
    foot = "<tfoot><tr><th>Together</th><td>500</td></tr></tfoot>"
    pages = pages_of(
        f'<table class="sp-paper__t"><thead><tr><th>Line</th><td>Sum</td></tr></thead><tbody>{rows(100)}</tbody>{foot}</table>'
    )
    assert len(pages) > 2
    assert ["Together" in words for words in pages] == [False] * (len(pages) - 1) + [True]
    assert all("Line" in words for words in pages)


def test_no_row_of_a_table_goes_to_another_page_alone():
    for count in range(25, 40):
        pages = pages_of(f'<table class="sp-paper__t"><tbody>{rows(count)}</tbody></table>')
        on_each = [sum(word.startswith("line ") for word in words) for words in pages]
        assert sum(on_each) == count
        assert min(on_each) > 1, on_each
