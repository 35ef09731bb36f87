"""What people see, lose and wait for when something under the product breaks: real processes, really broken.

One site is at work on PostgreSQL and Redis (or on SQLite), and is broken in one way after another: what a test breaks has
recovered by itself when the next one begins. Each test prints its row of the table: the fault, how it was made, what people
saw, what was lost, and after how many seconds all was well. (Sweeps come every two seconds here, and the minutes after which the
product holds a worker or a message for lost are let pass.) Workers that are killed again and again while posts come due, while
values are computed and while files are imported, and what browsers keep of what was typed, have tests of their own:
test_due_when_killed, test_recompute_when_killed, test_imports_when_killed, test_kept_in_a_browser.
"""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from brands.models import Brand, Channel, Membership, Notification, Platform, Role, User
from calendar_app.delivery import mark_due
from calendar_app.models import Post, PostEvent, Publication
from smmplanner.tests.once import once_a_run
from smmplanner.tests.own_servers import servers_of_its_own
from smmplanner.tests.own_site import Answer, Site, children_of, until
from smmplanner.tests.prepared_site import KILLED_AFTER, load, prepare

pytestmark = pytest.mark.slow
# On SQLite, and again on PostgreSQL and Redis.
anywhere = pytest.mark.database

SETTINGS = {
    "name": "Atlas Moda", "about": "Typed with care", "website": "", "business_type": "small", "currency": "UZS",
    "approval_mode": "optional", "language": "uz", "country": "UZ",
}  # fmt: skip
POST = {"title": "Tea", "text": "Written with care", "kind": "planned", "media-seen": "1"}
IMPORTS = "/brands/atlas/imports/"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


# --- the site


@pytest.fixture(scope="module")
def prepared() -> Path:
    """A database, migrated in two goes, with a brand and a session."""
    with once_a_run(f"faults-{connection.vendor}") as (folder, is_empty):
        if is_empty:
            prepare(folder)
    return folder


@pytest.fixture(scope="module")
def at_work(prepared, tmp_path_factory) -> Iterator[Site]:
    """Web, worker and timetable, each a process of its own."""
    folder = tmp_path_factory.mktemp("site")
    with servers_of_its_own(folder) as servers, ExitStack() as stack:
        site = Site(folder, **servers.environment)
        stack.callback(site.end)
        load(site, prepared, servers.postgres)
        site.servers = servers
        site.web, site.worker, site.beat = site.start_web(), site.start_worker(), site.start_beat("beat")
        site.ask("brand")
        until(lambda: sweeps(site, "beat") and " ready." in site.whole_log("worker"), why=lambda: site.log("worker", "beat"))
        yield site


@pytest.fixture
def site(at_work) -> Site:
    """Whole again, after whatever the test before did."""
    at_work.servers.mail.is_silent = False
    until(at_work.answers, why=lambda: at_work.log("web"))
    assert at_work.worker.poll() is None and at_work.beat.poll() is None, at_work.log("worker", "beat")
    return at_work


def save_settings(site: Site, **changed: str) -> Answer:
    return site.post("/brands/atlas/settings/", SETTINGS | changed | {"version": str(site.ask("brand_version"))})


def sweeps(site: Site, beat: str) -> int:
    """How often that timetable asked for letters to be sent."""
    return site.whole_log(beat).count("Sending due task send notifications")


def until_told(site: Site, title: str, count: int) -> float:
    """Until all who are to hear that these posts are due have heard so, once."""
    all_of_it = {"due": count, "reminders": count, "written": count}
    seconds = until(lambda: site.ask("told_of", title) == all_of_it, why=lambda: site.log("worker", "beat"))
    assert site.servers.mail.count(title) == count
    return seconds


# --- migrations


@anywhere
def test_a_migration_that_was_killed_is_completed_by_the_next(prepared, fault_row):
    told = json.loads((prepared / "told.json").read_text())
    assert told["stood"] >= KILLED_AFTER
    fault_row("migration interrupted", f"`migrate` killed -9 after {told['stood']} migrations", "not open yet", told["seconds"])


