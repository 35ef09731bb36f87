"""The way out of letters: a signed link for one person and one kind of news, or all; it needs no signing in (RFC 8058)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from brands.hearing import begin_letters, end_letters, hears_by_email, label_of
from brands.letters import absolute
from brands.models import User
from brands.notifications import KINDS

SIGNER = signing.Signer(salt="brands.unsubscribe")


@dataclass(frozen=True)
class Ending:
    """What a link ends; without a kind, all letters of notifications."""

    user: User
    kind: str = ""

    @property
    def address(self) -> str:
        # The day of joining: where a row's number is given out again, an old link is nobody's.
        signed = SIGNER.sign_object([self.user.pk, int(self.user.date_joined.timestamp()), self.kind])
        return absolute(reverse("brands:unsubscribe", args=[signed]))

    @property
    def label(self) -> str:
        return label_of(self.kind) if self.kind else ""

    @property
    def is_over(self) -> bool:
        return not hears_by_email(self.user, self.kind)

    def end(self) -> None:
        end_letters(self.user, self.kind)

    def take_back(self) -> None:
        begin_letters(self.user, self.kind)


def find(signed: str) -> Ending | None:
    """What the link ends; a forged one is None."""
    try:
        pk, joined, kind = SIGNER.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk).first()
    if user is None or int(user.date_joined.timestamp()) != joined or (kind and kind not in KINDS):
        return None
    return Ending(user, kind)


def headers(address: str) -> dict[str, str]:
    """By which a mail program shows a button of its own, and sends the request itself."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def is_one_click(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"


def lets_mail_programs_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A mail program brings a signature and no cookie; whoever presses a button on our page brings a token as everywhere."""
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *args, **parts) -> HttpResponse:
        return (view if is_one_click(request) else guarded)(request, *args, **parts)

    return door
