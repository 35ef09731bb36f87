from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Channel


def kept_path(import_: "Import", name: str) -> str:
    # The uploader's file name is shown, never used as a path.
    return f"imports/{import_.brand_id}/{import_.sha256[:2]}/{import_.sha256}"


class Import(models.Model):
    """One kept file. Its observations derive from it and can be taken back or made again."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        CHECKING = "checking", _("Being read")
        CHECKED = "checked", _("Ready to save")
        REFUSED = "refused", _("Refused")
        QUEUED = "queued", _("Waiting")
        APPLYING = "applying", _("Being saved")
        APPLIED = "applied", _("Saved")
        UNDOING = "undoing", _("Being undone")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="imports")
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name=_("channel")
    )
    name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), upload_to=kept_path, max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    importer = models.CharField(_("recognised as"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, blank=True)
    options = models.JSONField(default=dict, blank=True, help_text=_("year, as_of, mapping, channels by platform"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UPLOADED)
    rows_done = models.PositiveBigIntegerField(default=0)
    rows_total = models.PositiveBigIntegerField(default=0)
    summary = models.JSONField(
        default=dict, blank=True, help_text=_("what the preview shows: rows, dates, measures, sums, skipped by reason")
    )
    refusal = models.JSONField(default=dict, blank=True, help_text=_("code and params"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(null=True, blank=True, help_text=_("when a worker was last seen at it"))
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["brand", "-uploaded_at"], name="imports_by_brand")]

    def __str__(self) -> str:
        return self.name

    def renumber(self, new: Callable[[str, object], int | None]) -> None:
        """Of a brand that came from elsewhere: the channels that somebody chose have other numbers here."""
        chosen = self.options.get("channels", {})
        numbers = {said: new("brands.channel", int(said)) for said in map(str, chosen.values()) if said.isdigit()}
        kept = {key: str(numbers.get(str(said), said)) for key, said in chosen.items() if numbers.get(str(said), said)}
        if chosen:
            self.options["channels"] = kept

    def table_title(self, number: int) -> str:
        """What a table of the file is called; empty where the file is one table."""
        tables = self.summary.get("tables") or []
        if number >= len(tables):
            return ""
        return tables[number]["title"] or gettext("table %(number)s") % {"number": number + 1}


class ImportIssue(models.Model):
    """A row or column that was not stored, and why."""

    import_file = models.ForeignKey(Import, models.CASCADE, related_name="issues")
    table = models.PositiveSmallIntegerField(_("table"), default=0, db_default=0)
    line = models.PositiveBigIntegerField(_("row"), default=0)
    column = models.CharField(_("column"), max_length=200, blank=True)
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict, blank=True)
    raw = models.CharField(_("what stood there"), max_length=200, blank=True)
    is_error = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("row not stored")
        verbose_name_plural = _("rows not stored")
        ordering = ["table", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"
