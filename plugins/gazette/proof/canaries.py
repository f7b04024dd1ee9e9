"""Rare sequences of words of what an edition must not hold, sought in every text it prints (oracle O1, A105-A114)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gazette.proof.page import Sequence, read, texts_of, words, words_in_a_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.entry import Entry

LENGTH = 8
"""Words of a sequence: fewer would be found by chance."""
HEAD = 4
"""Words by which sequences are looked up; a text that is shorter, such as a very short title, is not sought."""
_NEXT = r"{name}/(?<![A-Za-z0-9-]{name}/)(?=([A-Za-z0-9-]+)[/\"'<#\s])"
"""The segment of an address that follows one of this name."""
_HEX = frozenset("0123456789abcdef")
_DIGEST = re.compile(r"[0-9a-f]{64}(?![0-9a-f])")
"""SHA-256 of an original: no page tells which file a picture was made of."""
SHA256 = 64
"""Its characters."""


@dataclass(frozen=True)
class Canaries:
    """What must not be found in one edition, unless something shown says it too."""

    said: Mapping[str, str]
    """Entry's path by what is sought: ``LENGTH`` words in a row; a shorter text, which is sought as the whole text of
    an element or an attribute; an address (``projets/defi-maths``), or the SHA-256 of a file."""

    @cached_property
    def heads(self) -> frozenset[Sequence]:
        """Return the first words of every sequence sought: a printed text with none of them holds none."""
        return frozenset(tuple(said.split(" ", HEAD)[:HEAD]) for said in self.said if " " in said)

    @cached_property
    def has_files(self) -> bool:
        """Tell whether the digest of a file is sought."""
        return any(_DIGEST.fullmatch(said) for said in self.said)

    @cached_property
    def folders(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Return the first segments of the addresses sought, each with what finds the next in a text."""
        names = sorted({said.partition("/")[0] for said in self.said if "/" in said})
        return tuple((name, re.compile(_NEXT.format(name=re.escape(name)))) for name in names)

    def heard_in(self, data: bytes) -> tuple[str, ...]:
        """Return what a printed text says of what is sought: words in their order, then addresses."""
        if not self.said:
            return ()
        text = data.decode("utf-8", "replace")
        told = [f"{name}/{found}" for name, after in self.folders for found in after.findall(text)]
        told += _digests_in(text) if self.has_files else ()
        spoken = self._words_in(read(data)) if self.heads else ()
        return tuple(dict.fromkeys((*spoken, *(one for one in told if one in self.said))))

    def _words_in(self, text: str) -> Iterator[str]:
        """Yield the sequences and the whole texts that the text of a printed file says."""
        if not self._may_say(words_in_a_row(text)):
            return
        for row, pieces in texts_of(text):
            for rank in range(len(row) - LENGTH + 1):
                if tuple(row[rank : rank + HEAD]) in self.heads:
                    sequence = " ".join(row[rank : rank + LENGTH])
                    if sequence in self.said:
                        yield sequence
            for piece in pieces:
                if HEAD <= len(piece) < LENGTH and (whole := " ".join(piece)) in self.said:
                    yield whole

    def _may_say(self, row: list[str]) -> bool:
        """Tell whether words in a row, wherever their texts begin and end, hold any that are sought."""
        if self.heads.isdisjoint(_heads(row)):
            return False
        ranks = (rank for rank, head in enumerate(_heads(row)) if head in self.heads)
        lengths = range(HEAD, LENGTH + 1)
        return any(" ".join(row[rank : rank + length]) in self.said for rank in ranks for length in lengths)


def _heads(row: list[str]) -> Iterator[Sequence]:
    """Yield every ``HEAD`` words in a row."""
    return zip(*(row[start:] for start in range(HEAD)), strict=False)


