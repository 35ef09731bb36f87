"""Celery's broker on Redis: a worker outlives a Redis that goes away while it holds messages."""

from typing import Any

from kombu.transport import redis


class QoS(redis.QoS):
    def restore_unacked(self, client: Any = None) -> None:
        """Celery closes a lost connection twice, the second time without its address: kombu fails there, and the worker ends.

        What cannot be handed back now is in Redis, if that remembers, and is handed out again after the visibility timeout.
        """
        if self.channel.connection.client is not None:
            super().restore_unacked(client)


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel
