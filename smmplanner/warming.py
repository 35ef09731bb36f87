"""What a web process does once before it answers: addresses, words and templates are read and compiled.

Left to the first requests, each of their threads would do the same at the same time, and the people who come
first after a start or a release would wait for all of it.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation


def warm() -> None:
    # Views are imported on the way; what addresses are called is kept by language.
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            reverse("offline")
    for name in own_templates():
        get_template(name)


def own_templates() -> Iterator[str]:
    folders: list[Path] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]
    for folder in folders:
        yield from (path.relative_to(folder).as_posix() for path in sorted(Path(folder).rglob("*.html")))
