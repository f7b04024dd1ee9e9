"""A zip file of one edition, to be uploaded by hand where an ENT takes one: same edition, same bytes."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from typing import TYPE_CHECKING

from gazette.publish.handed import Handed, removed

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 4_000_000_000
"""Bytes that an edition may have, unpacked."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date that a zip file can tell."""


class Archive(Handed):
    """One zip file."""

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file it holds; nothing when it is no zip file of ours, or is a bomb."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                rows = archive.infolist()
                if sum(row.file_size for row in rows) > LARGEST:
                    return {}
                return {row.filename: _digest(archive, row) for row in rows}
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OverflowError):
            return {}

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files in order, without a date and with plain rights."""
        removed(self.partial)
        with zipfile.ZipFile(self.partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in files.items():
                row = zipfile.ZipInfo(path, EPOCH)
                row.compress_type, row.external_attr, row.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                archive.writestr(row, data)

    def replace(self) -> None:
        """Put it in place at once."""
        self.partial.replace(self.path)


def _digest(archive: zipfile.ZipFile, row: zipfile.ZipInfo) -> str:
    with archive.open(row) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file to read, all the same
