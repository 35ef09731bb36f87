"""Optimistic locking: a row that people edit knows how often it was saved."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class EditConflict(Exception):
    """Somebody saved the row after the editor had loaded it."""


class Versioned(models.Model):
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save_version(self, seen: int) -> None:
        """Save the row if nobody saved it since version `seen`; else raise EditConflict."""
        with transaction.atomic():
            rows = type(self)._base_manager.filter(pk=self.pk, version=seen)
            if not rows.update(version=seen + 1):
                raise EditConflict
            self.version = seen + 1
            self.save()
