"""Who gets in where, as it is: every address of the URLconf, asked by everybody with every method."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.safestring import mark_safe

from brands.models import Brand, User
from metrics.demo.people import ADMIN, LEAD, MARKETER, VIEWER

# In the order of the letters of a row of the matrix. An outsider leads another brand; staff belong to none.
ACTORS = ("stranger", "outsider", "viewer", "marketer", "lead", "staff")
# A fragment is asked for with GET, by a script.
FRAGMENT = "FRAGMENT"
METHODS = ("GET", "POST", FRAGMENT, "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
IN, LOGIN, FORBIDDEN, NOTHING, NO_SUCH_METHOD = "y", "l", "f", "-", "m"
LOGINS = ("/accounts/login/", "/admin/login/")
# Written by whoever comes by; says nothing about rights. “Standing” notes that somebody is there for whom figures stay fresh.
HOUSEKEEPING = (
    "django_session",
    "usersessions_usersession",
    "metrics_standing",
    # Whether the gates of a stage are met is noted whenever somebody looks.
    "strategies_stagestate",
    # Who took something along is written down, too.
    "brands_auditentry",
    # How often somebody came.
    "brands_ratecount",
)


@dataclass
class Asked:
    """What an address answered, and what was written meanwhile."""

    letter: str
    status: int
    is_empty: bool
    written: list[str] = field(default_factory=list)


def letter_of(answer: HttpResponseBase) -> str:
    if (answer.status_code in (301, 302) and answer["Location"].startswith(LOGINS)) or answer.status_code == 401:
        return LOGIN
    return {403: FORBIDDEN, 404: NOTHING, 410: NOTHING, 405: NO_SUCH_METHOD}.get(answer.status_code, IN)


class Cast:
    """Everybody who asks. Each request has a client of its own, since some of them end a session."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        emails = {"outsider": f"other-{LEAD}", "viewer": VIEWER, "marketer": MARKETER, "lead": LEAD, "staff": ADMIN}
        self.cookies = {"stranger": ""} | {
            actor: self.session_of(User.objects.get(email=email)) for actor, email in emails.items()
        }

    @staticmethod
    def session_of(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    def client(self, actor: str, **options) -> Client:
        client = Client(**options)
        if self.cookies[actor]:
            client.cookies["sessionid"] = self.cookies[actor]
        return client

    def ask(self, actor: str, method: str, path: str, said: dict[str, str] | None = None) -> Asked:
        """One request, whose traces are taken back."""
        written: list[str] = []
        more = {"data": urlencode(said or {}), "content_type": "application/x-www-form-urlencoded"}
        if method == FRAGMENT:
            method, more = "GET", {"headers": {"HX-Request": "true"}}
        with transaction.atomic():
            with connection.execute_wrapper(_noting(written)):
                answer = self.client(actor).generic(method, path, **more)
                if answer.streaming:
                    list(answer)
            transaction.set_rollback(True)
        return Asked(letter_of(answer), answer.status_code, not (answer.streaming or answer.content), written)


def _noting(written: list[str]) -> Callable:
    def execute(run, sql, parameters, many, context):
        words = sql.split(None, 3)
        if words[0].upper() in ("INSERT", "UPDATE", "DELETE", "COPY") and not any(table in sql for table in HOUSEKEEPING):
            written.append(sql[:80])
        return run(sql, parameters, many, context)

    return execute


@contextmanager
def unread_pages() -> Iterator[None]:
    """Rights are decided before a template is drawn, and drawing it takes longer than all else."""
    with patch("django.template.backends.django.Template.render", lambda self, context=None, request=None: mark_safe("")):
        yield
