"""Whether nothing breaks and no edit is lost while many people work at once; what they wait for, beside a bare page.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python bench/load.py [--users 50] [--minutes 5] [--pause 3]

It makes a database of its own on that server, loads the demo brand, and starts web, worker and beat as processes. Each person
looks at the month, edits a post of their own and one that all of them edit, looks at Results, and now and then imports a file;
between two pages they pause, half as long up to half as long again. Who saves second is shown both versions, takes the one that
stands, and writes again. At the end every word that was acknowledged must stand in its post, once.
"""

import argparse
import collections
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
NAME, PORT, BRAND, PAUSE_AT_START = "smmplanner_load", 8765, "/brands/atlas-libos/", 10
BARE = "/offline/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TAGS = re.compile(r"<[^>]+>|\s+")


def environment(folder: str) -> dict[str, str]:
    """The configured server, but a database of our own on it."""
    server = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    parts = urlsplit(server)
    own = {
        "DATABASE_URL": parts._replace(path=f"/{NAME}").geturl(), "VAR_DIR": folder, "SECRET_KEY": "load" * 15, "PORT": str(PORT),
        "REDIS_URL": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/7"), "DJANGO_SETTINGS_MODULE": "smmplanner.settings",
        "LOG_LEVEL": "WARNING", "WEB_CONCURRENCY": os.environ.get("WEB_CONCURRENCY", "2"), "WEB_BIND": f"127.0.0.1:{PORT}",
    }  # fmt: skip
    return os.environ | own


