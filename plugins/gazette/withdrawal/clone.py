"""Reads the git history of a clone: what every branch and tag ever held, and whether it may be rewritten."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from gazette.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.register import Register

ROW = re.compile(rb":\d+ \d+ [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<status>[A-Z])\d*\Z")


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that a clone's branches, tags and other references ever held."""

    standing: frozenset[tuple[str, str]]
    """Each path with each blob that stood there."""
    renames: frozenset[tuple[str, str]]
    """Former and later path, as git sees them by likeness."""
    today: frozenset[tuple[str, str]]
    """What stands in the branch that is checked out."""


def check_clone(clone: Path, working: Iterable[Path], register: Register, register_path: Path) -> None:
    """Refuse what may not be rewritten: the repository people work in, a dirty clone, a partial or a foreign one."""
    if not clone.is_dir() or top(clone) != clone.resolve():
        raise ConfigurationError(f"{clone} : donnez la racine d'un clone (git clone --mirror ADRESSE)")
    repositories = [folder for folder in working if top(folder)]
    if any(common(clone) == common(folder) for folder in repositories):
        raise ConfigurationError(f"{clone} : c'est le dépôt de travail, jamais réécrit ; faites-en un clone à part")
    trees = git(clone, "worktree", "list", "--porcelain").split("\n\n")
    faults = (
        ("modifié : enregistrez, ou clonez à neuf", not is_bare(clone) and git(clone, "status", "--porcelain")),
        ("des remises (git stash) s'y trouvent : clonez à neuf", git(clone, "for-each-ref", "refs/stash")),
        ("clone partiel : clonez sans --depth", git(clone, "rev-parse", "--is-shallow-repository") == "true"),
        ("objets d'un autre dépôt : clonez sans --shared", inside(clone, "objects/info/alternates").exists()),
        ("plusieurs copies de travail : clonez à neuf", len(trees) > 1),
        ("clone d'un autre projet", any(not _roots(clone) & _roots(folder) for folder in repositories[:1])),
    )
    for words, is_wrong in faults:
        if is_wrong:
            raise ConfigurationError(f"{clone} : {words}")
    known = git(clone, "show", f"HEAD:{_relative(register_path)}", must=False)
    if not register.withdrawals or register.withdrawals[-1].id not in known:
        remedy = "enregistrez registres/retraits.yml, envoyez-le, puis clonez : sans lui, ce qui est purgé reviendrait"
        raise ConfigurationError(f"{clone} : ce clone n'a pas le dernier retrait · {remedy}")


def past_of(clone: Path) -> Past:
    """Read what every reference of a clone ever held, merges included."""
    words = ("log", "--all", "-m", "--root", "--raw", "--no-abbrev", "-M", "-l0", "-z", "--format=")
    fields = iter(git_bytes(clone, *words).split(b"\0"))
    standing, renames = set(), set()
    for field in fields:
        row = ROW.search(field)
        if row is None:
            continue
        before = after = next(fields)
        if row["status"] in {b"R", b"C"}:
            after = next(fields)
            renames.add((os.fsdecode(before), os.fsdecode(after)))
        if row["blob"].strip(b"0"):
            standing.add((os.fsdecode(after), row["blob"].decode()))
    listed = git_bytes(clone, "ls-tree", "-r", "-z", "HEAD").split(b"\0")
    rows = [row.split(b"\t", 1) for row in listed if row]
    today = {(os.fsdecode(path), facts.split()[2].decode()) for facts, path in rows}
    return Past(frozenset(standing | today), frozenset(renames), frozenset(today))


def contents(clone: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each blob with its bytes, one at a time."""
    words = ["git", "-C", str(clone), "cat-file", "--batch"]
    with subprocess.Popen(words, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as batch:
        assert batch.stdin  # noqa: S101  # asked for above
        assert batch.stdout  # noqa: S101
        for blob in blobs:
            batch.stdin.write(f"{blob}\n".encode())
            batch.stdin.flush()
            head = batch.stdout.readline().split()
            if head[1] == b"blob":
                yield blob, batch.stdout.read(int(head[2]))
                batch.stdout.read(1)


def objects(clone: Path) -> set[str]:
    """Return git's names of every object that the clone holds, reachable or not."""
    found = git(clone, "cat-file", "--batch-all-objects", "--batch-check").splitlines()
    return {row.split()[0] for row in found}


def _roots(folder: Path) -> set[str]:
    """Return the commits that a repository began with."""
    return set(git(folder, "rev-list", "--max-parents=0", "--all").split())


def origin(clone: Path) -> str:
    """Return where the clone came from, without a password."""
    address = git(clone, "config", "--get", "remote.origin.url", must=False)
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if parts.scheme else address


def top(folder: Path) -> Path | None:
    """Return the root of a repository, its own folder when it is bare; None outside of one."""
    words = ("--git-dir",) if is_bare(folder) else ("--show-toplevel",)
    found = git(folder, "rev-parse", *words, must=False)
    return (folder / found).resolve() if found else None


def common(folder: Path) -> Path:
    """Return where a repository's objects and references stand, the same for each of its working trees."""
    return (folder / git(folder, "rev-parse", "--git-common-dir")).resolve()


def inside(clone: Path, name: str) -> Path:
    """Return a file of the clone's git folder."""
    return common(clone) / name


def is_bare(folder: Path) -> bool:
    """Tell whether a repository has no working tree."""
    return git(folder, "rev-parse", "--is-bare-repository", must=False) == "true"


def _relative(path: Path) -> str:
    root = top(path.parent)
    return path.resolve().relative_to(root).as_posix() if root else path.name


def git(folder: Path, *words: str, must: bool = True) -> str:
    """Return what git answers, as text; "" when it may refuse and does."""
    return os.fsdecode(git_bytes(folder, *words, must=must)).strip()


def git_bytes(folder: Path, *words: str, must: bool = True) -> bytes:
    """Return what git answers; ``ConfigurationError`` when it refuses and must not."""
    done = subprocess.run(["git", "-C", str(folder), *words], env=environment(), capture_output=True, check=False)
    if done.returncode and must:
        raise ConfigurationError(f"{folder} : git refuse ({done.stderr.decode('utf-8', 'replace').strip()[:200]})")
    return b"" if done.returncode else done.stdout


def environment() -> dict[str, str]:
    """Return the environment of git: no setting of the caller's may point it elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C.UTF-8"}
