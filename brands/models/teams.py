import zoneinfo
from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.versions import Versioned


class Role(models.IntegerChoices):
    """Each role may do all that the ones before it may."""

    VIEWER = 10, _("Viewer")
    MARKETER = 20, _("Marketer")
    LEAD = 30, _("Lead")


class BusinessType(models.TextChoices):
    LARGE = "large", _("Large enterprise")
    SMALL = "small", _("Small business")
    ECOMMERCE = "ecommerce", _("E-commerce")
    B2B = "b2b", _("B2B")


class Currency(models.TextChoices):
    UZS = "UZS", _("Uzbek soʻm (UZS)")
    USD = "USD", _("US dollar (USD)")
    EUR = "EUR", _("Euro (EUR)")
    RUB = "RUB", _("Russian rouble (RUB)")
    KZT = "KZT", _("Kazakh tenge (KZT)")
    GBP = "GBP", _("Pound sterling (GBP)")


class ApprovalMode(models.TextChoices):
    """Who must agree before a post is scheduled."""

    NONE = "none", _("Nobody: whoever writes a post may schedule it")
    OPTIONAL = "optional", _("Whoever is asked: posts may be sent to review")
    REQUIRED = "required", _("A lead who did not write it")
    TWO_LEVELS = "two_levels", _("A lead, then the client")


@cache
def zone_names() -> frozenset[str]:
    """Reads the machine's zone files, so it is asked once."""
    return frozenset(zoneinfo.available_timezones())


def validate_zone(name: str) -> None:
    if name not in zone_names():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class BrandQuerySet(models.QuerySet["Brand"]):
    def for_user(self, user) -> "BrandQuerySet":
        return self.filter(memberships__user=user)


class Brand(Versioned):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    business_type = models.CharField(_("business type"), max_length=16, choices=BusinessType, default=BusinessType.SMALL)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Tashkent", validators=[validate_zone])
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.UZS)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="uz")
    country = models.CharField(
        _("country"), max_length=2, default="UZ", help_text=_("Its public holidays stand in the calendar.")
    )
    approval_mode = models.CharField(_("who approves posts"), max_length=12, choices=ApprovalMode, default=ApprovalMode.OPTIONAL)
    website = models.URLField(_("website"), blank=True)
    about = models.CharField(
        _("in a few words"), max_length=120, blank=True, help_text=_("What you sell and where: “Clothes, Tashkent”.")
    )
    requires_two_factors = models.BooleanField(
        _("The team signs in with two factors"),
        default=False,
        db_default=False,
        help_text=_("Whoever has none is asked to set one up before they go on: an app that shows codes, or a passkey."),
    )
    is_sample = models.BooleanField(_("sample to explore"), default=False, editable=False)
    closing_since = models.DateTimeField(_("closing since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("metrics:home", args=[self.slug])

    @property
    def closes_at(self) -> datetime | None:
        """When a closing brand is deleted for good, unless a lead keeps it."""
        return self.closing_since + timedelta(days=settings.BRAND_CLOSING_DAYS) if self.closing_since else None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def now(self) -> datetime:
        return timezone.now().astimezone(self.zone)

    def today(self) -> date:
        return self.now().date()


class Membership(Versioned):
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="memberships", verbose_name=_("brand"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.PositiveSmallIntegerField(_("role"), choices=Role, default=Role.MARKETER)
    hours_per_week = models.DecimalField(_("hours per week"), max_digits=4, decimal_places=1, default=0)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    letters_muted = models.BooleanField(
        _("no letters of this brand"), default=False, help_text=_("News of it are only told in the app.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["brand", "user"], name="one_membership_per_person_and_brand"),
            models.CheckConstraint(
                condition=models.Q(hours_per_week__gte=0, hours_per_week__lte=168), name="hours_per_week_fit_a_week"
            ),
            models.CheckConstraint(condition=models.Q(role__in=[10, 20, 30]), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.brand}"

    def may(self, role: Role) -> bool:
        return self.role >= role

    @property
    def sees_money(self) -> bool:
        """Viewers are clients: what the brand spends and earns is not for them."""
        return self.may(Role.MARKETER)

    def change_role(self, role: Role) -> None:
        """Give the role; raises ValidationError when the brand would lose its last lead."""
        with transaction.atomic():
            self.keep_one_lead(stays_lead=role >= Role.LEAD)
            # A form that was opened before must not put the old role back.
            Membership.objects.filter(pk=self.pk).update(role=role, version=models.F("version") + 1)
        self.refresh_from_db(fields=["role", "version"])

    def leave(self) -> None:
        """End the membership; raises ValidationError when the brand would lose its last lead."""
        with transaction.atomic():
            self.keep_one_lead(stays_lead=False)
            self.delete()

    def keep_one_lead(self, stays_lead: bool) -> None:
        """Call inside the transaction that changes or ends the membership."""
        # The brand's row is the lock: two leads who leave at the same moment must not both succeed.
        Brand.objects.select_for_update(no_key=True).get(pk=self.brand_id)
        leads = set(Membership.objects.filter(brand_id=self.brand_id, role=Role.LEAD).values_list("pk", flat=True))
        if leads == {self.pk} and not stays_lead:
            raise ValidationError(_("A brand keeps at least one lead. Make somebody else a lead first."))


class Skill(models.TextChoices):
    VIDEO = "video", _("Video")
    DESIGN = "design", _("Design")
    COPY = "copy", _("Writing")
    COMMUNITY = "community", _("Community")
    ADS = "ads", _("Advertising")


class Invitation(models.Model):
    """An open invitation; the link carries a signature, the row lets a lead take it back."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.PositiveSmallIntegerField(_("role"), choices=Role, default=Role.MARKETER)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                "brand", Lower("email"), condition=models.Q(accepted_at=None), name="one_open_invitation_per_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.brand}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()
