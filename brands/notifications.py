"""Telling a person what waits for them: `notify` writes a row once, KINDS says how it reads in their language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brands.models import Brand, Notification, User


@dataclass(frozen=True)
class Kind:
    """How a notification reads; `text` has named places that the row's `params` fill."""

    text: str | Promise
    icon: str
    tone: str = "acc"


KINDS: Mapping[str, Kind] = {
    "post_due": Kind(_("Publish “%(title)s” on %(channel)s: its time has come"), "bell", "warn"),
    "post_missed": Kind(_("“%(title)s” on %(channel)s was not marked as published"), "alert-triangle", "bad"),
    "post_assigned": Kind(_("%(by)s gave you the post “%(title)s”"), "user", "acc"),
    "post_in_review": Kind(_("“%(title)s” waits for your approval"), "eye", "warn"),
    "post_approved": Kind(_("%(by)s approved “%(title)s”"), "circle-check", "good"),
    "post_changes_requested": Kind(_("%(by)s asks for changes in “%(title)s”"), "message-report", "bad"),
    "post_waits_for_client": Kind(_("“%(title)s” waits for your approval as the client"), "user-check", "warn"),
    "post_expired": Kind(_("“%(title)s” on %(channel)s was not approved in time"), "clock-off", "bad"),
    "post_commented": Kind(_("%(by)s on “%(title)s”: “%(text)s”"), "message-report", "acc"),
    "post_answered": Kind(_("%(by)s answered you on “%(title)s”: “%(text)s”"), "message-report", "acc"),
    "post_mentioned": Kind(_("%(by)s mentions you on “%(title)s”: “%(text)s”"), "at", "acc"),
    "key_date_near": Kind(_("%(title)s is on %(day)s, and nothing is planned for it"), "confetti", "warn"),
    "import_done": Kind(_("The figures of %(file)s are in"), "circle-check", "good"),
    "import_failed": Kind(_("%(file)s could not be imported: %(reason)s"), "alert-triangle", "bad"),
    "mention_issue": Kind(_("An issue at %(site)s: “%(title)s”"), "alert-triangle", "bad"),
    "mention_negative": Kind(_("A bad word at %(site)s: “%(title)s”"), "mood-sad", "warn"),
    "mention_feed_failing": Kind(_("The feed “%(title)s” has not come for a day"), "rss", "warn"),
    "report_failed": Kind(_("The report “%(title)s” could not be made"), "alert-triangle", "bad"),
    "strategy_in_review": Kind(_("%(by)s sent the strategy “%(title)s” to review"), "eye", "warn"),
    "strategy_returned": Kind(_("%(by)s returned the strategy “%(title)s”: look at the comments"), "message-report", "bad"),
    "strategy_approved": Kind(_("%(by)s approved version %(number)s of “%(title)s”"), "circle-check", "good"),
    "strategy_commented": Kind(_("%(by)s on “%(title)s”: “%(text)s”"), "message-report", "acc"),
    "health_error": Kind(_("The health check of “%(strategy)s” found a new error: %(rule)s"), "heartbeat", "bad"),
    "webhook_off": Kind(_("The webhook %(title)s failed for three days and was switched off"), "alert-triangle", "bad"),
    "alert": Kind(_("%(title)s"), "alert-circle", "warn"),
    "brand_closing": Kind(_("%(by)s asked to delete this brand. You can keep it"), "trash", "bad"),
    "unusual_day": Kind(_("%(title)s"), "wave-sine", "warn"),
}


class _Params(dict):
    """A place that nobody filled shows as a dash; the page stays up."""

    def __missing__(self, name: str) -> str:
        return "—"


def text_of(notification: Notification) -> str:
    """The sentence, in the active language."""
    kind = KINDS.get(notification.kind)
    if kind is None:
        return notification.kind
    return str(kind.text) % _Params({name: _spoken(value) for name, value in notification.params.items()})


def in_each_language(say: Callable[[], str]) -> dict[str, str]:
    """Words that are put together from a language's own, for `params`: people may change the language that they read."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = say()
    return said


def _spoken(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return value.get(get_language()) or next(iter(value.values()), "—")


def look_of(notification: Notification) -> Kind:
    return KINDS.get(notification.kind, KINDS["alert"])


def notify(user: User, brand: Brand, kind: str, key: str, url: str, params: Mapping[str, object] | None = None) -> None:
    """Tell `user` once: the same `key` again, also from two processes at a time, changes nothing.

    `url` is a path on this site. `params` are plain strings and numbers, words of the row itself; what is of a language comes
    `in_each_language`.
    """
    tell([notification(user, brand, kind, key, url, params)])


def notification(
    user: User, brand: Brand, kind: str, key: str, url: str, params: Mapping[str, object] | None = None
) -> Notification:
    """A row for `tell`, which takes many at once."""
    if kind not in KINDS:
        raise ValueError(f"no such kind of notification: {kind}")
    return Notification(user=user, brand=brand, kind=kind, key=key[:120], url=url, params=dict(params or {}))


def tell(rows: Iterable[Notification]) -> None:
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def forget_old(now: datetime) -> int:
    """Nothing is kept forever, also of people who never look; how many went."""
    rows = Notification.objects.filter(
        # Unread ones after a year, as it usually is.
        Q(read_at__lt=now - timedelta(days=settings.NOTIFICATION_DAYS))
        | Q(read_at=None, created_at__lt=now - timedelta(days=2 * settings.NOTIFICATION_DAYS + 5))
    )
    return rows.delete()[0]
