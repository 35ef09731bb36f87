from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel
from calendar_app.models import Campaign, Publication
from metrics.models.imports import Import


def has_newer_snapshot() -> models.Exists:
    """A post's lifetime figures are snapshots: of each measure the newest counts, the others were replaced by it."""
    same = Observation.objects.filter(publication=models.OuterRef("publication"), measure=models.OuterRef("measure"))
    return models.Exists(same.filter(end__gt=models.OuterRef("end")))


class Observation(models.Model):
    """One measured figure, as a platform or a person reported it.

    Four ledgers share the table and never mix: a channel's figures per day, a post's lifetime figure as of a date
    (`start` is the day it went out, `end` the day of the snapshot), a campaign's, and the brand's own (surveys,
    mentions; `subject` names the rival or feed). The import is not part of the key: a later file replaces the figure.
    """

    # Where an index below begins with a column, the column has none of its own.
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="observations", db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="observations", db_index=False)
    publication = models.ForeignKey(Publication, models.CASCADE, null=True, blank=True, related_name="observations")
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="observations")
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    measure = models.CharField(_("measure"), max_length=60)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = models.ForeignKey(Import, models.CASCADE, null=True, blank=True, related_name="observations")
    line = models.PositiveBigIntegerField(_("row in the file"), null=True, blank=True)
    table = models.PositiveSmallIntegerField(_("table in the file"), default=0, db_default=0)
    recorded_by = models.ForeignKey("brands.User", models.SET_NULL, null=True, blank=True, related_name="+")
    # The database fills it in, too: files are written past the model.
    from_mentions = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("counted at the desk of mentions, and counted again when it changes"),
    )

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "measure", "start", "end"],
                condition=models.Q(channel__isnull=False, publication__isnull=True, campaign__isnull=True),
                name="one_figure_per_channel_measure_and_span",
            ),
            models.UniqueConstraint(
                fields=["publication", "measure", "end"],
                condition=models.Q(publication__isnull=False),
                name="one_figure_per_publication_measure_and_day",
            ),
            models.UniqueConstraint(
                fields=["campaign", "measure", "start", "end"],
                condition=models.Q(campaign__isnull=False, publication__isnull=True),
                name="one_figure_per_campaign_measure_and_span",
            ),
            models.UniqueConstraint(
                fields=["brand", "subject", "measure", "start", "end"],
                condition=models.Q(channel__isnull=True, publication__isnull=True, campaign__isnull=True),
                name="one_figure_per_brand_subject_measure_and_span",
            ),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="span_does_not_end_before_it_starts"),
            models.CheckConstraint(
                condition=models.Q(publication__isnull=True) | models.Q(channel__isnull=False),
                name="a_figure_of_a_post_has_its_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(from_mentions=False)
                | models.Q(channel__isnull=True, source__isnull=True, recorded_by__isnull=True),
                name="what_mentions_count_nobody_else_recorded",
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "start"], condition=models.Q(from_mentions=True), name="observations_from_mentions"),
            models.Index(fields=["brand", "start", "measure"], name="observations_by_day"),
            models.Index(fields=["brand", "channel", "measure", "end"], name="observations_by_last_day"),
            models.Index(fields=["channel", "end"], name="observations_of_a_channel"),
            models.Index(
                fields=["brand", "-end", "-id"],
                condition=models.Q(source__isnull=True, publication__isnull=True, campaign__isnull=True),
                name="observations_by_hand",
            ),
            # The few figures of several days: whatever span is asked for, those that reach into it are found at once.
            models.Index(
                fields=["brand", "end"], condition=models.Q(end__gt=models.F("start")), name="observations_of_several_days"
            ),
            # Figures of posts stand among those of channels: whoever asks about one kind need not look at the other.
            models.Index(fields=["brand", "start"], condition=models.Q(publication__isnull=False), name="observations_of_posts"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.start}: {self.value}"

    @property
    def table_title(self) -> str:
        """What the table of its file is called; empty where the file is one table, or nobody’s."""
        return self.source.table_title(self.table) if self.source else ""
