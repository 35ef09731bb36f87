"""Turns the translations (.po, kept in the repository) into what Django reads (.mo, made on each machine)."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings


class CatalogueError(Exception):
    """A translation file that cannot be read; one line."""


def compile_catalogues() -> list[Path]:
    """Compile what is newer than its result; the files written."""
    sources = [path for root in settings.LOCALE_PATHS for path in sorted(Path(root).glob("*/LC_MESSAGES/*.po"))]
    return [compile_catalogue(source) for source in sources if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_catalogue(source: Path) -> Path:
    language = source.parent.parent.name
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as problem:
        raise CatalogueError(f"{source} cannot be read: {problem}.") from None
    compiled = source.with_suffix(".mo")
    unfinished = compiled.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    # Renamed into place: two processes may compile at once.
    unfinished.replace(compiled)
    return compiled
