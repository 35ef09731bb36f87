"""Fetching an address that a person typed: from the public internet only, and never more or longer than it should.

The name is resolved once, every address it has is looked at, and the connection goes to the one that was looked at: a name
that answers otherwise a second later changes nothing. Redirects are followed by hand, each through the same door.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TOKEN = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
XML_TYPES = frozenset(
    {"application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/xml", "text/xml", "text/plain", ""}
)


class FetchFailed(Exception):
    """Why nothing came; `detail` is what the sentence of `code` has a place for."""

    def __init__(self, code: str, detail: str = "", *, wait: int = 0) -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail
        self.wait = wait


def is_public(address: IpAddress) -> bool:
    """Whether an address lies in the open internet: also when it is an IPv4 address in the clothes of an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(inner):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


@dataclass(frozen=True)
class Limits:
    """What a fetch may do. Tests let it talk to their own machine; nothing else does."""

    seconds: float = 20.0
    most_bytes: int = 5 << 20
    redirects: int = 3
    ports: frozenset[int] | None = frozenset({80, 443})
    may_connect: Callable[[IpAddress], bool] = is_public
    types: frozenset[str] = XML_TYPES


@dataclass(frozen=True)
class Fetched:
    """What came. `content` is None where nothing changed since the last time."""

    content: bytes | None
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass
class _Journey:
    """One fetch with its redirects, within one span of time."""

    limits: Limits
    headers: dict[str, str]
    started: float = field(default_factory=time.monotonic)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.started + self.limits.seconds

    @property
    def left(self) -> float:
        self.go_on()
        return max(self.started + self.limits.seconds - time.monotonic(), 0.001)

    def go_on(self) -> None:
        if self.is_over:
            raise FetchFailed("too_slow", str(round(self.limits.seconds)))


