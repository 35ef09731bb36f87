"""Writes that touch a post and its publications together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brands.audit import record
from brands.models import Brand, Channel, Membership, User
from brands.versions import EditConflict
from calendar_app import approval, versions
from calendar_app.attached import attach, files_of
from calendar_app.models import MediaFile, Post, PostEvent, Publication
from calendar_app.moments import Moment, NoSuchTime, moment, moment_or_later

Status = Publication.Status
NEEDS_TIME_AHEAD = (Status.SCHEDULED, Status.DUE, Status.MISSED, Status.EXPIRED)
# An approval is for what readers will see.
SAID = ("text", "link", "format", "first_comment", "adds_utm", "utm_campaign", "utm_content")


@dataclass
class Outing:
    """What the form wants of one channel. `seen` is the version the editor had loaded."""

    channel: Channel
    wanted: bool
    at: datetime | None
    text: str
    publication: Publication | None = None
    seen: int | None = None

    @property
    def differs(self) -> bool:
        row = self.publication
        if row is None:
            return self.wanted
        return not self.wanted or row.at != self.at or row.text_override != self.text


def when(brand: Brand, day: date, clock: time) -> Moment:
    """The moment in the brand's zone; ValidationError where the clocks jump over it."""
    try:
        return moment(day, clock, brand.zone)
    except NoSuchTime:
        raise ValidationError(
            _("There is no %(time)s on that day: the clocks are put forward. Choose another time."),
            code="no_such_time",
            params={"time": f"{clock:%H:%M}"},
        ) from None
    except OverflowError:
        raise ValidationError(_("That day is too far away.")) from None


def create(post: Post, outings: Iterable[Outing], actor: User, files: Sequence[MediaFile] = ()) -> None:
    with transaction.atomic():
        post.created_by = actor
        post.save()
        PostEvent.objects.create(post=post, actor=actor, verb="create", became=post.state)
        for outing in outings:
            if outing.wanted:
                _add(post, outing)
        attach(post, files)
        versions.keep(post, versions.content_of(post), actor)


def update(
    post: Post,
    before: Post,
    outings: Iterable[Outing],
    membership: Membership,
    seen: int,
    files: Sequence[MediaFile] | None = None,
) -> bool:
    """Save the post, its publications and its files; True where that took an approval away.

    `before` is the post as it was stored; files of None stay as they are. Raises EditConflict and writes nothing where
    another was faster.
    """
    outings = [outing for outing in outings if outing.differs]
    with transaction.atomic():
        _keep_what_was(before)
        says_else = _says_something_else(post, before, outings, files)
        rewritten = says_else and approval.is_undone_by_a_change(before)
        if post.text != before.text:
            _freeze_published(post, before)
        if rewritten:
            approval.reopen(post)
        # From here on the post goes its own way: changes of its series pass it by.
        post.is_apart = post.is_apart or post.series_id is not None
        post.save_version(seen)
        for outing in outings:
            _apply(post, outing, membership.user)
        if files is not None:
            attach(post, files)
        versions.keep(post, versions.content_of(post), membership.user)
        if rewritten:
            approval.ask_again(post, approval.place(before), membership)
        elif says_else:
            approval.note_edit(post, membership.user)
    return rewritten


def move(publication: Publication, day: date, clock: time, membership: Membership, seen: int) -> Moment:
    """Give the publication another time in the brand's zone."""
    if publication.is_settled:
        raise ValidationError(_("It is “%(status)s” and stays where it is."), params={"status": publication.get_status_display()})
    chosen = when(publication.brand, day, clock)
    was = publication.at
    publication.at = chosen.at
    _settle_status(publication)
    with transaction.atomic():
        publication.save_version(seen)
        Post.objects.filter(pk=publication.post_id, series__isnull=False).update(is_apart=True)
        _log_move(publication, was, membership.user)
    return chosen


