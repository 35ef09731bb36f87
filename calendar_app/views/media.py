"""Files of posts: taken in while a post is being written, and given out behind the brand's door."""

import logging
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from brands import given_out
from brands.access import brand_view
from brands.models import Brand, Role
from calendar_app.forms import PostForm
from calendar_app.models import MediaFile
from calendar_app.post_page import form_page, post_page
from calendar_app.views.answers import REFUSED, wants_part
from calendar_app.views.one_post import post_in_form, show

log = logging.getLogger(__name__)
# A file never changes under its address.
ARMOUR = given_out.ARMOUR | {"Cache-Control": "private, max-age=604800, immutable"}
# Instead of a picture that is gone, or whose file cannot be read just now.
PLACEHOLDER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#868e96" stroke-linecap="round" \
stroke-linejoin="round"><path d="M5 5h14v14H5zM5 15l4-4 5 5M14 14l1-1 4 4M4 4l16 16"/></svg>"""
CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


@brand_view(Role.MARKETER)
@require_POST
def post_media(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Take in files for a post that is still being written, or put them into another order. The post itself is not saved."""
    row = post_in_form(request, brand)
    form = PostForm(request.POST, request.FILES, instance=row, brand=brand, membership=request.membership)
    form.take_uploads()
    form.attached.arrange(request.POST.get("arrange", ""))
    form.hush()
    status = REFUSED if form.attached.problems else 200
    if wants_part(request):
        return render(request, "calendar_app/_media_answer.html", form_page(form), status=status)
    page = post_page(row, request.membership, form) if row else form_page(form)
    return show(request, page, status)


@brand_view(Role.VIEWER)
@require_safe
def media_file(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return media_response(request, get_object_or_404(brand.media_files, pk=pk))


@brand_view(Role.VIEWER)
@require_safe
def media_thumb(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    return thumb_response(get_object_or_404(brand.media_files.exclude(thumbnail=""), pk=pk))


def thumb_response(row: MediaFile) -> HttpResponse:
    """Small enough to be read whole. A page is not broken by a picture that cannot be: it shows that there is one."""
    try:
        with row.thumbnail.storage.open(row.thumbnail.name) as file:
            return HttpResponse(file.read(), content_type="image/webp", headers=ARMOUR)
    except OSError as problem:
        log.error("The thumbnail of file %s cannot be read: %s", row.pk, problem)
        status = 404 if isinstance(problem, FileNotFoundError) else 503
        headers = given_out.ARMOUR | {"Cache-Control": "no-store"}
        return HttpResponse(PLACEHOLDER, content_type="image/svg+xml", status=status, headers=headers)


def media_response(request: HttpRequest, row: MediaFile) -> HttpResponse:
    """The file as what it was found to be: pictures and videos are shown, documents are only downloaded."""
    size = _size(row.file)
    shown = content_disposition_header(row.kind == MediaFile.Kind.DOCUMENT, _download_name(row))
    headers = ARMOUR | {"Accept-Ranges": "bytes", "Content-Disposition": shown}
    span = _asked_span(request.headers.get("Range", ""), size)
    if span is None:
        return _stream(row.file, 0, size - 1, content_type=row.content_type, headers=headers)
    first, last = span
    if first > last:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    headers |= {"Content-Range": f"bytes {first}-{last}/{size}"}
    return _stream(row.file, first, last, status=206, content_type=row.content_type, headers=headers)


def _download_name(row: MediaFile) -> str:
    """The name people know, with the ending of what the file really is."""
    return PurePosixPath(row.name).stem + PurePosixPath(row.file.name).suffix


def _size(field: FieldFile) -> int:
    """Of a file that can be read: once an answer has begun, it is too late to say what is wrong."""
    try:
        with field.storage.open(field.name) as file:
            return file.size
    except FileNotFoundError as problem:
        raise Http404 from problem


def _stream(field: FieldFile, first: int, last: int, headers: dict[str, str], **answer) -> StreamingHttpResponse:
    """The bytes from `first` to `last`. The file is opened when somebody reads, so that nobody leaves it open."""
    headers = headers | {"Content-Length": str(last - first + 1)}
    return StreamingHttpResponse(_part(field, first, last), headers=headers, **answer)


def _asked_span(asked: str, size: int) -> tuple[int, int] | None:
    """(first, last byte) of a range as players ask for it; first behind last where there is nothing; None for all."""
    match = RANGE.match(asked.strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, 0)
    end = min(int(last), size - 1) if last else size - 1
    return None if last and int(last) < int(first) else (int(first), end)


def _part(field: FieldFile, first: int, last: int) -> Iterator[bytes]:
    with field.storage.open(field.name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
