"""What the demo spent and earned: monthly costs by budget line, weekly income by channel."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from brands.models import Brand, Channel, User
from metrics.demo.figures import SEED
from metrics.demo.plan import MONTHS, days_in_month
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
    for line in strategy.budget_lines.all():
        month = strategy.start
        while month <= last_day:
            share = Decimal(min((last_day - month).days + 1, days_in_month(month))) / days_in_month(month)
            amount = line.planned / MONTHS * share * Decimal(str(round(chance.uniform(0.85, 1.08), 2)))
            yield LedgerEntry(
                kind=LedgerEntry.Kind.INVESTMENT,
                date=min(month + timedelta(24), last_day),
                amount=_round(amount),
                budget_line=line,
                is_ad=line.kind == "ads",
                note=line.name,
            )
            month = (month.replace(day=28) + timedelta(4)).replace(day=1)


def _income(strategy: Strategy, channels: dict[str, Channel], last_day: date, chance: random.Random) -> Iterator[LedgerEntry]:
    for slug, usual in INCOME.items():
        day = strategy.start + timedelta(6 - strategy.start.weekday())
        while day <= last_day:
            income = _round(Decimal(usual) * Decimal(str(round(chance.uniform(0.8, 1.25), 2))))
            from_ads = _round(income * ADS_BRING.get(slug, 0))
            note = f"{day - timedelta(6):%d.%m} – {day:%d.%m}"
            yield LedgerEntry(kind=LedgerEntry.Kind.INCOME, date=day, amount=income - from_ads, channel=channels[slug], note=note)
            if from_ads:
                yield LedgerEntry(
                    kind=LedgerEntry.Kind.INCOME, date=day, amount=from_ads, channel=channels[slug], is_ad=True, note=note
                )
            yield LedgerEntry(kind=LedgerEntry.Kind.COGS, date=day, amount=_round(income * GOODS), channel=channels[slug], note=note)
            day += timedelta(7)


def _round(amount: Decimal) -> Decimal:
    return (amount / 1000).quantize(Decimal(1)) * 1000
