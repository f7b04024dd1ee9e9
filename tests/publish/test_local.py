"""The local target: an edition is on line whole, or the one before is."""

import contextlib
import threading
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from gazette.errors import BusyError, TargetError
from gazette.model.sheet import Manifest, Printed, Proofed
from gazette.publish.local import KEPT, Local
from tests.plain import files

PAGES = 12


def proofed(folder: Path, audience: str = "public", **texts: str) -> Proofed:
    """Return a proofed edition whose files stand in a folder; ``a__b`` is the path ``a/b``."""
    root = folder / "output" / audience
    rows = {}
    for name, text in texts.items():
        path = name.replace("__", "/") + ".html"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
        rows[path] = Printed(sha256(text.encode()).hexdigest(), len(text), "k", ("actualites/a.md",))
    return Proofed(Manifest(audience, rows), str(root))


def live(folder: Path, audience: str = "public") -> dict[str, bytes]:
    """Return what is on line."""
    return files((folder / "www" / audience).resolve()) if (folder / "www" / audience).exists() else {}


@pytest.fixture
def target(tmp_path: Path) -> Local:
    """Give an empty target."""
    return Local(tmp_path / "www")


def test_a_first_publication_puts_everything_on_line(tmp_path: Path, target: Local):
    """Every edition at its link."""
    plans = target.publish((proofed(tmp_path, index="a", frise__index="b"), proofed(tmp_path, "directeurs", index="c")))
    found = (live(tmp_path), live(tmp_path, "directeurs"), [len(p.uploads) for p in plans])
    assert ({"index.html": b"a", "frise/index.html": b"b"}, {"index.html": b"c"}, [2, 1]) == found


def test_nothing_changed_publishes_nothing(tmp_path: Path, target: Local):
    """The same release stays on line."""
    edition = proofed(tmp_path, index="a")
    target.publish((edition,))
    before = (tmp_path / "www" / "public").readlink()
    plan = target.publish((edition,))[0]
    assert (True, before) == (plan.is_empty, (tmp_path / "www" / "public").readlink())


def test_a_change_is_planned_and_published(tmp_path: Path, target: Local):
    """One file sent, one kept, one deleted."""
    target.publish((proofed(tmp_path, index="a", frise="b", vieux="c"),))
    edition = proofed(tmp_path, index="A", frise="b")
    planned, done = target.plan(edition), target.publish((edition,))[0]
    assert (done, {"index.html": b"A", "frise.html": b"b"}, (("index.html",), ("frise.html",), ("vieux.html",))) == (
        planned,
        live(tmp_path),
        (done.uploads, done.keeps, done.deletes),
    )


def test_planning_changes_nothing(tmp_path: Path, target: Local):
    """``--simuler`` leaves no trace."""
    target.plan(proofed(tmp_path, index="a"))
    assert False is (tmp_path / "www").exists()


def test_readers_see_whole_editions_only(tmp_path: Path, target: Local):
    """A reader who opens pages while twenty editions are published never sees one of a third edition, nor none."""
    pages = [f"p{n}" for n in range(PAGES)]
    target.publish((proofed(tmp_path, **dict.fromkeys(pages, "0")),))
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
        target.publish((proofed(tmp_path, **dict.fromkeys(pages, str(number))),))
    stop.set()
    reader.join(60)
    assert ({1}, False) == ({len(found) for found in seen}, reader.is_alive())


def test_the_link_is_never_missing(tmp_path: Path, target: Local):
    """It is replaced by a rename: whenever it is opened, there is an edition behind."""
    target.publish((proofed(tmp_path, index="0"),))
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
        target.publish((proofed(tmp_path, index=str(number)),))
    stop.set()
    reader.join(60)
    assert ([], set()) == (faults, seen - set("0123"))


def test_a_file_changed_since_its_proof_is_refused(tmp_path: Path, target: Local):
    """Even of the same length: nothing goes on line, and the old edition stays."""
    target.publish((proofed(tmp_path, index="a"),))
    edition = proofed(tmp_path, index="b")
    Path(edition.root, "index.html").write_text("c")
    with pytest.raises(TargetError, match="modifié depuis"):
        target.publish((edition,))
    assert {"index.html": b"a"} == live(tmp_path)


def test_a_file_that_vanished_since_its_proof_is_refused(tmp_path: Path, target: Local):
    """It is told, and the old edition stays."""
    target.publish((proofed(tmp_path, index="a"),))
    edition = proofed(tmp_path, index="b")
    Path(edition.root, "index.html").unlink()
    with pytest.raises(TargetError, match="disparu"):
        target.publish((edition,))
    assert {"index.html": b"a"} == live(tmp_path)


def test_one_edition_that_is_refused_holds_the_others_back(tmp_path: Path, target: Local):
    """All are prepared before any goes on line."""
    target.publish((proofed(tmp_path, index="a"),))
    good, bad = proofed(tmp_path, index="b"), proofed(tmp_path, "directeurs", index="c")
    Path(bad.root, "index.html").write_text("tampered")
    with pytest.raises(TargetError):
        target.publish((good, bad))
    assert ({"index.html": b"a"}, {}) == (live(tmp_path), live(tmp_path, "directeurs"))


def test_a_folder_in_place_of_the_link_is_left_alone(tmp_path: Path, target: Local):
    """Somebody's files are not ours to replace."""
    (tmp_path / "www" / "public").mkdir(parents=True)
    (tmp_path / "www" / "public" / "index.html").write_text("à moi")
    with pytest.raises(TargetError, match="tient la place du lien"):
        target.publish((proofed(tmp_path, index="a"),))
    assert {"index.html": "à moi".encode()} == live(tmp_path)


