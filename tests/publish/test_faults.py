"""A publication killed, or out of disk, at its system calls: readers see edition N or N+1, the next run converges."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.publish.publisher import PAGES
from tests.publish.servers import Sshd, program, severed, sshd
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
IS_COMPLETE = bool(os.environ.get("GAZETTE_COMPLET"))
COUNT = 20 if IS_COMPLETE else 4
SAMPLE = 6
"""Points swept in the ordinary counts, for each fault; every one in the full counts."""


def run(folder: Path, number: int, *before: str, host: str = "") -> int:
    """Publish edition ``number`` in a process of its own, under what stands before; return its exit code."""
    words = [
        sys.executable,
        str(ROOT / "tests" / "publish" / "publisher.py"),
        folder / "www",
        folder / "output",
        str(number),
        host,
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
    step = 1 if IS_COMPLETE else max(1, len(points) // SAMPLE)
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


SSH = ("", "ForceCommand internal-sftp")
"""A server with a shell and rsync, and one that offers SFTP alone."""
CUTS = 200 if IS_COMPLETE else 3
"""Places of the stream where the connection is cut."""
CHANGES = ("mkdir", "link", "linkat", "symlink", "symlinkat", "rename", "renameat2", "unlink", "unlinkat", "rmdir")
"""What a server does to a folder; where bytes stop is swept by cutting the connection."""


def through(server: Sshd, folder: Path, port: int = 0) -> str:
    """Return how a folder is reached through a server, for a process of its own."""
    host = server.host(folder / "www")
    if port:
        known = (server.folder / "hotes").read_text().replace(f":{server.port} ", f":{port} ")
        (folder / "hotes").write_text(known)
        host = replace(host, port=port, known_hosts=str(folder / "hotes"))
    return json.dumps(asdict(host))


def faulty(tmp_path: Path, after: Path, server: Sshd) -> object:
    """Return what is wrong after a fault: a mix of two editions, or a next run that does not put things right."""
    between = set(seen(after))
    code = run(after, 2, host=through(server, after))
    wrong = between not in ({"1"}, {"2"}) or code or set(seen(after)) != {"2"}
    shutil.rmtree(after)
    return (between, code) if wrong else None


@pytest.mark.parametrize("rule", SSH, ids=["rsync", "sftp"])
def test_a_server_killed_or_out_of_disk_leaves_one_edition_whole(tmp_path: Path, rule: str):
    """At a sample of the calls that its processes make (all of them in the full counts), by SIGKILL and by ENOSPC."""
    strace, faults, log = program("strace", "strace"), [], tmp_path / "calls"
    with sshd(tmp_path / "sain", rule) as server:
        (tmp_path / "base").mkdir()
        assert 0 == run(tmp_path / "base", 1, host=through(server, tmp_path / "base"))
        shutil.copytree(tmp_path / "base", tmp_path / "trace", symlinks=True)
        words = (strace, "-f", "-qq", "-o", str(log), "-e", f"trace=?{',?'.join(CHANGES)}")
        with sshd(tmp_path / "suivi", rule, words) as traced:
            assert 0 == run(tmp_path / "trace", 2, host=through(traced, tmp_path / "trace"))
        rows = [found.groups() for line in log.read_text().splitlines() if (found := re.match(r"(\d+) +(\w+)\(", line))]
        most: dict[str, int] = {}
        for (_, call), count in Counter(rows).items():
            most[call] = max(most.get(call, 0), count)
        points = [(call, rank) for call, count in sorted(most.items()) for rank in range(1, count + 1)]
        swept = [(fault, *point) for fault in FAULTS for point in points][:: 1 if IS_COMPLETE else len(points) + 1]
        for rank, (fault, call, when) in enumerate(swept):
            folder = tmp_path / str(rank)
            shutil.copytree(tmp_path / "base", folder, symlinks=True)
            words = (strace, "-f", "-qq", "-o", os.devnull, "-e", f"inject={call}:{fault}:when={when}")
            with contextlib.suppress(AssertionError), sshd(tmp_path / "frappe", rule, words) as struck:
                run(folder, 2, host=through(struck, folder))
            wrong = faulty(tmp_path, folder, server)
            if wrong:
                faults.append((fault, call, when, wrong))
    assert [] == faults
    print(f"{len(swept)} fautes sur {len(points)} appels du serveur ({rule or 'rsync'})")
    assert {"mkdir", "rename"} & set(most)


@pytest.mark.parametrize("rule", SSH, ids=["rsync", "sftp"])
def test_a_connection_cut_at_any_byte_leaves_one_edition_whole(tmp_path: Path, rule: str):
    """At three places of the stream (two hundred in the full counts)."""
    faults = []
    with sshd(tmp_path / "sain", rule) as server:
        (tmp_path / "base").mkdir()
        assert 0 == run(tmp_path / "base", 1, host=through(server, tmp_path / "base"))
        shutil.copytree(tmp_path / "base", tmp_path / "compte", symlinks=True)
        with severed(server.port, 10**9) as (port, heard):
            assert 0 == run(tmp_path / "compte", 2, host=through(server, tmp_path / "compte", port))
        for rank in range(1, CUTS + 1):
            folder, limit = tmp_path / str(rank), heard[0] * rank // (CUTS + 1)
            shutil.copytree(tmp_path / "base", folder, symlinks=True)
            with severed(server.port, limit) as (port, _):
                run(folder, 2, host=through(server, folder, port))
            wrong = faulty(tmp_path, folder, server)
            if wrong:
                faults.append((limit, wrong))
    assert [] == faults
    print(f"{CUTS} coupures dans {heard[0]} octets ({rule or 'rsync'})")


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
