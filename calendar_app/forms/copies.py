"""Once more, and elsewhere: the forms for a duplicate and for further channels."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brands.forms import SeveralRowsField
from calendar_app.attached import files_of
from calendar_app.forms.fields import ClockField, DayField, version_field
from calendar_app.models import Post
from calendar_app.post_checks import Draft, Medium, examine
from calendar_app.scheduling import Outing, when


class DuplicateForm(forms.Form):
    days = forms.IntegerField(required=False, min_value=1, max_value=366, label=_("days later"))


class AlsoOnForm(forms.Form):
    """Further channels for a post, each with what the checks say of its text there."""

    channels = SeveralRowsField(
        queryset=None, label=_("channels"), error_messages={"required": _("Choose at least one channel.")}
    )
    day = DayField(required=False, label=_("day"))
    clock = ClockField(required=False, label=_("time"))
    version = version_field()

    def __init__(self, *args, post: Post, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        taken = [row.channel_id for row in post.publications.all()]
        free = post.brand.channels.filter(is_active=True).exclude(pk__in=taken).select_related("platform")
        self.fields["channels"].queryset = free
        self.fields["version"].required = True
        self.initial |= {"version": post.version}
        times = sorted(row.at for row in post.publications.all() if row.at)
        if times:
            local = times[0].astimezone(post.brand.zone)
            self.initial |= {"day": local.date(), "clock": local.time().replace(second=0, microsecond=0)}
        self.offers = list(self._offers(free))

    def _offers(self, free):
        post = self.post
        media = tuple(Medium(file.kind, bool(file.alt_text)) for file in files_of(post))
        chosen = {str(pk) for pk in self["channels"].value() or ()}
        for channel in free:
            draft = Draft(post.text, channel.platform, post.format, post.link, post.brand.website, media, post.adds_utm)
            found, _passed = examine(draft)
            yield {"channel": channel, "draft": draft, "found": found, "is_on": str(channel.pk) in chosen}

    def clean(self) -> dict:
        cleaned = super().clean()
        day, clock = cleaned.get("day"), cleaned.get("clock")
        cleaned["at"] = None
        if day and clock is None and "clock" not in self.errors:
            self.add_error("clock", _("Give a time, too."))
        elif day and clock is not None:
            try:
                cleaned["at"] = when(self.post.brand, day, clock).at
            except ValidationError as refusal:
                self.add_error("clock", refusal)
        return cleaned

    @property
    def outings(self) -> list[Outing]:
        return [Outing(channel, True, self.cleaned_data["at"], "") for channel in self.cleaned_data["channels"]]
