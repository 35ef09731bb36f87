"""Feeds of mentions: bytes in, entries out. Atom (Google Alerts), RSS 2.0 and 1.0.

No tree is built and no entity is expanded: expat reports what it reads, and whatever a feed has no use for ends the
reading. A feed that cannot be read leaves as :class:`Unreadable`, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit
from xml.parsers import expat

from .plain_text import one_line, text_of_html
from .rows import Unreadable

MOST_BYTES = 5 << 20
MOST_ENTRIES = 500
DEEPEST = 64
LONGEST_FIELD = 20_000
LONGEST_LINK, LONGEST_GUID = 2_000, 2_000
TITLE, TEXT = 300, 2_000

ATOM = "http://www.w3.org/2005/Atom"
_RSS_1 = "http://purl.org/rss/1.0/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_ROOTS = {f"{ATOM} feed": "atom", "rss": "rss", f"{_RDF} RDF": "rdf"}
_ENTRIES = {f"{ATOM} entry", "item", f"{_RSS_1} item"}
_IN_MARKUP = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``published`` is None where the feed does not say, ``link`` is empty where it leads nowhere safe."""

    guid: str
    title: str
    link: str = ""
    text: str = ""
    site: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds. ``left_out`` counts entries by why they are not here."""

    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_feed(content: bytes, charset: str = "") -> Feed:
    """The entries of a feed. ``charset`` is what the server said, asked only where the feed itself is silent and wrong."""
    if len(content) > MOST_BYTES:
        raise Unreadable("feed_too_large", limit=MOST_BYTES >> 20)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("feed_empty")
    if _IN_MARKUP.match(content[:4096].lstrip(b"\xef\xbb\xbf")):
        raise Unreadable("feed_web_page")
    try:
        return _Reader().read(content, None)
    except LookupError as error:
        raise _broken(error) from error
    except expat.ExpatError as error:
        if charset and error.code == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]:
            return _again(content, charset)
        raise _broken(error) from error


def _again(content: bytes, charset: str) -> Feed:
    try:
        return _Reader().read(content, charset)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _broken(error) from error


def _broken(error: Exception) -> Unreadable:
    codes = expat.errors.codes
    code, line = getattr(error, "code", 0), getattr(error, "lineno", 0)
    if isinstance(error, LookupError) or code in (
        codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
        codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
    ):
        return Unreadable("feed_encoding")
    return Unreadable("feed_broken", line=line)


@dataclass
class _Node:
    """An element that is being read, and where its text goes: to the node that stands for the field it lies in."""

    name: str
    attributes: Mapping[str, str]
    words: list[str] = field(default_factory=list)
    length: int = 0


class _Reader:
    """Follows the elements of one feed. A field's text is all text below it: XHTML titles need no care of their own."""

    def __init__(self) -> None:
        self.kind = ""
        self.title = ""
        self.entries: list[Entry] = []
        self.left_out: dict[str, int] = {}
        self._path: list[str] = []
        self._entry: dict[str, str] | None = None
        self._entry_depth = 0
        self._field: _Node | None = None
        self._field_depth = 0

    def read(self, content: bytes, charset: str | None) -> Feed:
        parser = expat.ParserCreate(charset, " ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.Parse(content, True)
        return Feed(self.kind, self.title, tuple(self.entries), self.left_out)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: bool) -> None:
        if has_internal_subset:
            raise Unreadable("feed_entities")

    def _entity(self, *_declared: object) -> None:
        raise Unreadable("feed_entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path:
            if name not in _ROOTS:
                raise Unreadable("feed_web_page" if name.rpartition(" ")[2].lower() == "html" else "feed_unknown")
            self.kind = _ROOTS[name]
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise Unreadable("feed_too_deep", limit=DEEPEST)
        if self._entry is None and name in _ENTRIES:
            self._entry, self._entry_depth = {}, len(self._path)
            self._entry["about"] = attributes.get(f"{_RDF} about", "")
        elif self._field is None and self._is_field(name):
            self._field, self._field_depth = _Node(name, attributes), len(self._path)
        elif self._field is not None:
            self._words(" ")

    def _is_field(self, name: str) -> bool:
        depth = len(self._path)
        if self._entry is not None:
            return depth == self._entry_depth + 1 and name in _FIELDS
        return not self.title and name in _TITLES and depth <= 3

    def _words(self, words: str) -> None:
        node = self._field
        if node is not None and node.length < LONGEST_FIELD:
            node.words.append(words[: LONGEST_FIELD - node.length])
            node.length += len(words)

    def _end(self, name: str) -> None:
        depth = len(self._path)
        if self._field is not None and depth == self._field_depth:
            self._keep(self._field)
            self._field = None
        elif self._field is not None:
            self._words(" ")
        elif self._entry is not None and depth == self._entry_depth:
            self._finish(self._entry)
            self._entry = None
        self._path.pop()

    def _keep(self, node: _Node) -> None:
        said = "".join(node.words)
        if self._entry is None:
            self.title = _plain(said, node, TITLE)
            return
        # The first of a kind counts: an entry may name its link twice.
        for name, value in _FIELDS[node.name](said, node).items():
            if value:
                self._entry.setdefault(name, value)

    def _finish(self, said: dict[str, str]) -> None:
        link = real_link(said.get("link", "") or said.get("guid", "") or said["about"])
        guid = one_line(said.get("guid", "") or said["about"], LONGEST_GUID) or link
        title = said.get("title", "") or said.get("text", "")[:TITLE]
        if not guid:
            self._leave_out("entry_without_identity")
        elif not title:
            self._leave_out("entry_without_words")
        elif len(self.entries) >= MOST_ENTRIES:
            self._leave_out("too_many_entries")
        else:
            site = said.get("source", "") or site_of(link)
            published = _moment(said.get("published", "")) or _moment(said.get("updated", ""))
            self.entries.append(Entry(guid, title, link, said.get("text", ""), site, published))

    def _leave_out(self, why: str) -> None:
        self.left_out[why] = self.left_out.get(why, 0) + 1


# --- fields


def _plain(said: str, node: _Node, limit: int) -> str:
    """Atom says what its text is; RSS does not, and mostly means HTML."""
    is_text = node.name.startswith(ATOM) and node.attributes.get("type", "text") in ("text", "xhtml")
    return one_line(said if is_text else text_of_html(said), limit)


def _title(said: str, node: _Node) -> dict[str, str]:
    return {"title": _plain(said, node, TITLE)}


def _text(said: str, node: _Node) -> dict[str, str]:
    return {"text": _plain(said, node, TEXT)}


def _atom_link(_said: str, node: _Node) -> dict[str, str]:
    is_page = node.attributes.get("rel", "alternate") == "alternate"
    return {"link": node.attributes.get("href", "").strip()} if is_page else {}


def _called(name: str) -> Callable[[str, _Node], dict[str, str]]:
    return lambda said, _node: {name: one_line(said, LONGEST_GUID)}


_FIELDS: dict[str, Callable[[str, _Node], dict[str, str]]] = {
    f"{ATOM} id": _called("guid"),
    f"{ATOM} title": _title,
    f"{ATOM} link": _atom_link,
    f"{ATOM} published": _called("published"),
    f"{ATOM} updated": _called("updated"),
    f"{ATOM} content": _text,
    f"{ATOM} summary": _text,
    "guid": _called("guid"),
    "title": _title,
    "link": _called("link"),
    "pubDate": _called("published"),
    "description": _text,
    "source": _called("source"),
    f"{_DC} date": _called("published"),
    f"{_CONTENT} encoded": _text,
    f"{_RSS_1} title": _title,
    f"{_RSS_1} link": _called("link"),
    f"{_RSS_1} description": _text,
}
_TITLES = {f"{ATOM} title", "title", f"{_RSS_1} title"}


def real_link(link: str) -> str:
    """Where a link leads: what Google wraps is unwrapped. Empty for anything that is no web address."""
    link = link.strip()
    try:
        parts = urlsplit(link)
        if _is_googles(parts.hostname or "") and parts.path == "/url":
            wrapped = parse_qs(parts.query, max_num_fields=40)
            inner = (wrapped.get("url") or wrapped.get("q") or [""])[0].strip()
            if inner:
                link, parts = inner, urlsplit(inner)
        fits = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return link if fits and len(link) <= LONGEST_LINK and not re.search(r"[\s\x00-\x1f\x7f<>\"]", link) else ""


def _is_googles(host: str) -> bool:
    return re.fullmatch(r"(?:www\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})", host.lower()) is not None


def site_of(link: str) -> str:
    """The site of a link, as people call it."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return one_line(host.removeprefix("www."), 200)


def _moment(said: str) -> datetime | None:
    """A date of Atom (ISO) or RSS (as in letters); without a zone it is taken as UTC."""
    said = said.strip()
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said) if re.match(r"\d{4}-", said) else parsedate_to_datetime(said)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC) if moment.year in _YEARS else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
