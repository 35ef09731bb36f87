"""What each channel contributed to a change between two periods. Pure and exact: the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A channel's figure then and now, its share of the sum now, and its share of the change (None: no change at all)."""

    name: Hashable
    then: Fraction
    now: Fraction
    share: Fraction | None
    of_change: Fraction | None

    @property
    def change(self) -> Fraction:
        return self.now - self.then


def parts(then: Mapping[Hashable, Fraction], now: Mapping[Hashable, Fraction]) -> list[Part]:
    """Channels known in both periods, the largest change first."""
    names = [name for name in now if name in then]
    total = sum((now[name] for name in names), ZERO)
    change = total - sum((then[name] for name in names), ZERO)
    found = [
        Part(name, then[name], now[name], now[name] / total if total else None,
             (now[name] - then[name]) / change if change else None)
        for name in names
    ]  # fmt: skip
    return sorted(found, key=lambda part: (-abs(part.change), str(part.name)))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a channel did to a rate: by itself doing otherwise (`rate`), and by weighing otherwise (`mix`)."""

    name: Hashable
    rate: Fraction
    mix: Fraction

    @property
    def whole(self) -> Fraction:
        return self.rate + self.mix


Sums = Mapping[Hashable, tuple[Fraction, Fraction]]
"""By channel: what is divided, and by what."""


def effects(then: Sums, now: Sums) -> list[Effect]:
    """The change of a ratio of sums, taken apart by channel; all effects together are exactly the change.

    Empty where one of the periods has nothing to divide by.
    """
    below = [sum((bottom for _top, bottom in sums.values()), ZERO) for sums in (then, now)]
    if not all(below):
        return []
    tops = [sum((top for top, _bottom in sums.values()), ZERO) for sums in (then, now)]
    usual = (tops[0] / below[0] + tops[1] / below[1]) / 2
    found = []
    for name in dict.fromkeys((*then, *now)):
        (top0, bottom0), (top1, bottom1) = then.get(name, (ZERO, ZERO)), now.get(name, (ZERO, ZERO))
        if not bottom0 and not bottom1:
            continue
        rate0 = top0 / bottom0 if bottom0 else top1 / bottom1
        rate1 = top1 / bottom1 if bottom1 else rate0
        weight0, weight1 = bottom0 / below[0], bottom1 / below[1]
        # What stands above nothing would be lost from the rate of the channel, not from that of the brand: refuse it.
        if (top0 and not bottom0) or (top1 and not bottom1):
            return []
        found.append(Effect(name, (rate1 - rate0) * (weight0 + weight1) / 2, (weight1 - weight0) * ((rate0 + rate1) / 2 - usual)))
    return sorted(found, key=lambda effect: (-abs(effect.whole), str(effect.name)))
