"""Forms of the platform choice: the weights, one criterion's rating, and a channel that is still to be added."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.fields import NumberField
from brands.forms import ChannelForm
from brands.models import Brand, Platform
from strategies.fit_words import SHORT
from strategies.forms.rows import RowForm
from strategies.models import Criterion, FitRating, PlatformReview
from strategies.platform_fit import WHOLE, weights_of


class WeightsForm(RowForm):
    """How much each criterion counts; together they make 100."""

    class Meta:
        model = PlatformReview
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, weight in weights_of(self.instance.weights).items():
            self.fields[name] = _weight_field(Criterion(name), weight)
            self.fields[name].show_hidden_initial = self._sends_what_it_saw(name)

    def clean(self) -> dict:
        cleaned = super().clean()
        weights = {name: cleaned[name] for name in Criterion.values if name in cleaned}
        if len(weights) == len(Criterion.values) and sum(weights.values()) != WHOLE:
            said = _("The weights make %(total)s, not 100.") % {"total": sum(weights.values())}
            for name in [name for name in weights if name in self.changed_data] or ["audience"]:
                self.add_error(name, said)
        else:
            self.weights = {name: int(weight) for name, weight in weights.items()}
        return cleaned

    def saved(self) -> bool:
        if not self.is_valid():
            return False
        if self.instance.pk is None:
            # Somebody may have begun it in another window: then the version below tells.
            self.instance, _new = PlatformReview.objects.get_or_create(strategy=self.instance.strategy)
        self.instance.weights = self.weights
        return super().saved()


def _weight_field(criterion: Criterion, weight: int) -> NumberField:
    field = NumberField(
        label=SHORT[criterion], max_digits=3, decimal_places=0, min_value=0, max_value=WHOLE, initial=weight
    )  # fmt: skip
    field.widget.attrs["class"] = "form-control num"
    return field


RATINGS = [
    (5, gettext_lazy("5, fully")), (4, gettext_lazy("4, well")), (3, gettext_lazy("3, partly")),
    (2, gettext_lazy("2, little")), (1, gettext_lazy("1, hardly")), (0, gettext_lazy("0, not at all")),
]  # fmt: skip


class RatingForm(RowForm):
    """What people say of one criterion, instead of what is suggested. No rating: the suggestion counts again."""

    rating = forms.TypedChoiceField(label=gettext_lazy("Your rating"), choices=[], coerce=int, empty_value=None, required=False)

    class Meta:
        model = FitRating
        fields = ["rating", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = [("", _("As suggested")), *RATINGS]
        if self.instance.pk is None:
            # Empty, so that a rating that somebody gave meanwhile counts as seen by nobody here.
            self.fields["version"].initial = None

    def _sends_what_it_saw(self, name: str) -> bool:
        """Also where nothing is stored yet: two people may rate different criteria of one platform."""
        return not self.is_bound or self.add_initial_prefix(name) in self.data

    def clean(self) -> dict:
        cleaned = super().clean()
        rating, reason = cleaned.get("rating"), (cleaned.get("reason") or "").strip()
        if rating is not None and not reason and not self.has_error("reason"):
            self.add_error("reason", _("Say in a few words why you see it otherwise."))
        if rating is None and reason and self.instance.pk is None and not self.has_error("rating"):
            self.add_error("rating", _("Choose a rating, or empty the reason."))
        return cleaned

    def _post_clean(self) -> None:
        # Without a rating the row goes: there is nothing to put into it.
        if self.cleaned_data.get("rating") is not None:
            super()._post_clean()

    def saved(self) -> bool:
        if not self.is_valid():
            return False
        if self.cleaned_data["rating"] is None:
            return self._taken_back()
        try:
            with transaction.atomic():
                return super().saved()
        except IntegrityError:
            # Rated in another window between our look and our save.
            self.instance.pk = self._same().values_list("pk", flat=True).first()
            self._report_conflict()
            return False

    def _taken_back(self) -> bool:
        stored = FitRating.objects.filter(pk=self.instance.pk, version=self.cleaned_data.get("version"))
        if self.instance.pk and not stored.delete()[0]:
            self._report_conflict()
            return False
        return True

    def _same(self):
        return FitRating.objects.filter(
            strategy=self.instance.strategy, platform=self.instance.platform, criterion=self.instance.criterion
        )


class NewChannelForm(ChannelForm):
    """A channel on a platform that was just chosen. Added when a button is pressed, not while its name is typed."""

    has_conflict = False
    state = ""

    def __init__(self, *args, brand: Brand, platform: Platform, is_quiet: bool, **kwargs) -> None:
        super().__init__(*args, brand=brand, initial={"platform": platform.pk}, **kwargs)
        self.is_quiet = is_quiet
        self.fields["platform"].disabled = True
        self.fields["handle"].required = False
        self.fields["handle"].widget.attrs["class"] = "form-control"

    @property
    def touched(self) -> bool:
        return self.is_bound and not self.is_quiet and bool((self.data.get(self.add_prefix("handle")) or "").strip())

    def clean_handle(self) -> str:
        if not self.cleaned_data["handle"].strip():
            raise ValidationError(_("Type the channel’s name."))
        return super().clean_handle()
