"""The product's pages, and one that takes its time in the middle of a save."""

import time

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from brands.models import Brand
from smmplanner.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


def slow_save(request: HttpRequest, seconds: int) -> HttpResponse:
    with transaction.atomic():
        Brand.objects.filter(slug="atlas").update(name="Half")
        (settings.VAR_DIR / "half-saved").touch()
        time.sleep(seconds)
        Brand.objects.filter(slug="atlas").update(about="Done")
    return HttpResponse("saved")


urlpatterns = [path("slow/<int:seconds>/", slow_save), path("", include("smmplanner.urls"))]
