"""A web server on this machine that answers as a test tells it, and the limits that let a fetch talk to it."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer

from brands.fetching import Limits

FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert - Atlas</title>{entries}</feed>'
ENTRY = '<entry><id>{guid}</id><title type="html">{title}</title><link href="{link}"/><published>{published}</published></entry>'


def feed_of(*entries: dict[str, str]) -> bytes:
    usual = {"guid": "1", "title": "Atlas", "link": "https://gazeta.example.uz/1", "published": "2026-11-20T06:30:00Z"}
    return FEED.format(entries="".join(ENTRY.format(**usual | entry) for entry in entries)).encode()


@dataclass
class Answer:
    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/atom+xml"})
    pieces: int = 1
    pause: float = 0.0
    hangs_up: bool = False

    def packed(self) -> "Answer":
        return Answer(gzip.compress(self.content), self.status, self.headers | {"Content-Encoding": "gzip"})


@dataclass
class Server:
    port: int
    answers: dict[str, Callable[[dict[str, str]], Answer] | Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    listening: HTTPServer | None = None

    @property
    def limits(self) -> Limits:
        return Limits(seconds=5, ports=None, may_connect=lambda address: str(address) == "127.0.0.1")

    def behind_tls(self, context: ssl.SSLContext) -> None:
        self.listening.socket = context.wrap_socket(self.listening.socket, server_side=True)

    def address(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Server = self.server.told  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in self.headers.items()}
        server.asked.append((self.path, headers))
        answer = server.answers.get(self.path, Answer(status=404))
        answer = answer if isinstance(answer, Answer) else answer(headers)
        if answer.hangs_up:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.content))}.items() | answer.headers.items():
            if value and not (name == "Content-Length" and "Content-Length" in answer.headers and value != answer.headers[name]):
                self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        step = max(len(answer.content) // answer.pieces, 1)
        for start in range(0, len(answer.content), step):
            self.wfile.write(answer.content[start : start + step])
            self.wfile.flush()
            time.sleep(answer.pause)

    def log_message(self, *_said: object) -> None:
        pass


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_who: object) -> None:
        """The other side hung up: a test wanted it so."""


@contextmanager
def serving() -> Iterator[Server]:
    with _Quiet(("127.0.0.1", 0), _Handler) as server:
        told = server.told = Server(server.server_address[1], listening=server)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield told
        server.shutdown()
        thread.join()
