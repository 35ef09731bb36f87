"""A URLconf with holes, to prove that the walk through the real one would find them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role


def unguarded(request: HttpRequest, brand: str) -> HttpResponse:
    return HttpResponse("everybody's")


@login_required
def half_guarded(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("any user's")


@require_POST
@brand_view(Role.LEAD)
def inside_out(request: HttpRequest, brand: Brand) -> HttpResponse:
    return HttpResponse("405 tells strangers that the page exists")


@brand_view(Role.VIEWER)
def mislabelled(request: HttpRequest, brand: Brand) -> HttpResponse:
    return HttpResponse("the viewer's")


# Says lead, lets viewers in.
mislabelled.brand_role = Role.LEAD


@brand_view(Role.MARKETER)
@require_POST
def guarded(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("brands/<slug:brand>/unguarded/", unguarded),
    path("brands/<slug:slug>/half/", half_guarded),
    path("brands/<slug:brand>/inside-out/", inside_out),
    path("brands/<slug:brand>/mislabelled/", mislabelled),
    path("brands/<slug:brand>/guarded/<int:pk>/", guarded),
]
