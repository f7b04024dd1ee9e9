"""Processes of our own in which foreign libraries read foreign bytes, within limits of time and memory.

A 16 kB text hangs Python-Markdown, a small file unpacks to gigapixels: the system ends the process that meets it, and
the pool tells which request did it. Protocol, both ways: four bytes of length (big-endian), then that many bytes; a
request in, JSON out.
"""

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
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

WALL_LIMIT = 30.0
"""Seconds without an answer before a worker is ended, unless it worked meanwhile: on a busy machine it has to wait."""
_CPU_SPENT = -getattr(signal, "SIGPROF", 0)
"""How the system ends a worker that read for too long."""


class _DiedError(Exception):
    """The worker ended while it answered."""


class _SilentError(_DiedError):
    """The worker did not answer in time."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, module: str) -> None:
        package = str(Path(__file__).resolve().parents[1])
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": package, "PYTHONHASHSEED": "0"}
        # glibc: a large block goes back to the system once freed; the limit then counts what is in use.
        environment["MALLOC_MMAP_THRESHOLD_"] = str(1024 * 1024)
        self.process = subprocess.Popen(  # our own module
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(self, request: bytes) -> dict[str, Any]:
        """Send a request, return its answer."""
        assert self.process.stdin  # noqa: S101  # PIPE above
        try:
            self.process.stdin.write(struct.pack(">I", len(request)) + request)
            self.process.stdin.flush()
            size = struct.unpack(">I", self._receive(4))[0]
            answer: dict[str, Any] = json.loads(self._receive(size))
        except (BrokenPipeError, ConnectionError) as error:
            raise _DiedError from error
        return answer

    def _receive(self, size: int) -> bytes:
        assert self.process.stdout  # noqa: S101  # PIPE above
        descriptor, parts, spent = self.process.stdout.fileno(), bytearray(), self._spent()
        while len(parts) < size:
            while sys.platform != "win32" and not select.select([descriptor], [], [], WALL_LIMIT)[0]:
                before, spent = spent, self._spent()
                if spent == before:
                    raise _SilentError
            chunk = os.read(descriptor, size - len(parts))
            if not chunk:
                raise _DiedError
            parts += chunk
        return bytes(parts)

    def _spent(self) -> tuple[str, ...]:
        """Return the processor time that the process spent, as Linux tells it; elsewhere nothing, ever."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii", "replace")
        except OSError:
            return ()
        return tuple(stat.rpartition(")")[2].split()[11:13])  # proc_pid_stat(5): utime, stime

    def end(self) -> None:
        """End the process and wait for it."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):  # what was not sent yet goes nowhere
                if pipe:
                    pipe.close()
        self.process.wait()


class _Turn:
    """One call of ``Pool.ask``, and the workers that answer it."""

    def __init__(self) -> None:
        self.is_over = False
        self.busy: set[_Worker] = set()
        self.lock = threading.Lock()

    @contextlib.contextmanager
    def taken_by(self, worker: _Worker) -> Iterator[None]:
        """Note a worker while it answers; ``_DiedError`` when nobody waits for it any more."""
        with self.lock:
            if self.is_over:
                raise _DiedError
            self.busy.add(worker)
        try:
            yield
        finally:
            with self.lock:
                self.busy.discard(worker)

    def end(self) -> None:
        """Wait for nobody: whoever still answers is ended, and is asked nothing again."""
        with self.lock:
            self.is_over = True
            for worker in self.busy:
                worker.process.kill()


class Pool:
    """As many workers as cores, which start at the first need, live until the pool is closed, and are replaced."""

    def __init__(self, module: str, size: int | None = None) -> None:
        self.module = module
        """Dotted name of the module that each process runs; it calls ``serve``."""
        self.size = size or os.cpu_count() or 1
        self.idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, count: int) -> Self:
        """Start workers before anything is asked: they import their libraries meanwhile."""
        for _ in range(min(count, self.size)):
            self.idle.put(_Worker(self.module))
        return self

    def ask(self, requests: Iterable[bytes]) -> Generator[dict[str, Any] | None, None, None]:
        """Yield each request's answer, in their order; None for one that no worker could answer within its limits.

        Who stops asking, by Ctrl-C as well, waits for no answer any more.
        """
        turn = _Turn()
        with ThreadPoolExecutor(self.size) as threads:
            try:
                yield from threads.map(partial(self._one, turn), requests)
            finally:
                turn.end()

    def _one(self, turn: _Turn, request: bytes) -> dict[str, Any] | None:
        """Return an answer; try again, in a new process, when something else than the request may have ended it."""
        for is_second in (False, True):
            worker = _Worker(self.module) if is_second else self._worker()
            try:
                with turn.taken_by(worker):
                    answer = worker.ask(request)
            except _DiedError as error:
                worker.end()
                is_hopeless = isinstance(error, _SilentError) or worker.process.returncode == _CPU_SPENT
                if is_hopeless or turn.is_over:
                    break
            else:
                self.idle.put(worker)
                return answer
        return None

    def _worker(self) -> _Worker:
        try:
            return self.idle.get_nowait()
        except queue.Empty:
            return _Worker(self.module)

    def close(self) -> None:
        """End every idle worker."""
        while not self.idle.empty():
            self.idle.get().end()


def serve(answer: Callable[[bytes], dict[str, Any]], *, seconds: int, memory: int) -> None:
    """Answer requests until the input ends, each within ``seconds`` of CPU, and ``memory`` bytes above idle."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    if sys.platform == "linux":
        _limit_memory(memory)
    has_timer = hasattr(signal, "setitimer")
    while header := source.read(4):
        request = source.read(struct.unpack(">I", header)[0])
        if has_timer:
            signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF ends the process, whatever C code it is in
        data = json.dumps(answer(request), ensure_ascii=True, separators=(",", ":")).encode()
        if has_timer:
            signal.setitimer(signal.ITIMER_PROF, 0)
        target.write(struct.pack(">I", len(data)) + data)
        target.flush()


def _limit_memory(memory: int) -> None:
    """Bound this process's memory where the system knows how."""
    import resource  # noqa: PLC0415  # POSIX only

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  # Linux only, like the limit
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
