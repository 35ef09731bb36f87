"""Pictures of personas, behind the brand's door."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brands.access import brand_view
from brands.given_out import ARMOUR
from brands.models import Brand, Role
from strategies import history
from strategies.models import Persona, Strategy
from strategies.pictures import PictureRefused, square
from strategies.views.wizard import take


@brand_view(Role.VIEWER)
@require_safe
def persona_picture(request: HttpRequest, brand: Brand, pk: int, number: int) -> FileResponse:
    persona = get_object_or_404(take(brand, pk).personas.exclude(picture=""), pk=number)
    try:
        file = persona.picture.open()
    except FileNotFoundError as problem:
        raise Http404 from problem
    # The address stays when the picture changes, so a browser asks again each time; it is small.
    return FileResponse(file, content_type="image/webp", headers=ARMOUR | {"Cache-Control": "private, no-cache"})


@brand_view(Role.MARKETER)
@require_POST
def change_picture(request: HttpRequest, brand: Brand, pk: int, number: int) -> HttpResponse:
    """Give a persona a picture, or take it away."""
    strategy = take(brand, pk)
    persona = get_object_or_404(strategy.personas, pk=number)
    uploaded = request.FILES.get("picture")
    back = redirect(f"{strategy.get_absolute_url()}personas/?persona={persona.pk}#persona")
    if strategy.status == Strategy.Status.ARCHIVED:
        messages.error(request, _("This strategy is in the archive. Bring it back before you change it."))
    elif "remove" in request.POST:
        _store(request, strategy, persona, None)
        messages.success(request, _("The picture is gone."))
    elif uploaded is None:
        messages.error(request, _("Choose a picture first."))
    else:
        try:
            _store(request, strategy, persona, square(uploaded, uploaded.size))
            messages.success(request, _("The picture is saved."))
        except PictureRefused as refusal:
            messages.error(request, str(refusal.reason))
    return back


def _store(request: HttpRequest, strategy: Strategy, persona: Persona, picture) -> None:
    with history.recording(strategy, request.user):
        row = Persona.objects.select_for_update().get(pk=persona.pk)
        old = row.picture.name
        row.strategy = strategy
        if picture is None:
            row.picture = ""
        else:
            row.picture.save("persona.webp", picture, save=False)
        row.save_version(row.version)
        if old and not _is_used_elsewhere(row, old):
            transaction.on_commit(lambda: default_storage.delete(old))


def _is_used_elsewhere(persona: Persona, name: str) -> bool:
    return Persona.objects.filter(picture=name).exclude(pk=persona.pk).exists()
