"""Counters of attempts in Redis. They guard pages and must never keep one from opening: while Redis is away, nothing is counted."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def _or_else(method: Callable[..., Any], answer: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def asked(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as problem:
            log.error("The cache does not answer, the page goes on without it: %s", problem)
            return answer(*args, **kwargs)

    return asked


class CacheThatMayBeAway(RedisCache):
    """Redis; while it is away, as if the cache were empty and took everything."""

    get = _or_else(RedisCache.get, lambda key, default=None, version=None: default)
    get_many = _or_else(RedisCache.get_many, lambda *args, **kwargs: {})
    has_key = _or_else(RedisCache.has_key, lambda *args, **kwargs: False)
    incr = _or_else(RedisCache.incr, lambda key, delta=1, version=None: delta)
    add = _or_else(RedisCache.add, lambda *args, **kwargs: True)
    set = _or_else(RedisCache.set, lambda *args, **kwargs: None)
    set_many = _or_else(RedisCache.set_many, lambda *args, **kwargs: [])
    touch = _or_else(RedisCache.touch, lambda *args, **kwargs: False)
    delete = _or_else(RedisCache.delete, lambda *args, **kwargs: False)
    delete_many = _or_else(RedisCache.delete_many, lambda *args, **kwargs: None)
