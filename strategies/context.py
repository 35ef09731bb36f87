"""The strategy in the frame around every page of a brand: its name and its five dots."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from brands.models import Brand
from strategies import stages
from strategies.joined import joined
from strategies.models import StageState, Strategy


def active_strategy(request: HttpRequest) -> dict:
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    found = SimpleLazyObject(lambda: _find(membership.brand))
    return {
        "active_strategy": SimpleLazyObject(lambda: found[0] if found else None),
        "active_stages": SimpleLazyObject(lambda: stages.brief(*found) if found else []),
    }


def _find(brand: Brand) -> tuple[Strategy, list[StageState]] | None:
    """The strategy that runs today, else the latest; one query, because every page asks."""
    today = brand.today()
    rows = joined(brand.strategies.exclude(status=Strategy.Status.ARCHIVED), "stage_states")
    if not rows:
        return None
    strategy = max(rows, key=lambda one: _weight(one, today))
    strategy.brand = brand
    return strategy, list(strategy.stage_states.all())


def _weight(strategy: Strategy, today) -> tuple:
    runs = strategy.start <= today <= strategy.end
    return runs, strategy.status == Strategy.Status.APPROVED, strategy.start, strategy.pk
