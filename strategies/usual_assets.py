"""What most teams can build on: offered as rows to begin with, in the reader's language, changed at will."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strategies.models import Asset

Kind = Asset.Kind


class UsualAsset(NamedTuple):
    kind: Asset.Kind
    name: str | Promise
    use: str | Promise


USUAL_ASSETS = (
    UsualAsset(Kind.CONTENT, _("Photographs and films of our own"), _("Posts of the first weeks")),
    UsualAsset(
        Kind.CONTENT, _("Customers’ own pictures and words"), _("Proof that others trust us; ask each time before using them")
    ),
    UsualAsset(Kind.PEOPLE, _("Somebody who writes well"), _("Captions and answers")),
    UsualAsset(Kind.PEOPLE, _("Somebody who films and cuts"), _("Short videos, every week")),
    UsualAsset(Kind.PEOPLE, _("Somebody who answers within the hour"), _("Comments and messages, evenings too")),
    UsualAsset(Kind.EQUIPMENT, _("A phone with a good camera, a light, a microphone"), _("Films that can be heard and seen")),
    UsualAsset(Kind.BRAND, _("Logo, colours, tone of voice"), _("Every channel looks and speaks alike")),
    UsualAsset(Kind.RELATIONS, _("List of customers who agreed to hear from us"), _("First readers of each new channel")),
    UsualAsset(Kind.RELATIONS, _("Partners and opinion leaders"), _("Posts together, recommendations")),
    UsualAsset(Kind.MONEY, _("Money for advertising and tests"), _("What works gets more of it")),
)
