"""What happens to a strategy as a whole, written where its team reads it and in the audit log."""

from django.db import transaction

from brands.audit import record
from brands.models import User
from strategies.models import Strategy, StrategyEvent


@transaction.atomic
def happened(strategy: Strategy, kind: StrategyEvent.Kind, by: User | None, note: str = "") -> StrategyEvent:
    record(f"strategy_{kind}", brand=strategy.brand, person=by, on=strategy)
    return strategy.events.create(kind=kind, by=by, note=note)
