"""What people see, lose and wait for when something under the product breaks: real processes, really broken."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from brands.models import Brand, Channel, Membership, Notification, Platform, Role, User
from calendar_app.delivery import mark_due
from calendar_app.models import Post, PostEvent, Publication
from smmplanner.tests.own_site import Site, children_of, free_port, until

pytestmark = pytest.mark.slow

SETTINGS = {
    "name": "Atlas Moda", "about": "Typed with care", "website": "", "business_type": "small", "currency": "UZS",
    "approval_mode": "optional", "language": "uz", "country": "UZ", "version": "1",
}  # fmt: skip
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def told(capsys, fault: str, **figures: object) -> None:
    with capsys.disabled():
        print(f"\n{fault}: {', '.join(f'{name} {value}' for name, value in figures.items())}")


def killed_while_migrating(site: Site, applied, enough: int) -> int:
    """kill -9 in the middle; how many migrations stood by then."""
    process = site.start("migrate", "manage.py", "migrate", "-v", "0")
    until(lambda: applied() >= enough or process.poll() is not None, seconds=200, why=lambda: site.log("migrate"))
    process.kill()
    process.wait()
    return applied()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> tuple[Path, str, int]:
    """A SQLite database whose first migration was killed in the middle, completed by a second; its session; how many stood."""
    folder = tmp_path_factory.mktemp("faults")
    site = Site(folder)
    database = folder / "var" / "smmplanner.sqlite3"

    def applied() -> int:
        try:
            with sqlite3.connect(database, timeout=0.1) as connection:
                return connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0]
        except sqlite3.Error:
            return 0

    stood = killed_while_migrating(site, applied, 12)
    site.manage("migrate", "-v", "0")
    site.manage("migrate", "--check")
    site.set_up()
    return folder, site.session, stood


@pytest.fixture
def site(migrated, tmp_path) -> Iterator[Site]:
    shutil.copytree(migrated[0] / "var", tmp_path / "var")
    site = Site(tmp_path)
    site.session = migrated[1]
    yield site
    site.end()


# --- migrations


def test_a_migration_that_was_killed_is_completed_by_the_next(migrated, capsys):
    told(capsys, "migrate killed on SQLite", stood=migrated[2])
    assert migrated[2] >= 12


# --- the web process


def test_a_web_process_killed_in_the_middle_of_a_save_leaves_nothing_half_done(site, capsys):
    web = site.start_web()
    lost: list[str] = []

    def save() -> None:
        try:
            lost.append(str(site.post("/slow/20/", {}).status))
        except OSError:
            lost.append("cut")

    asking = threading.Thread(target=save)
    asking.start()
    time.sleep(1.5)
    for pid in children_of(web.pid):
        os.kill(pid, signal.SIGKILL)
    asking.join(30)
    recovered = until(site.answers, why=lambda: site.log("web"))
    assert lost == ["cut"]
    assert site.brand() == {"name": "Atlas Libos", "about": ""}
    answer = site.post("/brands/atlas/settings/", SETTINGS)
    told(capsys, "web killed mid-save", recovered=f"{recovered:.1f} s", then=answer.status)
    assert answer.status == 302
    assert site.brand()["name"] == "Atlas Moda"


# --- files


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """2 MB, mounted; whoever may not mount is not told about full disks."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_says_so_keeps_what_was_saved_and_goes_on_when_there_is_room(site, small_disk, capsys):
    shutil.copytree(site.folder / "var", small_disk / "var", ignore=shutil.ignore_patterns("smmplanner.sqlite3*"))
    site.environment |= {"VAR_DIR": str(small_disk / "var"), "DATABASE_URL": f"sqlite:///{site.folder}/var/smmplanner.sqlite3"}
    site.start_web()
    filler = small_disk / "filler"
    fill(filler)
    post = {"title": "Tea", "text": "Written with care", "media-seen": "1"}
    answer = site.post("/brands/atlas/calendar/posts/new/", post, ("upload", PIXEL))
    assert answer.status in (200, 422), answer.text[-600:]
    assert "could not store it" in answer.text and "Written with care" in answer.text
    # A file that a page takes as a whole has no form to go back to with: the page says what is wrong.
    imported = site.post("/brands/atlas/imports/", {}, ("files", b"date,platform,likes\n" + b"2026-01-01,telegram,5\n" * 3000))
    assert imported.status == 507 and "no room left" in imported.text and imported.headers["Retry-After"] == "30"
    filler.unlink()
    again = site.post("/brands/atlas/calendar/posts/new/", post, ("upload", PIXEL))
    told(capsys, "disk full", upload=answer.status, file=imported.status, then=again.status)
    assert "could not store it" not in again.text


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as taken:
        try:
            while True:
                taken.write(b"x" * 4096)
        except OSError:
            pass


