"""Tests of admin/copy.py: an author's browser reads and writes entries and their media, and nothing else."""

import base64
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gazette.admin.copy import SIZE, Copy, RefusedError
from tests.samples import Site

FLUENCE = "content/actualites/2026-09-15-fluence.md"


@pytest.fixture
def copy(site: Site) -> Copy:
    """Give the working copy of two folders."""
    return Copy(site.content, ("actualites", "pages"))


def action(path: str, text: str = "a", verb: str = "create", **facts: str) -> dict[str, Any]:
    """Return one action of GitLab's API."""
    return {"action": verb, "file_path": path, "content": text, "encoding": "text", **facts}


def test_the_tree_has_the_ids_of_git(copy: Copy, site: Site):
    """As ``git hash-object`` says, for the folders that are written and no other."""
    tree = dict(copy.tree())
    said = subprocess.run(
        ["git", "hash-object", str(site.content.parent / FLUENCE)], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == tree[FLUENCE]
    assert {"actualites", "pages"} == {path.split("/")[1] for path in tree}


def test_a_save_is_written_whole(copy: Copy, site: Site):
    """Text and picture, in a folder of their own; the version changes."""
    before = copy.version()
    picture = base64.b64encode(b"\x89PNG").decode()
    copy.save(
        [
            action("content/actualites/neuf/index.md"),
            action("content/actualites/neuf/a.png", picture, encoding="base64"),
        ],
        copy.seen(),
    )
    assert (b"a", b"\x89PNG") == (
        copy.read("content/actualites/neuf/index.md"),
        copy.read("content/actualites/neuf/a.png"),
    )
    assert before != copy.version()
    copy.save(
        [
            action("content/actualites/neuf/a.png", verb="delete"),
            action("content/actualites/neuf/index.md", verb="delete"),
        ],
        copy.seen(),
    )
    assert not (site.content / "actualites/neuf").exists()


def test_a_move_keeps_the_text(copy: Copy):
    """GitLab's API leaves its content out."""
    former = copy.read(FLUENCE)
    moved = action("content/actualites/lire.md", "", "move", previous_path=FLUENCE)
    copy.save([moved], copy.seen())
    assert (former, None) == (copy.read("content/actualites/lire.md"), copy.read(FLUENCE))


@pytest.mark.parametrize(
    "path",
    [
        "content/registres/cle.yml",
        "content/circonscription.yml",
        "content/actualites/../registres/cle.md",
        "content/actualites/../../../etc/a.md",
        "/etc/passwd",
        "content/actualites/a.py",
        "content/actualites/.a.md",
        "content/actualites/a/b/c.md",
        "content/actualites/a\nb.md",
        "content/projets/a.md",
        "autre/actualites/a.md",
        "",
    ],
)
def test_nothing_else_is_read_or_written(copy: Copy, site: Site, path: str):
    """No register, no setting, no code, nothing outside; and then nothing of the same save."""
    before = copy.tree()
    with pytest.raises(RefusedError):
        copy.save([action("content/actualites/bon.md"), action(path)], copy.seen())
    assert copy.read(path) is None
    assert before == copy.tree()


def test_a_link_is_not_followed(copy: Copy, site: Site):
    """It would write anywhere."""
    (site.content / "actualites/lien").symlink_to(site.content / "registres")
    (site.content / "actualites/lien.md").symlink_to(site.content / "registres/cle.yml")
    for path in ("content/actualites/lien/a.md", "content/actualites/lien.md"):
        assert copy.read(path) is None
        with pytest.raises(RefusedError):
            copy.save([action(path)], copy.seen())
    assert not [p for p, _ in copy.tree() if "lien" in p]


@pytest.mark.parametrize(
    "changes",
    [{"encoding": "base64", "content": "é"}, {"action": "chmod"}, {"content": "\ud800"}, {"content": "a" * (SIZE + 1)}],
)
def test_an_odd_action_is_refused(copy: Copy, changes: dict[str, Any]):
    """What is no base 64, no verb, no text, or far too big."""
    with pytest.raises(RefusedError):
        copy.save([action("content/actualites/a.md") | changes], copy.seen())


def test_a_broken_disk_is_no_half_save(copy: Copy, site: Site, monkeypatch: pytest.MonkeyPatch):
    """Each file is the old one or the new one."""

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "disque plein")

    before = copy.read(FLUENCE)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="disque plein"):
        copy.save([action(FLUENCE, verb="update")], copy.seen())
    assert before == copy.read(FLUENCE)


def test_a_new_text_covers_no_other(copy: Copy, site: Site):
    """A forge says so too: the other came from an editor, a terminal or a second window since the page was opened."""
    before = copy.tree()
    moved = action(FLUENCE, verb="move", previous_path="content/actualites/parti.md")
    for asked in (action(FLUENCE), moved, moved | {"file_path": "content/actualites/autre.md"}):
        with pytest.raises(RefusedError):
            copy.save([action("content/actualites/bon.md"), asked], copy.seen())
    assert before == copy.tree()


def test_a_save_cut_short_is_undone(copy: Copy, site: Site):
    """What was written before the disk refused is as it was: the author reads that nothing was saved."""
    before = copy.tree()
    with pytest.raises(OSError, match="File"):
        copy.save(
            [
                action(FLUENCE, verb="update"),
                action("content/actualites/neuf/a.md"),
                action("content/actualites/2026-09-15-fluence.md/a.md"),
            ],
            copy.seen(),
        )
    assert before == copy.tree()
    assert not (site.content / "actualites/neuf").exists()


@pytest.mark.parametrize("verb", ["update", "delete", "move"])
def test_what_changed_elsewhere_is_not_covered(copy: Copy, site: Site, verb: str):
    """In a text editor, by a command, in a second window: its author wrote something too."""
    seen = copy.seen()
    site.change("actualites/2026-09-15-fluence.md", "Fluence en CM", "Fluence au cycle 3")
    before = copy.tree()
    asked = action(FLUENCE, verb=verb)
    if verb == "move":
        asked = action("content/actualites/2026-09-16-fluence.md", verb=verb, previous_path=FLUENCE)
    with pytest.raises(RefusedError, match=r"2026-09-15-fluence\.md a changé ailleurs depuis .* rechargez l’éditeur"):
        copy.save([action("content/actualites/bon.md"), asked], seen)
    assert before == copy.tree()


def test_one_s_own_saves_follow_one_another(copy: Copy):
    """Each is what the next one starts from, a save that the disk refused too."""
    seen = copy.seen()
    for content in ("un", "deux"):
        copy.save([action(FLUENCE, verb="update", content=content)], seen)
    with pytest.raises(OSError, match="File"):
        copy.save([action(FLUENCE, verb="update"), action(f"{FLUENCE}/a.md")], seen)
    copy.save(
        [
            action(FLUENCE, verb="move", file_path="content/actualites/2026-09-16-fluence.md")
            | {"previous_path": FLUENCE, "content": "trois"}
        ],
        seen,
    )
    assert b"trois" == copy.read("content/actualites/2026-09-16-fluence.md")
