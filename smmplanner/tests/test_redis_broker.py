"""The broker on Redis, as Celery's worker uses it when Redis is killed: it lets go of the connection, and goes on."""

import logging
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from kombu import Connection, Exchange, Message, Queue
from kombu.common import ignore_errors

import smmplanner.celery  # noqa: F401 -- names this broker
from smmplanner import env, redis_broker
from smmplanner.tests.own_servers import Redis


@pytest.fixture
def redis(tmp_path, monkeypatch):
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server on the PATH")
    server = Redis(tmp_path)
    monkeypatch.setenv("REDIS_URL", server.url)
    yield server
    server.stop()


def connection_of_the_product() -> Connection:
    url, options = env.broker(Path())
    return Connection(url, transport_options=options)


def connection_with_a_message_in_hand() -> tuple[Connection, Message]:
    """Two channels, as a worker has: one for its work, one on which it is told things."""
    connection, taken = connection_of_the_product(), []
    work, news = Queue("work"), Queue("news", Exchange("news", type="fanout"), auto_delete=True)
    work(connection.default_channel).declare()
    connection.Producer(connection.default_channel).publish({"number": 1}, routing_key="work")
    work(connection.default_channel).consume(callback=taken.append)
    told = news(connection.channel())
    told.declare()
    told.consume(callback=taken.append)
    with suppress(TimeoutError):
        while True:
            connection.drain_events(timeout=0.5)  # until it waits for the next
    (message,) = taken
    assert message.payload == {"number": 1}
    return connection, message


def test_a_lost_connection_with_a_message_in_hand_is_closed_in_peace(redis):
    connection, message = connection_with_a_message_in_hand()
    assert isinstance(connection.transport, redis_broker.Transport)
    channel = connection.default_channel
    redis.stop()
    # What celery.worker.consumer does, in its order, where a task that ends is the first to notice.
    with pytest.raises(connection.connection_errors):
        message.ack()
    connection.collect(socket_timeout=1)
    ignore_errors(connection, connection.close)
    assert channel.closed


def test_a_task_that_ends_after_the_connection_does_not_end_the_worker(redis, caplog):
    connection, message = connection_with_a_message_in_hand()
    errors = connection.connection_errors
    redis.stop()
    connection.collect(socket_timeout=1)
    ignore_errors(connection, connection.close)
    # As Celery does it, be Redis back or not: of these errors it makes a line in the log.
    message.ack_log_error(logging.getLogger("celery"), errors)
    assert "Couldn't ack" in caplog.text
    redis.start()
    message.reject_log_error(logging.getLogger("celery"), errors, requeue=True)
    assert "Couldn't reject" in caplog.text


@pytest.mark.usefixtures("redis")
def test_a_message_in_hand_is_handed_back_when_the_connection_is_closed_on_purpose():
    connection, _message = connection_with_a_message_in_hand()
    connection.close()
    with connection_of_the_product() as again, again.SimpleQueue("work") as queue:
        assert queue.get(timeout=5).payload == {"number": 1}


def test_encrypted_redis_has_the_same_broker():
    assert isinstance(Connection("rediss://localhost").transport, redis_broker.Transport)
