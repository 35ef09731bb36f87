from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand


class AuditEntry(models.Model):
    """Who did what, when, from where, on what. The database lets nobody change or remove a row (see the migration).

    A row outlives the person, the brand and the thing that it speaks of, so it points at them without a constraint. It holds
    no name and no address of a person: these are read from the person's own row, and gone when that is erased.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    act = models.CharField(_("what"), max_length=40, help_text=_("A name of ACTS."))
    brand = models.ForeignKey(Brand, models.DO_NOTHING, null=True, db_constraint=False, related_name="audit_entries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="audit_entries"
    )
    address = models.GenericIPAddressField(_("from where"), null=True)
    kind = models.CharField(_("kind of object"), max_length=60, blank=True, help_text=_("app_label.model"))
    object_id = models.BigIntegerField(_("object"), null=True)
    title = models.CharField(_("title of the object"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["brand", "-at"], name="audit_of_a_brand"),
            models.Index(fields=["person", "-at"], name="audit_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
