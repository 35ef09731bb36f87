"""The only door to a brand's pages."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from brands import changes
from brands.models import Membership, Role

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def brand_view(role: Role) -> Callable:
    """Let members with at least `role` in, and hand the view the brand itself.

    The view gets `(request, brand, ...)`; `request.membership` says who asks. Anonymous visitors are sent
    to the login page, a stranger gets 404 (the brand does not exist for them), a lower role gets 403.
    Inside, the active time zone is the brand's. Must be the outermost decorator.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest, brand: str, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            membership = Membership.objects.select_related("brand").filter(brand__slug=brand, user=request.user).first()
            if membership is None:
                raise Http404
            if not membership.may(role):
                raise PermissionDenied
            request.membership = membership
            membership.user = request.user
            with timezone.override(membership.brand.zone):
                response = view(request, membership.brand, *args, **kwargs)
            if request.method not in SAFE_METHODS:
                changes.told(membership.brand)
            return response

        door.brand_role = role
        return door

    return decorate
