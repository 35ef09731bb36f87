"""The life of an import below its pages: received, checked, saved, taken back."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from calendar_app.models import Post, Publication
from conftest import database_url
from metrics import imports, tasks
from metrics.imports import undo as undo_import
from metrics.models import Import, Observation, StalePeriod

DAYS = "date,likes,views\n2026-01-05,40,1000\n2026-01-06,300,8000\n"
POSTS = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,"
    "Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n"
    '1900000000000000001,"Mon, Jan 5, 2026",Yangi kolleksiya,https://x.com/atlas/status/1900000000000000001,900,40,60,2,0,1,5,3,2,1,4,0,0\n'
    '1900000000000000002,"Tue, Jan 6, 2026",Ipak roʻmol,https://x.com/atlas/status/1900000000000000002,100,4,6,0,0,0,1,0,0,0,2,0,0\n'
)


@pytest.fixture
def receive(brand):
    def make(text: str | bytes, name: str = "figures.csv", **options) -> Import:
        content = text if isinstance(text, bytes) else text.encode()
        import_, _new = imports.receive(brand, None, ContentFile(content, name=name), **options)
        return import_

    return make


@pytest.fixture
def checked(receive):
    def make(text: str | bytes, name: str = "figures.csv", **options) -> Import:
        import_ = receive(text, name, **options)
        imports.check(import_.pk)
        import_.refresh_from_db()
        return import_

    return make


@pytest.fixture
def saved(checked, instagram):
    def make(text: str, name: str = "figures.csv", channel=instagram, **options) -> Import:
        import_ = checked(text, name, channels={"": str(channel.pk)} if channel else {}, **options)
        assert imports.queue(import_), import_.summary
        imports.apply(import_.pk)
        import_.refresh_from_db()
        assert import_.status == "applied"
        return import_

    return make


def figures(**lookups) -> dict:
    return {
        (row.measure, row.start.isoformat()): (row.value, row.source_id)
        for row in Observation.objects.filter(**lookups).order_by("start", "measure")
    }


def values(**lookups) -> dict:
    return {key: int(value) for key, (value, _source) in figures(**lookups).items()}


# --- received


def test_the_same_file_is_the_same_import(brand, receive):
    first = receive(DAYS)
    again, is_new = imports.receive(brand, None, ContentFile(DAYS.encode(), name="copy.csv"))
    assert (again, is_new) == (first, False)


def test_the_same_file_in_another_brand_is_another_import(receive, brand):
    first = receive(DAYS)
    other, is_new = imports.receive(
        type(brand).objects.create(name="Silk", slug="silk"), None, ContentFile(DAYS.encode(), name="a.csv")
    )
    assert is_new and other != first


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\temp\\x.csv", "a\0b.csv", "x" * 400 + ".csv", "/"])
def test_a_file_name_is_never_a_path(receive, settings, name):
    import_ = receive(DAYS, name)
    assert Path(import_.file.path).is_relative_to(Path(settings.MEDIA_ROOT) / "imports")
    assert "/" not in import_.name and "\0" not in import_.name


# --- checked


def test_a_check_tells_what_would_be_saved_and_saves_nothing(checked, instagram):
    import_ = checked(DAYS, channels={"": str(instagram.pk)})
    summary = import_.summary
    assert import_.status == "checked"
    assert (import_.importer, summary["rows"], summary["figures"], summary["new"]) == ("generic_csv", 2, 4, 4)
    assert (summary["date_min"], summary["date_max"]) == ("2026-01-05", "2026-01-06")
    assert summary["sums"] == {"likes": "340", "views": "9000"}
    assert not Observation.objects.exists()


def test_a_check_compares_with_what_is_stored(checked, instagram, record):
    record("likes", "2026-01-05", 40, channel=instagram)
    record("likes", "2026-01-06", 299, channel=instagram)
    summary = checked(DAYS, channels={"": str(instagram.pk)}).summary
    assert (summary["new"], summary["updated"], summary["same"]) == (2, 1, 1)


def test_what_is_not_stored_is_listed_with_its_reason(checked, instagram):
    import_ = checked(
        "date,likes\n2026-01-05,-3\n2026-01-06,many\n2026-01-07,5\n2026-01-07,6\n", channels={"": str(instagram.pk)}
    )
    found = {(issue.line, issue.code, issue.is_error) for issue in import_.issues.all()}
    assert found == {(2, "negative", True), (3, "not_a_number", True), (4, "duplicate", False)}
    assert import_.summary["sums"] == {"likes": "6"}


def test_the_only_channel_of_a_network_is_taken(checked, channel_on):
    x = channel_on("x")
    [owner] = checked(POSTS).summary["owners"]
    assert (owner["key"], owner["choice"]) == ("x", str(x.pk))


def test_with_two_channels_of_a_network_a_person_says_which(checked, channel_on):
    channel_on("x"), channel_on("x", "atlas_uz")
    import_ = checked(POSTS)
    assert import_.summary["owners"][0]["choice"].startswith("?")
    assert not imports.queue(import_)


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "image"),
        (b"\xff\xfe" + bytes(range(256)) * 8, None),
        (os.urandom(3000), None),
        (b"a" * 2_000_000, None),
        (b",".join(b"column%d" % number for number in range(10_000)) + b"\n" + b",".join([b"1"] * 10_000), None),
        (b"hello,world\n1,2\n", "not_recognised"),
    ],
)
def test_garbage_is_refused_with_a_reason(checked, content, code):
    import_ = checked(content, "picture.csv")
    assert import_.status == "refused"
    assert import_.refusal["code"] != "failed"
    assert code in (None, import_.refusal["code"])


def test_an_accident_while_reading_fails_the_import_and_not_the_worker(receive, monkeypatch):
    monkeypatch.setattr(imports, "recognise", lambda *_a, **_k: 1 / 0)
    import_ = receive(DAYS)
    imports.check(import_.pk)
    import_.refresh_from_db()
    assert (import_.status, import_.refusal["code"]) == ("failed", "failed")


# --- saved


def test_figures_are_saved_with_their_origin(saved, instagram):
    import_ = saved(DAYS)
    row = Observation.objects.get(measure="likes", start=date(2026, 1, 6))
    assert (row.value, row.channel, row.source, row.line, row.end) == (300, instagram, import_, 3, row.start)
    assert import_.channel == instagram
    assert import_.applied_at


def test_only_the_touched_days_are_marked_stale(saved, instagram):
    saved(DAYS)
    mark = StalePeriod.objects.get()
    assert (mark.channel, mark.start, mark.end) == (instagram, date(2026, 1, 5), date(2026, 1, 6))


def test_figures_of_the_whole_brand_have_no_channel(checked):
    import_ = checked("date,leads\n2026-01-05,4\n", channels={"": "brand"})
    assert imports.queue(import_)
    imports.apply(import_.pk)
    assert Observation.objects.get().channel is None


def test_a_newer_file_replaces_the_figures_it_has(saved):
    saved(DAYS)
    saved("date,likes\n2026-01-06,301\n", "newer.csv")
    assert values() == {
        ("likes", "2026-01-05"): 40,
        ("likes", "2026-01-06"): 301,
        ("views", "2026-01-05"): 1000,
        ("views", "2026-01-06"): 8000,
    }


def test_saving_twice_changes_nothing(saved):
    import_ = saved(DAYS)
    before = figures()
    imports.apply(import_.pk)
    assert figures() == before


def test_of_two_workers_with_one_file_only_one_saves(checked, instagram, monkeypatch):
    import_ = checked(DAYS, channels={"": str(instagram.pk)})
    imports.queue(import_)
    saves = []
    real = imports.save

    def save(*arguments):
        saves.append(1)
        return real(*arguments)

    monkeypatch.setattr(imports, "save", save)
    imports.apply(import_.pk)
    # The sweep thought the first worker dead and queued the import again.
    Import.objects.filter(pk=import_.pk).update(status="applied")
    imports.apply(import_.pk)
    assert len(saves) == 1


def test_a_cancelled_import_is_not_saved(checked, instagram):
    import_ = checked(DAYS, channels={"": str(instagram.pk)})
    imports.queue(import_)
    assert imports.cancel(import_)
    imports.apply(import_.pk)
    assert not Observation.objects.exists()


def test_a_saved_import_cannot_be_cancelled(saved):
    assert not imports.cancel(saved(DAYS))


def test_cancelling_while_it_is_read_stops_it(receive, monkeypatch):
    import_ = receive(DAYS)
    monkeypatch.setattr(imports, "TICK", -1)
    real = imports.read

    def read(*arguments, **options):
        imports.cancel(import_)
        yield from real(*arguments, **options)

    monkeypatch.setattr(imports, "read", read)
    imports.check(import_.pk)
    import_.refresh_from_db()
    assert import_.status == "cancelled"


def test_an_accident_while_saving_leaves_nothing_half_done(checked, instagram, monkeypatch):
    import_ = checked(DAYS, channels={"": str(instagram.pk)})
    imports.queue(import_)
    monkeypatch.setattr("metrics.imports.saving.mark_stale", lambda *_a, **_k: 1 / 0)
    imports.apply(import_.pk)
    import_.refresh_from_db()
    assert import_.status == "failed"
    assert not Observation.objects.exists()


# --- posts


def test_posts_of_a_file_become_posts_outside_the_plan(saved, channel_on, brand):
    x = channel_on("x")
    import_ = saved(POSTS, channel=None)
    assert import_.summary["posts"] == {"matched": 0, "unplanned": 2}
    publication = Publication.objects.get(platform_post_id="1900000000000000001")
    assert (publication.channel, publication.origin, publication.post.kind) == (x, "import", "unplanned")
    snapshot = publication.observations.get(measure="likes")
    assert (snapshot.start, snapshot.end, snapshot.value) == (date(2026, 1, 5), brand.today(), 40)


def test_the_day_of_counting_is_asked(saved, channel_on):
    channel_on("x")
    saved(POSTS, channel=None, as_of="2026-02-01")
    assert set(Observation.objects.values_list("end", flat=True)) == {date(2026, 2, 1)}


def test_a_post_that_went_out_after_the_day_of_counting_is_refused(checked, channel_on):
    channel_on("x")
    import_ = checked(POSTS, as_of="2026-01-05")
    assert import_.summary["rows"] == 1
    assert set(import_.issues.values_list("code", flat=True)) == {"published_after_count"}


def test_posts_planned_here_are_found_again(saved, channel_on, brand):
    x = channel_on("x")
    post = Post.objects.create(brand=brand, title="Yangi kolleksiya")
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    ours = Publication.objects.create(
        brand=brand, post=post, channel=x, at=at, published_at=at, status="published",
        permalink="https://x.com/atlas/status/1900000000000000001",
    )  # fmt: skip
    assert saved(POSTS, channel=None).summary["posts"] == {"matched": 1, "unplanned": 1}
    assert ours.observations.get(measure="likes").value == 40


def test_a_link_that_is_no_link_is_not_kept(saved, channel_on):
    channel_on("x")
    saved(POSTS.replace("https://x.com/atlas/status/1900000000000000001", "javascript:alert(1)"), channel=None)
    assert Publication.objects.get(platform_post_id="1900000000000000001").permalink == ""


# --- taken back


def take_back(import_: Import) -> None:
    assert undo_import.begin(import_)
    undo_import.take_back(import_.pk)
    import_.refresh_from_db()
    assert import_.status == "undone"


def test_undoing_takes_the_figures_back(saved):
    take_back(saved(DAYS))
    assert not Observation.objects.exists()
    assert StalePeriod.objects.count() == 2


def test_undoing_brings_back_what_an_older_file_had(saved):
    older = saved(DAYS)
    before = figures()
    newer = saved("date,likes\n2026-01-06,301\n2026-02-01,7\n", "newer.csv")
    take_back(newer)
    assert figures() == before
    assert set(Observation.objects.values_list("source", flat=True)) == {older.pk}


def test_undoing_an_older_file_leaves_the_newer_ones_figures(saved):
    older = saved(DAYS)
    saved("date,likes\n2026-01-06,301\n", "newer.csv")
    saved("date,likes\n2026-01-07,1\n", "newest.csv")
    take_back(older)
    assert values() == {("likes", "2026-01-06"): 301, ("likes", "2026-01-07"): 1}


def test_undoing_in_any_order_leaves_what_the_others_say(saved):
    first = saved("date,likes\n2026-01-05,1\n2026-01-06,1\n", "1.csv")
    second = saved("date,likes\n2026-01-06,2\n2026-01-07,2\n", "2.csv")
    third = saved("date,likes\n2026-01-06,3\n2026-01-08,3\n", "3.csv")
    take_back(second)
    assert values() == {("likes", "2026-01-05"): 1, ("likes", "2026-01-06"): 3, ("likes", "2026-01-08"): 3}
    take_back(third)
    assert values() == {("likes", "2026-01-05"): 1, ("likes", "2026-01-06"): 1}
    take_back(first)
    assert values() == {}


def test_undoing_brings_back_what_a_person_had_recorded(saved, instagram, record, marketer):
    record("likes", "2026-01-05", 39, channel=instagram, recorded_by=marketer)
    first = saved(DAYS)
    second = saved("date,likes\n2026-01-05,41\n", "newer.csv")
    take_back(first)
    assert values() == {("likes", "2026-01-05"): 41}
    take_back(second)
    row = Observation.objects.get()
    assert (row.value, row.source, row.recorded_by) == (39, None, marketer)


def test_undoing_does_not_bring_back_what_a_person_deleted(saved):
    saved(DAYS)
    newer = saved("date,likes\n2026-01-06,301\n", "newer.csv")
    Observation.objects.filter(measure="views").delete()
    take_back(newer)
    assert values() == {("likes", "2026-01-05"): 40, ("likes", "2026-01-06"): 300}


def test_posts_that_only_the_undone_file_knew_go_with_it(saved, channel_on, brand):
    channel_on("x")
    kept_post = Post.objects.create(brand=brand, title="Ours")
    import_ = saved(POSTS, channel=None)
    Publication.objects.filter(platform_post_id="1900000000000000002").update(version=2)
    take_back(import_)
    assert set(Post.objects.values_list("title", flat=True)) == {"Ours", "Ipak roʻmol"}
    assert kept_post.pk


def test_posts_that_another_file_knows_stay(saved, channel_on):
    channel_on("x")
    saved(POSTS, channel=None, as_of="2026-01-20")
    later = saved(POSTS.replace(",900,40,", ",950,45,"), "later.csv", channel=None, as_of="2026-02-01")
    take_back(later)
    assert Publication.objects.count() == 2
    assert set(Observation.objects.values_list("end", flat=True)) == {date(2026, 1, 20)}


def test_after_undoing_the_same_file_can_be_imported_again(saved, receive):
    import_ = saved(DAYS)
    before = values()
    take_back(import_)
    again = saved(DAYS)
    assert again.pk != import_.pk
    assert values() == before


def test_what_is_not_saved_cannot_be_undone(receive):
    assert not undo_import.begin(receive(DAYS))


# --- workers that die


@pytest.mark.parametrize("status, waits_as", [("checking", "uploaded"), ("applying", "queued"), ("undoing", "undoing")])
def test_an_import_whose_worker_died_is_put_back_in_line(receive, status, waits_as):
    import_ = receive(DAYS)
    Import.objects.filter(pk=import_.pk).update(status=status, touched_at=timezone.now() - timedelta(minutes=6))
    assert imports.stuck() == [(import_.pk, waits_as)]


def test_an_import_that_is_being_worked_on_is_left_alone(receive):
    import_ = receive(DAYS)
    for status in ("checking", "applying", "queued", "uploaded"):
        Import.objects.filter(pk=import_.pk).update(status=status, touched_at=timezone.now())
        assert imports.stuck() == []


def test_the_sweep_finishes_what_was_left(checked, instagram, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    import_ = checked(DAYS, channels={"": str(instagram.pk)})
    Import.objects.filter(pk=import_.pk).update(status="applying", touched_at=timezone.now() - timedelta(minutes=6))
    for pk, status in imports.stuck():
        assert status == "queued"
        tasks.apply_import(pk)
    assert Observation.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_saving_leaves_nothing_half_done(checked, instagram, settings):
    import_ = checked(DAYS, channels={"": str(instagram.pk)})
    imports.queue(import_)
    code = (
        "import django, os, signal; django.setup()\n"
        "from metrics import imports\n"
        "from metrics.imports import saving\n"
        "saving.mark_stale = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"imports.apply({import_.pk})"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "smmplanner.settings",
        "DATABASE_URL": database_url(connection.settings_dict),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    died = subprocess.run([sys.executable, "-c", code], env=environment, cwd=Path(imports.__file__).parents[2], check=False)
    assert died.returncode == -signal.SIGKILL
    import_.refresh_from_db()
    assert import_.status == "applying"
    assert not Observation.objects.exists()
    Import.objects.update(touched_at=timezone.now() - timedelta(minutes=6))
    [(pk, _status)] = imports.stuck()
    imports.apply(pk)
    assert values() == {
        ("likes", "2026-01-05"): 40,
        ("views", "2026-01-05"): 1000,
        ("likes", "2026-01-06"): 300,
        ("views", "2026-01-06"): 8000,
    }


# --- cost


def test_more_rows_take_no_more_queries(saved, instagram, django_assert_max_num_queries):
    rows = "\n".join(f"{date(2024, 1, 1) + timedelta(days=number)},{number},{number}" for number in range(600))
    with django_assert_max_num_queries(60):
        import_ = saved("date,likes,views\n" + rows)
    assert import_.summary["figures"] == 1200


def test_sums_of_the_preview_are_exact(checked, instagram):
    summary = checked("date,watch_seconds\n2026-01-05,0.1\n2026-01-06,0.2\n", channels={"": str(instagram.pk)}).summary
    assert Decimal(summary["sums"]["watch_seconds"]) == Decimal("0.3")
    assert json.dumps(summary)


def test_what_was_said_of_columns_is_remembered_for_the_next_file(checked, instagram):
    first = checked("date,Sold things\n2026-01-05,3\n", mapping={"Sold things": "conversions"}, channels={"": str(instagram.pk)})
    assert first.summary["sums"] == {"conversions": "3"}
    again = checked("date,Sold things\n2026-01-06,4\n", channels={"": str(instagram.pk)})
    assert again.summary["sums"] == {"conversions": "4"}


def test_a_channel_that_comes_later_changes_nothing_of_what_was_agreed(checked, channel_on):
    x = channel_on("x")
    import_ = checked(POSTS)
    imports.queue(import_)
    channel_on("x", "atlas_uz")
    imports.apply(import_.pk)
    assert set(Observation.objects.values_list("channel", flat=True)) == {x.pk}
