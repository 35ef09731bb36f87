"""Taking a post through its states."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import approval
from calendar_app.deciding import decide
from calendar_app.forms import StepForm
from calendar_app.views.answers import DONE, REFUSED, attempt, say_refusal
from calendar_app.views.one_post import again, post_of


@brand_view(Role.VIEWER)
@require_POST
def step(request: HttpRequest, brand: Brand, pk: int, name: str) -> HttpResponse:
    if name not in approval.FOR_CLIENTS and not request.membership.may(Role.MARKETER):
        raise PermissionDenied
    row = post_of(brand, pk)
    if name not in approval.STEPS:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        say_refusal(request, ValidationError(_("The page was incomplete. Try again.")))
        return again(request, brand, pk, REFUSED)
    said = form.cleaned_data
    status = attempt(request, lambda: decide(row, approval.STEPS[name], request.membership, said["version"], said["why"]))
    return again(request, brand, pk, status, unsaid=said["why"] if status != DONE else "")
