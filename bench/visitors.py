"""The people of `load.py`: each has a browser and goes round, looking, editing, moving, importing, with pauses as people make them."""

import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import unescape
from http.cookies import SimpleCookie
from itertools import count

import urllib3

from smmplanner.tests.hostile import Form, read

HOST = "planner.example.org"
# A page of the product's frame that asks the database nothing.
BARE = "/offline/"
TOKEN = "load" * 8
COMMON_DAYS, OWN_DAYS = 14, 6
LONGEST_IMPORT, MOST_TRIES = 180, 20
STATIC = re.compile(r'(?:href|src)="(/static/[^"#]+\.(?:css|js))"')
WINDOW = re.compile(r'hx-get="([^"]+)" hx-trigger="(?:load|revealed)')
STATE = re.compile(r'hx-get="([^"]+\?was=\w+)"')


@dataclass
class Answer:
    status: int
    headers: urllib3.HTTPHeaderDict
    text: str
    path: str

    def form(self, action: str) -> Form:
        form = next(form for form in read(self.text, self.path) if re.search(action, form.action))
        return replace(form, fields=tuple((name, self._as_browsers_send(name, value)) for name, value in form.fields))

    @staticmethod
    def _as_browsers_send(name: str, value: str) -> str:
        """A tick that has no value is “on”; the line break that a text field begins with is not part of the text."""
        return value or "on" if name.endswith("-on") else value.removeprefix("\n")


class Unexpected(Exception):
    """An answer other than the script expects; the person begins the next thing."""


class Browser:
    """One connection, the cookies of a signed-in person, and the static files it has; as behind a proxy that ends HTTPS."""

    def __init__(self, port: int, session: str, say: str) -> None:
        self.pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, timeout=120, retries=False)
        self.cookies = {"__Host-sessionid": session, "__Host-csrftoken": TOKEN}
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.kept: set[str] = set()
        self.errors: list[str] = []
        self.say = say

    def ask(self, what: str, method: str, path: str, fine: tuple[int, ...] = (200,), holds: str = "", **more) -> Answer:
        """The answer, timed to its last byte; noted as an error where its status, or what stands in it, is none of the expected."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}{path}", "Accept-Encoding": "gzip",
                   "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}  # fmt: skip
        began = time.monotonic()
        try:
            got = self.pool.request(method, path, headers=headers | more.pop("headers", {}), redirect=False, **more)
        except urllib3.exceptions.HTTPError as problem:
            raise self.unexpected(f"{method} {path}: {type(problem).__name__} {problem}") from None
        self.taken[what].append(time.monotonic() - began)
        for line in got.headers.getlist("Set-Cookie"):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        answer = Answer(got.status, got.headers, got.data.decode(errors="replace"), path)
        if answer.status not in fine:
            raise self.unexpected(f"{method} {path}: {answer.status}, {self._words(answer)}")
        if answer.status == 200 and holds not in answer.text:
            raise self.unexpected(f"{method} {path}: nothing of “{holds}”, but {self._words(answer)}")
        return answer

    def unexpected(self, told: str) -> Unexpected:
        self.errors.append(f"{self.say}, {time.strftime('%X')}: {told}")
        return Unexpected(told)

    @staticmethod
    def _words(answer: Answer) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())[-300:]

    def page(self, what: str, path: str, holds: str) -> Answer:
        """A whole page, the files it is drawn with that the browser has not got yet, and the parts that it fetches itself."""
        answer = self.ask(what, "GET", path, holds=holds)
        if not answer.text.rstrip().endswith("</html>"):
            raise self.unexpected(f"GET {path}: the page breaks off")
        for file in sorted({*STATIC.findall(answer.text)} - self.kept):
            self.ask("static file", "GET", file)
            self.kept.add(file)
        for part in WINDOW.findall(answer.text):
            self.part(f"part of {what}", unescape(part))
        return answer

    def part(self, what: str, path: str, holds: str = "") -> Answer:
        return self.ask(what, "GET", path, holds=holds, headers={"HX-Request": "true"})

    def send(self, what: str, form: Form, fine: tuple[int, ...], htmx: bool = True, **changed: object) -> Answer:
        """The form as the page showed it, but for what was `changed`."""
        fields = [("csrfmiddlewaretoken", TOKEN)]
        for name, value in form.filled(**changed).items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return self.ask(what, "POST", form.action, fine, fields=fields, headers={"HX-Request": "true"} if htmx else {})


@dataclass
class Place:
    """One of a person's brands, and what is theirs there. `serial` numbers the files that are imported into the brand."""

    slug: str
    own: int
    shared: list[int]
    publication: int
    today: date
    serial: Iterator[int] = field(default_factory=count)

    @property
    def address(self) -> str:
        return f"/brands/{self.slug}/"