def test_a_database_on_a_full_disk_takes_back_the_whole_save_and_says_so(site, tmp_path, capsys):
    place = tmp_path / "small"
    place.mkdir()
    size = sum(file.stat().st_size for file in (site.folder / "var").glob("smmplanner.sqlite3*")) // 1024 + 8000
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        shutil.copytree(site.folder / "var", place / "var", ignore=shutil.ignore_patterns("locks", "broker", "mail", "static"))
        site.environment |= {"VAR_DIR": str(place / "var")}
        site.start_web()
        fill(place / "filler")
        answer = site.post("/brands/atlas/settings/", SETTINGS | {"name": "Lost"})
        (place / "filler").unlink()
        then = site.post("/brands/atlas/settings/", SETTINGS)
        told(capsys, "database full", save=answer.status, then=then.status)
        # SQLite says that the disk is full, or only that it cannot go on: depends on which of its files needed room.
        assert answer.status in (503, 507) and answer.headers["Retry-After"] == "30", answer.text[-500:]
        assert then.status == 302 and site.brand()["about"] == "Typed with care"
    finally:
        site.end()
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_without_the_place_for_files_pages_open_and_uploads_say_what_is_wrong(site, capsys):
    media = site.folder / "var" / "media"
    site.start_web()
    post = {"title": "Tea", "text": "Written with care", "media-seen": "1"}
    site.post("/brands/atlas/calendar/posts/new/", post, ("upload", PIXEL))
    shutil.rmtree(media)
    # A file where the folder was: nobody, not even root, can write into it.
    media.write_text("")
    assert site.get("/brands/atlas/calendar/").status == 200
    answer = site.post("/brands/atlas/calendar/posts/new/", post, ("upload", PIXEL + b"\0"))
    media.unlink()
    again = site.post("/brands/atlas/calendar/posts/new/", post, ("upload", PIXEL + b"\0"))
    told(capsys, "no place for files", upload=answer.status, then=again.status)
    assert "could not store it" in answer.text and "Written with care" in answer.text
    assert "could not store it" not in again.text


# --- mail


