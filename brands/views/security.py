from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brands import sessions as own_sessions
from brands.access import signed_in

NEXT = "second_factor_next"


@signed_in
def two_factors(request: HttpRequest) -> HttpResponse:
    """Where a brand or the administration sends people who have no second factor; with one, it leads back there."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, None):
        request.session[NEXT] = asked
    if request.user.has_second_factor:
        return redirect(request.session.pop(NEXT, "mfa_index"))
    return render(request, "brands/two_factors.html")


@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "brands/sessions.html", {"sessions": own_sessions.of_person(request)})


@signed_in
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    others = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)
    own_sessions.end(request, get_object_or_404(others, pk=pk))
    messages.success(request, _("That device is signed out."))
    return redirect("brands:sessions")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    count = own_sessions.end_others(request)
    said = ngettext("%(count)s other device is signed out.", "%(count)s other devices are signed out.", count)
    messages.success(request, said % {"count": count})
    return redirect("brands:sessions")
