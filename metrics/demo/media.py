"""The demo's pictures: ikat as it is woven in Margʻilon, drawn here, and what makes writing faster."""

import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from brands.models import Brand, User
from calendar_app import versions
from calendar_app.media import keep
from calendar_app.models import HashtagSet, MediaFile, Post, PostMedia, PostTemplate, Publication
from calendar_app.starts import content_of
from metrics.demo.people import MARKETER

SIDE = 640
PATTERNS = (
    ("adras-koylak.jpg", "Adras koʻylak: qizil, firuza va sargʻish naqsh", ("#c4304f", "#12848c", "#e6b23c", "#f4efe4")),
    ("xonatlas.jpg", "Xonatlas mato yaqindan: binafsha va yashil toʻlqinlar", ("#5d3a8e", "#2f8f6b", "#f0c75e", "#fbf6ea")),
    ("beqasam.jpg", "Beqasam astar: koʻk va anor rang yoʻllar", ("#27479b", "#8c2236", "#dfe6ee", "#f7f3ea")),
    ("roʻmollar.jpg", "Uch xil roʻmol taxlangan", ("#b5502a", "#0f6d78", "#f2d9a6", "#fffaf0")),
    ("yoz-kolleksiyasi.jpg", "Yozgi koʻylak matosi: oq yerda pushti naqsh", ("#d65a8a", "#6aa84f", "#f7d9e3", "#ffffff")),
)
SETS = (
    ("Doʻkon", "#AtlasLibos #Toshkent #xonatlas #adras"),
    ("Kuzgi kolleksiya", "#AtlasLibos #kuz2026 #beqasam #palto"),
    ("Uslub maslahatlari", "#uslub #obraz #AtlasLibos"),
)


def draw(colours: tuple[str, ...]) -> bytes:
    """Rhombs with frayed edges, row by row, as the bound threads leave them."""
    chance = random.Random("".join(colours))
    picture = Image.new("RGB", (SIDE, SIDE), colours[-1])
    pen = ImageDraw.Draw(picture)
    for column in range(5):
        for row in range(-1, 5):
            x, y = 64 + column * 128, 80 + row * 160 + (80 if column % 2 else 0)
            for size, colour in ((74, colours[0]), (50, colours[2]), (30, colours[1])):
                _rhomb(pen, chance, x, y, size, colour)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _rhomb(pen: ImageDraw.ImageDraw, chance: random.Random, x: int, y: int, size: int, colour: str) -> None:
    for step in range(-size, size, 4):
        reach = (size - abs(step)) * 1.15 + chance.randint(-6, 6)
        if reach > 0:
            pen.rectangle((x + step, y - reach, x + step + 3, y + reach), fill=colour)


def illustrate(brand: Brand, people: dict[str, User]) -> None:
    """Pictures for the posts to come and for the latest; sets of hashtags, a template, a first comment, tagged links."""
    marketer = people[MARKETER]
    files = [_kept(brand, marketer, *pattern) for pattern in PATTERNS]
    posts = list(brand.posts.exclude(format__in=("", "text", "link", "poll")).order_by("-pk")[:120])
    PostMedia.objects.bulk_create(
        PostMedia(post=post, file=files[(post.pk + place) % len(files)], position=place)
        for post in posts
        for place in range(4 if post.format == "carousel" else 1)
    )
    HashtagSet.objects.bulk_create(HashtagSet(brand=brand, name=name, tags=tags) for name, tags in SETS)
    _tell_more(brand, marketer)


def _kept(brand: Brand, user: User, name: str, alt: str, colours: tuple[str, ...]) -> MediaFile:
    row = keep(brand, SimpleUploadedFile(name, draw(colours)), user)
    row.alt_text = alt
    row.save(update_fields=["alt_text"])
    return row


def _tell_more(brand: Brand, marketer: User) -> None:
    """One post in review has a history, a comment to put below it and a link that can be counted."""
    post = brand.posts.filter(state=Post.State.IN_REVIEW, publications__status=Publication.Status.PLANNED).first()
    if post is None:
        return
    words = post.text
    post.text = words.partition(". ")[0] + "."
    versions.keep(post, versions.content_of(post), marketer)
    post.text, post.link, post.adds_utm = words, f"{brand.website}kuz", True
    post.first_comment = "Oʻlchamingizni yozing, bot orqali yetkazib beramiz. #AtlasLibos"
    post.save()
    versions.keep(post, versions.content_of(post), marketer)
    prices = brand.posts.filter(title="Hafta narxlari").last() or post
    PostTemplate.objects.create(brand=brand, name=prices.title, content=content_of(prices), created_by=marketer)
