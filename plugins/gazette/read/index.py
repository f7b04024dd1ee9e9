"""What each text held when it was last read, known again by its stat signature, as git's index does."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazette.read.history import blob_id
from gazette.read.limits import SIZE_LIMIT
from gazette.read.media import SETTLED

if TYPE_CHECKING:
    from gazette.model.memo import Memo

ROW = f"textes:{SIZE_LIMIT}"
"""Key of the one row that holds the signature and the digests of every text."""


@dataclass(frozen=True, slots=True)
class Held:
    """The bytes of a file, cut just past the size at which the worker refuses it, or what tells them from others."""

    sha256: str
    blob: str
    """Git's id of them."""
    kept: bytes | None = None
    """None: the file did not change since they were read, and was not opened."""

    @classmethod
    def of(cls, data: bytes) -> Held:
        """Return what bytes are."""
        return cls(hashlib.sha256(data).hexdigest(), blob_id(data), data)

    @property
    def data(self) -> bytes:
        """Return the bytes of a file that was opened."""
        assert self.kept is not None  # noqa: S101  # whoever wants them has them read
        return self.kept


class Index:
    """The files of one reading, and those of the last."""

    def __init__(self, memo: Memo) -> None:
        self.memo = memo
        self.former: dict[str, list[Any]] = json.loads(memo.get(ROW) or "{}")
        self.rows: dict[str, list[Any]] = {}

    def held(self, path: str, file: str) -> Held:
        """Return what a file holds, from its signature where it is that of the last reading; OSError where it fails."""
        signature, row = _signature(os.stat(file)), self.former.get(path)  # noqa: PTH116  # tens of thousands
        if row and row[:-2] == signature:
            self.rows[path] = row
            return Held(*row[-2:])
        return self.read(path, file)

    def read(self, path: str, file: str) -> Held:
        """Return the bytes of a file; its signature is kept unless a second change could leave it alike."""
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123  # tens of thousands
            found = os.fstat(opened.fileno())
            data = opened.read(SIZE_LIMIT + 1)
        held = Held.of(data)
        if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > SETTLED:
            self.rows[path] = [*_signature(found), held.sha256, held.blob]
        else:
            self.rows.pop(path, None)
        return held

    def keep(self) -> None:
        """Keep what was read, and nothing of a file that is no more."""
        if self.rows != self.former:
            self.memo.put(ROW, json.dumps(self.rows, ensure_ascii=True, separators=(",", ":")))


def _signature(found: os.stat_result) -> list[int]:
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
