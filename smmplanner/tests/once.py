"""What takes long to make and is made once per run of the tests, by whichever process asks first; the others wait for it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def once_a_run(name: str) -> Iterator[tuple[Path, bool]]:
    """The folder of that name, and whether it is still to be filled: by whoever is in here, and alone."""
    folder = Path(os.environ["FOLDER_OF_THE_RUN"]) / name
    folder.mkdir(exist_ok=True)
    filled = folder.with_suffix(".filled")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, not filled.exists()
        filled.touch()
