"""The short forms: move, mark as published, a step with a reason, another zone."""

from datetime import datetime
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.forms.merging import THEIRS, MergingForm
from brands.forms.versioned import CHANGED
from brands.models import Brand
from brands.zones import zone_choices
from calendar_app import scheduling
from calendar_app.forms.fields import ClockField, DayField, WordsField, version_field
from calendar_app.models import Publication


class MoveForm(MergingForm, forms.Form):
    """Another day, and another time if one is given; dragging to a day keeps the time on the clock."""

    day = DayField(label=_("day"))
    clock = ClockField(label=_("time"), required=False)
    version = version_field()

    def __init__(self, *args, publication: Publication, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.publication = publication
        self.fields["version"].required = True
        # Shown, it is asked for; dragged, it is left out.
        self.fields["clock"].required = not self.is_bound
        self.initial |= {"version": publication.version}
        if publication.at:
            self.initial |= {"day": self.local.date(), "clock": self.local.time().replace(second=0, microsecond=0)}
        self.carry_what_was_seen()
        self.take_theirs()

    def has_a_row(self) -> bool:
        return self.publication.pk is not None

    def report_conflict(self, current: Publication) -> None:
        """Another moved it first. Who dragged sees it where it stands now; who typed sees both times and chooses."""
        if self.data.get("dragged"):
            self.add_error(
                None, _("Somebody changed it a moment ago. Here is how it stands now; move it again if you still want to.")
            )
            return
        local = current.at.astimezone(current.brand.zone) if current.at else None
        standing = {"day": local and local.date(), "clock": local and local.time().replace(second=0, microsecond=0)}
        if not self.data.get("clock"):
            del standing["clock"]
        self.compare(standing, at=current.updated_at)
        self.data = self.data.copy()
        self.data["version"] = current.version
        self.add_error(None, ValidationError(CHANGED, code="conflict"))

    @property
    def local(self) -> datetime:
        return self.publication.at.astimezone(self.publication.brand.zone)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("clock") is None and "clock" not in self.errors:
            if self.publication.at is None:
                self.add_error("clock", _("Give a time, too."))
            else:
                cleaned["clock"] = self.local.time().replace(second=0, microsecond=0)
        return cleaned


class OutingForm(forms.Form):
    """What somebody says of one outing of a post, among those of all channels."""

    prefix_of: ClassVar[str]

    def __init__(self, *args, publication: Publication, **kwargs) -> None:
        super().__init__(*args, prefix=f"{self.prefix_of}-{publication.pk}", **kwargs)
        self.publication = publication
        self.fields["version"].required = True
        self.initial |= {"version": publication.version}

    def keep_for(self, current: Publication) -> None:
        """Another was faster: what was typed stays, to be sent again after a look at how it stands now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = current.version


class PublishedForm(OutingForm):
    """When it went out, and where it can be seen."""

    prefix_of = "out"

    day = DayField(label=_("day"))
    clock = ClockField(label=_("time"))
    permalink = forms.URLField(label=_("link to the post"), required=False, max_length=500, assume_scheme="https")
    version = version_field()

    def __init__(self, *args, brand: Brand, publication: Publication, **kwargs) -> None:
        super().__init__(*args, publication=publication, **kwargs)
        self.brand = brand
        now = brand.now()
        at = publication.at.astimezone(brand.zone) if publication.at and publication.at < now else now
        self.initial |= {"day": at.date(), "clock": at.time().replace(second=0, microsecond=0)}

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("day") and cleaned.get("clock") is not None:
            try:
                cleaned["at"] = scheduling.when(self.brand, cleaned["day"], cleaned["clock"]).at
            except ValidationError as refusal:
                self.add_error("clock", refusal)
        return cleaned


class LinkForm(OutingForm):
    """Where a post that went out can be seen, said afterwards."""

    prefix_of = "link"

    permalink = forms.URLField(label=_("link to the post"), max_length=500, assume_scheme="https")
    version = version_field()


class StepForm(forms.Form):
    """The version the button was shown with, and a reason where the step asks for one."""

    version = version_field()
    why = WordsField(required=False, max_length=4000, rows=3, label=_("What should change?"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = True


class ZoneForm(MergingForm, forms.Form):
    """Another zone for the brand; asked twice, with the posts it touches in between."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    version = version_field()

    def __init__(self, *args, brand: Brand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.initial |= {"time_zone": brand.time_zone, "version": brand.version}
        self.carry_what_was_seen()
        self.take_theirs()

    def has_a_row(self) -> bool:
        return True

    @property
    def leaves_theirs(self) -> bool:
        """Of two versions, the one that stands there was chosen: nothing is to be done."""
        return self.data.get(self.merge_name("time_zone")) == THEIRS

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone == self.brand.time_zone and not self.leaves_theirs:
            raise ValidationError(_("That is the zone you have."))
        return zone

    def report_conflict(self, current: Brand) -> None:
        self.compare({"time_zone": current.time_zone})
        self.data = self.data.copy()
        self.data["version"] = current.version
        self.add_error(None, ValidationError(CHANGED, code="conflict"))
