"""A client's review without an account: the posts of one link, as they will look, with two answers each."""

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brands.limits import limited
from brands.models import Role
from brands.versions import EditConflict
from calendar_app import review_links as links
from calendar_app import talk
from calendar_app.approval import STEPS, Guest, refusal
from calendar_app.deciding import say_as_client
from calendar_app.forms.review import GuestForm
from calendar_app.models import MediaFile, Post, ReviewLink
from calendar_app.post_page import looks_of
from calendar_app.views.answers import CONFLICT, REFUSED
from calendar_app.views.media import thumb_response

FLOOD = 429
NAME_COOKIE = "review_name"
NAME_SIGNER = signing.Signer(salt="calendar.review.name")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("review")
def review(request: HttpRequest, signed: str) -> HttpResponse:
    """A forged link, one taken back and one that ran out get the same page: it tells nothing about anybody."""
    link = links.find(signed)
    if link is None:
        return _untraced(render(request, "calendar_app/public_review_closed.html", status=404))
    with translation.override(link.brand.language), timezone.override(link.brand.zone):
        kind, most = ("word", links.MOST_WORDS) if request.method == "POST" else ("look", links.MOST_LOOKS)
        if links.is_flood(kind, most, link, get_adapter().get_client_ip(request)):
            return _untraced(_page(request, link, FLOOD, problem=_("Too many answers within the hour. Please try again later.")))
        answer = _answer(request, link, signed) if request.method == "POST" else _look(request, link)
    return _untraced(answer)


@never_cache
@require_safe
def thumb(request: HttpRequest, signed: str, pk: int) -> HttpResponseBase:
    """A small picture of a file in one of the link's posts; all others are not there."""
    link = links.find(signed)
    if link is None:
        raise Http404
    row = get_object_or_404(MediaFile.objects.exclude(thumbnail=""), pk=pk, brand=link.brand)
    if not row.uses.filter(post__in=links.shown(link)).exists():
        raise Http404
    return thumb_response(row)


def _look(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    if request.method == "GET" and not _is_of_the_team(request, link):
        links.note_visit(link)
    return _page(request, link)


def _answer(request: HttpRequest, link: ReviewLink, signed: str) -> HttpResponse:
    post = next((post for post in links.shown(link) if str(post.pk) == request.POST.get("post")), None)
    if post is None or _is_of_the_team(request, link):
        return _page(request, link, REFUSED, problem=_("This post is not here any more."))
    form = GuestForm(request.POST)
    agrees = request.POST.get("act") == "approve"
    if form.is_valid() and not agrees and not form.cleaned_data["why"].strip():
        form.add_error("why", _("Say what should change."))
    if not form.is_valid():
        return _page(request, link, REFUSED, form=form, at=post)
    # A robot is thanked like everybody: it learns nothing from it, and nothing is kept.
    if not form.looks_like_a_robot:
        said = form.cleaned_data
        try:
            say_as_client(post, Guest(link, said["name"]), agrees, said["why"].strip(), said["version"])
        except EditConflict:
            form.data = form.data.copy()
            form.data["version"] = Post.objects.values_list("version", flat=True).get(pk=post.pk)
            problem = _("It was changed while you were looking. Here is how it reads now: please answer again.")
            return _page(request, link, CONFLICT, form=form, at=post, problem=problem)
        except ValidationError as refused:
            return _page(request, link, REFUSED, form=form, at=post, problem=" ".join(refused.messages))
    answer = redirect(f"{request.path}#post-{post.pk}")
    answer.set_cookie(
        NAME_COOKIE, NAME_SIGNER.sign_object(form.cleaned_data["name"]), path=request.path, httponly=True, samesite="Lax",
        max_age=30 * 24 * 3600, secure=request.is_secure(),
    )  # fmt: skip
    return answer


def _page(
    request: HttpRequest,
    link: ReviewLink,
    status: int = 200,
    *,
    form: GuestForm | None = None,
    at: Post | None = None,
    problem: str = "",
) -> HttpResponse:
    posts = links.shown(link)
    words = talk.of_link(link, posts)
    looker = Guest(link, "")
    sheets = [
        {
            "post": post, "looks": looks_of(post, post.publications.all()), "words": words[post.pk], "answer": _answer_of(post, words[post.pk], link),
            "form": form if at and at.pk == post.pk else GuestForm(initial={"name": _name(request), "version": post.version}),
            "counts": refusal(post, STEPS["client_approve"], looker) is None,
        }
        for post in posts
    ]  # fmt: skip
    context = {
        "link": link, "signed": links.token(link), "brand": link.brand, "sheets": sheets, "problem": problem, "at": at,
        "is_of_the_team": _is_of_the_team(request, link), "waiting": sum(sheet["counts"] for sheet in sheets),
    }  # fmt: skip
    return render(request, "calendar_app/public_review.html", context, status=status)


def _answer_of(post: Post, words: list, link: ReviewLink) -> str:
    """How the client stands to it: what decided it, or that something was said by this link."""
    if post.state == Post.State.APPROVED:
        return "approved"
    if post.state == Post.State.CHANGES_REQUESTED:
        return "changes_requested"
    return "said" if any(word.guest_id == link.pk for word in words) else ""


def _name(request: HttpRequest) -> str:
    try:
        return str(NAME_SIGNER.unsign_object(request.COOKIES.get(NAME_COOKIE, "")))[:80]
    except (signing.BadSignature, ValueError, TypeError):
        return ""


def _is_of_the_team(request: HttpRequest, link: ReviewLink) -> bool:
    """Whoever writes the posts does not answer for the client."""
    user = request.user
    return user.is_authenticated and link.brand.memberships.filter(user=user, role__gte=Role.MARKETER).exists()


def _untraced(response: HttpResponse) -> HttpResponse:
    """Not indexed, and the link is not told to the pages that people go to next."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Not “no-referrer”: with that, browsers send forms without saying from where, and they are refused.
    response["Referrer-Policy"] = "same-origin"
    return response
