"""The feeds that are watched: adding one, how it does, fetching it now, and bringing one as a file."""

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.deleting import delete
from brands.models import Brand, Role
from metrics import mention_feeds, tasks
from metrics.forms.mentions import FeedFileForm, MentionFeedForm
from metrics.importers.feeds import Feed, read_feed
from metrics.importers.rows import Unreadable
from metrics.mention_desk import rivals
from metrics.mention_words import LEFT_OUT, problem_of, say
from metrics.models import MentionFeed

PAGE = ["GET", "HEAD", "POST"]


@brand_view(Role.MARKETER)
@require_http_methods(PAGE)
def feeds(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = MentionFeedForm(request.POST or None, instance=MentionFeed(brand=brand, added_by=request.user))
    if request.method == "POST" and form.saved():
        # In the worker, after this: a slow server must not hold up the page.
        tasks.fetch_feed.delay(form.instance.pk)
        messages.success(request, _("The feed is watched. What it holds comes in a moment."))
        return redirect("metrics:mention_feeds", brand.slug)
    rows = brand.mention_feeds.annotate(
        number=Count("mentions"),
        new=Count("mentions", filter=Q(mentions__classified_at=None)),
        newest=Max("mentions__published_at"),
    )
    rows = list(rows)
    for row in rows:
        row.trouble = problem_of(row)
    context = {"section": "results", "form": form, "rows": rows, "rivals": rivals(brand, rows)}
    return render(request, "metrics/mention_feeds.html", context)


@brand_view(Role.MARKETER)
@require_http_methods(PAGE)
def feed(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.mention_feeds.annotate(number=Count("mentions")), pk=pk)
    form = MentionFeedForm(request.POST or None, instance=row)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("metrics:mention_feed", brand.slug, pk)
    return _page(request, brand, row, form, FeedFileForm())


def _page(request: HttpRequest, brand: Brand, row: MentionFeed, form: MentionFeedForm, file: FeedFileForm) -> HttpResponse:
    row.trouble = problem_of(row)
    context = {"section": "results", "feed": row, "form": form, "file_form": file, "rivals": rivals(brand)}
    return render(request, "metrics/mention_feed.html", context)


@brand_view(Role.MARKETER)
@require_POST
def fetch_now(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = get_object_or_404(brand.mention_feeds, pk=pk)
    if mention_feeds.ask_for(row):
        tasks.fetch_feed.delay(row.pk)
        messages.success(request, _("It is being fetched. New mentions will appear in a moment."))
    elif row.is_active:
        messages.info(request, _("It was fetched, or asked for, within the last minute. Wait a moment."))
    else:
        messages.warning(request, _("This feed is not watched. Watch it again first."))
    return redirect("metrics:mention_feed", brand.slug, pk)


@brand_view(Role.MARKETER)
@require_POST
def remove_feed(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """A feed that brought something stays, unwatched: its mentions say where they came from."""
    row = get_object_or_404(brand.mention_feeds, pk=pk)
    if row.mentions.exists():
        brand.mention_feeds.filter(pk=pk).update(is_active=False, version=row.version + 1)
        messages.success(request, _("It is no longer watched. Its mentions stay."))
    else:
        delete(brand, row)
        messages.success(request, _("Removed: it had brought nothing yet."))
    return redirect("metrics:mention_feeds", brand.slug)


@brand_view(Role.MARKETER)
@require_POST
def bring_feed(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """A file of the feed: the same entries, the same desk; what is there already does not come twice."""
    row = get_object_or_404(brand.mention_feeds.annotate(number=Count("mentions")), pk=pk)
    form = FeedFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found = read_feed(form.cleaned_data["file"].read())
        except Unreadable as refused:
            form.add_error("file", say(refused.refusal.code, str(next(iter(refused.refusal.params.values()), ""))))
        else:
            _say_what_came(request, found, mention_feeds.keep(brand, found.entries, row, by=request.user))
            return redirect("metrics:mention_feed", brand.slug, pk)
    return _page(request, brand, row, MentionFeedForm(instance=row), form)


def _say_what_came(request: HttpRequest, found: Feed, new: int) -> None:
    said = ngettext("%(new)s new mention came in.", "%(new)s new mentions came in.", new) % {"new": new}
    left = [f"{_(LEFT_OUT[why])}: {number}" for why, number in found.left_out.items()]
    (messages.success if new else messages.info)(request, " ".join([said, *(f"{words}." for words in left)]))
