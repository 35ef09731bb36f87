"""The tools the brand works with."""

from decimal import Decimal

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.deleting import delete
from brands.models import Brand, Role
from strategies import known_tools
from strategies.forms.tools import ToolForm
from strategies.models import Tool


@brand_view(Role.VIEWER)
@require_http_methods(["GET", "HEAD"])
def tools(request: HttpRequest, brand: Brand) -> HttpResponse:
    rows = list(brand.tools.select_related("owner").prefetch_related("channels__platform"))
    known = known_tools.not_yet_used({row.name for row in rows})
    groups = [
        {
            "group": group,
            "tools": [row for row in rows if row.group == group],
            "known": [tool for tool in known if tool.group == group],
        }
        for group in Tool.Group
    ]
    total = sum((row.price_per_month or Decimal(0) for row in rows), Decimal(0))
    context = {"section": "strategy", "groups": groups, "total": total, "sees_money": request.membership.sees_money}
    return render(request, "strategies/tools.html", context | {"count": len(rows)})


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_tool(request: HttpRequest, brand: Brand) -> HttpResponse:
    group = request.GET.get("group")
    return _edit(request, brand, Tool(brand=brand, group=group if group in Tool.Group.values else ""))


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def tool(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _edit(request, brand, get_object_or_404(brand.tools, pk=pk))


def _edit(request: HttpRequest, brand: Brand, row: Tool) -> HttpResponse:
    form = ToolForm(request.POST or None, instance=row, brand=brand)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("strategies:tools", brand.slug)
    context = {"section": "strategy", "form": form, "tool": row}
    return render(request, "strategies/tool.html", context, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_POST
def take_tool(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Take a known tool over with one press; twice is once."""
    known = known_tools.find(request.POST.get("name", ""))
    if known is None:
        raise Http404
    row = Tool(brand=brand, name=known.name, group=known.group, url=known.url, is_paid=known.is_paid, note=str(known.note))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return redirect("strategies:tools", brand.slug)
    messages.success(request, _("“%(name)s” is in your list.") % {"name": row.name})
    return redirect("strategies:tools", brand.slug)


@brand_view(Role.MARKETER)
@require_POST
def delete_tool(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.tools, pk=pk)
    seen = request.POST.get("version", "")
    if str(row.version) != seen:
        messages.error(request, _("Somebody changed this tool a moment ago. Look again before you delete it."))
        return redirect("strategies:tool", brand.slug, pk)
    delete(brand, row)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": row.name})
    return redirect("strategies:tools", brand.slug)
