"""Everything that the newsdesk's work of one run needs, and the workers in which foreign bytes are read."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from gazette.newsdesk.client import Client
from gazette.newsdesk.network import Network
from gazette.newsdesk.peer import Claims
from gazette.newsdesk.worker import GATHERER
from gazette.pool import Pool

if TYPE_CHECKING:
    import datetime as dt

READER, DECODER = "gazette.read.worker", "gazette.press.worker"
"""The reader's and the press's own workers: what they let through here is what they would let through there."""
SIDE = 1600
"""Pixels of the widest picture that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one run may do, and where."""

    content: Path
    state: Path
    """Mirrors, documents and health: nothing of it is needed to build."""
    quarantine: Path
    day: dt.date
    network: Network = field(default_factory=Network)
    seconds: float = 60.0
    """Wall time of one document, of one repository, and of the pictures of one source."""
    roots: tuple[Path, ...] | None = None
    """Folders in which a local source may stand; None: anywhere (not in CI)."""
    known_hosts: str = ""
    ssh_key: str = ""
    is_offline: bool = False
    """Replays what the lock file pins; nothing is asked of anybody."""
    is_confirmed: bool = False
    """Does what was held: a mass withdrawal, a flood."""
    branch: str = ""
    """Branch whose merge approves: what comes stands among the accepted, text alone; "": it waits."""
    role: str = "equipe"
    """Who will have approved by merging that branch."""
    ours: str = ""
    """Our own identifier: a Gazette that brings us back our own items is a loop."""


class Bench:
    """The workers, no more of each than cores, and the client."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.client = Client(settings.network, seconds=settings.seconds)
        self.pools = {name: Pool(name) for name in (READER, DECODER, GATHERER)}
        self.claims = Claims()
        self.turns = {name: threading.BoundedSemaphore(os.cpu_count() or 1) for name in self.pools}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self.pools.values():
            pool.close()

    def ask(self, pool: str, request: bytes) -> dict[str, Any] | None:
        """Return a worker's answer, or None when the document was too much for it."""
        with self.turns[pool]:
            return next(iter(self.pools[pool].ask([request])))

    def admit(self, data: bytes) -> str:
        """Put a picture through the press's decoder and into the quarantine; return its name there, or ""."""
        folder = self.settings.quarantine
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".gazette-", dir=folder) as aside:
            source, target = Path(aside, "recu"), Path(aside, "relu")
            source.write_bytes(data)
            measured = self.ask(DECODER, json.dumps({"kind": "image", "path": str(source)}).encode())
            if not measured or "fault" in measured:
                return ""
            wanted = [[min(int(measured["width"]), SIDE), "JPEG", str(target)]]
            asked = {"kind": "image", "path": str(source), "to": wanted}
            printed = self.ask(DECODER, json.dumps(asked).encode())
            if printed is None or "fault" in printed:
                return ""
            pixels = target.read_bytes()[32:]
            name = f"{hashlib.sha256(pixels).hexdigest()[:32]}.jpg"
            kept = Path(aside, name)
            kept.write_bytes(pixels)
            kept.replace(folder / name)
        return name
