"""How often something may be done: sign-ins, public forms, links, requests of the API. One counter for all of them.

It stands in the database, in one statement that no two processes can pass together, so that it holds wherever the product
runs and whatever else is away.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from brands.models import RateCount

# From one address: an office or a mobile network behind it, not a machine. Looking is free, only sending counts.
LIMITS = {
    "survey": "60/m/ip,600/h/ip",
    "review": "60/m/ip",
    "invitation": "20/m/ip",
    # Mail programs of one provider all come from the same few addresses.
    "unsubscribe": "120/m/ip",
}


@dataclass(frozen=True)
class Used:
    """How often it was done since the window began, this time too."""

    key: str
    times: int
    ends: float

    def rollback(self) -> None:
        """This time does not count; in a window that is over, nothing is left to take back."""
        RateCount.objects.filter(key=self.key, ends=self.ends, times__gt=0).update(times=F("times") - 1)


def count(name: str, seconds: float) -> Used:
    """Count once more. A window begins with the first time and lasts so many seconds."""
    now, key, table = time.time(), _key(name), RateCount._meta.db_table
    sql = f"""INSERT INTO {table} (key, times, ends) VALUES (%s, 1, %s) ON CONFLICT (key) DO UPDATE SET
              times = CASE WHEN {table}.ends <= %s THEN 1 ELSE {table}.times + 1 END,
              ends = CASE WHEN {table}.ends <= %s THEN excluded.ends ELSE {table}.ends END
              RETURNING times, ends"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, now + seconds, now, now])
        return Used(key, *cursor.fetchone())


def _key(name: str) -> str:
    return salted_hmac("brands.limits", name, algorithm="sha256").hexdigest()


def forget_old(now: float) -> int:
    return RateCount.objects.filter(ends__lte=now).delete()[0]


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


# --- what allauth limits


def count_for_allauth() -> None:
    """allauth would keep lists of moments in the cache, under a lock of its own: it counts here, like everybody else."""
    ratelimit._consume_single_rate = _consume
    ratelimit.clear = _clear


def _consume(
    request: HttpRequest, *, rate: ratelimit.Rate, dry_run: bool = False, raise_exception: bool = False, **what: Any
) -> Used | None:
    name = ratelimit.get_cache_key(request, rate=rate, **what)
    used = _one_more_would_be(name) if dry_run else count(name, rate.duration)
    if used.times <= rate.amount:
        return used
    if raise_exception:
        raise RateLimited
    return None


def _one_more_would_be(name: str) -> Used:
    row = RateCount.objects.filter(key=_key(name), ends__gt=time.time()).first()
    return Used(row.key, row.times + 1, row.ends) if row else Used(_key(name), 1, 0)


def _clear(request: HttpRequest, *, app: str, action: str, config: dict[str, str] | None = None, **who: Any) -> None:
    rates = ratelimit.get_rates(app=app, action=action, config=config)
    names = [ratelimit.get_cache_key(request, app=app, action=action, rate=rate, **who) for rate in rates]
    RateCount.objects.filter(key__in=map(_key, names)).delete()
