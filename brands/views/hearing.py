from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands import hearing as news
from brands.access import signed_in
from brands.forms.hearing import HearingForm
from brands.models import LetterSettings, User
from brands.sample_letter import Outcome, send_sample


@signed_in
def hearing(request: HttpRequest) -> HttpResponse:
    """What the person hears of, and how."""
    user = User.objects.select_related("letter_settings").get(pk=request.user.pk)
    form = HearingForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        form.save()
        news.choose(user, said["rhythm"], set(said["in_app"]), set(said["by_email"]), said["muted"])
        messages.success(request, _("Saved."))
        return redirect("brands:hearing")
    now, chosen = timezone.now(), LetterSettings.of(User.objects.get(pk=user.pk))
    over = chosen.quiet.over(now)
    context = {
        "form": form,
        "groups": news.choices_of(user),
        "is_quiet_until": over.astimezone(chosen.zone) if over > now else None,
    }
    return render(request, "brands/hearing.html", context)


@signed_in
@require_POST
def test_letter(request: HttpRequest) -> HttpResponse:
    """Send the person a letter, and say what came of it."""
    outcome = send_sample(User.objects.get(pk=request.user.pk), timezone.now())
    if outcome is Outcome.SENT:
        said = _("A test letter went to %(email)s. If it is not there in a few minutes, look among the spam.")
        messages.success(request, said % {"email": request.user.email})
    elif outcome is Outcome.TOO_OFTEN:
        messages.warning(request, _("A test letter went out a moment ago. Wait a minute, then try again."))
    elif outcome is Outcome.NO_SERVER:
        messages.error(request, _("This site has no mail server, so no letter reaches you. Whoever runs it sets EMAIL_URL."))
    else:
        messages.error(request, _("The mail server did not take the letter. Try again later, or tell whoever runs this site."))
    return redirect("brands:hearing")
