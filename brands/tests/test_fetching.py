"""Fetching: what comes, what may not be asked for, and what a hostile server can do about it. A real server, no network."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from brands import fetching
from brands.fetching import Fetched, FetchFailed, checked, fetch, is_public
from brands.tests.feed_server import Answer, Server, feed_of, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


def failure(address: str, server: Server, **limits: object) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        fetch(address, limits=replace(server.limits, **limits))
    return failed.value


def test_a_feed_comes_with_what_to_ask_next_time(server):
    headers = {
        "Content-Type": "application/atom+xml; charset=UTF-8",
        "ETag": '"a1"',
        "Last-Modified": "Fri, 20 Nov 2026 06:00:00 GMT",
    }
    server.answers["/feed?a=%D0%BF"] = Answer(feed_of({}), headers=headers)
    found = fetch(server.address("/feed?a=п"), limits=server.limits)
    assert found == Fetched(feed_of({}), "utf-8", '"a1"', "Fri, 20 Nov 2026 06:00:00 GMT")
    _path, asked = server.asked[0]
    assert asked["host"] == f"127.0.0.1:{server.port}"
    assert "if-none-match" not in asked


def test_what_has_not_changed_is_not_sent_again(server):
    server.answers["/feed"] = lambda asked: Answer(status=304) if asked.get("if-none-match") == '"a1"' else Answer(feed_of({}))
    assert fetch(server.address(), etag='"a1"', last_modified="x", limits=server.limits).content is None
    assert server.asked[0][1]["if-modified-since"] == "x"


def test_a_packed_feed_is_unpacked(server):
    server.answers["/feed"] = Answer(feed_of({})).packed()
    assert fetch(server.address(), limits=server.limits).content == feed_of({})


def test_redirects_are_followed_each_through_the_same_door(server):
    server.answers["/feed"] = Answer(status=301, headers={"Location": "/two"})
    server.answers["/two"] = Answer(status=307, headers={"Location": server.address("/three")})
    server.answers["/three"] = Answer(feed_of({}))
    assert fetch(server.address(), limits=server.limits).content == feed_of({})


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "not_public"),
        ("http://[::ffff:10.0.0.1]/", "not_public"),
        ("http://localhost/", "not_public"),
        ("file:///etc/passwd", "not_http"),
        ("gopher://127.0.0.1/", "not_http"),
        ("http://u:p@127.0.0.1/", "credentials"),
        ("http://[bad/", "bad_address"),
        ("", "no_redirect_target"),
    ],
)
def test_a_redirect_leads_nowhere_that_could_not_be_asked_for(server, target, code):
    server.answers["/feed"] = Answer(status=302, headers={"Location": target})
    assert failure(server.address(), server).code == code
    assert len(server.asked) == 1


def test_a_ring_of_redirects_ends(server):
    server.answers["/feed"] = Answer(status=302, headers={"Location": "/feed"})
    assert failure(server.address(), server).code == "too_many_redirects"
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "255.255.255.255",
        "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1",
        "2001:db8::1", "::ffff:127.0.0.1", "::ffff:192.168.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:1::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_open_internet_is_known(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["142.250.74.46", "91.212.89.1", "2a00:1450:4010:c0e::66"])
def test_an_address_of_the_open_internet_is_known(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://example.com/feed", "not_http"),
        ("javascript:alert(1)", "not_http"),
        ("example.com/feed", "not_http"),
        ("https:///feed", "bad_address"),
        ("https://a b.example/", "bad_address"),
        ("https://example.com\\@127.0.0.1/", "bad_address"),
        ("https://example.com:99999/", "bad_address"),
        ("https://user@example.com/", "credentials"),
        ("https://:secret@example.com/", "credentials"),
        ("https://example.com:6379/", "bad_port"),
        ("http://127.0.0.1/", "not_public"),
        ("http://[::1]/", "not_public"),
        ("http://[fe80::1%25eth0]/", "not_public"),
        ("http://localhost/", "not_public"),
        ("http://db.internal/", "not_public"),
    ],
)
def test_an_address_that_may_not_be_asked_for_is_refused_without_looking_it_up(monkeypatch, address, code):
    monkeypatch.setattr(socket, "getaddrinfo", None)
    for ask in (checked, fetch):
        with pytest.raises(FetchFailed) as failed:
            ask(address)
        assert failed.value.code == code


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "127.1", "017700000001"])
def test_an_address_in_odd_numbers_is_no_way_in(number):
    with pytest.raises(FetchFailed) as failed:
        fetch(f"http://{number}/")
    assert failed.value.code in ("not_public", "unknown_host")


def looked_up(monkeypatch, *rounds: list[str]) -> list[str]:
    """Names answer with these addresses, one list a time; the real look-up serves numbers."""
    told, asked, real = iter(rounds), [], socket.getaddrinfo

    def look_up(host, port, *rest, **options):
        if host in ("127.0.0.1", "127.0.0.2"):
            return real(host, port, *rest, **options)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(told)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_that_leads_inside_is_refused(monkeypatch, server):
    looked_up(monkeypatch, ["10.0.0.1"])
    assert failure(server.address(host="feeds.example.uz"), server).code == "not_public"


def test_a_name_with_one_address_inside_is_refused_as_a_whole(monkeypatch, server):
    looked_up(monkeypatch, ["127.0.0.1", "10.0.0.1"])
    assert failure(server.address(host="feeds.example.uz"), server).code == "not_public"


def test_a_name_that_answers_otherwise_a_moment_later_changes_nothing(monkeypatch, server):
    """The connection goes to the address that was looked at: a second answer is never asked for."""
    server.answers["/feed"] = Answer(feed_of({}))
    asked = looked_up(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    assert fetch(server.address(host="feeds.example.uz"), limits=server.limits).content == feed_of({})
    assert asked == ["feeds.example.uz"]
    assert server.asked[0][1]["host"] == f"feeds.example.uz:{server.port}"


def test_a_name_in_other_letters_is_asked_for_as_the_net_knows_it(monkeypatch, server):
    server.answers["/feed"] = Answer(feed_of({}))
    asked = looked_up(monkeypatch, ["127.0.0.1"])
    fetch(server.address(host="дарё.example"), limits=server.limits)
    assert asked == ["xn--80ah1b3d.example"]


def test_a_name_that_nobody_knows_is_said(monkeypatch, server):
    def unknown(*_asked, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = failure("https://nowhere.example/", server)
    assert (found.code, found.detail) == ("unknown_host", "nowhere.example")


LONG = b"<feed>" + b" " * 400_000


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(b"<html>", headers={"Content-Type": "text/html; charset=utf-8"}), "web_page"),
        (Answer(b"x", headers={"Content-Type": "image/png"}), "bad_type"),
        (Answer(b"x", status=404), "status"),
        (Answer(b"x", status=500), "status"),
        (Answer(LONG), "too_large"),
        (Answer(LONG).packed(), "too_large"),
        (Answer(LONG, headers={"Content-Type": "text/xml", "Content-Length": ""}), "too_large"),
        (Answer(b"x" * 50, headers={"Content-Type": "text/xml", "Content-Encoding": "gzip"}), "no_answer"),
        (
            Answer(Answer(b"x" * 50).packed().content[:20], headers={"Content-Type": "text/xml", "Content-Encoding": "gzip"}),
            "cut_short",
        ),
        (Answer(b"x", headers={"Content-Type": "text/xml", "Content-Encoding": "br"}), "bad_encoding"),
        (Answer(b"x", headers={"Content-Type": "text/xml", "Content-Length": "500"}), "cut_short"),
        (Answer(hangs_up=True), "no_answer"),
        (Answer(status=304), "not_asked"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(server, answer, code):
    server.answers["/feed"] = answer
    if code == "not_asked":
        # An unasked “nothing changed” is taken for what it says: there is nothing new.
        assert fetch(server.address(), limits=server.limits).content is None
    else:
        assert failure(server.address(), server, most_bytes=100_000).code == code


def test_a_bomb_is_never_unpacked(server):
    server.answers["/feed"] = Answer(b"\x00" * 60_000_000).packed()
    started = time.process_time()
    assert failure(server.address(), server, most_bytes=1 << 20).code == "too_large"
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "answer", [Answer(b"x" * 200, pieces=200, pause=0.1), Answer(b"", headers={"Content-Length": "10"}, pause=5)]
)
def test_a_server_that_sends_a_byte_now_and_then_is_cut_off(server, answer):
    server.answers["/feed"] = replace(answer, headers=answer.headers | {"Content-Type": "text/xml"})
    started = time.monotonic()
    assert failure(server.address(), server, seconds=0.5).code in ("too_slow", "cut_short")
    assert time.monotonic() - started < 3


def test_headers_that_never_end_are_cut_off():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        told = Server(listening.getsockname()[1])
        started = time.monotonic()
        # Nobody answers: the line stands, and that is all.
        assert failure(told.address(), told, seconds=0.4).code == "too_slow"
        assert time.monotonic() - started < 2


def test_a_server_that_asks_for_patience_is_heard(server):
    server.answers["/feed"] = Answer(status=503, headers={"Retry-After": "7200"})
    found = failure(server.address(), server)
    assert (found.code, found.detail, found.wait) == ("status", "503", 7200)
    server.answers["/feed"] = Answer(status=429, headers={"Retry-After": "99999999999999999999"})
    assert failure(server.address(), server).wait == 0


def test_what_a_server_wants_to_be_remembered_by_is_one_plain_line(server):
    server.answers["/feed"] = Answer(
        feed_of({}), headers={"Content-Type": "text/xml", "ETag": "x" * 500, "Last-Modified": "caf\xe9"}
    )
    found = fetch(server.address(), limits=server.limits)
    assert (found.etag, found.last_modified) == ("", "")


def test_plain_http_after_https_is_refused(monkeypatch):
    monkeypatch.setattr(fetching, "_one_step", lambda journey, address: "http://example.com/")
    with pytest.raises(FetchFailed, match="redirect_to_http"):
        fetch("https://example.com/")


def test_a_server_that_speaks_no_tls_is_said_not_to_answer(server):
    assert failure(server.address().replace("http:", "https:"), server).code == "no_answer"


def test_a_certificate_that_nobody_signed_is_refused(server):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).parent / "self_signed.pem")
    server.behind_tls(context)
    assert failure(server.address().replace("http:", "https:"), server).code == "bad_certificate"
    assert not server.asked
