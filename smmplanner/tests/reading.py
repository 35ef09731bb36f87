"""A page as it is read: its words, those for the eye and those that are only read out."""

from html.parser import HTMLParser

# Elements whose text nobody reads, and those that never end.
SILENT = {"script", "style"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label")


class Reader(HTMLParser):
    """What a page says in its own language: its text, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self.open: list[tuple[str, bool]] = []

    @property
    def is_heard(self) -> bool:
        return all(heard for _tag, heard in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spoken = dict(attrs).get("lang")
        self.language = self.language or (tag == "html" and spoken) or ""
        heard = tag not in SILENT and (not spoken or not self.language or spoken == self.language)
        if self.is_heard and heard:
            self.said += [" ".join(value.split()) for name, value in attrs if name in SPOKEN and value and value.strip()]
        if tag not in VOID:
            self.open.append((tag, heard))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _heard in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.is_heard:
            self.said.append(" ".join(data.split()))


def read_aloud(page: str) -> tuple[str, list[str]]:
    """The language that a page says it is in (none for a part of one), and what it says in it."""
    reader = Reader()
    reader.feed(page)
    return reader.language, reader.said


def said_by(page: str) -> list[str]:
    return read_aloud(page)[1]
