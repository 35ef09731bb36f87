"""What the desk of mentions is asked for, feeds to watch, and mentions that people add themselves."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.fetching import FetchFailed, checked
from brands.forms import VersionedModelForm
from brands.models import Brand, User
from metrics.forms.fields import day_field
from metrics.importers.feeds import MOST_BYTES, real_link, site_of
from metrics.importers.plain_text import one_line
from metrics.mention_feeds import LIMITS, MOST_FEEDS
from metrics.mention_words import say
from metrics.models import Mention, MentionFeed
from metrics.models.mentions import LONGEST_NAME
from metrics.periods import Span, last_days

NEW = "new"
_LOOKED_AT = Q(classified_at__isnull=False, is_irrelevant=False)
SHOWN: dict[str, tuple[object, Q]] = {
    NEW: (_("To look at"), Q(classified_at=None)),
    "own": (_("About us"), _LOOKED_AT & Q(rival="")),
    "rival": (_("About rivals"), _LOOKED_AT & ~Q(rival="")),
    "positive": (_("Positive"), _LOOKED_AT & Q(rival="", sentiment="positive")),
    "neutral": (_("Neutral"), _LOOKED_AT & Q(rival="", sentiment="neutral")),
    "negative": (_("Negative"), _LOOKED_AT & Q(rival="", sentiment="negative")),
    "issues": (_("Issues"), _LOOKED_AT & Q(is_issue=True)),
    "resolved": (_("Resolved issues"), _LOOKED_AT & Q(resolved_at__isnull=False)),
    "open": (_("Open issues"), _LOOKED_AT & Q(is_issue=True, resolved_at=None)),
    "irrelevant": (_("Off topic"), Q(is_irrelevant=True)),
    "all": (_("All"), Q()),
}
# What stands as a tab above the desk; the others are chosen or linked to.
TABS = (NEW, "own", "rival", "open", "all")
DAYS_COUNTED = 28


@dataclass(frozen=True)
class DeskAsked:
    """What the desk shows. `of` is one column: "own", "hand", "rival-…" or "feed-…"."""

    show: str
    by: str
    of: str
    span: Span | None

    def __str__(self) -> str:
        return self.query()

    def query(self, **changed: str) -> str:
        days = {"start": self.span.start.isoformat(), "end": self.span.end.isoformat()} if self.span else {}
        said = {"show": self.show, "by": self.by, "of": self.of, **days, **changed}
        return urlencode({name: value for name, value in said.items() if value})

    def rows(self, brand: Brand) -> QuerySet[Mention]:
        """The mentions asked for, in all columns, without a look at what was found in them."""
        rows = brand.mentions.filter(day__range=(self.span.start, self.span.end)) if self.span else brand.mentions.all()
        kind, _dash, name = self.of.partition("-")
        if kind == "feed":
            return rows.filter(feed=int(name))
        if kind == "hand":
            return rows.filter(feed=None)
        if kind in ("own", "rival"):
            return rows.filter(rival="" if kind == "own" else name)
        return rows

    def counted_span(self, brand: Brand) -> Span:
        return self.span or last_days(DAYS_COUNTED, brand.today() + timedelta(days=1))


class DeskForm(forms.Form):
    show = forms.ChoiceField(label=_("Show"), required=False, choices=[(name, label) for name, (label, _rule) in SHOWN.items()])
    by = forms.ChoiceField(
        label=_("Columns"), required=False, choices=[("subject", _("By whom it is about")), ("feed", _("By feed"))]
    )
    start = day_field(_("From"), required=False)
    end = day_field(_("To"), required=False)
    of = forms.CharField(required=False, max_length=LONGEST_NAME + 10, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"

    def clean_of(self) -> str:
        of = self.cleaned_data["of"]
        return of if re.fullmatch(r"own|hand|feed-[0-9]{1,17}|rival-.+", of) else ""

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day must not come before the first."))
        return cleaned

    def asked(self) -> DeskAsked:
        """What was asked; what could not be understood is left out, and the form says so."""
        self.is_valid()
        said = self.cleaned_data
        start, end = said.get("start"), said.get("end")
        span = Span(start or end, end or start) if (start or end) and "end" not in self.errors else None
        return DeskAsked(said.get("show") or NEW, said.get("by") or "subject", said.get("of") or "", span)


def rival_field(**options: object) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"list": "rivals", "autocomplete": "off"}),
        **options,
    )


class MentionFeedForm(VersionedModelForm):
    rival = rival_field(
        label=_("About which rival"), help_text=_("Leave empty for your own brand. A rival’s name, as you want to read it.")
    )

    class Meta:
        model = MentionFeed
        fields = ["address", "name", "rival", "is_active"]
        help_texts = {"address": _("It begins with https:// and is public: no name, no password.")}
        widgets = {"address": forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.was = self.instance.address
        if self.instance.pk is None:
            del self.fields["is_active"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], LONGEST_NAME)

    def clean_rival(self) -> str:
        return one_line(self.cleaned_data["rival"], LONGEST_NAME)

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        try:
            checked(address, LIMITS)
        except FetchFailed as refused:
            raise ValidationError(say(refused.code, refused.detail)) from refused
        brand = self.instance.brand
        if brand.mention_feeds.filter(address=address).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This feed is watched already."))
        return address

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.instance.pk is None and self.instance.brand.mention_feeds.count() >= MOST_FEEDS:
            raise ValidationError(_("A brand watches %(most)s feeds at most.") % {"most": MOST_FEEDS})
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.address != self.was:
            # Another address: what the server said of the old one does not hold.
            for name in ("etag", "last_modified", "problem", "detail"):
                setattr(self.instance, name, "")
            self.instance.failures, self.instance.taken_until, self.instance.due_at = 0, None, timezone.now()


class MentionForm(forms.ModelForm):
    """A mention that no feed brought: heard at the market, read in a closed group, told on the telephone."""

    day = day_field(_("Day"))
    rival = rival_field(label=_("About which rival"), help_text=_("Leave empty when it is about you."))
    sentiment = forms.ChoiceField(label=_("Tone"), required=False, choices=[("", _("Not said")), *Mention.Sentiment.choices])

    class Meta:
        model = Mention
        fields = ["title", "link", "site", "day", "rival", "sentiment", "is_issue", "text"]
        labels = {"title": _("What was said, in a line"), "text": _("What was said, in full")}
        help_texts = {"site": _("A site, a group, a market: where people said it."), "link": _("If it stands somewhere.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"], 300)

    def clean_rival(self) -> str:
        return one_line(self.cleaned_data["rival"], LONGEST_NAME)

    def clean_link(self) -> str:
        said = self.cleaned_data["link"].strip()
        link = real_link(said)
        if said and not link:
            raise ValidationError(_("A link begins with https:// or http://."))
        return link

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > self.instance.brand.today():
            raise ValidationError(_("That day is still to come."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("is_issue") and cleaned.get("rival"):
            self.add_error("is_issue", _("Issues are your own: of a rival’s you cannot take care."))
        return cleaned

    def save_by(self, person: User) -> Mention:
        """Whoever adds it has looked at it."""
        row = self.instance
        row.added_by = row.classified_by = person
        row.classified_at = timezone.now()
        row.site = row.site or site_of(row.link)
        row.published_at = min(datetime.combine(row.day, time(12), row.brand.zone), row.classified_at)
        row.save()
        return row


class FeedFileForm(forms.Form):
    """A feed that was saved as a file: what is in it comes to the desk as if it had been fetched."""

    file = forms.FileField(label=_("File of a feed (Atom or RSS)"), widget=forms.FileInput(attrs={"accept": ".xml,.atom,.rss"}))

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(say("feed_too_large", str(MOST_BYTES >> 20)))
        return file
