"""How deep a page is called does not decide how often the system is asked for memory."""

import resource
import sys

import pytest

from smmplanner.stack import answer_within_one_piece

TURNS, DEPTHS = 2_000, range(0, 240, 2)


def nested(levels: int, call):
    return call() if levels == 0 else nested(levels - 1, call)


def page(_request=None) -> None:
    """As templates do: the same few calls, again and again."""
    for _turn in range(TURNS):
        nested(3, int)


def most_faults(answer) -> int:
    """Pages of memory asked for during one answer, at the unluckiest of many depths."""
    counts = []
    for depth in DEPTHS:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        nested(depth, lambda: answer(None))
        counts.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    return max(counts)


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="a trait of CPython")
def test_no_depth_asks_for_memory_again_and_again():
    most_faults(page)
    assert most_faults(answer_within_one_piece(page)) < TURNS / 4
