from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.deleting import delete_seen
from brands.models import Brand, Role
from calendar_app.campaign_page import campaign_page
from calendar_app.forms import CampaignForm, StepForm
from calendar_app.models import Campaign, Publication


@brand_view(Role.VIEWER)
def campaigns(request: HttpRequest, brand: Brand) -> HttpResponse:
    out = Count("posts__publications", filter=Q(posts__publications__status=Publication.Status.PUBLISHED))
    rows = (
        brand.campaigns.select_related("strategy")
        .annotate(post_count=Count("posts", distinct=True), out_count=out)
        .order_by("-start", "-pk")
    )
    return render(request, "calendar_app/campaigns.html", {"campaigns": rows, "today": brand.today(), "section": "calendar"})


@brand_view(Role.MARKETER)
def new_campaign(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _edit(request, brand, Campaign(brand=brand))


@brand_view(Role.VIEWER)
def campaign(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.campaigns.select_related("strategy", "goal"), pk=pk)
    row.brand = brand
    page = campaign_page(row, request.membership)
    context = {"page": page, "campaign": row, "today": brand.today(), "section": "calendar"}
    return render(request, "calendar_app/campaign.html", context)


@brand_view(Role.MARKETER)
def edit_campaign(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _edit(request, brand, get_object_or_404(brand.campaigns, pk=pk))


@brand_view(Role.MARKETER)
def campaign_goals(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The goals of a strategy that was just chosen in the form."""
    initial = {"strategy": request.GET.get("strategy", "")}
    form = CampaignForm(instance=Campaign(brand=brand), brand=brand, may_see_money=False, initial=initial)
    return render(request, "_field.html", {"field": form["goal"]})


@brand_view(Role.MARKETER)
@require_POST
def delete_campaign(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The campaign goes, its posts stay."""
    row = get_object_or_404(brand.campaigns, pk=pk)
    form = StepForm(request.POST)
    if form.is_valid() and delete_seen(brand, brand.campaigns, row, form.cleaned_data["version"]):
        messages.success(request, _("“%(name)s” was deleted; its posts stay.") % {"name": row.name})
        return redirect("calendar:campaigns", brand.slug)
    messages.error(request, _("Somebody changed this campaign a moment ago. Look again before you delete it."))
    return redirect("calendar:campaign", brand.slug, pk)


def _edit(request: HttpRequest, brand: Brand, row: Campaign) -> HttpResponse:
    form = CampaignForm(request.POST or None, instance=row, brand=brand, may_see_money=request.membership.sees_money)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("calendar:campaign", brand.slug, row.pk)
    return render(request, "calendar_app/campaign_form.html", {"form": form, "campaign": row, "section": "calendar"})
