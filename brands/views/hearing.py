from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from brands import hearing as news
from brands.forms.hearing import HearingForm
from brands.models import User


@login_required
def hearing(request: HttpRequest) -> HttpResponse:
    """What the person hears of, and how."""
    user = User.objects.get(pk=request.user.pk)
    form = HearingForm(request.POST or None, initial={"rhythm": user.email_rhythm})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        news.choose(user, said["rhythm"], set(said["in_app"]), set(said["by_email"]))
        messages.success(request, _("Saved."))
        return redirect("brands:hearing")
    return render(request, "brands/hearing.html", {"form": form, "groups": news.choices_of(user)})
