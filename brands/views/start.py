from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from brands.forms import NewBrandForm
from brands.forms.brand import PRESETS
from brands.models import Brand, Membership, Platform, Role


def start(request: HttpRequest) -> HttpResponse:
    """Where the bare address leads: to the only brand, to the choice of one, or to what the product is."""
    if not request.user.is_authenticated:
        return render(request, "brands/welcome.html")
    brands = Brand.objects.for_user(request.user)[:2]
    if not brands:
        return redirect("brands:new")
    return redirect(brands[0]) if len(brands) == 1 else redirect("brands:list")


@login_required
def brand_list(request: HttpRequest) -> HttpResponse:
    own = Membership.objects.filter(brand=OuterRef("pk"), user=request.user)
    brands = Brand.objects.for_user(request.user).annotate(own_role=Subquery(own.values("role")))
    brands = list(brands.prefetch_related("channels__platform"))
    for brand in brands:
        brand.role_name = Role(brand.own_role).label
    return render(request, "brands/list.html", {"brands": brands})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    form = NewBrandForm(request.POST or None, creator=request.user)
    if request.method == "POST" and form.saved():
        return redirect("brands:first_steps", form.instance.slug)
    offered = Platform.objects.in_bulk(field_name="slug")
    presets = [
        (
            radio,
            PRESETS[radio.data["value"]],
            [offered[slug] for slug in PRESETS[radio.data["value"]].platforms if slug in offered],
        )
        for radio in form["business_type"]
    ]
    return render(request, "brands/new.html", {"form": form, "presets": presets})
