"""The folder that GitLab Pages takes (``public/``, an artefact of the job): one edition, whole."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gazette.errors import TargetError
from gazette.publish.handed import Handed, removed

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK_OF_OURS = ".well-known/gazette.json"
"""Every edition holds it: a folder without it is not ours to replace."""


class Pages(Handed):
    """A folder whose content is the site."""

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file in it; "" for a link."""
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
            raise TargetError(f"{self.path} : ce n'est pas un dossier ; retirez-le d'abord")
        found = {f.relative_to(self.path).as_posix(): f for f in self.path.rglob("*") if f.is_symlink() or f.is_file()}
        if found and MARK_OF_OURS not in found:
            raise TargetError(f"{self.path} : ce dossier contient d'autres fichiers que ceux de Gazette ; videz-le")
        return {p: "" if f.is_symlink() else hashlib.sha256(f.read_bytes()).hexdigest() for p, f in found.items()}

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files."""
        removed(self.partial)
        for path, data in files.items():
            target = self.partial / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def replace(self) -> None:
        """Put it in place by two renames; GitLab takes the folder once the job has ended."""
        former = self.path.with_name(f".{self.path.name}.ancien")
        removed(former)
        if self.path.exists():
            self.path.rename(former)
        self.partial.rename(self.path)
        removed(former)
