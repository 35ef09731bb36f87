import json

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from brands import guesses
from brands.access import sign_in_first, signed_in
from brands.forms import NewBrandForm
from brands.forms.brand import PRESETS
from brands.models import Brand, Membership, Platform, Role

# What the icon of the installed product offers when it is held down (smmplanner/installed.py).
SHORTCUTS = {"calendar": "calendar:month", "new-post": "calendar:new_post", "review": "calendar:review"}


def start(request: HttpRequest) -> HttpResponse:
    """Where the bare address leads: to the only brand, to the choice of one, or to what the product is."""
    page = SHORTCUTS.get(request.GET.get("to", ""))
    if not request.user.is_authenticated:
        return sign_in_first(request) if page else render(request, "brands/welcome.html")
    brands = Brand.objects.for_user(request.user)[:2]
    if not brands:
        return redirect("brands:new")
    if page and len(brands) == 1:
        return redirect(page, brands[0].slug)
    return redirect(brands[0]) if len(brands) == 1 else redirect("brands:list")


@signed_in
def brand_list(request: HttpRequest) -> HttpResponse:
    own = Membership.objects.filter(brand=OuterRef("pk"), user=request.user)
    brands = Brand.objects.for_user(request.user).annotate(own_role=Subquery(own.values("role")))
    brands = list(brands.prefetch_related("channels__platform"))
    for brand in brands:
        brand.role_name = Role(brand.own_role).label
    has_sample = any(brand.is_sample for brand in brands)
    return render(request, "brands/list.html", {"brands": brands, "has_sample": has_sample})


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    guessed = guesses.of_languages(request.headers.get("Accept-Language", ""))
    form = NewBrandForm(request.POST or None, creator=request.user, initial=guessed)
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
    return render(request, "brands/new.html", {"form": form, "presets": presets, "homes": json.dumps(guesses.by_zone())})
