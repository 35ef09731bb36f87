"""What the page of one campaign shows; the same queries for any number of posts."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from brands.models import Membership
from calendar_app import promotions
from calendar_app.models import Campaign, Publication
from strategies.models import BudgetLine

SHOWN = 50


@dataclass
class CampaignPage:
    campaign: Campaign
    warnings: list[tuple[str, str]]
    publications: list[Publication]
    total: int
    published: int
    channels: list
    lines: list[BudgetLine]
    sees_money: bool

    @property
    def planned(self) -> Decimal:
        """What its budget lines plan for: for them, other campaigns may draw on the same."""
        return sum((line.planned for line in self.lines), Decimal(0))

    @property
    def is_over_the_lines(self) -> bool:
        return bool(self.lines) and self.campaign.budget is not None and self.campaign.budget > self.planned

    @property
    def more(self) -> int:
        return self.total - len(self.publications)


def campaign_page(campaign: Campaign, membership: Membership) -> CampaignPage:
    brand, sees_money = campaign.brand, membership.sees_money
    rows = brand.publications.standing().filter(post__campaign=campaign)
    counts = rows.aggregate(total=Count("pk"), published=Count("pk", filter=Q(status=Publication.Status.PUBLISHED)))
    return CampaignPage(
        campaign,
        promotions.warnings(campaign, brand.today()),
        list(rows.select_related("post__pillar", "post__owner", "channel__platform").order_by("at", "pk")[:SHOWN]),
        counts["total"],
        counts["published"],
        list(campaign.channels.select_related("platform")),
        list(campaign.budget_lines.select_related("strategy")) if sees_money else [],
        sees_money,
    )
