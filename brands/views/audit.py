"""The audit log of a brand, for its leads; and the history of one object, for those who work on it."""

import csv
import json
from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands import audit_log
from brands.access import brand_view
from brands.audit import file_taken
from brands.cells import guarded
from brands.forms.audit import AuditFilterForm
from brands.models import AuditEntry, Brand, Role


@brand_view(Role.LEAD)
@require_http_methods(["GET", "HEAD"])
def log(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = AuditFilterForm(request.GET, brand=brand)
    query = {name: value for name in form.fields if (value := request.GET.get(name, ""))}
    context = {
        "form": form, "page": audit_log.page(brand, form.asked, request.GET.get("before", "")), "query": urlencode(query),
        "section": "settings", "tab": "audit", "shows_addresses": True,
    }  # fmt: skip
    return render(request, "brands/audit.html", context)


@brand_view(Role.LEAD)
@require_http_methods(["GET", "HEAD"])
def log_csv(request: HttpRequest, brand: Brand) -> StreamingHttpResponse:
    """The same entries to take away, in pieces; taking them is an entry itself."""
    file_taken(request, brand, "audit-log.csv")
    rows = AuditFilterForm(request.GET, brand=brand).asked.among(audit_log.entries_of(brand))
    response = StreamingHttpResponse(_lines(rows.iterator(chunk_size=500), brand), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{brand.slug}-audit-log.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(rows: Iterator[AuditEntry], brand: Brand) -> Iterator[str]:
    writer = csv.writer(_Echo())
    heads = (
        _("When"),
        _("Who"),
        _("What"),
        _("About"),
        _("Kind of object"),
        _("Number of the object"),
        _("From where"),
        _("Details"),
    )
    yield "\ufeff" + writer.writerow(heads)
    for entry in rows:
        told = audit_log.in_words(entry)
        when = entry.at.astimezone(brand.zone).isoformat(timespec="seconds")
        words = (told.by, told.act, entry.title, audit_log.kind_name(entry.kind) if entry.kind else "")
        details = json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else ""
        yield writer.writerow([when, *map(guarded, words), entry.object_id or "", entry.address or "", guarded(details)])


class _Echo:
    """What csv writes to, when it should hand the line back."""

    def write(self, line: str) -> str:
        return line


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def history(request: HttpRequest, brand: Brand, kind: str, pk: int) -> HttpResponse:
    """What happened to one object, whether it still stands or not. Where people were is for leads, in the log."""
    if kind not in audit_log.HISTORIES:
        raise Http404
    asked = audit_log.Asked(kind=audit_log.HISTORIES[kind], object_id=pk)
    page = audit_log.page(brand, asked, request.GET.get("before", ""))
    if not page.told and page.is_first and not audit_log.stands(brand, asked.kind, pk):
        raise Http404
    context = {"page": page, "kind": audit_log.kind_name(asked.kind), "asked": asked, "now": timezone.now()}
    context |= {"title": next((told.entry.title for told in page.told if told.entry.title), "")}
    context |= {"url": next((told.url for told in page.told if told.url), "")}
    return render(request, "brands/history.html", context)
