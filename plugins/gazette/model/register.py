"""The register of withdrawals: what was taken off line for good, whatever comes back (rule R19)."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.entry import Entry
    from gazette.model.media import Medium


MOTIVES = {
    "autorisation": "l'autorisation a été retirée",
    "demande": "une personne ou une famille l'a demandé",
    "erreur": "publié par erreur",
    "fin": "la durée prévue est passée",
}
"""Why something is withdrawn, by code."""
ALIKE, TURNED = 10, 5
"""Bits of 64 by which two perceptual hashes may differ and still be of one picture; of a picture that was turned."""


RARE = 20
"""Words from which a text is taken for itself wherever it comes back."""


RUN = 3
"""Words in a row that a sketch samples."""
SAMPLE = 32
"""Digests in a sketch."""
NEAR = 0.4
"""Share of runs in common from which a text is held until someone looks."""
LENGTHS = 0.6, 1.6
"""How much shorter or longer a text may be and still be compared."""


def words_digest(text: str) -> str:
    """Return SHA-256 of a text's words, without case nor signs; "" of a text too short to be known again."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if len(words) >= RARE else ""


def sketch(text: str) -> str:
    """Return what tells a text from others through light edits: its length, and the least digests of its word runs.

    These are a sample of all its runs of three words, the same of each text (a bottom-k sketch of MinHash).
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    if len(words) < RARE:
        return ""
    runs = {zlib.crc32(" ".join(words[rank : rank + RUN]).encode()) for rank in range(len(words) - RUN + 1)}
    return f"{len(words)}-{''.join(f'{digest:08x}' for digest in sorted(runs)[:SAMPLE])}"


def nearness(one: str, other: str) -> float:
    """Return the share of runs of words that two sketches have in common, as their samples estimate it."""
    sides = [{text[at : at + 8] for at in range(0, len(text), 8)} for text in (_digests(one), _digests(other))]
    least = set(sorted(sides[0] | sides[1])[:SAMPLE])
    return len(least & sides[0] & sides[1]) / len(least) if least else 0.0


def _digests(told: str) -> str:
    return told.partition("-")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A record of ``registres/retraits.yml``: an entry, an authorisation or files; it names no pupil."""

    id: str
    """``RET-2026-001``."""
    day: date
    motive: str
    """A code: autorisation, demande, erreur or fin."""
    edition: str
    """Name of the edition that printed it: a more open one does not tell that it ever was."""
    entry: str = ""
    """Identity of the entry withdrawn as a whole, or ""."""
    authorisation: str = ""
    """Id of the authorisation withdrawn, or ""."""
    digests: tuple[str, ...] = ()
    """SHA-256 of the files withdrawn."""
    likenesses: tuple[str, ...] = ()
    """Perceptual hashes of the pictures withdrawn: 64 bits in hexadecimal."""
    texts: tuple[str, ...] = ()
    """SHA-256 of the words of the text withdrawn, whatever its name, its front matter and its marks."""
    sketches: tuple[str, ...] = ()
    """What tells the text withdrawn through light edits."""
    previous: str = ""
    """Digest of the record before it; "" in the first."""

    @property
    def mark(self) -> str:
        """Return what tells that the same was withdrawn, whatever its number and the record before it."""
        facts = [self.day.isoformat(), self.edition, self.entry, self.authorisation, *sorted(self.digests)]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()[:32]

    @property
    def digest(self) -> str:
        """Return SHA-256 of the record, which the next one holds: none can be changed or dropped unseen."""
        facts = [
            *(self.id, self.day.isoformat(), self.motive, self.edition, self.entry, self.authorisation),
            *(list(self.digests), list(self.likenesses), self.previous),
            *((list(self.texts),) if self.texts else ()),  # older records have none, and keep their digest
            *((list(self.sketches),) if self.sketches else ()),
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Register:
    """Every withdrawal, oldest first."""

    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def head(self) -> str:
        """Return the digest of the last record, or ""."""
        return self.withdrawals[-1].digest if self.withdrawals else ""

    @property
    def marks(self) -> frozenset[str]:
        """Return the mark of each record: what a target remembers, to refuse a register that lacks one."""
        return frozenset(w.mark for w in self.withdrawals)

    def holds(self, head: str) -> bool:
        """Tell whether what was seen of it, up to this digest, is still there."""
        return not head or any(w.digest == head for w in self.withdrawals)

    def knows(self, entry: str, authorisation: str, digests: tuple[str, ...]) -> bool:
        """Tell whether records name all of this already."""
        named = {d for w in self.withdrawals for d in w.digests}
        return (
            any(entry and w.entry == entry for w in self.withdrawals)
            or any(authorisation and w.authorisation == authorisation for w in self.withdrawals)
            or (not entry and not authorisation and bool(digests) and set(digests) <= named)
        )

    def like(self, likeness: str, within: int = ALIKE) -> Withdrawal | None:
        """Return the record of a picture that this one looks like, so many bits apart at most, or None."""
        if not likeness:
            return None
        bits = int(likeness, 16)
        alike = (w for w in self.withdrawals for h in w.likenesses if (bits ^ int(h, 16)).bit_count() <= within)
        return next(alike, None)

    def names(self, entry: Entry, medium: Medium) -> bool:
        """Tell whether a medium was withdrawn, itself or with the whole of its entry."""
        return bool(self.withdrawals) and bool(self.of_entry(entry) or self.of_medium(medium))

    def of_entry(self, entry: Entry) -> Withdrawal | None:
        """Return the record that withdrew the entry as a whole, by its identity or where it stood, or None."""
        names = {entry.id, entry.path.removesuffix("/index.md").removesuffix(".md")}
        return next((w for w in self.withdrawals if w.entry and w.entry in names), None)

    def of_text(self, entry: Entry) -> Withdrawal | None:
        """Return the record of a withdrawn text that this entry says word for word, or None."""
        said = words_digest(entry.body.text) if any(w.texts for w in self.withdrawals) else ""
        return next((w for w in self.withdrawals if said and said in w.texts), None)

    def near_text(self, entry: Entry) -> Withdrawal | None:
        """Return the record of a withdrawn text that this entry says with few words changed, or None."""
        low, high = LENGTHS
        alike = [
            (w, told)
            for w in self.withdrawals
            for told in w.sketches
            if low <= entry.body.words / int(told.partition("-")[0]) <= high
        ]
        said = sketch(entry.body.text) if alike else ""
        return next((w for w, told in alike if said and nearness(said, told) >= NEAR), None)

    def of_medium(self, medium: Medium) -> Withdrawal | None:
        """Return the record that withdrew the medium, by its bytes or by its authorisation, or None."""
        return next(
            (
                w
                for w in self.withdrawals
                if (medium.digest and medium.digest in w.digests)
                or (w.authorisation and w.authorisation == medium.authorisation)
            ),
            None,
        )
