"""A plan file's way into the calendar: kept, checked, looked at, then written as a whole or not at all.

The file is the truth: it is read anew each time, so that what is written fits the calendar as it is at that moment.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from brands.audit import record
from brands.changes import told
from brands.models import Brand, User
from calendar_app.models import PlanFile, Post, PostEvent, Publication
from calendar_app.plan_files.checking import BATCH, KNOWN, NEW, REFUSED, Answers, Checked, Result, check, post_of
from calendar_app.plan_files.recognition import FORMATS, recognise
from calendar_app.plan_files.said import Note
from calendar_app.plan_files.tables import Row, Unreadable, read

SHOWN = 50
# Fewer rows are written while the person waits.
MANY_ROWS = 500
LOST_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=1)


def receive(brand: Brand, user: User, upload: File) -> PlanFile:
    name = PurePosixPath((upload.name or "file").replace("\\", "/")).name.replace("\0", "")[:200]
    plan = PlanFile(brand=brand, name=name, created_by=user)
    # The uploader's name is shown, never used as a path.
    plan.file.save(f"plans/{brand.pk}/{uuid4().hex}", upload, save=False)
    plan.save()
    look(plan)
    return plan


def look(plan: PlanFile) -> Checked | None:
    """Check the file, and keep what was found for the page."""
    try:
        checked = _checked(plan)
    except Unreadable as problem:
        plan.status, plan.summary = PlanFile.Status.REFUSED, {"code": problem.code, "params": problem.params}
        plan.save(update_fields=["status", "summary"])
        return None
    plan.status, plan.format, plan.summary = PlanFile.Status.CHECKED, checked.form.name, _summary(checked)
    plan.save(update_fields=["status", "format", "summary"])
    return checked


def refused_rows(plan: PlanFile) -> tuple[Row | None, list[Result]]:
    """The header of the file, where it has one, and each row that was not taken."""
    checked = _checked(plan)
    return checked.head, [result for result in checked.results if result.state == REFUSED]


def is_waiting(plan: PlanFile) -> bool:
    """A worker was asked to write it, and is not known to be lost."""
    return plan.status == PlanFile.Status.CHECKED and _asked_since(plan, LOST_AFTER)


def _asked_since(plan: PlanFile, long: timedelta) -> bool:
    queued = parse_datetime(plan.summary.get("queued", ""))
    return queued is not None and queued > timezone.now() - long


def queue(plan: PlanFile) -> None:
    plan.summary = plan.summary | {"queued": timezone.now().isoformat()}
    plan.save(update_fields=["summary"])


def lost() -> list[int]:
    """Files that a worker was asked to write and none did: the message was lost, or the worker died."""
    asked = PlanFile.objects.filter(status=PlanFile.Status.CHECKED, summary__has_key="queued").order_by("pk")
    return [plan.pk for plan in asked if not is_waiting(plan) and _asked_since(plan, GIVEN_UP_AFTER)]


def apply(pk: int) -> PlanFile | None:
    """Write what is new. Doing it again, or two doing it at once, writes nothing twice."""
    plan = PlanFile.objects.select_related("brand", "created_by").filter(pk=pk).first()
    if plan is None or plan.status != PlanFile.Status.CHECKED or plan.summary.get("asks"):
        return plan
    rows = _rows(plan)
    with transaction.atomic():
        # The brand's row is the lock: no other file is compared and written meanwhile.
        brand = Brand.objects.select_for_update(no_key=True).get(pk=plan.brand_id)
        plan.refresh_from_db(fields=["status", "answers"])
        if plan.status != PlanFile.Status.CHECKED:
            return plan
        checked = check(brand, FORMATS[plan.format], rows, Answers.of(plan.answers))
        if checked.asks:
            # The calendar is another one by now: the page asks, and no worker tries again.
            plan.summary = _summary(checked)
            plan.save(update_fields=["summary"])
            return plan
        _write(brand, plan, [result for result in checked.results if result.state == NEW])
        plan.status, plan.applied_at = PlanFile.Status.APPLIED, timezone.now()
        plan.summary = _summary(checked)
        plan.save(update_fields=["status", "applied_at", "summary"])
        told(brand)
    return plan


def _rows(plan: PlanFile) -> list[Row]:
    try:
        with plan.file.open("rb") as file:
            return read(file.read())
    except OSError as problem:
        raise Unreadable("gone") from problem


def _checked(plan: PlanFile) -> Checked:
    rows = _rows(plan)
    return check(plan.brand, recognise(rows), rows, Answers.of(plan.answers))


def _write(brand: Brand, plan: PlanFile, results: Sequence[Result]) -> None:
    posts: dict[tuple, Post] = {}
    publications = []
    for result in results:
        name = post_of(result)
        post = posts.get(name)
        if post is None:
            post = posts[name] = _post(brand, plan, result)
        publications += [
            Publication(brand=brand, post=post, channel=channel, at=result.at, text_override=result.said.channel_text)
            for channel in result.outings
        ]
    Post.objects.bulk_create(posts.values(), batch_size=BATCH)
    Publication.objects.bulk_create(publications, batch_size=BATCH)
    PostEvent.objects.bulk_create(
        [
            PostEvent(post=post, actor=plan.created_by, verb="create", became=post.state, note=plan.name)
            for post in posts.values()
        ],
        batch_size=BATCH,
    )
    record("plan_applied", brand=brand, person=plan.created_by, on=plan, details={"posts": len(posts)})


def _post(brand: Brand, plan: PlanFile, result: Result) -> Post:
    said, form = result.said, FORMATS[plan.format]
    keys = {name: key for name, key in result.keys.items() if key is not None}
    if not form.is_exact or ("owner" in said.names and "owner_id" not in keys):
        keys.setdefault("owner_id", plan.created_by_id)
    return Post(brand=brand, title=said.title, text=said.text, created_by=plan.created_by, **said.fields, **keys)


def _summary(checked: Checked) -> dict:
    results = checked.results
    refused = [result for result in results if result.state == REFUSED]
    taken = [result for result in results if result.state == NEW]
    reasons = Counter(result.reason.code for result in refused)
    return {
        "rows": checked.total,
        "asks": checked.asks,
        "header": [cell.strip()[:80] for cell in checked.head.cells if cell.strip()] if "columns" in checked.asks else [],
        "new": len({post_of(result) for result in taken}),
        "outings": sum(len(result.outings) for result in taken),
        "known": checked.count(KNOWN),
        "refused": len(refused),
        "noted": sum(bool(result.said.notes) for result in taken),
        "reasons": reasons.most_common(),
        "missing": checked.missing,
        "sample": [_shown(result) for result in taken[:SHOWN]],
        "refused_sample": [_shown(result) for result in refused[:SHOWN]],
    }


def _shown(result: Result) -> dict:
    return {
        "line": result.row.line,
        "title": (result.said.title or " · ".join(cell.strip() for cell in result.row.cells if cell.strip()))[:120],
        "when": result.at.isoformat() if result.at else "",
        "channels": [channel.pk for channel in result.outings],
        "reason": _told(result.reason) if result.reason else None,
        "notes": [_told(note) for note in result.said.notes],
    }


def _told(note: Note) -> list:
    return [note.code, dict(note.params)]
