"""What reading one printed file back told: where it leads, what it asks for, its anchors, its trackers, its lacks."""

from __future__ import annotations

import json
import posixpath
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from gazette.proof.page import inspect, proof_version
from gazette.proof.structure import misbuilt
from gazette.proof.trackers import tracker
from gazette.proof.weight import first_picture

if TYPE_CHECKING:
    from gazette.model.memo import Memo


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one file holds, whatever else is printed."""

    links: tuple[str, ...] = ()
    subresources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    tracker: str = ""
    """The first call that would follow a reader, or ""."""
    picture: str = ""
    """Address of its first picture, or ""."""
    lack: str = ""
    """The first thing that the page lacks, or ""."""


def evidence(path: str, data: bytes) -> Evidence:
    """Return what a printed file holds."""
    found = inspect(path, data)
    told = tracker(path, data), first_picture(path, data), misbuilt(path, data)
    return Evidence(found.links, found.subresources, found.ids, *told)


def remembered(path: str, digest: str, memo: Memo) -> Evidence | None:
    """Return what a file of these bytes and of such a name was found to hold, or None."""
    row = memo.get(row_of(path, digest))
    if row is None:
        return None
    links, subresources, ids, *found = json.loads(row)
    return Evidence(tuple(links), tuple(subresources), tuple(ids), *found)


def remember(path: str, digest: str, found: Evidence, memo: Memo) -> None:
    """Keep what a file holds."""
    memo.put(row_of(path, digest), json.dumps(astuple(found), ensure_ascii=False, separators=(",", ":")))


def row_of(path: str, digest: str) -> str:
    """Return the key that the evidence of a file is kept under."""
    return f"page:{proof_version()}:{posixpath.splitext(path)[1]}:{digest}"
