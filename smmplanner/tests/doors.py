"""Walks a URLconf: each entry, with an address that leads to it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

# Tried in turn until one has the form that a converter asks for.
SAMPLES = ["1", "sample", "2026-03", "2026-03-01", "2026-W10", "2026", "true", "00000000-0000-0000-0000-000000000001"]
METHODS = ("get", "post")


@dataclass(frozen=True)
class Page:
    """One entry of the URLconf, with an address that leads to it."""

    route: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, Any], ...]
    name: str = ""
    entry: URLPattern | None = field(default=None, compare=False, repr=False)

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


def _walk(patterns: list[Any], before: str = "", known: dict[str, Any] | None = None, space: str = "") -> Iterator[Page]:
    for entry in patterns:
        route = before + str(entry.pattern).lstrip("^")
        converters = (known or {}) | getattr(entry.pattern, "converters", {})
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route, converters, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield Page(route, entry.callback, tuple(converters.items()), f"{space}{entry.name}", entry)
