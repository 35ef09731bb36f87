"""A report as files: the PDF from the same page as on the screen, the workbook with real numbers and days."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import slugify

from metrics import pdf

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_of(said: dict[str, Any]) -> bytes:
    """Tagged, in the report's language. Raises pdf.PdfRefused."""
    with translation.override(said["language"]):
        return pdf.pdf_of(render_to_string("metrics/report_pdf.html", {"said": said}))


def file_name(said: dict[str, Any], suffix: str) -> str:
    """What the file is called where it lands: brand, report, days."""
    words = [slugify(said["brand"]), slugify(said["name"]), said["start"], said["end"]]
    return "-".join(word for word in words if word) + f".{suffix}"


def page_of(said: dict[str, Any], *, below_a_heading: bool = False) -> SafeString:
    """The report as part of a page: in its own language, whatever the reader of the page speaks."""
    with translation.override(said["language"]):
        return render_to_string("metrics/_report.html", {"said": said, "below_a_heading": below_a_heading})
