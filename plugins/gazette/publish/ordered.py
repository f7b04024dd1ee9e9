"""A target without an atomic switch: what pages need goes first, what leads to them next, deletions last.

At every instant, whatever a reader follows leads somewhere, and each file is whole. The way back is to publish again.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gazette.errors import TargetError
from gazette.model.sheet import Manifest, Printed
from gazette.publish.lease import BEAT, held
from gazette.publish.pages import MARK_OF_OURS
from gazette.publish.plan import plan
from gazette.publish.release import Part, Release, decoded, release
from gazette.publish.releases import Damage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gazette.model.sheet import Proofed
    from gazette.publish.disk import Progress
    from gazette.publish.plan import Plan
    from gazette.publish.release import Facts

RECORD = "manifeste.json"
GRACE = 10.0
"""Seconds between the last upload and the first deletion: a reader who loads a page gets what it needs."""


class Shelf(Protocol):
    """A place that stores files one by one."""

    name: str
    """How messages call it; without credentials."""

    def session(self) -> contextlib.AbstractContextManager[object]:
        """Keep a connection open."""
        ...

    def sizes(self) -> Mapping[str, tuple[int, str]]:
        """Return every file by path, with its size and the mark that the target changes with its bytes."""
        ...

    def put(self, path: str, data: bytes) -> str:
        """Store a file whole or not at all, make sure that it arrived, and return its mark."""
        ...

    def get(self, path: str) -> bytes | None:
        """Return a file's bytes; None when there is none."""
        ...

    def delete(self, path: str) -> None:
        """Remove a file."""
        ...

    def forget(self) -> None:
        """Remove the versions that the target keeps of what was replaced or removed, where we can."""
        ...

    def note(self, name: str) -> bytes | None:
        """Return a note of ours, which stands beside the site and not in it; None when there is none."""
        ...

    def keep_note(self, name: str, data: bytes) -> None:
        """Store a note of ours."""
        ...

    def create(self, data: bytes) -> bool:
        """Make the lock; False when it is there already."""
        ...

    def renew(self) -> None:
        """Write the lock that we made again: we are alive."""
        ...

    def holder(self) -> tuple[bytes, float] | None:
        """Return what the lock holds and the seconds since it was renewed, by the target's own clock."""
        ...

    def drop(self, data: bytes) -> None:
        """Remove the lock if it holds this."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """What ``switch`` sends."""

    edition: Proofed
    plans: tuple[Plan, ...]
    live: Mapping[str, Printed]
    """What stands there, by path, with its marks."""
    tell: Progress
    facts: Facts


class Ordered:
    """One edition on a shelf."""

    def __init__(self, shelf: Shelf, wait: Callable[[float], None] = time.sleep) -> None:
        self.shelf = shelf
        self.name = shelf.name
        self.wait = wait
        self._last = 0.0
        """When the lock was last renewed, in seconds of the machine's own clock."""

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Keep the connection open."""
        with self.shelf.session():
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[str]:
        """Hold the target; give who died holding it before, or ""."""
        with held(self.shelf) as dead:
            self._last = time.monotonic()
            yield dead

    def _beat(self) -> None:
        """Renew the lock, when it is time: to hold it is to write it, and whoever only plans does not."""
        if self._last and time.monotonic() - self._last > BEAT:
            self.shelf.renew()
            self._last = time.monotonic()

    def is_used(self) -> bool:
        """Tell whether anything was ever put on line there, by what is remembered of it, even forged."""
        return bool(self.shelf.note(RECORD))

    def on_line(self) -> Release | None:
        """Return what is remembered of what is on line."""
        return decoded(self.shelf.note(RECORD))

    def spoiled(self) -> tuple[int, ...]:
        """Keep nothing."""
        return ()

    def doubts(self) -> Iterator[str]:
        """Yield that what is on line is not known any more."""
        note = self.shelf.note(RECORD)
        if decoded(note) is None and (note or self.shelf.sizes()):
            yield "le manifeste de ce qui est en ligne manque, ou n'est pas de Gazette ; publier y relit tout"

    def _live(self, build: Manifest) -> Manifest:
        """Return the files on line; what nothing is remembered of, after a run cut short, is read again."""
        note, sizes = self.shelf.note(RECORD), self.shelf.sizes()
        if note is None and sizes and MARK_OF_OURS not in sizes:
            remedy = "videz cette place, ou donnez-en une autre au site"
            raise TargetError(f"{self.name} : il y a là d'autres fichiers que ceux de Gazette ; {remedy}")
        record = decoded(note)
        known = record.manifest(build.audience).files if record else {}
        found = {path: Printed("", size, mark) for path, (size, mark) in sizes.items()}
        for path, there in found.items():
            before, wanted = known.get(path), build.files.get(path)
            if before and (before.size, before.key) == (there.size, there.key):
                found[path] = before
            elif wanted and wanted.size == there.size:
                self._beat()
                digest = self._digest(path)
                found[path] = replace(there, digest=digest if digest == wanted.digest else "")
        return Manifest(build.audience, found)

    def plan(self, builds: Sequence[Manifest]) -> tuple[Plan, ...]:
        """Return how what stands there becomes the edition."""
        return tuple(plan(build, self._live(build)) for build in builds)

    def prepare(self, editions: Sequence[Proofed], facts: Facts, tell: Progress) -> Ready:
        """Plan, and prove everything that will be sent; nothing can be brought unseen."""
        edition = editions[0]
        live = self._live(edition.manifest)
        planned = plan(edition.manifest, live)
        for path in planned.uploads:
            _proved(edition, path)
        return Ready(edition, (planned,), live.files, tell, facts)

    def switch(self, ready: Ready) -> None:
        """Send, in an order that holds at every step, then what is remembered of it."""
        planned, manifest = ready.plans[0], ready.edition.manifest
        if self.shelf.note(RECORD) is None:  # whatever comes of it, what stands there is ours
            self.shelf.keep_note(RECORD, b"")
        marks = {path: ready.live[path].key for path in planned.keeps}
        for path in sorted(planned.uploads, key=lambda path: (step(path), path)):
            self._beat()
            data = _proved(ready.edition, path)
            marks[path] = self.shelf.put(path, data)
            ready.tell(len(data))
        files = {p: replace(f, key=marks[p], stamp=0, sources=()) for p, f in manifest.files.items()}
        known = self.on_line()
        remembered = (dict(known.manifest(manifest.audience).files), known.withdrawn) if known else None
        if remembered != (files, ready.facts.withdrawn):
            new = release(1, [ready.edition], ready.facts)
            self.shelf.keep_note(RECORD, replace(new, parts={manifest.audience: Part(files, {})}).encoded())

    def finish(self, ready: Ready, _: Facts) -> tuple[Release, ...]:
        """Remove what is no more, once a reader who was loading a page has it."""
        gone = ready.plans[0].deletes
        if gone:
            self.wait(GRACE)
        for path in sorted(gone, key=lambda path: (-step(path), path)):
            self._beat()
            self.shelf.delete(path)
        if not ready.plans[0].is_empty:
            self.shelf.forget()
        return ()

    def clear(self, edition: str, _: Facts) -> tuple[Plan, ...]:
        """Remove every file, then what is remembered of them."""
        planned = self.plan([Manifest(edition, {})])[0]
        for path in sorted(planned.deletes, key=lambda path: (-step(path), path)):
            self._beat()
            self.shelf.delete(path)
        if not planned.is_empty:
            self.shelf.keep_note(RECORD, b"")
            self.shelf.forget()
        return () if planned.is_empty else (planned,)

    def since(self) -> float:
        """Leave the instant to the record, since nothing is switched."""
        return 0

    def kept(self) -> tuple[Release, ...]:
        """Keep nothing."""
        return ()

    def damages(self) -> tuple[Damage, ...]:
        """Read again everything that is on line."""
        record = self.on_line()
        return tuple(self._damage(name, part.files) for name, part in record.parts.items()) if record else ()

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file of the shelf, each read again, by path."""
        return {path: self._digest(path) for path in sorted(self.shelf.sizes())}

    def _digest(self, path: str) -> str:
        """Return the SHA-256 of a file, brought back."""
        return hashlib.sha256(self.shelf.get(path) or b"").hexdigest()

    def _damage(self, name: str, files: Mapping[str, Printed]) -> Damage:
        there = self.shelf.sizes()
        changed = [
            path
            for path, printed in sorted(files.items())
            if path in there and (there[path][0] != printed.size or self._digest(path) != printed.digest)
        ]
        return Damage(
            name, tuple(sorted(set(files) - set(there))), tuple(changed), tuple(sorted(set(there) - set(files)))
        )

    def back(self, number: int, facts: Facts) -> Release:
        """Refuse: there is no way back but to publish again."""
        del number, facts
        raise TargetError(f"{self.name} : rien n'y est gardé ; faites « git revert », puis publiez à nouveau")


def step(path: str) -> int:
    """Return when a file is sent: what pages load, pages, lists and the home page, then feeds and indexes."""
    if not path.endswith((".html", ".xml", ".atom", ".json", ".ics", ".opml", ".txt")):
        return 0
    if path.endswith(".html"):
        return 2 if path.count("/") <= 1 or "/page/" in path else 1
    return 3


def _proved(edition: Proofed, path: str) -> bytes:
    """Return a file's bytes; ``TargetError`` when they are not those that were proofed."""
    try:
        data = Path(edition.root, path).read_bytes()
    except OSError as error:
        raise TargetError(f"{edition.root}/{path} : fichier disparu depuis sa vérification ; relancez") from error
    if hashlib.sha256(data).hexdigest() != edition.manifest.files[path].digest:
        raise TargetError(
            f"{edition.root}/{path} : fichier modifié depuis sa vérification ; relancez construire --frais"
        )
    return data
