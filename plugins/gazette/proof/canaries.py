"""Rare sequences of words of what an edition must not hold, sought in every text it prints (oracle O1, A105-A114)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.proof.page import words, words_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.model.entry import Entry

LENGTH = 6
"""Words of a sequence: fewer would be found by chance."""
_PATH = re.compile(r"([a-z0-9-]+/[a-z0-9-]+)(?=[/\"'<#\s])")


@dataclass(frozen=True, slots=True)
class Canaries:
    """What must not be found in one edition."""

    sequences: dict[tuple[str, ...], str]
    """Entry's path by sequence."""
    addresses: dict[str, str]
    """Entry's path by address (``directeurs/premier-conseil``)."""
    digest: str

    def found_in(self, data: bytes) -> str:
        """Return the path of an entry that the printed text lets out, or ""."""
        row = words_of_file(data)
        for rank in range(len(row) - LENGTH + 1):
            hit = self.sequences.get(tuple(row[rank : rank + LENGTH]))
            if hit:
                return hit
        text = data.decode("utf-8", "replace")
        return next((self.addresses[m[1]] for m in _PATH.finditer(text) if m[1] in self.addresses), "")


def canaries(hidden: Iterable[Entry], shown: Iterable[Entry]) -> Canaries:
    """Return the canaries of an edition: sequences of hidden entries that no shown one has itself."""
    sequences: dict[tuple[str, ...], str] = {}
    addresses: dict[str, str] = {}
    for entry in hidden:
        for row in _rows(entry):
            for start in {0, (len(row) - LENGTH) // 2, len(row) - LENGTH}:
                if 0 <= start <= len(row) - LENGTH:
                    sequences[tuple(row[start : start + LENGTH])] = entry.path
        addresses[f"{entry.folder}/{entry.name}"] = entry.path
    for entry in shown:
        addresses.pop(f"{entry.folder}/{entry.name}", None)
        for row in _rows(entry):
            for rank in range(len(row) - LENGTH + 1):
                sequences.pop(tuple(row[rank : rank + LENGTH]), None)
    digest = hashlib.blake2b(repr((sorted(sequences), sorted(addresses))).encode(), digest_size=16).hexdigest()
    return Canaries(sequences, addresses, digest)


def _rows(entry: Entry) -> list[list[str]]:
    """Return the texts of an entry as words."""
    texts = [entry.title, entry.summary, entry.body.text]
    texts += (
        [f"{e.title} {e.place}" for e in entry.events]
        + [d.label for d in entry.deadlines]
        + [w.label for w in entry.windows]
    )
    texts += [f"{i.alt or ''} {i.caption}" for i in entry.images]
    return [words(text) for text in texts]
