"""The target « local »: a folder on this machine; ``DIR/<edition>`` is a symbolic link switched by rename."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

from gazette.errors import BusyError, TargetError
from gazette.model.sheet import Manifest, Printed, Proofed
from gazette.publish.plan import Plan, plan

STORE = ".gazette"
"""Where releases stand, beside the links."""
KEPT = 5
"""Releases kept for a way back."""


class Local:
    """A folder that a web server serves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / STORE

    def plan(self, proofed: Proofed) -> Plan:
        """Return what publishing the edition would do."""
        return plan(proofed.manifest, self.live(proofed.manifest.audience))

    def live(self, audience: str) -> Manifest:
        """Return the manifest of what is on line; empty when nothing is, or when it cannot be believed."""
        release = self._release_on_line(audience)
        if release is None:
            return Manifest(audience, {})
        try:
            rows = json.loads((release.parent / f"{release.name}.json").read_text("utf-8"))["files"]
            files = {p: Printed(f["digest"], f["size"], f["key"], tuple(f["sources"])) for p, f in rows.items()}
        except (OSError, ValueError, KeyError, TypeError):
            return Manifest(audience, {})
        found = {f.relative_to(release).as_posix(): f for f in release.rglob("*") if f.is_symlink() or not f.is_dir()}
        digests = {path: _digest(file) for path, file in found.items()}
        intact = {p: f for p, f in files.items() if digests.get(p) == f.digest}
        strangers = {p: Printed(digest, 0, "") for p, digest in digests.items() if p not in files}
        return Manifest(audience, intact | strangers)

    def publish(self, editions: tuple[Proofed, ...]) -> tuple[Plan, ...]:
        """Put the editions on line, each whole or not at all; return what was done."""
        if any(not isinstance(edition, Proofed) for edition in editions):
            raise TypeError("publish() takes Proofed only")
        try:
            self.store.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TargetError(f"{self.folder} : dossier impossible à créer ou à écrire ({error.strerror})") from error
        with _alone(self.store / "verrou"):
            prepared = [(edition, self.plan(edition)) for edition in editions]
            releases = [
                (e, None if p.is_empty and self._release_on_line(p.audience) else self._prepare(e)) for e, p in prepared
            ]
            for edition, release in releases:
                if release is not None:
                    self._switch(edition.manifest.audience, release)
                    self._prune(edition.manifest.audience)
        return tuple(p for _, p in prepared)

    def _release_on_line(self, audience: str) -> Path | None:
        link = self.folder / audience
        if not link.is_symlink():
            if link.exists():
                raise TargetError(f"{link} : un dossier tient la place du lien ; déplacez-le d'abord")
            return None
        release = (self.folder / link.readlink()).resolve()
        if not release.is_relative_to((self.store / audience).resolve()) or not release.is_dir():
            raise TargetError(f"{link} : ce lien ne mène pas à une édition de Gazette ; retirez-le d'abord")
        return release

    def _prepare(self, edition: Proofed) -> Path:
        """Copy the edition into a new release folder, proving every byte; nothing is on line yet."""
        folder = self.store / edition.manifest.audience
        folder.mkdir(exist_ok=True)
        for left in folder.glob("*.partiel"):
            shutil.rmtree(left)
        numbers = [int(p.name) for p in folder.iterdir() if p.name.isdigit()]
        release = folder / f"{max(numbers, default=0) + 1:06}"
        partial = release.with_name(f"{release.name}.partiel")
        stored = {
            "edition": edition.manifest.audience,
            "files": {p: asdict(f) for p, f in sorted(edition.manifest.files.items())},
        }
        try:
            self._copy(edition, partial)
            (folder / f"{release.name}.json").write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
            partial.replace(release)
        finally:
            shutil.rmtree(partial, ignore_errors=True)  # it is the release by now, unless something failed
        return release

    def _copy(self, edition: Proofed, partial: Path) -> None:
        """Copy the edition's files, proving every byte."""
        for path, printed in edition.manifest.files.items():
            target = partial / path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = _read(Path(edition.root) / path)
            if hashlib.sha256(data).hexdigest() != printed.digest:
                raise TargetError(
                    f"{edition.root}/{path} : fichier modifié depuis sa vérification ; relancez construire --frais"
                )
            target.write_bytes(data)

    def _switch(self, audience: str, release: Path) -> None:
        """Point the link at the release: a reader sees the old edition or the new one."""
        link = self.folder / audience
        temporary = self.folder / f".{audience}.{os.getpid()}.lien"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(os.path.relpath(release, self.folder), target_is_directory=True)
        temporary.replace(link)

    def _prune(self, audience: str) -> None:
        """Remove the oldest releases."""
        releases = sorted(p for p in (self.store / audience).iterdir() if p.name.isdigit())
        for old in releases[:-KEPT]:
            shutil.rmtree(old)
            old.with_name(f"{old.name}.json").unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TargetError(f"{path} : fichier disparu depuis sa vérification ; relancez la publication") from error


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" for what is no file."""
    try:
        return "" if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextlib.contextmanager
def _alone(path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202  # a context manager of nothing
    """Hold the target's lock; the system lets go of it when the process ends."""
    with path.open("a") as file:
        try:
            import fcntl  # noqa: PLC0415  # POSIX only, like symbolic links switched by rename

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(f"{path.parent.parent} : une autre publication est en cours") from error
        yield
