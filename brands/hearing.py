"""What a person hears of, and how: the kinds of news in words of their own, grouped as the page shows them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import EmailRhythm, LetterSettings, Membership, NotificationChoice, User
from brands.notifications import KINDS

GROUPS: Mapping[str, tuple[str | Promise, Mapping[str, str | Promise]]] = {
    "post": (
        _("Posts"),
        {
            "post_due": _("A post of yours is due"),
            "post_missed": _("A post of yours was missed"),
            "post_assigned": _("Somebody gives you a post"),
            "post_in_review": _("A post waits for your approval"),
            "post_approved": _("A post of yours is approved"),
            "post_changes_requested": _("Changes are asked for in a post of yours"),
            "post_waits_for_client": _("A post waits for the client’s approval"),
            "post_expired": _("A post was not approved in time"),
            "post_commented": _("Somebody comments on a post of yours"),
            "post_answered": _("Somebody answers you"),
            "post_mentioned": _("Somebody mentions you"),
            "key_date_near": _("A key date comes near with nothing planned"),
        },
    ),
    "strategy": (
        _("Strategies"),
        {
            "strategy_in_review": _("A strategy waits for your approval"),
            "strategy_returned": _("A strategy comes back to you"),
            "strategy_approved": _("A strategy is approved"),
            "strategy_commented": _("Somebody comments on a strategy"),
            "health_error": _("The health check finds an error"),
        },
    ),
    "figures": (
        _("Figures"),
        {
            "import_done": _("An import is ready"),
            "import_failed": _("An import went wrong"),
            "alert": _("Something that is watched needs a look"),
            "unusual_day": _("A channel had an unusual day"),
        },
    ),
    "brand": (
        _("Brand"),
        {
            "brand_closing": _("Somebody asks to delete a brand that you lead"),
        },
    ),
}
PLACE = re.compile(r"%\(\w+\)s")


@dataclass
class Row:
    """One kind of news, and whether it is said in the app and by e-mail."""

    kind: str
    label: str | Promise
    in_app: bool = True
    by_email: bool = True


def choices_of(user: User) -> list[tuple[str | Promise, list[Row]]]:
    """(group, its rows) for every kind there is; without a choice it is said both ways."""
    chosen = {row.kind: row for row in user.notification_choices.all()}
    groups = {name: (label, [Row(kind, words) for kind, words in kinds.items()]) for name, (label, kinds) in GROUPS.items()}
    named = {row.kind for _label, rows in groups.values() for row in rows}
    for kind in sorted(KINDS.keys() - named):
        groups[_group_of(kind)][1].append(Row(kind, label_of(kind)))
    for _label, rows in groups.values():
        for row in rows:
            if choice := chosen.get(row.kind):
                row.in_app, row.by_email = choice.in_app, choice.by_email
    return list(groups.values())


def label_of(kind: str) -> str:
    """What one kind of news is called where nothing of it has happened."""
    words = next((kinds[kind] for _label, kinds in GROUPS.values() if kind in kinds), None)
    # A kind that has no words here yet is told by its own sentence.
    return str(words) if words else PLACE.sub("…", str(KINDS[kind].text))


def kinds_of(group: str) -> set[str]:
    return {kind for kind in KINDS if _group_of(kind) == group}


def choose(user: User, rhythm: str, in_app: set[str], by_email: set[str], muted: Collection[Membership] = ()) -> None:
    """Keep what the page said: the kinds that are ticked, in the app and by e-mail, and the brands that write no letters."""
    rows = [NotificationChoice(user=user, kind=kind, in_app=kind in in_app, by_email=kind in by_email) for kind in KINDS]
    with transaction.atomic():
        NotificationChoice.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["in_app", "by_email"]
        )
        user.email_rhythm = rhythm
        user.save(update_fields=["email_rhythm"])
        user.memberships.update(
            letters_muted=Case(When(pk__in=[row.pk for row in muted], then=Value(True)), default=Value(False))
        )


def end_letters(user: User, kind: str = "") -> None:
    """No letters any more, of one kind or at all; what is told in the app stays as it is."""
    if kind:
        NotificationChoice.objects.update_or_create(user=user, kind=kind, defaults={"by_email": False})
        return
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if row.email_rhythm != EmailRhythm.NEVER:
            LetterSettings.objects.update_or_create(user=row, defaults={"rhythm_before": row.email_rhythm})
            User.objects.filter(pk=row.pk).update(email_rhythm=EmailRhythm.NEVER)


def begin_letters(user: User, kind: str = "") -> None:
    """As it was before they were ended."""
    if kind:
        NotificationChoice.objects.filter(user=user, kind=kind).update(by_email=True)
        return
    before = LetterSettings.objects.filter(user=user).values_list("rhythm_before", flat=True).first()
    User.objects.filter(pk=user.pk, email_rhythm=EmailRhythm.NEVER).update(email_rhythm=before or EmailRhythm.AT_ONCE)


def hears_by_email(user: User, kind: str = "") -> bool:
    if kind:
        return not NotificationChoice.objects.filter(user=user, kind=kind, by_email=False).exists()
    return user.email_rhythm != EmailRhythm.NEVER


def _group_of(kind: str) -> str:
    named = (name for name, (_label, kinds) in GROUPS.items() if kind in kinds or kind.startswith(name))
    return next(named, "figures")
