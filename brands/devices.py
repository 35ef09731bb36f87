"""Which device a request comes from: in words for people, and as a mark by which it is known again."""

from django.core import signing
from django.http import HttpRequest, HttpResponse

from brands.models import User

COOKIE = "known_device"
SIGNER = signing.Signer(salt="brands.known_device")
A_YEAR = 365 * 24 * 3600
# People who share a computer; the one who came last stands first.
MOST_PEOPLE = 8

# The first that is found counts: nearly every browser also says that it is Safari, and Edge that it is Chrome.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "YaBrowser": "Yandex Browser", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "macOS", "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip


def browser_of(user_agent: str) -> str:
    return next((name for mark, name in BROWSERS.items() if mark in user_agent), "")


def system_of(user_agent: str) -> str:
    return next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")


def named(user_agent: str) -> str:
    """Names that every language spells alike; empty for what is neither a known browser nor a known system."""
    return ", ".join(name for name in (browser_of(user_agent), system_of(user_agent)) if name)


def is_known(request: HttpRequest, user: User) -> bool:
    return _mark(user) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    marks = [_mark(user), *(mark for mark in _marks(request) if mark != _mark(user))][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE, SIGNER.sign_object(marks), max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _mark(user: User) -> list[int]:
    """The day of joining: where a row's number is given out again, an old mark is nobody's."""
    return [user.pk, int(user.date_joined.timestamp())]


def _marks(request: HttpRequest) -> list[list[int]]:
    try:
        return list(SIGNER.unsign_object(request.COOKIES.get(COOKIE, "")))
    except (signing.BadSignature, ValueError, TypeError):
        return []
