"""Schools' repositories over HTTP, SSH and a path, lawful and hostile (SAFETY G1-G22): blobs are read, nothing runs."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.newsdesk.article import ENTRIES
from gazette.newsdesk.network import Network
from gazette.newsdesk.stage import Gathered
from gazette.read.worker import parse
from tests.newsdesk.forge import Forged, article, forged, over_http, over_ssh
from tests.newsdesk.misbehaving import drip, misbehaving
from tests.newsdesk.newsroom import OTHER, UAI, Newsdesk
from tests.samples import CONTENT

PHOTO = (CONTENT / "actualites" / "2026-11-18-affiche" / "carte.jpg").read_bytes()
IS_WHOLE = "GAZETTE_COMPLET" in os.environ
GOOD = {"articles/jardin.md": article("Le jardin"), "README.md": b"# Journal"}


@pytest.fixture
def desk(tmp_path: Path) -> Newsdesk:
    """Give a test its newsdesk."""
    return Newsdesk(tmp_path / "bureau")


@pytest.fixture
def repository(tmp_path: Path) -> Forged:
    """Give a test its repository."""
    return forged(tmp_path / "ecole.git")


@pytest.fixture
def local(desk: Newsdesk, repository: Forged) -> Iterator[Forged]:
    """Give a repository that is declared by its path."""
    desk.declare("git", str(repository.path))
    return repository


def names(desk: Newsdesk) -> set[str]:
    """Return the titles of what waits."""
    return {parse(t.encode())["front"]["titre"] for t in desk.files().values()}


def notes(done: Gathered) -> str:
    """Return everything that is told of a source."""
    return "\n".join(done.health.notes) + done.health.fault


def test_a_repository_is_read_over_http(desk: Newsdesk, repository: Forged):
    """Through git's own http-backend; the commit is the origin's; nothing new asks one question."""
    head = repository.files(GOOD | {"articles/b.md": article("B", "![Un plan](plan.jpg)"), "articles/plan.jpg": PHOTO})
    asked: list[str] = []
    with over_http(repository.path.parent, lambda path, _: asked.append(path)) as url:
        desk.declare("git", f"{url}/ecole.git", folder="articles", branch="main")
        first = desk.one()
        count = len(asked)
        desk.run()
    text = next(t for t in desk.files().values() if '"B"' in t)
    (kept,) = (desk.folder / "quarantaine").iterdir()
    assert ({"Le jardin", "B"}, 2, "") == (names(desk), first.new, first.health.fault)
    assert (f'commit: "{head}"' in text, f"![Un plan]({kept.name})" in text) == (True, True)
    assert len(asked) - count <= 2


def test_a_repository_is_read_over_ssh(desk: Newsdesk, repository: Forged, tmp_path: Path):
    """Through a real sshd on a port of its own, whose key stands as ssh writes it; with another, nothing is read."""
    repository.files(GOOD)
    with over_ssh(tmp_path) as server:
        desk.declare("git", server.url(repository.path))
        known = {"known_hosts": str(server.known_hosts), "ssh_key": str(server.key)}
        done = desk.one(**known)
        key = "AAAAC3NzaC1lZDI1NTE5AAAAIJ2xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        server.known_hosts.write_text(f"[127.0.0.1]:{server.port} ssh-ed25519 {key}\n")
        other = desk.one(UAI, **known)
    assert ({"Le jardin"}, "", "GIT-06") == (names(desk), done.health.fault, other.health.code)


def test_git_is_never_led_to_a_private_machine(desk: Newsdesk, monkeypatch: pytest.MonkeyPatch):
    """F53-F55 for git too: the name is vetted, and git is given the address."""
    started: list[object] = []
    real = subprocess.Popen

    def popen(command: list[str], *words: object, **facts: object) -> object:
        started.append(command)
        return real(command, *words, **facts)  # type: ignore[call-overload]

    monkeypatch.setattr("gazette.newsdesk.repository.subprocess.Popen", popen)
    for rank, host in enumerate(("localhost", "10.0.0.1", "2130706433", "metadata.example")):
        desk.sources.clear()
        desk.declare("git", f"https://{host}/{rank}.git")
        network = Network(resolve=lambda h, p: ["169.254.169.254"] if "meta" in h else Network().resolve(h, p))
        assert "RES-02" == desk.one(network=network).health.code
    assert [] == [c for c in started if isinstance(c, list) and {"ls-remote", "fetch"} & set(c)]


def test_a_redirect_of_a_forge_is_not_followed(desk: Newsdesk):
    """G8, F52: git goes nowhere by itself."""
    with misbehaving() as peer:
        peer.answer(
            "/a.git/info/refs?service=git-upload-pack",
            "HTTP/1.1 301 Moved\nLocation: http://127.0.0.1:9/b.git/info/refs",
        )
        desk.declare("git", peer.url("/a.git"))
        assert "GIT" == desk.one().health.code[:3]


@pytest.mark.parametrize(
    "status", ["404 Non", "403 Non", "401 Non\nWWW-Authenticate: Basic realm=x", "410 Gone", "500 Non"]
)
def test_a_repository_that_cannot_be_read_costs_itself(desk: Newsdesk, status: str):
    """G14, G15: no question is asked of anybody, nothing waits for a password."""
    with misbehaving() as peer:
        peer.answer("/a.git/info/refs?service=git-upload-pack", f"HTTP/1.1 {status}\nContent-Length: 0")
        desk.declare("git", peer.url("/a.git"))
        done = desk.one()
    assert ("GIT", True) == (done.health.code[:3], bool(done.health.fault))


def test_a_slow_repository_meets_the_wall(desk: Newsdesk):
    """G16: a pack that drips; git's whole group is ended."""
    with misbehaving() as peer:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n"
        peer.routes["/a.git/info/refs?service=git-upload-pack"] = drip(head, b"0")
        desk.declare("git", peer.url("/a.git"))
        start = time.monotonic()
        done = desk.one(seconds=1.0)
    assert ("GIT-01", True) == (done.health.code, time.monotonic() - start < 20)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(desk.folder) not in running


