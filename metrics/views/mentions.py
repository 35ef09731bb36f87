"""The desk of mentions: looking, saying what a mention is, one by one or many at once, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from metrics import mention_acts
from metrics.forms.mentions import DeskAsked, DeskForm, MentionForm
from metrics.mention_acts import ACTS, Act, Outcome
from metrics.mention_desk import desk, dress, rivals, tabs
from metrics.mention_figures import settle_between
from metrics.models import Mention

CONFLICT = 409


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD"])
def mentions(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = DeskForm(request.GET)
    asked = form.asked()
    found = desk(brand, asked, request.GET.get("page", ""))
    context = _context(request, brand, asked) | {
        "form": form,
        "desk": found,
        "rivals": rivals(brand, found.feeds),
        "page": found.page,
        "kept_query": str(asked),
        "pointed": request.GET.get("mention", ""),
    }
    return render(request, "metrics/mentions.html", context)


def _context(request: HttpRequest, brand: Brand, asked: DeskAsked) -> dict[str, object]:
    kept = request.session.get(mention_acts.KEPT) or {}
    return {
        "section": "results",
        "asked": asked,
        "acts": ACTS.values(),
        "may_undo": kept.get("brand") == brand.pk,
        "undone_now": {entry["pk"] for entry in kept.get("rows", ())} if kept.get("brand") == brand.pk else set(),
    }


def _act(request: HttpRequest) -> Act | None:
    return ACTS.get(request.POST.get("act", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@brand_view(Role.MARKETER)
@require_POST
def classify(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row, act = get_object_or_404(brand.mentions, pk=pk), _act(request)
    asked = _asked(request)
    if act is None:
        messages.error(request, _("Choose what to say about it."))
        return _back(brand, asked)
    seen = {row.pk: _number(request.POST.get("version", ""))}
    outcome = mention_acts.say(brand, request.user, act, seen, _rival(request))
    mention_acts.keep_for_undo(request, brand, outcome)
    if request.htmx:
        return _one(request, brand, asked, pk, outcome)
    _say_what_became(request, outcome)
    return _back(brand, asked, f"#mention-{row.pk}")


def _rival(request: HttpRequest) -> str:
    return " ".join(request.POST.get("rival", "").replace("\0", "").split())


def _asked(request: HttpRequest) -> DeskAsked:
    """The desk that the button stood on: its address carries the question."""
    return DeskForm(request.GET).asked()


def _back(brand: Brand, asked: DeskAsked, place: str = "") -> HttpResponse:
    return redirect(f"{reverse('metrics:mentions', args=[brand.slug])}?{asked}{place}")


def _one(request: HttpRequest, brand: Brand, asked: DeskAsked, pk: int, outcome: Outcome) -> HttpResponse:
    row = dress(brand.mentions.select_related("feed", "classified_by", "added_by").get(pk=pk))
    context = _context(request, brand, asked) | {
        "row": row,
        "tabs": tabs(asked.rows(brand), asked),
        "rivals": rivals(brand),
        "just_done": bool(outcome.changed),
        "is_outdated": bool(outcome.outdated),
        "needs_rival": bool(outcome.impossible),
    }
    return render(request, "metrics/_mention_answer.html", context)


def _say_what_became(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.changed:
        number = len(outcome.changed)
        said = ngettext("%(number)s mention is classified.", "%(number)s mentions are classified.", number)
        messages.success(request, said % {"number": number})
    if outcome.outdated:
        number = len(outcome.outdated)
        said = ngettext(
            "Somebody changed %(number)s mention a moment ago. It stands here as it is now; say it again if you still want to.",
            "Somebody changed %(number)s mentions a moment ago. They stand here as they are now; say it again if you still want to.",
            number,
        )
        messages.warning(request, said % {"number": number})
    if outcome.impossible:
        messages.warning(request, _("Say which rival it is about."))


@brand_view(Role.MARKETER)
@require_POST
def classify_many(request: HttpRequest, brand: Brand) -> HttpResponse:
    asked, act = _asked(request), _act(request)
    pairs = [word.partition(":") for word in request.POST.getlist("mention")]
    seen = {_number(pk): _number(version) for pk, _colon, version in pairs if _number(pk)}
    if act is None or not seen:
        messages.warning(request, _("Tick the mentions first, then say what they are."))
        return _back(brand, asked)
    outcome = mention_acts.say(brand, request.user, act, seen, _rival(request))
    mention_acts.keep_for_undo(request, brand, outcome)
    _say_what_became(request, outcome)
    if len(seen) > mention_acts.MOST_AT_ONCE:
        messages.warning(request, _("Only the first %(most)s were taken.") % {"most": mention_acts.MOST_AT_ONCE})
    return _back(brand, asked)


@brand_view(Role.MARKETER)
@require_POST
def undo_mentions(request: HttpRequest, brand: Brand) -> HttpResponse:
    asked, rows = _asked(request), mention_acts.take_back(request, brand)
    if rows:
        number = len(rows)
        said = ngettext("%(number)s mention is as it was.", "%(number)s mentions are as they were.", number)
        messages.success(request, said % {"number": number})
    else:
        messages.warning(request, _("That can no longer be undone."))
    return _back(brand, asked, f"#mention-{rows[0].pk}" if len(rows) == 1 else "")


@brand_view(Role.MARKETER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_mention(request: HttpRequest, brand: Brand) -> HttpResponse:
    form = MentionForm(request.POST or None, instance=Mention(brand=brand), initial={"day": brand.today()})
    if request.method == "POST" and form.is_valid():
        row = form.save_by(request.user)
        settle_between(brand, row.day, row.day)
        messages.success(request, _("Added: it counts on its day."))
        return redirect(f"{reverse('metrics:mentions', args=[brand.slug])}?show=all#mention-{row.pk}")
    return render(request, "metrics/mention_new.html", {"section": "results", "form": form, "rivals": rivals(brand)})
