"""A publication or a way back killed, out of disk or cut: readers see one edition whole, and the next run converges."""

import contextlib
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
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pytest

from gazette.publish.lease import Owner
from tests.nginx import free_port, running
from tests.publish.publisher import BACK, EDITIONS, PAGES, main
from tests.publish.servers import Sshd, program, severed
from tests.publish.strikes import FAULTS, OTHERS, STRUCK, Point, Struck, points, sample, struck, tracing
from tests.samples import ROOT

IS_COMPLETE = bool(os.environ.get("GAZETTE_COMPLET"))
EDITIONS_READ, READERS = (20, 50) if IS_COMPLETE else (4, 8)
CUTS = 64 if IS_COMPLETE else 3
"""Places where a connection is cut."""
TRIES = 3
"""Times that a point is aimed at: what goes at a time does not always go in the same order."""


@pytest.fixture(scope="module", autouse=True)
def _dead() -> Iterator[None]:
    """Publish as a process that has ended since: what it held is to be taken up, as after a death."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    owner = replace(Owner.of_this_process(), process=ended.pid)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Owner, "of_this_process", lambda: owner)
        yield


@dataclass(frozen=True)
class Stand:
    """Where two editions were published, by a process of this machine or through a server, and where to strike next."""

    folder: Path
    server: Struck | None = None
    known: dict[str, list[Point]] = field(default_factory=dict)

    @property
    def base(self) -> Path:
        """Return what was published."""
        return self.folder / "base"

    def host(self, folder: Path, port: int = 0) -> str:
        """Return how a copy of it is reached; "" without a server."""
        return reached(self.server.server, folder, port) if self.server else ""

    def points(self, done: int | str) -> list[Point]:
        """Return where publishing, or going back, can be struck; looked for once."""
        key, traced = str(done), self.folder / f"trace-{done}"
        if key not in self.known:
            copied(self.base, traced)
            code, _ = self.strike(traced, done, "tous", tracing())
            found = self.server.points(traced) if self.server else sorted(points(self.folder / "appels", traced))
            self.known[key] = found if code == 0 else []
            self.forget()
        return self.known[key]

    def strike(self, folder: Path, done: int | str, command: int | str, words: str) -> tuple[int, bool]:
        """Publish, or go back, under strace; return the exit code, and whether it struck."""
        log = self.folder / "appels"
        if self.server:
            self.server.strike(command, words)
            code = run(folder, done, self.host(folder))
            self.server.strike("aucun", "")
        else:
            code = apart(folder, done, program("strace", "strace"), "-o", log, *words.split())
        logs = self.server.logs() if self.server else [log]
        return code, any(STRUCK.search(log.read_text("utf-8", "replace")) for log in logs)

    def forget(self) -> None:
        """Remove what strace wrote."""
        for log in self.server.logs() if self.server else [self.folder / "appels"]:
            log.unlink(missing_ok=True)


@pytest.fixture(scope="module", params=["local", "rsync", "sftp"])
def stand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Give a folder of this machine, or one server for the whole sweep, with a shell or SFTP alone."""
    folder = tmp_path_factory.mktemp(request.param)
    with contextlib.ExitStack() as stack:
        server = None
        if request.param != "local":
            server = stack.enter_context(struck(folder / "serveur", has_shell=request.param == "rsync"))
        found = Stand(folder, server)
        found.base.mkdir()
        assert [0, 0] == [run(found.base, number, found.host(found.base)) for number in (1, 2)]
        yield found


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


def strike_all(tmp_path: Path, stand: Stand, done: int | str, fault: str) -> None:
    """Publish, or go back, struck at each point of a sample: readers see one edition, and the next run converges."""
    since, found = time.monotonic(), stand.points(done)
    wrong, hits, swept = [], 0, sample(found, fault)
    for point in swept:
        for _ in range(TRIES):
            folder = copied(stand.base, tmp_path / "coup")
            has_struck = stand.strike(folder, done, point.command, point.words(fault))[1]
            stand.forget()
            wrong += [(point, what)] if (what := judged(folder, done, stand.host(folder))) else []
            if has_struck:
                hits += 1
                break
    told(f"{stand.folder.name}, {done}, {fault}", len(swept), hits, len(found), since)
    assert [] == wrong
    assert {"rename"} <= {point.call for point in found}
    assert hits > len(swept) / 2


@pytest.mark.parametrize("fault", FAULTS, ids=["tue", "plein", "plein-ensuite"])
@pytest.mark.parametrize("done", [3, BACK], ids=["publication", "retour"])
def test_a_publication_killed_or_out_of_disk_leaves_one_edition_whole(
    tmp_path: Path, stand: Stand, done: int | str, fault: str
):
    """At a sample of its own calls, or of those of the commands that a server runs: all of them in the full counts."""
    strike_all(tmp_path, stand, done, fault)


@pytest.mark.parametrize("stand", ["local"], indirect=True)
@pytest.mark.parametrize("fault", OTHERS if IS_COMPLETE else OTHERS[:1])
@pytest.mark.parametrize("done", [3, BACK], ids=["publication", "retour"])
def test_a_disk_that_fails_otherwise_leaves_one_edition_whole(
    tmp_path: Path, stand: Stand, done: int | str, fault: str
):
    """A folder of this machine: broken, over its quota, or with too many files open."""
    strike_all(tmp_path, stand, done, fault)


@pytest.mark.parametrize("stand", ["rsync", "sftp"], indirect=True)
def test_a_connection_cut_at_any_byte_leaves_one_edition_whole(tmp_path: Path, stand: Stand):
    """At three places of the stream (sixty-four in the full counts); told, unless everything was on line by then."""
    wrong, hits, since = [], 0, time.monotonic()
    assert stand.server
    port_of = stand.server.server.port
    counted = copied(stand.base, tmp_path / "compte")
    with severed(port_of, 10**9) as (port, heard):
        assert 0 == run(counted, 3, stand.host(counted, port))
    for rank in range(1, CUTS + 1):
        folder, limit = copied(stand.base, tmp_path / "coup"), heard[0] * rank // (CUTS + 1)
        with severed(port_of, limit) as (port, passed):
            code = run(folder, 3, stand.host(folder, port))
        hits += passed[0] > limit
        wrong += [(limit, "tu")] if code == 0 and seen(folder) != {"3"} else []
        wrong += [(limit, what)] if (what := judged(folder, 3, stand.host(folder))) else []
    told(f"{stand.folder.name}, coupures", CUTS, hits, heard[0], since)
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
