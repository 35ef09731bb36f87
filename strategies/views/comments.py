"""Comments on the steps of a strategy: said, settled, opened again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.models import Brand, Role
from strategies import review
from strategies.forms.comments import CommentForm
from strategies.steps import find
from strategies.views.wizard import shown, take


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def comment(request: HttpRequest, brand: Brand, pk: int, step: str) -> HttpResponse:
    declared = find(step)
    if declared is None:
        raise Http404
    strategy = take(brand, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return shown(request, strategy, declared, status=422, comment_form=form)
    review.comment(strategy, declared, request.user, form.cleaned_data["text"])
    messages.success(request, _("Your comment is there. Who wrote the strategy is told."))
    return redirect(f"{declared.url(strategy)}#comments")


@brand_view(Role.MARKETER)
@require_http_methods(["POST"])
def settle(request: HttpRequest, brand: Brand, pk: int, comment: int) -> HttpResponse:
    """Settled, or open again."""
    strategy = take(brand, pk)
    said = get_object_or_404(strategy.comments, pk=comment)
    if "reopen" in request.POST:
        review.reopen(said)
    else:
        review.settle(said, request.user)
    declared = find(said.step)
    return redirect(f"{declared.url(strategy)}#comments" if declared else strategy.get_absolute_url())
