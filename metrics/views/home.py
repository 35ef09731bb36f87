from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import first_steps as beginning
from metrics import home as front
from metrics.dashboard import tiles
from metrics.forms.period import Asked
from metrics.health.background import scores_of
from metrics.health.look import tone_of
from metrics.period_presets import DEFAULT
from metrics.periods import last_days
from metrics.progress import goal_states
from strategies.models import Strategy

TILE_DAYS = 28
GOALS_SHOWN = 4
# With more, the week's posts would leave the first screen of a laptop.
NEEDS_OPEN = 4


@brand_view(Role.VIEWER)
def home(request: HttpRequest, brand: Brand) -> HttpResponse:
    money = request.membership.sees_money
    strategy = brand.strategies.running(brand.today()).first()
    goals = goal_states(strategy, money=money) if strategy else []
    span = last_days(TILE_DAYS, brand.today())
    context = {
        "section": "home",
        "greeting": front.greeting(brand.now().hour),
        "today": brand.today(),
        "strategy": strategy,
        "day_number": (brand.today() - strategy.start).days + 1 if strategy else None,
        **_first_steps(request, brand),
        **_needs(front.needs(brand, request.membership, goals, money=money)),
        "goals": goals[:GOALS_SHOWN],
        **_health(strategy),
        "tiles": tiles(brand, Asked(span, span.previous, None, DEFAULT), money=money),
        "days": front.coming_up(brand),
    }
    return render(request, "metrics/home.html", context)


def _needs(found: list[front.Need]) -> dict[str, object]:
    """A single one more is shown rather than folded away."""
    shown = NEEDS_OPEN if len(found) > NEEDS_OPEN + 1 else len(found)
    return {"needs": found, "needs_open": shown, "needs_rest": f"{shown}:", "needs_folded": len(found) - shown}


def _health(strategy: Strategy | None) -> dict[str, object]:
    """The score as it was kept at the last check: nothing is worked out here."""
    points = scores_of([strategy.pk]).get(strategy.pk) if strategy else None
    return {"health": points, "health_tone": "" if points is None else tone_of(points)}


def _first_steps(request: HttpRequest, brand: Brand) -> dict[str, object]:
    """The way from an empty brand, and the step that this person can take next."""
    steps = beginning.first_steps(brand)
    for step in steps:
        step.may = request.membership.may(step.for_role)
    bring = beginning.bring(brand, steps) if request.membership.may(Role.MARKETER) else []
    next_step = next((step for step in steps if step.may and not step.is_done), None)
    return {"first_steps": steps, "next_step": next_step, "bring": bring}