# --- processes


@anywhere
def test_a_web_process_killed_in_the_middle_of_a_save_leaves_nothing_half_done(site, fault_row):
    before, half_saved = site.ask("brand"), site.var / "half-saved"
    half_saved.unlink(missing_ok=True)
    lost: list[str] = []

    def save() -> None:
        try:
            lost.append(str(site.post("/slow/60/", {}).status))
        except OSError:
            lost.append("cut")

    asking = threading.Thread(target=save)
    asking.start()
    until(half_saved.exists, why=lambda: site.log("web"))
    for pid in children_of(site.web.pid):
        os.kill(pid, signal.SIGKILL)
    asking.join(60)
    recovered = until(site.answers, why=lambda: site.log("web"))
    assert lost == ["cut"]
    assert site.ask("brand") == before
    assert save_settings(site, about="Sent again").status == 302
    assert site.ask("brand") == ["Atlas Moda", "Sent again"]
    fault_row(
        "web process killed mid-save", "kill -9 inside the transaction", "the line is cut; sent again, it is saved", recovered
    )


DAYS, MEASURES = 5000, ("likes", "comments", "shares", "saves", "views")


@anywhere
def test_what_a_worker_was_killed_at_is_completed_once_by_the_next(site, fault_row):
    figures = "\n".join(
        f"{timezone.localdate() - timedelta(days=number + 1)},telegram,{','.join(str(number + at) for at in range(len(MEASURES)))}"
        for number in range(DAYS)
    )
    assert site.post(IMPORTS, {}, ("files", f"date,platform,{','.join(MEASURES)}\n{figures}\n".encode())).status == 302
    pk, _status = site.ask("newest_import")
    kill_the_worker_while(site, pk, "checking")
    until(lambda: site.ask("newest_import") == [pk, "checked"], why=lambda: site.log("worker", "beat"))
    assert site.ask("figures_of", pk) == 0
    assert site.post(f"{IMPORTS}{pk}/save/", {}).status == 302
    kill_the_worker_while(site, pk, "applying")
    assert site.ask("figures_of", pk) == 0
    assert "Atlas" in site.get(f"{IMPORTS}{pk}/").text
    recovered = until(lambda: site.ask("newest_import") == [pk, "applied"], why=lambda: site.log("worker", "beat"))
    assert site.ask("figures_of", pk) == DAYS * len(MEASURES)
    fault_row(
        "worker killed", "kill -9 while it checks a file, and while it saves it", "the file is still being worked on", recovered
    )


def kill_the_worker_while(site: Site, pk: int, status: str) -> None:
    """In the middle of it; another worker starts, and the minutes pass after which one that says nothing is held for dead."""
    until(lambda: site.ask("newest_import") == [pk, status], every=0.005, why=lambda: site.log("worker"))
    site.worker.kill()
    site.worker.wait()
    assert site.ask("newest_import") == [pk, status], "it was faster"
    site.worker = site.start_worker()
    site.ask("minutes_pass", 10)


@anywhere
def test_two_timetables_at_once_tell_each_thing_once(site, fault_row):
    second = site.start_beat("second")
    until(lambda: sweeps(site, "second"), why=lambda: site.log("second"))
    site.ask("posts_come_due", "Doubled", 20)
    site.ask("leads_fall_below", 20)
    seconds = until_told(site, "Doubled", 20)
    once = {"alerts": 1, "told": 1, "written": 1}
    until(lambda: site.ask("told_of_alerts") == once, why=lambda: site.log("worker", "beat", "second"))
    # Both go on asking for the same.
    seen = {name: sweeps(site, name) for name in ("beat", "second")}
    until(lambda: all(sweeps(site, name) > count + 2 for name, count in seen.items()), why=lambda: site.log("beat", "second"))
    assert site.ask("told_of_alerts") == once
    until_told(site, "Doubled", 20)
    assert site.servers.mail.sent_twice() == []
    second.terminate()
    second.wait()
    fault_row("beat doubled", "two `celery beat`, one broker", "20 reminders and 1 alert, each told and written of once", seconds)


