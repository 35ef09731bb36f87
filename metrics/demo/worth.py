"""What one result of a goal is worth to the shop, and what of its money belongs to its campaigns."""

from decimal import Decimal

from brands.models import Brand, User
from calendar_app.models import Campaign
from metrics.demo.money import GOODS
from metrics.models import AssignedValue, LedgerEntry
from strategies.models import Strategy, Target

WORTHS = {
    "leads": ("45000", "Har beshinchi lid xarid qiladi, oʻrtacha foyda 225 000 soʻm"),
    "followers": ("1200", "Oʻtgan yilda 1000 obunachiga oʻrtacha 1,2 mln soʻm foyda toʻgʻri keldi"),
}


def create_worths(strategy: Strategy, lead: User) -> None:
    book_for_campaigns(strategy.brand)
    targets = Target.objects.filter(goal__strategy=strategy, metric__in=WORTHS, role=Target.Role.PRIMARY).order_by("pk")
    for target in {target.metric: target for target in reversed(targets)}.values():
        amount, reason = WORTHS[target.metric]
        AssignedValue.objects.create(
            brand=strategy.brand,
            target=target,
            amount=Decimal(amount),
            currency=strategy.brand.currency,
            reason=reason,
            set_by=lead,
        )


def book_for_campaigns(brand: Brand) -> None:
    """Advertising in a campaign's days, and what it sold, belong to the campaign; its goods are booked apart."""
    for campaign in brand.campaigns.exclude(kind=Campaign.Kind.PROMOTION):
        ads = brand.ledger_entries.filter(is_ad=True, date__range=(campaign.start, campaign.end))
        for sold in ads.filter(kind=LedgerEntry.Kind.INCOME):
            _book_goods(campaign, sold)
        ads.update(campaign=campaign)


def _book_goods(campaign: Campaign, sold: LedgerEntry) -> None:
    whole = campaign.brand.ledger_entries.get(
        kind=LedgerEntry.Kind.COGS, channel=sold.channel, date=sold.date, note=sold.note, campaign=None
    )
    share = (sold.amount * GOODS).quantize(Decimal(1))
    whole.amount -= share
    whole.save(update_fields=["amount"])
    whole.pk, whole.amount, whole.campaign = None, share, campaign
    whole._state.adding = True
    whole.save()
