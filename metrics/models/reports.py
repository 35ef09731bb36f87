from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from brands.versions import Versioned
from calendar_app.models import Campaign
from metrics.models.judging import SignedLink
from strategies.models import Strategy

OWN = "own"


class Report(Versioned):
    """Which figures a report tells, about what, for which days and in which language. Read live, or issued as it stood."""

    class Scope(models.TextChoices):
        BRAND = "brand", _("The whole brand")
        STRATEGY = "strategy", _("A strategy")
        CAMPAIGN = "campaign", _("A campaign")
        CHANNEL = "channel", _("A channel")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="reports")
    name = models.CharField(_("name"), max_length=120)
    scope = models.CharField(_("about"), max_length=8, choices=Scope, default=Scope.BRAND)
    strategy = models.ForeignKey(
        Strategy, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("strategy")
    )
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("campaign")
    )
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("channel"))
    sections = models.JSONField(_("sections"), default=list, help_text=_("names of sections in their order"))
    kpis = models.JSONField(_("KPIs of the charts"), default=list, blank=True, help_text=_("names of KPIs in their order"))
    preset = models.CharField(_("period"), max_length=16, default="last_month")
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    compares = models.BooleanField(_("compare with the period before"), default=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="uz")
    shows_money = models.BooleanField(_("show money"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="brand", strategy=None, campaign=None, channel=None)
                | Q(scope="strategy", strategy__isnull=False, campaign=None, channel=None)
                | Q(scope="campaign", strategy=None, campaign__isnull=False, channel=None)
                | Q(scope="channel", strategy=None, campaign=None, channel__isnull=False),
                name="report_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(preset=OWN) | Q(start__isnull=False, end__gte=F("start")), name="own_days_of_a_report_are_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("metrics:report", args=[self.brand.slug, self.pk])

    @property
    def about(self) -> Strategy | Campaign | Channel | None:
        """What it is about; None for the whole brand."""
        return self.strategy or self.campaign or self.channel


class ReportSchedule(Versioned):
    """When a report is issued by itself, for the week or month that ended last, and what goes out with the letter."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")

    report = models.OneToOneField(Report, models.CASCADE, related_name="schedule")
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm, default=Rhythm.MONTHLY)
    weekday = models.PositiveSmallIntegerField(_("weekday"), default=0, validators=[MaxValueValidator(6)])
    day = models.PositiveSmallIntegerField(
        _("day of the month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=9, validators=[MaxValueValidator(23)])
    attaches_pdf = models.BooleanField(_("attach the PDF"), default=True)
    attaches_xlsx = models.BooleanField(_("attach the workbook (XLSX)"), default=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    # What was due before is not made up for: whoever sets a schedule up at ten does not expect today's nine o'clock.
    counts_from = models.DateTimeField(_("counts from"))

    class Meta:
        verbose_name = _("schedule of a report")
        verbose_name_plural = _("schedules of reports")
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="report_weekday_is_one_of_seven"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=31), name="report_day_is_one_of_a_month"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="report_hour_is_one_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_rhythm_display()}"


class ReportRecipient(models.Model):
    """Who gets a report by e-mail: a member of the brand, or an address outside, which can end it by a link in each letter."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="recipients")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"))
    unsubscribed_at = models.DateTimeField(_("wants no more"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("recipient of a report")
        verbose_name_plural = _("recipients of reports")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("report", Lower("email"), name="an_address_gets_a_report_once")]

    def __str__(self) -> str:
        return self.email

    @property
    def brand(self) -> Brand:
        return self.report.brand

    @property
    def language(self) -> str:
        return self.report.language


class IssuedReport(models.Model):
    """A report as it stood when it was issued. Its figures and words are kept, so that it never changes afterwards."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being made")
        READY = "ready", _("Issued")
        FAILED = "failed", _("Failed")

    report = models.ForeignKey(Report, models.CASCADE, related_name="issued")
    day = models.DateField(_("scheduled for"), null=True, blank=True, help_text=_("empty where somebody issued it by hand"))
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    content = models.JSONField(default=dict, blank=True, editable=False)
    # The same for readers who see no money; empty where the report shows none to anybody.
    content_without_money = models.JSONField(default=dict, blank=True, editable=False)
    attaches_pdf = models.BooleanField(default=False)
    attaches_xlsx = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("issued report")
        verbose_name_plural = _("issued reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "day"], condition=~Q(day=None), name="a_report_is_issued_once_a_day"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="issued_days_begin_before_they_end"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(issued_at__isnull=False), name="ready_report_has_a_moment"),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="reports_to_be_made")]

    def __str__(self) -> str:
        return f"{self.report}: {self.start} – {self.end}"

    def get_absolute_url(self) -> str:
        return reverse("metrics:issued", args=[self.report.brand.slug, self.pk])

    def told(self, *, money: bool) -> dict:
        """What it says to a reader who may, or may not, see money."""
        return self.content if money or not self.content_without_money else self.content_without_money


class ReportLetter(models.Model):
    """An issued report on its way to one recipient; sent once."""

    issued = models.ForeignKey(IssuedReport, models.CASCADE, related_name="letters")
    recipient = models.ForeignKey(ReportRecipient, models.CASCADE, related_name="letters")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter with a report")
        verbose_name_plural = _("letters with reports")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["issued", "recipient"], name="one_letter_per_report_and_recipient")]

    def __str__(self) -> str:
        return f"{self.issued} → {self.recipient}"

    @property
    def brand(self) -> Brand:
        return self.issued.report.brand

    @property
    def language(self) -> str:
        """That of the report when it was issued."""
        return self.issued.content["language"]


class ReportLink(SignedLink):
    """A link that shows a report as its figures stand on that day."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="links")

    class Meta(SignedLink.Meta):
        abstract = False
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")

    def __str__(self) -> str:
        return f"{self.report} · {self.name}"

    @property
    def brand(self) -> Brand:
        return self.report.brand
