"""Approving and returning with words: a step of the machine, and what was said with it where people read it."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from brands.versions import EditConflict
from calendar_app import approval, talk
from calendar_app.approval import STEPS, Actor, Guest, Step
from calendar_app.models import Comment, Post, PostEvent


def decide(post: Post, step: Step, actor: Actor, seen: int, why: str = "") -> None:
    """Take the step. A client's words are a comment, too: the whole team reads them, and the client finds them again."""
    if post.version != seen:
        # Said as that, and not as a step that is not possible any more.
        raise EditConflict
    with transaction.atomic():
        approval.take(post, step, actor, seen, why)
        if step.name in approval.FOR_CLIENTS and why.strip():
            _say(post, actor, why.strip(), tells=False)


def say_as_client(post: Post, guest: Guest, agrees: bool, why: str, seen: int) -> Comment | None:
    """A guest's word. Where the client's approval counts it takes the step (then None); else it is kept as a comment."""
    step = STEPS["client_approve" if agrees else "client_return"]
    if approval.refusal(post, step, guest) is None:
        decide(post, step, guest, seen, why)
        return None
    if post.version != seen:
        raise EditConflict
    with translation.override(post.brand.language):
        word = _("Agrees.") if agrees else _("Asks for changes.")
    with transaction.atomic():
        row = talk.say_as_guest(post, guest, f"{word} {why}".strip())
        verb = "client_agrees" if agrees else "client_wishes"
        PostEvent.objects.create(post=post, verb=verb, note=f"{guest.name}\n{why}".strip())
    return row


def _say(post: Post, actor: Actor, why: str, tells: bool) -> None:
    if isinstance(actor, Guest):
        talk.say_as_guest(post, actor, why, tells)
    else:
        talk.say(post, actor, why, visible=True, tells=tells)
