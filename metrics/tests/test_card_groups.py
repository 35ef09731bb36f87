"""How the cards of the page of results stand: small groups in pairs, the others across the page."""

import pytest

from metrics.dashboard import HEADINGS, CardGroup, _paired


def groups(*sizes: int) -> list[CardGroup]:
    return [CardGroup(heading, [None] * size) for heading, size in zip(HEADINGS, sizes, strict=False)]


@pytest.mark.parametrize(
    ("sizes", "placed"),
    [
        ((2, 3, 2, 4), [(2, False), (2, False), (3, True), (4, True)]),
        ((2, 3), [(2, True), (3, True)]),
        ((1, 2, 1, 2), [(1, False), (2, False), (1, False), (2, False)]),
        ((3, 1, 5), [(3, True), (1, True), (5, True)]),
        ((), []),
    ],
)
def test_small_groups_stand_beside_each_other_and_leave_no_hole(sizes, placed):
    assert [(len(group.cards), group.is_wide) for group in _paired(groups(*sizes))] == placed
