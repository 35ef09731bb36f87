"""What came back for the money, strategy by strategy and campaign by campaign: the same formulas, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from brands.models import Brand
from calendar_app.models import Campaign
from metrics.forms.period import Asked
from metrics.kpi import KPIS
from metrics.kpi.results import Result
from metrics.ledger import Money
from metrics.models import LedgerEntry
from metrics.readings import in_unit
from metrics.totals import Scope
from metrics.totals.exact import ExactSum
from strategies.models import Strategy

Owner = Strategy | Campaign


@dataclass(frozen=True)
class ReturnRow:
    """One strategy's or campaign's money in one currency."""

    owner: Owner
    money: Money
    query: str  # for the workings of its figures

    @property
    def roi(self) -> Result:
        return self._kpi("roi")

    @property
    def roi_shown(self) -> str:
        return in_unit(self.roi.exact, KPIS["roi"].unit)

    @property
    def spend_shown(self) -> str:
        return in_unit(self._kpi("return_on_spend").exact, KPIS["return_on_spend"].unit)

    def _kpi(self, name: str) -> Result:
        figures = {"revenue": self.money.income, "cogs": self.money.cogs, "investment": self.money.investment}
        return KPIS[name].calculate({wanted: figures[wanted] for wanted in KPIS[name].inputs})


def by_strategy(brand: Brand, found: models.QuerySet[LedgerEntry], currency: str, asked: Asked) -> list[ReturnRow]:
    return _rows(found, currency, "strategy", brand.strategies.all(), asked)


def by_campaign(brand: Brand, found: models.QuerySet[LedgerEntry], currency: str, asked: Asked) -> list[ReturnRow]:
    return _rows(found, currency, "campaign", brand.campaigns.all(), asked)


def _rows(
    found: models.QuerySet[LedgerEntry],
    currency: str,
    by: str,
    owners: models.QuerySet[Strategy] | models.QuerySet[Campaign],
    asked: Asked,
) -> list[ReturnRow]:
    """Those that have any entry in these days, what earned most first. Two queries."""
    books: dict[int, Money] = {}
    sums = found.filter(currency=currency).exclude(**{by: None}).order_by().values_list(by, "kind")
    for pk, kind, total in sums.annotate(total=ExactSum("amount", places=2)):
        books.setdefault(pk, Money(currency)).sums[kind] = total
    rows = [
        ReturnRow(owner, books[owner.pk], Scope(channels=asked.channels, **{by: owner}).query(asked.span))
        for owner in owners.filter(pk__in=books)
    ]
    return sorted(_with_goods(rows), key=lambda row: row.money.income or Decimal(0), reverse=True)


def _with_goods(rows: Iterable[ReturnRow]) -> Iterable[ReturnRow]:
    """Cost of goods is optional in the form: where income is kept and it is not, it is 0."""
    for row in rows:
        if row.money.income is not None:
            row.money.sums.setdefault(LedgerEntry.Kind.COGS, Decimal(0))
        yield row
