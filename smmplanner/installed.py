"""The product as an app on a device: its manifest, its service worker, and the page for when there is no connection."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.vary import vary_on_headers

from smmplanner.assets import PICTURES

CANVAS = "#f5f3ee"


@cache_control(max_age=3600)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(request: HttpRequest) -> JsonResponse:
    """In the language that the page names: browsers ask for it without cookies."""
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in dict(settings.LANGUAGES) else get_language()):
        return JsonResponse(_manifest(), content_type="application/manifest+json")


def _manifest() -> dict[str, object]:
    return {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": "SMM Planner",
        "short_name": "SMM Planner",
        "description": _("Plan your social media marketing, do it, and see whether it paid."),
        "lang": get_language(),
        "display": "standalone",
        "background_color": CANVAS,
        "theme_color": CANVAS,
        "icons": [_icon(name) for name in PICTURES],
        "shortcuts": [
            {"name": name, "url": f"/?to={to}", "icons": [_icon("icon-192.png")]}
            for name, to in ((_("Calendar"), "calendar"), (_("New post"), "new-post"), (_("Review"), "review"))
        ],
    }


def _icon(name: str) -> dict[str, str]:
    size = PICTURES[name]
    purpose = "maskable" if "maskable" in name else "any"
    return {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker keeps. Nothing on it is anybody's; it is in the reader's language and theme."""
    response = render(request, "offline.html")
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """It changes with the static files, the language and the theme: a browser that sees a change begins afresh."""
    page = render_to_string("offline.html", request=request)
    files = re.escape(settings.STATIC_URL)
    assets = sorted(set(re.findall(rf'(?:href|src)="({files}[^"]+)"', page)))
    digest = hashlib.sha256((page + getattr(staticfiles_storage, "manifest_hash", "") + _worker()).encode())
    setup = {"version": digest.hexdigest()[:16], "offline": reverse("offline"), "files": settings.STATIC_URL, "assets": assets}
    script = f"const SETUP = {json.dumps(setup)};\n{_worker()}"
    return HttpResponse(script, content_type="text/javascript", headers={"Service-Worker-Allowed": "/"})


@cache
def _worker() -> str:
    return (Path(settings.BASE_DIR) / "static/js/worker.js").read_text(encoding="utf-8")
