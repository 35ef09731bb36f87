"""Posts come due while the two workers that mark them and write the letters are killed again and again.

In short in CI, on PostgreSQL and Redis; in full (1,000 posts) by `make soak`, which also prints the figures.
"""

import email
import os
import random
import re
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from brands.models import Membership, Notification, Role, User
from brands.tasks import send_notifications
from calendar_app.models import Post, PostEvent, Publication
from calendar_app.tasks import mark_due_publications

PEOPLE = 4
IN_FULL = bool(int(os.environ.get("SOAK", "0")))
POSTS, DUE_WITHIN, KILLS = (1000, 45, 24) if IN_FULL else (60, 3, 3)
LETTER = re.compile(rb"^-{79}\n", re.M)


@pytest.fixture
def mail_folder(settings, tmp_path, monkeypatch) -> Path:
    """A var/ of the workers' own: the letters of other tests are not counted."""
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.delenv("EMAIL_URL", raising=False)
    return tmp_path / "var" / "mail"


@pytest.fixture
def posts_to_come(mail_folder, brand, telegram):
    """Their times lie within the next seconds; each of a few people owns some."""
    people = [User.objects.create(email=f"{number}@example.uz", name=f"Person {number}") for number in range(PEOPLE)]
    Membership.objects.bulk_create(Membership(brand=brand, user=user, role=Role.MARKETER) for user in people)
    posts = Post.objects.bulk_create(
        Post(brand=brand, title=f"Tea {number}", state="approved", owner=people[number % PEOPLE]) for number in range(POSTS)
    )
    start = timezone.now()
    return Publication.objects.bulk_create(
        Publication(brand=brand, post=post, channel=telegram, status="scheduled", at=start + DUE_WITHIN * _part(number))
        for number, post in enumerate(posts)
    )


def _part(number: int) -> timedelta:
    return timedelta(seconds=number / POSTS)


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.only_on_services
def test_killed_workers_mark_each_due_post_once_and_write_of_each(start_worker, posts_to_come, mail_folder, fault_row):
    assert connection.vendor == "postgresql", "make soak and the second half of make test name a PostgreSQL"
    began, kills = time.monotonic(), _until_all_is_told(start_worker)
    marks = Counter(PostEvent.objects.filter(verb="due").values_list("publication", flat=True))
    told = Counter(Notification.objects.filter(kind="post_due").values_list("url", flat=True))
    letters = _letters(mail_folder)
    seen = f"{marks.total()} due marks, {told.total()} reminders, {letters.total()} letters with {len(letters)} Message-IDs"
    fault_row("worker killed", f"kill -9, {kills} times while {POSTS} posts come due", seen, time.monotonic() - began)
    assert set(Publication.objects.values_list("status", "version")) == {("due", 2)}
    assert len(marks) == marks.total() == len(told) == told.total() == POSTS
    assert letters.keys() == {f"<notification-{pk}@127.0.0.1>" for pk in Notification.objects.values_list("pk", flat=True)}
    assert kills >= KILLS


def _until_all_is_told(start_worker) -> int:
    """Be the timetable, in a hurry, and the bad luck; how often a worker was killed."""
    chance = random.Random()
    workers = [start_worker("--purge"), start_worker()]
    for worker in workers:
        worker.wait_until_ready()
    kills, next_kill, deadline = 0, time.monotonic() + 0.5, time.monotonic() + DUE_WITHIN * 8 + 60
    while time.monotonic() < deadline:
        mark_due_publications.delay()
        send_notifications.delay()
        if kills < KILLS and time.monotonic() > next_kill:
            unlucky = chance.randrange(2)
            workers[unlucky].process.kill()
            workers[unlucky].process.wait()
            workers[unlucky] = start_worker()
            kills += 1
            next_kill = time.monotonic() + chance.uniform(0.3, 2 * DUE_WITHIN / KILLS)
        elif kills == KILLS and _is_all_told():
            return kills
        time.sleep(0.2)
    return kills


def _is_all_told() -> bool:
    written = Notification.objects.exclude(emailed_at=None).count()
    return written == POSTS and not Publication.objects.filter(status="scheduled").exists()


def _letters(folder: Path) -> Counter:
    """How many letters there are with each Message-ID."""
    found: Counter = Counter()
    for file in folder.iterdir():
        for letter in LETTER.split(file.read_bytes()):
            if letter.strip():
                found[email.message_from_bytes(letter)["Message-ID"]] += 1
    return found
