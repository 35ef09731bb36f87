from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import activity as happened


@brand_view(Role.VIEWER)
def activity(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Who did what with which post, and when."""
    people = happened.people_of(brand)
    groups = [(name, label) for name, (label, _verbs) in happened.GROUPS.items()]
    context = {
        "feed": happened.feed(brand, request.membership, request.GET, people), "people": people, "groups": groups,
        "section": "calendar", "view": "activity",
    }  # fmt: skip
    return render(request, "calendar_app/activity.html", context)
