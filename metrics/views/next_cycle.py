"""Beginning the cycle that comes after one that was judged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import next_cycle as cycle
from metrics.forms.next_cycle import NextCycleForm
from strategies.models import Strategy

FINDINGS_SHOWN = 20


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def next_cycle(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = get_object_or_404(cycle.with_follower(brand.strategies), pk=pk)
    strategy.brand = brand
    if strategy.follower and (there := cycle.follower_of(strategy)) is not None:
        return _to_the_one_that_is_there(request, there)
    if why := cycle.why_not(strategy):
        context = {"section": "strategy", "strategy": strategy, "why_not": why}
        return render(request, "metrics/next_cycle_closed.html", context, status=409 if request.method == "POST" else 200)
    ending = cycle.ending_of(strategy)
    form = NextCycleForm(request.POST or None, ending=ending)
    if request.method == "POST" and form.is_valid():
        return _begun(request, strategy, form)
    findings = strategy.findings.select_related("goal")[:FINDINGS_SHOWN]
    context = {"section": "strategy", "strategy": strategy, "form": form, "ending": ending, "left": cycle.LEFT,
               "findings": findings}  # fmt: skip
    return render(request, "metrics/next_cycle.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, strategy: Strategy, form: NextCycleForm) -> HttpResponse:
    new, is_new = cycle.begin(strategy, form.instance, form.choice(), request.user)
    if not is_new:
        return _to_the_one_that_is_there(request, new)
    messages.success(request, _("“%(name)s” is begun, with what you took along.") % {"name": new.name})
    return redirect("strategies:step", strategy.brand.slug, new.pk, "goals")


def _to_the_one_that_is_there(request: HttpRequest, there: Strategy) -> HttpResponse:
    messages.info(request, _("The next cycle was begun already: this is it."))
    return redirect(there)
