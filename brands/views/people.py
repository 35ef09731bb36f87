from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.forms import ProfileForm
from brands.models import User
from brands.models.people import Theme


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    # A row of its own: what was typed and refused must not show in the frame around the form.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        translation.activate(form.save().language)
        messages.success(request, _("Saved."))
        return redirect("brands:profile")
    return render(request, "brands/profile.html", {"form": form})


@login_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or like the device, from anywhere; then back to where one was."""
    if request.POST.get("theme") in Theme.values:
        request.user.theme = request.POST["theme"]
        request.user.save(update_fields=["theme"])
    target = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(target if here else "brands:profile")
