"""A publication killed, or out of disk, at its system calls: readers see edition N or N+1, the next run converges."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from tests.publish.publisher import PAGES
from tests.publish.servers import program
from tests.samples import ROOT

CALLS = (
    "mkdir",
    "link",
    "linkat",
    "symlink",
    "rename",
    "unlink",
    "unlinkat",
    "rmdir",
    "ftruncate",
    "pwrite64",
    "write",
)
"""What changes a folder. The names are those of Linux on x86-64."""
FAULTS = ("signal=KILL", "error=ENOSPC")
COUNT = 20 if os.environ.get("GAZETTE_COMPLET") else 4
SAMPLE = 6
"""Points swept in the ordinary counts, for each fault; every one in the full counts."""


def run(folder: Path, number: int, *before: str) -> int:
    """Publish edition ``number`` in a process of its own, under what stands before; return its exit code."""
    words = [
        sys.executable,
        str(ROOT / "tests" / "publish" / "publisher.py"),
        folder / "www",
        folder / "output",
        str(number),
    ]
    return subprocess.run(
        [*before, *words],
        check=False,
        capture_output=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"},
    ).returncode


def seen(folder: Path) -> list[str]:
    """Return what every page of both editions says, as a reader finds it."""
    return [(folder / "www" / name / page).read_text() for name in ("public", "directeurs") for page in PAGES]


def test_a_publication_killed_or_out_of_disk_leaves_one_edition_whole(tmp_path: Path):
    """At a sample of its system calls (all of them in the full counts), by SIGKILL and by ENOSPC."""
    strace = program("strace", "strace")
    (tmp_path / "base").mkdir()
    assert 0 == run(tmp_path / "base", 1)
    shutil.copytree(tmp_path / "base", tmp_path / "trace", symlinks=True)
    log = tmp_path / "calls"
    traced = (strace, "-f", "-qq", "-o", str(log), "-e", f"trace=?{',?'.join(CALLS)}")
    assert 0 == run(tmp_path / "trace", 2, *traced)
    counts = Counter(found[1] for line in log.read_text().splitlines() if (found := re.match(r"\d+ +(\w+)\(", line)))
    points = [(call, rank) for call, count in sorted(counts.items()) for rank in range(1, count + 1)]
    step = 1 if os.environ.get("GAZETTE_COMPLET") else max(1, len(points) // SAMPLE)
    faults = []
    swept = [(fault, *point) for fault in FAULTS for point in points[::step]]
    for rank, (fault, call, when) in enumerate(swept):
        folder = tmp_path / str(rank)
        shutil.copytree(tmp_path / "base", folder, symlinks=True)
        run(folder, 2, strace, "-f", "-qq", "-o", os.devnull, "-e", f"inject={call}:{fault}:when={when}")
        between = set(seen(folder))
        code = run(folder, 2)
        if between not in ({"1"}, {"2"}) or code or set(seen(folder)) != {"2"}:
            faults.append((fault, call, when, between, code))
        shutil.rmtree(folder)
    assert [] == faults
    print(f"{len(swept)} fautes sur {len(points)} appels")
    assert {"rename", "mkdir", "write"} <= set(counts)


def test_readers_never_see_a_mix(tmp_path: Path):
    """While editions are published in another process: twenty in the full counts."""
    run(tmp_path, 0)
    stop, mixes = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            root = (tmp_path / "www" / ".courante").resolve()
            try:
                found = {(root / n / p).read_text() for n in ("public", "directeurs") for p in PAGES}
            except FileNotFoundError:  # that release was the sixth oldest meanwhile
                continue
            if len(found) != 1:
                mixes.append(found)

    readers = [threading.Thread(target=read) for _ in range(50 if COUNT > 4 else 8)]
    for reader in readers:
        reader.start()
    codes = [run(tmp_path, number) for number in range(1, COUNT + 1)]
    stop.set()
    for reader in readers:
        reader.join(60)
    assert ([], {0}) == (mixes, set(codes))
