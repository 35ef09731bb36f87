from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.versions import Versioned
from calendar_app.models import Post
from metrics.models.values import KpiValue
from strategies.models import Goal, Strategy


class Finding(Versioned):
    """What was learned, with the figures and posts that show it."""

    class Verdict(models.TextChoices):
        WORKS = "works", _("It works")
        FAILS = "fails", _("It does not work")
        OPEN = "open", _("Still open")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="findings")
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="findings", verbose_name=_("strategy"))
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name=_("goal"))
    question = models.CharField(
        _("answers"), max_length=20, blank=True, help_text=_("An analysis question or a rule, by its name.")
    )
    text = models.TextField(_("what we learned"), max_length=2000)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, default=Verdict.OPEN)
    kpi_values = models.ManyToManyField(KpiValue, blank=True, related_name="findings", verbose_name=_("figures that show it"))
    evidence = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text=_("the figures as they stood when they were kept: they may be worked out anew"),
    )
    posts = models.ManyToManyField(Post, blank=True, related_name="findings", verbose_name=_("posts that show it"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]

    def keep(self, figure: KpiValue) -> None:
        """Point at a figure, and write down how it stands now."""
        self.kpi_values.add(figure)
        self.evidence = [*self.evidence, figure.as_evidence()]
        self.save(update_fields=["evidence"])

    def keep_only(self, rows: set[int]) -> None:
        """Let go of all figures but those of these rows."""
        self.kpi_values.set(rows & {kept["row"] for kept in self.evidence})
        self.evidence = [kept for kept in self.evidence if kept["row"] in rows]
        self.save(update_fields=["evidence"])
