"""A printed edition made by hand, which tells what was read of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from gazette.model.entry import Entry
from gazette.model.finding import Finding
from gazette.model.sheet import Manifest, Printed
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


def faults(
    paper: Paper,
    memo: Shelf,
    tokens: frozenset[str] = frozenset(),
    hidden: Collection[Entry] = (),
    shown: Collection[Entry] = (),
) -> list[Finding]:
    """Return what a proof of the public edition finds."""
    audiences = sample_newsroom().audiences
    return proof([Shown(audiences[0], paper, tuple(shown), tuple(hidden), "")], audiences, memo, tokens)[1]
