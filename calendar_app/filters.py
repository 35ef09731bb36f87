"""Which publications a calendar page shows, out of its address. What makes no sense there is left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, User
from brands.searching import LONGEST, holding, patterns
from brands.templatetags.ui import STATUSES
from calendar_app.models import Campaign, Post, Publication, PublicationQuerySet
from strategies.content import ContentFormat, JourneyStage
from strategies.models import Pillar

# These stand in the bar, the others behind “More filters”.
MAIN = 5
SHOWN_STATUSES = [*Post.State.values, *(value for value in Publication.Status.values if value != Publication.Status.PLANNED)]


@dataclass
class Filter:
    """One choice: its name in the address, its options, and what it asks of a publication."""

    name: str
    label: str | Promise
    anything: str | Promise
    icon: str
    lookup: str
    options: list[tuple[str, str]]
    chosen: str = ""

    def read(self, asked: QueryDict) -> None:
        value = asked.get(self.name, "")
        self.chosen = value if value in dict(self.options) else ""


@dataclass
class Filters:
    filters: list[Filter] = field(default_factory=list)
    words: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        chosen = [(one.name, one.chosen) for one in self.filters if one.chosen]
        return [*chosen, ("q", self.words)] if self.words else chosen

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    @property
    def is_on(self) -> bool:
        return bool(self.pairs)

    @property
    def main(self) -> list[Filter]:
        return self.filters[:MAIN]

    @property
    def further(self) -> list[Filter]:
        return self.filters[MAIN:]

    @property
    def further_on(self) -> int:
        """How many of those behind “More filters” are chosen."""
        return sum(bool(one.chosen) for one in self.further)

    def chosen(self, name: str) -> str:
        return next((one.chosen for one in self.filters if one.name == name), "")

    def apply(self, publications: PublicationQuerySet) -> PublicationQuerySet:
        """Called-off ones are shown only to those who ask for them."""
        for one in self.filters:
            if one.chosen and one.name != "status":
                publications = publications.filter(**{one.lookup: one.chosen})
        publications = publications.filter(holding(patterns(self.words), "post__title", "post__text", "text_override"))
        status = self.chosen("status")
        return publications.shown_as(status) if status else publications.standing()


def read(
    asked: QueryDict,
    brand: Brand,
    channels: Iterable,
    pillars: Iterable[Pillar] | None = None,
    campaigns: Iterable[Campaign] | None = None,
) -> Filters:
    """The filters of a page, chosen as its address says. Rows the page has loaded anyway are handed over."""
    pillars = Pillar.objects.filter(strategy__brand=brand) if pillars is None else pillars
    campaigns = brand.campaigns.all() if campaigns is None else campaigns
    people = User.objects.filter(memberships__brand=brand).order_by("name", "email").only("name", "email")
    statuses = [(name, str(STATUSES[name].word)) for name in SHOWN_STATUSES]
    filters = [
        Filter("channel", _("Channel"), _("All channels"), "broadcast", "channel", _named(channels)),
        Filter("status", _("Status"), _("Any status"), "progress", "", statuses),
        Filter("pillar", _("Pillar"), _("All pillars"), "tag", "post__pillar", _named(pillars)),
        Filter("campaign", _("Campaign"), _("Any campaign"), "flag", "post__campaign", _named(campaigns)),
        Filter("owner", _("Owner"), _("Everyone"), "user", "post__owner", _named(people)),
        Filter("format", _("Format"), _("Any format"), "photo", "post__format", _choices(ContentFormat)),
        Filter("stage", _("Journey stage"), _("Any journey stage"), "route", "post__journey_stage", _choices(JourneyStage)),
        Filter("kind", _("Kind"), _("Any kind"), "hash", "post__kind", _choices(Post.Kind)),
    ]
    for one in filters:
        one.read(asked)
    return Filters(filters, " ".join(asked.get("q", "").replace("\x00", "")[:LONGEST].split()))


def _choices(kinds: type[TextChoices]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in kinds.choices]


def _named(rows: Iterable) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in rows]
