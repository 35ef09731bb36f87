"""What the demo spent and earned: weekly costs by budget line, weekly income by channel."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from brands.models import Brand, Channel, User
from metrics.demo.figures import SEED
from metrics.models import LedgerEntry
from strategies.models import Strategy

# An average week's income by channel, and which share of it the goods cost.
INCOME = {"instagram": 6_400_000, "telegram": 5_000_000, "tiktok": 1_400_000, "facebook": 1_100_000}
ADS_BRING = {"instagram": Decimal("0.42"), "tiktok": Decimal("0.35")}
GOODS = Decimal("0.55")


def create_ledger(brand: Brand, strategy: Strategy, channels: dict[str, Channel], author: User, last_day: date) -> None:
    chance = random.Random(f"{SEED} money")
    entries = [*_costs(strategy, last_day, chance), *_income(strategy, channels, last_day, chance)]
    for entry in entries:
        entry.brand, entry.strategy, entry.currency, entry.recorded_by = brand, strategy, brand.currency, author
    LedgerEntry.objects.bulk_create(entries)


def _costs(strategy: Strategy, last_day: date, chance: random.Random) -> Iterator[LedgerEntry]:
    """Every line is paid by the week, so that any month shows its share of the plan."""
    weeks = Decimal(strategy.days) / 7
    for line in strategy.budget_lines.all():
        for friday in _weekly(strategy.start, 4, last_day):
            amount = line.planned / weeks * Decimal(str(round(chance.uniform(0.85, 1.05), 2)))
            yield LedgerEntry(
                kind=LedgerEntry.Kind.INVESTMENT,
                date=friday,
                amount=_round(amount),
                budget_line=line,
                is_ad=line.kind == "ads",
                hours=Decimal(str(round(chance.uniform(32, 38), 1))) if line.kind == "staff" else None,
                note=line.name,
            )


def _weekly(start: date, weekday: int, last_day: date) -> Iterator[date]:
    day = start + timedelta((weekday - start.weekday()) % 7)
    while day <= last_day:
        yield day
        day += timedelta(7)


def _income(strategy: Strategy, channels: dict[str, Channel], last_day: date, chance: random.Random) -> Iterator[LedgerEntry]:
    for slug, usual in INCOME.items():
        for day in _weekly(strategy.start, 6, last_day):
            income = _round(Decimal(usual) * Decimal(str(round(chance.uniform(0.8, 1.25), 2))))
            from_ads = _round(income * ADS_BRING.get(slug, 0))
            note = f"{day - timedelta(6):%d.%m} – {day:%d.%m}"
            yield LedgerEntry(kind=LedgerEntry.Kind.INCOME, date=day, amount=income - from_ads, channel=channels[slug], note=note)
            if from_ads:
                yield LedgerEntry(
                    kind=LedgerEntry.Kind.INCOME, date=day, amount=from_ads, channel=channels[slug], is_ad=True, note=note
                )
            yield LedgerEntry(
                kind=LedgerEntry.Kind.COGS, date=day, amount=_round(income * GOODS), channel=channels[slug], note=note
            )


def _round(amount: Decimal) -> Decimal:
    return (amount / 1000).quantize(Decimal(1)) * 1000
