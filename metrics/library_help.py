"""Which words of the library each page explains beside its heading: place on a page -> entries, or a whole shelf."""

from collections.abc import Mapping

from strategies.steps import TERMS

PLACES: Mapping[str, tuple[str, ...]] = {
    "calendar": ("editorial_plan", "pillar", "mix", "journey"),
    "cadence": ("cadence", "schedule_adherence"),
    "fill": ("editorial_plan", "cadence", "pillar"),
    "first_plan": ("target", "cadence", "pillar", "cycle"),
    "editorial_plan": ("editorial_plan", "communication_plan", "cadence"),
    "plans": ("communication_plan", "editorial_plan"),
    "results": ("target", "vanity", "finding"),
    "return": ("roi_or_return", "budget"),
    "imports": ("vanity", "watch_list"),
    "mentions": ("watch_list", "ewom_quality"),
    "review": ("editorial_plan", "journey"),
    **{f"step-{step}": (term,) for step, term in TERMS.items()},
}
