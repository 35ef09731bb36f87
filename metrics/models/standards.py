"""What administrators keep about KPIs: what others reach, and what a KPI is called for."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Platform
from metrics.health.figures import classes_in_force
from metrics.kpi import KPIS, MEASURES, Klass


class BenchmarkQuerySet(models.QuerySet["Benchmark"]):
    def of(self, kpi: str) -> "BenchmarkQuerySet":
        """Those of a KPI, the newest first."""
        return self.filter(kpi=kpi).select_related("platform").order_by("-as_of", "platform__position", "pk")


class Benchmark(models.Model):
    """What others reach, as of a day and by a source. Sources disagree and divide by different things: `over` says by what."""

    kpi = models.CharField(_("KPI"), max_length=60)
    platform = models.ForeignKey(
        Platform, models.CASCADE, null=True, blank=True, related_name="benchmarks", verbose_name=_("platform"),
        help_text=_("Empty: for all platforms."),
    )  # fmt: skip
    low = models.DecimalField(_("value, or from"), max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    over = models.CharField(
        _("measured over"), max_length=60, blank=True, help_text=_("The measure that it is divided by. Empty: as the KPI is.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    note_uz = models.CharField(_("note in Uzbek"), max_length=200, blank=True)
    note_ru = models.CharField(_("note in Russian"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=120)
    address = models.URLField(_("address of the source"), max_length=300, blank=True)
    as_of = models.DateField(_("as of"))
    region = models.CharField(_("region"), max_length=60, blank=True)

    objects = BenchmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("benchmark")
        verbose_name_plural = _("benchmarks")
        ordering = ["kpi", "-as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(high__isnull=False), name="a_benchmark_has_a_value"
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True) | models.Q(high__isnull=True) | models.Q(high__gte=models.F("low")),
                name="a_benchmark_does_not_end_below_its_start",
            ),
        ]
        indexes = [models.Index(fields=["kpi", "-as_of"], name="benchmarks_of_a_kpi")]

    def __str__(self) -> str:
        return f"{self.kpi} {self.as_of}: {self.low if self.low is not None else ''}–{self.high if self.high is not None else ''}"

    def note_in(self, language: str | None) -> str:
        """The note in a language, in English where nobody translated it."""
        return getattr(self, f"note_{(language or '').split('-')[0]}", "") or self.note

    @property
    def is_comparable(self) -> bool:
        """Whether it divides by what the KPI divides by. Rates over different wholes are never held against each other."""
        return not self.over or (self.kpi in KPIS and self.over in KPIS[self.kpi].divides_by)

    def clean(self) -> None:
        if self.kpi not in KPIS:
            raise ValidationError({"kpi": _("There is no such KPI.")})
        if self.over and self.over not in MEASURES:
            raise ValidationError({"over": _("There is no such measure.")})


class KpiClassQuerySet(models.QuerySet["KpiClass"]):
    def chosen(self) -> Mapping[str, Klass]:
        """The classes that administrators set otherwise. A retired name or class counts for nothing."""
        return classes_in_force(self.values_list("kpi", "klass"))


class KpiClass(models.Model):
    """The class of a KPI (vanity, behaviour, control) that administrators set otherwise than it is declared."""

    kpi = models.CharField(_("KPI"), max_length=60, unique=True)
    klass = models.CharField(_("class"), max_length=12)

    objects = KpiClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("class of a KPI")
        verbose_name_plural = _("classes of KPIs")
        ordering = ["kpi"]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.klass}"