def _digests_in(text: str) -> Iterator[str]:
    """Yield every SHA-256 of a text: each stands on one character in sixty-four, so the others are not looked at."""
    for rank in range(0, len(text), SHA256):
        if text[rank] in _HEX:
            start = rank
            while start and rank - start < SHA256 and text[start - 1] in _HEX:
                start -= 1
            found = _DIGEST.match(text, start)
            if found and found.end() > rank:
                yield found[0]


def sought_of(entry: Entry, texts: Mapping[str, str]) -> list[str]:
    """Return what is sought of an entry: words of each of its texts, where it would stand, and what its files are.

    ``texts`` holds the words of files to download, by digest.
    """
    found = dict.fromkeys(" ".join(sequence) for sequence in _sequences(entry, texts))
    return [*found, *dict.fromkeys((address_of(entry), *(m.digest for m in entry.media if m.digest)))]


def long_ones(sought: Iterable[str]) -> list[str]:
    """Return what is sought of a text that waits, without its short texts.

    A school titles a date « Mardi 24 novembre 2026 », and may not close the gate by it.
    """
    return [one for one in sought if " " not in one or one.count(" ") == LENGTH - 1]


def innocent(
    suspects: Iterable[str], shown: Iterable[tuple[str, Entry]], frame: tuple[str, str], texts: Mapping[str, str]
) -> dict[str, str]:
    """Return those that the frame or an entry that may be shown says too, each with the name of who says it.

    ``frame`` is the text of the theme and of the circonscription, which every edition may print.
    """
    left = set(suspects)
    sequences: dict[Sequence, dict[Sequence, str]] = {}
    for suspect in left:
        if " " in suspect:
            sequence = tuple(suspect.split(" "))
            sequences.setdefault(sequence[:HEAD], {})[sequence] = suspect
    found: dict[str, str] = {}
    for name, address, rows in _said(shown, frame, texts):
        if not left:
            break
        heard = {said for row in rows for said in _hits(row, sequences)} | {address}
        found |= dict.fromkeys(heard & left, name)
        left -= heard
    return found


def _said(
    shown: Iterable[tuple[str, Entry]], frame: tuple[str, str], texts: Mapping[str, str]
) -> Iterator[tuple[str, str, Iterable[list[str]]]]:
    """Yield what the edition may print: who says it, its address, and its texts as words."""
    yield frame[0], "", [words(frame[1])]
    for name, entry in shown:
        documents = (words(texts.get(a.digest, "")) for a in entry.attachments)
        yield name, address_of(entry), (*_rows(entry), *documents)


def name_of(entry: Entry, texts: Mapping[str, str]) -> str:
    """Return what changes whenever an entry, or the words of its files, do."""
    read = [len(texts.get(a.digest, "")) for a in entry.attachments]
    return f"{entry.path}:{entry.digest}{read or ''}"


def name_of_frame(frame: str) -> str:
    """Return what changes whenever the frame does."""
    return hashlib.blake2b(frame.encode(), digest_size=16).hexdigest()


def address_of(entry: Entry) -> str:
    """Return the last two segments of an entry's address, as they are sought."""
    return "/".join(f"{entry.folder}/{entry.name}".split("/")[-2:])


def _hits(row: list[str], sequences: Mapping[Sequence, Mapping[Sequence, str]]) -> Iterator[str]:
    """Yield the sequences that the words hold."""
    if sequences.keys().isdisjoint(_heads(row)):
        return
    for rank in range(len(row) - HEAD + 1):
        for sequence, said in sequences.get(tuple(row[rank : rank + HEAD]), {}).items():
            if tuple(row[rank : rank + len(sequence)]) == sequence:
                yield said


def _sequences(entry: Entry, texts: Mapping[str, str]) -> Iterator[Sequence]:
    """Yield the sequences sought: the start, the middle and the end of each text."""
    for row in (*_rows(entry), *_lines(entry, texts)):
        if len(row) >= HEAD:
            for start in sorted({0, max(0, (len(row) - LENGTH) // 2), max(0, len(row) - LENGTH)}):
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
