"""A real browser finds the way that our headers name, and says there what it refused to do."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from brands.models import PolicyReport

CERTIFICATE = Path(__file__).with_name("self_signed.pem")


def pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while words := source.recv(65536):
            target.sendall(words)
    except OSError:
        pass
    finally:
        target.close()


@pytest.fixture
def https(live_server) -> Iterator[str]:
    """The live server behind TLS: Chromium reads Reporting-Endpoints nowhere else."""
    behind = urlsplit(live_server.url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)

    def serve() -> None:
        while True:
            try:
                browser, _address = listener.accept()
            except ssl.SSLError:
                continue
            except OSError:
                return
            server = socket.create_connection((behind.hostname, behind.port))
            for ends in ((browser, server), (server, browser)):
                threading.Thread(target=pass_on, args=ends, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"https://localhost:{listener.getsockname()[1]}"
    listener.close()


@pytest.fixture
def stranger(browser_type, browser_type_launch_args, whole_chromium) -> Iterator[Page]:
    arguments = [*browser_type_launch_args["args"], "--short-reporting-delay"]
    with browser_type.launch(executable_path=whole_chromium, args=arguments) as browser:
        yield browser.new_context(ignore_https_errors=True).new_page()


def test_a_violation_arrives(https, stranger):
    stranger.goto(f"{https}/accounts/login/")
    stranger.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://evil.example/x.png' }))")
    for _time in range(60):
        if PolicyReport.objects.exists():
            break
        stranger.wait_for_timeout(500)
    (row,) = PolicyReport.objects.values_list("directive", "blocked", "page")
    assert row == ("img-src", "https://evil.example", "/accounts/login/")
