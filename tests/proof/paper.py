"""A printed edition made by hand, which tells what was read of it."""

import base64
import random
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from gazette.model.entry import Entry
from gazette.model.finding import Finding
from gazette.model.sheet import Manifest, Printed
from gazette.proof.sought import Sought
from gazette.proof.stage import Shown, proof
from tests.samples import Shelf, sample_newsroom


@dataclass(frozen=True)
class Paper:
    """A printed edition."""

    manifest: Manifest
    folder: Path
    fresh: frozenset[str] = frozenset()
    read: list[str] = field(default_factory=list)
    """Paths asked for, in order."""

    @property
    def output(self) -> Path:
        """Return where it stands."""
        return self.folder

    @property
    def staging(self) -> Path:
        """Return where it would stand if it were new."""
        return self.folder / "nowhere"

    def file(self, path: str) -> Path:
        """Return where a file stands."""
        self.read.append(path)
        return self.folder / path


def printed(folder: Path, **texts: str) -> Paper:
    """Return the public edition of these texts, by path."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    rows = {n: Printed(sha256(t.encode()).hexdigest(), len(t), "k") for n, t in texts.items()}
    return Paper(Manifest("public", rows), folder)


def noise(size: int) -> str:
    """Return a text that compresses to about this many bytes."""
    return base64.b64encode(random.Random(1).randbytes(size)).decode()  # noqa: S311  # no secret


def faults(
    paper: Paper,
    memo: Shelf,
    tokens: frozenset[str] = frozenset(),
    hidden: Collection[Entry] = (),
    shown: Collection[Entry] = (),
    but: Collection[str] = ("EPR-11",),
) -> list[Finding]:
    """Return what a proof of the public edition finds, but what no fragment of a page could have."""
    audiences = sample_newsroom().audiences
    found = proof([Shown(audiences[0], paper, tuple(shown), tuple(hidden), "")], audiences, memo, tokens)[1]
    return [finding for finding in found if finding.code not in but]


def sought(
    hidden: Collection[Entry],
    shown: Collection[Entry] = (),
    frame: str = "",
    waiting: Collection[Entry] = (),
    memo: Shelf | None = None,
) -> Sought:
    """Return what the public edition must not hold."""
    kept = memo if memo is not None else Shelf()
    paper = Paper(Manifest("public", {}), Path())
    sides = Shown(sample_newsroom().audiences[0], paper, tuple(shown), tuple(hidden), frame, tuple(waiting))
    return Sought(sides, "cherche:public", kept)


def leak(known: Sought, data: str | bytes) -> tuple[str, str]:
    """Return whose words or address a printed text lets out, and what it lets out."""
    return known.leaks([known.canaries.heard_in(data.encode() if isinstance(data, str) else data)])[0]
