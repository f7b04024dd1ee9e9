"""Tests of hands.py: work shared among processes answers as if one had done it.

Servers that other tests left open are threads of this process, among which nothing forks: here they do not count.
"""

import os
import threading
from collections.abc import Sequence

import pytest

from gazette import hands
from gazette.hands import share


@pytest.fixture(autouse=True)
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work with four hands, whatever the machine."""
    others = threading.active_count() - 1
    count = threading.active_count
    monkeypatch.setattr(hands, "cores", lambda: 4)
    monkeypatch.setattr(hands.threading, "active_count", lambda: count() - others)


def squares(items: Sequence[int]) -> list[tuple[int, int]]:
    """Return each number's square, and who worked it out."""
    return [(n * n, os.getpid()) for n in items]


def test_answers_come_in_the_order_of_the_items():
    """Whoever worked them out."""
    answers = share(squares, range(1001), 10)
    assert [n * n for n in range(1001)] == [square for square, _ in answers]


def test_each_core_has_its_share():
    """Four processes for enough items; this one alone for a few."""
    assert (4, 1) == tuple(len({who for _, who in share(squares, range(n), 10)}) for n in (40, 19))


def test_what_the_work_raises_is_raised_here():
    """A fault in any process is the work's own, not lost with its process."""

    def fails(items: Sequence[int]) -> list[int]:
        return [1 // (n - 37) for n in items]

    with pytest.raises(ZeroDivisionError):
        share(fails, range(40), 10)


def test_what_a_dead_process_left_is_done_here():
    """The system may end a process for want of memory: its share is not lost."""
    mine = os.getpid()

    def dies(items: Sequence[int]) -> list[int]:
        if os.getpid() != mine:
            os._exit(9)
        return list(items)

    assert list(range(40)) == share(dies, range(40), 10)


def test_a_process_of_several_threads_works_alone():
    """A fork would copy the locks that the others hold."""
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        answers = share(squares, range(40), 10)
    finally:
        waiting.set()
        thread.join()
    assert {os.getpid()} == {who for _, who in answers}
