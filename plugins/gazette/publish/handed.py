"""What is made here for someone else to put on line: it is replaced whole, and remembers nothing."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import TargetError, why
from gazette.model.sheet import Manifest, Printed
from gazette.publish.plan import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazette.model.sheet import Proofed
    from gazette.publish.disk import Progress
    from gazette.publish.release import Facts, Release
    from gazette.publish.releases import Damage


class Handed(ABC):
    """A file or folder that is written beside its place, then takes it by rename."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.partial = path.with_name(f".{path.name}.partiel")
        self.name = str(path)

    def session(self) -> contextlib.AbstractContextManager[object]:
        """Need no connection."""
        return contextlib.nullcontext()

    def alone(self) -> contextlib.AbstractContextManager[str]:
        """Need no lock: the last rename wins, whole."""
        return contextlib.nullcontext("")

    @abstractmethod
    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file it holds, by path."""

    @abstractmethod
    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files to ``partial``."""

    @abstractmethod
    def replace(self) -> None:
        """Put ``partial`` in place."""

    def plan(self, builds: Sequence[Manifest]) -> tuple[Plan, ...]:
        """Return how what stands there becomes the edition."""
        files = {path: Printed(digest, 0, "") for path, digest in self.digests().items()}
        return tuple(plan(build, Manifest(build.audience, files)) for build in builds)

    def prepare(self, editions: Sequence[Proofed], _: Facts, tell: Progress) -> Made:
        """Write the edition beside its place, from bytes that are those that were proofed."""
        plans = self.plan([edition.manifest for edition in editions])
        for edition in editions if not plans[0].is_empty else ():
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.write({path: _proved(edition, path, tell) for path in sorted(edition.manifest.files)})
            except OSError as error:
                raise TargetError(f"{self.path} : impossible à écrire ({why(error)})") from error
        return Made(plans)

    def switch(self, made: Made) -> None:
        """Put it in place."""
        if not made.plans[0].is_empty:
            self.replace()

    def finish(self, _: Made, __: Facts) -> tuple[Release, ...]:
        """Leave nothing behind, since nothing is kept."""
        return ()

    def clear(self, edition: str, _: Facts) -> tuple[Plan, ...]:
        """Remove it; whoever put it on line has to take it off there."""
        planned = self.plan([Manifest(edition, {})])[0]
        if planned.is_empty:
            return ()
        removed(self.path)
        return (planned,)

    def is_used(self) -> bool:
        """Tell whether it was ever made."""
        return self.path.exists()

    def on_line(self) -> Release | None:
        """Remember nothing."""
        return None

    def since(self) -> float:
        """Return when it was made; whether it went on line is not known here."""
        return self.path.stat().st_mtime if self.path.exists() else 0

    def kept(self) -> tuple[Release, ...]:
        """Keep nothing."""
        return ()

    def spoiled(self) -> tuple[int, ...]:
        """Keep nothing."""
        return ()

    def doubts(self) -> tuple[str, ...]:
        """Remember nothing that could be lost."""
        return ()

    def damages(self) -> tuple[Damage, ...]:
        """Have nothing to compare with."""
        return ()

    def back(self, number: int, facts: Facts) -> Release:
        """Refuse: there is no way back but to publish again."""
        del number, facts
        raise TargetError(f"{self.name} : rien n'y est gardé ; faites « git revert », puis publiez à nouveau")


def removed(path: Path) -> None:
    """Remove a file, a folder, or a link and nothing that it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class Made:
    """What ``switch`` puts in place."""

    __slots__ = ("plans",)

    def __init__(self, plans: tuple[Plan, ...]) -> None:
        self.plans = plans


def _proved(edition: Proofed, path: str, tell: Progress) -> bytes:
    """Return a file's bytes; ``TargetError`` when they are not those that were proofed."""
    data = Path(edition.root, path).read_bytes()
    if hashlib.sha256(data).hexdigest() != edition.manifest.files[path].digest:
        raise TargetError(
            f"{edition.root}/{path} : fichier modifié depuis sa vérification ; relancez construire --frais"
        )
    tell(len(data))
    return data
