"""A line on the terminal while a command works: past one second, what it does and since when; nothing elsewhere."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType

NEXT = {
    "": "lit les textes",
    "lecture": "ouvre les images et les sons",
    "medias": "cherche des visages",
    "visages": "contrôle",
    "controle": "compose",
    "composition": "imprime",
    "impression": "relit les épreuves",
    "epreuves": "met en place",
    "mise en place": "termine",
}
"""What comes after each stage of a build."""
FIRST, EVERY = 1.0, 0.5
"""Seconds before the line, and between two of its states."""


class Waiting:
    """The line, as long as the work lasts. An alarm writes it: a thread would keep the work from forking."""

    def __enter__(self) -> Self:
        self.start, self.stage, self.is_shown, self.former = time.monotonic(), "", False, None
        is_ours = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        if is_ours and sys.stderr.isatty():
            self.former = signal.signal(signal.SIGALRM, self._show)
            signal.setitimer(signal.ITIMER_REAL, FIRST, EVERY)
        return self

    def done(self, stage: str) -> None:
        """Take note that a stage is over."""
        self.stage = stage

    def _show(self, _: int, __: FrameType | None) -> None:
        self.is_shown = True
        seconds = int(time.monotonic() - self.start)
        _write(f"\r\033[KGazette {NEXT.get(self.stage, 'travaille')}… {seconds} s")

    def __exit__(self, *_: object) -> None:
        if self.former is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.former)
        if self.is_shown:
            _write("\r\033[K")


def _write(text: str) -> None:
    """Write past Python's own buffer: an alarm may ring in the middle of another word."""
    os.write(sys.stderr.fileno(), text.encode())
