"""Whose figures a file holds: it names networks, sometimes accounts, and never one of our channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from brands.models import Brand, Channel, Platform
from metrics.imports.staging import BRAND, LEFT_OUT, UNKNOWN

WEBSITE = "website"
"""What importers of web analytics say in the place of a network: the brand’s own site, which is no channel of it."""


def key_of(platform: str, channel: str) -> str:
    """How the preview asks about what a file says: `instagram`, `instagram:@shop`, `:@shop` or nothing at all."""
    return f"{platform}:{channel}" if channel else platform


@dataclass
class Owners:
    """Answers for each row whose it is: as the user chose, else by handle, else the only channel of the network."""

    brand: Brand
    chosen: dict[str, str]
    default: Channel | None = None
    channels: list[Channel] = field(init=False)
    known: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.channels = list(self.brand.channels.select_related("platform"))

    @property
    def choices(self) -> set[str]:
        """All whose figures may be stored."""
        return {BRAND, *(str(channel.pk) for channel in self.channels)}

    def of(self, platform: str, channel: str) -> str:
        """A channel's number, BRAND, LEFT_OUT, or UNKNOWN and the key."""
        key = key_of(platform, channel)
        if key not in self.known:
            self.known[key] = self._chosen(key) or self._guess(platform, channel) or UNKNOWN + key
        return self.known[key]

    def _chosen(self, key: str) -> str:
        choice = self.chosen.get(key, "")
        if choice in (BRAND, LEFT_OUT):
            return choice
        return next((choice for channel in self.channels if str(channel.pk) == choice), "")

    def _guess(self, platform: str, channel: str) -> str:
        if self.default and platform in ("", self.default.platform.slug):
            return str(self.default.pk)
        if platform == WEBSITE:
            return BRAND
        fitting = [own for own in self.channels if platform in ("", own.platform.slug)]
        if channel:
            fitting = [own for own in fitting if _handle(own.handle) == _handle(channel)]
        else:
            fitting = [own for own in fitting if own.is_active]
        # A file without a network may be of the brand as a whole: that is for people to say.
        return str(fitting[0].pk) if len(fitting) == 1 and (platform or channel) else ""

    def name(self, key: str) -> str:
        """What the file says, with the network's proper name."""
        slug, _colon, account = key.partition(":")
        if slug == WEBSITE:
            return _("the website")
        platform = next((own.platform.name for own in self.channels if own.platform.slug == slug), "") or _platform_name(slug)
        return f"{platform} {account}".strip() if slug else account

    def fitting(self, key: str) -> Iterable[Channel]:
        """The channels to choose from for what the file says."""
        platform = key.partition(":")[0]
        return [own for own in self.channels if platform in ("", WEBSITE, own.platform.slug)]


def _platform_name(slug: str) -> str:
    return Platform.objects.filter(slug=slug).values_list("name", flat=True).first() or slug.capitalize()


def _handle(text: str) -> str:
    return text.strip().removeprefix("@").casefold()
