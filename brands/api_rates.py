"""How often a token may ask: so many requests in each minute, counted over all processes."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from brands.models import ApiMinute, ApiToken
from brands.problems import Problem

MINUTE = 60


@dataclass(frozen=True)
class Rate:
    """Where a token stands within the present minute."""

    limit: int
    used: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "RateLimit-Reset": str(self.reset),
        }


def count(token: ApiToken) -> Rate:
    """Count one request; raises Problem 429 where it was one too many."""
    now = int(time.time())
    minute = now // MINUTE
    rate = Rate(settings.API_REQUESTS_PER_MINUTE, _one_more(token, minute), MINUTE - now % MINUTE)
    if rate.used > rate.limit:
        raise Problem(
            429,
            f"At most {rate.limit} requests a minute. Try again in {rate.reset} seconds.",
            headers=rate.headers | {"Retry-After": str(rate.reset)},
        )
    return rate


def _one_more(token: ApiToken, minute: int) -> int:
    if "Redis" in settings.CACHES["default"]["BACKEND"]:
        key = f"api:{token.pk}:{minute}"
        try:
            cache.add(key, 0, 2 * MINUTE)
            return cache.incr(key)
        except (RedisError, ValueError):
            # Away, or it let go of the key between the two: the database counts.
            pass
    return _one_more_in_the_database(token, minute)


def _one_more_in_the_database(token: ApiToken, minute: int) -> int:
    """One statement, so that no two processes count as one."""
    table = ApiMinute._meta.db_table
    sql = f"""INSERT INTO {table} (token_id, minute, requests) VALUES (%s, %s, 1)
              ON CONFLICT (token_id, minute) DO UPDATE SET requests = {table}.requests + 1 RETURNING requests"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [token.pk, minute])
        return cursor.fetchone()[0]


def forget_old(now: float) -> int:
    return ApiMinute.objects.filter(minute__lt=int(now) // MINUTE - 2).delete()[0]
