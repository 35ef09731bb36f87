"""The files that processes count in, for Prometheus. Known before there are any settings: gunicorn.conf.py asks."""

import platform
import time
from pathlib import Path

KEPT_FOR_SECONDS = 24 * 3600


def forget_the_dead(root: Path) -> None:
    """When a server starts: files of this machine's dead processes, and of machines that were not seen for a day."""
    here = platform.node()
    for file in root.glob("*/*.db"):
        number = file.stem.rsplit("_", 1)[-1]
        is_old = time.time() - file.stat().st_mtime > KEPT_FOR_SECONDS
        if is_old if file.parent.name != here else not (number.isdigit() and Path(f"/proc/{number}").exists()):
            file.unlink(missing_ok=True)
