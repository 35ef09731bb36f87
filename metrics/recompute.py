"""Stored KPI values: which of them are out of date, and computing those again.

Whoever changes a figure marks its days (`mark_stale`, in the same transaction); changes of the plan and the calendar are
found by comparison (`basis`). Every brand is one piece of work, done by one worker at a time (`claims`), and all that a
piece of work writes, the marks it answers included, is written in one transaction: killed, it has not begun.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from brands.models import Brand, Channel
from metrics import drift
from metrics.basis import Basis, Marked, basis_of, changed
from metrics.bulk import for_large_work
from metrics.claims import Claim, ClaimLost, claimed
from metrics.models import RecomputeRun, StalePeriod, Standing
from metrics.periods import DAY, Span
from metrics.staleness import Stale
from metrics.stored import Stored, stored_days, to_store
from metrics.stored_values import changes, compute, write

log = logging.getLogger(__name__)
Kind = RecomputeRun.Kind

# The date changes at different hours in different places: at most so long before it does in UTC.
EARLIEST_MIDNIGHT = timedelta(hours=14)
RUNS_KEPT = {Kind.STALE: timedelta(days=14), Kind.FULL: timedelta(days=90)}


# --- what is out of date


def mark_stale(brand: Brand, channel: Channel | None, start: date, end: date, *, carries: bool = True) -> None:
    """KPI values of these days must be computed again, for the channel (None: whatever the brand has) and all it belongs to.

    `carries` is False where no stock is among them, that a later period opens with.
    """
    StalePeriod.objects.create(brand=brand, channel=channel, start=start, end=end, carries=carries)


def look_again(brand: Brand) -> None:
    """Somebody may have changed the plan or the calendar. One word is enough, until somebody has looked."""
    Standing.objects.filter(brand=brand, looked_for=None).update(looked_for=timezone.now())


def brands_due() -> list[int]:
    """Brands with marks, with a word that something changed, that were never computed, or where it is another day by now."""
    now = timezone.now()
    brands = Brand.objects.order_by("pk")
    other_day = Q(standing__today=None) | Q(standing__today__lt=(now + EARLIEST_MIDNIGHT).date())
    due = set(StalePeriod.objects.order_by().values_list("brand", flat=True).distinct())
    due |= set(Standing.objects.exclude(looked_for=None).values_list("brand", flat=True))
    due |= {brand.pk for brand in brands.filter(other_day).select_related("standing") if _is_another_day(brand)}
    return sorted(due)


def _is_another_day(brand: Brand) -> bool:
    standing = getattr(brand, "standing", None)
    return standing is None or standing.today != brand.today()


# --- the work


def recompute_stale() -> int:
    """Compute what is out of date, brand by brand; how many brands had anything to do."""
    return sum(recompute_stale_of(pk) for pk in brands_due())


def recompute_all() -> int:
    """Compute every stored value of every brand again; how many brands."""
    return sum(recompute_all_of(pk) for pk in Brand.objects.order_by("pk").values_list("pk", flat=True))


def recompute_stale_of(pk: int) -> bool:
    """What is out of date of one brand. Asked twice at once, or when nothing is, it does nothing."""
    return _as_one_piece(pk, Kind.STALE)


def recompute_all_of(pk: int) -> bool:
    """All of one brand; what differs from what was computed step by step is told in the run."""
    return _as_one_piece(pk, Kind.FULL)


def cut_off() -> list[int]:
    """Brands whose last computation of everything did not come to its end, because its worker was killed."""
    latest = RecomputeRun.objects.filter(brand=OuterRef("brand"), kind=Kind.FULL).values("pk")[:1]
    ended = Q(error=RecomputeRun.CUT_OFF) | Q(finished_at=None, claimed_until__lt=timezone.now())
    runs = RecomputeRun.objects.filter(ended, kind=Kind.FULL, pk=Subquery(latest))
    return sorted(runs.order_by().values_list("brand", flat=True))


def _as_one_piece(pk: int, kind: RecomputeRun.Kind) -> bool:
    """What goes wrong with one brand is written down, and the others still get their values."""
    brand = Brand.objects.filter(pk=pk).first()
    if brand is None:
        return False
    with for_large_work(), claimed(brand) as claim:
        if claim is None:
            return False
        # The claim is ours: whoever began before and did not end is gone.
        brand.recompute_runs.filter(finished_at=None).update(finished_at=timezone.now(), error=RecomputeRun.CUT_OFF)
        run = RecomputeRun.objects.create(brand=brand, kind=kind, claimed_until=claim.until)
        try:
            all_is_new = _catch_up(claim, run)
            if kind == Kind.FULL and not all_is_new:
                _compute_everything(claim, run)
        except ClaimLost:
            run.error = RecomputeRun.CUT_OFF
        except Exception as problem:
            log.exception("The KPI values of brand %s could not be computed", brand.pk)
            run.error = f"{type(problem).__name__}: {problem}"[:2000]
        run.finished_at = timezone.now()
        run.save()
    return True


def _catch_up(claim: Claim, run: RecomputeRun) -> bool:
    """Compute what is out of date, and say in the same transaction that it no longer is; whether it was everything."""
    brand, today = claim.brand, claim.brand.today()
    standing = Standing.objects.get(brand=brand)
    marks = list(StalePeriod.objects.filter(brand=brand))
    basis, days = basis_of(brand), stored_days(brand, today)
    every = to_store(brand, days, today)
    items, everything = _out_of_date(standing, marks, basis, days, today, every)
    computed_at = timezone.now()
    computed = compute(brand, items)
    found = changes(brand, computed, today, everything=everything)
    with transaction.atomic():
        claim.hold()
        written = write(brand, computed, found, computed_at)
        # Only the marks that were read: one made meanwhile may speak of figures that were not.
        StalePeriod.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
        _stand(standing, basis, days, today)
    run.spans, run.values, run.written = len(items), len(computed.said), written
    return everything


def _out_of_date(
    standing: Standing, marks: Sequence[StalePeriod], basis: Basis, days: Span | None, today: date, every: list[Stored]
) -> tuple[list[Stored], bool]:
    """The items to compute, and whether they are all there are."""
    differences = changed(standing.basis, basis)
    if differences is None or days is None or _has_shrunk(standing, days):
        return every, True
    stale = Stale(standing.brand, marks, [*differences, *_other_days(standing, days, today)])
    return [item for item in every if item in stale], False


def _has_shrunk(standing: Standing, days: Span) -> bool:
    """Whether values are stored for days before the first figure, or after the last: those must go."""
    first, last = standing.first or days.start, standing.last or days.end
    return days.start > first or days.end < last


def _other_days(standing: Standing, days: Span, today: date) -> list[Marked]:
    """Days that came after those that values were stored for, and before; what is planned to date grows with the date."""
    found: list[Marked] = []
    if standing.today and standing.today != today:
        found.append((None, Span(*sorted([standing.today, today]))))
    if standing.first is None or standing.last is None:
        return [(None, days)]
    if days.start < standing.first:
        found.append((None, Span(days.start, standing.first - DAY)))
    if days.end > standing.last:
        found.append((None, Span(standing.last + DAY, days.end)))
    return found


def _stand(standing: Standing, basis: Basis, days: Span | None, today: date) -> None:
    rows = Standing.objects.filter(brand=standing.brand_id)
    rows.update(basis=basis, today=today, first=days and days.start, last=days and days.end)
    rows.filter(looked_for=standing.looked_for).update(looked_for=None)


def _compute_everything(claim: Claim, run: RecomputeRun) -> None:
    brand, today = claim.brand, claim.brand.today()
    claim.hold()
    computed_at = timezone.now()
    computed = compute(brand, to_store(brand, stored_days(brand, today), today))
    found = changes(brand, computed, today, everything=True)
    drifted = drift.without_what_changed_meanwhile(brand, computed.items, found, today)
    with transaction.atomic():
        claim.hold()
        run.written += write(brand, computed, found, computed_at)
    run.spans, run.values, run.drift = len(computed.items), len(computed.said), len(drifted)
    run.examples = drift.examples(brand, drifted)
    if drifted:
        log.warning("%s stored KPI values of brand %s had drifted", len(drifted), brand.pk)


def forget_old_runs() -> None:
    """Runs of the whole are told for a season, those of increments for two weeks."""
    now = timezone.now()
    for kind, kept in RUNS_KEPT.items():
        RecomputeRun.objects.filter(kind=kind, started_at__lt=now - kept).delete()


def recompute(brand: Brand, start: date, end: date) -> None:
    """Compute the values from `start` to `end`, and up to today, as they are now, whatever is marked."""
    today = brand.today()
    asked = Span(start, max(end, today))
    every = to_store(brand, stored_days(brand, today), today)
    computed = compute(brand, [item for item in every if item.span.overlaps(asked)])
    found = changes(brand, computed, today, everything=not every)
    with transaction.atomic():
        write(brand, computed, found, timezone.now())
