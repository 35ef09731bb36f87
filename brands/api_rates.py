"""How often a token may ask: so many requests in each minute, counted over all processes."""

import math
import time
from dataclasses import dataclass

from django.conf import settings

from brands import limits
from brands.models import ApiToken
from brands.problems import Problem

MINUTE = 60


@dataclass(frozen=True)
class Rate:
    """Where a token stands within the present minute, which began with its first request."""

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
    used = limits.count(f"api:{token.pk}", MINUTE)
    rate = Rate(settings.API_REQUESTS_PER_MINUTE, used.times, max(math.ceil(used.ends - time.time()), 1))
    if rate.used > rate.limit:
        raise Problem(
            429,
            f"At most {rate.limit} requests a minute. Try again in {rate.reset} seconds.",
            headers=rate.headers | {"Retry-After": str(rate.reset)},
        )
    return rate