def make_database(server: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")


def start(folder: str, env: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    for arguments in (["migrate", "-v0"], ["assets"], ["messages"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    commands = (
        ["gunicorn", "smmplanner.wsgi"],
        ["celery", "-A", "smmplanner", "worker", "-P", "threads", "-c", "2", "-l", "WARNING"],
        ["celery", "-A", "smmplanner", "beat", "-l", "WARNING"],
    )
    running = []
    for command in commands:
        with (Path(folder) / f"{command[0]}.log").open("ab") as log:
            running.append(subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=env, stdout=log, stderr=log))
    return running


class People:
    """Who works, and the posts they work on; made and looked at in the database itself."""

    def __init__(self, count: int) -> None:
        import django

        django.setup()
        from django.conf import settings
        from django.test import Client

        from brands.models import Brand, Role, User

        settings.SESSION_COOKIE_SECURE = False
        self.brand = Brand.objects.get(slug="atlas-libos")
        self.cookies, self.own = [], []
        for number in range(count):
            user = User.objects.create_user(f"person-{number}@example.com", name=f"Person {number}", language="en")
            self.brand.memberships.create(user=user, role=Role.MARKETER)
            client = Client()
            client.force_login(user)
            self.cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
            self.own.append(
                self.brand.posts.create(title=f"Post of {number}", text="", owner=user, created_by=user, state="draft").pk
            )
        self.shared = self.brand.posts.create(title="Everybody’s post", text="", state="draft").pk

    def lost(self, acknowledged: dict[int, list[str]]) -> list[str]:
        texts = dict(self.brand.posts.filter(pk__in=acknowledged).values_list("pk", "text"))
        return [word for pk, words in acknowledged.items() for word in words if texts[pk].split().count(word) != 1]


class Person(threading.Thread):
    """One of them, going round."""

    def __init__(self, number: int, people: People, until: float, pause: float) -> None:
        super().__init__(daemon=True)
        import requests

        self.number, self.until, self.pause = number, until, pause
        self.own, self.shared = people.own[number], people.shared
        self.random, self.count = random.Random(number), 0
        self.session = requests.Session()
        self.session.cookies.set("sessionid", people.cookies[number])
        self.taken: dict[str, list[float]] = collections.defaultdict(list)
        self.errors: list[str] = []
        self.acknowledged: dict[int, list[str]] = collections.defaultdict(list)
        self.conflicts = 0

    def run(self) -> None:
        time.sleep(self.random.uniform(0, PAUSE_AT_START))
        rounds = (self.look_at_month, self.edit_own, self.bare, self.look_at_results, self.edit_shared, self.import_a_file)
        while time.monotonic() < self.until:
            for act in rounds:
                if act != self.import_a_file or self.random.random() < 0.3:
                    act()
                    time.sleep(self.random.uniform(0.5, 1.5) * self.pause)
                if time.monotonic() >= self.until:
                    return

    def ask(self, what: str, method: str, path: str, fine: tuple[int, ...] = (200,), **more):
        began = time.monotonic()
        more.setdefault("headers", {})["Referer"] = f"http://127.0.0.1:{PORT}{path}"
        answer = self.session.request(method, f"http://127.0.0.1:{PORT}{path}", timeout=60, allow_redirects=False, **more)
        self.taken[what].append(time.monotonic() - began)
        if answer.status_code not in fine:
            words = TAGS.sub(" ", answer.text)
            self.errors.append(f"{method} {path}: {answer.status_code} {words[-300:]}")
        return answer

    def look_at_month(self) -> None:
        self.ask("calendar", "GET", BRAND + "calendar/")

    def look_at_results(self) -> None:
        self.ask("results", "GET", BRAND + "results/")

    def bare(self) -> None:
        self.ask("bare page", "GET", BARE)

    def edit_own(self) -> None:
        self.edit(self.own)

    def edit_shared(self) -> None:
        self.edit(self.shared)

    def edit(self, pk: int) -> None:
        """Add a word. Whoever comes second looks again at what stands there."""
        from smmplanner.tests.hostile import read

        self.count += 1
        word, path = f"w{self.number}x{self.count}", f"{BRAND}calendar/posts/{pk}/"
        for _attempt in range(20):
            page = self.ask("open a post", "GET", path)
            form = next(form for form in read(page.text, path) if "text" in form.written)
            fields = form.filled(text=" ".join([*dict(form.fields)["text"].split(), word]))
            token = TOKEN.findall(page.text)[0]
            answer = self.ask("save a post", "POST", form.action, (302, 409, 422), data=fields | {"csrfmiddlewaretoken": token})
            if answer.status_code == 302:
                self.acknowledged[pk].append(word)
                return
            self.conflicts += 1
            time.sleep(self.random.uniform(0, 1))

    def import_a_file(self) -> None:
        from smmplanner.tests.hostile import read

        path = BRAND + "results/import/"
        page = self.ask("open imports", "GET", path)
        form = next(form for form in read(page.text, path) if "import" in form.action)
        token = TOKEN.findall(page.text)[0]
        self.count += 1
        days = [date(2024, 1, 1) + timedelta(days=self.number * 20 + row) for row in range(20)]
        rows = "".join(f'"{day}T00:00:00","{self.number + self.count}"\n' for day in days)
        content = f'sep=,\n"Instagram reach"\n"Date","Primary"\n{rows}'.encode("utf-16")
        files = {"files": (f"Reach {self.number} {self.count}.csv", content, "text/csv")}
        self.ask("import a file", "POST", form.action, (302,), data=form.filled() | {"csrfmiddlewaretoken": token}, files=files)


def times(people: list[Person], what: str) -> list[float]:
    return [seconds for person in people for seconds in person.taken[what]]


def told(people: list[Person]) -> None:
    bare = quantile(times(people, "bare page"))
    for what in sorted({what for person in people for what in person.taken}):
        taken = times(people, what)
        p95 = quantile(taken)
        print(f"  {what:<14} {len(taken):>6} × median {statistics.median(taken) * 1000:6.0f} ms, p95 {p95 * 1000:6.0f} ms,"
              f" {p95 / bare:5.1f} × the bare page’s p95")  # fmt: skip


def quantile(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)] if taken else float("nan")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--pause", type=float, default=3, help="seconds between two pages, on average")
    asked = parser.parse_args()
    make_database(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"))
    with TemporaryDirectory() as folder:
        env = environment(folder)
        os.environ.update(env)
        running = start(folder, env)
        try:
            sys.path.insert(0, str(ROOT))
            people = People(asked.users)
            until = time.monotonic() + asked.minutes * 60 + PAUSE_AT_START
            threads = [Person(number, people, until, asked.pause) for number in range(asked.users)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            acknowledged: dict[int, list[str]] = collections.defaultdict(list)
            for thread in threads:
                for pk, words in thread.acknowledged.items():
                    acknowledged[pk] += words
            errors = [error for thread in threads for error in thread.errors]
            lost = people.lost(acknowledged)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=60)
    saved, conflicts = sum(map(len, acknowledged.values())), sum(thread.conflicts for thread in threads)
    print(f"{asked.users} people for {asked.minutes:g} minutes, a page every {asked.pause:g} s each")
    told(threads)
    print(f"  {saved} edits saved, {conflicts} came second and were made again, {len(lost)} lost; {len(errors)} errors")
    print("\n".join(errors[:10] + lost[:10]))
    return 1 if errors or lost else 0


if __name__ == "__main__":
    sys.exit(main())
