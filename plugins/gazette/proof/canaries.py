"""Rare sequences of words of what an edition must not hold, sought in every text it prints (oracle O1, A105-A114)."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.proof.page import Sequence, runs, texts_of_file, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.entry import Entry

LENGTH = 8
"""Words of a sequence: fewer would be found by chance."""
HEAD = 4
"""Words by which sequences are looked up; a text that is shorter, such as a very short title, is not sought."""
_PATH = re.compile(r"(?<![A-Za-z0-9-])(?=([A-Za-z0-9-]+/[A-Za-z0-9-]+)[/\"'<#\s])")
"""Every two segments of an address that follow one another, those that overlap too."""
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
"""SHA-256 of an original: no page tells which file a picture was made of."""


@dataclass(frozen=True, slots=True)
class Canaries:
    """What must not be found in one edition."""

    sequences: dict[Sequence, dict[Sequence, str]]
    """Entry's path by sequence of ``LENGTH`` words, by the sequence's first words."""
    whole: dict[Sequence, str]
    """Entry's path by shorter text, which is sought as the whole text of an element or an attribute."""
    addresses: dict[str, str]
    """Entry's path by address (``projets/defi-maths``), and by SHA-256 of its files."""
    digest: str
    heads: frozenset[Sequence] = frozenset()
    """First words of every sequence and text sought: a printed text with none of them holds none."""

    def as_json(self) -> str:
        """Return a text that ``from_json`` reads back."""
        texts = [[" ".join(sequence), path] for sequence, path in self._texts().items()]
        return json.dumps([texts, self.addresses], ensure_ascii=False)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to seek."""
        return not (self.heads or self.addresses)

    def beyond(self, former: Canaries) -> Canaries:
        """Return what these seek and the former ones did not."""
        mine, theirs = self._texts(), former._texts()
        texts = {sequence: path for sequence, path in mine.items() if sequence not in theirs}
        return _sorted_out(texts, {a: path for a, path in self.addresses.items() if a not in former.addresses})

    def _texts(self) -> dict[Sequence, str]:
        return {s: path for group in self.sequences.values() for s, path in group.items()} | self.whole

    @staticmethod
    def from_json(text: str) -> Canaries:
        """Return the canaries that ``as_json`` wrote."""
        sequences, addresses = json.loads(text)
        return _sorted_out({tuple(said.split(" ")): path for said, path in sequences}, addresses)

    def found_in(self, data: bytes) -> tuple[str, str]:
        """Return the path of an entry that the printed text lets out, and the words found; "" when there is none."""
        if not self.heads.isdisjoint(runs(data, HEAD)):
            path, said = self._said_in(data)
            if path:
                return path, said
        text = data.decode("utf-8", "replace")
        if self.addresses.keys().isdisjoint(told := [*_PATH.findall(text), *_DIGEST.findall(text)]):
            return "", ""
        found = next(address for address in told if address in self.addresses)
        return self.addresses[found], found[:60]

    def _said_in(self, data: bytes) -> tuple[str, str]:
        """Return the path of an entry of which the printed text says a sequence or a whole text, and the words."""
        for row, pieces in texts_of_file(data):
            for sequence in _hits(row, self.sequences):
                return self.sequences[sequence[:HEAD]][sequence], " ".join(sequence)
            for piece in pieces:
                if HEAD <= len(piece) < LENGTH and tuple(piece) in self.whole:
                    return self.whole[tuple(piece)], " ".join(piece)
        return "", ""


NOTHING = Canaries({}, {}, {}, "")


def canaries(
    hidden: Iterable[Entry],
    shown: Iterable[Entry],
    frame: str,
    waiting: Iterable[Entry] = (),
    documents: Mapping[str, str] | None = None,
) -> Canaries:
    """Return the canaries of an edition: sequences of hidden entries that neither a shown one nor the frame has itself.

    ``frame`` is the text of the theme and of the circonscription, which every edition may print. Of what waits only
    long sequences are sought: a school titles a date « Mardi 24 novembre 2026 », and may not close the gate by it.
    ``documents`` holds the words of files to download, by digest.
    """
    texts, shown = documents or {}, tuple(shown)
    sequences: dict[Sequence, dict[Sequence, str]] = {}
    addresses: dict[str, str] = {}
    for entry in waiting:
        for sequence in _sequences(entry, texts):
            if len(sequence) == LENGTH:
                sequences.setdefault(sequence[:HEAD], {})[sequence] = entry.path
        addresses |= _addresses(entry)
    for entry in hidden:
        for sequence in _sequences(entry, texts):
            sequences.setdefault(sequence[:HEAD], {})[sequence] = entry.path
        addresses |= _addresses(entry)
    if not addresses:
        return NOTHING
    for entry in shown:
        addresses.pop(_address(entry), None)
    for row in _innocent(shown, frame, texts):
        for sequence in list(_hits(row, sequences)):
            del sequences[sequence[:HEAD]][sequence]
    return _sorted_out({s: path for group in sequences.values() for s, path in group.items()}, addresses)


def _addresses(entry: Entry) -> dict[str, str]:
    """Return where the entry would stand, and what its files are."""
    return dict.fromkeys((_address(entry), *(m.digest for m in entry.media if m.digest)), entry.path)


def _address(entry: Entry) -> str:
    """Return the last two segments of an entry's address, as ``_PATH`` finds them."""
    return "/".join(f"{entry.folder}/{entry.name}".split("/")[-2:])