def fetch(address: str, *, etag: str = "", last_modified: str = "", limits: Limits | None = None) -> Fetched:
    """The content of an address, or FetchFailed."""
    headers = {
        "User-Agent": "SMM-Planner (reader of feeds)",
        "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    headers |= {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
    journey = _Journey(limits or Limits(), headers)
    for _step in range(journey.limits.redirects + 1):
        found = _one_step(journey, address)
        if isinstance(found, Fetched):
            return found
        if urlsplit(address).scheme == "https" and urlsplit(found).scheme != "https":
            raise FetchFailed("redirect_to_http")
        address = found
    raise FetchFailed("too_many_redirects", str(journey.limits.redirects))


@dataclass(frozen=True)
class Posted:
    """What the other side answered to something that was sent there."""

    status: int
    content: bytes


SENDING = Limits(seconds=10, most_bytes=64 << 10, redirects=0)


def post(address: str, body: bytes, headers: Mapping[str, str], limits: Limits = SENDING) -> Posted:
    """Send `body` there, or FetchFailed. Redirects are not followed: what was signed for one address is not for another.

    Of the answer only the beginning is kept; whatever else comes is not waited for.
    """
    own = {"User-Agent": "SMM-Planner (webhooks)", "Accept-Encoding": "identity", "Connection": "close"}
    journey = _Journey(limits, own | dict(headers) | {"Content-Length": str(len(body))})
    with _request(journey, address, "POST", body) as response:
        return Posted(response.status, response.read1(limits.most_bytes))


def checked(address: str, limits: Limits | None = None) -> SplitResult:
    """The parts of an address that may be asked for; FetchFailed says why it may not. Looks nothing up."""
    limits = limits or Limits()
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchFailed("bad_address") from error
    if parts.scheme not in ("http", "https"):
        raise FetchFailed("not_http")
    if not parts.hostname or re.search(r"[\s\x00-\x1f\x7f\\]", address):
        raise FetchFailed("bad_address")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed("credentials")
    if limits.ports is not None and port not in limits.ports:
        raise FetchFailed("bad_port", str(port))
    _literal(parts.hostname, limits)
    return parts


def _literal(host: str, limits: Limits) -> None:
    """An address in numbers is refused before anybody is asked about it."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
            raise FetchFailed("not_public") from None
        return
    if not limits.may_connect(address):
        raise FetchFailed("not_public")


def _one_step(journey: _Journey, address: str) -> Fetched | str:
    with _request(journey, address, "GET") as response:
        if response.status in _REDIRECTS:
            return _target(address, _header(response, "Location", 2000))
        return _answer(response, journey)


@contextmanager
def _request(journey: _Journey, address: str, method: str, body: bytes | None = None) -> Iterator[http.client.HTTPResponse]:
    parts = checked(address, journey.limits)
    host = _ascii(parts.hostname or "")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = _resolved(host, port, journey)
    with _errors_in_words(journey), _connected(parts.scheme, host, port, target, journey) as connection:
        path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*[]")
        query = "?" + quote(parts.query, safe="/%:=&?~+!$,;'@()*[]") if parts.query else ""
        connection.request(method, path + query, body, headers=journey.headers | {"Host": _called(host, parts)})
        with connection.getresponse() as response:
            yield response


def _target(address: str, location: str) -> str:
    if not location:
        raise FetchFailed("no_redirect_target")
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchFailed("bad_address") from error


def _ascii(host: str) -> str:
    try:
        return host.encode("ascii").decode()
    except UnicodeEncodeError:
        try:
            return host.encode("idna").decode()
        except UnicodeError as error:
            raise FetchFailed("bad_address") from error


def _resolved(host: str, port: int, journey: _Journey) -> str:
    """The address to connect to. One that is not public spoils the name: whoever mixes them has something in mind."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed("unknown_host", host[:100]) from error
    addresses = [str(entry[4][0]) for entry in found]
    for each in addresses:
        if not journey.limits.may_connect(ipaddress.ip_address(each.partition("%")[0])):
            raise FetchFailed("not_public")
    return addresses[0]


@contextmanager
def _connected(scheme: str, host: str, port: int, target: str, journey: _Journey) -> Iterator[http.client.HTTPConnection]:
    """A connection to the address that was looked at, which is cut when the time is over, whatever the other side does."""
    wires = [socket.create_connection((target, port), timeout=journey.left)]
    # Each read may wait as long as the socket allows; a byte now and then would go on for ever.
    clock = Timer(journey.left, _cut, [wires])
    clock.daemon = True
    clock.start()
    connection = http.client.HTTPConnection(host, port, timeout=journey.left)
    try:
        if scheme == "https":
            context = ssl.create_default_context()
            wires.append(context.wrap_socket(wires[0], server_hostname=host, do_handshake_on_connect=False))
            wires[-1].do_handshake()
        connection.sock = wires[-1]
        yield connection
    finally:
        clock.cancel()
        connection.close()
        wires[-1].close()


def _cut(wires: list[socket.socket]) -> None:
    with suppress(OSError):
        # Past TLS, which would first say goodbye.
        socket.socket.shutdown(wires[-1], socket.SHUT_RDWR)


def _called(host: str, parts: SplitResult) -> str:
    """The Host header: the name as it was asked for."""
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{parts.port}" if parts.port not in (None, 443 if parts.scheme == "https" else 80) else name


@contextmanager
def _errors_in_words(journey: _Journey) -> Iterator[None]:
    try:
        yield
    except FetchFailed:
        raise
    except ssl.SSLCertVerificationError as error:
        raise FetchFailed("bad_certificate") from error
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        # Where the time is over, that is why the line was cut.
        if isinstance(error, TimeoutError) or journey.is_over:
            raise FetchFailed("too_slow", str(round(journey.limits.seconds))) from error
        raise FetchFailed("no_answer") from error


def _header(response: http.client.HTTPResponse, name: str, longest: int) -> str:
    """A header that can be kept and sent again: one line of plain characters, or nothing."""
    value = (response.getheader(name) or "").strip()
    return value if len(value) <= longest and _TOKEN.fullmatch(value) else ""


def _answer(response: http.client.HTTPResponse, journey: _Journey) -> Fetched:
    kept = {"etag": _header(response, "ETag", 200), "last_modified": _header(response, "Last-Modified", 100)}
    if response.status == 304:
        return Fetched(None, **kept)
    if response.status != 200:
        raise FetchFailed("status", str(response.status), wait=_retry_after(response))
    kind = response.headers.get_content_type() if response.getheader("Content-Type") else ""
    if kind not in journey.limits.types:
        raise FetchFailed("web_page" if kind in ("text/html", "application/xhtml+xml") else "bad_type", kind[:60])
    return Fetched(_body(response, journey), (response.headers.get_content_charset() or "")[:40], **kept)


def _retry_after(response: http.client.HTTPResponse) -> int:
    said = response.getheader("Retry-After") or ""
    return min(int(said), 7 * 24 * 3600) if re.fullmatch(r"[0-9]{1,9}", said) else 0


def _body(response: http.client.HTTPResponse, journey: _Journey) -> bytes:
    most, encoding = journey.limits.most_bytes, (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchFailed("bad_encoding", encoding[:40])
    unpack = zlib.decompressobj(31) if encoding != "identity" else None
    pieces: list[bytes] = []
    size = on_the_wire = 0
    while chunk := response.read1(_CHUNK):
        on_the_wire += len(chunk)
        # One byte more than may be, so that a bomb is heard of and never unpacked.
        piece = unpack.decompress(chunk, most - size + 1) if unpack else chunk
        size += len(piece)
        if size > most or on_the_wire > most or (unpack and unpack.unconsumed_tail):
            raise FetchFailed("too_large", str(most >> 20))
        pieces.append(piece)
        journey.go_on()
    # What was cut by the clock must not pass for the end.
    journey.go_on()
    if response.length or (unpack and not unpack.eof):
        raise FetchFailed("cut_short")
    return b"".join(pieces)
