"""Whoever writes figures of a brand does so after the one who is at it, and not at the same time.

A file, a grid, a figure by hand and the counting of mentions all take rows of the same days, each in an order of its own, and
each waits for rows that another has: without turns two of them could wait for each other.
"""

from brands.alone import wait_for_turn
from brands.models import Brand


def take_turn(brand: Brand) -> None:
    """Call it first in the transaction that writes; the turn ends with it."""
    wait_for_turn(f"figures of brand {brand.pk}")
