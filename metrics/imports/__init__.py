"""From a file to figures: received, read and checked, looked at by a person, saved. The row's status is the truth.

Every step is taken by changing the status from the one before; who changes it does the work. Reading happens outside any
transaction; saving is one short transaction, in full or not at all.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from brands.audit import record
from brands.models import Brand, User
from metrics.figure_turns import take_turn
from metrics.importers import Event, ReadOptions, Recognition, Unreadable, read, recognise
from metrics.imports import kept
from metrics.imports.at_work import Progress, Stopped, check_all_now, claim
from metrics.imports.compared import stored
from metrics.imports.owners import Owners
from metrics.imports.posts import decided, found_posts
from metrics.imports.preview import described, signature, summary_of
from metrics.imports.saving import save
from metrics.imports.staging import OF_A_ROW, UNKNOWN, Issue, Staging
from metrics.models import Import, ImportIssue

log = logging.getLogger(__name__)
Status = Import.Status

MOST_ISSUES = 100_000
TICK = 0.5
ROWS_A_LOOK = 64
LOST_AFTER = timedelta(minutes=1)
DEAD_AFTER = timedelta(minutes=5)
CANCELLABLE = (Status.UPLOADED, Status.CHECKING, Status.CHECKED, Status.REFUSED, Status.QUEUED, Status.APPLYING)
_OPEN = (Status.UPLOADED, Status.CHECKING, Status.CHECKED, Status.QUEUED, Status.APPLYING, Status.APPLIED, Status.UNDOING)


# --- steps that people take


def receive(brand: Brand, user: User | None, upload: File, name: str = "", **options: object) -> tuple[Import, bool]:
    """Keep the file. The same file again is the import it already is (and False), unless that was cancelled or undone."""
    sha256 = _sha256(upload)
    name = Path((name or upload.name or "file").replace("\\", "/")).name.replace("\0", "")[:255]
    with transaction.atomic():
        # The brand's row is the lock: two people who send the same file at once get one import. Rows that only belong to it go on.
        Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        known = Import.objects.filter(brand=brand, sha256=sha256, status__in=_OPEN).first()
        if known:
            return known, False
        import_ = Import(
            brand=brand, sha256=sha256, name=name, size=upload.size, uploaded_by=user, options=options, touched_at=timezone.now()
        )
        import_.file.save(name, upload, save=False)
        import_.save()
    return import_, True


def _sha256(upload: File) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def cancel(import_: Import) -> bool:
    """Stop it, wherever it is, unless it is saved."""
    is_cancelled = move(import_.pk, CANCELLABLE, Status.CANCELLED)
    if is_cancelled:
        kept.forget(import_.pk)
    return is_cancelled


def check_again(import_: Import, options: dict[str, object]) -> bool:
    """Read the file once more with what a person added: channels, meanings of columns, dates."""
    return move(import_.pk, [Status.CHECKED, Status.REFUSED], Status.UPLOADED, options=options, rows_done=0)


def queue(import_: Import, accepted: set[str] | None = None) -> bool:
    """Save what the preview shows. False where it is not, or no longer, ready.

    `accepted` are the keys of the guesses that a person took for true; None: as the preview proposes.
    """
    if not is_settled(import_):
        return False
    # Whose the figures are is said now: a channel that comes later must not change what the preview showed.
    options = agreed(import_.options if accepted is None else decided(import_, accepted), import_.summary)
    return move(import_.pk, [Status.CHECKED], Status.QUEUED, options=options, rows_done=0)


def agreed(options: dict[str, object], summary: dict[str, object]) -> dict[str, object]:
    """The options with what the preview shows of whose the figures are."""
    return options | {"channels": {owner["key"]: owner["choice"] for owner in summary["owners"]}}


def is_settled(import_: Import) -> bool:
    """Whether it is known whose all the figures are, and there are any."""
    owners = import_.summary.get("owners", [])
    return bool(import_.summary.get("figures")) and not any(owner["choice"].startswith(UNKNOWN) for owner in owners)


def move(pk: int, before: object, after: Status, **fields: object) -> bool:
    """Change the status, if it still is one of those `before`. Only one of many who try succeeds."""
    rows = Import.objects.filter(pk=pk, status__in=before)
    return bool(rows.update(status=after, touched_at=timezone.now(), **fields))


# --- steps that workers take


def check(pk: int) -> None:
    """Read the file to its end and write down what would be saved."""
    if not move(pk, [Status.UPLOADED], Status.CHECKING):
        return
    import_ = Import.objects.select_related("brand", "channel__platform").get(pk=pk)
    try:
        _check(import_)
    except Stopped:
        log.info("Import %s was stopped while it was read", pk)
    except Unreadable as error:
        refusal = {"code": error.refusal.code, "params": dict(error.refusal.params)}
        move(pk, [Status.CHECKING], Status.REFUSED, refusal=refusal)
    except Exception:
        log.exception("Import %s could not be read", pk)
        move(pk, [Status.CHECKING], Status.FAILED, refusal={"code": "failed", "params": {}})


def _check(import_: Import) -> None:
    recognition = _with_what_was_said_before(import_)
    remember = {"importer": recognition.importer.id if recognition.importer else "", "kind": recognition.kind or ""}
    if recognition.refused:
        refusal = {"code": recognition.refused.code, "params": dict(recognition.refused.params)}
        move(import_.pk, [Status.CHECKING], Status.REFUSED, refusal=refusal, summary=described(recognition), **remember)
        return
    owners = owners_of(import_)
    kept.forget(import_.pk)
    with staging_for(import_, owners, kept.working_place(import_)) as staging:
        found: Counter[tuple[int, str]] = Counter()
        issues = _fill(import_, recognition, staging, Status.CHECKING, found)
        staging.compare(stored(import_.brand, staging))
        summary = summary_of(recognition, staging, owners, found, found_posts(import_, staging))
        if staging.path:
            staging.keep(kept.place(import_, agreed(import_.options, summary), as_of(import_)))
    with transaction.atomic():
        import_.issues.all().delete()
        ImportIssue.objects.bulk_create((_issue(import_, issue) for issue in issues), batch_size=1000)
        if not move(import_.pk, [Status.CHECKING], Status.CHECKED, summary=summary, refusal={}, **remember):
            raise Stopped


def _with_what_was_said_before(import_: Import) -> Recognition:
    """What the file is; columns mean what a person said they mean in the last file with the same headings."""
    recognition = recognised(import_)
    if "mapping" in import_.options:
        return recognition
    alike = Import.objects.filter(brand=import_.brand, summary__signature=signature(recognition), options__has_key="mapping")
    before = alike.exclude(pk=import_.pk).order_by("-pk").first()
    if before is None or not before.options["mapping"]:
        return recognition
    import_.options |= {"mapping": before.options["mapping"]}
    Import.objects.filter(pk=import_.pk).update(options=import_.options)
    return recognised(import_)


def apply(pk: int) -> None:
    """Save the figures of a checked file. Twice changes nothing, and a death on the way leaves nothing half saved."""
    if not move(pk, [Status.QUEUED], Status.APPLYING):
        return
    import_ = Import.objects.select_related("brand", "channel__platform").get(pk=pk)
    try:
        with _ready(import_) as staging:
            _save(import_, staging)
        kept.forget(pk)
    except Stopped:
        log.info("Import %s was stopped before it was saved", pk)
    except Exception:
        log.exception("Import %s could not be saved", pk)
        move(pk, [Status.APPLYING], Status.FAILED, refusal={"code": "failed", "params": {}})


def _ready(import_: Import) -> Staging:
    """The figures to save: those that the check kept, or the file read once more."""
    owners = owners_of(import_)
    if staging := kept.found(import_, owners, as_of(import_)):
        return staging
    staging = staging_for(import_, owners)
    try:
        _fill(import_, recognised(import_), staging, Status.APPLYING)
    except BaseException:
        staging.database.close()
        raise
    return staging


def _save(import_: Import, staging: Staging) -> None:
    with Progress(import_.pk, import_.summary.get("figures", 0)) as tell, transaction.atomic():
        claim(import_.pk)
        take_turn(import_.brand)
        replaced, attached = save(import_, staging, tell)
        check_all_now()
        # At the end, for it locks the row: until here, whoever cancels is heard. Of two workers only one gets here.
        if not move(import_.pk, [Status.APPLYING], Status.APPLIED, applied_at=timezone.now()):
            raise Stopped
        record(
            "import_applied",
            brand=import_.brand,
            person=import_.uploaded_by,
            on=import_,
            details={"figures": import_.summary.get("figures", 0)},
        )
        import_.summary |= {"replaced": replaced, "attached": attached}
        Import.objects.filter(pk=import_.pk).update(summary=import_.summary, channel=_only_channel(staging))


def _only_channel(staging: Staging) -> int | None:
    owners = staging.owners()
    return int(owners[0]) if len(owners) == 1 and owners[0].isdigit() else None


def stuck() -> list[tuple[int, str]]:
    """Imports that wait for a worker longer than any message takes, or whose worker is dead; put back in line."""
    kept.sweep()
    now = timezone.now()
    for working, waiting in ((Status.CHECKING, Status.UPLOADED), (Status.APPLYING, Status.QUEUED)):
        dead = Import.objects.filter(status=working, touched_at__lt=now - DEAD_AFTER)
        dead.update(status=waiting, touched_at=now - DEAD_AFTER)
    lost = Q(touched_at=None) | Q(touched_at__lt=now - LOST_AFTER)
    waiting_now = Import.objects.filter(lost, status__in=[Status.UPLOADED, Status.QUEUED, Status.UNDOING])
    return list(waiting_now.order_by("pk").values_list("pk", "status"))


# --- reading


def recognised(import_: Import) -> Recognition:
    return recognise(Path(import_.file.path), name=import_.name, mapping=import_.options.get("mapping") or {})


def owners_of(import_: Import) -> Owners:
    return Owners(import_.brand, import_.options.get("channels") or {}, import_.channel)


def staging_for(import_: Import, owners: Owners, place: Path | None = None) -> Staging:
    return Staging(owners.of, as_of(import_), import_.brand.zone, place)


def as_of(import_: Import) -> date:
    """The day that the posts' figures were counted: as told, else the day of the upload."""
    told = import_.options.get("as_of")
    return date.fromisoformat(told) if told else import_.uploaded_at.astimezone(import_.brand.zone).date()


