"""Holes in the doors, as they come about by mistake, to prove that the walk through the matrix finds each of them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from brands.access import brand_view, sign_in_first, signed_in
from brands.models import Brand, Invitation, Membership, Role
from calendar_app import feeds, review_links
from calendar_app.models import CalendarFeed, Post, ReviewLink
from metrics import share
from metrics.models import Finding, ShareLink
from smmplanner.tests.doors import Page
from strategies.models import Goal, Strategy

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Hole:
    what: str
    page: str
    plant: Callable[[pytest.MonkeyPatch, Page], None]

    def __str__(self) -> str:
        return self.what


HOLES: list[Hole] = []


def hole(what: str, page: str) -> Callable:
    """Declare what is put in the place of a page's view; it is made of the view that stands there."""

    def declare(make: Callable[[View], View]) -> Callable[[View], View]:
        HOLES.append(Hole(what, page, lambda patch, found: patch.setattr(found.entry, "callback", make(found.view))))
        return make

    return declare


def leaky(what: str, page: str) -> Callable:
    """Declare what is patched elsewhere, while the view stays as it is."""

    def declare(plant: Callable[[pytest.MonkeyPatch], None]) -> Callable[[pytest.MonkeyPatch], None]:
        HOLES.append(Hole(what, page, lambda patch, found: plant(patch)))
        return plant

    return declare


def opened(view: Any, may: Callable[[HttpRequest, Brand], bool]) -> View:
    """The view behind its door, for whoever `may`, as if they led the brand; the others are told that nothing is there."""

    def without_door(request: HttpRequest, brand: str, *args, **kwargs) -> HttpResponse:
        found = get_object_or_404(Brand, slug=brand)
        if not request.user.is_authenticated and not may(request, found):
            return sign_in_first(request)
        if not may(request, found):
            raise Http404
        request.membership = Membership.objects.filter(brand=found, role=Role.LEAD).select_related("brand", "user").first()
        return view.__wrapped__(request, found, *args, **kwargs)

    return without_door


def is_member(request: HttpRequest, brand: Brand) -> bool:
    return request.user.is_authenticated and request.user.memberships.filter(brand=brand).exists()


@hole("no door at all", "calendar:hashtags")
def no_door(view: View) -> View:
    return opened(view, lambda request, brand: True)


@hole("a door for whoever is signed in", "strategies:plans")
def any_person(view: View) -> View:
    return opened(view, lambda request, brand: request.user.is_authenticated)


@hole("a door for members of any brand", "calendar:templates")
def any_member(view: View) -> View:
    return opened(view, lambda request, brand: request.user.is_authenticated and request.user.memberships.exists())


@hole("a door for staff, too", "strategies:tools")
def staff_too(view: View) -> View:
    return opened(view, lambda request, brand: request.user.is_staff or is_member(request, brand))


@hole("viewers may what marketers may", "strategies:new_tool")
def lowered(view: View) -> View:
    return brand_view(Role.VIEWER)(view.__wrapped__)


@hole("marketers may what leads may", "brands:invite")
def lowered_to_marketers(view: View) -> View:
    return brand_view(Role.MARKETER)(view.__wrapped__)


@hole("leads only, where viewers read", "calendar:activity")
def raised(view: View) -> View:
    return brand_view(Role.LEAD)(view.__wrapped__)


@hole("a right that reading needs and writing does not", "brands:settings")
def only_reading_asks(view: View) -> View:
    free = opened(view, is_member)
    return lambda request, **places: (free if request.method == "POST" else view)(request, **places)


@hole("the method is looked at before the door", "strategies:delete_tool")
def method_first(view: View) -> View:
    return lambda request, **places: view(request, **places) if request.method == "POST" else HttpResponse(status=405)


@hole("outsiders learn that the brand exists", "calendar:key_dates")
def forbidden_outside(view: View) -> View:
    def door(request: HttpRequest, brand: str, **places) -> HttpResponse:
        if request.user.is_authenticated and not request.user.memberships.filter(brand__slug=brand).exists():
            raise PermissionDenied
        return view(request, brand, **places)

    return door


@hole("fragments without a door", "metrics:search")
def fragments_for_all(view: View) -> View:
    free = opened(view, lambda request, brand: True)
    return lambda request, **places: (free if request.headers.get("HX-Request") else view)(request, **places)


