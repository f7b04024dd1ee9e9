"""Tests of pool.py: a request that ends its worker costs that request alone."""

import os
import signal

import pytest

from gazette.pool import Pool, _Worker
from gazette.read import READER
from gazette.read.worker import parse

pytestmark = pytest.mark.usefixtures("own_workers")

GOOD = [f"---\ntitre: Un {n}\n---\nTexte {n}.\n".encode() for n in range(6)]
HANGING = b"---\ntitre: a\n---\n" + b"[" * 16_000
"""More than 5 s of Python-Markdown."""


SLOW = b"---\ntitre: a\n---\n" + b"[" * 3_000
"""A second or so of it."""


def plain(data: bytes) -> object:
    """Return what a file holds when read here, as JSON would tell it."""
    answer = parse(data)
    return {
        **answer,
        "places": [list(p) for p in answer["places"]],
        "faults": [list(f) for f in answer["faults"]],
        "body": answer["body"] and {**answer["body"], "headings": [list(h) for h in answer["body"]["headings"]]},
    }


def test_answers_come_in_the_order_of_the_files():
    """Several workers read at once, and each file keeps its answer."""
    with Pool(READER, 3) as pool:
        assert [plain(data) for data in GOOD] == list(pool.ask(GOOD))


def test_a_text_that_hangs_markdown_costs_itself_alone():
    """16 kB of ``[`` is given up after 5 s of CPU, and the files around it are read."""
    with Pool(READER, 1) as pool:
        first, hung, last = pool.ask([GOOD[0], HANGING, GOOD[1]])
    assert (plain(GOOD[0]), None, plain(GOOD[1])) == (first, hung, last)


def test_a_dead_worker_is_replaced():
    """A worker that something else killed costs no file: a new one reads it."""
    with Pool(READER, 1) as pool:
        list(pool.ask(GOOD[:1]))
        dead = pool.idle.get()
        os.kill(dead.process.pid, signal.SIGKILL)
        dead.process.wait()
        pool.idle.put(dead)
        answers = list(pool.ask(GOOD[:2]))
    assert [plain(GOOD[0]), plain(GOOD[1])] == answers


def test_a_request_that_two_old_workers_died_of_is_asked_of_a_new_one():
    """Idle ones may all be worn alike."""
    with Pool(READER, 2).begin(2) as pool:
        worn = [pool.idle.get() for _ in range(2)]
        for dead in worn:
            os.kill(dead.process.pid, signal.SIGKILL)
            dead.process.wait()
            pool.idle.put(dead)
        answers = list(pool.ask(GOOD[:1]))
    assert [plain(GOOD[0])] == answers


def test_a_worker_that_sleeps_is_given_up_and_one_that_works_is_not(monkeypatch: pytest.MonkeyPatch):
    """On a busy machine a picture waits for its turn: it is not said too heavy, which would be remembered."""
    monkeypatch.setattr("gazette.pool.WALL_LIMIT", 0.3)
    with Pool(READER, 1) as pool:
        assert [True] == [bool(answer) for answer in pool.ask([SLOW])]
        worker = pool.idle.get()
        os.kill(worker.process.pid, signal.SIGSTOP)
        pool.idle.put(worker)
        assert [None] == list(pool.ask(GOOD[:1]))


def test_who_stops_asking_waits_for_no_answer(monkeypatch: pytest.MonkeyPatch):
    """By Ctrl-C: the worker that answers is ended before its time, and no other is asked in its place."""
    started: list[_Worker] = []

    class Counted(_Worker):
        def __init__(self, module: str) -> None:
            super().__init__(module)
            started.append(self)

    monkeypatch.setattr("gazette.pool._Worker", Counted)
    with Pool(READER, 1) as pool:
        asked = pool.ask([GOOD[0], HANGING, GOOD[1]])
        next(asked)
        with pytest.raises(KeyboardInterrupt):
            asked.throw(KeyboardInterrupt)
    assert [-signal.SIGKILL] == [worker.process.wait() for worker in started]


def test_workers_end_with_the_pool():
    """Nothing is left behind."""
    with Pool(READER, 2) as pool:
        list(pool.ask(GOOD))
        workers = [pool.idle.get() for _ in range(pool.idle.qsize())]
        for worker in workers:
            pool.idle.put(worker)
    assert [-signal.SIGKILL] * len(workers) == [worker.process.returncode for worker in workers]


@pytest.mark.parametrize("size", [0, 5_000_000])
def test_files_of_any_size_go_through_the_pipe(size: int):
    """Neither nothing nor more than a pipe holds stops a worker."""
    with Pool(READER, 1) as pool:
        assert ["LEC-01" if size == 0 else "LEC-10"] == [a and a["faults"][0][0] for a in pool.ask([b"x" * size])]
