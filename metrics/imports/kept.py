"""What a check read out of a file, kept until it is saved: reading a million rows twice would take twice as long.

Only a convenience: where it is not there, or is of other options than those that were agreed on, the file is read again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import time
from datetime import date
from pathlib import Path

from django.conf import settings

from metrics.imports.owners import Owners
from metrics.imports.staging import Staging
from metrics.models import Import

log = logging.getLogger(__name__)

# Raised when the tables of `Staging` change.
LAYOUT = 1
# Below this size, reading once more takes no time.
WORTH_KEEPING = 200_000
KEPT_SECONDS = 2 * 24 * 60 * 60
GATHERED_SECONDS = 60 * 60


def working_place(import_: Import) -> Path | None:
    """Where to gather the figures of a file that is long enough to be kept."""
    if import_.size < WORTH_KEEPING:
        return None
    _folder().mkdir(parents=True, exist_ok=True)
    return _folder() / f"{import_.pk}-{os.getpid()}-{time.monotonic_ns()}.part"


def place(import_: Import, options: dict[str, object], as_of: date) -> Path:
    """The name says all that the figures depend on."""
    # What a person says of posts is for the saving alone.
    options = {name: value for name, value in options.items() if name != "posts"}
    said = [LAYOUT, import_.sha256, options, as_of.isoformat(), str(import_.brand.zone)]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return _folder() / f"{import_.pk}-{digest[:32]}.figures"


def found(import_: Import, owners: Owners, as_of: date) -> Staging | None:
    """The figures as they were when the preview was made, if they are still there and all still hold."""
    path = place(import_, import_.options, as_of)
    if not path.is_file():
        return None
    try:
        staging = Staging(owners.of, as_of, import_.brand.zone, path, is_new=False)
        if all(owner in owners.choices for owner in staging.owners()):
            return staging
        staging.database.close()
    except sqlite3.Error:
        log.exception("What was read of import %s is lost; it is read again", import_.pk)
    return None


def forget(pk: int) -> None:
    # Not what is still being gathered: that may be another worker's.
    for path in _folder().glob(f"{pk}-*.figures"):
        path.unlink(missing_ok=True)


def sweep() -> None:
    """What nobody saved, and what a dead worker left behind."""
    for path in _folder().glob("*"):
        try:
            longest = KEPT_SECONDS if path.suffix == ".figures" else GATHERED_SECONDS
            if time.time() - path.stat().st_mtime > longest:
                path.unlink()
        except FileNotFoundError:
            continue


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / "read"
