from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import User
from calendar_app.handles import handles, without
from calendar_app.models.posts import Post
from calendar_app.models.publications import Publication


class PostEvent(models.Model):
    """A step in a post's life: who changed its state, from what to what."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="events")
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, blank=True, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=24)
    was = models.CharField(max_length=24, blank=True)
    became = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("step in a post’s life")
        verbose_name_plural = _("steps in a post’s life")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.post}: {self.was} → {self.became}"

    @classmethod
    def forget_name(cls, user: User, erased: str) -> None:
        """Of a person who is erased: whom a post was given to."""
        cls.objects.filter(verb="assign", note=str(user)).update(note=erased)


class Comment(models.Model):
    """Talk about a post. What is internal is not for viewers, who are clients."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    guest = models.ForeignKey(
        "calendar_app.ReviewLink", models.SET_NULL, null=True, blank=True, related_name="comments", editable=False
    )
    guest_name = models.CharField(_("said by"), max_length=80, blank=True, help_text=_("Somebody who came by a link."))
    answers = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("answers"))
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("mentions"))
    text = models.TextField(_("comment"), max_length=4000)
    visible_to_client = models.BooleanField(_("the client sees it"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def forget_name(cls, user: User, erased: str) -> None:
        """Of a person who is erased: names behind an @, which are chosen from the team. Words about them are others' own."""
        for row in cls.objects.filter(mentions=user).prefetch_related("mentions"):
            others = {name for person in row.mentions.all() if person != user for name in handles(person)}
            names = [name for name in handles(user) if name not in others]
            cls.objects.filter(pk=row.pk).update(text=without(names, row.text, erased))


class PostVersion(models.Model):
    """What a post said after a save: its words, its links and its channels, to look at and to bring back."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a post")
        verbose_name_plural = _("versions of posts")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="version_of_a_post_has_its_number")]

    def __str__(self) -> str:
        return f"{self.post}, {self.number}"

    @classmethod
    def forget_name(cls, user: User, erased: str) -> None:
        """Of a person who is erased: who was to look after the post."""
        for row in cls.objects.filter(content__thread__owner__0=user.pk).iterator(chunk_size=500):
            row.content["thread"]["owner"][1] = erased
            row.save(update_fields=["content"])

    def renumber(self, new: Callable[[str, object], int | None]) -> None:
        """Of an import: what the version points at has other numbers here; what did not come along is left out."""
        labels = {name: f"strategies.{name}" for name in ("strategy", "goal", "pillar")} | {"campaign": "calendar_app.campaign"}
        said = self.content
        thread = said.get("thread", {})
        said["thread"] = {
            name: [pk, thread[name][1]] for name in labels if name in thread and (pk := new(labels[name], thread[name][0]))
        }
        for each in said.get("channels", []):
            each["channel"] = new("brands.channel", each["channel"])
        said["channels"] = [each for each in said.get("channels", []) if each["channel"]]
        said["media"] = [[pk, name] for old, name in said.get("media", []) if (pk := new("calendar_app.mediafile", old))]
