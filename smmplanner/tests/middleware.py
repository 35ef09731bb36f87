"""Runs in tests only: a page that asks the sprite for an icon it does not hold shows a hole, which nothing else tells."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from smmplanner import icons

USE = re.compile(rb'icons\.svg#(i-[\w:-]+)"')


def known_icons(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    known = {icons.symbol_id(name) for name in icons.wanted()}

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming:
            missing = {name.decode() for name in USE.findall(response.content)} - known
            assert not missing, f"{request.path} uses icons that the sprite has not: {missing} (smmplanner/icons.py)"
        return response

    return middleware
