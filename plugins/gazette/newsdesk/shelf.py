"""What stands of the dépêches in the repository: which wait, which were accepted, and what they say of their origin."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.model.depeche import FOLDER, WAITING, provenance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazette.model.depeche import Provenance

HEAD = 65_536
"""Bytes in which a front matter ends."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One dépêche in the repository."""

    path: str
    """Of its file, relative to the content folder."""
    origin: Provenance

    @property
    def name(self) -> str:
        """Return its name."""
        parts = self.path.removesuffix("/index.md").removesuffix(".md").split("/")
        return parts[-1]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The dépêches of one school, by the key of their origin."""

    waiting: dict[tuple[str, str], Standing]
    accepted: dict[tuple[str, str], Standing]
    names: frozenset[str]
    """Every name taken, whatever stands there."""


def shelf(content: Path, uai: str) -> Shelf:
    """Return what stands of a school."""
    waiting, accepted = list(_files(content, f"{WAITING}/{uai}")), list(_files(content, f"{FOLDER}/{uai}"))
    names = frozenset(p.removesuffix("/index.md").removesuffix(".md").split("/")[-1] for p in (*waiting, *accepted))
    return Shelf(dict(_told(content, waiting)), dict(_told(content, accepted)), names)


def _files(content: Path, folder: str) -> Iterator[str]:
    try:
        found = sorted(os.scandir(content / folder), key=lambda e: e.name)
    except FileNotFoundError:
        return
    for item in found:
        if item.is_dir(follow_symlinks=False) and (content / folder / item.name / "index.md").is_file():
            yield f"{folder}/{item.name}/index.md"
        elif item.is_file(follow_symlinks=False) and item.name.endswith(".md"):
            yield f"{folder}/{item.name}"


def _told(content: Path, paths: list[str]) -> Iterator[tuple[tuple[str, str], Standing]]:
    for path in paths:
        with (content / path).open("rb") as file:
            origin = provenance(file.read(HEAD).decode("utf-8", "replace").replace("\r\n", "\n"))
        if origin:
            yield origin.key, Standing(path, origin)


def remove(content: Path, path: str) -> None:
    """Remove a dépêche, with its pictures and its school's folder when that was the last."""
    full = content / path
    if full.name == "index.md":
        gone = full.parent.with_name(f".{full.parent.name}.retire")
        full.parent.replace(gone)
        shutil.rmtree(gone)
        school = full.parent.parent
    else:
        full.unlink(missing_ok=True)
        school = full.parent
    if school.is_dir() and not any(school.iterdir()):
        school.rmdir()


def write(content: Path, path: str, text: str) -> None:
    """Write a dépêche whole, or not at all."""
    full = content / path
    full.parent.mkdir(parents=True, exist_ok=True)
    temporary = full.with_name(f".{full.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(full)
    finally:
        temporary.unlink(missing_ok=True)
