"""The working copy as a forge would tell it: what an author may read and write of the content, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

from gazette.read.texts import MEDIA
from gazette.state import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SIZE = 24 * 1024 * 1024
"""Bytes of a file, a picture or a sound."""


Signature: TypeAlias = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and inode of a file."""
Seen: TypeAlias = dict[str, Signature | None]
"""Files as they were, by their full path."""


class RefusedError(Exception):
    """A change that is not made, and why, in French; no other change of the same save is made either."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file to write (``data``) or to remove (None)."""

    path: Path
    data: bytes | None


class Copy:
    """The folders of a content folder where entries stand."""

    def __init__(self, content: Path, folders: Iterable[str]) -> None:
        self.content = content
        self.root = content.name
        self.folders = tuple(folders)

    def tree(self) -> list[tuple[str, str]]:
        """Return each file, by its path in the repository, with the id that git would give its bytes."""
        return [(f"{self.root}/{p.relative_to(self.content).as_posix()}", blob(p.read_bytes())) for p in self._files()]

    def version(self) -> str:
        """Return what stands for a commit: it changes when a file does."""
        return hashlib.sha1(repr(self.seen()).encode(), usedforsecurity=False).hexdigest()

    def seen(self) -> Seen:
        """Return what tells whether a file changed since, of each."""
        return {f"{file}": _signature(file) for file in self._files()}

    def read(self, path: str, seen: Seen | None = None) -> bytes | None:
        """Return a file's bytes, which are ``seen`` from then on; None where there is none that an author may read."""
        try:
            place = self._place(path)
            signature, data = _signature(place), place.read_bytes()
        except (OSError, RefusedError):
            return None
        if seen is not None:
            seen[f"{place}"] = signature
        return data

    def save(self, actions: Iterable[Mapping[str, Any]], seen: Seen) -> None:
        """Make the changes of one save: all of them, once each is known to be allowed, or none (``OSError``).

        ``seen`` tells the files as they were when who saves read them: what changed since is not covered.
        """
        changes = [change for action in actions for change in self._changes(action, seen)]
        undoing: list[Change] = []
        try:
            for change in sorted(changes, key=lambda change: change.data is None):
                undoing.append(Change(change.path, change.path.read_bytes() if change.path.is_file() else None))
                self._make(change)
        except OSError:
            for change in reversed(undoing):
                with suppress(OSError):
                    self._make(change)
            raise
        finally:
            seen.update({f"{change.path}": _signature(change.path) for change in changes})

    def _make(self, change: Change) -> None:
        folder = change.path.parent
        if change.data is not None:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(change.path, change.data)
            return
        change.path.unlink(missing_ok=True)
        if folder.parent != self.content and not any(folder.iterdir()):
            folder.rmdir()

    def _changes(self, action: Mapping[str, Any], seen: Seen) -> Iterator[Change]:
        """Yield what one action of GitLab's API asks for."""
        verb, path = action.get("action"), self._place(str(action.get("file_path", "")))
        if verb in {"delete", "update"}:
            _as_it_was(path, seen)
        if verb == "delete":
            yield Change(path, None)
            return
        if verb not in {"create", "update", "move"}:
            raise RefusedError("geste inconnu")
        if verb != "update" and path.exists():
            raise RefusedError(f"{path.name} existe déjà ; changez de titre, ou rechargez l’éditeur pour voir l’autre")
        former = self._place(str(action.get("previous_path", ""))) if verb == "move" else None
        content = action.get("content")
        if former and not former.is_file():
            raise RefusedError(f"{former.name} n’est plus là ; rechargez l’éditeur")
        if former:
            _as_it_was(former, seen)
        if former and not content:
            content, action = base64.b64encode(former.read_bytes()).decode(), {"encoding": "base64"}
        try:
            text = str(content or "")
            data = base64.b64decode(text, validate=True) if action.get("encoding") == "base64" else text.encode()
        except ValueError as error:  # no base 64, or no text
            raise RefusedError(f"{path.name} : contenu illisible") from error
        if len(data) > SIZE:
            raise RefusedError(f"{path.name} : plus de {SIZE // 1048576} Mo")
        yield Change(path, data)
        if former:
            yield Change(former, None)

    def _place(self, path: str) -> Path:
        """Return where a path of the repository leads; ``RefusedError`` when no author has to write there."""
        parts = PurePosixPath(path).parts
        is_ours = len(parts) in {3, 4} and parts[0] == self.root and parts[1] in self.folders
        is_plain = all(part.isprintable() and not part.startswith(".") and "\\" not in part for part in parts)
        place = self.content.joinpath(*parts[1:])
        is_kept = place.suffix == ".md" or place.suffix.lower() in MEDIA
        if not (is_ours and is_plain and is_kept) or not place.resolve().is_relative_to(self.content.resolve()):
            raise RefusedError("ce fichier ne s’écrit pas d’ici")
        if place.is_symlink() or place.parent.is_symlink():
            raise RefusedError("lien symbolique, jamais suivi")
        return place

    def _files(self) -> Iterator[Path]:
        for folder in self.folders:
            for here, inner, names in os.walk(self.content / folder):
                inner[:] = sorted(n for n in inner if not n.startswith("."))
                files = [Path(here, name) for name in sorted(names) if not name.startswith(".")]
                kept = (".md", *MEDIA)
                yield from (f for f in files if f.suffix.lower() in kept and not f.is_symlink())


def _signature(file: Path) -> Signature | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _as_it_was(file: Path, seen: Seen) -> None:
    """Refuse to cover what someone else wrote meanwhile, in another window or with another program."""
    if _signature(file) != seen.get(f"{file}"):
        remedy = "copiez ce que vous venez d’écrire, rechargez l’éditeur, puis reprenez le texte tel qu’il est devenu"
        raise RefusedError(f"{file.name} a changé ailleurs depuis que l’éditeur l’a lu ; {remedy}")


def blob(data: bytes) -> str:
    """Return the id that git gives to a file of these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
