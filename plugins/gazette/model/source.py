"""What an edition was made from: which texts and media, in which state. A way back is judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry
    from gazette.model.newsroom import Audience


@dataclass(frozen=True, slots=True)
class Source:
    """One text or medium, as it may be shown today."""

    digest: str
    may_differ: bool
    """Whether an older state may come back: not of a medium, nor of a text that something is withheld from."""


def sources(cleared: Iterable[Cleared], originals: Iterable[Entry], audience: Audience) -> dict[str, Source]:
    """Return everything an edition of the audience may hold, by path; compose is given nothing else."""
    whole = {(entry.path, entry.digest) for entry in originals}
    found: dict[str, Source] = {}
    for entry in (c.entry for c in cleared):
        if audience.may_read(entry.audience):
            found[entry.path] = Source(entry.digest, (entry.path, entry.digest) in whole)
            for medium in entry.media:
                found[medium.path] = Source(medium.digest, may_differ=False)
    return found


def refusals(before: Mapping[str, str], today: Mapping[str, Source]) -> list[str]:
    """Return the paths that forbid an older edition, made from ``before`` (digests by path), to be read again."""
    return sorted(path for path, digest in before.items() if not _may_return(digest, today.get(path)))


def _may_return(digest: str, today: Source | None) -> bool:
    return today is not None and (today.may_differ or today.digest == digest)