def test_links_submodules_and_pointers_are_not_followed(desk: Newsdesk, local: Forged):
    """G3, G4, G10: a symbolic link, a gitlink, an LFS pointer; each is named, the rest comes."""
    link = local.object("blob", b"/etc/passwd")
    good = local.object("blob", article("Bon"))
    pointer = local.object("blob", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    modules = local.object("blob", b'[submodule "x"]\n\tpath = x\r\n\turl = ext::sh -c touch%20/tmp/x\n')
    local.commit(local.tree([
        ("120000", b"lien.md", link), ("160000", b"module", "1" * 40), ("100644", b".gitmodules", modules),
        ("100644", b"bon.md", good), ("100644", b"gros.md", pointer), ("120000", b"photo.jpg", link),
    ]))  # fmt: skip
    told = notes(desk.one())
    assert ({"Bon"}, [True] * 3) == (names(desk), [w in told for w in ("lien symbolique", "sous-module", "LFS")])
    assert "root:" not in "".join(desk.files().values())


HOSTILE = (
    *(
        b"..",
        b".git",
        b".GIT",
        b"a/../../x.md",
        b"../x.md",
        b"a\nb.md",
        b"-oProxyCommand=id.md",
        b"x\xe9.md",
        b"a\\b.md",
    ),
    *("\u202egnp.md".encode(), b"$(id).md", b"<img src=x onerror=1>.md", b"con.md", b"a.md.", b"a" * 300 + b".md"),
    *("e\u0301t\u200b.md".encode(), b"\x1b[31m.md", b"git~1", b".g\xe2\x80\x8cit", b"'; drop.md", b" .md", b"a:b.md"),
)


IGNORED = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
"""What HFS+ takes for nothing: ``.g\u200cit`` is ``.git`` there."""
NASTY = (
    *(
        b".",
        b"..",
        b".git",
        b".GIT",
        b".GiT",
        b"git~1",
        b"GIT~2",
        b".git.",
        b".git ",
        b".git..",
        b".git::$INDEX_ALLOCATION",
    ),
    *(
        b".git\\x",
        b"..\\x",
        b".\\.GIT\\x",
        b".gitmodules",
        b".git:x",
        b"c:\\x",
        b"\\\\hote\\x",
        b"aux",
        b"nul.md",
        b"a\tb",
        b"\x7f",
    ),
    *(f".g{c}it".encode() for c in IGNORED),
    *(f".git{c}".encode() for c in IGNORED[:8]),
)
"""The shapes of the branches of libgit2's ``nasty`` repository."""


def test_each_nasty_branch_leaves_everything_in_its_place(desk: Newsdesk, local: Forged, tmp_path: Path):
    """G1: as a file, and as a folder that holds one; nothing outside the queue, the honest text comes."""
    blob = local.object("blob", article("Un titre"))
    inner = local.tree([("100644", b"x.md", blob), ("100755", b"post-checkout", blob)])
    rows = [("40000" if rank % 2 else "100644", name, inner if rank % 2 else blob) for rank, name in enumerate(NASTY)]
    local.commit(local.tree([*rows, ("100644", b"bon.md", local.object("blob", article("Bon")))]))
    before = {p for p in tmp_path.rglob("*") if desk.folder not in p.parents}
    done = desk.one()
    assert (46, "") == (len(NASTY), done.health.fault)
    assert before == {p for p in tmp_path.rglob("*") if desk.folder not in p.parents}
    assert all(re.fullmatch(r"attente/0869001S/[a-z0-9-]{1,90}\.md", path) for path in desk.files())
    assert "Bon" in names(desk)


@pytest.mark.parametrize("target", ["/etc/passwd", "/proc/self/environ", "..", "lien.md", "../0869002T.git/HEAD", "."])
def test_no_link_is_followed(desk: Newsdesk, local: Forged, target: str):
    """G3, G4: to a file of the machine, itself, another school; as a text, a folder, a picture, ``.gitmodules``."""
    link = local.object("blob", target.encode())
    told = article("Bon", "![Un plan](plan.jpg)")
    links = [("120000", name, link) for name in (b"lien.md", b"dossier", b"plan.jpg", b".gitmodules")]
    local.commit(local.tree([*links, ("100644", b"bon.md", local.object("blob", told))]))
    done = desk.one()
    (text,) = desk.files().values()
    assert (4, "", False) == (
        notes(done).count("lien symbolique"),
        done.health.fault,
        "root:" in text or "PATH=" in text,
    )
    assert not (desk.folder / "quarantaine").exists()


def test_no_name_leads_out_of_the_queue(desk: Newsdesk, local: Forged, tmp_path: Path):
    """G1, G19, M25: whatever a tree calls its files, ours are named by us, and shown escaped."""
    blob = local.object("blob", article("Un titre"))
    rows = [("100644", name, blob) for name in HOSTILE]
    inner = local.tree([("100644", b"x.md", blob)])
    local.commit(local.tree([*rows, ("40000", b"..x", inner), ("40000", b".git2", inner), ("100644", b"bon.md", blob)]))
    before = {p for p in tmp_path.rglob("*") if desk.folder not in p.parents}
    done = desk.one()
    assert before == {p for p in tmp_path.rglob("*") if desk.folder not in p.parents}
    assert all(re.fullmatch(r"attente/0869001S/[a-z0-9-]{1,90}\.md", path) for path in desk.files())
    assert (True, False) == (len(desk.files()) > 3, any(c in notes(done) for c in "\x1b\u202e"))


def test_twins_by_case_or_accents_are_one(desk: Newsdesk, local: Forged):
    """G18."""
    local.files(
        {"A.md": article("Grand"), "a.md": article("Petit"), "\u00e9.md": article("NFC"), "e\u0301.md": article("NFD")}
    )
    done = desk.one()
    assert (2, 2) == (len(desk.files()), notes(done).count("même nom que"))


def test_a_git_bomb_is_cut(desk: Newsdesk, local: Forged):
    """G5, at its full size: more than ten thousand million paths in a few objects."""
    tree = local.tree([("100644", f"f{n}".encode(), local.object("blob", b"x")) for n in range(10)])
    for _ in range(10):
        tree = local.tree([("40000", f"d{n}".encode(), tree) for n in range(10)])
    local.commit(tree)
    done = desk.one()
    assert ("GIT-02", f"plus de {ENTRIES} fichiers") == (done.health.code, done.health.fault)


def test_a_hundred_thousand_files_are_cut(desk: Newsdesk, local: Forged):
    """G7, at its full size: the limit is named, and nothing comes."""
    blob = local.object("blob", article("Un"))
    local.commit(local.tree([("100644", f"{n:06}.md".encode(), blob) for n in range(100_000)]))
    done = desk.one()
    assert ("GIT-02", f"plus de {ENTRIES} fichiers", {}) == (done.health.code, done.health.fault, desk.files())


def test_sizes_are_asked_first(desk: Newsdesk, local: Forged):
    """G6, G7: a blob of 64 MiB (256 in full) in a small pack, deep paths, long paths."""
    big = {
        "gros.md": bytes((256 if IS_WHOLE else 64) << 20),
        "bon.md": article("Bon"),
        "/".join("d" * 20) + "/x.md": article("Profond"),
    }
    local.files(big)
    done = desk.one()
    assert ({"Bon"}, True, True) == (names(desk), "plus de 1 Mo" in notes(done), "chemin trop long" in notes(done))


LARGE = {"bon.md": article("Bon"), "film.mp4": os.urandom(21 << 20)}
"""What no pack of 4 MiB holds, beside an honest article."""


@pytest.mark.parametrize("way", ["path", "http", "ssh"])
def test_a_large_file_stays_at_the_forge(desk: Newsdesk, repository: Forged, monkeypatch: pytest.MonkeyPatch, way: str):
    """G6: named, never fetched, at the first run and at the next; the honest texts of its commits come."""
    monkeypatch.setattr("gazette.newsdesk.repository.PACK", 4 * 1024)
    first = repository.files(LARGE)
    repository.git("config", "uploadpack.allowFilter", "true")
    (keys := desk.folder / "cles").mkdir()
    with over_http(repository.path.parent) as url, over_ssh(keys) as sshd:
        addresses = {"path": str(repository.path), "http": f"{url}/ecole.git", "ssh": sshd.url(repository.path)}
        desk.declare("git", addresses[way])
        known = {"known_hosts": str(sshd.known_hosts), "ssh_key": str(sshd.key)}
        done = desk.one(**known)
        assert ("", {"Bon"}) == (done.health.fault, names(desk))
        assert "film.mp4 : plus de 20 Mo" in notes(done)
        second = repository.files(LARGE | {"b.md": article("B")}, first)
        desk.run(**known)
        assert {"Bon", "B"} == names(desk)
        repository.files({"b.md": article("B"), "film.mp4": LARGE["film.mp4"]}, second)
        done = desk.one(**known)
    assert ("", {"B"}) == (done.health.fault, names(desk))
    (mirror,) = (desk.folder / "etat" / "depots").iterdir()
    assert sum(f.stat().st_size for f in mirror.rglob("*") if f.is_file()) < 1 << 20


def test_a_server_that_leaves_nothing_out_meets_the_bound(
    desk: Newsdesk, repository: Forged, monkeypatch: pytest.MonkeyPatch
):
    """G6: it knows no filter and sends all of it: so much is taken and no more, and the limit is named."""
    monkeypatch.setattr("gazette.newsdesk.repository.PACK", 4 * 1024)
    repository.files(LARGE)
    with over_http(repository.path.parent) as url:
        desk.declare("git", f"{url}/ecole.git")
        done = desk.one()
    assert ("GIT-02", "plus de 4 Mo", {}) == (done.health.code, done.health.fault[:12], desk.files())
    (mirror,) = (desk.folder / "etat" / "depots").iterdir()
    assert sum(f.stat().st_size for f in mirror.rglob("*") if f.is_file()) < 6 << 20


@pytest.mark.parametrize("path", ["d/" * 1000, ("l" * 250 + "/") * 17], ids=["1,000 deep", "4,267 bytes"])
def test_a_path_without_end_costs_itself(desk: Newsdesk, local: Forged, path: str):
    """G7: named, and the honest text comes."""
    files = {f"{path}x.md": article("Loin"), "bon.md": article("Bon")}
    rows = b"".join(f"M 644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n" for name, data in files.items())
    head = b"commit refs/heads/main\ncommitter e <e@x> 1763800000 +0100\ndata 1\nx\n"
    local.git("fast-import", "--quiet", data=head + rows)
    done = desk.one()
    assert ("", {"Bon"}, True) == (done.health.fault, names(desk), "chemin trop long" in notes(done))


def test_a_rewritten_history_is_followed_and_recorded(desk: Newsdesk, local: Forged):
    """G12: force-pushed to an unrelated root; an ordinary push says nothing."""
    first = local.files(GOOD)
    desk.run()
    second = local.files(GOOD | {"articles/b.md": article("B")}, first)
    ordinary = desk.one()
    third = local.files({"articles/jardin.md": article("Le jardin, deux"), "articles/b.md": article("B")})
    done = desk.one()
    page = done.page
    assert ("", True) == (ordinary.page.moved_from, "histoire réécrite" in notes(done))
    assert ((second, third), {"Le jardin, deux", "B"}) == ((page.moved_from, page.version), names(desk))


def test_an_emptied_repository_deletes_nothing(desk: Newsdesk, local: Forged):
    """G13."""
    local.files({f"{n}.md": article(f"T{n}") for n in range(5)})
    desk.run()
    local.files({})
    done = desk.one()
    assert (5, "la source ne contient plus rien") == (len(desk.files()), done.health.held)


def test_what_is_taken_off_leaves_the_mirror(desk: Newsdesk, local: Forged):
    """R10: the blob of a withdrawn article is not kept here either."""
    kept = {f"{n}.md": article(f"T{n}") for n in range(5)}
    first = local.files(kept | {"gone.md": article("Retiré")})
    blob = local.git("rev-parse", f"{first}:gone.md").decode().strip()
    desk.run()
    local.files(kept, first)
    done = desk.one()
    (mirror,) = (desk.folder / "etat" / "depots").iterdir()
    there = subprocess.run(["git", f"--git-dir={mirror}", "cat-file", "-e", blob], check=False, capture_output=True)
    assert (1, True) == (done.withdrawn, there.returncode != 0)


def test_locks_of_a_dead_git_are_healed(desk: Newsdesk, local: Forged):
    """G2."""
    first = local.files(GOOD)
    desk.run()
    (mirror,) = (desk.folder / "etat" / "depots").iterdir()
    for name in ("index.lock", "shallow.lock", "packed-refs.lock", "config.lock", "HEAD.lock", "refs/gazette/tip.lock"):
        (mirror / name).parent.mkdir(exist_ok=True, parents=True)
        (mirror / name).touch()
    local.files(GOOD | {"b.md": article("B")}, first)
    assert ("", {"Le jardin", "B"}) == (desk.one().health.fault, names(desk))


def test_a_broken_mirror_is_made_again(desk: Newsdesk, local: Forged):
    """3B: a cache flipped or emptied costs time only."""
    local.files(GOOD)
    desk.run()
    before = desk.tree()
    (mirror,) = (desk.folder / "etat" / "depots").iterdir()
    (mirror / "HEAD").unlink()
    assert ("", before) == (desk.one().health.fault, desk.tree())


def test_a_repository_brings_no_program(desk: Newsdesk, local: Forged):
    """G10, G11, S135: attributes, hooks, an embedded bare repository with a configuration: never run."""
    trap = "/tmp/gazette-piege-collecte"
    Path(trap).unlink(missing_ok=True)
    config = f"[core]\n\tbare = true\n\tfsmonitor = touch {trap}\n\tsshCommand = touch {trap}\n".encode()
    local.files({
        ".gitattributes": b"*.md filter=x export-subst\n", "HEAD": b"ref: refs/heads/main\n", "config": config,
        "objects/x": b"", "refs/x": b"", "hooks/post-checkout": f"#!/bin/sh\ntouch {trap}\n".encode(),
        "pelicanconf.py": f"open('{trap}', 'w')\n".encode(), "conftest.py": b"raise SystemExit\n", "a.md": article("A"),
    })  # fmt: skip
    desk.run()
    assert ({"A"}, False) == (names(desk), Path(trap).exists())


@pytest.mark.parametrize("when", ["99999999999 +0000", "-1 +0000", "1763800000 +9999"])
def test_dates_and_names_of_commits_are_not_ours(desk: Newsdesk, local: Forged, when: str):
    """G20: nothing of them is read; the school signs."""
    tree = local.tree([("100644", b"a.md", local.object("blob", article("A")))])
    local.commit(tree, when=when, author="<script>Rectorat <x@y>")
    desk.run()
    (text,) = desk.files().values()
    assert (True, False) == (f"auteur: {UAI}" in text, "Rectorat" in text)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Pas d'en-tete.\n", "en-tête absent"),
        (article("A", date="2026-99-99"), "sans date lisible"),
        (b"---\ntitre: A\nresume: b\n---\nx\n", "sans date lisible"),
        (b"---\ntitre: A\ndate: 2026-11-02\nedition: directeurs\n---\nx\n", "lecteurs choisis"),
        (b"---\ntitre: A\ndate: 2026-11-02\naudience: [public, prive]\n---\nx\n", "lecteurs choisis"),
        (b"---\ntitre: &a [*a]\ndate: 2026-11-02\n---\nx\n", "commence par & ou"),
        (b"---\ntitre: A\ntitre: B\ndate: 2026-11-02\n---\nx\n", "écrite deux fois"),
        (b"---\ntitre: !!python/object:os.system x\n---\n", "commence par !"),
        ("---\ntitre: é\ndate: 2026-11-02\n---\nx\n".encode("utf-16"), "UTF-16"),
        (b"---\ntitre: \xe9\ndate: 2026-11-02\n---\nx\n", "UTF-8"),
        (b"---\ntitre: A\ndate: 2026-11-02\n---\n" + b"[" * 16_000, "lourd"),
        (article("A", "Un.\n<<<<<<< HEAD\nDeux.\n=======\n>>>>>>> autre"), "deux versions"),
        (article("A", "Un.\n\n<!-- vu avec la famille"), "jamais refermée"),
    ],
)
def test_a_text_that_cannot_be_taken_costs_itself_alone(desk: Newsdesk, local: Forged, data: bytes, why: str):
    """M28-M34, M39: named in the report, the others come."""
    local.files({"a.md": data, "b.md": article("Bon")})
    done = desk.one(seconds=60.0)
    assert ({"Bon"}, True) == (names(desk), why in notes(done))


