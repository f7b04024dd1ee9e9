"""What a folder that holds releases must offer, on this machine or at the end of a connection."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Progress: TypeAlias = "Callable[[int], None]"
"""Told each time bytes have reached the target: how many."""


MOST = 100_000_000
"""Bytes of a note of ours, at most: what is larger is none."""


@dataclass(frozen=True, slots=True)
class Stat:
    """What a listing tells of a file."""

    size: int
    """In bytes; -1 for what is neither file nor folder: a link, a device."""
    stamp: int
    """Time of its last change in nanoseconds, as the target tells it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a folder of the target gets; every path is relative to it, and to where it comes from."""

    root: Path
    """Folder of this machine that holds the whole edition."""
    sent: Sequence[str]
    """Paths to send from there."""
    before: str
    """Folder of the target that holds what did not change."""
    kept: Sequence[str]
    """Paths to link from there."""


class Disk(Protocol):
    """A folder with hard links, symbolic links and atomic renames; every path is relative to it and stays in it."""

    name: str
    """How messages call it; without credentials."""

    def session(self) -> AbstractContextManager[object]:
        """Keep the connection open for as long as it takes."""
        ...

    def lock(self) -> AbstractContextManager[str]:
        """Hold the target alone; give who died holding it before, or ""; ``BusyError`` while another publishes."""
        ...

    def is_near(self) -> bool:
        """Tell whether files are read again where they are, and nothing of them travels."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return a note's bytes; None when there is no such file, or one that is too large to be ours."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write a small file whole or not at all, for the publisher's eyes only."""
        ...

    def kind(self, path: str) -> str:
        """Return ``fichier``, ``dossier``, ``lien``, or "" for nothing; a link is never followed."""
        ...

    def target_of(self, path: str) -> str:
        """Return where a symbolic link leads, as it is written; "" when there is none."""
        ...

    def changed(self, path: str) -> float:
        """Return when the link or file itself was last changed, in seconds since 1970; 0 when unknown."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return what stands directly in a folder; nothing when there is no such folder."""
        ...

    def stats(self, folder: str) -> Mapping[str, Stat]:
        """Return every file under a folder by relative path; a link is listed, never followed."""
        ...

    def digests(self, folder: str, paths: Sequence[str]) -> Mapping[str, str]:
        """Return the SHA-256 of files of a folder, read again from the target."""
        ...

    def make(self, folder: str) -> None:
        """Make a folder and its parents, where they are missing."""
        ...

    def fill(self, folder: str, parcel: Parcel, tell: Progress) -> None:
        """Put files of this machine in a folder, and hard links to what the target holds."""
        ...

    def settle(self) -> None:
        """Wait until what was written would outlive a power cut, where the target can tell."""
        ...

    def point(self, path: str, target: str) -> None:
        """Make a symbolic link, or replace one, at once."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Rename a folder; there is nothing under the new name."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file, a link or a whole folder; nothing that a link leads to."""
        ...
