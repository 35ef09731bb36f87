"""Letters: text and HTML from one pair of templates, in the language of the person who reads them."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def send_letter(
    to: str,
    name: str,
    language: str,
    message_id: str = "",
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[tuple[str, bytes, str]] = (),
    **context: object,
) -> None:
    """Render `brands/letters/<name>_subject.txt`, `.txt` and `.html`, and send; mail errors are the caller's.

    A letter that may be sent twice has a `message_id` of its own, by which the second is known. `attachments`: name,
    content and kind of each file.
    """
    said = dict(headers or {}) | ({"Message-ID": message_id} if message_id else {})
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"brands/letters/{name}_subject.txt", context).split())
        letter = EmailMultiAlternatives(
            subject, render_to_string(f"brands/letters/{name}.txt", context).strip(), to=[to], headers=said
        )
        letter.attach_alternative(render_to_string(f"brands/letters/{name}.html", context), "text/html")
    for name_of_file, content, kind in attachments:
        letter.attach(name_of_file, content, kind)
    letter.send()


def absolute(path: str) -> str:
    """A link that works from a letter; letters are also written where no request is at hand."""
    return settings.SITE_URL + path