def change_zone(brand: Brand, zone: str, seen: int) -> int:
    """Give the brand another zone; what is still to come keeps its time on the clock. How many publications moved.

    Where the new zone's clocks jump over a time, it goes out an hour later.
    """
    with transaction.atomic():
        brand = Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        old = brand.zone
        brand.time_zone = zone
        rows = list(upcoming(brand).select_for_update())
        for row in rows:
            local = row.at.astimezone(old)
            row.at = moment_or_later(local.date(), local.time(), brand.zone)
            row.version += 1
        Publication.objects.bulk_update(rows, ["at", "version"], batch_size=500)
        brand.save_version(seen)
        record("zone_changed", brand=brand, on=brand, details={"values": {"time_zone": [str(old), zone]}})
    return len(rows)


def upcoming(brand: Brand):
    """What has not gone out and has a time ahead."""
    waiting = brand.publications.filter(status__in=[Status.PLANNED, Status.SCHEDULED], at__gt=timezone.now())
    return waiting.order_by("at", "pk")


def _apply(post: Post, outing: Outing, actor: User) -> None:
    if outing.publication is None:
        _add(post, outing)
    elif not outing.wanted:
        _drop(post, outing, actor)
    else:
        _change(outing, actor)


def _add(post: Post, outing: Outing) -> None:
    Publication.objects.create(brand=post.brand, post=post, channel=outing.channel, at=outing.at, text_override=outing.text)


def _drop(post: Post, outing: Outing, actor: User) -> None:
    rows = Publication.objects.filter(pk=outing.publication.pk, version=outing.seen).exclude(status=Status.PUBLISHED)
    if not rows.delete()[0]:
        raise EditConflict
    PostEvent.objects.create(post=post, actor=actor, verb="drop_channel", note=str(outing.channel))


def _change(outing: Outing, actor: User) -> None:
    publication, was = outing.publication, outing.publication.at
    publication.at, publication.text_override = outing.at, outing.text
    if was != publication.at:
        _settle_status(publication)
    publication.save_version(outing.seen)
    if was != publication.at:
        _log_move(publication, was, actor)


def _settle_status(publication: Publication) -> None:
    """What a new time does to the status: without one it is only planned, a missed one with a time ahead is on again."""
    if publication.status not in NEEDS_TIME_AHEAD:
        return
    if publication.at is None:
        publication.status = Status.PLANNED
    elif publication.at <= timezone.now():
        raise ValidationError(_("That time has passed. Choose one ahead, or mark the post as published."))
    else:
        # What expired was never scheduled: its checks are still to come.
        approved = publication.post.state == Post.State.APPROVED and publication.status != Status.EXPIRED
        publication.status = Status.SCHEDULED if approved else Status.PLANNED


def _freeze_published(post: Post, before: Post) -> None:
    """What is out keeps the words it went out with."""
    rows = post.publications.filter(status=Status.PUBLISHED, text_override="")
    rows.update(text_override=before.text)


def _keep_what_was(before: Post) -> None:
    """Posts that slots, series and imports made have no version yet: their first words are not lost."""
    if not before.versions.exists():
        versions.keep(before, versions.content_of(before), before.created_by)


def _says_something_else(post: Post, before: Post, outings: list[Outing], files: Sequence[MediaFile] | None) -> bool:
    if all(row.is_settled for row in before.publications.all()) and before.publications.all():
        return False
    if any(getattr(post, name) != getattr(before, name) for name in SAID):
        return True
    if files is not None and [file.pk for file in files] != [file.pk for file in files_of(before)]:
        return True
    return any(row.publication and row.wanted and row.publication.text_override != row.text for row in outings) or any(
        row.publication is None and row.text for row in outings
    )


def _log_move(publication: Publication, was: datetime | None, actor: User) -> None:
    PostEvent.objects.create(
        post=publication.post, publication=publication, actor=actor, verb="move", was=_stamp(was), became=_stamp(publication.at)
    )


def _stamp(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""
