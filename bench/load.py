"""Whether nothing breaks and nothing is lost while many people work at once; what they wait for, beside a bare page.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python bench/load.py [--users 50] [--minutes 5] [--think 1 5] [--quick]

Everything runs as in production: the lines of Procfile, HTTPS, no DEBUG, collected static files. It makes a database of its
own on that server, with the demo and two brands more like it. Each person belongs to two of the brands and goes round: Home,
the month, a post of their own, another day for it, one of four posts that everybody edits, Results, the week, and every third
round a file of figures; between two clicks they think, 1 to 5 seconds. Browsers fetch static files once, and the parts that
pages fetch by themselves. Who saves second is shown both versions, takes the one that stands, and writes again. Then the same
people ask with the same pauses for a bare page instead.

At the end every acknowledged word must stand in its post, once, with its version; every file's figures must be stored, once; and
the stored KPI values must be those that a computation of everything gives. It ends with 1 on any error and anything lost.
`--quick` is for a look: 8 people, 20 seconds. REDIS_URL names a database of Redis that nothing else uses.
"""

import argparse
import json
import os
import shlex
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from datetime import time as clock
from itertools import chain, count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
# Not this folder: its `calendar.py` must not stand before the one of the standard library.
sys.path[0] = str(ROOT)

import psycopg  # noqa: E402
import redis  # noqa: E402

from bench.visitors import BARE, HOST, Browser, File, Person, Place, Waiting  # noqa: E402
from smmplanner.children import Child, stop  # noqa: E402

NAME, BRANDS, SHARED, KEPT_VERSIONS = "smmplanner_load", 3, 4, 50
SERVER = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
BROKER = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/15"
LONGEST_START, LONGEST_RECOMPUTE = 120, 300


def main() -> int:
    options = asked()
    if missing := what_is_missing():
        print(f"not run: {missing}")
        return 0 if options.quick else 2
    with TemporaryDirectory() as folder:
        port = int(os.environ.get("PORT") or free_port())
        env = environment(Path(folder), port)
        prepare(env)
        os.environ.update(env | {"LOG_LEVEL": "WARNING"})
        team = Team(options.users)
        with served(Path(folder), env, port) as database:
            people, bare = team.at_work(port, options, database)
            faults = [error for person in chain(people, bare) for error in person.browser.errors]
            lost = team.lost(people)
            faults += team.recomputed()
        faults += said_in_logs(Path(folder) / "logs") + team.failed_tasks()
        told(options, people, bare, database)
        print(f"  {len(faults)} errors, {len(lost)} lost")
        print("\n".join(faults[:20] + lost[:20]))
        team.leave()
    drop()
    return 1 if faults or lost else 0


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--think", type=float, nargs=2, default=(1, 5), help="seconds between two clicks, at least and at most")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.users, options.minutes = 8, 1 / 3
    return options


def what_is_missing() -> str:
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
        redis.Redis.from_url(BROKER, socket_connect_timeout=3).ping()
    except (psycopg.Error, redis.RedisError) as problem:
        return f"it needs PostgreSQL and Redis (DATABASE_URL, REDIS_URL): {str(problem).splitlines()[0]}"
    return ""


# --- the product


def environment(folder: Path, port: int) -> dict[str, str]:
    """What docs/deploy.md says of a server, but a database and a folder of our own."""
    own = {
        "DATABASE_URL": urlsplit(SERVER)._replace(path=f"/{NAME}").geturl(), "REDIS_URL": BROKER, "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"), "SECRET_KEY": "load" * 15, "ALLOWED_HOSTS": HOST, "SITE_URL": f"https://{HOST}",
        "HTTPS": "1", "DEBUG": "0", "LOG_FORMAT": "json", "WEB_BIND": f"127.0.0.1:{port}", "EMAIL_URL": "",
        "DJANGO_SETTINGS_MODULE": "smmplanner.settings", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    return os.environ | own


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lines_of_procfile() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line)


