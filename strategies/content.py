"""What a post can be, in the words that the plan and the calendar share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContentFormat(models.TextChoices):
    TEXT = "text", _("Text")
    IMAGE = "image", _("Image")
    CAROUSEL = "carousel", _("Carousel")
    VIDEO = "video", _("Video")
    REEL = "reel", _("Short video")
    STORY = "story", _("Story")
    LIVE = "live", _("Live")
    LINK = "link", _("Link")
    POLL = "poll", _("Poll or quiz")
    UGC = "ugc", _("From customers (UGC)")


class JourneyStage(models.TextChoices):
    AWARENESS = "awareness", _("Awareness")
    CONSIDERATION = "consideration", _("Consideration")
    CONVERSION = "conversion", _("Conversion")
    RETENTION = "retention", _("Retention")
    ADVOCACY = "advocacy", _("Advocacy")


class Purpose(models.TextChoices):
    ATTRACT = "attract", _("Attract new people")
    ENGAGE = "engage", _("Engage existing followers")


class SlotKind(models.TextChoices):
    """What a place in the editorial plan is kept for."""

    PLANNED = "planned", pgettext_lazy("kind of content", "Planned")
    SERIES = "series", _("Series")
    BUFFER = "buffer", _("Buffer")
    REACTIVE = "reactive", _("Reactive")
    PROMO = "promo", _("Promotion")
    EVENT = "event", _("Event")
