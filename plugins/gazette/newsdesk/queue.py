"""What waits for somebody's answer: each dépêche of ``depeches/attente/``, with what stands on line of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.model.depeche import FOLDER, WAITING, provenance
from gazette.model.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.depeche import Provenance

_UAI = re.compile(r"\A[0-9]{7}[A-Z]\Z")
_TITLE = re.compile(r"^titre:[ \t]*(.*)$", re.MULTILINE)
ID_LENGTH = 10
SIZE_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Item:
    """A dépêche that waits."""

    id: str
    """Ten hexadecimal digits of this very file: an answer given to another version of it is none."""
    uai: str
    name: str
    """Of its file or folder, without ``.md``."""
    path: str
    """Relative to the content folder."""
    text: str
    origin: Provenance | None
    """None: its ``origine:`` is broken, and it can only be refused."""
    standing: str
    """Path of the accepted version of the same upstream item, or ""."""
    standing_text: str

    @property
    def title(self) -> str:
        """Return its title as one line."""
        found = _TITLE.search(self.text)
        return clean_line(found[1].strip("\"' "))[:120] if found else self.name

    @property
    def target(self) -> str:
        """Return where it stands once accepted, without ``.md``: in the place of the version that stands there."""
        taken = self.standing.removesuffix("/index.md").removesuffix(".md")
        return taken or f"{FOLDER}/{self.uai}/{self.name}"


def queue(content: Path) -> list[Item]:
    """Return what waits, oldest first; ``OSError`` when it cannot be read."""
    standing = {key: path for path, key in _accepted(content)}
    items = [_item(content, file, standing) for file in _files(content / WAITING)]
    return sorted(items, key=lambda i: (i.origin.seen if i.origin else "", i.path))


def count(content: Path) -> int:
    """Return how many wait."""
    return sum(1 for _ in _files(content / WAITING))


def _accepted(content: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for file in _files(content / FOLDER):
        origin = provenance(_text(file))
        if origin:
            yield file.relative_to(content).as_posix(), origin.key


def _files(folder: Path) -> Iterator[Path]:
    """Yield the texts of the schools' folders; links are never followed."""
    schools = sorted(folder.iterdir()) if folder.is_dir() else []
    for school in (s for s in schools if _UAI.match(s.name) and s.is_dir() and not s.is_symlink()):
        for found in sorted(school.iterdir()):
            file = found / "index.md" if found.is_dir() else found
            if file.suffix == ".md" and not found.name.startswith(".") and _is_plain(found) and _is_plain(file):
                yield file


def _is_plain(path: Path) -> bool:
    return not path.is_symlink() and path.exists()


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(SIZE_LIMIT).decode("utf-8", "replace").replace("\r\n", "\n")


def _item(content: Path, file: Path, standing: dict[tuple[str, str], str]) -> Item:
    path = file.relative_to(content).as_posix()
    text = _text(file)
    origin = provenance(text)
    uai = path.split("/")[2]
    name = file.parent.name if file.name == "index.md" else file.stem
    before = standing.get(origin.key, "") if origin else ""
    if not before:
        same = (f"{FOLDER}/{uai}/{name}.md", f"{FOLDER}/{uai}/{name}/index.md")
        before = next((p for p in same if (content / p).is_file()), "")
    identity = hashlib.sha256(f"{path}\0{digest_of(file)}".encode()).hexdigest()[:ID_LENGTH]
    return Item(identity, uai, name, path, text, origin, before, _text(content / before) if before else "")


def digest_of(file: Path) -> str:
    """Return SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
