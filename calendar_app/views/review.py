"""The review queue: one post after the other, and many at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from brands.templatetags.ui import quoted
from brands.versions import EditConflict
from calendar_app import approval, review_queue, versions
from calendar_app.deciding import decide
from calendar_app.forms import StepForm
from calendar_app.models import Post
from calendar_app.post_page import looks_of
from calendar_app.talk import talk_of
from calendar_app.views.answers import CONFLICT, REFUSED, attempt, say_refusal
from calendar_app.views.one_post import again

MOST_AT_ONCE = 60
MOST_WORDS = 4000


@brand_view(Role.VIEWER)
def review(request: HttpRequest, brand: Brand) -> HttpResponse:
    return _page(request, brand, request.GET.get("post", ""))


def _page(request: HttpRequest, brand: Brand, asked: str, status: int = 200, why: str = "", read: str = "") -> HttpResponse:
    """With what somebody wrote and could not send; `read` is the version of the post that it was written about."""
    queue = review_queue.queue(brand, request.membership, asked)
    context = {
        "section": "calendar",
        "queue": queue,
        "row": queue.current,
        "why": why,
        "may_write": request.membership.may(Role.MARKETER),
    }
    if queue.current:
        post = queue.current.post
        looks = looks_of(post)
        context |= {"post": post, "looks": looks, "chosen_looks": looks, "talk": talk_of(post, request.membership)}
        if status == CONFLICT:
            changes = versions.changes_since(post, read)
            context |= {"changes": changes, "is_changed": changes is not None}
        context["read"] = versions.last_number(post)
        context["may_return"] = any(step.asks_why for step in approval.open_steps(post, request.membership))
    return render(request, "calendar_app/review.html", context, status=status)


@brand_view(Role.VIEWER)
@require_POST
def review_one(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Approve or return the one that is looked at, then the next. Which of the two is the pressed button."""
    queue = review_queue.queue(brand, request.membership, str(pk))
    row = next((row for row in queue.rows if row.post.pk == pk), None)
    if row is None:
        return _gone(request, brand, pk, request.POST.get("why", "")[:MOST_WORDS])
    form = StepForm(request.POST)
    if not form.is_valid():
        say_refusal(request, ValidationError(_("The page was incomplete. Try again.")))
        return _page(request, brand, str(pk), REFUSED)
    said = form.cleaned_data
    step = _pressed(request, row)
    status = attempt(request, lambda: decide(row.post, step, request.membership, said["version"], said["why"]))
    if status != 200:
        return _page(request, brand, str(pk), status, said["why"], request.POST.get("read", ""))
    word = _("“%(title)s” was approved.") if step.name in approval.APPROVING else _("“%(title)s” goes back to its writer.")
    messages.success(request, word % {"title": row.post.title})
    return redirect(_next_address(brand, queue))


def _pressed(request: HttpRequest, row: review_queue.Waiting) -> approval.Step:
    is_client = not request.membership.may(Role.MARKETER)
    if request.POST.get("act") == "return":
        return approval.STEPS["client_return" if is_client else "return"]
    if row.step is None:
        raise Http404
    return row.step


def _gone(request: HttpRequest, brand: Brand, pk: int, why: str) -> HttpResponse:
    """Somebody decided meanwhile. Words that were written about it stand on the post's own page, to be said there."""
    if not brand.posts.filter(pk=pk).exists():
        raise Http404
    messages.info(request, _("That post does not wait any more: somebody was faster."))
    if why.strip():
        return again(request, brand, pk, CONFLICT, unsaid=why)
    return redirect("calendar:review", brand.slug)


def _next_address(brand: Brand, queue: review_queue.Queue) -> str:
    address = reverse("calendar:review", args=[brand.slug])
    following = queue.after or queue.before
    return f"{address}?post={following.post.pk}" if following else address


@brand_view(Role.VIEWER)
@require_POST
def review_many(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Approve what is ticked, each in a transaction of its own; what failed is said."""
    seen = _ticked(request)
    if not seen:
        messages.info(request, _("Tick the posts that you approve."))
        return redirect("calendar:review", brand.slug)
    posts = approval.with_last_editor(review_queue.waiting_for(brand, request.membership).filter(pk__in=seen))
    done, found = 0, {post.pk: post for post in posts.select_related("owner", "created_by")}
    for pk, version in seen.items():
        if pk in found:
            found[pk].brand = brand
            done += _approve(request, found[pk], version)
        else:
            messages.warning(request, _("One of the posts does not wait any more: somebody was faster."))
    if done:
        messages.success(request, ngettext("%(count)s post approved.", "%(count)s posts approved.", done) % {"count": done})
    return redirect("calendar:review", brand.slug)


def _ticked(request: HttpRequest) -> dict[int, int]:
    """Keys and the versions that were looked at: `12:3`. What makes no sense is left out."""
    pairs = [value.split(":", 1) for value in request.POST.getlist("post")[:MOST_AT_ONCE]]
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == 2 and all(part.isascii() and part.isdigit() and len(part) < 10 for part in pair)
    }


def _approve(request: HttpRequest, post: Post, version: int) -> bool:
    step = approval.approving_step(post)
    try:
        if step is None:
            raise ValidationError(_("Nobody approves posts here any more."))
        decide(post, step, request.membership, version)
    except EditConflict:
        messages.warning(request, _("“%(title)s” was changed a moment ago: look at it again.") % {"title": post.title})
        return False
    except ValidationError as refused:
        messages.warning(request, f"{quoted(post.title)}: {' '.join(refused.messages)}")
        return False
    return True
