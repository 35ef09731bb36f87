"""A request that was sent twice is done once: `Idempotency-Key`.

The key is written in the transaction of the work and before it. A second request with the same key that comes meanwhile
waits for the first one's end, and then gets its answer; what died on the way left nothing behind. Where the first takes long,
the second is told so: SQLite, which lets one write at a time, says by itself that it is busy (503).
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse

from brands.models import ApiToken, KeptAnswer
from brands.problems import Problem

KEPT_FOR = timedelta(hours=24)
# Less than programs wait for an answer, and than a process of the web server is held up for.
LONGEST_WAIT = timedelta(seconds=10)
HEADER = "Idempotency-Key"
IN_PROGRESS = "The same request is being worked on. Try again in a moment."
LOCK_NOT_AVAILABLE = "55P03"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Cache-Control")


def key_of(request: HttpRequest) -> str:
    key = request.headers.get(HEADER, "")
    if key and not _KEY.fullmatch(key):
        raise Problem(400, f"{HEADER} is 1 to 255 plain characters without spaces.")
    return key


def answered_once(request: HttpRequest, token: ApiToken, key: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `act`, or of the request before that had the same key."""
    digest = _digest(request)
    if known := token.kept_answers.filter(key=key).first():
        return _again(known, digest)
    try:
        with transaction.atomic():
            kept = _claimed(token, key, digest)
            response = act()
            if response.status_code >= 500 or response.status_code in (409, 429):
                # Worth another try: nothing of it stays.
                transaction.set_rollback(True)
            else:
                _keep(kept, response)
            return response
    except IntegrityError:
        known = token.kept_answers.filter(key=key).first()
        if known is None:
            raise
        return _again(known, digest)


def _claimed(token: ApiToken, key: str, digest: str) -> KeptAnswer:
    """The key, written; IntegrityError where another request has written it by the time that it ended."""
    if connection.vendor != "postgresql":
        return KeptAnswer.objects.create(token=token, key=key, digest=digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LONGEST_WAIT // timedelta(milliseconds=1)}ms"])
        try:
            kept = KeptAnswer.objects.create(token=token, key=key, digest=digest)
        except OperationalError as problem:
            if getattr(problem.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            raise Problem(409, IN_PROGRESS, headers={"Retry-After": "1"}) from problem
        # The work itself waits for its locks as it always does.
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    return kept


def _digest(request: HttpRequest) -> str:
    said = f"{request.method} {request.get_full_path()} {request.headers.get('If-Match', '')}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()


def _keep(kept: KeptAnswer, response: HttpResponse) -> None:
    kept.status, kept.body = response.status_code, response.content.decode()
    kept.headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    kept.save()


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        raise Problem(422, f"This {HEADER} was used for another request. Take a new one for each request.")
    response = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def forget_old(now: datetime) -> int:
    return KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
