"""The files of a post while it is being written: in which order they stand, and what each shows for those who do not see it."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _

from brands.models import Brand, User
from brands.templatetags.ui import quoted
from calendar_app.media import MediaRefused, keep
from calendar_app.models import MediaFile, Post, PostMedia

log = logging.getLogger(__name__)
MOST_FILES = 35
LONGEST_ALT = MediaFile._meta.get_field("alt_text").max_length


@dataclass
class Item:
    """A file with the alt text in the form, and the one that stood there when the form was opened."""

    file: MediaFile
    alt: str
    was: str

    @property
    def is_described(self) -> bool:
        return bool(self.alt.strip()) or self.file.kind != MediaFile.Kind.IMAGE


class Attached:
    """Built from what a form sent, from what is stored, or from files to begin with."""

    def __init__(self, brand: Brand, post: Post, sent: QueryDict | None = None, start: Sequence[MediaFile] = ()) -> None:
        self.brand, self.problems, self.is_open = brand, [], False
        self.stored = files_of(post) if post.pk else []
        # A form that knows nothing of files leaves them alone.
        if sent is not None and "media-seen" in sent:
            self.items = self._sent(sent)
        else:
            self.items = [Item(file, file.alt_text, file.alt_text) for file in (self.stored or start)]

    @property
    def files(self) -> list[MediaFile]:
        return [item.file for item in self.items]

    @property
    def undescribed(self) -> int:
        return sum(not item.is_described for item in self.items)

    @property
    def has_changed(self) -> bool:
        return [file.pk for file in self.files] != [file.pk for file in self.stored] or any(
            item.alt != item.was for item in self.items
        )

    def take(self, uploads: Iterable[UploadedFile], user: User) -> None:
        """Keep what was uploaded and put it behind the others; what cannot be taken is told in `problems`."""
        for upload in uploads:
            if len(self.items) >= MOST_FILES:
                self.problems.append(
                    _("“%(name)s”: a post holds at most %(count)s files.") % {"name": upload.name, "count": MOST_FILES}
                )
                continue
            try:
                file = keep(self.brand, upload, user)
            except MediaRefused as refusal:
                self.problems.append(f"{quoted(upload.name)}: {refusal.reason}")
                continue
            except OSError as problem:
                # No room, or no right to write: what was typed stays in the form.
                log.error("%s of %s was not stored: %s", upload.name, self.brand.slug, problem)
                said = _("“%(name)s”: the server could not store it just now. Save without it, or try again later.")
                self.problems.append(said % {"name": upload.name})
                continue
            if file.pk not in {item.file.pk for item in self.items}:
                self.items.append(Item(file, file.alt_text, file.alt_text))

    def arrange(self, command: str) -> None:
        """“up-12”, “down-12” or “remove-12”; anything else changes nothing."""
        act, _dash, number = command.partition("-")
        place = next((place for place, item in enumerate(self.items) if str(item.file.pk) == number), None)
        if place is None:
            return
        self.is_open = True
        if act == "remove":
            del self.items[place]
        elif act in ("up", "down"):
            other = place + (1 if act == "down" else -1)
            if 0 <= other < len(self.items):
                self.items[place], self.items[other] = self.items[other], self.items[place]

    def describe(self) -> None:
        """Write the alt texts that were typed; those that nobody touched stay, whatever another wrote meanwhile."""
        for item in self.items:
            if item.alt != item.was:
                self.brand.media_files.filter(pk=item.file.pk).update(alt_text=item.alt)

    def _sent(self, sent: QueryDict) -> list[Item]:
        numbers = dict.fromkeys(int(pk) for pk in sent.getlist("media") if pk.isascii() and pk.isdigit() and len(pk) < 12)
        files = self.brand.media_files.in_bulk(list(numbers)[:MOST_FILES])
        return [self._item(files[pk], sent) for pk in numbers if pk in files]

    def _item(self, file: MediaFile, sent: QueryDict) -> Item:
        alt = sent.get(f"alt-{file.pk}", file.alt_text).replace("\0", "").strip()[:LONGEST_ALT]
        return Item(file, alt, sent.get(f"alt-was-{file.pk}", file.alt_text))


def files_of(post: Post) -> list[MediaFile]:
    """In their order. A page of many posts reads them beforehand: `prefetch_related("media__file")`."""
    is_there = "media" in getattr(post, "_prefetched_objects_cache", {})
    return [row.file for row in (post.media.all() if is_there else post.media.select_related("file"))]


def attach(post: Post, files: Sequence[MediaFile]) -> bool:
    """Let the post hold these files in this order; False where it does already."""
    if [file.pk for file in files_of(post)] == [file.pk for file in files]:
        return False
    post.media.all().delete()
    PostMedia.objects.bulk_create(PostMedia(post=post, file=file, position=place) for place, file in enumerate(files))
    return True
