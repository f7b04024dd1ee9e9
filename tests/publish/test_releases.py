"""Releases on a disk: an edition is on line whole, or the one before is; and there is a way back."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from gazette.errors import BusyError, TargetError
from gazette.publish.lease import IDLE, LOCK
from gazette.publish.local import LocalDisk
from gazette.publish.releases import KEPT, PARTIAL, STORE, Prepared, Releases
from gazette.publish.ssh import SshDisk
from gazette.publish.stage import publish
from gazette.publish.stage import target as declared
from tests.plain import files
from tests.publish.newsstand import facts, live, proofed, put
from tests.publish.servers import Sshd

PAGES = 12


WAYS = ("local", "ssh", "sftp")
anywhere = pytest.mark.parametrize("target", WAYS, indirect=True)
"""What a test costs thrice; the others are, too, in the full counts."""


@pytest.fixture(params=WAYS if os.environ.get("GAZETTE_COMPLET") else WAYS[:1])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Releases]:
    """Give an empty target: the same folder, reached in three ways."""
    if request.param == "local":
        yield Releases(LocalDisk(tmp_path / "www"))
        return
    server = request.getfixturevalue("shell_server" if request.param == "ssh" else "sftp_server")
    found = Releases(SshDisk(server.host(tmp_path / "www")))
    with found.session():
        yield found


@anywhere
def test_a_first_publication_puts_everything_on_line(tmp_path: Path, target: Releases):
    """Every edition at its link."""
    plans = put(target, proofed(tmp_path, index="a", frise__index="b"), proofed(tmp_path, "directeurs", index="c"))
    found = (live(tmp_path), live(tmp_path, "directeurs"), [len(p.uploads) for p in plans])
    assert ({"index.html": b"a", "frise/index.html": b"b"}, {"index.html": b"c"}, [2, 1]) == found


@anywhere
def test_every_file_of_every_release_is_read_again(tmp_path: Path, target: Releases):
    """What stood on line before is found in the release that keeps it."""
    put(target, proofed(tmp_path, index="avant"))
    put(target, proofed(tmp_path, index="après"))
    known = {sha256(text.encode()).hexdigest(): text for text in ("avant", "après")}
    found = {known[d]: p.split("/", 2)[2] for p, d in target.digests().items() if d in known}
    assert {"avant": "000001/public/index.html", "après": "000002/public/index.html"} == found


def test_nothing_changed_publishes_nothing(tmp_path: Path, target: Releases):
    """The same release stays on line."""
    edition = proofed(tmp_path, index="a")
    put(target, edition)
    before = (tmp_path / "www" / "public").resolve()
    plan = put(target, edition)[0]
    assert (True, before) == (plan.is_empty, (tmp_path / "www" / "public").resolve())


@anywhere
def test_a_change_is_planned_and_published(tmp_path: Path, target: Releases):
    """One file sent, one kept, one deleted."""
    put(target, proofed(tmp_path, index="a", frise="b", vieux="c"))
    edition = proofed(tmp_path, index="A", frise="b")
    planned, done = target.plan([edition.manifest])[0], put(target, edition)[0]
    assert (done, {"index.html": b"A", "frise.html": b"b"}, (("index.html",), ("frise.html",), ("vieux.html",))) == (
        planned,
        live(tmp_path),
        (done.uploads, done.keeps, done.deletes),
    )


@anywhere
def test_planning_changes_nothing(tmp_path: Path, target: Releases):
    """``--simuler`` leaves no trace."""
    target.plan([proofed(tmp_path, index="a").manifest])
    assert False is (tmp_path / "www").exists()


def test_readers_see_whole_editions_only(tmp_path: Path, target: Releases):
    """A reader who opens pages while twenty editions are published never sees one of a third edition, nor none."""
    pages = [f"p{n}" for n in range(PAGES)]
    put(target, proofed(tmp_path, **dict.fromkeys(pages, "0")))
    stop, seen = threading.Event(), set()
    link = tmp_path / "www" / "public"

    def read() -> None:
        while not stop.is_set():
            root = link.resolve(strict=True)  # a server answers a page and what it holds from one folder
            with contextlib.suppress(FileNotFoundError):  # that folder was the sixth oldest meanwhile
                seen.add(frozenset((root / f"{page}.html").read_text() for page in pages))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 21):
        put(target, proofed(tmp_path, **dict.fromkeys(pages, str(number))))
    stop.set()
    reader.join(60)
    assert ({1}, False) == ({len(found) for found in seen}, reader.is_alive())


def test_the_link_is_never_missing(tmp_path: Path, target: Releases):
    """It is replaced by a rename: whenever it is opened, there is an edition behind."""
    put(target, proofed(tmp_path, index="0"))
    stop, faults, seen = threading.Event(), [], set()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add((tmp_path / "www" / "public" / "index.html").read_text())
            except OSError as error:
                faults.append(repr(error))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 4):  # fewer than are kept: a reader's folder is not removed under it
        put(target, proofed(tmp_path, index=str(number)))
    stop.set()
    reader.join(60)
    assert ([], set()) == (faults, seen - set("0123"))


def test_a_file_changed_since_its_proof_is_refused(tmp_path: Path, target: Releases):
    """Even of the same length: nothing goes on line, and the old edition stays."""
    put(target, proofed(tmp_path, index="a"))
    edition = proofed(tmp_path, index="b")
    Path(edition.root, "index.html").write_text("c")
    with pytest.raises(TargetError, match="modifié depuis"):
        put(target, edition)
    assert {"index.html": b"a"} == live(tmp_path)


def test_a_file_that_vanished_since_its_proof_is_refused(tmp_path: Path, target: Releases):
    """It is told, and the old edition stays."""
    put(target, proofed(tmp_path, index="a"))
    edition = proofed(tmp_path, index="b")
    Path(edition.root, "index.html").unlink()
    with pytest.raises(TargetError, match="disparu"):
        put(target, edition)
    assert {"index.html": b"a"} == live(tmp_path)


def test_one_edition_that_is_refused_holds_the_others_back(tmp_path: Path, target: Releases):
    """All are prepared before any goes on line."""
    put(target, proofed(tmp_path, index="a"))
    good, bad = proofed(tmp_path, index="b"), proofed(tmp_path, "directeurs", index="c")
    Path(bad.root, "index.html").write_text("tampered")
    with pytest.raises(TargetError):
        put(target, good, bad)
    assert ({"index.html": b"a"}, {}) == (live(tmp_path), live(tmp_path, "directeurs"))


@pytest.mark.parametrize("place", ["public", ".courante", ".gazette/editions"])
def test_a_folder_in_place_of_a_link_is_left_alone(tmp_path: Path, target: Releases, place: str):
    """Somebody's files are not ours to replace; nor is a link where our folder should be ours to follow."""
    (tmp_path / "www" / ".gazette").mkdir(parents=True)
    mine = tmp_path / "www" / place
    if place == ".gazette/editions":
        (tmp_path / "ailleurs").mkdir()
        mine.symlink_to(tmp_path / "ailleurs")
    else:
        mine.mkdir()
    (mine / "index.html").write_text("à moi")
    with pytest.raises(TargetError, match="retirez-le"):
        put(target, proofed(tmp_path, index="a"))
    assert {"index.html": "à moi".encode()} == files(mine)


