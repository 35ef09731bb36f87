"""How often somebody may send what is open to everybody. Counted in the cache that all web processes share."""

import sys
import time
from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

# From one address: an office or a mobile network behind it, not a machine. Looking is free, only sending counts.
LIMITS = {
    "survey": "60/m/ip,600/h/ip",
    "review": "60/m/ip",
    "invitation": "20/m/ip",
    # Mail programs of one provider all come from the same few addresses.
    "unsubscribe": "120/m/ip",
}


def count(name: str, seconds: int) -> int:
    """How often this was counted within these seconds, this time too. Where others hold the count up: more than any limit."""
    key = f"{name}:{int(time.time() // seconds)}"
    with ratelimit.cache_lock(key) as locked:
        if not locked:
            return sys.maxsize
        so_far = cache.get(key, 0) + 1
        cache.set(key, so_far, seconds)
    return so_far


def limited(act: str) -> Callable:
    """More often, and the answer is 429, whatever the address is worth."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if getattr(settings, "ACCOUNT_RATE_LIMITS", None) is not False:
                refused = ratelimit.consume_or_429(request, app="brands", action=act, config=LIMITS)
                if refused:
                    return refused
            return view(request, *args, **kwargs)

        return door

    return decorate
