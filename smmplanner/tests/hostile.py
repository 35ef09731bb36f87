"""What a hostile visitor has: a crawler that finds every page and form, and things to type that no form asked for."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from django.http import QueryDict
from django.test import Client

MARK = "zqx"
# Breaks out of a text, an attribute, a title and a textarea alike.
SCRIPT = f"""'"></title></textarea><script>alert("{MARK}")</script>"""
# What a page would hold if it had printed it as it came.
UNESCAPED = f'<script>alert("{MARK}'

WORDS = (
    "", "x", "-1", "0", "99999999999999999999", "2026-13-45", "0000-00", "0001-01-01", "9999-12-31", "1", "1e400", "NaN", "-Infinity",
    "1e-400", "٣", "²", "\x00", "a\x00b", "🙂" * 40, "%s%(x)s{0}{{ x }}", "../../etc/passwd", "[1, 2]", "null", "true", "‮ \u200b\ufeff",
    SCRIPT, "x" * 5000,
    # JSON that is none, that goes too deep, and that says something else than it should.
    '{"a": {"b": [', "[" * 5000, '{"pk": 1, "brand": 1}', "[{}, null, [[]]]", '"\\ud800"',
    # Letters upon letters, right to left, ends of lines.
    "e\u0301" * 300, "\u202eabc\u202c\u2066", "a\r\nb\r\nSet-Cookie: a=1", "\x1b[31m", "𝔘𝔫𝔦", "ﷺ" * 50,
    # Numbers and days past every end.
    "Infinity", "1e308", "-1e999999999", "0x10", "1_000", "1,5", " 7 ", "9" * 400, "2147483648", "-9223372036854775809", "0.1" + "0" * 60 + "1",
    "0000-01-01", "10000-01-01", "2026-02-30T25:61", "2026-W60", "24:00", "true' OR '1'='1", "on",
)  # fmt: skip
# Bytes that are no text: half of a pair, a mark of order, the end of nothing.
NO_TEXT = (b"\xed\xa0\x80", b"\xff\xfe", b"a\xf0\x9f")
# Damaged uploads: what the name promises is not in it.
UPLOADS = (
    ("a.csv", b""), ("a.csv", b"\x00" * 500), ("a.csv", b'"a,b\n' * 300), ("a.csv", b"\xff\xfe\x00\xd8a\x00"), ("a.csv", b"a," * 9000),
    ("a.xlsx", b"PK\x03\x04" + b"\x00" * 60), ("a.xlsx", b"PK\x05\x06" + b"\x00" * 18), ("a.zip", b"PK\x03\x04broken"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40), ("a.jpg", b"\xff\xd8\xff\xe0broken"), ("a.gif", b"GIF89a\xff\xff\xff\xff"),
    ("a.svg", f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode()), ("../../a.png", b"x"), ("a" * 300 + ".csv", b"a;b\n1;2"),
    (f"{MARK}<b>.csv", b"Date,Reach\n2026-13-45,NaN\n,\n"), ("a.json", b"[" * 5000), ("a.mp4", b"\x00\x00\x00\x18ftypmp42"), ("", b"x"),
)  # fmt: skip

# What only a log may hold.
TRACE = re.compile(
    r"Traceback \(most recent|File (?:&quot;|\\?\")/|site-packages|(?:psycopg|django)\.[\w.]*(?:Error|Exception)\b|\.py\b, line \d"
)

# Pages of which there are many alike: two of each are enough.
NUMBER = re.compile(r"\d+")
ALIKE = re.compile(r"/(kpi|working|trend|days)/[^/]+/")
LEFT_ALONE = ("/static/", "/admin/", "/accounts/logout/", "/i18n/")


@dataclass(frozen=True)
class Form:
    """A form of a page, filled in as the page showed it."""

    page: str
    action: str
    fields: tuple[tuple[str, str], ...]
    offered: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    "Names of the fields that take free text."
    files: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """One of each kind: the rows of a list are filled in alike."""
        names = {re.sub(r"\d+", "0", name): name for name in reversed([*(name for name, _value in self.fields), *self.offered])}
        return sorted(names.values())

    @property
    def kind(self) -> tuple[str, frozenset[str]]:
        """Forms of the same kind differ in numbers only."""
        return alike(self.action).split("?")[0], frozenset(re.sub(r"\d+", "0", name) for name in self.names)

    def filled(self, **changed: object) -> dict[str, object]:
        filled: dict[str, object] = {}
        for name, value in self.fields:
            filled.setdefault(name, []).append(value)
        # A list, else the client takes bytes for a list of numbers.
        return {**filled, **{name: [value] if isinstance(value, bytes) else value for name, value in changed.items()}}

    def without(self, name: str) -> dict[str, object]:
        return {known: value for known, value in self.filled().items() if known != name}