@pytest.mark.parametrize("place", ["public", ".courante"])
@pytest.mark.parametrize("leads", ["../ailleurs", ".gazette/editions/000001/../../../ailleurs", "/etc"])
def test_a_link_that_leads_elsewhere_is_left_alone(tmp_path: Path, target: Releases, place: str, leads: str):
    """It is not one of our releases."""
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / place).symlink_to(leads)
    with pytest.raises(TargetError, match="retirez-le"):
        put(target, proofed(tmp_path, index="a"))
    assert Path(leads) == (tmp_path / "www" / place).readlink()


@anywhere
def test_links_planted_in_a_release_are_not_followed(tmp_path: Path, target: Releases):
    """In place of a file or of a folder: what they lead to is neither read, nor changed, nor removed."""
    outside = tmp_path / "ailleurs"
    outside.mkdir()
    (outside / "b.html").write_text("à moi")
    edition = proofed(tmp_path, index="a", fil__b="à moi")
    put(target, edition)
    release = (tmp_path / "www" / "public").resolve()
    (release / "fil" / "b.html").unlink()
    (release / "fil").rmdir()
    (release / "fil").symlink_to(outside)
    (release / "index.html").unlink()
    (release / "index.html").symlink_to(outside / "b.html")
    (release / "intrus").symlink_to("/etc/passwd")
    left = tmp_path / "www" / PARTIAL / "public"
    left.mkdir(parents=True)
    (left / "fil").symlink_to(outside)
    plan = put(target, edition)[0]
    for number in range(KEPT):
        put(target, proofed(tmp_path, index=str(number)))
    assert (("fil/b.html", "index.html"), ("fil", "intrus"), {"b.html": "à moi".encode()}) == (
        plan.uploads,
        plan.deletes,
        files(outside),
    )


