"""A folder of this machine as a disk for releases."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import threading
from typing import TYPE_CHECKING

from gazette.errors import TargetError, why
from gazette.publish.disk import MOST, Stat
from gazette.publish.lease import BEAT, LOCK, OUSTED, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from gazette.publish.disk import Parcel, Progress


class LocalDisk:
    """A folder that a web server of this machine serves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = str(root)

    def session(self) -> contextlib.AbstractContextManager[object]:
        """Need no connection."""
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def lock(self) -> Iterator[str]:
        """Hold the folder by the file that whoever comes through a connection makes too, renewed while we live."""
        with held(self) as dead, self._renewed():
            yield dead

    @contextlib.contextmanager
    def _renewed(self) -> Iterator[None]:
        done = threading.Event()

        def beat() -> None:
            while not done.wait(BEAT):
                with contextlib.suppress(OSError):
                    os.utime(self.root / LOCK, follow_symlinks=False)

        beats = threading.Thread(target=beat, daemon=True)
        beats.start()
        try:
            yield
        finally:
            done.set()
            beats.join()

    def create(self, data: bytes) -> bool:
        """Create the lock with what it holds, at once; False when it is there."""
        path = self.root / LOCK
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)  # it shows nobody what it holds
            aside.unlink(missing_ok=True)
            _write_new(aside, data)
            try:
                os.link(aside, path)
            except FileExistsError:
                return False
            except OSError:  # no hard links there: who dies before it is filled leaves it without an owner
                _write_new(path, data)
            finally:
                aside.unlink(missing_ok=True)
        except FileExistsError:
            return False
        except OSError as error:
            raise TargetError(f"{self.root} : dossier impossible à créer ou à écrire ({why(error)})") from error
        return True

    def holder(self) -> tuple[bytes, float] | None:
        """Return who holds the lock and for how long it has been idle, by the clock of the folder's own disk."""
        data, clock = self.read(LOCK), self.root / ".gazette" / ".horloge"
        if data is None:
            return None
        clock.unlink(missing_ok=True)
        _write_new(clock, b"")
        idle = clock.stat().st_mtime - self.changed(LOCK)
        clock.unlink()
        return data, idle

    def drop(self, data: bytes) -> None:
        """Remove the lock if it holds this: what took its place meanwhile is put back."""
        path = self.root / LOCK
        aside = path.with_name(f"{path.name}{OUSTED}")
        if self.read(LOCK) == data:
            path.rename(aside)
            if aside.read_bytes() != data:
                aside.rename(path)
            aside.unlink(missing_ok=True)

    def is_near(self) -> bool:
        """Read files here."""
        return True

    def read(self, path: str) -> bytes | None:
        """Return a note's bytes; None when there is no such file, a link in its place, or one too large to be ours."""
        try:
            descriptor = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return None
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(MOST + 1)
        return data if len(data) <= MOST else None

    def write(self, path: str, data: bytes) -> None:
        """Write a small file whole or not at all, for the publisher's eyes only."""
        target = self.root / path
        temporary = target.with_name(f".{target.name}.tmp")
        temporary.unlink(missing_ok=True)
        _write_new(temporary, data)
        temporary.replace(target)

    def kind(self, path: str) -> str:
        """Return ``fichier``, ``dossier``, ``lien``, or "" for nothing."""
        place = self.root / path
        if place.is_symlink():
            return "lien"
        return "dossier" if place.is_dir() else "fichier" if place.exists() else ""

    def target_of(self, path: str) -> str:
        """Return where a symbolic link leads; "" when there is none."""
        place = self.root / path
        return str(place.readlink()) if place.is_symlink() else ""

    def changed(self, path: str) -> float:
        """Return when the link or file itself was last changed; 0 when unknown."""
        try:
            return (self.root / path).lstat().st_mtime
        except OSError:
            return 0

    def names(self, folder: str) -> list[str]:
        """Return what stands directly in a folder."""
        place = self.root / folder
        return sorted(p.name for p in place.iterdir()) if place.is_dir() and not place.is_symlink() else []

    def stats(self, folder: str) -> Mapping[str, Stat]:
        """Return every file under a folder by relative path; a link is listed, never followed."""
        found: dict[str, Stat] = {}
        if self.kind(folder) == "dossier":
            _scan(str(self.root / folder), "", found)
        return found

    def digests(self, folder: str, paths: Sequence[str]) -> Mapping[str, str]:
        """Return the SHA-256 of files of a folder, read again."""
        return {path: self._digest(self.root / folder / path) for path in paths}

    def _digest(self, path: Path) -> str:
        """Return a file's SHA-256; "" when it cannot be read, or is a link."""
        try:
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    def make(self, folder: str) -> None:
        """Make a folder and its parents."""
        (self.root / folder).mkdir(parents=True, exist_ok=True)

    def fill(self, folder: str, parcel: Parcel, tell: Progress) -> None:
        """Put files in a folder by copy, and hard links to what the target holds."""
        made: set[Path] = set()
        for path in parcel.kept:
            old, target = self.root / parcel.before / path, _ready(self.root / folder / path, made)
            try:
                os.link(old, target, follow_symlinks=False)
            except OSError:  # a file system without hard links, or with too many to one file
                shutil.copy2(old, target, follow_symlinks=False)
        for path in parcel.sent:
            target = _ready(self.root / folder / path, made)
            data = (parcel.root / path).read_bytes()
            with target.open("xb") as file:
                file.write(data)
            tell(len(data))

    def settle(self) -> None:
        """Wait until what was written would outlive a power cut."""
        os.sync()

    def point(self, path: str, target: str) -> None:
        """Make a symbolic link, or replace one, at once."""
        link = self.root / path
        temporary = link.with_name(f".{link.name.lstrip('.')}.lien")
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(target, target_is_directory=True)
        temporary.replace(link)

    def rename(self, old: str, new: str) -> None:
        """Rename a folder."""
        (self.root / old).rename(self.root / new)

    def remove(self, path: str) -> None:
        """Remove a file, a link or a whole folder; nothing that a link leads to."""
        place = self.root / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, for the publisher's eyes only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _scan(folder: str, prefix: str, found: dict[str, Stat]) -> None:
    with os.scandir(folder) as rows:
        for row in rows:
            if row.is_dir(follow_symlinks=False):
                _scan(row.path, f"{prefix}{row.name}/", found)
            else:
                stat = row.stat(follow_symlinks=False)
                size = stat.st_size if row.is_file(follow_symlinks=False) else -1
                found[prefix + row.name] = Stat(size, stat.st_mtime_ns)


def _ready(target: Path, made: set[Path]) -> Path:
    """Make a file's folder, once a folder, readable by the web server."""
    if target.parent not in made:
        target.parent.mkdir(parents=True, exist_ok=True)
        made.add(target.parent)
    return target
