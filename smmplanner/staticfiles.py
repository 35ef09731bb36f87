"""Where static files come from: an allow-list of npm files, the generated ones, and a storage that hashes them all."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from smmplanner import assets

# What the browser may fetch -> where npm puts it. Short on purpose: each file is hashed and compressed when collected.
NPM_FILES = {
    "vendor/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/sortable/Sortable.min.js": "sortablejs/Sortable.min.js",
    "vendor/plotly/plotly-basic.min.js": assets.PLOTLY_BUNDLE,
    "vendor/fonts/OFL.txt": "@fontsource-variable/source-sans-3/LICENSE",
} | {
    f"vendor/fonts/source-sans-3-{letters}.woff2": (
        f"@fontsource-variable/source-sans-3/files/source-sans-3-{letters}-wght-normal.woff2"
    )
    for letters in ("latin", "cyrillic", "cyrillic-ext")
}


def _matches(found: Path | None, find_all: bool) -> str | Sequence[str]:
    """What Django expects of find(): a path, or a list (an empty one for nothing, whatever was asked)."""
    if found is None:
        return []
    return [str(found)] if find_all else str(found)


class NpmFinder(BaseFinder):
    """Serves the listed files of node_modules under the names that we gave them, and nothing else from there."""

    root = assets.NODE_MODULES

    def files(self) -> dict[str, Path]:
        listed = {name: self.root / source for name, source in NPM_FILES.items()}
        # A hashing storage follows the sourceMappingURL comments, so the maps must be there too.
        maps = {f"{name}.map": path.with_name(f"{path.name}.map") for name, path in listed.items()}
        return listed | {name: path for name, path in maps.items() if path.exists()}

    def find(self, path: str, find_all: bool = False, **kwargs: bool) -> Any:
        found = self.files().get(path.replace("\\", "/"))
        return _matches(found if found and found.exists() else None, find_all or kwargs.get("all", False))

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name, path in self.files().items():
            yield name, _OneFile(path)

    def check(self, **kwargs: Any) -> builtins.list[CheckMessage]:
        missing = [source for source in NPM_FILES.values() if not (self.root / source).exists()]
        if not missing or self._were_collected():
            return []
        problem = f"Browser assets are missing from node_modules: {', '.join(missing)}."
        return [Error(problem, hint="Run make, or npm ci --ignore-scripts.", id="smmplanner.E001")]

    def _were_collected(self) -> bool:
        """An image that was built elsewhere has what browsers fetch, and nothing that it was made of."""
        return not self.root.exists() and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()


class GeneratedFinder(BaseFinder):
    """Serves what `manage.py assets` makes; makes it when it is not there yet."""

    def find(self, path: str, find_all: bool = False, **kwargs: bool) -> Any:
        found = assets.directory() / path if path in assets.GENERATED else None
        if found and not found.exists():
            assets.build()
        return _matches(found, find_all or kwargs.get("all", False))

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path in assets.build():
            yield path.name, _OneFile(path)

    def check(self, **kwargs: Any) -> builtins.list[CheckMessage]:
        return []


class _OneFile(FileSystemStorage):
    """A storage with one file in it, whatever name is asked for: collectstatic wants a storage for each file."""

    prefix = None

    def __init__(self, source: Path) -> None:
        self.source = source
        super().__init__(location=source.parent)

    def path(self, name: str) -> str:
        return str(self.source)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names carry the hash of their content, so browsers keep them for ever."""

    keep_only_hashed_files = True
