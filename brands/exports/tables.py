"""Which tables belong to a brand. Found by following foreign keys down from it, so that no app has to be known here."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import FileField, ForeignKey, QuerySet

from brands.models import Brand

PEOPLE = settings.AUTH_USER_MODEL.lower()
PLATFORM = "brands.platform"

# What stays behind, and why. A model that is neither here nor in the list of the tests fails them.
LEFT_OUT = {
    "brands.apitoken": "A token is a secret of a person and of this installation.",
    "brands.keptanswer": "What a program was answered, for as long as it may ask again.",
    "brands.webhookdelivery": "Messages that went to other programs.",
    "brands.webhookendpoint": "Where messages go, and the secret that signs them, is a matter of this installation.",
    "brands.auditentry": "The log belongs to the installation: it tells who did what there.",
    "brands.brandexport": "Exports do not hold exports.",
    "brands.invitation": "An invitation is a link of this installation.",
    "brands.membership": "People of the brand stand in people.json; none of them is made a member elsewhere.",
    "brands.notification": "News for a person, in that person’s own data.",
    "brands.sample": "Whose sample it is is a matter of this installation.",
    "calendar_app.calendarfeed": "A feed is a secret address of a person.",
    "calendar_app.comment_mentions": "Whom a comment mentions; its text says so, too.",
    "calendar_app.reviewlink": "A review link is a secret of this installation.",
    "calendar_app.reviewlink_posts": "A review link is a secret of this installation.",
    "calendar_app.savedview": "A view that a person kept, in that person’s own data.",
    "metrics.alertsilence": "What a person wants to hear of.",
    "metrics.finding_kpi_values": "Stored values are worked out anew; a finding keeps its figures itself.",
    "metrics.kpivalue": "Worked out anew from the figures.",
    "metrics.recomputerun": "The log of computations.",
    "metrics.reportletter": "Letters that were sent.",
    "metrics.reportlink": "A link to a report is a secret of this installation.",
    "metrics.reportrecipient": "Nobody gets letters from a place where they did not ask for them.",
    "metrics.sharelink": "A link to a strategy is a secret of this installation.",
    "metrics.staleperiod": "Worked out anew from the figures.",
    "metrics.standing": "Worked out anew from the figures.",
    "strategies.appliedpreset": "What it takes to undo a preset: numbers of rows, which are others elsewhere.",
    "strategies.strategychange": "The history names rows by their numbers, which are others elsewhere.",
}


@dataclass(frozen=True)
class Table:
    """A model whose rows belong to a brand, and the way from a row to the brand."""

    model: type[models.Model]
    way: str

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def fields(self) -> list[models.Field]:
        return list(self.model._meta.concrete_fields)

    @property
    def file_fields(self) -> list[FileField]:
        return [field for field in self.fields if isinstance(field, FileField)]

    def rows(self, brand: Brand) -> QuerySet:
        if self.model is Brand:
            return Brand.objects.filter(pk=brand.pk)
        return self.model._base_manager.filter(**{self.way: brand}).order_by("pk")


def parents(model: type[models.Model]) -> dict[str, ForeignKey]:
    return {field.name: field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)}


def target(field: ForeignKey) -> str:
    return str(field.related_model._meta.label_lower)


@cache
def belonging() -> dict[str, Table]:
    """Every table of a brand, by the shortest way; the brand itself is the first."""
    found = {Brand._meta.label_lower: Table(Brand, "")}
    edge = dict(found)
    models_ = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    while edge:
        edge = {
            model._meta.label_lower: Table(model, "__".join(filter(None, (field.name, edge[target(field)].way))))
            for model in models_
            if model._meta.label_lower not in found
            for field in reversed(parents(model).values())
            if target(field) in edge
        }
        found |= edge
    return found


@cache
def exported() -> dict[str, Table]:
    """Those that go into the file, a row's parents before the row where that can be."""
    inside = {label: table for label, table in belonging().items() if label not in LEFT_OUT}
    order: dict[str, Table] = {}

    def place(label: str, below: tuple[str, ...] = ()) -> None:
        if label in order or label in below:
            return
        for field in parents(inside[label].model).values():
            if target(field) in inside:
                place(target(field), (*below, label))
        order[label] = inside[label]

    for label in sorted(inside):
        place(label)
    return order
