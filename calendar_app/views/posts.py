"""One post: writing it, looking at it, deleting it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brands.access import brand_view
from brands.deleting import delete_seen
from brands.models import Brand, Role
from calendar_app import approval, delivery
from calendar_app.forms import PostForm, StepForm
from calendar_app.handing_over import tell_owner
from calendar_app.post_page import form_page, post_page, state_after
from calendar_app.starts import Start, from_template
from calendar_app.views.answers import CONFLICT, REFUSED, attempt, say_conflict, say_refusal, wants_part
from calendar_app.views.one_post import again, post_in_form, post_of, show


@brand_view(Role.MARKETER)
def new_post(request: HttpRequest, brand: Brand) -> HttpResponse:
    if not brand.channels.filter(is_active=True).exists():
        return render(request, "calendar_app/no_channels.html", {"section": "calendar"})
    initial = {
        "day": request.GET.get("date", "")[:10], "clock": request.GET.get("clock", "")[:5] or "10:00",
        "title": request.GET.get("title", "")[:120], "campaign": request.GET.get("campaign", "")[:12],
    }  # fmt: skip
    form = PostForm(
        request.POST or None, request.FILES or None, brand=brand, membership=request.membership, initial=initial,
        channel=request.GET.get("channel", ""), start=_start(request, brand),
    )  # fmt: skip
    if request.method == "POST":
        if form.saved(state_after(request.POST.get("then", ""))):
            return _saved(request, brand, form)
        return show(request, form_page(form), REFUSED)
    return show(request, form_page(form))


@brand_view(Role.VIEWER)
def post(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return show(request, post_page(post_of(brand, pk), request.membership))


@brand_view(Role.MARKETER)
@require_POST
def save_post(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = post_of(brand, pk)
    form = PostForm(request.POST, request.FILES, instance=row, brand=brand, membership=request.membership)
    if form.saved():
        return _saved(request, brand, form)
    # What was not saved must not be shown as if it were.
    page = post_page(post_of(brand, pk), request.membership, form)
    return show(request, page, CONFLICT if form.has_conflict else REFUSED)


@brand_view(Role.MARKETER)
@require_POST
def delete_post(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    row = post_of(brand, pk)
    if any(publication.status == publication.Status.PUBLISHED for publication in row.publications.all()):
        say_refusal(request, ValidationError(_("A post that went out stays in the record.")))
        return again(request, brand, pk, REFUSED)
    if not delete_seen(brand, brand.posts, row, _seen(request)):
        say_conflict(request)
        return again(request, brand, pk, CONFLICT)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": row.title})
    response = redirect("calendar:month", brand.slug)
    if wants_part(request):
        response = HttpResponse(headers={"HX-Redirect": response.url})
    return response


@brand_view(Role.MARKETER)
def thread_fields(request: HttpRequest, brand: Brand) -> HttpResponse:
    """The goals and pillars of a strategy that was just chosen in the form."""
    form = PostForm(brand=brand, membership=request.membership, initial={"strategy": request.GET.get("strategy", "")})
    return render(request, "calendar_app/_thread_fields.html", {"form": form})


@brand_view(Role.MARKETER)
@require_POST
def checks(request: HttpRequest, brand: Brand) -> HttpResponse:
    """What the checks say about a text that is still being written. Nothing is saved."""
    form = PostForm(request.POST, instance=post_in_form(request, brand), brand=brand, membership=request.membership)
    return render(request, "calendar_app/_checks_answer.html", form_page(form))


def _start(request: HttpRequest, brand: Brand) -> Start:
    """What the template that the address names begins a post with."""
    pk = request.GET.get("template", "")
    template = brand.post_templates.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 12 else None
    return from_template(template) if template else Start()


def _seen(request: HttpRequest) -> int:
    form = StepForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _saved(request: HttpRequest, brand: Brand, form: PostForm) -> HttpResponse:
    """After saving: the step or the scheduling that the pressed button asked for, then the post again."""
    row, then = form.instance, request.POST.get("then", "")
    if form.was_rewritten:
        messages.warning(request, _("You changed an approved post, so it is in review again and no longer scheduled."))
    if form.happens_twice:
        messages.info(request, _("The clocks are put back that night and show this time twice. It goes out the first time."))
    tell_owner(form, request.membership)
    status = 200
    if then in approval.STEPS:
        status = attempt(request, lambda: approval.take(row, approval.STEPS[then], request.membership, row.version))
    elif then == "schedule":
        status = attempt(request, lambda: delivery.schedule_all(row, request.membership))
    return again(request, brand, row.pk, status, saved=True)
