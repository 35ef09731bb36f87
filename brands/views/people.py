from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from brands.forms import ProfileForm
from brands.models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    # A row of its own: what was typed and refused must not show in the frame around the form.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        translation.activate(form.save().language)
        messages.success(request, _("Saved."))
        return redirect("brands:profile")
    return render(request, "brands/profile.html", {"form": form})
