"""The return of a brand, a strategy or a campaign, what it would be, and what results beside money are worth."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app.models import Campaign
from metrics import undo
from metrics.forms.period import PeriodForm
from metrics.forms.returns import AssignedValueForm, WhatIfForm
from metrics.ledger_choice import entries_query
from metrics.models import AssignedValue
from metrics.period_presets import OWN, STRATEGY
from metrics.progress import goal_states
from metrics.readings import label_of
from metrics.returns import return_of
from metrics.returns_compared import Owner
from metrics.what_if_page import WhatIfPage, customers_of, measured
from strategies.models import Strategy, Target
from strategies.views.wizard import take


@brand_view(Role.MARKETER)
@require_safe
def return_page(request: HttpRequest, brand: Brand) -> HttpResponse:
    strategy = brand.strategies.running(brand.today()).first()
    form = PeriodForm(request.GET, brand, strategy, default=STRATEGY)
    of_strategy = strategy if form.asked().preset == STRATEGY else None
    return _page(request, brand, form, of_strategy, strategy)


@brand_view(Role.MARKETER)
@require_safe
def return_of_strategy(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    strategy = take(brand, pk)
    return _page(request, brand, PeriodForm(request.GET, brand, strategy, default=STRATEGY), strategy, strategy)


@brand_view(Role.MARKETER)
@require_safe
def return_of_campaign(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    campaign = get_object_or_404(brand.campaigns.select_related("strategy"), pk=pk)
    form = PeriodForm(_days_of(campaign, request.GET), brand, campaign.strategy)
    return _page(request, brand, form, campaign, None)


def _days_of(campaign: Campaign, query: QueryDict) -> QueryDict:
    """Without a period in the address: the campaign's own days."""
    if query.get("preset") or query.get("start"):
        return query
    asked = query.copy()
    asked.update({"preset": OWN, "start": campaign.start.isoformat(), "end": campaign.end.isoformat()})
    return asked


def _page(request: HttpRequest, brand: Brand, form: PeriodForm, owner: Owner | None, strategy: Strategy | None) -> HttpResponse:
    asked = form.asked()
    found = return_of(brand, asked, goal_states(strategy) if strategy else [], owner)
    context = {"section": "results", "period_form": form, "asked": asked, "found": found, "owner": owner}
    context |= {"is_campaign": isinstance(owner, Campaign), "what_if": _what_if_address(brand, owner, asked.query)}
    scope = found.found.scope
    context |= {"figures_query": scope.query(asked.span), "entries_query": entries_query(scope, asked.span)}
    return render(request, "metrics/return.html", context)


def _what_if_address(brand: Brand, owner: Owner | None, query: str) -> str:
    names = {Campaign: "campaign", Strategy: "strategy"}
    of = f"&{names[type(owner)]}={owner.pk}" if owner else ""
    return f"{reverse('metrics:what_if', args=[brand.slug])}?{query}{of}"


@brand_view(Role.MARKETER)
@require_safe
def what_if(request: HttpRequest, brand: Brand) -> HttpResponse:
    owner = _owner(request, brand)
    strategy = owner if isinstance(owner, Strategy) else None
    query = _days_of(owner, request.GET) if isinstance(owner, Campaign) else request.GET
    period = PeriodForm(query, brand, strategy, default=STRATEGY)
    asked = period.asked()
    found = return_of(brand, asked, [], owner).found
    now = measured(found)
    form = WhatIfForm(request.GET if "investment" in request.GET else None, now)
    then = form.then()
    follow = bool(form.is_bound and form.cleaned_data.get("visits_follow"))
    page = WhatIfPage(now, then, brand.currency, follow, customers_of(found))
    context = {"section": "results", "form": form, "page": page, "asked": asked, "owner": owner, "kept": _kept(request)}
    context["figures_query"] = found.scope.query(asked.span)
    return render(request, "metrics/_what_if_answer.html" if request.htmx else "metrics/what_if.html", context)


def _owner(request: HttpRequest, brand: Brand) -> Owner | None:
    """Whose return the address asks about: only what is the brand's own."""
    for name, rows in (("campaign", brand.campaigns), ("strategy", brand.strategies)):
        if said := request.GET.get(name):
            return get_object_or_404(rows, pk=said if said.isdigit() and len(said) < 19 else 0)
    return None


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form must carry along: the period and whose return it is."""
    names = ("preset", "start", "end", "compare", "channel", "campaign", "strategy")
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]


@brand_view(Role.MARKETER)
def assigned_value(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    target = _target(brand, pk)
    known = brand.assigned_values.filter(target=target).first()
    worth = known or AssignedValue(brand=brand, target=target, currency=brand.currency)
    form = AssignedValueForm(request.POST or None, instance=worth)
    if request.method == "POST":
        form.instance.set_by = request.user
        if form.saved():
            messages.success(request, _("Saved."))
            return redirect("metrics:return_of_strategy", brand.slug, target.goal.strategy_id)
    context = {"section": "results", "form": form, "target": target, "label": label_of(target.metric), "known": known}
    return render(request, "metrics/assigned_value.html", context)


@brand_view(Role.MARKETER)
@require_POST
def delete_assigned_value(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    target = _target(brand, pk)
    page = reverse("metrics:return_of_strategy", args=[brand.slug, target.goal.strategy_id])
    undo.delete(request, brand, get_object_or_404(brand.assigned_values, target=target), page)
    return redirect(page)


def _target(brand: Brand, pk: int) -> Target:
    return get_object_or_404(Target.objects.filter(goal__strategy__brand=brand).select_related("goal__strategy"), pk=pk)
