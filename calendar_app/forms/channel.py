from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.forms.merging import MergingForm
from brands.models import Brand, Channel
from calendar_app.forms.fields import ClockField, DayField, WordsField, version_field
from calendar_app.models import Publication
from calendar_app.post_checks import Draft, Medium
from calendar_app.scheduling import Outing, when

CONFLICT = _(
    "Somebody changed %(channel)s while you were editing. Nothing is lost: what you typed is still here, and what stands there"
    " now is shown beside it. Choose, and save again."
)


class ChannelPlanForm(MergingForm, forms.Form):
    """One channel's part of a post: whether, when and with which words it goes out there."""

    on = forms.BooleanField(required=False)
    day = DayField(required=False, label=_("day"))
    clock = ClockField(required=False, label=_("time"))
    text = WordsField(required=False, label=_("text for this channel"), rows=7)
    version = version_field()

    def __init__(
        self, *args, brand: Brand, channel: Channel, publication: Publication | None, usual: datetime | None, **kwargs
    ) -> None:
        super().__init__(*args, prefix=f"channel-{channel.pk}", **kwargs)
        self.brand, self.channel, self.publication = brand, channel, publication
        self.outing: Outing | None = None
        self.happens_twice = False
        self.fields["on"].label = str(channel)
        if publication:
            self._start_from(publication, usual)
        self.carry_what_was_seen()
        self.take_theirs()

    def has_a_row(self) -> bool:
        return self.publication is not None

    def _start_from(self, publication: Publication, usual: datetime | None) -> None:
        self.initial |= {"on": True, "text": publication.text_override, "version": publication.version}
        if publication.at and publication.at != usual:
            local = publication.at.astimezone(self.brand.zone)
            self.initial |= {"day": local.date(), "clock": local.time().replace(second=0, microsecond=0)}
        if publication.status == Publication.Status.PUBLISHED:
            for field in self.fields.values():
                field.disabled = True

    @property
    def is_locked(self) -> bool:
        return self.publication is not None and self.publication.status == Publication.Status.PUBLISHED

    @property
    def is_on(self) -> bool:
        """Ticked, now or when the page was opened."""
        return bool(self["on"].value()) and self["on"].value() not in ("False", "0")

    def plan(self, day, clock) -> None:
        """Settle what is wanted, with the post's own day and time where this channel names none. Errors land here."""
        if not self.is_valid():
            return
        wanted = self.cleaned_data["on"]
        at = self._moment(self.cleaned_data["day"] or day, self.cleaned_data["clock"] or clock) if wanted else None
        self.outing = Outing(self.channel, wanted, at, self.cleaned_data["text"], self.publication, self.cleaned_data["version"])
        if self.publication is not None and self.outing.differs and self.cleaned_data["version"] != self.publication.version:
            self.report_conflict()

    def report_conflict(self) -> None:
        stored = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        self.compare(stored, at=self.publication.updated_at)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.publication.version
        self.add_error(None, ValidationError(CONFLICT, code="conflict", params={"channel": self.channel}))

    def _moment(self, day, clock) -> datetime | None:
        if self.is_locked:
            return self.publication.at
        if day is None:
            return None
        if clock is None:
            self.add_error("clock", _("Give a time, too."))
            return None
        if self._shows(day, clock):
            return self.publication.at
        try:
            chosen = when(self.brand, day, clock)
        except ValidationError as refusal:
            self.add_error("clock", refusal)
            return None
        self.happens_twice = chosen.happens_twice
        return chosen.at

    def _shows(self, day, clock) -> bool:
        """The stored moment already reads so on the clock: it keeps its seconds, and its place in a doubled hour."""
        if self.publication is None or self.publication.at is None:
            return False
        local = self.publication.at.astimezone(self.brand.zone)
        return (local.date(), local.hour, local.minute) == (day, clock.hour, clock.minute)

    def draft(self, common_text: str, format: str, link: str, media: tuple[Medium, ...] = (), adds_utm: bool = False) -> Draft:
        """What the checks look at, out of what is in the form now."""
        own = str(self["text"].value() or "").replace("\r\n", "\n")
        return Draft(own or common_text, self.channel.platform, format, link, self.brand.website, media, adds_utm)
