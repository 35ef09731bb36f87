from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand
from brands.versions import Versioned


class CountMode(models.TextChoices):
    CHARS = "chars", _("characters")
    X_WEIGHTED = "x_weighted", _("weighted as X counts")
    UTF8_BYTES = "utf8_bytes", _("UTF-8 bytes")
    UTF16 = "utf16", _("UTF-16 units")


class PageCategory(models.TextChoices):
    """How far a company page stands apart from a personal profile."""

    PAGE_AND_PROFILE = "page_and_profile", _("A: company page apart from the personal profile")
    SAME_PROFILE = "same_profile", _("B: one profile for both purposes")
    NO_COMPANY_PROFILE = "no_company_profile", _("C: no company profile")


class MediaType(models.TextChoices):
    """Kaplan and Haenlein's classes of social media."""

    MICROBLOG = "microblog", _("Blogs and microblogs")
    NETWORK = "network", _("Social networking sites")
    SOCIAL_WORLD = "social_world", _("Virtual social worlds")
    COLLABORATIVE = "collaborative", _("Collaborative projects")
    CONTENT_COMMUNITY = "content_community", _("Content communities")
    GAME_WORLD = "game_world", _("Virtual game worlds")


class Platform(models.Model):
    """What is known of a network. Rows, not code: limits change without a release."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    is_active = models.BooleanField(_("offered for new channels"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    media_type = models.CharField(_("type"), max_length=24, choices=MediaType)
    secondary_types = models.JSONField(_("secondary types"), default=list, blank=True)
    category_seed = models.CharField(_("category then"), max_length=24, choices=PageCategory, blank=True)
    category_current = models.CharField(_("category now"), max_length=24, choices=PageCategory, blank=True)

    count_mode = models.CharField(_("how text is counted"), max_length=16, choices=CountMode, default=CountMode.CHARS)
    text_limit = models.PositiveIntegerField(_("text limit"), null=True, blank=True)
    text_limit_with_media = models.PositiveIntegerField(_("text limit with media"), null=True, blank=True)
    text_shown = models.PositiveIntegerField(_("shown before “more”"), null=True, blank=True)
    title_limit = models.PositiveIntegerField(_("title limit"), null=True, blank=True)
    hashtag_limit = models.PositiveSmallIntegerField(_("hashtags, hard limit"), null=True, blank=True)
    hashtags_advised_min = models.PositiveSmallIntegerField(_("hashtags advised, from"), null=True, blank=True)
    hashtags_advised_max = models.PositiveSmallIntegerField(_("hashtags advised, to"), null=True, blank=True)
    media_required = models.BooleanField(_("needs media"), default=False)
    media_limit = models.PositiveSmallIntegerField(_("media per post, at most"), null=True, blank=True)
    mixes_media = models.BooleanField(_("mixes images and video"), default=False)
    media_rules = models.TextField(_("media rules"), blank=True)
    links_in_text = models.BooleanField(_("links in the text can be clicked"), default=True)
    link_rules = models.CharField(_("link rules"), max_length=200, blank=True)

    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)
    audience = models.CharField(_("typical audience"), max_length=200, blank=True)
    formats = models.JSONField(_("formats"), default=list, blank=True)
    cadence_min = models.DecimalField(_("posts per week, from"), max_digits=4, decimal_places=1, null=True, blank=True)
    cadence_max = models.DecimalField(_("posts per week, to"), max_digits=4, decimal_places=1, null=True, blank=True)
    cadence_note = models.CharField(_("cadence, note"), max_length=200, blank=True)
    advertising = models.TextField(_("advertising"), blank=True)
    metrics_offered = models.JSONField(_("metrics offered"), default=list, blank=True)
    needs_video = models.BooleanField(_("lives on video"), default=False)
    translations = models.JSONField(
        _("translations"),
        default=dict,
        blank=True,
        help_text=_("The texts of this row in other languages: by language code, then by field."),
    )

    source = models.TextField(_("source"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str) -> str:
        """A text of this row in the reader's language, in English where nobody translated it."""
        language = (get_language() or "").split("-")[0]
        return self.translations.get(language, {}).get(field) or getattr(self, field)


class ChannelKind(models.TextChoices):
    PAGE = "page", _("Company page")
    PROFILE = "profile", _("Personal profile")


class Channel(Versioned):
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="channels", verbose_name=_("brand"))
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="channels", verbose_name=_("platform"))
    handle = models.CharField(_("handle"), max_length=120, help_text=_("The name after the @ or in the page’s address."))
    kind = models.CharField(_("page or profile"), max_length=8, choices=ChannelKind, default=ChannelKind.PAGE)
    is_active = models.BooleanField(_("active"), default=True)
    grew_by_buying = models.BooleanField(
        _("followers were bought or traded"), default=False, help_text=_("Bought followers, or “follow me and I follow you”.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["platform__position", "handle"]
        constraints = [models.UniqueConstraint(fields=["brand", "platform", "handle"], name="channel_is_once_in_a_brand")]

    def __str__(self) -> str:
        return f"{self.platform.name}, @{self.handle}"

    @property
    def should_be_a_page(self) -> bool:
        """A personal profile on a network that keeps company pages apart from them."""
        return self.kind == ChannelKind.PROFILE and self.platform.category_current == PageCategory.PAGE_AND_PROFILE


class ChannelCheck(models.Model):
    """One point of a channel's set-up checklist (`brands/checklist.py`): done, open, or not applicable."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state", "Open")
        DONE = "done", _("Done")
        NOT_APPLICABLE = "none", _("Does not apply")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="checks")
    check_name = models.CharField(_("point"), max_length=40)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    note = models.CharField(_("note"), max_length=200, blank=True)
    day = models.DateField(_("day"), null=True, blank=True, help_text=_("When rules were read, or when to look again."))
    changed_by = models.ForeignKey("brands.User", models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("point of a checklist")
        verbose_name_plural = _("points of checklists")
        constraints = [models.UniqueConstraint(fields=["channel", "check_name"], name="point_is_once_in_a_checklist")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.check_name}"