def test_a_draft_is_not_taken(desk: Newsdesk, local: Forged):
    """What its author does not publish is not ours to show, even to who moderates."""
    local.files({"a.md": b"---\ntitre: A\ndate: 2026-11-02\nstatut: brouillon\n---\nx\n", "b.md": article("Bon")})
    assert ("", {"Bon"}) == (notes(desk.one()), names(desk))


def test_active_html_is_taken_out_before_it_is_written(desk: Newsdesk, local: Forged):
    """M35-M37, M43: by the reader's own sanitiser."""
    text = "Avant <script>alert(1)</script> <img src=https://t.example/p.gif> [x](javascript:1) **après**"
    local.files({"a.md": article("A", text)})
    desk.run()
    (told,) = desk.files().values()
    assert (True, []) == ("**après**" in told, [w for w in ("script", "t.example", "javascript") if w in told])


def test_a_local_path_stays_under_the_roots(desk: Newsdesk, local: Forged, tmp_path: Path):
    """G8: where publishconf.py names folders, nothing else of this machine is read, through a link neither."""
    local.files(GOOD)
    (tmp_path / "permis").mkdir()
    link = tmp_path / "permis" / "lien.git"
    link.symlink_to(local.path)
    desk.declare("git", str(link), OTHER)
    refused = [g.health.code for g in desk.run(roots=(tmp_path / "permis",)).gathered]
    desk.later(days=2)
    allowed = [g.health.code for g in desk.run(roots=(tmp_path,)).gathered]
    assert (["DOS-03", "DOS-03"], ["", ""]) == (refused, allowed)


@pytest.mark.parametrize("end", ["kill -ABRT $$", "kill -KILL $$", "kill -SEGV $$", "exit 0", "printf 'abc'; exit 0"])
def test_a_git_that_dies_or_answers_short_costs_its_source_alone(
    desk: Newsdesk, local: Forged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
):
    """G22, 3B: aborted, killed, cut short with a good code; what stood stands, and the next run is as any other."""
    local.files({"a.md": article("A")})
    desk.run()
    before = desk.tree()
    local.files({"a.md": article("A"), "b.md": article("B")})
    programs = tmp_path / "programmes"
    programs.mkdir()
    (programs / "git").write_text(f"#!/bin/sh\n{end}\n")
    (programs / "git").chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
        health = desk.one().health
    assert (True, before) == (health.code.startswith("GIT-"), desk.tree())
    desk.later(days=2)
    desk.run()
    assert {"A", "B"} == names(desk)
