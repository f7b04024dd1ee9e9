"""What one edition must not hold, from run to run: what it hides, and who among what it shows says the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Protocol

from gazette.proof.canaries import Canaries, innocent, long_ones, name_of, name_of_frame, sought_of
from gazette.proof.page import proof_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.model.entry import Entry
    from gazette.model.memo import Memo


class Sides(Protocol):
    """What an edition shows and hides."""

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Return the entries that it may show."""
        ...

    @property
    def hidden(self) -> tuple[Entry, ...]:
        """Return the entries that it must not."""
        ...

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Return the dépêches that nobody accepted yet."""
        ...

    @property
    def frame(self) -> str:
        """Return what every edition may say."""
        ...

    @property
    def config(self) -> str:
        """Return the digest of the circonscription's configuration."""
        ...

    @property
    def documents(self) -> Mapping[str, str]:
        """Return the words of files to download, by digest."""
        ...


class Sought:
    """What is sought in the files of one edition.

    Nearly nothing that is hidden is said elsewhere: what a file says of it is looked for first, and only then who else
    says so. What was found innocent stays so while who says it is shown.
    """

    def __init__(self, sides: Sides, row: str, memo: Memo) -> None:
        """Take up what the last run sought, kept under the memo's ``row``, and seek what is hidden now."""
        self.sides = sides
        self.row = row
        self.memo = memo
        self.kept = memo.get(row) or ""
        """What the last run sought, as it was kept."""
        self.made_for = f"{proof_version()}{sides.config}"
        made_for, former, known = json.loads(self.kept) if self.kept else ("", {}, {})
        same = former if made_for == self.made_for else {}
        self.entries: dict[str, list[str]] = {}
        """What is sought of each entry, by its name; first its path."""
        for entry in sides.waiting:
            name = f"attente:{name_of(entry, sides.documents)}"
            self.entries[name] = same.get(name) or [entry.path, *long_ones(sought_of(entry, sides.documents))]
        for entry in sides.hidden:
            name = name_of(entry, sides.documents)
            self.entries[name] = same.get(name) or [entry.path, *sought_of(entry, sides.documents)]
        self.canaries = Canaries({said: path for path, *sought in self.entries.values() for said in sought})
        self.innocent: dict[str, str] = {said: who for said, who in known.items() if said in self.canaries.said}
        """Name of who says it too, by what is sought."""
        news = self._news(former, same)
        self.added = Canaries({said: self.canaries.said[said] for said in news | self._lost(is_sure=same is former)})
        """What the last run did not seek, or knew to be innocent and is not sure any more."""

    @property
    def former_digest(self) -> str:
        """Return the digest of what the last run sought."""
        return _digest(self.kept)

    def keep(self) -> str:
        """Keep what this run sought; return its digest."""
        kept = json.dumps([self.made_for, self.entries, self.innocent], ensure_ascii=False, separators=(",", ":"))
        if kept != self.kept:
            self.memo.put(self.row, kept)
        return _digest(kept)

    def leaks(self, heard: Iterable[tuple[str, ...]]) -> list[tuple[str, str]]:
        """Return, for what each file was heard to say, whose it is and the words; "" when all of it is innocent."""
        heard = list(heard)
        suspects = {said for row in heard for said in row}.difference(self.innocent)
        if suspects:
            self.innocent |= self._innocent(suspects, self._shown())
        guilty = (next((said for said in row if said not in self.innocent), "") for row in heard)
        return [(self.canaries.said.get(said, ""), said if " " in said else said[:60]) for said in guilty]

    def _shown(self) -> dict[str, Entry]:
        return {name_of(entry, self.sides.documents): entry for entry in self.sides.shown}

    def _innocent(self, suspects: Iterable[str], shown: Mapping[str, Entry]) -> dict[str, str]:
        frame = self.sides.frame
        return innocent(suspects, shown.items(), (name_of_frame(frame), frame), self.sides.documents)

    def _lost(self, *, is_sure: bool) -> set[str]:
        """Drop what is not known to be innocent any more: who said it is not shown, and nobody shown says it now."""
        if not self.innocent:
            return set()
        shown = self._shown()
        standing = shown.keys() | {name_of_frame(self.sides.frame)} if is_sure else set()
        doubtful = {said: who for said, who in self.innocent.items() if who not in standing}
        paths = {who.partition(":")[0] for who in doubtful.values()}
        same = {name: entry for name, entry in shown.items() if entry.path in paths}
        found = self._innocent(doubtful, same) if doubtful else {}
        found |= self._innocent(doubtful.keys() - found.keys(), shown) if doubtful.keys() - found.keys() else {}
        self.innocent = {said: who for said, who in self.innocent.items() if said not in doubtful} | found
        return set(doubtful.keys() - found.keys())

    def _news(self, former: Mapping[str, list[str]], same: Mapping[str, list[str]]) -> set[str]:
        """Return what the last run did not seek."""
        news = {said for name, (_, *sought) in self.entries.items() if name not in same for said in sought}
        if news:
            news.difference_update(said for _, *sought in former.values() for said in sought)
        return news


def _digest(kept: str) -> str:
    return hashlib.blake2b(kept.encode(), digest_size=16).hexdigest()
