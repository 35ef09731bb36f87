"""The rows that every strategy has from its first day: six planning steps, six audience questions and the
notes beside them, five analysis questions."""

from strategies.models import Answer, AudienceAnswer, AudienceNote, PlanningStep, Strategy

FIXED = (
    (PlanningStep, "planning_steps", "step", PlanningStep.Step),
    (AudienceAnswer, "audience_answers", "question", AudienceAnswer.Question),
    (AudienceNote, "audience_notes", "topic", AudienceNote.Topic),
    (Answer, "answers", "question", Answer.Question),
)


def fill_in(strategy: Strategy) -> None:
    """Create what is not there yet; two people doing so at once do no harm."""
    for model, related, field, choices in FIXED:
        there = {getattr(row, field) for row in getattr(strategy, related).all()}
        missing = [model(strategy=strategy, **{field: choice}) for choice in choices if choice not in there]
        if missing:
            model.objects.bulk_create(missing, ignore_conflicts=True)
            # Rows that were read before are not all of them any more.
            getattr(strategy, "_prefetched_objects_cache", {}).pop(related, None)


def in_order(strategy: Strategy, related: str) -> list:
    """The fixed rows as the lecture orders them."""
    _model, _name, field, choices = next(entry for entry in FIXED if entry[1] == related)
    order = {choice.value: position for position, choice in enumerate(choices)}
    return sorted(getattr(strategy, related).all(), key=lambda row: order[getattr(row, field)])