def read_options(import_: Import) -> ReadOptions:
    got = import_.uploaded_at.astimezone(import_.brand.zone).date()
    return ReadOptions(year=import_.options.get("year"), date_order=import_.options.get("date_order") or "", until=got)


def _fill(
    import_: Import, recognition: Recognition, staging: Staging, status: Status, found: Counter[tuple[int, str]] | None = None
) -> list[Issue]:
    """Read the whole file into the staging, telling how far it is; what is not kept comes back, and is counted by table and
    reason."""
    issues: list[Issue] = []
    found = Counter() if found is None else found
    taken = filter(None, map(staging.take, _watched(import_, recognition, status)))
    told = None
    for issue in chain(taken, staging.settle()):
        # What is wrong with a row as a whole comes back with each of its figures.
        if told == (told := (issue.table, issue.line, issue.code)) and issue.code in OF_A_ROW:
            continue
        found[issue.table, issue.code] += 1
        if len(issues) < MOST_ISSUES:
            issues.append(issue)
    return issues


def _watched(import_: Import, recognition: Recognition, status: Status) -> Iterator[Event]:
    """The events of the file. Twice a second the row says how far it is and hears whether it should go on."""
    told = time.monotonic()
    total = _lines(Path(import_.file.path), recognition)
    for number, event in enumerate(read(Path(import_.file.path), recognition, options=read_options(import_))):
        # Asking the clock about each of a million rows would be felt.
        if not number % ROWS_A_LOOK and time.monotonic() - told > TICK:
            told = time.monotonic()
            done = min(recognition.lines_read(event.table, event.line), total)
            if not move(import_.pk, [status], status, rows_done=done, rows_total=total):
                raise Stopped
        yield event
    if not move(import_.pk, [status], status, rows_done=total, rows_total=total):
        raise Stopped


def _lines(path: Path, recognition: Recognition) -> int:
    """How long the file is: known of what was unpacked, else its line ends are counted."""
    last = recognition.parts[-1].place
    if last.before + last.lines:
        return last.before + last.lines
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) + 1


def _issue(import_: Import, issue: Issue) -> ImportIssue:
    return ImportIssue(
        import_file=import_,
        table=issue.table,
        line=issue.line,
        column=issue.column[:200].replace("\0", ""),
        code=issue.code,
        raw=issue.raw[:200].replace("\0", ""),
        params={name: str(value)[:200] for name, value in issue.params},
        is_error=issue.is_error,
    )
