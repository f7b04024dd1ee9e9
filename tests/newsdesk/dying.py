"""Answers given by processes that die, or whose disk is full, at every step: ``python dying.py WHERE kill|full``.

Prints one JSON line a step: what a later run mended, and the files there are once it gave the answer that was lost.
"""

import errno
import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gazette.errors import GazetteError
from gazette.moderation import Shown
from tests.newsdesk.waiting import somebody, tree

STEPS = frozenset({"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "subprocess.Popen"})
"""What Python tells before it does it (PEP 578)."""
SHOWN = {"0a1b.jpg": Shown("aucune")}


def answer(content: Path) -> None:
    """Accept, then refuse all at once, whatever waits still."""
    who = somebody(content)
    for item in who.items():
        if not item.name.endswith("-refuse"):
            who.accept(item, SHOWN if "0a1b" in item.text else {})
    if refused := who.items():
        who.refuse_all(refused, "Hors sujet")


def strike(work: Callable[[], None], rank: int, how: str) -> bool:
    """Do some work in a child that is struck at a step; tell whether it ended before that step came."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    left = rank

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        is_read = event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if event not in STEPS or is_read:
            return
        left -= 1
        if left >= 0:
            return
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if event in {"open", "os.mkdir"}:
            raise OSError(errno.ENOSPC, "No space left on device")

    sys.addaudithook(hook)
    code = 0
    try:
        work()
    except (OSError, GazetteError):
        code = 1
    os._exit(code)


def states(content: Path) -> dict[str, str]:
    """Return the digest of every file of the dépêches."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in tree(content).items()}


def sweep(origin: Path, how: str) -> None:
    """Strike at each step in turn, each on a fresh copy, until an answer needs no more."""
    rank, is_done = 0, False
    while not is_done:
        project = origin.with_name(f"frappe-{rank}")
        shutil.copytree(origin, project, symlinks=True)
        content = project / "content"
        is_done = strike(partial(answer, content), rank, how)
        mended = somebody(content).mend()
        again = somebody(content).mend()
        answer(content)
        print(json.dumps({"rank": rank, "mended": mended, "again": again, "files": states(content)}))
        shutil.rmtree(project)
        rank += 1


if __name__ == "__main__":
    sweep(Path(sys.argv[1]), sys.argv[2])