def _innocent(shown: Iterable[Entry], frame: str, texts: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the texts that the edition may print."""
    yield words(frame)
    for entry in shown:
        yield from _rows(entry)
        yield from (words(texts.get(a.digest, "")) for a in entry.attachments)


def _sorted_out(known: dict[Sequence, str], addresses: dict[str, str]) -> Canaries:
    """Return the canaries that these sequences make, long and short."""
    if not (known or addresses):
        return NOTHING
    whole = {s: path for s, path in known.items() if len(s) < LENGTH}
    long: dict[Sequence, dict[Sequence, str]] = {}
    for sequence in known.keys() - whole.keys():
        long.setdefault(sequence[:HEAD], {})[sequence] = known[sequence]
    digest = hashlib.blake2b(repr((sorted(known), sorted(addresses))).encode(), digest_size=16).hexdigest()
    heads = frozenset((*long, *(sequence[:HEAD] for sequence in whole)))
    return Canaries(long, whole, addresses, digest, heads)


def _hits(row: list[str], sequences: dict[Sequence, dict[Sequence, str]]) -> Iterator[Sequence]:
    """Yield each sequence that the words hold, once."""
    if sequences.keys().isdisjoint(zip(*(row[start:] for start in range(HEAD)), strict=False)):
        return
    seen = set()
    for rank in range(len(row) - HEAD + 1):
        group = sequences.get(tuple(row[rank : rank + HEAD]))
        for sequence in group or ():
            if sequence not in seen and tuple(row[rank : rank + len(sequence)]) == sequence:
                seen.add(sequence)
                yield sequence


def _sequences(entry: Entry, texts: Mapping[str, str]) -> Iterator[Sequence]:
    """Yield the sequences sought: the start, the middle and the end of each text."""
    for row in (*_rows(entry), *_lines(entry, texts)):
        if len(row) >= HEAD:
            for start in {0, max(0, (len(row) - LENGTH) // 2), max(0, len(row) - LENGTH)}:
                yield tuple(row[start : start + LENGTH])


def _rows(entry: Entry) -> list[list[str]]:
    """Return the texts of an entry as words; a place is left out: it is a school, and schools are public."""
    texts = [entry.title, entry.summary, entry.body.text]
    texts += [e.title for e in entry.events] + [d.label for d in entry.deadlines] + [w.label for w in entry.windows]
    texts += [i.alt or "" for i in entry.images] + [m.caption for m in entry.media] + [v.title for v in entry.videos]
    texts += [s.transcript for s in entry.sounds] + [entry.id, entry.path]
    texts += [
        getattr(entry, name, "") for name in ("reference", "signatory", "price", "data", "hosting", "rpi", "theme")
    ]
    texts += [step.text for step in getattr(entry, "steps", ())]
    return [words(text) for text in texts]


def _lines(entry: Entry, texts: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the first, the middle and the last line of each page of a document, of those long enough to be rare."""
    for page in (p for a in entry.attachments for p in texts.get(a.digest, "").split("\f")):
        rows = [row for line in re.split(r"[\n\t]", page) if len(row := words(line)) >= HEAD]
        rows = [row for row in rows if len(row) >= LENGTH] or rows
        yield from (rows[rank] for rank in sorted({0, len(rows) // 2, len(rows) - 1}) if rows)
