from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from brands import endings
from brands.limits import limited


@never_cache
@endings.lets_mail_programs_in
@require_http_methods(["GET", "HEAD", "POST"])
@limited("unsubscribe")
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Opening the page changes nothing: programs that look for viruses open every link of a letter."""
    ending = endings.find(signed)
    if ending is None:
        return _untraced(render(request, "brands/unsubscribe.html", status=404))
    if request.method == "POST":
        if request.POST.get("again") and not endings.is_one_click(request):
            ending.take_back()
        else:
            ending.end()
        ending.user.refresh_from_db()
    with translation.override(ending.user.language or translation.get_language()):
        context = {"ending": ending, "is_back": "again" in request.POST}
        return _untraced(render(request, "brands/unsubscribe.html", context))


def _untraced(response: HttpResponse) -> HttpResponse:
    """The address is a key: it is not indexed, and no other site is told of it.

    With "no-referrer" browsers would send the form without its origin, and it would be refused.
    """
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response
