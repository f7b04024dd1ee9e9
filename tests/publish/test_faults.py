"""A publication or a way back killed, out of disk or cut: readers see one edition whole, and the next run converges."""

import http.client
import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from gazette.publish.lease import Owner
from tests.nginx import free_port, running
from tests.publish.publisher import BACK, EDITIONS, PAGES, main
from tests.publish.servers import Sshd, program, severed
from tests.publish.strikes import STRUCK, Struck, points, sample, struck, tracing
from tests.samples import ROOT

IS_COMPLETE = bool(os.environ.get("GAZETTE_COMPLET"))
EDITIONS_READ, READERS = (20, 50) if IS_COMPLETE else (4, 8)
SAMPLE, CUTS = 4, 64 if IS_COMPLETE else 3
"""Faults of a sweep in the ordinary counts, every one in the full counts; places where a connection is cut."""


@pytest.fixture(scope="module", autouse=True)
def _dead() -> Iterator[None]:
    """Publish as a process that has ended since: what it held is to be taken up, as after a death."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    owner = replace(Owner.of_this_process(), process=ended.pid)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Owner, "of_this_process", lambda: owner)
        yield


@pytest.fixture(scope="module", params=[True, False], ids=["rsync", "sftp"])
def stand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Struck, Path]]:
    """Give an SSH server for the whole sweep, with a shell or SFTP alone, and what was published there twice."""
    folder = tmp_path_factory.mktemp("ssh")
    with struck(folder / "serveur", has_shell=request.param) as server:
        yield server, base(folder, server.server)


def run(folder: Path, number: int | str, host: str = "") -> int:
    """Publish edition ``number``, or go back; return the exit code."""
    return main(str(folder / "www"), str(folder / "output"), str(number), host)


def apart(folder: Path, number: int | str, *before: str | Path) -> int:
    """Do the same in a process of its own, under what stands before."""
    words = [
        sys.executable,
        ROOT / "tests" / "publish" / "publisher.py",
        folder / "www",
        folder / "output",
        str(number),
    ]
    path = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"}
    return subprocess.run([*before, *words], check=False, capture_output=True, env=os.environ | path).returncode


def seen(folder: Path) -> set[str]:
    """Return what the pages of both editions say, as a reader finds them."""
    return {(folder / "www" / name / page).read_text() for name in EDITIONS for page in PAGES}


def base(folder: Path, server: Sshd | None = None) -> Path:
    """Return a folder where edition 1 was published, then edition 2."""
    made = folder / "base"
    made.mkdir()
    host = reached(server, made) if server else ""
    assert [0, 0] == [run(made, 1, host), run(made, 2, host)]
    return made


def copied(made: Path, folder: Path) -> Path:
    """Return a copy of a folder."""
    shutil.copytree(made, folder, symlinks=True)
    return folder


def reached(server: Sshd, folder: Path, port: int = 0) -> str:
    """Return how a folder is reached through a server."""
    host = server.host(folder / "www")
    if port:
        known = (server.folder / "hotes").read_text().replace(f":{server.port} ", f":{port} ")
        (folder / "hotes").write_text(known)
        host = replace(host, port=port, known_hosts=str(folder / "hotes"))
    return json.dumps(asdict(host))


def judged(folder: Path, number: int | str, host: str = "") -> object:
    """Return what is wrong after a fault, or None: a mix of editions, or a next run that does not put things right."""
    between, expected = seen(folder), "1" if number == BACK else str(number)
    code = run(folder, 4 if number == BACK else number, host)
    after = seen(folder)
    shutil.rmtree(folder)
    is_whole = between in ({"2"}, {expected})
    return None if is_whole and (code, after) == (0, {"4" if number == BACK else expected}) else (between, code, after)


def told(what: str, swept: int, hits: int, every: int, since: float) -> None:
    """Say the figures that docs/mesures.md keeps."""
    print(f"{what} : {swept} fautes, {hits} ont frappé, {every} points, {time.monotonic() - since:.0f} s")


DONE = pytest.mark.parametrize("done", [3, BACK], ids=["publication", "retour"])


@DONE
def test_a_publisher_killed_or_out_of_disk_leaves_one_edition_whole(tmp_path: Path, done: int | str):
    """At a sample of its own system calls, on a folder of this machine: all of them in the full counts."""
    made, strace, since = base(tmp_path), program("strace", "strace"), time.monotonic()
    traced, log = copied(made, tmp_path / "trace"), tmp_path / "appels"
    assert 0 == apart(traced, done, strace, "-o", log, *tracing().split())
    found = sorted(points(log, traced))
    swept = sample(found, SAMPLE)
    wrong, hits = [], 0
    for fault, point in swept:
        folder = copied(made, tmp_path / "coup")
        apart(folder, done, strace, "-o", log, *point.words(fault).split())
        hits += bool(STRUCK.search(log.read_text("utf-8", "replace")))
        wrong += [(fault, point, what)] if (what := judged(folder, done)) else []
    told(f"local, {done}", len(swept), hits, len(found), since)
    assert ([], len(swept)) == (wrong, hits)
    assert {"rename"} <= {point.call for point in found}


@DONE
def test_a_server_killed_or_out_of_disk_leaves_one_edition_whole(
    tmp_path: Path, stand: tuple[Struck, Path], done: int | str
):
    """At a sample of the calls of the commands that a session runs there: all of them in the full counts."""
    (server, made), since = stand, time.monotonic()
    traced = copied(made, tmp_path / "trace")
    server.strike("tous", tracing())
    assert 0 == run(traced, done, reached(server.server, traced))
    found = server.points(traced)
    server.has_struck()
    swept = sample(found, SAMPLE)
    wrong, hits = [], 0
    for fault, point in swept:
        folder = copied(made, tmp_path / "coup")
        host = reached(server.server, folder)
        server.strike(point.command, point.words(fault))
        run(folder, done, host)
        hits += server.has_struck()
        server.strike("aucun", "")
        wrong += [(fault, point, what)] if (what := judged(folder, done, host)) else []
    told(f"{made.parent.name}, {done}", len(swept), hits, len(found), since)
    assert [] == wrong
    assert {"rename"} <= {point.call for point in found}
    assert hits > len(swept) / 2  # what goes at a time does not always go in the same order


def test_a_connection_cut_at_any_byte_leaves_one_edition_whole(tmp_path: Path, stand: tuple[Struck, Path]):
    """At three places of the stream (sixty-four in the full counts)."""
    (server, made), wrong, hits, since = stand, [], 0, time.monotonic()
    counted = copied(made, tmp_path / "compte")
    with severed(server.server.port, 10**9) as (port, heard):
        assert 0 == run(counted, 3, reached(server.server, counted, port))
    for rank in range(1, CUTS + 1):
        folder, limit = copied(made, tmp_path / "coup"), heard[0] * rank // (CUTS + 1)
        with severed(server.server.port, limit) as (port, _):
            hits += run(folder, 3, reached(server.server, folder, port)) != 0
        wrong += [(limit, what)] if (what := judged(folder, 3, reached(server.server, folder))) else []
    told(f"{made.parent.name}, coupures", CUTS, hits, heard[0], since)
    assert ([], CUTS) == (wrong, hits)


def test_readers_never_see_a_mix(tmp_path: Path):
    """While a process publishes (twenty editions under fifty readers in the full counts), over HTTP, from nginx.

    Each reads on, from an edition to the other: who has seen a page of N + 1 never sees a page of N again.
    """
    assert 0 == run(tmp_path, 0)
    stop, port, wrong, counts = threading.Event(), free_port(), [], []
    addresses = [f"/{name}/{page}" for name in EDITIONS for page in PAGES]

    def read(rank: int) -> None:
        reader, last, asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0, 0
        for address in itertools.islice(itertools.cycle(addresses), rank % len(addresses), None):
            if stop.is_set():
                break
            reader.request("GET", address)
            answer = reader.getresponse()
            text = answer.read()
            if answer.status != http.HTTPStatus.OK or int(text) < last:
                wrong.append((address, answer.status, last, text))
                break
            last, asked = int(text), asked + 1
        counts.append(asked)
        reader.close()

    site = f"server {{ listen 127.0.0.1:{port}; root {tmp_path / 'www'}; keepalive_requests 1000000; }}"
    with running(site, port, tmp_path / "nginx"):
        readers = [threading.Thread(target=read, args=(rank,)) for rank in range(READERS)]
        for reader in readers:
            reader.start()
        codes = [apart(tmp_path, number) for number in range(1, EDITIONS_READ + 1)]
        stop.set()
        for reader in readers:
            reader.join(60)
    print(f"{EDITIONS_READ} éditions, {READERS} lecteurs, {sum(counts)} lectures, {len(wrong)} mélanges")
    assert ([], {0}, READERS) == (wrong, set(codes), len(counts))
    assert min(counts) > 0
