"""Money: what was spent and what it earned. Not for viewers, who are clients."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.audit import entry as entry_of
from brands.audit import record_all
from brands.models import Brand, Role
from metrics import ledger, undo
from metrics.forms import LedgerEntryForm, MoneyForm
from metrics.ledger_choice import narrowed
from metrics.models import LedgerEntry
from metrics.stale import after_money

PER_PAGE = 50


@brand_view(Role.MARKETER)
def entries(request: HttpRequest, brand: Brand) -> HttpResponse:
    rows = narrowed(brand.ledger_entries.all(), request.GET)
    rows = rows.select_related("channel__platform", "budget_line", "campaign", "strategy")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "metrics/entries.html", {"section": "results", "page": page})


@brand_view(Role.MARKETER)
def new_entry(request: HttpRequest, brand: Brand) -> HttpResponse:
    running = brand.strategies.running(brand.today()).first()
    initial = {"date": brand.today(), "currency": brand.currency, "strategy": running}
    form = MoneyForm(request.POST or None, brand=brand, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            rows = ledger.record(brand, request.user, form.amounts(), **form.common())
            after_money(brand, rows)
            record_all([entry_of("money_added", brand=brand, on=row) for row in rows])
        said = ngettext("%(count)s entry added.", "%(count)s entries added.", len(rows)) % {"count": len(rows)}
        messages.success(request, said)
        return redirect("metrics:return", brand.slug)
    return render(request, "metrics/entry.html", {"section": "results", "form": form})


@brand_view(Role.MARKETER)
def entry(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.ledger_entries, pk=pk)
    form = LedgerEntryForm(request.POST or None, instance=row, brand=brand)
    if request.method == "POST" and _saved(brand, form):
        messages.success(request, _("Saved."))
        return redirect("metrics:entries", brand.slug)
    return render(request, "metrics/entry.html", {"section": "results", "form": form, "entry": row})


@transaction.atomic
def _saved(brand: Brand, form: LedgerEntryForm) -> bool:
    before = LedgerEntry.objects.get(pk=form.instance.pk)
    if not form.saved():
        return False
    after_money(brand, [before, form.instance])
    return True


@brand_view(Role.MARKETER)
@require_POST
def delete_entry(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.ledger_entries, pk=pk)
    page = reverse("metrics:entries", args=[brand.slug])
    with transaction.atomic():
        after_money(brand, [row])
        undo.delete(request, brand, row, page)
    return redirect(page)
