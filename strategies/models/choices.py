from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import Channel, Platform
from brands.versions import Versioned
from strategies.models.budget import BudgetLine
from strategies.models.strategies import Strategy


class Criterion(models.TextChoices):
    """What a platform is judged by."""

    AUDIENCE = "audience", _("Audience is there")
    FORMAT = "format", _("Suits the business and its formats")
    RESOURCES = "resources", _("Resources we have")
    APPROACH = "approach", _("Suits the approach and the goals")
    RIVALS = "rivals", _("What competitors show")


class PlatformReview(Versioned):
    """How much each criterion weighs for this strategy, and when the platforms were judged last."""

    strategy = models.OneToOneField(Strategy, models.CASCADE, related_name="platform_review")
    weights = models.JSONField(_("weights"), default=dict, blank=True, help_text=_("criterion → weight; empty: the usual ones"))
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("platform review")
        verbose_name_plural = _("platform reviews")

    def __str__(self) -> str:
        return str(self.strategy)


class FitRating(Versioned):
    """What people say of one criterion of one platform, where they know better than what the app suggests."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="fit_ratings")
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="+")
    criterion = models.CharField(_("criterion"), max_length=12, choices=Criterion)
    rating = models.PositiveSmallIntegerField(_("rating"), validators=[MaxValueValidator(5)])
    reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("rating of a platform")
        verbose_name_plural = _("ratings of platforms")
        constraints = [
            models.UniqueConstraint(fields=["strategy", "platform", "criterion"], name="platform_is_rated_once_per_criterion"),
            models.CheckConstraint(condition=models.Q(rating__lte=5), name="rating_is_at_most_five"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} · {self.get_criterion_display()}: {self.rating}"


class MixTarget(Versioned):
    """How large a part of the posts should be of one kind: a format, a journey stage, or attracting against engaging."""

    class Dimension(models.TextChoices):
        FORMAT = "format", _("Format")
        JOURNEY = "journey", _("Journey stage")
        PURPOSE = "purpose", _("Attract or engage")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="mix_targets")
    dimension = models.CharField(_("by"), max_length=8, choices=Dimension)
    value = models.CharField(_("kind"), max_length=16)
    share = models.PositiveSmallIntegerField(_("share, %"), default=0, validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = _("share of a kind of content")
        verbose_name_plural = _("shares of kinds of content")
        ordering = ["dimension", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "dimension", "value"], name="mix_is_said_once_per_kind"),
            models.CheckConstraint(condition=models.Q(share__lte=100), name="mix_share_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}: {self.value}"


class Activity(Versioned):
    """A way to be heard, paid or free: what is done, where, by whom, from when to when."""

    class Method(models.TextChoices):
        ADS = "ads", _("Advertisements")
        BOOST = "boost", _("Boosted posts")
        INFLUENCERS = "influencers", _("Influencers")
        PAID_POSTS = "paid_posts", _("Paid posts in other channels")
        ACCOUNTS = "accounts", _("Own accounts, kept alive")
        PROMOTION = "promotion", _("Online promotion (giveaway)")
        COMMUNITY = "community", _("Own community or group")
        OTHER_COMMUNITIES = "other_communities", _("Other people’s communities")
        COLLABORATION = "collaboration", _("Work with a partner")
        CUSTOMERS = "customers", _("Customers’ own content")
        REFERRAL = "referral", _("Recommendations")
        OTHER = "other", _("Something else")

    PAID = (Method.ADS, Method.BOOST, Method.INFLUENCERS, Method.PAID_POSTS)

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="activities")
    method = models.CharField(_("way"), max_length=20, choices=Method)
    name = models.CharField(_("what we do"), max_length=160, blank=True)
    partner = models.CharField(_("with whom"), max_length=120, blank=True)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("channel"))
    budget_line = models.ForeignKey(
        BudgetLine, models.SET_NULL, null=True, blank=True, related_name="activities", verbose_name=_("paid from")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    start = models.DateField(pgettext_lazy("the first day", "from"), null=True, blank=True)
    end = models.DateField(pgettext_lazy("the last day", "to"), null=True, blank=True)
    expected = models.CharField(_("what it should bring"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__isnull=True) | models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="activity_does_not_end_before_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_method_display())

    @property
    def is_paid(self) -> bool:
        return self.method in self.PAID