@dataclass
class File:
    """A file of figures: two weeks that every file of the brand tells of, and some days of its own."""

    place: Place
    serial: int

    @property
    def value(self) -> int:
        return 1000 + self.serial

    @property
    def own_days(self) -> list[date]:
        first = self.place.today - timedelta(days=1500) + timedelta(days=self.serial * OWN_DAYS)
        return [first + timedelta(days=number) for number in range(OWN_DAYS)]

    @property
    def common_days(self) -> list[date]:
        return [self.place.today - timedelta(days=number + 1) for number in range(COMMON_DAYS)]

    @property
    def content(self) -> bytes:
        rows = "".join(f'"{day}T00:00:00","{self.value}"\n' for day in (*self.own_days, *self.common_days))
        return f'sep=,\n"Instagram reach"\n"Date","Primary"\n{rows}'.encode("utf-16")


class Person(threading.Thread):
    def __init__(self, number: int, browser: Browser, places: list[Place], until: float, think: tuple[float, float]) -> None:
        super().__init__(daemon=True)
        self.number, self.browser, self.places, self.until, self.think = number, browser, places, until, think
        self.random, self.place = random.Random(number), places[0]
        self.written = self.conflicts = self.merged = 0
        # What the product said it has: words by post, days by publication, files by import.
        self.words: dict[int, list[str]] = defaultdict(list)
        self.moved: dict[int, date] = {}
        self.imported: dict[int, File] = {}

    def run(self) -> None:
        time.sleep(self.random.uniform(0, self.think[1]))
        acts = (self.look_at_home, self.look_at_month, self.edit_own, self.move_own, self.bare, self.edit_shared,
                self.look_at_results, self.look_at_week, self.perhaps_import)  # fmt: skip
        while True:
            self.place = self.random.choice(self.places)
            for act in acts:
                if time.monotonic() > self.until:
                    return
                try:
                    act()
                except Unexpected:
                    pass
                except Exception as problem:
                    self.browser.unexpected(f"{act.__name__}: {type(problem).__name__} {problem}")
                self.pause()

    def pause(self) -> None:
        time.sleep(self.random.uniform(*self.think))

    def look_at_home(self) -> None:
        self.browser.page("home", self.place.address, f"Person{self.number}")

    def look_at_month(self) -> None:
        self.browser.page("calendar, month", f"{self.place.address}calendar/", 'id="cal"')

    def look_at_week(self) -> None:
        self.browser.page("calendar, week", f"{self.place.address}calendar/week/", "</main>")

    def look_at_results(self) -> None:
        self.browser.page("results", f"{self.place.address}results/", "data-figure")

    def bare(self) -> None:
        self.browser.ask("bare page", "GET", BARE, holds="</html>")

    def calendar_again(self) -> None:
        """What the calendar does behind the drawer after a change."""
        self.browser.part("calendar, again", f"{self.place.address}calendar/", 'id="cal"')

    def edit_own(self) -> None:
        self.edit(self.place.own)

    def edit_shared(self) -> None:
        self.edit(self.random.choice(self.place.shared))

    def edit(self, pk: int) -> None:
        """Add a word, in the drawer. Who comes second is shown both versions, takes what stands there, and adds the word to that."""
        path = f"{self.place.address}calendar/posts/{pk}/"
        answer = self.browser.part("open a post", path, 'id="post-form"')
        self.written += 1
        word = f"w{self.number}x{self.written}"
        for _try in range(MOST_TRIES):
            self.pause()
            form = answer.form(r"/save/$")
            answer = self.browser.send("save a post", form, (200, 409), text=f"{dict(form.fields)['text']} {word}".strip())
            if answer.status == 200:
                self.saved(pk, answer, word)
                return self.calendar_again()
            self.conflicts += 1
            if "Two versions" not in answer.text:
                raise self.browser.unexpected(f"POST {form.action}: a conflict that shows no two versions")
            self.pause()
            answer = self.browser.send("merge", answer.form(r"/save/$"), (200, 409), **{"merge-text": "theirs"})
            if answer.status == 409:
                answer = self.browser.part("open a post", path, 'id="post-form"')
                continue
            self.merged += 1
            self.saved(pk, answer)
        raise self.browser.unexpected(f"post {pk}: others were faster {MOST_TRIES} times")

    def saved(self, pk: int, answer: Answer, word: str = "") -> None:
        if "calendar-changed" not in answer.headers.get("HX-Trigger", ""):
            raise self.browser.unexpected(f"{answer.path}: 200, but not saved")
        if word:
            self.words[pk].append(word)
            if word not in dict(answer.form(r"/save/$").fields)["text"].split():
                raise self.browser.unexpected(f"{answer.path}: saved, but the page does not show it")

    def move_own(self) -> None:
        """To another day, by the dialog."""
        path = f"{self.place.address}calendar/publications/{self.place.publication}/move/"
        form = self.browser.part("open “move to”", path, "data-move-form").form(r"/move/$")
        day = self.place.today + timedelta(days=self.random.randint(2, 40))
        self.pause()
        self.browser.send("move a post", form, (200,), day=day.isoformat())
        self.moved[self.place.publication] = day
        self.calendar_again()

    def perhaps_import(self) -> None:
        """A file every third round."""
        if self.random.random() < 1 / 3:
            self.import_a_file()

    def import_a_file(self) -> None:
        path, file = f"{self.place.address}imports/", File(self.place, next(self.place.serial))
        form = self.browser.page("imports", path, "</main>").form(r"/imports/$")
        self.pause()
        name = f"Reach {file.serial}.csv"
        sent = self.browser.send("send a file", form, (302,), htmx=False, files=(name, file.content, "text/csv"))
        began, address = time.monotonic(), sent.headers["Location"]
        page = self.wait_for(address, "Check before it is saved", began)
        self.browser.taken["a file, until checked"].append(time.monotonic() - began)
        self.pause()
        began = time.monotonic()
        self.browser.send("save a file", page.form(r"/save/$"), (302,), htmx=False)
        self.wait_for(address, "Saved", began)
        self.browser.taken["a file, until saved"].append(time.monotonic() - began)
        self.imported[int(address.rstrip("/").rpartition("/")[2])] = file

    def wait_for(self, address: str, heading: str, began: float) -> Answer:
        """Asks once a second, as the page does by itself, until the file has moved on."""
        while True:
            page = self.browser.page("a file’s page", address, "</main>")
            if f"<h1>{heading}</h1>" in page.text:
                return page
            state = STATE.search(page.text)
            if state is None:
                raise self.browser.unexpected(f"GET {address}: neither at work nor “{heading}”: {Browser._words(page)}")
            moved_on = False
            while not moved_on:
                if time.monotonic() - began > LONGEST_IMPORT:
                    raise self.browser.unexpected(f"{address}: not “{heading}” after {LONGEST_IMPORT} s")
                time.sleep(1)
                moved_on = "HX-Refresh" in self.browser.part("a file’s progress", unescape(state[1])).headers


class Waiting(Person):
    """The same script and pauses, but every page is the bare one."""

    def run(self) -> None:
        time.sleep(self.random.uniform(0, self.think[1]))
        while time.monotonic() < self.until:
            with suppress(Unexpected):
                self.bare()
            self.pause()
