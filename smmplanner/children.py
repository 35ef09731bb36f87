"""The processes that serve, as children of one: started together, started again when they die, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

STEADY_SECONDS = 60
LONGEST_PAUSE = 30
STOP_SECONDS = 6
LARGEST_LOG = 5 * 1024 * 1024
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Runs in the child before its program: Linux stops it should the parent be killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One program, its log, and how patiently it is started again."""

    def __init__(self, name: str, command: list[str], log: Path, environment: dict[str, str]) -> None:
        self.name, self.command, self.log, self.environment = name, command, log, environment
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.start_again_at = 0.0
        self.deaths_in_a_row = 0

    def start(self) -> None:
        with self._open_log() as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches the parent alone, which then stops the children in order.
                start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,
            )
        self.started = time.monotonic()
        self.start_again_at = 0.0

    def _open_log(self) -> IO[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.old"))
        return self.log.open("ab")

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self, now: float, say: Callable[[str], None]) -> None:
        """Called again and again: notice a death, and start again when the pause is over."""
        if self.is_running:
            return
        if not self.start_again_at:
            self.deaths_in_a_row = 1 if now - self.started > STEADY_SECONDS else self.deaths_in_a_row + 1
            pause = min(2 ** (self.deaths_in_a_row - 1), LONGEST_PAUSE)
            self.start_again_at = now + pause
            say(f"{self.name} stopped ({self._how()}); starting it again in {pause} s. Its log: {self.log}")
        elif now >= self.start_again_at:
            self.start()

    def _how(self) -> str:
        code = self.process.returncode if self.process else None
        if code is not None and code < 0:
            return f"signal {signal.Signals(-code).name}"
        return f"code {code}"

    def last_words(self) -> str:
        """The last line of the log that says something."""
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def stop(children: list[Child], seconds: float = STOP_SECONDS) -> None:
    """Ask all at once, wait a little, then insist. Tasks are safe: what is unfinished stands in the database."""
    running = [child.process for child in children if child.process and child.is_running]
    for process in running:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    for process in running:
        try:
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _kill_group(process)
            process.wait()


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        process.send_signal(number)
    except ProcessLookupError:
        return


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
