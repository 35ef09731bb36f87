"""Walks a URLconf and tries every brand page as somebody who should not get in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.urls import URLPattern, URLResolver, resolve, reverse

from brands.models import Role

# Tried in turn until one has the form that a converter asks for.
SAMPLES = ["1", "sample", "2026-03", "2026-03-01", "2026-W10", "2026", "true", "00000000-0000-0000-0000-000000000001"]
METHODS = ("get", "post")


@dataclass(frozen=True)
class Page:
    """One entry of the URLconf, with an address that leads to it."""

    route: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return self.route

    @property
    def is_a_brand_page(self) -> bool:
        return "<slug:brand>" in self.route or self.route.startswith("brands/<")

    def address(self, brand: str) -> str:
        address = "/" + self.route
        for name, converter in self.converters:
            kind = next(part for part in self.route.split("<")[1:] if part.split(">")[0].split(":")[-1] == name).split(">")[0]
            value = brand if name in {"brand", "slug"} else _sample(converter, self.route)
            address = address.replace(f"<{kind}>", value, 1)
        return address


def _sample(converter: Any, route: str) -> str:
    for sample in SAMPLES:
        # The pattern accepts it and so does the conversion: 2026-03 is no date.
        try:
            if _whole(converter.regex, sample):
                converter.to_python(sample)
                return sample
        except ValueError:
            continue
    raise AssertionError(f"{route}: no sample value fits its converter; add one to SAMPLES")


def _whole(regex: str, value: str) -> bool:
    return re.fullmatch(regex, value) is not None


def pages(urlconf: str) -> list[Page]:
    return list(_walk(import_module(urlconf).urlpatterns))


def _walk(patterns: list[Any], before: str = "", known: dict[str, Any] | None = None) -> Iterator[Page]:
    for entry in patterns:
        route = before + str(entry.pattern).lstrip("^")
        converters = (known or {}) | getattr(entry.pattern, "converters", {})
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route, converters)
        elif isinstance(entry, URLPattern):
            yield Page(route, entry.callback, tuple(converters.items()))


def assert_closed(page: Page, brand: str, clients: dict[str | Role, Client]) -> None:
    """`clients`: "anonymous", "stranger" (signed in, member of another brand) and one for each role."""
    address = page.address(brand)
    # Otherwise the stranger's 404 would only say that nothing is there.
    assert resolve(address).func is page.view, f"{address} does not lead to {page.route}"
    role = getattr(page.view, "brand_role", None)
    assert role is not None, f"{page.route} has no @brand_view as its outermost decorator"
    for method in METHODS:
        answer = getattr(clients["anonymous"], method)(address)
        expected = f"{reverse('account_login')}?next={quote(address)}"
        assert (answer.status_code, answer.get("Location")) == (302, expected), f"{method} {address} lets anybody in"
        answer = getattr(clients["stranger"], method)(address)
        assert answer.status_code == 404, f"{method} {address} answers a stranger {answer.status_code}"
        for lower in [each for each in Role if each < role]:
            answer = getattr(clients[lower], method)(address)
            assert answer.status_code == 403, f"{method} {address} answers a {lower.label} {answer.status_code}"
