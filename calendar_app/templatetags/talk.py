"""Comments as they are read."""

import re

from django import template
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from calendar_app.models import Comment, PostEvent

register = template.Library()
MENTION = re.compile(r"(?<![\w.])@[\w.ʻʼ‘’-]+(?: [A-ZА-ЯЁЎҚҒҲ][\w.ʻʼ‘’-]+)?")


@register.filter
def said(comment: Comment) -> SafeString:
    """The text with its line breaks. Where members were mentioned, what stands behind an @ is marked."""
    text = linebreaks(conditional_escape(comment.text))
    # Escaped above; what is put around it is ours.
    return mark_safe(MENTION.sub(r'<b class="sp-at">\g<0></b>', text) if comment.mentions.all() else text)


# What is said with these stands in the log; other notes hold what their sentence shows already.
WITH_WHY = ("return", "client_return", "client_approve", "client_agrees", "client_wishes")


@register.filter
def guest(event: PostEvent) -> str:
    """The name of a guest who did it: the first line of the note."""
    return event.note.split("\n", 1)[0] if event.actor_id is None and event.verb in WITH_WHY else ""


@register.filter
def why(event: PostEvent) -> str:
    if event.verb not in WITH_WHY:
        return ""
    return event.note.partition("\n")[2] if event.actor_id is None else event.note