def prepare(env: dict[str, str]) -> None:
    drop()
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
    for command in (lines_of_procfile()["release"], "python manage.py demo --public-passwords"):
        subprocess.run(command, shell=True, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def drop() -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@contextmanager
def served(folder: Path, env: dict[str, str], port: int) -> Iterator["Database"]:
    os.chdir(ROOT)
    commands = {name: shlex.split(line) for name, line in lines_of_procfile().items() if name != "release"}
    children = [Child(name, command, folder / "logs" / f"{name}.log", env) for name, command in commands.items()]
    for child in children:
        child.start()
    try:
        wait_for_pages(port, children)
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
            yield Database(connection)
    finally:
        stop(children, seconds=60)


def wait_for_pages(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        for child in children:
            if not child.is_running:
                raise SystemExit(f"{child.name} ended: {child.last_words()}")
        try:
            Browser(port, "", "start").ask("start", "GET", BARE)
            return
        except Exception:
            time.sleep(0.5)
    raise SystemExit("the pages do not answer")


class Database:
    """What PostgreSQL says of the load while it lasts."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self.connections = self.waiting = self.waited = self.looks = self.deadlocks = 0

    def look(self) -> None:
        found = self.connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE wait_event_type = 'Lock'),"
            " (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database())"
            " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
        self.looks += 1
        self.connections, self.waiting = max(self.connections, found[0]), max(self.waiting, found[1])
        self.waited += found[1]
        self.deadlocks = found[2]


# --- who works there, and what became of it


class Team:
    """People, brands and posts; made, and looked at in the end, in the database itself."""

    def __init__(self, users: int) -> None:
        import django

        django.setup()
        from brands.models import Brand, Channel
        from metrics import demo

        brands = [Brand.objects.get(slug=demo.SLUG), *(demo.create(f"{demo.SLUG}-{number}") for number in range(2, BRANDS + 1))]
        self.channels = {brand.slug: Channel.objects.get(brand=brand, platform__slug="instagram") for brand in brands}
        self.shared = {
            brand.slug: [self._post(brand, f"Everybody’s post {number}", number).pk for number in range(SHARED)]
            for brand in brands
        }
        self.serials = {brand.slug: count() for brand in brands}
        self.members = [self._member(number, [brands[number % BRANDS], brands[(number + 1) % BRANDS]]) for number in range(users)]

    def _member(self, number: int, brands: list) -> tuple[str, list[Place]]:
        """The key of their session, and their places."""
        from django.conf import settings
        from django.test import Client

        from brands.models import Role, User

        user = User.objects.create_user(f"person-{number}@example.com", name=f"Person{number}", language="en")
        client, places = Client(), []
        client.force_login(user)
        for brand in brands:
            brand.memberships.create(user=user, role=Role.MARKETER)
            own, moved = self._post(brand, f"Post of {number}", number), self._post(brand, f"Moved by {number}", number)
            publication = moved.publications.get().pk
            place = Place(brand.slug, own.pk, self.shared[brand.slug], publication, brand.today(), self.serials[brand.slug])
            places.append(place)
        return client.cookies[settings.SESSION_COOKIE_NAME].value, places

    def _post(self, brand, title: str, number: int):
        """A draft for one of the next days."""
        from calendar_app.models import Publication

        post = brand.posts.create(title=title, state="draft")
        at = datetime.combine(brand.today() + timedelta(days=2 + number % 30), clock(10), brand.zone)
        Publication.objects.create(brand=brand, post=post, channel=self.channels[brand.slug], at=at)
        return post

    def at_work(self, port: int, options: argparse.Namespace, database: Database) -> tuple[list[Person], list[Person]]:
        """All of them for so many minutes; then, for a third of it, with the bare page."""
        rounds = []
        for kind, minutes in ((Person, options.minutes), (Waiting, options.minutes / 3)):
            until = time.monotonic() + minutes * 60
            people = [
                kind(number, Browser(port, session, f"Person{number}"), places, until, options.think)
                for number, (session, places) in enumerate(self.members)
            ]
            for person in people:
                person.start()
            while any(person.is_alive() for person in people):
                database.look()
                time.sleep(1)
            rounds.append(people)
        return rounds[0], rounds[1]

    def lost(self, people: list[Person]) -> list[str]:
        return [*self._lost_edits(people), *self._lost_moves(people), *self._lost_figures(people)]

    def _lost_edits(self, people: list[Person]) -> Iterator[str]:
        """Words that do not stand there once; changes that are not counted; versions that are not kept."""
        from calendar_app.models import Post, PostVersion

        words: dict[int, list[str]] = defaultdict(list)
        for person in people:
            for pk, written in person.words.items():
                words[pk] += written
        for post in Post.objects.filter(pk__in=words):
            found = Counter(post.text.split())
            yield from (f"post {post.pk}: {word} stands there {found[word]} times" for word in words[post.pk] if found[word] != 1)
            # Whoever takes the other's version changes nothing, and makes none.
            if post.version != 1 + len(words[post.pk]):
                yield f"post {post.pk} was changed {len(words[post.pk])} times and has version {post.version}"
            versions = list(PostVersion.objects.filter(post=post).order_by("number").values_list("number", "content__text"))
            numbers = [number for number, _text in versions]
            # The first tells what stood there before; the oldest go when there are many.
            last = 1 + len(words[post.pk])
            if numbers != list(range(max(1, last - KEPT_VERSIONS + 1), last + 1)):
                yield f"post {post.pk}: {len(words[post.pk])} words, and versions {numbers[:1]} to {numbers[-1:]}"
            for (_number, before), (number, text) in pairwise(versions):
                if text.split()[:-1] != before.split():
                    yield f"post {post.pk}: version {number} is not the one before and a word"

    def _lost_moves(self, people: list[Person]) -> Iterator[str]:
        from calendar_app.models import Publication

        moved = {pk: day for person in people for pk, day in person.moved.items()}
        for row in Publication.objects.filter(pk__in=moved).select_related("brand"):
            if row.at.astimezone(row.brand.zone).date() != moved[row.pk]:
                yield f"publication {row.pk} was moved to {moved[row.pk]} and stands on {row.at}"

    def _lost_figures(self, people: list[Person]) -> Iterator[str]:
        """Own days: figures of this file, once. Days that all files tell of: those of one file, the same on all days."""
        from metrics.models import Import

        imported = {pk: file for person in people for pk, file in person.imported.items()}
        statuses = dict(Import.objects.filter(pk__in=imported).values_list("pk", "status"))
        for pk, file in imported.items():
            expected = [(day, file.value, pk) for day in file.own_days]
            if statuses.get(pk) != Import.Status.APPLIED or self._stored(file, file.own_days) != expected:
                yield f"import {pk}, {statuses.get(pk)}: {self._stored(file, file.own_days)} instead of {expected}"
        for file in {file.place.slug: file for file in imported.values()}.values():
            days = sorted(file.common_days)
            stored = self._stored(file, days)
            if [day for day, _value, _pk in stored] != days or len({row[1:] for row in stored}) != 1:
                yield f"{file.place.slug}: the days that all files tell of read {stored}"

    def _stored(self, file: File, days: list) -> list[tuple]:
        from metrics.models import Observation

        own = Observation.objects.filter(
            channel=self.channels[file.place.slug], publication=None, measure="reach", start__in=days
        )
        return [
            (start, int(value), source) for start, value, source in own.order_by("start").values_list("start", "value", "source")
        ]

    def recomputed(self) -> list[str]:
        """Have the worker compute what is out of date, then everything here: nothing may differ."""
        from metrics import recompute, tasks
        from metrics.models import RecomputeRun

        brands = [channel.brand_id for channel in self.channels.values()]
        tasks.recompute_stale_values.delay()
        deadline = time.monotonic() + LONGEST_RECOMPUTE
        while {*recompute.brands_due()} & {*brands} or RecomputeRun.objects.filter(finished_at=None).exists():
            if time.monotonic() > deadline:
                return [f"KPI values are still out of date after {LONGEST_RECOMPUTE} s"]
            time.sleep(1)
        faults = [f"recomputing brand {pk}: {error}" for pk, error in
                  RecomputeRun.objects.exclude(error="").values_list("brand", "error")]  # fmt: skip
        for brand in brands:
            recompute.recompute_all_of(brand)
            run = RecomputeRun.objects.filter(brand=brand, kind=RecomputeRun.Kind.FULL).latest("started_at")
            if run.drift or run.error:
                faults.append(f"brand {brand}: {run.drift} stored KPI values had drifted {run.error} {run.examples}")
        return faults

    def failed_tasks(self) -> list[str]:
        from brands.models import TaskFailure

        return [f"task {task}: {error}" for task, error in TaskFailure.objects.values_list("task", "error")]

    def leave(self) -> None:
        from django.db import connections

        connections.close_all()


def said_in_logs(folder: Path) -> list[str]:
    """What the processes called an error, and tracebacks that no logger wrote."""
    faults = []
    for log in sorted(folder.glob("*.log")):
        for line in log.read_text(errors="replace").splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                said = {"level": "error" if line.startswith("Traceback") else "", "event": line}
            if isinstance(said, dict) and said.get("level") in ("error", "critical"):
                faults.append(f"{log.name}: {said.get('event')} {said.get('view') or said.get('task') or ''}"
                              f" {' '.join(str(said.get('exception', '')).splitlines()[-1:])}")  # fmt: skip
    return faults


# --- what is printed


def told(options: argparse.Namespace, people: list[Person], bare: list[Person], database: Database) -> None:
    times = all_times(people)
    alone, among = quantile(all_times(bare)["bare page"]), quantile(times["bare page"])
    low, high = options.think
    print(f"{options.users} people for {options.minutes:.3g} minutes, {low:g} to {high:g} s between clicks, {BRANDS} brands")
    print(f"  {'':<22} {'asked':>7} {'p50':>8} {'p95':>8} {'× bare':>7} {'× alone':>8}")
    for what, taken in sorted(item for item in times.items() if item[1]):
        row = f"  {what:<22} {len(taken):>7} {statistics.median(taken) * 1000:>5.0f} ms {quantile(taken) * 1000:>5.0f} ms"
        print(f"{row} {quantile(taken) / among:>7.1f} {quantile(taken) / alone:>8.1f}")
    taken = all_times(bare)["bare page"]
    print(f"  {'bare page, alone':<22} {len(taken):>7} {statistics.median(taken) * 1000:>5.0f} ms {alone * 1000:>5.0f} ms")
    print("  × bare: the p95 beside that of the bare page among these requests; × alone: beside that of a run of bare pages only")
    print(f"  {sum(len(words) for person in people for words in person.words.values())} edits saved,"
          f" {sum(person.conflicts for person in people)} came second, {sum(person.merged for person in people)} merged,"
          f" {sum(len(person.imported) for person in people)} files imported,"
          f" {sum(len(person.moved) for person in people)} publications moved")  # fmt: skip
    print(f"  PostgreSQL: {database.connections} connections at most, {database.waiting} waiting for a lock at most,"
          f" {database.waited / max(database.looks, 1):.2f} on average, {database.deadlocks} deadlocks;"
          f" this script took {time.process_time():.0f} s of the processors")  # fmt: skip


def all_times(people: list[Person]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for person in people:
        for what, taken in person.browser.taken.items():
            times[what] += taken
    return times


def quantile(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)] if taken else float("nan")


if __name__ == "__main__":
    sys.exit(main())
