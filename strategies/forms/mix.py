from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.fields import NumberField
from strategies.forms.rows import RowForm
from strategies.models import MixTarget


class MixTargetForm(RowForm):
    """The share of one kind of content. An empty field is no row: it was not said."""

    share = NumberField(
        label=gettext_lazy("Share, %"), required=False, max_digits=3, decimal_places=0, min_value=0, max_value=100
    )

    class Meta:
        model = MixTarget
        fields = ["share"]

    def __init__(self, *args, label: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"].label = label
        if self.instance.pk is None:
            self.initial["share"] = None

    def _sends_what_it_saw(self, name: str) -> bool:
        # A row that somebody removed meanwhile is not written again by whoever did not touch it.
        return super()._sends_what_it_saw(name) or (self.is_bound and self.add_initial_prefix(name) in self.data)

    def saved(self) -> bool:
        if not self.is_valid():
            return False
        if self.cleaned_data["share"] is None:
            return self._removed()
        return super().saved() if self.instance.pk else self._created()

    def _removed(self) -> bool:
        if self.instance.pk is not None:
            self.instance.delete()
        return True

    def _created(self) -> bool:
        row, share = self.instance, self.cleaned_data["share"]
        with transaction.atomic():
            stored, is_new = MixTarget.objects.get_or_create(
                strategy=row.strategy, dimension=row.dimension, value=row.value, defaults={"share": share}
            )
        if not is_new and stored.share != share:
            # Two people began at once.
            said = _("Somebody wrote %(share)s %% here meanwhile. Save again to keep yours.")
            self.add_error("share", said % {"share": stored.share})
            return False
        self.instance = stored
        return True
