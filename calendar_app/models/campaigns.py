from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.versions import Versioned
from strategies.models import BudgetLine, Goal, Strategy


class Campaign(Versioned):
    """Posts that belong together for some days; a promotion is one with a prize, rules and results."""

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign")
        PROMOTION = "promotion", _("Promotion (giveaway)")
        LAUNCH = "launch", _("Launch")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="campaigns")
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="campaigns", verbose_name=_("strategy")
    )
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="campaigns", verbose_name=_("goal"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CAMPAIGN)
    name = models.CharField(_("name"), max_length=120)
    start = models.DateField(_("starts"))
    end = models.DateField(_("ends"))
    approach = models.TextField(_("approach"), blank=True, max_length=2000)
    channels = models.ManyToManyField(Channel, blank=True, related_name="campaigns", verbose_name=_("channels"))
    budget_lines = models.ManyToManyField(BudgetLine, blank=True, related_name="campaigns", verbose_name=_("budget lines"))
    budget = models.DecimalField(
        _("budget"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    prize = models.CharField(_("prize"), max_length=200, blank=True)
    prize_value = models.DecimalField(
        _("value of the prize"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    rules_link = models.URLField(_("link to the rules"), max_length=500, blank=True)
    guidelines_checked = models.BooleanField(_("the platform’s promotion guidelines were checked"), default=False)

    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    sales = models.DecimalField(
        _("sales"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    engagement = models.PositiveIntegerField(_("interactions"), null=True, blank=True)
    result = models.TextField(_("what came of it"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="campaign_does_not_end_before_it_starts")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_promotion(self) -> bool:
        return self.kind == self.Kind.PROMOTION

    @property
    def has_results(self) -> bool:
        """Something was written down of what came of it."""
        measured = (self.participants, self.sales, self.engagement)
        return bool(self.result) or any(value is not None for value in measured)
