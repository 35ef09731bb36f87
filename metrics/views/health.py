"""The health of a strategy: a page, a panel for the strategy's own page, and rules that may stay as they are."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brands.access import brand_view
from brands.audit import record
from brands.models import Brand, Membership, Role
from metrics.forms.health import AcceptForm
from metrics.health.background import scores_of
from metrics.health.look import Reader, look, tone_of
from metrics.health.rules import find
from metrics.models import Acknowledgement
from metrics.tasks import check_strategy
from metrics.views.windows import window
from strategies.models import Strategy
from strategies.views.wizard import take


def _reader(membership: Membership, strategy: Strategy) -> Reader:
    may_edit = membership.may(Role.MARKETER) and strategy.status != Strategy.Status.ARCHIVED
    return Reader(may_edit, membership.may(Role.LEAD), membership.sees_money)


@brand_view(Role.VIEWER)
@require_safe
def health(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return _page(request, take(brand, pk))


def _page(request: HttpRequest, strategy: Strategy, status: int = 200, **more: object) -> HttpResponse:
    found = look(strategy, _reader(request.membership, strategy))
    context = {"section": "strategy", "strategy": strategy, "look": found, "score": found.score} | more
    return render(request, "metrics/health.html", context, status=status)


@brand_view(Role.VIEWER)
@require_safe
def health_window(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The panel beside the strategy: the score and what weighs most."""
    strategy = take(brand, pk)
    if not request.htmx:
        return _page(request, strategy)
    found = look(strategy, _reader(request.membership, strategy))
    return window(request, "metrics/_health_panel.html", _("Health check"), strategy=strategy, look=found, score=found.score)


@brand_view(Role.VIEWER)
@require_safe
def health_brief(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The score alone, as it was kept at the last check."""
    strategy = take(brand, pk)
    points = scores_of([strategy.pk]).get(strategy.pk)
    tone = "" if points is None else tone_of(points)
    return window(request, "metrics/_health_brief.html", _("Health check"), strategy=strategy, points=points, tone=tone)


@brand_view(Role.MARKETER)
@require_POST
def accept_rule(request: HttpRequest, brand: Brand, pk: int, rule: str) -> HttpResponse:
    """It may stay as it is, for what makes it fire now. When something else makes it fire, it counts again."""
    strategy, declared = take(brand, pk), find(rule)
    if declared is None:
        raise Http404
    if strategy.status == Strategy.Status.ARCHIVED:
        messages.error(request, _("This strategy is in the archive. Bring it back before you change it."))
        return redirect("metrics:health", brand.slug, strategy.pk)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, strategy, status=422, open_rule=rule, form=form)
    written = {"cause": form.cleaned_data["cause"], "reason": form.cleaned_data["reason"], "by": request.user}
    Acknowledgement.objects.update_or_create(strategy=strategy, rule=declared.name, defaults=written)
    transaction.on_commit(lambda: check_strategy.delay(strategy.pk))
    messages.success(request, _("It may stay as it is. The reason is kept with the rule."))
    return redirect("metrics:health", brand.slug, strategy.pk)


@brand_view(Role.MARKETER)
@require_POST
def ask_again(request: HttpRequest, brand: Brand, pk: int, rule: str) -> HttpResponse:
    """Let the rule count again."""
    strategy, declared = take(brand, pk), find(rule)
    if declared is None:
        raise Http404
    with transaction.atomic():
        if strategy.acknowledgements.filter(rule=declared.name).delete()[0]:
            record("deleted", brand=brand, on=strategy, details={"rule": declared.name})
    transaction.on_commit(lambda: check_strategy.delay(strategy.pk))
    messages.success(request, _("The rule counts again."))
    return redirect("metrics:health", brand.slug, strategy.pk)
