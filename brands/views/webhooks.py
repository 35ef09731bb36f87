"""Webhooks of a brand: where they lead, what they tell, and what became of each message."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from brands import webhooks as acts
from brands.access import brand_view
from brands.forms.api import WebhookForm
from brands.models import Brand, Role, WebhookEndpoint

SHOWN = 100


@brand_view(Role.LEAD)
@never_cache
def webhooks(request: HttpRequest, brand: Brand) -> HttpResponse:
    """A new webhook's secret is shown once, as the answer to the button."""
    form = WebhookForm(request.POST or None, initial={"events": list(acts.EVENTS)})
    context = {"section": "settings", "tab": "webhooks", "form": form}
    if request.method == "POST" and form.is_valid():
        if brand.webhook_endpoints.count() >= acts.MOST_ENDPOINTS:
            form.add_error(None, _("A brand has at most %(count)s webhooks.") % {"count": acts.MOST_ENDPOINTS})
        else:
            endpoint = form.save(commit=False)
            endpoint.created_by = request.user
            context |= {"secret": acts.add(brand, endpoint), "endpoint": endpoint}
            context["form"] = WebhookForm(initial={"events": list(acts.EVENTS)})
    context["rows"] = brand.webhook_endpoints.all()
    return render(request, "brands/webhooks.html", context, status=422 if form.errors else 200)


@brand_view(Role.LEAD)
def webhook(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = _webhook(brand, pk)
    form = WebhookForm(request.POST or None, instance=row)
    if request.method == "POST" and form.saved():
        acts.changed(row)
        messages.success(request, _("Saved."))
        return redirect("brands:webhook", brand.slug, pk)
    context = {
        "section": "settings", "tab": "webhooks", "row": _webhook(brand, pk), "form": form, "events": acts.EVENTS,
        "deliveries": row.deliveries.all()[:SHOWN],
    }  # fmt: skip
    return render(request, "brands/webhook.html", context, status=422 if form.errors else 200)


@brand_view(Role.LEAD)
@require_POST
def test(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    acts.send_test(_webhook(brand, pk))
    messages.success(request, _("A test is on its way. Its answer stands below in a moment."))
    return redirect("brands:webhook", brand.slug, pk)


@brand_view(Role.LEAD)
@require_POST
def again(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    if acts.send_again(get_object_or_404(_webhook(brand, pk).deliveries, pk=number)):
        messages.success(request, _("The message is sent again."))
    return redirect("brands:webhook", brand.slug, pk)


@brand_view(Role.LEAD)
@require_POST
def remove(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    acts.remove(_webhook(brand, pk))
    messages.success(request, _("The webhook was removed."))
    return redirect("brands:webhooks", brand.slug)


def _webhook(brand: Brand, pk: int) -> WebhookEndpoint:
    return get_object_or_404(brand.webhook_endpoints.select_related("brand"), pk=pk)
