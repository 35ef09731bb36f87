"""Letters: text and HTML from one pair of templates, in the language of the person who reads them."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def send_letter(to: str, name: str, language: str, **context: object) -> None:
    """Render `brands/letters/<name>_subject.txt`, `.txt` and `.html`, and send; mail errors are the caller's."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"brands/letters/{name}_subject.txt", context).split())
        letter = EmailMultiAlternatives(subject, render_to_string(f"brands/letters/{name}.txt", context).strip(), to=[to])
        letter.attach_alternative(render_to_string(f"brands/letters/{name}.html", context), "text/html")
    letter.send()


def absolute(path: str) -> str:
    """A link that works from a letter; letters are also written where no request is at hand."""
    return settings.SITE_URL + path
