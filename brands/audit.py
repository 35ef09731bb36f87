"""The audit log: who did what, when, from where, on what. Rows are only ever added."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from brands.models import AuditEntry, Brand, Invitation, Membership, User

# What is about people, or is their own words, bears no title: a title would keep the name of somebody who asked to be forgotten.
UNTITLED = {model._meta.label_lower for model in (User, Membership, Invitation)} | {
    "calendar_app.calendarfeed", "calendar_app.comment", "calendar_app.savedview", "metrics.mention", "metrics.reportrecipient",
    "metrics.reportletter", "strategies.stepcomment", "strategies.surveyresponse", "calendar_app.reviewlink", "metrics.sharelink",
    "metrics.reportlink", "calendar_app.publication", "calendar_app.postevent",
}  # fmt: skip
OUR_APPS = {"brands", "strategies", "calendar_app", "metrics"}

NUMBER_HEADER = "X-Request-ID"
NUMBER = re.compile(r"[A-Za-z0-9_-]{8,36}")

ACTS: dict[str, object] = {
    "signed_in": _("Signed in"),
    "failed_to_sign_in": _("Failed to sign in"),
    "signed_out": _("Signed out"),
    "ended_sessions": _("Ended sessions on other devices"),
    "changed_password": _("Changed the password"),
    "reset_password": _("Reset the password"),
    "added_second_factor": _("Added a second factor"),
    "removed_second_factor": _("Removed a second factor"),
    "made_recovery_codes": _("Made new recovery codes"),
    "failed_second_factor": _("Failed at the second factor"),
    "invited": _("Invited somebody"),
    "invitation_revoked": _("Took an invitation back"),
    "invitation_accepted": _("Joined the team"),
    "role_changed": _("Changed the role of a member"),
    "left": _("Left the team"),
    "member_removed": _("Removed a member"),
    "brand_made": _("Made the brand"),
    "brand_demo_made": _("Made the sample brand"),
    "settings_changed": _("Changed the settings"),
    "two_factors_required": _("Made two factors a condition for the team"),
    "two_factors_optional": _("Left two factors to each person again"),
    "zone_changed": _("Changed the time zone"),
    "channel_added": _("Added the channel"),
    "channel_changed": _("Changed the channel"),
    "channel_stopped": _("Took the channel out of use"),
    "channel_resumed": _("Took the channel into use again"),
    "post_start": _("Began to write the post"),
    "post_send": _("Sent the post to review"),
    "post_ready": _("Marked the post as ready"),
    "post_approve": _("Approved the post"),
    "post_pass_on": _("Approved the post for the client"),
    "post_client_approve": _("Approved the post as the client"),
    "post_return": _("Asked for changes to the post"),
    "post_client_return": _("Asked for changes to the post as the client"),
    "post_take_back": _("Took the post back to draft"),
    "post_shelve": _("Kept the post as an idea"),
    "post_rewritten": _("Changed the approved post, which goes back to review"),
    "publication_publish": _("Marked as published"),
    "publication_retract": _("Marked as not published after all"),
    "publication_cancel": _("Called off"),
    "publication_restore": _("Planned again"),
    "publication_missed": _("Noted as missed"),
    "publication_expired": _("Noted as not approved in time"),
    "import_applied": _("Saved the figures of a file"),
    "import_undo_asked": _("Asked to take back the figures of a file"),
    "import_undone": _("Took back the figures of a file"),
    "plan_applied": _("Took posts over from a plan file"),
    "file_taken": _("Downloaded"),
    "feed_made": _("Made a calendar feed"),
    "feed_ended": _("Ended a calendar feed"),
    "link_made": _("Made a public link"),
    "link_ended": _("Ended a public link"),
    "strategy_created": _("Created the strategy"),
    "strategy_submitted": _("Sent the strategy to review"),
    "strategy_returned": _("Returned the strategy with a note"),
    "strategy_approved": _("Approved the strategy"),
    "strategy_archived": _("Archived the strategy"),
    "strategy_restored": _("Brought the strategy back from the archive"),
    "strategy_waived": _("Left a gate of the strategy open"),
    "strategy_asked_again": _("Closed a gate of the strategy again"),
    "strategy_preset_taken_back": _("Took back what a preset had filled in"),
    "strategy_reverted": _("Took the strategy back to what was approved"),
    "strategy_budget": _("Looked at the budget"),
    "goal_added": _("Added a goal or target"),
    "goal_changed": _("Changed a goal or target"),
    "budget_added": _("Added to the budget"),
    "budget_changed": _("Changed the budget"),
    "figures_cleared": _("Cleared figures of the grid"),
    "money_added": _("Recorded money"),
    "money_changed": _("Changed recorded money"),
    "brought_back": _("Brought back"),
    "deleted": _("Deleted"),
    "admin_added": _("Added in the administration"),
    "admin_changed": _("Changed in the administration"),
    "admin_deleted": _("Deleted in the administration"),
    "brand_exported": _("Asked for an export of the brand"),
    "brand_export_downloaded": _("Downloaded an export of the brand"),
    "brand_imported": _("Imported a brand"),
    "brand_closing": _("Asked to delete the brand"),
    "brand_kept": _("Kept the brand after all"),
    "brand_deleted": _("Deleted the brand"),
    "own_data_downloaded": _("Downloaded their own data"),
    "erasure_asked": _("Asked to be erased"),
    "erasure_taken_back": _("Kept the account after all"),
    "person_erased": _("Erased a person"),
    "backup_made": _("Made a backup"),
    "backup_restored": _("Restored a backup"),
    "api_token_made": _("Made an API token"),
    "api_token_revoked": _("Took an API token back"),
    "webhook_made": _("Added a webhook"),
    "webhook_changed": _("Changed a webhook"),
    "webhook_removed": _("Removed a webhook"),
    "webhook_switched_off": _("Switched off a webhook that failed"),
}


@dataclass(frozen=True)
class Asking:
    """The request that the present work answers; a task has none."""

    request: HttpRequest
    id: str


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)
_made_up: ContextVar[bool] = ContextVar("made_up", default=False)


@contextmanager
def made_up() -> Iterator[None]:
    """A story is told here (the demo), of acts that nobody did: the log, which is kept for a year, says nothing of them."""
    token = _made_up.set(True)
    try:
        yield
    finally:
        _made_up.reset(token)


def remember_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lets `record` know who asks and from where, and numbers each request.

    The number (`request.number`) stands in the audit log, in each line of the log, in the answer and on error pages.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.number = _number_of(request)
        token = _asking.set(Asking(request, request.number))
        try:
            response = get_response(request)
        finally:
            _asking.reset(token)
        response[NUMBER_HEADER] = request.number
        return response

    return middleware


def _number_of(request: HttpRequest) -> str:
    """A proxy may have numbered it already; what cannot be a number is not repeated."""
    given = request.headers.get(NUMBER_HEADER, "")
    return given if NUMBER.fullmatch(given) else uuid4().hex


def address_of(request: HttpRequest) -> str | None:
    try:
        return get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return None


@dataclass(frozen=True)
class Named:
    """A thing that is not at hand as a row, or no more: what the log needs to know of it."""

    kind: str
    pk: int
    title: str = ""

    @classmethod
    def of(cls, row: models.Model) -> "Named":
        kind = row._meta.label_lower
        is_told = kind not in UNTITLED and row._meta.app_label in OUR_APPS
        # Rows without a number of their own (sessions) are told by kind alone.
        return cls(kind, row.pk if isinstance(row.pk, int) else 0, str(row)[:200] if is_told else "")


def entry(
    act: str,
    *,
    brand: Brand | None = None,
    person: User | None = None,
    on: models.Model | Named | None = None,
    details: Mapping[str, object] | None = None,
) -> AuditEntry:
    """A row that is not saved yet. Who and where come from the request, if there is one.

    `details` are JSON (numbers, ids, words of ours), never a person's name, address or text. An act that ACTS does not
    declare raises KeyError.
    """
    asking = _asking.get()
    if person is None and asking is not None and getattr(asking.request, "user", None) is not None:
        person = asking.request.user if asking.request.user.is_authenticated else None
    ACTS[act]
    what = Named.of(on) if isinstance(on, models.Model) else on
    return AuditEntry(
        act=act,
        brand=brand,
        person=person,
        address=address_of(asking.request) if asking else None,
        kind=what.kind if what else "",
        object_id=what.pk or None if what else None,
        title=what.title[:200] if what else "",
        details=dict(details or {}),
        request_id=asking.id if asking else "",
    )


def record(
    act: str,
    *,
    brand: Brand | None = None,
    person: User | None = None,
    on: models.Model | Named | None = None,
    details: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Add a row, as `entry` says; call it inside the transaction of what it tells."""
    row = entry(act, brand=brand, person=person, on=on, details=details)
    if not _made_up.get():
        row.save(force_insert=True)
    return row


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Many at once, in the transaction of what they tell."""
    if _made_up.get():
        return
    AuditEntry.objects.bulk_create(entries, batch_size=200)


def file_taken(request: HttpRequest, brand: Brand, file: str, on: models.Model | None = None) -> None:
    """Somebody of the brand downloads something. `file` says what it is, in a word of ours: "entries.csv"."""
    if request.method == "GET":
        record("file_taken", brand=brand, on=on, details={"file": file})
