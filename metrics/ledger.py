"""Money in and out: what was spent, what it earned, and where both belong. Currencies are never added to each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from brands.models import Brand, Channel, User
from calendar_app.models import Campaign
from metrics.models import LedgerEntry
from metrics.totals.exact import ExactSum
from strategies.models import Strategy

Kind = LedgerEntry.Kind


@dataclass(frozen=True)
class Part:
    """A share of a sum: a channel that earned. `channel` is None for what names none."""

    label: str
    amount: Decimal
    share: Decimal | None
    channel: Channel | None = None


@dataclass
class Money:
    """The ledger of a period in one currency. A kind that nobody recorded is None, not zero."""

    currency: str
    sums: dict[str, Decimal] = field(default_factory=dict)

    @property
    def income(self) -> Decimal | None:
        return self.sums.get(Kind.INCOME)

    @property
    def cogs(self) -> Decimal | None:
        return self.sums.get(Kind.COGS)

    @property
    def investment(self) -> Decimal | None:
        return self.sums.get(Kind.INVESTMENT)

    @property
    def net_profit(self) -> Decimal | None:
        parts = (self.income, self.cogs, self.investment)
        return None if None in parts else parts[0] - parts[1] - parts[2]


def entries(brand: Brand, start: date, end: date, owner: Strategy | Campaign | None = None) -> models.QuerySet[LedgerEntry]:
    """The entries of a period: the whole brand's, or those that belong to the strategy or campaign by their key."""
    found = brand.ledger_entries.filter(date__range=(start, end))
    if isinstance(owner, Campaign):
        return found.filter(campaign=owner)
    return found.filter(strategy=owner) if owner else found


def by_currency(found: models.QuerySet[LedgerEntry], main: str) -> list[Money]:
    """One Money per currency, the main one first even when it is empty."""
    books = {main: Money(main)}
    for row in found.order_by().values("currency", "kind").annotate(total=ExactSum("amount", places=2)):
        books.setdefault(row["currency"], Money(row["currency"])).sums[row["kind"]] = row["total"]
    return [books.pop(main), *(books[name] for name in sorted(books))]


def income_by_channel(found: models.QuerySet[LedgerEntry], currency: str, channels: Iterable[Channel]) -> list[Part]:
    """Where the money came from. `label` is empty for income of no particular channel."""
    known = {channel.pk: channel for channel in channels}
    rows = _sums(found, currency, Kind.INCOME, "channel")
    return _parts((str(known.get(pk, "")), amount, known.get(pk)) for pk, amount in rows)


def _sums(found: models.QuerySet[LedgerEntry], currency: str, kind: str, by: str) -> list[tuple[object, Decimal]]:
    rows = found.filter(currency=currency, kind=kind).order_by().values_list(by).annotate(total=ExactSum("amount", places=2))
    return sorted(rows, key=lambda row: row[1], reverse=True)


def _parts(rows: Iterable[tuple[str, Decimal, Channel | None]]) -> list[Part]:
    listed = list(rows)
    whole = sum((amount for _, amount, _ in listed), Decimal(0))
    return [Part(label, amount, amount / whole * 100 if whole else None, channel) for label, amount, channel in listed]


@transaction.atomic
def record(
    brand: Brand, person: User, amounts: dict[str, Decimal], *, hours: Decimal | None = None, **common: object
) -> list[LedgerEntry]:
    """Write one row per kind that has an amount; zero is an amount. Hours belong to what was invested."""
    worked = {Kind.INVESTMENT: hours}
    rows = [
        LedgerEntry(brand=brand, recorded_by=person, kind=kind, amount=amount, hours=worked.get(kind), **common)
        for kind, amount in amounts.items()
        if amount is not None
    ]
    return LedgerEntry.objects.bulk_create(rows)
