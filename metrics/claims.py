"""One worker at a time computes a brand's values. Whoever is killed lets go by itself, after a while.

A claim is a word in a row, not a lock: it holds over many transactions and on every database, and a worker that was taken
for dead finds out before it writes (`hold`), in the transaction that it writes in.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from brands.models import Brand
from metrics.models import Standing


class ClaimLost(Exception):
    """Somebody else took the brand over, because this worker took too long."""


@dataclass
class Claim:
    brand: Brand
    word: str
    until: datetime

    def hold(self) -> None:
        """Still ours, and for longer. Inside a transaction nobody else takes the brand before it ends."""
        self.until = _later()
        if not _mine(self).update(claimed_until=self.until):
            raise ClaimLost(f"the values of brand {self.brand.pk} are somebody else's work by now")


@contextmanager
def claimed(brand: Brand) -> Iterator[Claim | None]:
    """The claim, given back at the end; None while somebody else is at work."""
    Standing.objects.get_or_create(brand=brand)
    claim = Claim(brand, secrets.token_hex(16), _later())
    free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
    if not Standing.objects.filter(free, brand=brand).update(claim=claim.word, claimed_until=claim.until):
        yield None
        return
    try:
        yield claim
    finally:
        _mine(claim).update(claim="", claimed_until=None)


def _mine(claim: Claim):
    return Standing.objects.filter(brand=claim.brand, claim=claim.word)


def _later() -> datetime:
    return timezone.now() + timedelta(seconds=settings.RECOMPUTE_CLAIM_SECONDS)
