"""What makes writing faster: sets of hashtags, and templates of posts."""

from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.versions import Versioned


class HashtagSet(Versioned):
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="hashtag_sets")
    name = models.CharField(_("name"), max_length=60)
    tags = models.TextField(_("hashtags"), max_length=1000, help_text=_("Separated by spaces."))

    class Meta:
        verbose_name = _("set of hashtags")
        verbose_name_plural = _("sets of hashtags")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="hashtag_set_is_once_in_a_brand")]

    def __str__(self) -> str:
        return self.name


class PostTemplate(Versioned):
    """What a new post begins with."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="post_templates")
    name = models.CharField(_("name"), max_length=80)
    content = models.JSONField(default=dict, help_text=_("fields of a post"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("template of a post")
        verbose_name_plural = _("templates of posts")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="post_template_is_once_in_a_brand")]

    def __str__(self) -> str:
        return self.name

    def renumber(self, new: Callable[[str, object], int | None]) -> None:
        """Of an import: what the template points at has other numbers here."""
        fields = self.content.get("fields", {})
        labels = {name: f"strategies.{name}" for name in ("strategy", "goal", "pillar")} | {"campaign": "calendar_app.campaign"}
        for name in labels.keys() & fields.keys():
            fields[name] = new(labels[name], fields[name])
        texts = self.content.get("texts", {})
        self.content["texts"] = {str(pk): said for old, said in texts.items() if (pk := new("brands.channel", int(old)))}
        files = self.content.get("files", [])
        self.content["files"] = [pk for old in files if (pk := new("calendar_app.mediafile", old))]