def test_five_releases_are_kept(tmp_path: Path, target: Releases):
    """The newest, for a way back."""
    for number in range(KEPT + 3):
        put(target, proofed(tmp_path, index=str(number)))
    kept = sorted(p for p in (tmp_path / "www" / STORE).iterdir() if p.is_dir())
    assert [str(n) for n in range(3, KEPT + 3)] == [(p / "public" / "index.html").read_text() for p in kept]


def test_nothing_but_proofed_is_published(tmp_path: Path):
    """A manifest, or what looks like a proof, is no proof."""
    settings = tmp_path / "publishconf.py"
    settings.write_text('TARGETS = {"local": {"type": "local"}}')
    place = declared(settings, "local", str(tmp_path / "www"))
    edition = proofed(tmp_path, index="a")
    for fake in (edition.manifest, str(edition.root), None):
        with pytest.raises(TypeError):
            publish(place, (fake,), facts(), lambda _: None)  # type: ignore[arg-type]  # this is the fault
    assert False is (tmp_path / "www").exists()


class KilledError(BaseException):
    """Ends the run where a kill would."""


@pytest.mark.parametrize("step", ["switch", "finish"])
def test_a_run_killed_between_two_steps_is_made_good_by_the_next(
    tmp_path: Path, target: Releases, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Before the switch the old edition is on line; the next run ends with the new one, in either case."""
    put(target, proofed(tmp_path, index="a"))
    edition = proofed(tmp_path, index="b")

    def die(*_: object) -> None:
        raise KilledError

    monkeypatch.setattr(target, step, die)
    with pytest.raises(KilledError):
        put(target, edition)
    between = live(tmp_path)
    put(Releases(LocalDisk(tmp_path / "www")), edition)
    expected = {"switch": b"a", "finish": b"b"}[step]
    assert ({"index.html": expected}, {"index.html": b"b"}) == (between, live(tmp_path))


def test_a_run_killed_while_it_copies_leaves_the_old_edition(tmp_path: Path, target: Releases):
    """What it left half made is removed by the next."""
    put(target, proofed(tmp_path, index="a"))
    left = tmp_path / "www" / PARTIAL / "public"
    left.mkdir(parents=True)
    (left / "index.html").write_text("hal")
    (left / "vieux.html").write_text("x")
    put(target, proofed(tmp_path, index="b"))
    assert ({"index.html": b"b"}, False) == (live(tmp_path), left.exists())


def test_a_release_without_its_manifest_is_published_again(tmp_path: Path, target: Releases):
    """What cannot be believed is not kept."""
    edition = proofed(tmp_path, index="a")
    put(target, edition)
    for row in (tmp_path / "www" / STORE).glob("*.json"):
        row.write_text("{")
    assert 1 == len(put(target, edition)[0].uploads)


def test_a_release_that_was_damaged_is_mended(tmp_path: Path, target: Releases):
    """A file that is gone, or cut, is sent again."""
    edition = proofed(tmp_path, index="a", frise="bb")
    put(target, edition)
    (tmp_path / "www" / "public" / "frise.html").write_text("b")
    plan = put(target, edition)[0]
    assert (("frise.html",), {"index.html": b"a", "frise.html": b"bb"}) == (plan.uploads, live(tmp_path))


@anywhere
def test_two_publications_at_once_are_told_apart(tmp_path: Path, target: Releases):
    """The second says so, and changes nothing."""
    put(target, proofed(tmp_path, index="a"))
    edition = proofed(tmp_path, index="b")
    told = []

    class Nosy(Releases):
        def switch(self, prepared: Prepared) -> None:
            with pytest.raises(BusyError) as caught:
                put(target, edition)
            told.append(f"(processus {os.getpid()}), depuis 0 min" in str(caught.value))
            super().switch(prepared)

    put(Nosy(target.disk), edition)
    assert ([True], {"index.html": b"b"}) == (told, live(tmp_path))


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path):
    """A file where the folder should be."""
    (tmp_path / "www").write_text("")
    with pytest.raises(TargetError, match="impossible"):
        put(Releases(LocalDisk(tmp_path / "www")), proofed(tmp_path, index="a"))


def test_nothing_of_the_machine_s_paths_is_in_a_link(tmp_path: Path, target: Releases):
    """The folder may be moved whole: links are relative."""
    put(target, proofed(tmp_path, index="a"))
    (tmp_path / "www").rename(tmp_path / "srv")
    assert {"index.html": b"a"} == files((tmp_path / "srv" / "public").resolve())


def test_an_edition_withdrawn_from_a_release_is_no_more_on_line(tmp_path: Path, target: Releases):
    """What the build no longer holds is not in the new release."""
    put(target, proofed(tmp_path, index="a", retire="secret"))
    edition = proofed(tmp_path, index="a")
    put(target, edition)
    assert {"index.html": b"a"} == live(tmp_path)


@anywhere
def test_a_release_changed_by_hand_is_published_again(tmp_path: Path, target: Releases):
    """A page with other bytes of the same length, and a file nobody published, are not on line after the next run."""
    edition = proofed(tmp_path, index="abc")
    put(target, edition)
    release = (tmp_path / "www" / "public").resolve()
    (release / "index.html").write_text("ABC")
    (release / "intrus.html").write_text("x")
    plan = put(target, edition)[0]
    assert (("index.html",), ("intrus.html",), {"index.html": b"abc"}) == (plan.uploads, plan.deletes, live(tmp_path))


def test_all_editions_go_on_line_by_one_rename(tmp_path: Path, target: Releases):
    """``DIR/<edition>`` never changes: it leads through the one link that does."""
    put(target, proofed(tmp_path, index="a"), proofed(tmp_path, "directeurs", index="a"))
    links = [(tmp_path / "www" / name).lstat().st_mtime_ns for name in ("public", "directeurs")]
    put(target, proofed(tmp_path, index="b"), proofed(tmp_path, "directeurs", index="b"))
    after = [(tmp_path / "www" / name).lstat().st_mtime_ns for name in ("public", "directeurs")]
    assert (links, Path(".courante/public"), {"index.html": b"b"}) == (
        after,
        (tmp_path / "www" / "public").readlink(),
        live(tmp_path, "directeurs"),
    )


@anywhere
def test_an_edition_that_is_no_more_goes_off_line(tmp_path: Path, target: Releases):
    """With its link; and the plan says so before."""
    public = proofed(tmp_path, index="a")
    put(target, public, proofed(tmp_path, "directeurs", index="secret"))
    planned = target.plan([public.manifest])
    put(target, public)
    assert ([("public", ()), ("directeurs", ("index.html",))], False) == (
        [(p.audience, p.deletes) for p in planned],
        (tmp_path / "www" / "directeurs").is_symlink(),
    )


@anywhere
def test_what_did_not_change_is_the_same_file(tmp_path: Path, target: Releases):
    """A hard link: five releases take the room of one, and only what changed is written."""
    put(target, proofed(tmp_path, index="a", frise="b"))
    before = (tmp_path / "www" / "public" / "frise.html").stat().st_ino
    put(target, proofed(tmp_path, index="A", frise="b"))
    assert before == (tmp_path / "www" / "public" / "frise.html").stat().st_ino


@anywhere
def test_an_interrupted_run_is_taken_up_where_it_stopped(tmp_path: Path, target: Releases):
    """A file that arrived whole is not sent again; one that was cut is."""
    edition = proofed(tmp_path, index="abc", frise="def")
    left = tmp_path / "www" / PARTIAL / "public"
    left.mkdir(parents=True)
    (left / "index.html").write_text("abc")
    (left / "frise.html").write_text("dxx")
    inode = (left / "index.html").stat().st_ino
    sent: list[int] = []
    with target.alone():
        target.switch(target.prepare([edition], facts(), sent.append))
    assert ([3], inode, {"index.html": b"abc", "frise.html": b"def"}) == (
        sent,
        (tmp_path / "www" / "public" / "index.html").stat().st_ino,
        live(tmp_path),
    )


def ended() -> int:
    """Return the number of a process of this machine that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


@anywhere
def test_who_died_holding_the_target_is_told(tmp_path: Path, target: Releases):
    """And the next run goes on: on this machine, no process of that number lives."""
    lock = tmp_path / "www" / LOCK
    lock.parent.mkdir(parents=True)
    died = {"user": "ci", "host": socket.gethostname(), "process": ended(), "since": "2026-11-23T08:00:00+00:00"}
    lock.write_text(json.dumps(died))
    with target.alone() as dead:
        assert dead.startswith(f"ci@{died['host']} (processus {died['process']}), depuis")
    with target.alone() as dead:
        assert "" == dead
    assert [] == list(lock.parent.glob("verrou*"))


@anywhere
@pytest.mark.parametrize("host", ["ailleurs", "here"])
def test_who_is_silent_for_ten_minutes_is_held_for_dead(tmp_path: Path, target: Releases, host: str):
    """On another machine; and on one of this name, whose number was given to another process: a container's."""
    lock, told = tmp_path / "www" / LOCK, socket.gethostname() if host == "here" else host
    lock.parent.mkdir(parents=True)
    silent = {"user": "ci", "host": told, "process": os.getpid(), "since": "2026-11-23T08:00:00+00:00"}
    lock.write_text(json.dumps(silent))
    with pytest.raises(BusyError, match=f"ci@{told} .* tenue pour morte dans 10 min"):
        put(target, proofed(tmp_path, index="a"))
    old = lock.stat().st_mtime - IDLE - 1
    os.utime(lock, (old, old))
    put(target, proofed(tmp_path, index="a"))
    assert ({"index.html": b"a"}, False) == (live(tmp_path), lock.exists())


@pytest.mark.parametrize("first", ["local", "ssh", "sftp"])
def test_one_folder_has_one_lock_whichever_way_one_comes(
    tmp_path: Path, shell_server: Sshd, sftp_server: Sshd, first: str
):
    """Who publishes here keeps out who comes through a connection, and the other way round."""
    ways = {
        "local": LocalDisk(tmp_path / "www"),
        "ssh": SshDisk(shell_server.host(tmp_path / "www")),
        "sftp": SshDisk(sftp_server.host(tmp_path / "www")),
    }
    holder, told = Releases(ways.pop(first)), []
    with holder.session(), holder.alone():
        for disk in ways.values():
            other = Releases(disk)
            with other.session(), pytest.raises(BusyError) as caught:
                put(other, proofed(tmp_path, index="a"))
            told.append(f"(processus {os.getpid()}), depuis 0 min" in str(caught.value))
    for disk in ways.values():
        other = Releases(disk)
        with other.session(), other.alone() as dead:
            told.append(dead == "")
    assert [True] * 4 == told


def test_a_folder_of_this_machine_is_held_by_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A long publication renews its lock, for whoever judges it from another machine."""
    monkeypatch.setattr("gazette.publish.local.BEAT", 0.01)
    target, lock = Releases(LocalDisk(tmp_path / "www")), tmp_path / "www" / LOCK
    with target.alone():
        os.utime(lock, (0, 0))
        for _ in range(1000):
            if lock.stat().st_mtime:
                break
            threading.Event().wait(0.01)
        assert lock.stat().st_mtime > 0
    assert False is lock.exists()


@anywhere
@pytest.mark.parametrize("what", ["lien", "dossier"])
def test_what_is_no_lock_of_ours_is_told(tmp_path: Path, target: Releases, what: str):
    """Nobody waits for it for ever, and what a link leads to stays."""
    (tmp_path / "www" / ".gazette").mkdir(parents=True)
    (tmp_path / "ailleurs").write_text("à moi")
    if what == "lien":
        (tmp_path / "www" / LOCK).symlink_to(tmp_path / "ailleurs")
    else:
        (tmp_path / "www" / LOCK).mkdir()
    with pytest.raises(TargetError, match="pas un verrou de Gazette ; retirez-le"):
        put(target, proofed(tmp_path, index="a"))
    assert ("à moi", False) == ((tmp_path / "ailleurs").read_text(), (tmp_path / "www" / "public").exists())


FORGED = (
    '{"schema":1,"numero":1,"le":"x","jour":"x","commit":"",'
    '"editions":{"public":{"fichiers":{"PATH":["d",1,1,""]},"sources":{}}}}'
)


STRANGE = (
    *(FORGED.replace("PATH", path) for path in ("../../../../ailleurs/b", "/etc/passwd", "a//b", "..", "a\\\\b")),
    *(FORGED.replace("PATH", path) for path in ("a\\u0000b", "\\ud800")),
    FORGED.replace("PATH", "index.html").replace('"d",1', '"d",1e999'),
    FORGED.replace("PATH", "index.html").replace('"d",1', '"d",-1'),
    FORGED.replace('"numero":1', '"numero":true'),
    FORGED.replace('"public"', '"../public"'),
    "[" * 100_000,
    "{",
    "null",
    "LIEN",
    "DÉMESURÉ",
)


@anywhere
@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_a_forged_record_is_not_believed(tmp_path: Path, target: Releases, text: str, monkeypatch: pytest.MonkeyPatch):
    """It is told, nothing outside is touched, and everything is sent again."""
    for module in ("local", "ssh"):
        monkeypatch.setattr(f"gazette.publish.{module}.MOST", 300_000)
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "b").write_text("à moi")
    edition = proofed(tmp_path, index="a")
    put(target, edition)
    record = tmp_path / "www" / STORE / "000001.json"
    if text == "LIEN":
        (tmp_path / "ailleurs" / "b").write_bytes(record.read_bytes())
        record.unlink()
        record.symlink_to(tmp_path / "ailleurs" / "b")
    elif text == "DÉMESURÉ":
        with record.open("ab") as file:
            file.write(b" " * 300_000)
    else:
        record.write_text(text)
    before = files(tmp_path / "ailleurs")
    assert ["le manifeste de ce qui est en ligne manque"] == [d.partition(",")[0] for d in target.doubts()]
    with pytest.raises(TargetError, match="pas d'édition gardée"):
        target.back(0, facts())
    plan = put(target, edition)[0]
    found = (plan.uploads, plan.unknown, live(tmp_path), files(tmp_path / "ailleurs"))
    assert (("index.html",), ("index.html",), {"index.html": b"a"}, before) == found


# ---- the way back


def numbered(tmp_path: Path, target: Releases, count: int, **sources: str) -> None:
    """Publish that many editions, whose page says their number."""
    for number in range(1, count + 1):
        put(target, proofed(tmp_path, index=str(number)), told=facts(**sources))


def test_the_way_back_leads_to_the_edition_before(tmp_path: Path, target: Releases):
    """And again to the one before that; then forward."""
    numbered(tmp_path, target, 3)
    found = []
    for number in (0, 0, 3):
        target.back(number, facts())
        found.append(live(tmp_path)["index.html"])
    assert [b"2", b"1", b"3"] == found


@pytest.mark.parametrize("number", [0, 7])
def test_a_way_back_that_leads_nowhere_is_told(tmp_path: Path, target: Releases, number: int):
    """With what is kept."""
    numbered(tmp_path, target, 1)
    with pytest.raises(TargetError, match="éditions gardées : aucune ; faites « git revert »"):
        target.back(number, facts())
    assert {"index.html": b"1"} == live(tmp_path)


@anywhere
@pytest.mark.parametrize(
    ("before", "today"),
    [
        ({"actualites__a.md": "1"}, {}),  # withdrawn, expired, re-classified or refused
        ({"actualites__a.md": "1"}, {"actualites__a.md": "=2"}),  # something is withheld from it now
        ({"media__photo.jpg": "=1"}, {"media__photo.jpg": "=2"}),  # blurred since
    ],
)
def test_what_may_not_come_back_does_not(
    tmp_path: Path, target: Releases, before: dict[str, str], today: dict[str, str]
):
    """The way back is refused, with the names; and the next publication removes the edition that shows it."""
    numbered(tmp_path, target, 2, **before)
    path = next(iter(before)).replace("__", "/")
    with pytest.raises(TargetError, match=f"ne doit plus l'être .*: {path} ; .*publiez à nouveau"):
        target.back(0, facts(**today))
    refused = live(tmp_path)
    put(target, proofed(tmp_path, index="sans"), told=facts(**today))
    gone = not any("1" in f.read_text() for f in (tmp_path / "www" / STORE).rglob("*.html"))
    assert ({"index.html": b"2"}, True, 1) == (refused, gone, len(target.kept()))


@pytest.mark.parametrize("path", ["actualites/a.md", "projets/b/index.md"])
def test_a_slip_costs_no_kept_edition(tmp_path: Path, target: Releases, path: str):
    """A text that cannot be read today is not on line and does not come back; once it is mended, it may."""
    known = {path.replace("/", "__"): "1", "projets__b__carte.jpg": "=1"}
    numbered(tmp_path, target, 2, **known)
    today = facts(frozenset({path}), **({} if "index" in path else {"projets__b__carte.jpg": "=1"}))
    put(target, proofed(tmp_path, index="sans"), told=today)
    with pytest.raises(TargetError, match="ne doit plus l'être"):
        target.back(0, today)
    target.back(0, facts(**known))
    assert {"index.html": b"2"} == live(tmp_path)
    put(target, proofed(tmp_path, index="sans"), told=facts(frozenset({path}), frozenset({"RET-1"})))
    assert 1 == len(target.kept())


def test_a_record_that_names_a_file_too_many_is_written_again(tmp_path: Path, target: Releases):
    """What is told of it is mended by publishing; a sign that a terminal would obey makes a record nobody's."""
    edition = proofed(tmp_path, index="a")
    put(target, edition)
    record = tmp_path / "www" / STORE / "000001.json"
    sound = record.read_text()
    record.write_text(sound.replace('"fichiers":{', '"fichiers":{"autre.html":["d",1,1,""],'))
    assert ("autre.html",) == target.damages()[0].missing
    put(target, edition)
    assert target.damages()[0].is_none
    record = tmp_path / "www" / STORE / "000002.json"
    record.write_text(record.read_text().replace('"fichiers":{', '"fichiers":{"a\\u001b[31m.html":["d",1,1,""],'))
    assert None is target.on_line()


def test_an_older_text_may_come_back(tmp_path: Path, target: Releases):
    """An edition with an earlier state of what may still be shown."""
    put(target, proofed(tmp_path, index="avant"), told=facts(a="1"))
    put(target, proofed(tmp_path, index="après"), told=facts(a="2"))
    target.back(0, facts(a="2"))
    assert {"index.html": b"avant"} == live(tmp_path)


def test_the_token_tree_is_judged_as_its_edition(tmp_path: Path, target: Releases):
    """It shows the same texts."""
    for text in ("1", "2"):
        put(target, proofed(tmp_path, index=text), proofed(tmp_path, "directeurs-jeton", fil=text), told=facts(a="1"))
    with pytest.raises(TargetError, match="ne doit plus l'être"):
        target.back(0, facts())
    target.back(0, facts(a="1"))
    assert {"fil.html": b"1"} == live(tmp_path, "directeurs-jeton")


def test_a_dead_address_does_not_come_back(tmp_path: Path, target: Releases):
    """A way back takes the editions with it, and leaves the token feeds whose names have changed since."""
    for name in ("ancien", "nouveau"):
        shutil.rmtree(tmp_path / "output", ignore_errors=True)
        put(target, proofed(tmp_path, index=name), proofed(tmp_path, "directeurs-jeton", **{name: "x"}))
    target.back(0, facts())
    assert ({"index.html": b"ancien"}, False) == (live(tmp_path), (tmp_path / "www" / "directeurs-jeton").is_symlink())
    put(target, proofed(tmp_path, index="encore"), proofed(tmp_path, "directeurs-jeton", nouveau="x"))
    assert {"nouveau.html": b"x"} == live(tmp_path, "directeurs-jeton")


def test_token_feeds_that_are_off_do_not_come_back(tmp_path: Path, target: Releases):
    """Nor do those of a secret that is gone: publishing without them removed their link."""
    put(target, proofed(tmp_path, index="1"), proofed(tmp_path, "directeurs-jeton", fil="x"))
    put(target, proofed(tmp_path, index="2"))
    before = (tmp_path / "www" / "directeurs-jeton").is_symlink()
    target.back(0, facts())
    assert ({"index.html": b"1"}, [False, False]) == (
        live(tmp_path),
        [before, (tmp_path / "www" / "directeurs-jeton").is_symlink()],
    )


def test_a_damaged_edition_does_not_come_back(tmp_path: Path, target: Releases):
    """Its files are read again before the switch."""
    numbered(tmp_path, target, 2)
    (tmp_path / "www" / STORE / "000001" / "public" / "index.html").write_text("x")
    assert (1,) == target.spoiled()
    with pytest.raises(TargetError, match="abîmée"):
        target.back(0, facts())
    assert {"index.html": b"2"} == live(tmp_path)


def test_what_was_left_behind_by_a_way_back_is_gone_after_the_next_publication(tmp_path: Path, target: Releases):
    """Way back, then publish: numbers go on, and the edition left behind is not kept."""
    numbered(tmp_path, target, 3)
    target.back(0, facts())
    put(target, proofed(tmp_path, index="4"))
    assert ([4, 2, 1], {"index.html": b"4"}) == ([r.number for r in target.kept()], live(tmp_path))


@anywhere
def test_damage_is_told_by_reading_again(tmp_path: Path, target: Releases):
    """A file changed with its size and date kept, one gone, one added."""
    put(target, proofed(tmp_path, index="abc", frise="b", fil="c"))
    release = (tmp_path / "www" / "public").resolve()
    stat = (release / "index.html").stat()
    (release / "index.html").write_text("ABC")
    os.utime(release / "index.html", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (release / "frise.html").unlink()
    (release / "intrus.html").write_text("x")
    damage = target.damages()[0]
    assert (("frise.html",), ("index.html",), ("intrus.html",)) == (damage.missing, damage.changed, damage.strange)


@pytest.mark.parametrize("target", ["local", "ssh"], indirect=True)
def test_what_was_changed_with_its_size_and_date_kept_is_mended(tmp_path: Path, target: Releases):
    """As it is told: publishing reads every file again where that costs no journey, and planning does not."""
    edition = proofed(tmp_path, index="abc")
    put(target, edition)
    page, record = tmp_path / "www" / "public" / "index.html", tmp_path / "www" / STORE / "000001.json"
    stat = page.stat()
    os.utime(record, (stat.st_mtime + 60, stat.st_mtime + 60))
    with page.open("r+") as file:
        file.write("ABC")
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    told = (target.plan([edition.manifest])[0].is_empty, target.damages()[0].changed)
    plan = put(target, edition)[0]
    assert ((True, ("index.html",)), ("index.html",), ("index.html",), {"index.html": b"abc"}) == (
        told,
        plan.uploads,
        plan.unknown,
        live(tmp_path),
    )


@pytest.mark.parametrize("what", ["rien", "un autre lien", "un dossier"])
def test_an_address_that_leads_elsewhere_is_told(tmp_path: Path, target: Releases, what: str):
    """The edition stands whole, and nobody reads it."""
    put(target, proofed(tmp_path, index="a"))
    (tmp_path / "www" / "public").unlink()
    if what == "un autre lien":
        (tmp_path / "www" / "public").symlink_to("/etc")
    elif what == "un dossier":
        (tmp_path / "www" / "public").mkdir()
    damage = target.damages()[0]
    assert (what, False, ((), (), ())) == (
        damage.astray,
        damage.is_none,
        (damage.missing, damage.changed, damage.strange),
    )


@anywhere
def test_a_name_that_is_no_text_is_dealt_with(tmp_path: Path, target: Releases):
    """A file put down by hand, whose name is no UTF-8: told, read for a certificate, and gone with the next release."""
    put(target, proofed(tmp_path, index="a"))
    strange = os.fsencode((tmp_path / "www" / "public").resolve()) + b"/\xff.html"
    Path(os.fsdecode(strange)).write_text("x")
    found = (target.damages()[0].strange, [p for p in target.digests() if "\udcff" in p])
    put(target, proofed(tmp_path, index="b"))
    assert ((("\udcff.html",), 1), {"index.html": b"b"}) == ((found[0], len(found[1])), live(tmp_path))


def test_a_lost_link_is_told(tmp_path: Path, target: Releases):
    """Nobody knows what was on line: everything is sent again, and no kept release may come back."""
    put(target, proofed(tmp_path, index="a"))
    assert [] == list(target.doubts())
    (tmp_path / "www" / ".courante").unlink()
    told = list(target.doubts())
    put(target, proofed(tmp_path, index="a"))
    assert ([True], {"index.html": b"a"}, 1) == (
        ["le lien .courante manque" in doubt for doubt in told],
        live(tmp_path),
        len(target.kept()),
    )


@pytest.mark.parametrize("name", ["999999999.json", "999999999", "000002"])
def test_a_number_put_down_by_hand_leads_nowhere(tmp_path: Path, target: Releases, name: str):
    """Neither the last one there is, nor the next one: numbers go on from ours, and it is cleared away."""
    put(target, proofed(tmp_path, index="a"))
    planted = tmp_path / "www" / STORE / name
    planted.write_text("{}") if planted.suffix else planted.mkdir()
    for text in "bcd":
        put(target, proofed(tmp_path, index=text))
    assert ({"index.html": b"d"}, False) == (live(tmp_path), planted.exists() and planted.stat().st_size == 2)
    assert max(release.number for release in target.kept()) < 10


def test_a_lost_store_is_made_again(tmp_path: Path, target: Releases):
    """The record and the releases gone: told as a link that leads nowhere."""
    put(target, proofed(tmp_path, index="a"))
    shutil.rmtree(tmp_path / "www" / ".gazette")
    with pytest.raises(TargetError, match="retirez-le"):
        put(target, proofed(tmp_path, index="a"))
    (tmp_path / "www" / ".courante").unlink()
    put(target, proofed(tmp_path, index="a"))
    assert {"index.html": b"a"} == live(tmp_path)
