"""Changes of a series that has its posts already: leave a day out, change all, change from a day on, end, delete.

Only what nobody touched follows: a post that was written by itself, was approved or went out stays as it is.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from brands.audit import entry, record, record_all
from brands.models import Channel, User
from brands.versions import EditConflict
from calendar_app.delivery import went
from calendar_app.models import Post, PostEvent, Publication, Series
from calendar_app.series_posts import BATCH, TAKEN, locked, owner_of, publication, rule_of, skipped_days, with_moment

Status = Publication.Status
WRITING = (Post.State.IDEA, Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.CHANGES_REQUESTED)


def follows(post: Post) -> bool:
    """Whether the post still goes along with its series."""
    outs = post.publications.all()
    return (
        not post.is_apart
        and post.state in WRITING
        and post.lead_approved_at is None
        and all(out.status == Status.PLANNED for out in outs)
    )


@transaction.atomic
def skip(series: Series, day: date, by: User) -> None:
    """Leave one day out: its draft goes, what is further on is called off, what went out refuses."""
    series = locked(series)
    if day not in rule_of(series).days():
        raise ValidationError(_("That is no day of this series."))
    for post in series.posts.filter(series_day=day).prefetch_related("publications"):
        outs = list(post.publications.all())
        if any(out.status == Status.PUBLISHED for out in outs):
            raise ValidationError(_("The post of that day went out, so the day cannot be left out."))
        if follows(post):
            record("deleted", brand=series.brand, person=by, on=post, details={"series": series.pk})
            post.delete()
        else:
            _call_off(post, outs, by)
    _set_skipped(series, skipped_days(series) | {day})


@transaction.atomic
def take_in(series: Series, day: date) -> None:
    """A day that was left out is a day of the series again."""
    series = locked(series)
    _set_skipped(series, skipped_days(series) - {day})


def _set_skipped(series: Series, days: set[date]) -> None:
    series.skipped = sorted(str(each) for each in days)
    series.save_version(series.version)


def _call_off(post: Post, outs: list[Publication], by: User) -> None:
    for out in outs:
        if out.status != Status.CANCELLED:
            was, out.status = out.status, Status.CANCELLED
            out.save_version(out.version)
            PostEvent.objects.create(post=post, publication=out, actor=by, verb="cancel", was=was, became=out.status)
            out.post = post
            record_all([went("cancel", out, post.brand, was, by)])


def follow(series: Series, by: User) -> tuple[int, int]:
    """Give the posts ahead what the series says now: (how many changed, how many went). Call with the brand's row locked.

    A day that the rule has no more takes its draft along, unless somebody talked about it.
    """
    days = set(rule_of(series).days()) - skipped_days(series)
    channels, owner = list(series.channels.all()), owner_of(series)
    changed, gone = [], []
    for post in _ahead(series):
        if post.series_day in days:
            changed.append(post)
        elif not post.comment_count:
            gone.append(post.pk)
    _delete_posts(series, gone)
    for post in changed:
        post.owner_id, post.version = owner, post.version + 1
        for name in TAKEN:
            setattr(post, name, getattr(series, name))
    Post.objects.bulk_update(changed, ["owner", "version", *(name.removesuffix("_id") for name in TAKEN)], batch_size=BATCH)
    _give_channels(series, changed, channels)
    PostEvent.objects.bulk_create([PostEvent(post=post, actor=by, verb="series") for post in changed], batch_size=BATCH)
    return len(changed), len(gone)


def _ahead(series: Series) -> list[Post]:
    """Posts of the series that still go along with it and whose time has not passed."""
    rows = series.posts.filter(is_apart=False, state__in=WRITING).select_for_update(of=("self",)).order_by("pk")
    posts = list(rows.prefetch_related("publications"))
    talked = dict(series.posts.annotate(count=Count("comments")).order_by().values_list("pk", "count"))
    now = timezone.now()
    found = [post for post in posts if follows(post) and not any(out.at and out.at <= now for out in post.publications.all())]
    for post in found:
        post.comment_count, post.brand = talked.get(post.pk, 0), series.brand
    return found


def _give_channels(series: Series, posts: list[Post], channels: list[Channel]) -> None:
    wanted = {channel.pk for channel in channels}
    kept, dropped, added = [], [], []
    for post in posts:
        outs = {out.channel_id: out for out in post.publications.all()}
        at = with_moment(series, post.series_day).at
        for out in outs.values():
            if out.channel_id not in wanted:
                dropped.append(out.pk)
            elif out.at != at:
                out.at, out.version = at, out.version + 1
                kept.append(out)
        added += [publication(post, channel, at) for channel in channels if channel.pk not in outs]
    Publication.objects.filter(pk__in=dropped).delete()
    Publication.objects.bulk_update(kept, ["at", "version"], batch_size=BATCH)
    Publication.objects.bulk_create(added, batch_size=BATCH)


def split(old: Series, new: Series, channels: list[Channel], day: date, seen: int, by: User) -> tuple[int, int]:
    """`new` takes over from `day` on, `old` ends before it. Raises EditConflict where another was faster."""
    with transaction.atomic():
        old = locked(old)
        if old.version != seen:
            raise EditConflict
        skipped = skipped_days(old)
        new.brand, new.pk, new.version, new.created_by = old.brand, None, 1, by
        new.skipped = sorted(str(each) for each in skipped if each >= day)
        new.save()
        new.channels.set(channels)
        old.until, old.count = max(day - timedelta(days=1), old.start), None
        old.skipped = sorted(str(each) for each in skipped if each < day)
        old.save_version(seen)
        old.posts.filter(series_day__gte=day).update(series=new)
        return follow(new, by)


@transaction.atomic
def end(series: Series, last: date, seen: int, by: User) -> int:
    """The series ends with `last`: drafts after it go. How many went."""
    series = locked(series)
    if series.version != seen:
        raise EditConflict
    if last < series.start:
        raise ValidationError(_("That is before its first day. Delete the series instead."))
    days = rule_of(series).days()
    if days and last >= days[-1]:
        raise ValidationError(_("It ends before that already."))
    series.until, series.count = last, None
    series.save_version(seen)
    return _drop_after(series, last)


def _delete_posts(series: Series, keys: list[int]) -> None:
    rows = Post.objects.filter(pk__in=keys)
    record_all([entry("deleted", brand=series.brand, on=post, details={"series": series.pk}) for post in rows])
    rows.delete()


def _drop_after(series: Series, last: date) -> int:
    gone = [post.pk for post in _ahead(series) if post.series_day > last and not post.comment_count]
    _delete_posts(series, gone)
    return len(gone)


@transaction.atomic
def delete(series: Series, seen: int) -> int:
    """The series goes, and its posts with it; what went out stays in the record. How many posts went."""
    series = locked(series)
    if series.version != seen:
        raise EditConflict
    out = Publication.objects.filter(status=Status.PUBLISHED).values("post")
    gone = list(series.posts.exclude(pk__in=out).values_list("pk", flat=True))
    _delete_posts(series, gone)
    record("deleted", brand=series.brand, on=series)
    series.delete()
    return len(gone)
