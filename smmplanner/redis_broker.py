"""Celery's broker on Redis: a worker outlives a Redis that goes away while it holds messages."""

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError


class Channel(redis.Channel):
    def _connparams(self, asynchronous: bool = False) -> Any:
        """Where Redis is; a channel that was closed knows it no longer, and says so as any lost connection is said.

        Celery closes a lost connection twice, and tells a closed channel what became of a task that ran meanwhile. Kombu stumbles
        there over what is no longer known, which Celery takes for the end of the worker. The messages are in Redis, if that
        remembers, and are handed out again after the visibility timeout.
        """
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("the channel is closed")
        return super()._connparams(asynchronous)


class Transport(redis.Transport):
    Channel = Channel
