"""Times a collection of 60 repositories and 200 feeds on loopback, all new then nothing new; prints JSON.

Beside it, the times of a plain sequential loop that only fetches the same documents: no parsing, nothing written.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.newsdesk.forge import QUIET, article, forged, over_http
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import Newsdesk, entry, rss

REPOSITORIES, FEEDS, ITEMS = 60, 200, 10
LIMITS = {"tout_nouveau_s": 60.0, "rien_de_nouveau_s": 5.0, "memoire_mio": 400}


def main() -> None:
    """Serve, collect twice, fetch twice in a loop, print what each took."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gazette-collecte-")))
        peer = stack.enter_context(misbehaving())
        forge = stack.enter_context(over_http(folder / "depots"))
        feeds, repositories = published(peer, folder / "depots", forge)
        desk = Newsdesk(folder / "salle")
        for rank, url in enumerate(repositories):
            desk.declare("git", url, f"{rank:07}G")
        for rank, url in enumerate(feeds):
            desk.declare("rss", url, f"{rank:07}R")
        with weighed() as peak:
            first, waiting = timed(desk)
            again, _ = timed(desk)
        plain = [loop(feeds, repositories, folder / "clones") for _ in range(2)]
    if waiting != (REPOSITORIES + FEEDS) * ITEMS:
        raise SystemExit(f"{waiting} dépêches au lieu de {(REPOSITORIES + FEEDS) * ITEMS}")
    facts = {
        "depots": REPOSITORIES,
        "flux": FEEDS,
        "depeches": waiting,
        "tout_nouveau_s": first,
        "rien_de_nouveau_s": again,
        "boucle_tout_s": plain[0],
        "boucle_rien_s": plain[1],
        "memoire_mio": round(max(peak) / 1024),
        "limites": LIMITS,
    }
    print(json.dumps(facts))


def published(peer: Peer, folder: Path, forge: str) -> tuple[list[str], list[str]]:
    """Put the sources on line; return the addresses of the feeds and of the repositories."""
    body = rss(*(entry(n) for n in range(ITEMS)))
    feeds = [peer.serve_feed(f"/{rank}.xml", body, '"v1"') for rank in range(FEEDS)]
    folder.mkdir()
    files = {f"a{n}.md": article(f"Article {n}") for n in range(ITEMS)}
    for rank in range(REPOSITORIES):
        forged(folder / f"{rank}.git").files(files)
    return feeds, [f"{forge}/{rank}.git" for rank in range(REPOSITORIES)]


def timed(desk: Newsdesk) -> tuple[float, int]:
    """Collect once; return the seconds and how many dépêches stand. A source that failed ends it all."""
    start = time.perf_counter()
    done = desk.run(seconds=60.0)
    seconds = round(time.perf_counter() - start, 2)
    if faults := [g.health.fault for g in done.gathered if g.health.fault]:
        raise SystemExit(f"{len(faults)} source(s) en panne : {faults[0]}")
    return seconds, len(desk.files())


def loop(feeds: list[str], repositories: list[str], folder: Path) -> float:
    """Fetch every document one after the other, as a script of ten lines would; return the seconds."""
    start = time.perf_counter()
    for url in feeds:
        with urllib.request.urlopen(url) as answer:  # noqa: S310  # loopback
            answer.read()
    for rank, url in enumerate(repositories):
        clone = folder / f"{rank}.git"
        again, first = ["--git-dir", str(clone), "fetch", "-q", url], ["clone", "-q", "--bare", url, str(clone)]
        subprocess.run(["git", *(again if clone.exists() else first)], check=True, env=QUIET)
    return round(time.perf_counter() - start, 2)


@contextlib.contextmanager
def weighed() -> Iterator[list[int]]:
    """Collect, ten times a second, the KiB that this process and all it started hold, servers of the trial too."""
    found, is_over = [0], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.1):
            found.append(sum(map(held, family(os.getpid()))))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    yield found
    is_over.set()
    thread.join()


def family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    try:
        told = " ".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return []
    return [pid, *(one for child in told.split() for one in family(int(child)))]


def held(pid: int) -> int:
    """Return the KiB that a process holds, its share of what several hold (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
