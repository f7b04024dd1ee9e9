"""An answer in git: one commit, by who moderates, with trailers that say what was answered."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import GazetteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOBODY = ("Gazette", "gazette@localhost")
"""Who commits where git knows nobody."""


def identity(content: Path) -> tuple[str, str]:
    """Return the name and address git commits with here, or ours."""
    name, address = (git(content, "config", "--get", f"user.{key}").stdout.strip() for key in ("name", "email"))
    return (name, address) if name and address else NOBODY


def is_tracked(content: Path) -> bool:
    """Tell whether the content stands in a repository that commits can go to."""
    return git(content, "rev-parse", "--is-inside-work-tree").stdout.strip() == "true"


def commit(content: Path, paths: Iterable[str], subject: str, trailers: Mapping[str, str], *, told: str = "") -> bool:
    """Commit these paths alone, whatever else is staged; False outside a repository, or when nothing changed.

    ``GazetteError`` when git refuses, with what is ``told`` of what stands all the same.
    """
    if not is_tracked(content):
        return False
    known = [path for path in paths if (content / path).exists() or git(content, "ls-files", "--", path).stdout]
    there = [path for path in known if (content / path).exists()]
    if there:
        _checked(content, "add", "--intent-to-add", "--", *there, told=told)
    if not git(content, "status", "--porcelain", "--", *known).stdout:
        return False
    name, address = identity(content)
    lines = "\n".join(f"{key}: {' '.join(value.split())}" for key, value in trailers.items() if value)
    who = ("-c", f"user.name={name}", "-c", f"user.email={address}")
    words = ("commit", "--quiet", "--cleanup=verbatim", "-m", f"{subject}\n\n{lines}\n", "--only", "--", *known)
    _checked(content, *who, *words, told=told)
    return True


def _checked(content: Path, *words: str, told: str) -> None:
    done = git(content, *words)
    if done.returncode and "index.lock" in done.stderr and _is_lock_dead(content):
        _lock(content).unlink(missing_ok=True)
        done = git(content, *words)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[0][:200] if done.stderr.strip() else f"code {done.returncode}"
        raise GazetteError(f"git refuse ({reason}){told and ' ; '}{told}")


def _lock(content: Path) -> Path:
    return content / git(content, "rev-parse", "--git-path", "index.lock").stdout.strip()


def _is_lock_dead(content: Path) -> bool:
    """Tell whether no git of this machine works in the repository: then its lock was left by one that was killed."""
    top = git(content, "rev-parse", "--show-toplevel").stdout.strip()
    processes = [p for p in Path("/proc").glob("[0-9]*") if p.name != str(os.getpid())]
    return bool(processes) and not any(_is_git_of(process, top) for process in processes)


def _is_git_of(process: Path, top: str) -> bool:
    try:
        is_git = (process / "comm").read_text().strip().startswith("git")
        return is_git and (process / "cwd").readlink().is_relative_to(top)
    except OSError:  # it ended meanwhile, or is not ours to look at
        return False


def git(content: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git where the content is, and return what it said."""
    command = ["git", "-C", str(content), "-c", "core.quotePath=false", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
