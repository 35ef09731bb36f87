"""Talk about a post."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app import talk
from calendar_app.forms import CommentForm
from calendar_app.views.answers import REFUSED, say_refusal
from calendar_app.views.one_post import again, post_of


@brand_view(Role.VIEWER)
@require_POST
def comment(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = post_of(brand, pk)
    form = CommentForm(request.POST, post=row, membership=request.membership)
    if not form.is_valid():
        say_refusal(request, ValidationError([text for errors in form.errors.values() for text in errors]))
        return again(request, brand, pk, REFUSED, unsaid=request.POST.get("text", ""))
    said = form.cleaned_data
    kept = talk.say(row, request.membership, said["text"], visible=said["visible_to_client"], answers=said["answers"])
    deaf = talk.clients_named_inside(kept)
    if deaf:
        messages.info(
            request, _("%(names)s: clients do not see internal notes, so nobody was told.") % {"names": ", ".join(deaf)}
        )
    return again(request, brand, pk)
