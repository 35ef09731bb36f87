"""The next free slots of the channels that a post is for: buttons for the post's form."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app.free_slots import next_free

TICKED = re.compile(r"^channel-(\d{1,10})-on$", re.ASCII)


@brand_view(Role.MARKETER)
def next_slots(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The channels are those ticked in the form (`channel-5-on`), or named in the address (`channel=5`)."""
    ticked = [int(found[1]) for name in request.GET if (found := TICKED.match(name))]
    named = [int(value) for value in request.GET.getlist("channel") if value.isascii() and value.isdigit() and len(value) < 11]
    places = next_free(brand, [*ticked, *named])
    return render(request, "calendar_app/_next_slots.html", {"places": places, "several": len({*ticked, *named}) > 1})
