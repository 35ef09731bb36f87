"""Static files that are made: the icon sprite and Plotly's style sheet out of npm packages, and our own mark as pictures.

The first two belong to their authors (MIT both), so they are generated on each machine and not kept in the repository.
"""

import io
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from smmplanner import icons

NODE_MODULES = Path(settings.BASE_DIR) / "node_modules"
PLOTLY_BUNDLE = "plotly.js-basic-dist-min/plotly-basic.min.js"

# Our stroke is a little finer than the set's own 2.
OUTLINE = 'fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"'
FILLED = 'fill="currentColor" stroke="none"'


class AssetError(Exception):
    """A sentence that says which asset cannot be made and why."""


def directory() -> Path:
    return Path(settings.VAR_DIR) / "assets"


def build() -> list[Path]:
    """Write what has changed; the files in the order in which they were made."""
    made = [directory() / name for name in GENERATED]
    for path in made:
        made_of = GENERATED[path.name]()
        content = made_of.encode() if isinstance(made_of, str) else made_of
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Renamed into place: another process may be reading it.
            unfinished = path.with_name(path.name + ".new")
            unfinished.write_bytes(content)
            unfinished.replace(path)
    return made


def icon_sprite() -> str:
    symbols = "\n".join(_symbol(name) for name in icons.wanted())
    return (
        "<!-- Tabler Icons, MIT licence, https://tabler.io/icons -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    )


def _symbol(name: str) -> str:
    family, file_name = ("filled", name[2:]) if name.startswith("f:") else ("outline", name)
    path = NODE_MODULES / "@tabler/icons/icons" / family / f"{file_name}.svg"
    try:
        drawing = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        where = icons.used().get(name, "smmplanner/icons.py")
        raise AssetError(f"There is no icon “{name}” in @tabler/icons (named in {where}), or npm ci was not run.") from None
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>.*$", "", drawing, flags=re.DOTALL)
    inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
    inner = re.sub(r"\s+", " ", inner).strip()
    attributes = FILLED if family == "filled" else OUTLINE
    return f'<symbol id="{icons.symbol_id(name)}" viewBox="0 0 24 24" {attributes}>{inner}</symbol>'


def plotly_rules(bundle: str) -> list[tuple[str, str]]:
    """(selector, declarations) as the bundle would insert them into the page, which the CSP forbids.

    They stand in the bundle as an object literal, with X for the plot and Y for its notifier.
    """
    table = re.search(r'\{("X,X div":.*?)\};for\(', bundle, re.DOTALL)
    if not table:
        raise AssetError("The Plotly bundle keeps its style rules in a new form: smmplanner/assets.py must learn it.")
    pair = r"""("(?:[^"\\]|\\.)*"|[A-Z]):("(?:[^"\\]|\\.)*"|'[^']*')(?:,|$)"""
    found = re.findall(pair, table[1])
    if re.sub(pair, "", table[1]):
        raise AssetError("Some of Plotly's style rules could not be read: smmplanner/assets.py must learn their form.")
    rules = []
    for selector, declarations in ((_unquoted(left), _unquoted(right)) for left, right in found):
        selector = selector.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
        rules.append((selector, declarations))
    # The bundle inserts each rule before the earlier ones, so the first in the table wins.
    return rules[::-1]


def _unquoted(literal: str) -> str:
    if literal.startswith('"'):
        return str(json.loads(literal))
    return literal.strip("'")


def plotly_stylesheet() -> str:
    try:
        bundle = (NODE_MODULES / PLOTLY_BUNDLE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssetError("The npm packages are not installed: run make, or npm ci --ignore-scripts.") from None
    rules = "\n".join(f"{selector}{{{declarations}}}" for selector, declarations in plotly_rules(bundle))
    return f"/* Out of plotly.js (MIT licence), https://plotly.com/javascript/ */\n{rules}\n"


# The mark of static/img/icon.svg: a thread from one point to another, drawn in its units of 1/32.
GROUND, THREAD, GOAL = "#0b6770", "#e3f0f0", "#e0b04a"
DASHES = (((7, 21), (10.5, 21)), ((13, 21), (15, 18)), ((16.2, 16.2), (18.2, 13.2)), ((19.6, 11), (22, 11)))
SMOOTH = 4


def mark(size: int, is_maskable: bool = False, is_square: bool = False) -> bytes:
    """A PNG. A maskable one fills its square, with the mark in the middle that every mask leaves."""
    whole = size * SMOOTH
    scale, edge = (whole / 32 * 0.7, whole * 0.15) if is_maskable else (whole / 32, 0.0)
    picture = Image.new("RGBA", (whole, whole), GROUND if is_maskable or is_square else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if not is_maskable and not is_square:
        pen.rounded_rectangle((0, 0, whole - 1, whole - 1), radius=8 * scale, fill=GROUND)

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * scale, edge + y * scale

    for start, end in DASHES:
        pen.line([at(*start), at(*end)], fill=THREAD, width=round(2.5 * scale))
    for x, y, colour in ((7, 21, THREAD), (25, 11, GOAL)):
        pen.ellipse([at(x - 3, y - 3), at(x + 3, y + 3)], fill=colour)
    content = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
    return content.getvalue()


# What the manifest names -> how wide it is.
PICTURES = {"icon-192.png": 192, "icon-512.png": 512, "icon-maskable-512.png": 512}
GENERATED: dict[str, Callable[[], str | bytes]] = {
    "icons.svg": icon_sprite,
    "plotly.css": plotly_stylesheet,
    "icon-32.png": partial(mark, 32),
    # Apple rounds the corners itself.
    "icon-180.png": partial(mark, 180, is_square=True),
    "icon-192.png": partial(mark, 192),
    "icon-512.png": partial(mark, 512),
    "icon-maskable-512.png": partial(mark, 512, is_maskable=True),
}