@dataclass
class _Reader(HTMLParser):
    """Links and forms of a page."""

    address: str
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: dict[str, str] | None = None
        self._fields: list[tuple[str, str]] = []
        self._select = self._textarea = ""
        self._chosen: list[str] = []
        self._offered: list[str] = []
        self._written: list[str] = []
        self._files: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.links += [given[name] for name in ("href", "hx-get") if given.get(name) and tag != "link"]
        if tag == "form":
            self._open, self._fields, self._offered, self._written, self._files = given, [], [], [], []
        elif tag in ("input", "button") and given.get("name"):
            self._add(given, tag)
        elif tag == "select":
            self._select, self._chosen = given.get("name", ""), []
        elif tag == "option" and self._select and ("selected" in given or not self._chosen):
            self._chosen = [given.get("value", "")]
        elif tag == "textarea":
            self._textarea = given.get("name", "")
            self._fields.append((self._textarea, ""))
            self._written.append(self._textarea)

    def _add(self, given: dict[str, str], tag: str) -> None:
        kind, name, value = given.get("type", ""), given["name"], given.get("value", "")
        if tag == "button" or kind == "submit":
            self._offered.append(name)
        elif kind not in ("radio", "checkbox", "file") or "checked" in given:
            self._fields.append((name, value))
            if kind in ("", "text", "search", "url", "email"):
                self._written.append(name)
        else:
            # Not ticked: nothing is sent, but something could be.
            self._offered.append(name)
            if kind == "file":
                self._files.append(name)
            if kind == "radio" and name not in dict(self._fields):
                self._fields.append((name, value))

    def handle_data(self, words: str) -> None:
        if self._textarea:
            self._fields[-1] = (self._textarea, self._fields[-1][1] + words)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            self._fields += [(self._select, value) for value in self._chosen]
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "form" and self._open is not None:
            if self._open.get("method", "").lower() == "post":
                self._keep(self._open)
            self._open = None

    def _keep(self, opened: dict[str, str]) -> None:
        action = urljoin(self.address, opened.get("action") or self.address)
        fields = tuple((name, value) for name, value in self._fields if name != "csrfmiddlewaretoken")
        several = (tuple(names) for names in (self._offered, self._written, self._files))
        self.forms.append(Form(self.address, action, fields, *several))


def alike(address: str) -> str:
    path, _mark, query = address.partition("?")
    path = re.sub(r"\d+", "0", ALIKE.sub(r"/\1/…/", path))
    # The wizard opens another form for another question; elsewhere it is the same page of other days.
    return f"{path}?{re.sub(NUMBER, '0', query)}" if "/strategies/" in path else path


@dataclass
class Found:
    addresses: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=dict)
    "What the view of each path looked for in its query."


NOTHING = re.compile(r"(?!)")


def crawl(
    client: Client,
    start: str | Collection[str],
    look: Callable[[str, object], None] = lambda address, answer: None,
    each: int = 1,
    passing_by: re.Pattern[str] = NOTHING,
) -> Found:
    """Follow every link and window from `start`, but those `passing_by`; `each` pages of a kind are looked at."""
    found, waiting, kinds = Found(), [start] if isinstance(start, str) else list(start), {}
    seen = set(waiting)
    while waiting:
        address = waiting.pop(0)
        kind = alike(address)
        if kinds.get(kind, 0) >= each:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        with names_asked_for() as names:
            answer = client.get(address)
        look(address, answer)
        found.addresses.append(address)
        found.names.setdefault(address.partition("?")[0], set()).update(names)
        links = [answer["Location"]] if answer.has_header("Location") else []
        if "html" in answer.get("Content-Type", "") and not answer.streaming:
            reader = _Reader(address)
            reader.feed(answer.content.decode())
            links += reader.links
            known = {form.kind for form in found.forms}
            found.forms += [form for form in reader.forms if form.kind not in known]
        for link in _local(links, address):
            if link not in seen and not passing_by.search(link):
                seen.add(link)
                waiting.append(link)
    found.forms = list({form.kind: form for form in found.forms}.values())
    return found


def forms_of(client: Client, address: str) -> list[Form]:
    """The forms of one page."""
    return read(client.get(address).content.decode(), address)


def read(page: str, address: str) -> list[Form]:
    """The forms of a page that was fetched already."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms


def _local(links: list[str], address: str) -> Iterator[str]:
    for link in dict.fromkeys(links):
        parts = urlsplit(urljoin(address, link))
        if parts.netloc in ("", "testserver") and parts.scheme in ("", "http") and not parts.path.startswith(LEFT_ALONE):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@contextmanager
def names_asked_for() -> Iterator[set[str]]:
    """The names that views look for in what was sent to them."""
    names: set[str] = set()

    def listening(real):
        def method(self, name, *rest):
            if isinstance(name, str) and name != "csrfmiddlewaretoken":
                names.add(name)
            return real(self, name, *rest)

        return method

    with ExitStack() as stack:
        for name in ("get", "getlist", "__getitem__", "__contains__"):
            stack.enter_context(patch.object(QueryDict, name, listening(getattr(QueryDict, name))))
        yield names
