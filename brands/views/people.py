from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from brands.access import signed_in
from brands.forms import ProfileForm
from brands.models import User


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    # A row of its own: what was typed and refused must not show in the frame around the form.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        translation.activate(form.save().language)
        messages.success(request, _("Saved."))
        return redirect("brands:profile")
    return render(request, "brands/profile.html", {"form": form})


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Choose the language: for this browser, and for whoever is signed in on all of theirs."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)