# --- files


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Mounted; whoever may not mount is not told about full disks."""
    place.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(file: Path, left: int = 0) -> None:
    """The disk, but for a few bytes."""
    with file.open("wb", buffering=0) as taken:
        try:
            while True:
                taken.write(b"x" * 4096)
        except OSError:
            taken.truncate(taken.tell() - left)


def write_post(site: Site, picture: bytes) -> Answer:
    fields = POST | {f"channel-{site.ask('channel')}-on": "on"}
    return site.post("/brands/atlas/calendar/posts/new/", fields, ("upload", PIXEL + picture))


def is_refused_in_words(answer: Answer) -> bool:
    assert answer.status == 422, answer.text[-600:]
    return "could not store it" in answer.text and "Written with care" in answer.text


@pytest.mark.database
@pytest.mark.once(on_services=True)
def test_a_full_disk_says_so_keeps_what_was_saved_and_goes_on_when_there_is_room(site, fault_row):
    with small_disk(site.var / "media", "2m") as disk:
        fill(disk / "filler")
        assert is_refused_in_words(write_post(site, b"full"))
        # A file that a page takes as a whole has no form to go back to with: the page says what is wrong.
        figures = b"date,platform,likes\n" + b"2026-01-01,telegram,5\n" * 3000
        imported = site.post(IMPORTS, {}, ("files", figures))
        assert imported.status == 507 and "no room left" in imported.text and imported.headers["Retry-After"] == "30"
        (disk / "filler").unlink()
        again = write_post(site, b"full")
        assert again.status == 302, again.text[-600:]
        fault_row(
            "disk full", "a mounted disk of 2 MB", "“could not store it”, the form as typed; 507 for a file alone", again.seconds
        )


def test_a_database_on_a_full_disk_takes_back_the_whole_save_and_says_so(prepared, tmp_path, fault_row):
    size = sum(file.stat().st_size for file in (prepared / "var").glob("smmplanner.sqlite3*")) // 1024 + 8000
    with small_disk(tmp_path / "small", f"{size}k") as disk, ExitStack() as stack:
        site = Site(tmp_path)
        site.var = disk / "var"
        site.environment["VAR_DIR"] = str(site.var)
        stack.callback(site.end)
        load(site, prepared)
        site.start_web()
        until(site.answers, why=lambda: site.log("web"))
        answers = []
        # Which of its files finds no room, and what SQLite then says, depends on how little there is.
        for left in (0, 4096, 12288):
            fill(disk / "filler", left)
            answers.append(site.post("/brands/atlas/settings/", SETTINGS | {"name": "Lost", "version": "1"}))
        (disk / "filler").unlink()
        then = save_settings(site)
        assert [(answer.status, answer.headers["Retry-After"]) for answer in answers] == [(507, "30")] * 3, site.log("web")
        assert all("Go back: what you typed is still there" in answer.text for answer in answers)
        assert then.status == 302 and site.ask("brand") == ["Atlas Moda", "Typed with care"]
        fault_row("database’s disk full", "a mounted disk without room", "507, go back and save again", then.seconds)


@pytest.mark.database
@pytest.mark.once(on_services=True)
def test_without_the_place_for_files_pages_open_and_uploads_say_what_is_wrong(site, fault_row):
    media = site.var / "media"
    created = write_post(site, b"kept")
    assert created.status == 302, created.text[-600:]
    picture = f"/brands/atlas/calendar/media/{site.ask('newest_media')}/"
    kept = site.get(picture).text
    folders = [media, *(place for place in media.rglob("*") if place.is_dir())]
    with modes(folders, 0o555):
        assert is_refused_in_words(write_post(site, b"read-only"))
        assert site.get(picture).text == kept
    with modes(folders, 0o000):
        page = site.get(created.headers["Location"])
        assert page.status == 200 and f"{picture}thumb/" in page.text
        whole, thumb = site.get(picture), site.get(picture + "thumb/")
        assert whole.status == 503 and "place for files" in whole.text and whole.headers["Retry-After"] == "30"
        assert thumb.status == 503 and thumb.headers["Content-Type"] == "image/svg+xml" and "<svg" in thumb.text
    again = write_post(site, b"read-only")
    assert again.status == 302, again.text[-600:]
    assert site.get(picture).text == kept and site.get(picture + "thumb/").headers["Content-Type"] == "image/webp"
    fault_row(
        "file storage broken",
        "the folder read-only, then closed",
        "“could not store it”, the form as typed; a placeholder for a picture; 503 for a file alone",
        again.seconds,
    )


@contextmanager
def modes(folders: list[Path], mode: int) -> Iterator[None]:
    """From the last to the first: who may not enter a folder reaches none within it."""
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("no setpriv on the PATH: root ignores the modes of files")
    for folder in reversed(folders):
        folder.chmod(mode)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


# --- mail


@pytest.mark.database
@pytest.mark.once(on_services=True)
def test_a_silent_mail_server_holds_up_a_page_for_seconds_and_letters_until_it_answers(site, fault_row):
    site.servers.mail.is_silent = True
    site.ask("posts_come_due", "Slow mail", 3)
    known, site.session = site.session, ""
    answer = site.post("/accounts/password/reset/", {"email": "dilnoza@example.uz"})
    site.session = known
    assert answer.status == 302 and answer.seconds < 60
    cookies = answer.headers.get("Set-Cookie", "")
    assert "messages" in cookies or "sessionid" in cookies
    until(lambda: "the next sweep tries again" in site.whole_log("worker"), why=lambda: site.log("worker"))
    assert site.ask("told_of", "Slow mail") == {"due": 3, "reminders": 3, "written": 0}
    site.servers.mail.is_silent = False
    recovered = until_told(site, "Slow mail", 3)
    seen = sweeps(site, "beat")
    until(lambda: sweeps(site, "beat") > seen + 2)
    assert site.servers.mail.count("Slow mail") == 3 and site.servers.mail.sent_twice() == []
    fault_row("slow mail server", "it takes the call and is silent", f"the page says so after {answer.seconds:.1f} s", recovered)


# --- Redis


@pytest.mark.services
@pytest.mark.only_on_services
def test_without_redis_pages_open_acts_are_kept_and_done_when_it_is_back(site, fault_row):
    site.servers.redis.stop()
    try:
        assert site.get("/brands/atlas/calendar/").status == 200
        sent = site.post(IMPORTS, {}, ("files", b"date,platform,likes\n2019-01-01,telegram,5\n"))
        assert sent.status == 302, sent.text[-600:]
        site.ask("posts_come_due", "Queued nowhere", 3)
        known, site.session = site.session, ""
        attempts = [site.post("/accounts/login/", {"login": "dilnoza@example.uz", "password": "wrong"}) for _attempt in range(6)]
        site.session, signing_in = known, attempts[0]
        assert signing_in.status == 200 and all("not right" in attempt.text for attempt in attempts[:5])
        assert "Too many" in attempts[5].text
        pk, status = site.ask("newest_import")
        assert status == "uploaded" and site.ask("told_of", "Queued nowhere")["due"] == 0
    finally:
        site.servers.redis.start()
    began = time.monotonic()
    site.ask("minutes_pass", 1)
    until(lambda: site.ask("newest_import") == [pk, "checked"], why=lambda: site.log("worker", "beat"))
    until_told(site, "Queued nowhere", 3)
    assert site.servers.mail.sent_twice() == []
    seen = f"pages as ever (signing in {signing_in.seconds:.1f} s, a file sent {sent.seconds:.1f} s)"
    fault_row("Redis gone", "killed -9, empty when it comes back", seen, time.monotonic() - began)


# --- PostgreSQL


@pytest.mark.services
@pytest.mark.only_on_services
def test_postgres_restarted_without_notice_is_a_503_and_a_long_form_is_sent_again(site, fault_row):
    postgres = site.servers.postgres
    step = f"/brands/atlas/strategies/{site.ask('strategy')}/audience/"
    typed, words = {}, []
    for number, (pk, version, _text) in enumerate(site.ask("audience_answers")):
        words.append(f"{number}: " + " ".join(["Women who dress for feasts."] * 30))
        typed |= {f"row-{pk}-text": words[-1], f"row-{pk}-version": str(version)}
    postgres.control("stop", "-m", "immediate")
    try:
        away = site.post(step, typed)
        assert away.status == 503 and away.headers["Retry-After"] == "30" and "does not answer" in away.text
        assert site.get("/brands/atlas/settings/").status == 503
    finally:
        postgres.control("start")
    recovered = until(lambda: site.get(step).status == 200, why=lambda: site.log("web"))
    postgres.control("restart", "-m", "immediate")
    assert site.post(step, typed).status == 302
    assert [text for _pk, _version, text in site.ask("audience_answers")] == words
    assert site.worker.poll() is None and site.beat.poll() is None
    site.ask("posts_come_due", "After the restart", 3)
    until_told(site, "After the restart", 3)
    fault_row(
        "PostgreSQL restarting", "stopped at once, twice", "503 in plain words; the long form sent again is saved", recovered
    )


@pytest.mark.everywhere
@pytest.mark.only_on_services
def test_what_is_typed_into_the_wizard_while_postgres_is_away_is_saved_when_it_is_back(site, page, page_problems, fault_row):
    pk, _version, _text = site.ask("audience_answers")[0]
    address = f"http://127.0.0.1:{site.port}"
    page.context.add_cookies([{"name": "sessionid", "value": site.session, "url": address}])
    page.set_default_timeout(120_000)
    page.goto(f"{address}/brands/atlas/strategies/{site.ask('strategy')}/audience/")
    not_saved = page.locator("#wizard-saved.is-off")
    site.servers.postgres.control("stop", "-m", "immediate")
    try:
        page.locator(f"[name=row-{pk}-text]").fill("Typed while it was away")
        expect(not_saved).to_be_visible(timeout=120_000)
    finally:
        site.servers.postgres.control("start")
    saved = until(lambda: site.ask("audience_answers")[0][2] == "Typed while it was away", why=lambda: site.log("web"))
    expect(not_saved).to_have_count(0, timeout=120_000)
    page_problems.clear()  # the browser reports what was answered with 503
    seen = "“not saved” beside the form, and it stays as typed"
    fault_row("PostgreSQL restarting, in a browser", "stopped while a wizard’s step is typed", seen, saved)


# --- the clock


@pytest.fixture
def scheduled(db) -> Publication:
    brand = Brand.objects.create(name="Atlas", slug="atlas")
    user = User.objects.create(email="jasur@example.uz", name="Jasur")
    Membership.objects.create(brand=brand, user=user, role=Role.MARKETER)
    channel = Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="telegram"), handle="atlas")
    post = Post.objects.create(brand=brand, title="Tea", state="approved", owner=user)
    at = timezone.now() + timedelta(hours=1)
    return Publication.objects.create(brand=brand, post=post, channel=channel, status="scheduled", at=at)


def test_a_clock_that_jumps_marks_each_post_once(scheduled, fault_row):
    at = scheduled.at
    for hours in (-3, 1, -2, 2, 0, 3, -5, 4):
        mark_due(at + timedelta(hours=hours))
    assert PostEvent.objects.filter(verb="due").count() == 1
    assert Notification.objects.filter(kind="post_due").count() == 1
    scheduled.refresh_from_db()
    assert scheduled.status == "due"
    fault_row("clock jumps", "back and forth by hours, between sweeps", "one reminder", 0)


def test_a_clock_that_jumps_far_ahead_leaves_nothing_stuck(scheduled):
    mark_due(scheduled.at + timedelta(days=30))
    mark_due(scheduled.at - timedelta(days=1))
    scheduled.refresh_from_db()
    assert scheduled.status == "missed"
    assert Notification.objects.filter(kind="post_missed").count() == 1
