"""What a target remembers of an edition put on line: its files, what they were made from, when, from which commit."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import category

from gazette.model.sheet import Manifest, Printed
from gazette.model.source import refusals
from gazette.model.token import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazette.model.sheet import Proofed
    from gazette.model.source import Source

SCHEMA = 1
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
"""What an edition may be called on a target."""
NO_MORE = "retiré, supprimé, expiré, reclassé ou refusé"
"""Why a source may not be shown as a release shows it."""
SHOWN = 5
"""Sources named at most, before « et … autres »."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a publication beside its files."""

    at: str
    """Instant of the publication, ISO 8601 with its offset."""
    day: str
    """Instant of the build, as reports write it."""
    commit: str
    """Commit of the content; "" without a repository."""
    sources: Mapping[str, Mapping[str, Source]]
    """By audience, then by path: what may be shown today."""
    withdrawn: frozenset[str] = frozenset()
    """Marks of the register of withdrawals (``Register.marks``)."""
    unread: frozenset[str] = frozenset()
    """Texts that stand in the repository, and that a slip in how they are written keeps out today."""

    def is_a_slip(self, path: str) -> bool:
        """Tell whether a source is such a text, or stands in its folder."""
        folders = {file.removesuffix("index.md") for file in self.unread if file.endswith("/index.md")}
        return path in self.unread or any(path.startswith(folder) for folder in folders)

    def of(self, edition: str) -> Mapping[str, Source]:
        """Return what the edition, or the tree of its token feed, may show."""
        return self.sources.get(edition.removesuffix(SUFFIX), {})


@dataclass(frozen=True, slots=True)
class Part:
    """One edition of a release."""

    files: Mapping[str, Printed]
    """By path; ``stamp`` is the time of the file's last change on the target, ``key`` its mark there."""
    sources: Mapping[str, str]
    """Digest of every text and medium it was made from, by path."""


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that one publication put on line together."""

    number: int
    at: str
    day: str
    commit: str
    parts: Mapping[str, Part]
    """By edition."""
    withdrawn: frozenset[str] = frozenset()
    """Marks of the register of withdrawals that the publisher had."""

    def manifest(self, edition: str) -> Manifest:
        """Return the files of one edition."""
        part = self.parts.get(edition)
        return Manifest(edition, part.files if part else {})

    def refusals(self, facts: Facts) -> list[str]:
        """Return the sources that may not be shown today as this release shows them."""
        return sorted({path for name, part in self.parts.items() for path in refusals(part.sources, facts.of(name))})

    def is_barred(self, facts: Facts) -> bool:
        """Tell whether it may not even be kept: a slip does not bar it, unless something was withdrawn since."""
        may_be_slips = facts.withdrawn <= self.withdrawn
        return any(not (may_be_slips and facts.is_a_slip(path)) for path in self.refusals(facts))

    def encoded(self) -> bytes:
        """Return the release as it is stored."""
        parts = {
            name: {
                "fichiers": {path: [f.digest, f.size, f.stamp, f.key] for path, f in sorted(part.files.items())},
                "sources": dict(sorted(part.sources.items())),
            }
            for name, part in sorted(self.parts.items())
        }
        head = {"schema": SCHEMA, "numero": self.number, "le": self.at, "jour": self.day, "commit": self.commit}
        head["retraits"] = sorted(self.withdrawn)
        return json.dumps(head | {"editions": parts}, ensure_ascii=False, separators=(",", ":")).encode()


def release(number: int, editions: Sequence[Proofed], facts: Facts) -> Release:
    """Return the release that puts the editions on line."""
    parts = {
        e.manifest.audience: Part(
            e.manifest.files, {path: s.digest for path, s in facts.of(e.manifest.audience).items()}
        )
        for e in editions
    }
    return Release(number, facts.at, facts.day, facts.commit, parts, facts.withdrawn)


def decoded(data: bytes | None) -> Release | None:
    """Return the release that was stored; None when it cannot be believed whole."""
    try:
        stored = json.loads(data or b"")
        if stored["schema"] != SCHEMA or type(stored["numero"]) is not int:
            return None
        parts = {name: _part(part) for name, part in stored["editions"].items()}
        at, day, commit = (stored[key] for key in ("le", "jour", "commit"))
        withdrawn = frozenset(str(mark) for mark in stored.get("retraits", ()))  # older records have none
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    is_sound = all(isinstance(word, str) for word in (at, day, commit)) and all(NAME.fullmatch(name) for name in parts)
    return Release(stored["numero"], at, day, commit, parts, withdrawn) if is_sound else None


def some(paths: Sequence[str]) -> str:
    """Return the first of the sources that forbid a release."""
    return ", ".join(paths[:SHOWN]) + (f" et {len(paths) - SHOWN} autres" if len(paths) > SHOWN else "")


def _part(stored: Any) -> Part:  # noqa: ANN401  # foreign until read
    files = {
        _inside(path): Printed(str(digest), _natural(size), str(mark), (), int(stamp))
        for path, (digest, size, stamp, mark) in stored["fichiers"].items()
    }
    return Part(files, {str(path): str(digest) for path, digest in stored["sources"].items()})


def _natural(size: Any) -> int:  # noqa: ANN401  # foreign until read
    """Return a size: a listing gives what is no file one below zero, which no record of ours holds."""
    if int(size) < 0:
        raise ValueError(size)
    return int(size)


def _inside(path: str) -> str:
    """Return a path that stays in its folder; a manifest with any other was not written by us."""
    parts = path.encode().decode().split("/")  # what is no text is no path of ours
    if not path or "\\" in path or any(category(sign) == "Cc" for sign in path) or {"", ".", ".."} & set(parts):
        raise ValueError(path)
    return path