@hole("a method that nobody thought of", "calendar:feeds")
def put_for_all(view: View) -> View:
    return lambda request, **places: HttpResponse("done") if request.method == "PUT" else view(request, **places)


@hole("reading that changes something", "strategies:tool")
def writes_when_read(view: View) -> View:
    def reads(request: HttpRequest, brand: str, **places) -> HttpResponse:
        answer = view(request, brand, **places)
        if request.method == "GET" and answer.status_code == 200:
            Brand.objects.filter(slug=brand).update(about="looked at")
        return answer

    return reads


@hole("refused after it was written", "brands:revoke_invitation")
def refused_too_late(view: View) -> View:
    def late(request: HttpRequest, brand: str, pk: int) -> HttpResponse:
        if request.method == "POST" and request.user.is_authenticated:
            Invitation.objects.filter(pk=pk).delete()
        return view(request, brand, pk=pk)

    return late


@hole("a form without a token", "brands:profile")
def without_token(view: View) -> View:
    def exempt(request: HttpRequest) -> HttpResponse:
        return view(request)

    exempt.csrf_exempt = True
    return exempt


@hole("a page about oneself without signing in", "brands:hearing")
def for_strangers(view: View) -> View:
    return lambda request: view(request) if request.user.is_authenticated else HttpResponse("everybody’s")


@hole("a page of the administration for whoever is signed in", "admin:metrics_recomputerun_changelist")
def administration_for_all(view: View) -> View:
    return signed_in(lambda request: HttpResponse("the runs"))


@hole("a row fetched by its number alone", "calendar:post")
def any_post(view: View) -> View:
    @brand_view(Role.VIEWER)
    def page(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
        return HttpResponse(get_object_or_404(Post, pk=pk).title)

    return page


@hole("a row changed by its number alone", "metrics:delete_finding")
def any_finding(view: View) -> View:
    @brand_view(Role.MARKETER)
    def act(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405)
        get_object_or_404(Finding, pk=pk).delete()
        return HttpResponse("gone")

    return act


@hole("the second number of an address by itself", "metrics:goal")
def any_goal(view: View) -> View:
    @brand_view(Role.VIEWER)
    def page(request: HttpRequest, brand: Brand, pk: int, goal: int) -> HttpResponse:
        get_object_or_404(brand.strategies, pk=pk)
        return HttpResponse(get_object_or_404(Goal, pk=goal).text)

    return page


@hole("the first number of an address does not count", "strategies:survey")
def any_strategy(view: View) -> View:
    @brand_view(Role.VIEWER)
    def page(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
        get_object_or_404(Strategy, pk=pk)
        return HttpResponse("its survey")

    return page


@hole("an error in the place of “not found”", "strategies:edit_plan")
def breaks(view: View) -> View:
    @brand_view(Role.MARKETER)
    def page(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
        return HttpResponse(status=200 if brand.communication_plans.filter(pk=pk).exists() else 500)

    return page


@leaky("two kinds of links with one signature", "shared:report")
def one_salt(patch: pytest.MonkeyPatch) -> None:
    def find(signer: signing.Signer, signed: str, links: models.QuerySet) -> models.Model | None:
        for each in (share.SIGNER, share.REPORT_SIGNER):
            with suppress(signing.BadSignature):
                each.unsign_object(signed)
                return links.first()
        return None

    patch.setattr(share, "_find", find)


@leaky("a link that works although it was taken back", "shared:document")
def taken_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ShareLink, "works", property(lambda link: link.expires_at is None or link.expires_at > timezone.now()))


@leaky("a link that works although its time is over", "review")
def out_of_time(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ReviewLink, "works", property(lambda link: link.revoked_at is None))


@leaky("an invitation that works twice", "brands:invitation")
def used_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Invitation, "is_open", property(lambda row: row.expires_at > timezone.now()))


@leaky("a link whose signature nobody looks at", "review_thumb")
def unsigned(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(review_links.SIGNER, "unsign_object", lambda signed, **options: _first_review())


def _first_review() -> list[int]:
    link = ReviewLink.objects.latest("pk")
    return [link.pk, int(link.created_at.timestamp())]


@leaky("a feed of somebody who left the brand", "feed")
def feed_of_the_gone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        feeds, "find", lambda secret: CalendarFeed.objects.filter(digest=feeds._digest(secret), revoked_at=None).first()
    )
