"""A request that is sent twice at the same moment: two threads, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterator
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from brands import api_once
from brands.tests.api_client import Program
from calendar_app.api import posts
from calendar_app.models import Post

pytestmark = pytest.mark.django_db(transaction=True)


class Held:
    """The work of the first request goes on until it is let go."""

    def __init__(self, tell: Callable) -> None:
        self.tell, self.is_at_work, self.may_end, self.works = tell, threading.Event(), threading.Event(), 0

    def __call__(self, *args) -> None:
        self.works += 1
        self.is_at_work.set()
        assert self.may_end.wait(60)
        self.tell(*args)


@pytest.fixture
def held(monkeypatch) -> Iterator[Held]:
    held = Held(posts.tell_owner)
    monkeypatch.setattr(posts, "tell_owner", held)
    yield held
    held.may_end.set()


class Asked(threading.Thread):
    def __init__(self, program: Program, body: dict) -> None:
        super().__init__()
        self.program, self.body, self.answer = copy(program), body, HttpResponse(status=599)
        self.program.client = Client(raise_request_exception=False)
        self.start()

    def run(self) -> None:
        try:
            self.answer = self.program.post("posts", self.body, Idempotency_Key="k")
        finally:
            connection.close()

    def ended(self) -> HttpResponse:
        self.join(60)
        return self.answer


@pytest.fixture
def ask(brand, marketer, telegram):
    program = Program(marketer, brand)
    return lambda title="Tea": Asked(program, {"title": title, "channels": [{"channel": telegram.pk}]})


def wait_until_it_waits(thread: Asked) -> None:
    """PostgreSQL knows who waits for whom; on SQLite nobody writes before the first has ended, however early they ask."""
    while connection.vendor == "postgresql" and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                " AND query LIKE 'INSERT INTO \"brands_keptanswer\"%%'"
            )
            if cursor.fetchone():
                return


def test_the_second_waits_and_gets_the_answer_of_the_first(held, ask):
    first = ask()
    assert held.is_at_work.wait(60)
    second = ask()
    wait_until_it_waits(second)
    held.may_end.set()
    answers = [first.ended(), second.ended()]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert [answer.has_header("Idempotency-Replayed") for answer in answers] == [False, True]
    assert (held.works, Post.objects.count()) == (1, 1)


def test_the_second_is_refused_where_it_asks_for_something_else(held, ask):
    first = ask()
    assert held.is_at_work.wait(60)
    second = ask("Else")
    wait_until_it_waits(second)
    held.may_end.set()
    assert (first.ended().status_code, second.ended().status_code) == (201, 422)
    assert Post.objects.get().title == "Tea"


def test_the_second_does_the_work_where_the_first_broke(held, ask, monkeypatch, caplog):
    def broken(*_args) -> None:
        raise RuntimeError

    tell, held.tell = held.tell, broken
    first = ask()
    assert held.is_at_work.wait(60)
    second = ask()
    wait_until_it_waits(second)
    monkeypatch.setattr(posts, "tell_owner", tell)
    held.may_end.set()
    assert (first.ended().status_code, second.ended().status_code) == (500, 201)
    assert Post.objects.count() == 1


@pytest.mark.only_on_services
def test_the_second_is_told_where_the_first_takes_long(held, ask, monkeypatch):
    monkeypatch.setattr(api_once, "LONGEST_WAIT", timedelta(milliseconds=50))
    first = ask()
    assert held.is_at_work.wait(60)
    refused = ask().ended()
    assert (refused.status_code, refused["Retry-After"]) == (409, "1")
    assert "being worked on" in refused.json()["detail"]
    held.may_end.set()
    assert first.ended().status_code == 201
    assert ask().ended()["Idempotency-Replayed"] == "true"
