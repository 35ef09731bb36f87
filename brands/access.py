"""The only door to a brand's pages."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from brands import changes
from brands.models import Membership, Role

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def page_of(request: HttpRequest) -> str:
    """The address of the page that people are on: for a form that was sent, the one that it stands on."""
    asked = request.get_full_path()
    if request.method in SAFE_METHODS:
        return asked
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return asked
    here = f"{page.path}?{page.query}" if page.query else page.path
    is_ours = page.scheme == request.scheme and page.netloc == request.get_host()
    return here if is_ours and url_has_allowed_host_and_scheme(here, None) else asked


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the login page and back to where people type. A script is told instead, so that its page and the text stay."""
    if request.headers.get("HX-Request") or "X-Autosave" in request.headers:
        return HttpResponse(_("You were signed out."), status=401, headers={"WWW-Authenticate": "Session"})
    return redirect_to_login(page_of(request))


def second_factor_first(request: HttpRequest) -> HttpResponse:
    """To the page that says why and how, and back. A script is told instead, so that its page and the text stay."""
    if request.headers.get("HX-Request") or "X-Autosave" in request.headers:
        said = _("This brand asks for a second factor. Set one up under “Sign-in and security”, then try again.")
        return HttpResponse(said, status=403, headers={"X-Needs": "second-factor"})
    return redirect(f"{reverse('brands:two_factors')}?{urlencode({'next': page_of(request)})}")


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages outside any brand."""

    @wraps(view)
    def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else sign_in_first(request)

    return door


def brand_view(role: Role) -> Callable:
    """Let members with at least `role` in, and hand the view the brand itself.

    The view gets `(request, brand, ...)`; `request.membership` says who asks. Anonymous visitors are sent
    to the login page, a stranger gets 404 (the brand does not exist for them), a lower role gets 403. Where the brand
    requires two factors, a member without a second one is sent to set it up.
    Inside, the active time zone is the brand's. Must be the outermost decorator.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest, brand: str, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            membership = Membership.objects.select_related("brand").filter(brand__slug=brand, user=request.user).first()
            if membership is None:
                raise Http404
            if not membership.may(role):
                raise PermissionDenied
            request.membership = membership
            membership.user = request.user
            if membership.brand.requires_two_factors and not request.user.has_second_factor:
                return second_factor_first(request)
            with timezone.override(membership.brand.zone):
                response = view(request, membership.brand, *args, **kwargs)
            if request.method not in SAFE_METHODS:
                changes.told(membership.brand)
            return response

        door.brand_role = role
        return door

    return decorate
