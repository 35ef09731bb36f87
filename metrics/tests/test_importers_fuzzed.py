"""Two thousand damaged files: read or refused with a reason, in time, and never saved by half.

In short in CI; in full by `make soak`. `SEED=…` repeats a run, whose seed stands in what it prints.
"""

import hashlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from calendar_app.models import Post, Publication
from metrics import tasks
from metrics.importers import ReadOptions, Recognition, Row, Unreadable, read, recognise
from metrics.kpi.measures import MEASURES
from metrics.models import Import, Observation, StalePeriod
from metrics.tests import mutations

IN_FULL = bool(int(os.environ.get("SOAK", "0")))
FILES, UPLOADS = (2000, 400) if IN_FULL else (130, 20)
SECONDS = 30
SEED = int(os.environ.get("SEED") or (random.randrange(10**6) if IN_FULL else 1))


class TooSlow(BaseException):
    """Not an Exception, so that nothing on the way takes it for a damage of the file."""


@contextmanager
def in_time(name: str) -> Iterator[None]:
    def ring(*_arguments: object) -> None:
        raise TooSlow(f"{name} took longer than {SECONDS} s (seed {SEED})")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(path: Path) -> str:
    """What became of the file; what is no refusal and no row goes up."""
    recognition = recognise(path, name=path.name)
    assert isinstance(recognition, Recognition)
    if recognition.refused:
        assert recognition.refused.message_en
        return "refused"
    try:
        rows = sum(is_sound(event) for event in read(path, recognition, options=ReadOptions(year=2025, date_order="mdy")))
    except Unreadable as error:
        return "unreadable on the way" if error.refusal.message_en else "refused without a reason"
    return "read" if rows else "nothing in it"


def is_sound(event: object) -> bool:
    if not isinstance(event, Row):
        assert event.message_en
        return False
    assert event.start <= event.end and event.measure in MEASURES and event.value.is_finite()
    assert event.subject is None or event.subject.key
    return True


def test_damaged_files_are_read_or_refused(tmp_path, capsys):
    began, outcomes, slowest = time.monotonic(), Counter(), (0.0, "")
    for name, content in mutations.files(SEED, FILES):
        path = tmp_path / "upload"
        path.write_bytes(content)
        start = time.monotonic()
        with in_time(name):
            try:
                outcomes[outcome(path)] += 1
            except Exception as error:
                pytest.fail(f"seed {SEED}, {name}: {error!r}")
        slowest = max(slowest, (time.monotonic() - start, name))
    if IN_FULL:
        with capsys.disabled():
            taken = time.monotonic() - began
            print(f"\nseed {SEED}: {FILES} files in {taken:.0f} s, {dict(outcomes)}; slowest {slowest[0]:.1f} s: {slowest[1]}")
    assert outcomes["read"] > FILES / 20 < outcomes["refused"]
    assert not outcomes["refused without a reason"]


@pytest.fixture
def ask(brand, client, marketer, django_capture_on_commit_callbacks, monkeypatch):
    for task in (tasks.check_import, tasks.apply_import, tasks.take_back_import):
        monkeypatch.setattr(task, "delay", task.run)

    def request(name: str, *arguments, data=None):
        url = reverse(f"metrics:{name}", args=[brand.slug, *arguments])
        with django_capture_on_commit_callbacks(execute=True):
            response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code in (200, 302, 422), f"{url}: {response.status_code}"
        return response

    return request


def everything() -> tuple:
    return tuple(model.objects.count() for model in (Observation, Post, Publication, StalePeriod))


def sent(ask, name: str, content: bytes, channels: list) -> str:
    """Through the pages to the end: uploaded, told whose it is, saved, taken back. How it ended."""
    before = everything()
    if ask("imports", data={"files": SimpleUploadedFile(name, content)}).status_code == 422:
        assert everything() == before
        return "not taken"
    # Damage may leave a file as it was, or make it another one's twin.
    import_ = Import.objects.filter(sha256=hashlib.sha256(content).hexdigest()).latest("pk")
    ask("import", import_.pk)
    if import_.status == "checked":
        ask("settle_import", import_.pk, data=whose(import_, channels) | {"as_of": "2027-01-01"})
        ask("save_import", import_.pk, data={})
        ask("import", import_.pk)
    import_.refresh_from_db()
    assert import_.status in ("applied", "checked", "refused"), (import_.status, import_.refusal)
    if import_.status != "applied":
        assert everything() == before
        return import_.status
    assert Observation.objects.filter(source=import_).count() == import_.summary["figures"]
    ask("rows_not_stored", import_.pk)
    ask("undo_import", import_.pk, data={})
    assert everything()[:3] == before[:3]
    return "saved"


def whose(import_: Import, channels: list) -> dict[str, str]:
    """Each network's figures to its channel, all others to the brand."""
    by_platform = {channel.platform.slug: str(channel.pk) for channel in channels}
    owners = enumerate(import_.summary["owners"])
    return {f"owner-{number}": by_platform.get(owner["key"].partition(":")[0], "brand") for number, owner in owners}


def test_damaged_files_are_never_saved_by_half(ask, channel_on, capsys, caplog):
    channels = [channel_on(slug) for slug in ("instagram", "facebook", "x", "telegram")]
    outcomes: Counter[str] = Counter()
    for name, content in mutations.files(SEED + 1, UPLOADS):
        with in_time(name):
            try:
                outcomes[sent(ask, name, content, channels)] += 1
            except Exception as error:
                pytest.fail(f"seed {SEED + 1}, {name}: {error!r}\n{caplog.text[-3000:]}")
    if IN_FULL:
        with capsys.disabled():
            print(f"\nseed {SEED}: {UPLOADS} uploads, {dict(outcomes)}")
    assert outcomes["saved"]
