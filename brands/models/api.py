"""Programs that work for a member: their tokens, and what they asked once already."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.models.teams import Brand, Membership


class Scope(models.TextChoices):
    """What a token may do at most. What its owner may not do, it may not do either."""

    READ = "read", _("Read everything that you see")
    POSTS = "posts:write", _("Write, move and approve posts")
    PUBLICATIONS = "publications:write", _("Report posts as published")
    OBSERVATIONS = "observations:write", _("Bring figures")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def working(self) -> "ApiTokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), membership__user__is_active=True)


class ApiToken(models.Model):
    """Lets a program act as a member, with the role that the member has now. Only a digest of the secret is kept."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="api_tokens")
    # Who leaves the team takes their tokens along.
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="api_tokens", verbose_name=_("member"))
    name = models.CharField(_("what for"), max_length=80)
    scopes = models.JSONField(_("what it may do"), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(_("begins with"), max_length=12, help_text=_("So that its owner knows it again."))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    last_used_at = models.DateTimeField(_("used last"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scope_names(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes if scope in Scope.values]

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered: the same request again gets the same answer, and does nothing."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text=_("of method, address and body"))
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="key_is_answered_once_for_a_token")]
        indexes = [models.Index(fields=["created_at"], name="kept_answers_by_age")]

    def __str__(self) -> str:
        return self.key
