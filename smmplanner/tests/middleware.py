"""Runs in tests only: a page that asks the sprite for an icon it does not hold shows a hole, which nothing else tells."""

import re
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from smmplanner import icons

USE = re.compile(rb'icons\.svg#(i-[\w:-]+)"')


@cache
def in_sprite() -> frozenset[str]:
    """Every test client loads the middleware anew; the sources are read once."""
    return frozenset(icons.symbol_id(name) for name in icons.wanted())


def known_icons(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    known = in_sprite()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming:
            missing = {name.decode() for name in USE.findall(response.content)} - known
            assert not missing, f"{request.path} uses icons that the sprite has not: {missing} (smmplanner/icons.py)"
        return response

    return middleware
