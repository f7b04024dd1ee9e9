"""One edition while it is read back: which of its files may have changed a verdict, and what was read of them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gazette.hands import share
from gazette.proof.evidence import Evidence, evidence, remember, remembered, row_of
from gazette.proof.page import PACKED, proof_version, readable
from gazette.proof.tokens import tells
from gazette.proof.unpacked import PICTURES_AND_SOUNDS, SealedError, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from gazette.model.memo import Memo
    from gazette.model.sheet import Manifest
    from gazette.proof.canaries import Canaries

TEXTS = (".html", ".xml", ".atom", ".json", ".txt", ".css", ".js", ".svg", ".ics", ".opml", ".rss", *PACKED)
"""Names of what may say a word."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the last proof that stopped nothing had read of an edition."""

    sought: str = ""
    """Digest of the canaries that no file held."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Digest by path."""
    notes: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    """What was noted of a file: code, message and remedy, by path; it holds while the file is what it was."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one file says that it must not."""

    heard: tuple[str, ...] = ()
    """What is sought of a hidden entry, which somebody who may be shown may say too."""
    is_token: bool = False
    """It tells the name of a token feed."""
    is_sealed: bool = False
    """It is a document or an archive that cannot be read back."""


class Rereading:
    """The files of one edition; each is read at most once, and not at all when the last verdict holds for it."""

    def __init__(
        self,
        manifest: Manifest,
        file: Callable[[str], Path],
        past: Verdict,
        memo: Memo,
        standing: Mapping[str, frozenset[str]],
    ) -> None:
        self.manifest = manifest
        self.file = file
        """Where a printed file stands for now."""
        self.past = past
        self.memo = memo
        self.standing = standing
        """Anchors of files that links may lead to though they are not read here."""
        self.known: dict[str, Evidence] = {}
        self.weights: dict[str, int] = {}
        self.changed = [p for p, f in manifest.files.items() if past.files.get(p) != f.digest]
        """Paths of which no verdict is known."""

    def __contains__(self, path: object) -> bool:
        return path in self.manifest.files or path in self.standing

    def __getitem__(self, path: str) -> frozenset[str]:
        """Return the anchors of a page."""
        return frozenset(self.of([path])[0].ids) if path in self.manifest.files else self.standing[path]

    def packed(self, path: str) -> int:
        """Return the bytes of a file as a server that compresses sends it."""
        if path not in self.weights:
            self.weights[path] = len(gzip.compress(self.file(path).read_bytes(), 6))
        return self.weights[path]

    def search(self, sought: Canaries, added: Canaries, tokens: frozenset[str]) -> dict[str, Told]:
        """Return what files say that they must not; in those of the last verdict, what was ``added`` is sought."""
        told = dict(zip(self.changed, self._read(self.changed, sought, tokens), strict=True))
        if added.said:
            others = [p for p in self.manifest.files if p not in told and p.endswith(TEXTS)]
            told |= zip(others, share(lambda paths: [self._leak(p, added) for p in paths], others), strict=True)
        for path in (p for p in self.manifest.files if not p.endswith((*TEXTS, *PICTURES_AND_SOUNDS))):
            is_token = path in told and told[path].is_token
            told[path] = replace(self._packed(path, sought if path in told else added), is_token=is_token)
        return {path: one for path, one in told.items() if one != Told()}

    def of(self, paths: Sequence[str]) -> list[Evidence]:
        """Return what files hold, from the memo or from their bytes."""
        self._recall(paths)
        missing = [path for path in paths if path not in self.known]
        for path, found in zip(missing, share(lambda some: [self._evidence(p) for p in some], missing), strict=True):
            self._keep(path, found)
        return [self.known[path] for path in paths]

    @cached_property
    def has_lost(self) -> bool:
        """Tell whether a path or an anchor is no more, to which files of the last verdict may lead."""
        if any(path not in self.manifest.files for path in self.past.files):
            return True
        for path in self.changed:
            digest = self.past.files.get(path)
            former = remembered(path, digest, self.memo) if digest else Evidence()
            if former is None or not self[path].issuperset(former.ids):
                return True
        return False

    def verdict(self, sought: str) -> Verdict:
        """Return the verdict on an edition that nothing stops; what the memo knows of its files is then of use."""
        self.memo.keep(row_of(path, printed.digest) for path, printed in self.manifest.files.items())
        self.memo.keep(_packed_row(f.digest) for p, f in self.manifest.files.items() if not p.endswith(TEXTS))
        return Verdict(sought, {path: printed.digest for path, printed in self.manifest.files.items()})

    def _read(self, paths: Sequence[str], sought: Canaries, tokens: frozenset[str]) -> list[Told]:
        """Read files for all proofs at once."""
        self._recall(paths)

        def read(some: Sequence[str]) -> list[tuple[Evidence, Told]]:
            rows = []
            for path in some:
                data = self._bytes(path)
                heard = sought.heard_in(data) if path.endswith(TEXTS) else ()
                rows.append((self.known.get(path) or evidence(path, data), Told(heard, tells(data, tokens))))
            return rows

        rows = share(read, paths)
        for path, (found, _) in zip(paths, rows, strict=True):
            self._keep(path, found)
        return [told for _, told in rows]

    def _evidence(self, path: str) -> Evidence:
        return evidence(path, self._bytes(path))

    def _leak(self, path: str, added: Canaries) -> Told:
        return Told(added.heard_in(self._bytes(path)))

    def _bytes(self, path: str) -> bytes:
        return readable(path, self.file(path).read_bytes())

    def _packed(self, path: str, sought: Canaries) -> Told:
        """Return what a document or an archive says; unpacked once, since that is long and canaries change."""
        if not sought.said:
            return Told()
        known = self.memo.get(_packed_row(self.manifest.files[path].digest))
        if known is None:
            try:
                with self.file(path).open("rb") as printed:
                    texts = [text.decode("utf-8", "replace") for text in unpacked(path, printed)]
            except SealedError:
                return Told(is_sealed=True)
            known = json.dumps(texts, ensure_ascii=False)
            self.memo.put(_packed_row(self.manifest.files[path].digest), known)
        return Told(tuple(said for text in json.loads(known) for said in sought.heard_in(text.encode())))

    def _recall(self, paths: Sequence[str]) -> None:
        for path in paths:
            if path not in self.known:
                found = remembered(path, self.manifest.files[path].digest, self.memo)
                if found:
                    self.known[path] = found

    def _keep(self, path: str, found: Evidence) -> None:
        if path not in self.known:
            self.known[path] = found
            remember(path, self.manifest.files[path].digest, found, self.memo)


def _packed_row(digest: str) -> str:
    """Return the key that the texts of a document are kept under."""
    return f"deplie:{proof_version()}:{digest}"
