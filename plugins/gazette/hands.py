"""Work shared among processes, one a core: forked, so that whatever it needs is there already.

Only Linux forks safely, and only a process of one thread: anywhere else the work is done here, alone. What may hang or
take all memory is no work for these hands but for a ``pool``.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Answer = TypeVar("Answer")

LEAST = 64
"""Items a process: for fewer, starting it costs more than it saves."""


def share(
    work: Callable[[Sequence[Item]], Sequence[Answer]], items: Sequence[Item], least: int = LEAST
) -> list[Answer]:
    """Return what ``work`` answers of every item, in their order.

    What a process could not do, whatever ended it, is done here: what the work raises, it raises here.
    """
    count = min(cores(), len(items) // least)
    if count < 2 or sys.platform != "linux" or threading.active_count() > 1:  # noqa: PLR2004  # alone
        return list(work(items))
    slices = [items[rank::count] for rank in range(count)]
    gc.freeze()  # a collection in a child would copy every page of memory it looks at
    children = [_forked(work, part) for part in slices[1:]]
    try:
        answers: list[Sequence[Answer] | None] = [work(slices[0])]
    finally:
        told = [_answer(*child) for child in children]
        gc.unfreeze()
    answers += told
    shared: list[Any] = [None] * len(items)
    for rank, answer in enumerate(answers):
        shared[rank::count] = work(slices[rank]) if answer is None else answer
    return shared


def cores() -> int:
    """Return how many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _forked(work: Callable[[Sequence[Item]], Sequence[Answer]], items: Sequence[Item]) -> tuple[int, int]:
    """Start a child on its items; return its id, and the pipe that its answer comes through."""
    source, target = os.pipe()
    child = os.fork()
    if child:
        os.close(target)
        return child, source
    status = 1
    try:
        os.close(source)
        data = pickle.dumps(list(work(items)), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(target, "wb") as pipe:
            pipe.write(data)
        status = 0
    finally:  # nothing of the parent's runs here after the work: neither its handlers nor its closings
        os._exit(status)


def _answer(child: int, source: int) -> Any:  # noqa: ANN401  # answers
    """Return a child's answers, or None when it could not tell all of them."""
    with os.fdopen(source, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    return None if status else pickle.loads(data)  # noqa: S301  # our own child's, never stored
