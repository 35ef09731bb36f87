"""The calendar as a file: what is shown there, in our own format or in that of another planner."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import openpyxl
from django.db.models import F
from openpyxl.cell import Cell, WriteOnlyCell

from brands.models import Brand
from calendar_app.models import Post, Publication, PublicationQuerySet
from calendar_app.moments import span
from calendar_app.plan_files.formats import PlanFormat
from calendar_app.plan_files.ours import FLAGS, TEXTS, WORDS, Ours, own_cells
from calendar_app.plan_files.outgoing import Outgoing

CHUNK = 500
PARTS = ("post__strategy", "post__goal", "post__pillar", "post__campaign", "post__owner", "channel__platform")
FIELDS = (*WORDS, *FLAGS, *TEXTS, "hours")


@dataclass(frozen=True)
class Wanted:
    """`with_ideas`: posts that stand on no channel, too; they have no day, so a span of days leaves them out."""

    publications: PublicationQuerySet
    ideas: Iterable[Post] = ()


def wanted(brand: Brand, publications: PublicationQuerySet, first: date | None, last: date | None, is_filtered: bool) -> Wanted:
    """What a page's filters show, between two days where they are given."""
    if first:
        publications = publications.filter(at__gte=span(first, first, brand.zone)[0])
    if last:
        publications = publications.filter(at__lt=span(last, last, brand.zone)[1])
    # In the order of time; a file that is brought back is written in its own order, so that it goes out the same.
    publications = publications.select_related(*PARTS).order_by(F("at").asc(nulls_last=True), "pk")
    if is_filtered or first or last:
        return Wanted(publications)
    ideas = Post.objects.filter(brand=brand, publications=None).order_by("pk")
    return Wanted(
        publications, ideas.select_related("strategy", "goal", "pillar", "campaign", "owner").iterator(chunk_size=CHUNK)
    )


def outgoing(brand: Brand, found: Wanted) -> Iterator[Outgoing]:
    numbers: dict[int, int] = {}
    for row in found.publications.iterator(chunk_size=CHUNK):
        yield _outgoing(brand, row.post, numbers.setdefault(row.post_id, len(numbers) + 1), row)
    for post in found.ideas:
        yield _outgoing(brand, post, numbers.setdefault(post.pk, len(numbers) + 1))


def csv_file(form: PlanFormat, posts: Iterable[Outgoing]) -> Iterator[str]:
    """The file in pieces, as it is sent."""
    if form.bom:
        yield "\ufeff"
    for cells in form.write(posts):
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        yield line.getvalue()


def workbook(posts: Iterable[Outgoing]) -> bytes:
    """Our own format as a workbook, every cell a text: Excel shall not turn days and ids into something else."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("plan")
    sheet.freeze_panes = "A2"
    for cells in Ours().write_sheet(posts):
        sheet.append([_text_cell(sheet, cell) for cell in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet, text: str) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _outgoing(brand: Brand, post: Post, number: int, row: Publication | None = None) -> Outgoing:
    channel = row.channel if row else None
    return Outgoing(
        number=number,
        at=row.at.astimezone(brand.zone) if row and row.at else None,
        platform=channel.platform.slug if channel else "",
        account=channel.handle if channel else "",
        channel=str(channel) if channel else "",
        status=row.shown_status if row else post.state,
        title=post.title,
        text=post.text,
        channel_text=row.text_override if row else "",
        link=post.link,
        first_comment=post.first_comment,
        pillar=post.pillar.name if post.pillar else "",
        brand=brand.name,
        cells=own_cells({name: getattr(post, name) for name in FIELDS}, _names(post), row.permalink if row else ""),
    )


def _names(post: Post) -> dict[str, str]:
    named = {"strategy": post.strategy, "campaign": post.campaign, "pillar": post.pillar}
    names = {column: row.name if row else "" for column, row in named.items()}
    return names | {"goal": post.goal.text if post.goal else "", "owner": post.owner.email if post.owner else ""}