@pytest.fixture
def silent_mail_server() -> Iterator[int]:
    """It takes the call and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield server.getsockname()[1]


def test_a_page_waits_seconds_for_a_silent_mail_server_and_says_that_no_letter_went_out(site, silent_mail_server, capsys):
    site.environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{silent_mail_server}"}
    site.start_web()
    site.session = ""
    answer = site.post("/accounts/password/reset/", {"email": "dilnoza@example.uz"})
    told(capsys, "silent mail server", waited=f"{answer.seconds:.1f} s", status=answer.status)
    assert answer.status == 302 and answer.seconds < 15
    assert "messages" in answer.headers.get("Set-Cookie", "") or "sessionid" in answer.headers.get("Set-Cookie", "")


# --- Redis


class Redis:
    """A Redis of the test's own, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.is_there)

    def is_there(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def own_redis(tmp_path, redis_url) -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server on the PATH")
    server = Redis(tmp_path)
    server.start()
    yield server
    server.stop()


def test_without_redis_pages_open_acts_are_kept_and_done_when_it_is_back(site, own_redis, capsys):
    site.environment |= {"REDIS_URL": f"redis://127.0.0.1:{own_redis.port}/0"}
    site.start_web()
    own_redis.stop()
    assert site.get("/brands/atlas/calendar/").status == 200
    sent = site.post("/brands/atlas/imports/", {}, ("files", b"date,platform,likes\n2026-01-01,telegram,5\n"))
    assert sent.status == 302, sent.text[-600:]
    known, site.session = site.session, ""
    attempts = [site.post("/accounts/login/", {"login": "dilnoza@example.uz", "password": "wrong"}) for _attempt in range(6)]
    signing_in = attempts[0]
    assert signing_in.status == 200 and all("not right" in attempt.text for attempt in attempts[:5])
    assert "Too many" in attempts[5].text
    site.session = known
    own_redis.start()
    began = time.monotonic()
    site.start_worker()
    site.run("from metrics.tasks import requeue_stuck_imports as sweep; from metrics import tasks; tasks.check_import.delay(1)")
    state = "from metrics.models import Import; print('state:' + Import.objects.get().status)"
    until(lambda: "state:uploaded" not in site.run(state), why=lambda: site.log("worker"))
    told(
        capsys,
        "Redis gone",
        login=f"{signing_in.seconds:.1f} s",
        import_=f"{sent.seconds:.1f} s",
        recovered=f"{time.monotonic() - began:.1f} s",
    )


# --- PostgreSQL


class Postgres:
    """A cluster of the test's own, to be restarted without notice."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.data = folder / "data"
        folder.chmod(0o777)
        self.call("initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        self.control("start")

    def call(self, *command: str) -> None:
        as_whom = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*as_whom, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def control(self, act: str, *more: str) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.call("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", options, act, *more)

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"


@pytest.fixture
def own_postgres(postgres_url) -> Iterator[Postgres]:
    if shutil.which("initdb") is None:
        pytest.skip("no initdb on the PATH")
    # Not under pytest's own folder: root's, it is closed to the user that PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="smmplanner-pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        yield server
        server.control("stop", "-m", "immediate")


@pytest.mark.only_on_services
def test_postgres_restarted_without_notice_is_a_503_and_then_all_is_well(own_postgres, tmp_path, capsys):
    import psycopg

    site = Site(tmp_path, DATABASE_URL=own_postgres.url)

    def applied() -> int:
        try:
            with psycopg.connect(own_postgres.url, connect_timeout=2) as connection:
                return connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0]
        except psycopg.Error:
            return 0

    try:
        stood = killed_while_migrating(site, applied, 12)
        site.manage("migrate", "-v", "0")
        site.manage("migrate", "--check")
        site.set_up()
        site.start_web()
        worker = site.start_worker()
        assert site.get("/brands/atlas/settings/").status == 200
        own_postgres.control("stop", "-m", "immediate")
        away = site.post("/brands/atlas/settings/", SETTINGS)
        assert away.status == 503 and away.headers["Retry-After"] == "30" and "does not answer" in away.text
        own_postgres.control("start")
        recovered = until(lambda: site.get("/brands/atlas/settings/").status == 200, why=lambda: site.log("web"))
        own_postgres.control("restart", "-m", "immediate")
        assert site.post("/brands/atlas/settings/", SETTINGS).status == 302
        assert worker.poll() is None
        told(capsys, "PostgreSQL restarted", migrated=stood, away=f"{away.seconds:.1f} s", recovered=f"{recovered:.1f} s")
        assert site.brand()["name"] == "Atlas Moda"
    finally:
        site.end()


# --- the timetable and the clock


@pytest.fixture
def scheduled(db) -> Publication:
    brand = Brand.objects.create(name="Atlas", slug="atlas")
    user = User.objects.create(email="jasur@example.uz", name="Jasur")
    Membership.objects.create(brand=brand, user=user, role=Role.MARKETER)
    channel = Channel.objects.create(brand=brand, platform=Platform.objects.get(slug="telegram"), handle="atlas")
    post = Post.objects.create(brand=brand, title="Tea", state="approved", owner=user)
    at = timezone.now() + timedelta(hours=1)
    return Publication.objects.create(brand=brand, post=post, channel=channel, status="scheduled", at=at)


def test_a_clock_that_jumps_marks_each_post_once(scheduled):
    at = scheduled.at
    for hours in (-3, 1, -2, 2, 0, 3, -5, 4):
        mark_due(at + timedelta(hours=hours))
    assert PostEvent.objects.filter(verb="due").count() == 1
    assert Notification.objects.filter(kind="post_due").count() == 1
    scheduled.refresh_from_db()
    assert scheduled.status == "due"


def test_a_clock_that_jumps_far_ahead_leaves_nothing_stuck(scheduled):
    mark_due(scheduled.at + timedelta(days=30))
    mark_due(scheduled.at - timedelta(days=1))
    scheduled.refresh_from_db()
    assert scheduled.status == "missed"
    assert Notification.objects.filter(kind="post_missed").count() == 1


def test_two_timetables_at_once_tell_each_thing_once(site, capsys):
    site.run(
        "from django.utils import timezone; from datetime import timedelta; from brands.models import *; from calendar_app.models import *\n"
        "brand, user = Brand.objects.get(), User.objects.get()\n"
        "for number in range(20):\n"
        "    post = Post.objects.create(brand=brand, title=f'Tea {number}', state='approved', owner=user)\n"
        "    Publication.objects.create(brand=brand, post=post, channel=Channel.objects.get(), status='scheduled',"
        " at=timezone.now() - timedelta(minutes=1))"
    )
    work = (
        "from calendar_app.tasks import mark_due_publications as mark; from brands.tasks import send_notifications as send\n"
        "from metrics.tasks import raise_alerts as alert\n"
        "for _ in range(5): mark(); alert(); send()"
    )
    both = [site.start(f"beat-{number}", "manage.py", "shell", "-v", "0", "-c", work) for number in range(2)]
    assert [process.wait(timeout=200) for process in both] == [0, 0], site.log("beat-0") + site.log("beat-1")
    said = site.run(
        "from brands.models import Notification; from calendar_app.models import PostEvent\n"
        "print('told:', PostEvent.objects.filter(verb='due').count(), Notification.objects.filter(kind='post_due').count())"
    )
    letters = sum(file.read_bytes().count(b"Message-ID:") for file in (site.folder / "var" / "mail").iterdir())
    told(capsys, "two timetables", said=said.strip(), letters=letters)
    assert "told: 20 20" in said and letters == 20
