"""Tests of purge.py and clone.py, through real git: withdrawn is gone of every branch and tag, and nothing else is."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from gazette.errors import ConfigurationError
from gazette.read.registers import withdrawals
from gazette.removal import withdraw
from gazette.withdrawal.clone import check_clone
from gazette.withdrawal.purge import apply, lines, purge_of, remaining
from gazette.withdrawal.withdraw import REGISTER, Request
from tests.plain import SETTINGS
from tests.samples import Site

AFFICHE = "actualites/2026-11-18-affiche"
COMPTINE = "projets/2026-11-19-comptine"
NAMES = ("-c", "user.name=cpc", "-c", "user.email=cpc@ac-valbrune.example", "-c", "protocol.file.allow=always")


def git(folder: Path, *words: str) -> bytes:
    """Run git away from this machine's own settings."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *NAMES, *words], cwd=folder, env=environment, check=True, capture_output=True)
    return done.stdout


def commit(folder: Path, message: str) -> None:
    """Commit everything."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def drawn(colour: str, form: str = "PNG") -> bytes:
    """Return a picture of no other test."""
    stream = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((320, 240)).point(lambda v: v if colour == "a" else 255 - v).save(
        stream, form
    )
    return stream.getvalue()


@pytest.fixture
def past(site: Site) -> Site:
    """Make a repository where a picture was another, then renamed, merged, tagged, and copied on a branch."""
    root = site.content.parent
    git(root, "init", "--quiet", "--initial-branch", "main")
    picture = site.content / AFFICHE / "dessin.png"
    last = picture.read_bytes()
    picture.unlink()
    (site.content / AFFICHE / "emma.jpg").write_bytes(drawn("a", "JPEG"))
    commit(root, "Commence")
    git(root, "mv", f"content/{AFFICHE}/emma.jpg", f"content/{AFFICHE}/photo.jpg")
    commit(root, "Renomme emma.jpg, qui nommait une élève")
    git(root, "tag", "--annotate", "v1", "--message", "Avec emma.jpg")
    git(root, "mv", f"content/{AFFICHE}/photo.jpg", f"content/{AFFICHE}/dessin.png")
    commit(root, "Renomme encore")
    picture.write_bytes(last)
    commit(root, "Mieux cadrée")
    git(root, "switch", "--quiet", "--create", "essai", "v1")
    site.write(f"{AFFICHE}/brouillon/copie.png", last)
    commit(root, "Essaie ailleurs")
    git(root, "switch", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-edit", "--strategy", "ours", "essai")
    return site


def withdrawn(site: Site, **request: str) -> None:
    """Withdraw, and commit the register."""
    assert not withdraw(site.order(settings=SETTINGS), Request(**request)).report.is_closed
    git(site.content.parent, "add", "content/registres")
    git(site.content.parent, "commit", "--quiet", "--message", "Retire")


def cloned(site: Site, *words: str) -> Path:
    """Clone the repository, all of it, into a folder of its own."""
    root = site.content.parent
    clone = root.with_name(f"{root.name}-clone")
    git(root, "clone", "--quiet", *words, root.as_uri() if "--depth" in words else str(root), str(clone))
    return clone


def purged(site: Site, clone: Path) -> Path:
    """Check, purge, and return the clone."""
    register = withdrawals(site.content)
    check_clone(clone, (site.content,), register, site.content / REGISTER)
    apply(purge_of(clone, register))
    return clone


def held(clone: Path, data: bytes) -> bool:
    """Tell whether git still has these bytes, reachable or not."""
    name = subprocess.run(["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True).stdout
    found = subprocess.run(["git", "-C", clone, "cat-file", "-e", name.strip()], capture_output=True, check=False)
    return found.returncode == 0


def names(clone: Path) -> str:
    """Return every path that any reference ever held, and every message."""
    words = ("log", "--all", "-m", "--root", "--name-only", "--format=%B")
    return git(clone, *words).decode() + git(clone, "tag", "--list", "--format=%(contents)").decode()


@pytest.mark.parametrize("how", [("--mirror",), ("--no-local",), ()])
def test_a_renamed_picture_leaves_every_branch_and_tag(past: Site, how: tuple[str, ...]):
    """Its former versions and names too, in messages as well; neighbours, register and references stay."""
    last = (past.content / AFFICHE / "dessin.png").read_bytes()
    map_before = (past.content / AFFICHE / "carte.jpg").read_bytes()
    withdrawn(past, file=f"{AFFICHE}/dessin.png")
    clone = purged(past, cloned(past, *how))
    told = names(clone)
    refs = set(git(clone, "for-each-ref", "--format=%(refname:short)").decode().split())
    assert (False, False, True, [], {"main", "essai", "v1"}, True) == (
        held(clone, drawn("a", "JPEG")),
        held(clone, last),
        held(clone, map_before),
        [n for n in ("emma", "photo.jpg", "dessin.png", "copie.png") if n in told],
        refs,
        "RET-2026-002" in git(clone, "show", f"main:content/{REGISTER}").decode(),
    )
    git(clone, "fsck", "--full", "--strict")


def test_an_entry_leaves_with_its_folder_and_its_former_texts(past: Site):
    """By its identity and by its names; the entry of another folder stays, word for word."""
    root = past.content.parent
    text = past.content / AFFICHE / "index.md"
    first = text.read_bytes()
    other = (past.content / COMPTINE / "index.md").read_bytes()
    text.write_bytes(first + b"\nUn mot de plus.\n")
    commit(root, "Corrige")
    second = text.read_bytes()
    withdrawn(past, entry=AFFICHE)
    clone = purged(past, cloned(past, "--mirror"))
    assert (False, False, True, False) == (
        held(clone, first),
        held(clone, second),
        held(clone, other),
        AFFICHE + "/" in names(clone),
    )


def test_what_stands_there_today_and_is_another_stays(past: Site):
    """A picture that replaced the one withdrawn, under its name, is told and kept."""
    picture = past.content / AFFICHE / "dessin.png"
    last = picture.read_bytes()
    withdrawn(past, file=f"{AFFICHE}/dessin.png")
    picture.write_bytes(drawn("b"))
    commit(past.content.parent, "Remplace")
    clone = cloned(past)
    kept = purge_of(clone, withdrawals(past.content)).kept
    purged(past, clone)
    assert ((f"content/{AFFICHE}/dessin.png",), False, True) == (kept, held(clone, last), held(clone, drawn("b")))


def test_a_second_purge_finds_nothing(past: Site):
    """A purged clone holds nothing of what is withdrawn."""
    withdrawn(past, file=f"{AFFICHE}/dessin.png")
    clone = purged(past, cloned(past, "--mirror"))
    assert frozenset() == purge_of(clone, withdrawals(past.content)).blobs


def unsaved(clone: Path) -> None:
    """Leave a file that git does not know."""
    (clone / "content/oubli.md").write_text("x", "utf-8")


def stashed(clone: Path) -> None:
    """Put a change aside."""
    (clone / "content/circonscription.yml").write_text("x", "utf-8")
    git(clone, "stash")


def worked_in(clone: Path) -> None:
    """Check out a second working tree."""
    git(clone, "worktree", "add", "--quiet", "--detach", str(clone.with_name("autre")))


def outdated(clone: Path) -> None:
    """Go back to before the withdrawal."""
    git(clone, "reset", "--quiet", "--hard", "HEAD~1")


def foreign(clone: Path) -> None:
    """Make it the repository of something else."""
    shutil.rmtree(clone / ".git")
    git(clone, "init", "--quiet", "--initial-branch", "main")
    commit(clone, "Un autre")


@pytest.mark.parametrize(
    ("how", "spoil", "told"),
    [
        ((), unsaved, "modifié"),
        ((), stashed, "git stash"),
        ((), worked_in, "copies de travail"),
        ((), outdated, "n'a pas le dernier retrait"),
        ((), foreign, "autre projet"),
        (("--shared",), lambda _: None, "--shared"),
        (("--no-local", "--depth", "1"), lambda _: None, "--depth"),
    ],
)
def test_what_may_not_be_rewritten_is_refused(
    past: Site, how: tuple[str, ...], spoil: Callable[[Path], object], told: str
):
    """With a reason, and every reference as it was."""
    withdrawn(past, file=f"{AFFICHE}/dessin.png")
    clone = cloned(past, *how)
    spoil(clone)
    before = git(clone, "for-each-ref")
    with pytest.raises(ConfigurationError, match=told):
        purged(past, clone)
    assert before == git(clone, "for-each-ref")


@pytest.mark.parametrize("place", [".", "content", "absent", "copie"])
def test_the_working_repository_is_never_rewritten(past: Site, place: str):
    """Itself, a folder within, another working tree of it, nothing at all."""
    root = past.content.parent
    git(root, "worktree", "add", "--quiet", "--detach", str(root / "copie"))
    withdrawn(past, file=f"{AFFICHE}/dessin.png")
    before = git(root, "for-each-ref")
    with pytest.raises(ConfigurationError):
        purged(past, root / place)
    assert before == git(root, "for-each-ref")


def test_what_stays_to_do_is_told_without_a_password(past: Site):
    """Force-push, the forge's own copies, other clones; where it came from, less its credentials."""
    withdrawn(past, file=f"{AFFICHE}/dessin.png")
    clone = cloned(past, "--mirror")
    git(clone, "config", "remote.origin.url", "https://robot:secret-7Qm@forge.example/valbrune.git")
    purge = purge_of(clone, withdrawals(past.content))
    told = "\n".join((*lines(purge), *remaining(purge)))
    wanted = ("push --mirror https://forge.example/valbrune.git", "commit-map", "clone à neuf", "emma.jpg")
    assert ([], False) == ([w for w in wanted if w not in told], "secret-7Qm" in told)
