from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from calendar_app.models.posts import Post


class MediaFile(models.Model):
    """A picture, a video or a document of the brand. What it is was read from its content, not from its name."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("Image")
        VIDEO = "video", _("Video")
        DOCUMENT = "document", _("Document")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="media_files")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    content_type = models.CharField(_("type"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), max_length=200)
    thumbnail = models.FileField(_("thumbnail"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    seconds = models.DecimalField(_("seconds"), max_digits=9, decimal_places=2, null=True, blank=True)
    alt_text = models.CharField(_("alt text"), max_length=1000, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["brand", "sha256"], name="file_is_kept_once_in_a_brand")]

    def __str__(self) -> str:
        return self.name


class PostMedia(models.Model):
    """A media file in a post, in its place."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="media")
    file = models.ForeignKey(MediaFile, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("medium of a post")
        verbose_name_plural = _("media of posts")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "file"], name="file_is_once_in_a_post")]

    def __str__(self) -> str:
        return f"{self.post}: {self.file}"