def test_a_link_that_leads_elsewhere_is_left_alone(tmp_path: Path, target: Local):
    """It is not one of our releases."""
    (tmp_path / "www").mkdir()
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "www" / "public").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(TargetError, match="retirez-le"):
        target.publish((proofed(tmp_path, index="a"),))
    assert (tmp_path / "ailleurs") == (tmp_path / "www" / "public").readlink()


def test_five_releases_are_kept(tmp_path: Path, target: Local):
    """The newest, for a way back."""
    for number in range(KEPT + 3):
        target.publish((proofed(tmp_path, index=str(number)),))
    kept = sorted(p for p in (tmp_path / "www" / ".gazette" / "public").iterdir() if p.is_dir())
    assert [str(n) for n in range(3, KEPT + 3)] == [(p / "index.html").read_text() for p in kept]


def test_nothing_but_proofed_is_published(tmp_path: Path, target: Local):
    """A manifest, or what looks like a proof, is no proof."""
    edition = proofed(tmp_path, index="a")
    for fake in (edition.manifest, str(edition.root), None):
        with pytest.raises(TypeError):
            target.publish((fake,))  # type: ignore[arg-type]  # this is the fault
    assert False is (tmp_path / "www").exists()


class KilledError(BaseException):
    """Ends the run where a kill would."""


@pytest.mark.parametrize("step", ["_switch", "_prune"])
def test_a_run_killed_between_two_steps_is_made_good_by_the_next(
    tmp_path: Path, target: Local, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Before the switch the old edition is on line; the next run ends with the new one, in either case."""
    target.publish((proofed(tmp_path, index="a"),))
    edition = proofed(tmp_path, index="b")

    def die(*_: object) -> None:
        raise KilledError

    monkeypatch.setattr(target, step, die)
    with pytest.raises(KilledError):
        target.publish((edition,))
    between = live(tmp_path)
    Local(tmp_path / "www").publish((edition,))
    expected = {"_switch": b"a", "_prune": b"b"}[step]
    assert ({"index.html": expected}, {"index.html": b"b"}) == (between, live(tmp_path))


def test_a_run_killed_while_it_copies_leaves_the_old_edition(tmp_path: Path, target: Local):
    """What it left half made is removed by the next."""
    target.publish((proofed(tmp_path, index="a"),))
    left = tmp_path / "www" / ".gazette" / "public" / "000002.partiel"
    left.mkdir()
    (left / "index.html").write_text("hal")
    (left / "vieux.html").write_text("x")
    target.publish((proofed(tmp_path, index="b"),))
    assert ({"index.html": b"b"}, False) == (live(tmp_path), left.exists())


def test_a_release_without_its_manifest_is_published_again(tmp_path: Path, target: Local):
    """What cannot be believed is not kept."""
    edition = proofed(tmp_path, index="a")
    target.publish((edition,))
    for row in (tmp_path / "www" / ".gazette" / "public").glob("*.json"):
        row.write_text("{")
    assert 1 == len(target.publish((edition,))[0].uploads)


def test_a_release_that_was_damaged_is_mended(tmp_path: Path, target: Local):
    """A file that is gone, or cut, is sent again."""
    edition = proofed(tmp_path, index="a", frise="bb")
    target.publish((edition,))
    (tmp_path / "www" / "public" / "frise.html").write_text("b")
    plan = target.publish((edition,))[0]
    assert (("frise.html",), {"index.html": b"a", "frise.html": b"bb"}) == (plan.uploads, live(tmp_path))


def test_two_publications_at_once_are_told_apart(tmp_path: Path, target: Local):
    """The second says so, and changes nothing."""
    target.publish((proofed(tmp_path, index="a"),))
    edition = proofed(tmp_path, index="b")
    told = []

    class Nosy(Local):
        def _switch(self, audience: str, release: Path) -> None:
            with pytest.raises(BusyError) as caught:
                target.publish((edition,))
            told.append("autre publication" in str(caught.value))
            super()._switch(audience, release)

    Nosy(tmp_path / "www").publish((edition,))
    assert ([True], {"index.html": b"b"}) == (told, live(tmp_path))


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path):
    """A file where the folder should be."""
    (tmp_path / "www").write_text("")
    with pytest.raises(TargetError, match="impossible"):
        Local(tmp_path / "www").publish((proofed(tmp_path, index="a"),))


def test_nothing_of_the_machine_s_paths_is_in_a_link(tmp_path: Path, target: Local):
    """The folder may be moved whole: links are relative."""
    target.publish((proofed(tmp_path, index="a"),))
    (tmp_path / "www").rename(tmp_path / "srv")
    assert {"index.html": b"a"} == files((tmp_path / "srv" / "public").resolve())


def test_an_edition_withdrawn_from_a_release_is_no_more_on_line(tmp_path: Path, target: Local):
    """What the build no longer holds is not in the new release."""
    target.publish((proofed(tmp_path, index="a", retire="secret"),))
    edition = proofed(tmp_path, index="a")
    target.publish((replace(edition, root=edition.root),))
    assert {"index.html": b"a"} == live(tmp_path)


def test_a_release_changed_by_hand_is_published_again(tmp_path: Path, target: Local):
    """A page with other bytes of the same length, and a file nobody published, are not on line after the next run."""
    edition = proofed(tmp_path, index="abc")
    target.publish((edition,))
    release = (tmp_path / "www" / "public").resolve()
    (release / "index.html").write_text("ABC")
    (release / "intrus.html").write_text("x")
    plan = target.publish((edition,))[0]
    assert (("index.html",), ("intrus.html",), {"index.html": b"abc"}) == (plan.uploads, plan.deletes, live(tmp_path))
