"""The broker of files: whoever looks at any moment finds whole messages only."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.utils.json import loads

from smmplanner import env, file_broker
from smmplanner.celery import app


@pytest.fixture(autouse=True)
def _no_redis(monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.fixture
def channel(tmp_path):
    url, options = env.broker(tmp_path)
    with app.connection_for_write(url, transport_options=options) as connection, connection.channel() as channel:
        yield channel


def test_a_message_that_is_still_being_written_is_not_taken(channel, monkeypatch):
    began = []

    def look(part: Path, path: Path) -> None:
        with pytest.raises(Empty):
            channel._get("celery")
        assert not path.exists() and loads(part.read_text()) == {"number": 1}
        began.append((part, path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", look)
        channel._put("celery", {"number": 1})
    ((part, path),) = began
    part.rename(path)
    assert channel._get("celery") == {"number": 1}


def test_the_product_uses_this_broker_where_there_is_no_redis(tmp_path):
    url, _options = env.broker(tmp_path)
    assert isinstance(Connection(url).transport, file_broker.Transport)
