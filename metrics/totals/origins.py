"""What the measures are worked out from."""

from functools import cache

from metrics.kpi.catalog import KPIS
from metrics.kpi.measures import MEASURES
from metrics.kpi.prepared import Preparation

# What is rated in a mention: the dimensions of word of mouth.
RATED = ("authenticity", "timeliness", "accuracy", "depth")


@cache
def origins(measure: str) -> frozenset[str]:
    """What a measure may come from, in the words of `Records.present`."""
    declared = MEASURES[measure]
    found = {measure, declared.stand_in} - {""}
    for way in declared.prepared:
        if way.kind is Preparation.KPI:
            found |= frozenset().union(*map(origins, KPIS[way.sources[0]].inputs))
        elif way.kind is Preparation.RATINGS:
            found |= set(RATED)
        else:
            found |= frozenset({way.kind.value}).union(*map(origins, way.measures))
    return frozenset(found)


def grown_from() -> frozenset[str]:
    """The recorded measures whose growth from one span to the next is a measure of its own."""
    ways = [way for measure in MEASURES.values() for way in measure.prepared if way.kind is Preparation.PREVIOUS]
    return frozenset(name for way in ways for source in way.sources for name in origins(source) if name in MEASURES)
