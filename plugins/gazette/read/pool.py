"""Worker processes that read files: as many as cores, each replaced when a file ends it."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WALL_LIMIT = 30.0
"""Seconds without an answer before a worker is ended, where the system has no CPU limit or the worker sleeps."""
_CPU_SPENT = -getattr(signal, "SIGPROF", 0)
"""How the system ends a worker that read for too long."""
_EXHAUSTED: dict[str, Any] = {
    "front": {},
    "places": [],
    "faults": [
        (
            "LEC-12",
            "texte trop lourd à lire (plus de 5 s ou de 300 Mo)",
            "cherchez une suite anormale de [ * ` ou >, ou découpez le texte",
            1,
            1,
        )
    ],
    "body": None,
}


class _DiedError(Exception):
    """The worker ended while it read a file."""


class _SilentError(_DiedError):
    """The worker did not answer in time."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self) -> None:
        package = str(Path(__file__).resolve().parents[2])
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": package, "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen(  # our own module
            [sys.executable, "-m", "gazette.read.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(self, data: bytes) -> dict[str, Any]:
        """Send a file, return what the worker read in it."""
        assert self.process.stdin  # noqa: S101  # PIPE above
        try:
            self.process.stdin.write(struct.pack(">I", len(data)) + data)
            self.process.stdin.flush()
            size = struct.unpack(">I", self._receive(4))[0]
            answer: dict[str, Any] = json.loads(self._receive(size))
        except (BrokenPipeError, ConnectionError) as error:
            raise _DiedError from error
        return answer

    def _receive(self, size: int) -> bytes:
        assert self.process.stdout  # noqa: S101  # PIPE above
        descriptor, parts = self.process.stdout.fileno(), bytearray()
        while len(parts) < size:
            if sys.platform != "win32" and not select.select([descriptor], [], [], WALL_LIMIT)[0]:
                raise _SilentError
            chunk = os.read(descriptor, size - len(parts))
            if not chunk:
                raise _DiedError
            parts += chunk
        return bytes(parts)

    def end(self) -> None:
        """End the process and wait for it."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):  # what was not sent yet goes nowhere
                if pipe:
                    pipe.close()
        self.process.wait()


class Pool:
    """Reads many files at once; workers start at the first need and live until the pool is closed."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size or os.cpu_count() or 1
        self.idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, files: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """Yield what each file holds, in their order."""
        with ThreadPoolExecutor(self.size) as threads:
            yield from threads.map(self._one, files)

    def _one(self, data: bytes) -> dict[str, Any]:
        """Return what a file holds; try again when something else than the file ended the worker (a lack of memory)."""
        for _ in range(2):
            try:
                worker = self.idle.get_nowait()
            except queue.Empty:
                worker = _Worker()
            try:
                answer = worker.ask(data)
            except _DiedError as error:
                worker.end()
                if isinstance(error, _SilentError) or worker.process.returncode == _CPU_SPENT:
                    break
            else:
                self.idle.put(worker)
                return answer
        return _EXHAUSTED

    def close(self) -> None:
        """End every idle worker."""
        while not self.idle.empty():
            self.idle.get().end()
