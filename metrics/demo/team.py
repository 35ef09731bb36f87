"""Who does what in the demo's calendar: own hours, posts that nobody owns yet, and the steps of the last days."""

from datetime import datetime, time, timedelta

from brands import hearing
from brands.models import Brand, EmailRhythm, LetterSettings, User
from brands.notifications import KINDS
from calendar_app.models import Post, PostEvent, Publication
from metrics.demo.people import LEAD, MARKETER, VIEWER

DAYS = timedelta(9)
# What happened to a post before it went out: (verb, who, was, became, how long before).
STEPS = (
    ("create", MARKETER, "", Post.State.DRAFT, timedelta(days=6, hours=3)),
    ("send", MARKETER, Post.State.DRAFT, Post.State.IN_REVIEW, timedelta(days=4, hours=1)),
    ("approve", LEAD, Post.State.IN_REVIEW, Post.State.APPROVED, timedelta(days=3, hours=5)),
    ("schedule", MARKETER, Publication.Status.PLANNED, Publication.Status.SCHEDULED, timedelta(days=2)),
    ("due", None, Publication.Status.SCHEDULED, Publication.Status.DUE, timedelta()),
    ("publish", MARKETER, Publication.Status.DUE, Publication.Status.PUBLISHED, timedelta(minutes=-6)),
)
OF_A_PUBLICATION = {"schedule", "due", "publish"}


def tell_the_teams_week(brand: Brand, people: dict[str, User]) -> None:
    now = brand.now()
    brand.saved_views.create(user=people[LEAD], name="Tasdiq kutayotganlar", view="board", query="status=in_review")
    brand.saved_views.create(user=people[MARKETER], name="Mening postlarim", view="week", query=f"owner={people[MARKETER].pk}")
    ahead = brand.posts.filter(publications__at__gt=now).distinct().order_by("pk")
    # Video takes longer than the strategy counts; and some of what is far ahead waits for an owner.
    for formats, hours in ((("video", "reel"), 7), (("carousel",), 4)):
        ahead.filter(format__in=formats).update(hours=hours)
    far = brand.posts.filter(publications__at__gt=now + timedelta(12)).distinct().order_by("pk").values_list("pk", flat=True)
    Post.objects.filter(pk__in=list(far)[::4]).update(owner=None)
    _without_a_link(brand, now)
    _choices(people)
    _steps(brand, people, now)


def _choices(people: dict[str, User]) -> None:
    """Who makes the posts needs no letter about each file; the client reads one letter a day."""
    hearing.choose(people[MARKETER], EmailRhythm.AT_ONCE, set(KINDS), set(KINDS) - {"import_done", "post_assigned"})
    hearing.choose(people[VIEWER], EmailRhythm.DAILY, set(KINDS), set(KINDS))
    LetterSettings.objects.update_or_create(
        user=people[MARKETER], defaults={"quiet_from": time(21), "quiet_to": time(8), "quiet_days": [6], "reminders_pass": True}
    )


def _without_a_link(brand: Brand, now: datetime) -> None:
    """One is out, and nobody has said yet where it can be seen."""
    out = brand.publications.filter(status=Publication.Status.PUBLISHED, at__lt=now).order_by("at", "pk")
    latest = out.last()
    if latest:
        latest.permalink = ""
        latest.save(update_fields=["permalink"])


def _steps(brand: Brand, people: dict[str, User], now: datetime) -> None:
    rows = brand.publications.filter(at__gt=now - DAYS, at__lt=now + DAYS).select_related("post").order_by("at", "pk")
    found, told = [], set()
    for row in rows:
        for verb, who, was, became, before in STEPS:
            at = row.at - before
            of_row = row if verb in OF_A_PUBLICATION else None
            if at > now or not _has_come_to(row, verb) or (verb, row.post_id, of_row) in told:
                continue
            told.add((verb, row.post_id, of_row))
            actor = people[who] if who else None
            event = PostEvent(post=row.post, publication=of_row, actor=actor, verb=verb, was=was, became=became)
            found.append((at, len(found), event))
    events = PostEvent.objects.bulk_create(event for _at, _place, event in sorted(found))
    for (at, _place, _event), event in zip(sorted(found), events, strict=True):
        event.created_at = at
    PostEvent.objects.bulk_update(events, ["created_at"])


def _has_come_to(row: Publication, verb: str) -> bool:
    """Only what fits the state that the post is in today."""
    reached = {"create": True, "send": row.post.state in (Post.State.IN_REVIEW, Post.State.APPROVED)}
    reached["approve"] = row.post.state == Post.State.APPROVED
    reached["schedule"] = row.status != Publication.Status.PLANNED
    reached["due"] = row.status in (Publication.Status.PUBLISHED, Publication.Status.MISSED)
    reached["publish"] = row.status == Publication.Status.PUBLISHED
    return reached[verb]
