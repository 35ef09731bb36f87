"""One post on one channel: moving it, scheduling it, saying that it went out."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.models import Brand, Role
from brands.templatetags.ui import moment as shown_moment
from brands.versions import EditConflict
from calendar_app import delivery, scheduling
from calendar_app.forms import LinkForm, MoveForm, OutingForm, PublishedForm, StepForm
from calendar_app.models import Publication
from calendar_app.month import Month
from calendar_app.post_page import post_page
from calendar_app.views.answers import CONFLICT, DONE, REFUSED, attempt, toasts, undo_button, wants_part
from calendar_app.views.one_post import again, post_of, show


@brand_view(Role.MARKETER)
def move(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """The dialog “Move to…”; its POST is also what dragging sends, with a day and no time."""
    row = _publication(brand, pk)
    form = MoveForm(request.POST or None, publication=row)
    if request.method != "POST":
        return _dialog(request, row, form)
    was, status = row.at, 200
    if not form.is_valid():
        status = REFUSED
    else:
        status = _move(request, row, form)
    if status == 200:
        _say_moved(request, row, was)
    if wants_part(request):
        if status == 200 or request.POST.get("dragged"):
            _say_errors(request, form)
            return toasts(request, status)
        return _dialog(request, _publication(brand, pk), form, status)
    if status != 200:
        return _dialog(request, _publication(brand, pk), form, status)
    target = redirect("calendar:month", brand.slug)
    target["Location"] += f"?month={Month.of(row.at.astimezone(brand.zone).date())}"
    return target


@brand_view(Role.MARKETER)
@require_POST
def act(request: HttpRequest, brand: Brand, pk: int, name: str) -> HttpResponse:
    row = _publication(brand, pk)
    if name not in delivery.ACTS:
        raise Http404
    if name == "publish":
        return _publish(request, brand, row)
    form = StepForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    status = attempt(request, lambda: _act(row, name, request, seen))
    return again(request, brand, row.post_id, status)


def _act(row: Publication, name: str, request: HttpRequest, seen: int) -> None:
    if name == "schedule":
        delivery.schedule(row, request.membership, seen)
    else:
        delivery.simple(row, delivery.ACTS[name], request.membership, seen)


def _publish(request: HttpRequest, brand: Brand, row: Publication) -> HttpResponse:
    form = PublishedForm(request.POST, brand=brand, publication=row)
    return _say(
        request, form, lambda said: delivery.publish(row, request.membership, said["version"], said["at"], said["permalink"])
    )


@brand_view(Role.MARKETER)
@require_POST
def link(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    """Where it can be seen, said after it was marked as published."""
    row = _publication(brand, pk)
    form = LinkForm(request.POST, publication=row)
    return _say(request, form, lambda said: delivery.add_link(row, request.membership, said["version"], said["permalink"]))


def _say(request: HttpRequest, form: OutingForm, act: Callable[[dict], object]) -> HttpResponse:
    """What was typed stays in the form where it was not taken."""
    row = form.publication
    if form.is_valid():
        status = attempt(request, lambda: act(form.cleaned_data))
        if status == DONE:
            return again(request, row.brand, row.post_id, status)
        form.keep_for(_publication(row.brand, row.pk))
    else:
        _say_errors(request, form)
        status = REFUSED
    context = post_page(post_of(row.brand, row.post_id), request.membership, refused=form)
    typed = form.data.get(form.add_prefix("permalink"), "")
    if typed and not any(form in (going.published_form, going.link_form) for going in context["goings"]):
        messages.warning(request, _("The link that you typed was not saved: %(link)s") % {"link": typed[:500]})
    return show(request, context | {"changed": status == CONFLICT}, status)


def _move(request: HttpRequest, row: Publication, form: MoveForm) -> int:
    said = form.cleaned_data
    try:
        chosen = scheduling.move(row, said["day"], said["clock"], request.membership, said["version"])
    except EditConflict:
        form.report_conflict(_publication(row.brand, row.pk))
        return CONFLICT
    except ValidationError as refusal:
        form.add_error("clock" if refusal.code == "no_such_time" else None, refusal)
        return REFUSED
    if chosen.happens_twice:
        messages.info(request, _("The clocks are put back that night and show this time twice. It goes out the first time."))
    return 200


def _say_moved(request: HttpRequest, row: Publication, was) -> None:
    text = _("“%(title)s” moved to %(when)s.") % {"title": row.post.title, "when": shown_moment(row.at)}
    if was is None or row.at == was:
        messages.success(request, text)
        return
    local = was.astimezone(row.brand.zone)
    back = {"day": local.date(), "clock": f"{local:%H:%M}", "version": row.version}
    button = undo_button(request, request.path, back)
    messages.success(request, format_html("{} {}", text, button))


def _say_errors(request: HttpRequest, form) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, error)


def _dialog(request: HttpRequest, row: Publication, form: MoveForm, status: int = 200) -> HttpResponse:
    part = wants_part(request)
    template = "calendar_app/_move_dialog.html" if part else "calendar_app/move.html"
    return render(request, template, {"publication": row, "form": form, "section": "calendar", "part": part}, status=status)


def _publication(brand: Brand, pk: int) -> Publication:
    return get_object_or_404(brand.publications.select_related("post", "brand", "channel__platform"), pk=pk)
