"""No request to a private machine ever leaves: counted at the sockets of the whole collection, git's and ssh's too."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judges import program
from tests.newsdesk.forge import article, forged, over_http
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import rss
from tests.samples import ROOT

COLLECTION = """
import json, sys
from pathlib import Path
from gazette.newsdesk.network import Network
from tests.newsdesk.newsroom import Newsdesk
folder, sources, private = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
desk = Newsdesk(Path(folder))
for rank, (kind, url) in enumerate(sources):
    desk.declare(kind, url, f"{rank:07}A")
known = {"vetted.example": "127.0.0.1"}
resolve = lambda host, _: [known.get(host, host if host[0].isdigit() else "192.168.7.7")]
done = desk.run(network=Network(has_loopback=True, resolve=resolve), seconds=8.0)
print(json.dumps([[g.correspondent.url, g.health.code, g.new] for g in done.gathered]))
"""
CONNECTED = re.compile(r'connect\(\d+, \{sa_family=AF_INET6?, .*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')
PRIVATE = ("10.0.0.1", "169.254.169.254", "192.168.7.7")


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


def luring(peer: Peer, folder: Path, forge: str) -> list[tuple[str, str]]:
    """Put on line what would lead git elsewhere; return the sources: the last two are honest."""
    found: list[tuple[str, str]] = []
    for rank, host in enumerate(PRIVATE):
        for step in ("info/refs?service=git-upload-pack", "info/refs", "HEAD"):
            peer.answer(f"/saut-{rank}.git/{step}", f"HTTP/1.1 302 Found\nLocation: http://{host}/x.git/{step}")
        found += [
            ("git", peer.url(f"/saut-{rank}.git")),
            ("git", f"https://{host}/a.git"),
            ("git", f"ssh://git@{host}/a"),
        ]
    found += [("git", "https://interne.example/a.git"), ("git", "git@interne.example:a.git")]
    files = {  # a server of plain files: git fetches objects from whichever addresses it names
        "info/refs": f"{'1' * 40}\trefs/heads/main\n",
        "HEAD": "ref: refs/heads/main\n",
        "objects/info/http-alternates": "".join(f"http://{host}/x.git/objects/\n" for host in PRIVATE),
        "objects/info/alternates": "".join(f"http://{host}/x.git/objects/\n" for host in PRIVATE),
    }
    for path, text in files.items():
        peer.serve_feed(f"/plat.git/{path}", text.encode())
    found.append(("git", peer.url("/plat.git")))
    one = forged(folder / "ecole.git")
    links = "".join(f'[submodule "{h}"]\n\tpath = m{h}\n\turl = http://{h}/m.git\n' for h in PRIVATE)
    pointers = "".join(f"[lfs]\n\turl = http://{host}/lfs\n" for host in PRIVATE)
    blobs = {".gitmodules": links.encode(), ".lfsconfig": pointers.encode(), "a.md": article("Bon")}
    rows = [("100644", name.encode(), one.object("blob", data)) for name, data in blobs.items()]
    one.commit(one.tree([*rows, ("160000", b"m", "1" * 40)]))
    return [*found, ("git", f"{forge}/ecole.git"), ("git", f"{forge.replace('127.0.0.1', 'vetted.example')}/ecole.git")]


def test_no_socket_of_a_collection_leads_to_a_private_machine(peer: Peer, tmp_path: Path):
    """F53-F55, G4, G8, G10: redirects, alternates, submodules, LFS, names; a vetted name is connected to as vetted."""
    (tmp_path / "depots").mkdir()
    log = tmp_path / "appels"
    with over_http(tmp_path / "depots") as forge:
        sources = [*luring(peer, tmp_path / "depots", forge), ("rss", peer.serve_feed("/f", rss()))]
        words = [str(tmp_path / "bureau"), json.dumps(sources), json.dumps(PRIVATE)]
        strace = [program("strace", "strace"), "-f", "-qq", "-e", "trace=connect", "-o", str(log)]
        places = {"PYTHONPATH": os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))}
        done = subprocess.run(
            [*strace, sys.executable, "-c", COLLECTION, *words],
            env=os.environ | places, capture_output=True, text=True, check=True,
        )  # fmt: skip
    told = {url: (code, new) for url, code, new in json.loads(done.stdout)}
    good = [told[url] for kind, url in sources if url.endswith("/ecole.git")]
    reached = CONNECTED.findall(log.read_text())
    assert ({"127.0.0.1"}, [("", 1)] * 2) == (set(reached), good)
    bad = {url: fact for url, fact in told.items() if not url.endswith(("/ecole.git", "/f"))}
    assert (True, [0] * len(bad)) == (all(code for code, _ in bad.values()), [new for _, new in bad.values()])
