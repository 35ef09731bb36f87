"""Tokens of the API: made by members for themselves, taken back by them or by a lead."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from brands import api_tokens
from brands.access import brand_view
from brands.forms.api import TokenForm
from brands.models import ApiToken, Brand, Role


@brand_view(Role.MARKETER)
@never_cache
def tokens(request: HttpRequest, brand: Brand) -> HttpResponse:
    """A new token's secret is shown once, as the answer to the button: it is not kept anywhere."""
    standing = _within_reach(request, brand)
    form = TokenForm(request.POST or None, standing=standing.filter(membership=request.membership).count())
    context = {"section": "settings", "tab": "api", "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        expires_at = timezone.now() + timedelta(days=said["days"])
        context["token"], context["secret"] = api_tokens.make(request.membership, said["name"], said["scopes"], expires_at)
        context["form"] = TokenForm(standing=0)
    context["rows"] = standing.select_related("membership__user")
    return render(request, "brands/api.html", context, status=422 if form.errors else 200)


@brand_view(Role.MARKETER)
@require_POST
def revoke(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    api_tokens.revoke(get_object_or_404(_within_reach(request, brand), pk=pk))
    messages.success(request, _("The token works no more."))
    return redirect("brands:api", brand.slug)


def _within_reach(request: HttpRequest, brand: Brand) -> QuerySet[ApiToken]:
    """One's own; a lead sees and ends those of the whole team."""
    rows = brand.api_tokens.filter(revoked_at=None)
    return rows if request.membership.may(Role.LEAD) else rows.filter(membership=request.membership)
