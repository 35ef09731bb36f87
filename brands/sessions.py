"""Where a person is signed in: which sessions there are, and ending them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from brands import devices
from brands.audit import record
from brands.models import User

SEEN = "seen_at"
# A session in use is written down this often, not with every page.
OFTEN = timedelta(minutes=5)


def note_that_it_is_used(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: when and from where a session was used last."""

    def middleware(request: HttpRequest) -> HttpResponse:
        seen = request.session.get(SEEN) if request.user.is_authenticated else None
        now = timezone.now()
        if seen is not None and datetime.fromisoformat(seen) < now - OFTEN:
            UserSession.objects.create_from_request(request)
            request.session[SEEN] = now.isoformat()
        return get_response(request)

    return middleware


def begin(request: HttpRequest) -> None:
    request.session[SEEN] = timezone.now().isoformat()


def of_person(request: HttpRequest) -> list[UserSession]:
    """What is signed in now, this one first. A session from before they were written down is written down here."""
    if SEEN not in request.session:
        UserSession.objects.create_from_request(request)
        begin(request)
    rows = _living(request.user)
    for row in rows:
        row.device = devices.named(row.user_agent)
        row.is_here = row.session_key == request.session.session_key
    return sorted(rows, key=lambda row: (row.is_here, row.last_seen_at), reverse=True)


def _living(user: User) -> list[UserSession]:
    """Forgets those that ran out, were signed out, or were begun with a former password."""
    rows = list(UserSession.objects.filter(user_id=user.pk))
    hashes = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    living = {session.session_key for session in stored if session.get_decoded().get(HASH_SESSION_KEY) in hashes}
    UserSession.objects.filter(user_id=user.pk).exclude(session_key__in=living).delete()
    return [row for row in rows if row.session_key in living]


def end(request: HttpRequest, session: UserSession) -> None:
    session.end()
    record("ended_sessions", details={"count": 1})


def end_others(request: HttpRequest) -> int:
    others = _others(request)
    for session in others:
        session.end()
    if others:
        record("ended_sessions", details={"count": len(others)})
    return len(others)


def keep_others(request: HttpRequest, user: User) -> None:
    """A session ends with the password that it was begun with, unless it is told the new one."""
    store_of = import_module(settings.SESSION_ENGINE).SessionStore
    for session in _others(request):
        store = store_of(session.session_key)
        if store.get(HASH_SESSION_KEY):
            store[HASH_SESSION_KEY] = user.get_session_auth_hash()
            store.save(must_create=False)


def _others(request: HttpRequest) -> list[UserSession]:
    return list(UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key or ""))
