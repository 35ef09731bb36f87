"""What browsers report of our Content-Security-Policy: read with suspicion, kept once each, forgotten after a month."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.urls import Resolver404, resolve
from django.utils import timezone

from brands import limits
from brands.models import PolicyReport

LARGEST_BODY = 16 * 1024
KEPT_FOR = timedelta(days=30)
# Anybody may write here: neither many rows nor many writes come of it.
MOST_ROWS = 1000
MOST_OF_ONE_ADDRESS, MOST_OF_ALL, MINUTE = 20, 300, 60
MOST_IN_ONE_BODY = 20
DIRECTIVES = frozenset(
    [
        "default-src",
        "script-src",
        "script-src-elem",
        "script-src-attr",
        "style-src",
        "style-src-elem",
        "style-src-attr",
        "img-src",
        "font-src",
        "connect-src",
        "manifest-src",
        "worker-src",
        "object-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "child-src",
        "media-src",
        "sandbox",
        "upgrade-insecure-requests",
        "require-trusted-types-for",
        "trusted-types",
    ]
)
WORDS = frozenset({"inline", "eval", "wasm-eval", "self", "data", "blob", "trusted-types-policy", "trusted-types-sink"})


@dataclass(frozen=True)
class Said:
    directive: str
    blocked: str
    page: str


def is_flood(address: str) -> bool:
    """Too many within the minute, from one address or from all together."""
    return any(
        limits.count(f"policy-reports:{who}", MINUTE).times > most
        for who, most in ((address, MOST_OF_ONE_ADDRESS), ("", MOST_OF_ALL))
    )


def read(body: bytes, host: str) -> list[Said]:
    """Reports about pages of this host, in either of the two forms that browsers send; ValueError where it is none."""
    try:
        sent = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    found = [said for said in map(_said, _bodies(sent), [host] * MOST_IN_ONE_BODY) if said]
    return list(dict.fromkeys(found))


def _bodies(sent: object) -> Iterator[tuple[str, str, str]]:
    """(page, directive, what was blocked)"""
    if isinstance(sent, dict) and isinstance(old := sent.get("csp-report"), dict):
        directive = old.get("effective-directive") or old.get("violated-directive")
        yield str(old.get("document-uri", "")), str(directive or ""), str(old.get("blocked-uri", ""))
    for report in sent[:MOST_IN_ONE_BODY] if isinstance(sent, list) else ():
        if isinstance(report, dict) and report.get("type") == "csp-violation" and isinstance(new := report.get("body"), dict):
            yield str(new.get("documentURL", "")), str(new.get("effectiveDirective", "")), str(new.get("blockedURL", ""))


def _said(body: tuple[str, str, str], host: str) -> Said | None:
    page, directive, blocked = body
    directive = directive.split(" ")[0]
    try:
        address = urlsplit(page)
        origin = _origin(blocked)
    except ValueError:
        return None
    if address.netloc != host or directive not in DIRECTIVES:
        return None
    try:
        route = resolve(address.path).route
    except Resolver404:
        route = ""
    return Said(directive, origin, f"/{route}"[:200] if route else "—")


def _origin(blocked: str) -> str:
    if blocked in WORDS or not blocked:
        return blocked or "inline"
    parts = urlsplit(blocked)
    # Extensions of the browser have a scheme and an id of their own; the scheme says enough.
    return (f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https", "ws", "wss") else f"{parts.scheme}:")[:200]


def keep(reports: list[Said], now: datetime | None = None) -> None:
    now = now or timezone.now()
    for said in reports:
        row = PolicyReport.objects.filter(directive=said.directive, blocked=said.blocked, page=said.page)
        with transaction.atomic():
            if row.update(count=F("count") + 1, last_at=now) or PolicyReport.objects.count() >= MOST_ROWS:
                continue
            # Two at the same moment: one of them makes the row, the other finds it.
            PolicyReport.objects.bulk_create(
                [PolicyReport(directive=said.directive, blocked=said.blocked, page=said.page, last_at=now)],
                ignore_conflicts=True,
            )


def forget_old(now: datetime) -> int:
    return PolicyReport.objects.filter(last_at__lt=now - KEPT_FOR).delete()[0]
