"""The media an entry declares → the files that stand beside it, by digest."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from gazette.model.media import Attachment, Image, Sound, near_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazette.model.memo import Memo
    from gazette.read import schema

SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times are believed: a second change within the clock's step leaves them alike."""


class UnreachableError(Exception):
    """A medium that is not beside its entry, or that cannot be read; its text says which, in French."""


@dataclass(frozen=True, slots=True)
class MediaFolder:
    """The content folder and what is remembered of its files."""

    content: Path
    memo: Memo

    def digest(self, folder: PurePosixPath, name: str) -> str:
        """Return SHA-256 of a file beside an entry, "" when there is none; ``UnreachableError`` outside its folder."""
        full = self.content / folder / name
        try:
            is_inside = full.resolve().is_relative_to((self.content / folder).resolve())
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or not is_inside:
                raise UnreachableError("hors du dossier de l'article")
            return self._digest(full) if full.is_file() else ""
        except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name too long, a forbidden file
            raise UnreachableError("que l'on ne peut pas lire") from error

    def near(self, folder: PurePosixPath, name: str) -> str:
        """Return the file beside an entry that a missing one's name is a slip of; "" if none."""
        inside = PurePosixPath(name).parent
        try:
            found = [p.name for p in (self.content / folder / inside).iterdir() if p.is_file() and p.suffix != ".md"]
        except (OSError, ValueError):
            return ""
        return near_name(name, [(inside / n).as_posix() for n in found])

    def _digest(self, full: Path) -> str:
        """Return SHA-256 of a file; one whose size, inode and times did not change is not read again."""
        found = full.stat()
        key = f"empreinte:{full}:{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"
        known = self.memo.get(key)
        if known is None:
            with full.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").hexdigest()
            if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > SETTLED:
                self.memo.put(key, known)
        return known


def declared(
    table: schema.EntryTable, path: str, folder: MediaFolder, refuse: Callable[[str, int, str], None]
) -> dict[str, tuple[Any, ...]]:
    """Return ``images``, ``sounds`` and ``attachments`` of an entry; what cannot be reached is told to ``refuse``."""
    beside = PurePosixPath(path).parent

    def facts(key: str, rank: int, medium: schema.MediumTable) -> dict[str, Any]:
        digest = ""
        try:
            digest = folder.digest(beside, medium.file)
        except UnreachableError as error:
            refuse(key, rank, str(error))
        return {
            "file": medium.file,
            "path": (beside / medium.file).as_posix(),
            "digest": digest,
            "near": "" if digest else folder.near(beside, medium.file),
            "caption": medium.caption,
            "credit": medium.credit,
            "licence": medium.licence,
            "people": medium.people or "",
            "authorisation": medium.authorisation,
            "is_pupil_work": medium.is_pupil_work,
            "likeness_checked": medium.likeness_checked,
        }

    return {
        "images": tuple(
            Image(**facts("images", n, m), alt=m.alt, faces_checked=m.faces_checked) for n, m in enumerate(table.images)
        ),
        "sounds": tuple(
            Sound(**facts("sons", n, m), transcript=m.transcription, recorded=m.recorded)
            for n, m in enumerate(table.sounds)
        ),
        "attachments": tuple(Attachment(**facts("fichiers", n, m)) for n, m in enumerate(table.files)),
    }
