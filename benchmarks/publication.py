"""Times the plan of a publication: one entry changed on a local target; ``publication.py COUNT`` prints JSON."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from pathlib import Path

from gazette.model.sheet import Manifest, Printed, Proofed
from gazette.publish.local import LocalDisk
from gazette.publish.release import Facts
from gazette.publish.releases import Releases

LIMIT = 0.5
"""Seconds for ten thousand entries."""


def main(count: str) -> None:
    """Publish so many pages, change one, then time what is planned and publish it."""
    with tempfile.TemporaryDirectory() as folder:
        root, place = Path(folder, "public"), Releases(LocalDisk(Path(folder, "www")))
        facts = Facts("2026-11-23T12:00:00+01:00", "2026-11-23 12:00", "", {})
        rows = {f"actualites/texte-{n}/index.html": _printed(root, n, "a") for n in range(int(count))}
        _published(place, Proofed(Manifest("public", rows), str(root)), facts)
        rows[next(iter(rows))] = _printed(root, 0, "b")
        edition = Proofed(Manifest("public", rows), str(root))
        start, spent = time.perf_counter(), time.process_time()
        planned = place.plan([edition.manifest])[0]
        taken = {"plan": round(time.perf_counter() - start, 3), "processeur": round(time.process_time() - spent, 3)}
        start = time.perf_counter()
        _published(place, edition, facts)
        done = {"mise en ligne": round(time.perf_counter() - start, 3), "limite": LIMIT}
    print(json.dumps({**taken, **done, "envoyes": len(planned.uploads), "octets": planned.size}))


def _printed(root: Path, number: int, word: str) -> Printed:
    """Print a page."""
    data = f"{number} {word}".encode()
    path = root / f"actualites/texte-{number}/index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Printed(hashlib.sha256(data).hexdigest(), len(data), "")


def _published(place: Releases, edition: Proofed, facts: Facts) -> None:
    with place.session(), place.alone():
        prepared = place.prepare([edition], facts, lambda _: None)
        place.switch(prepared)
        place.finish(prepared, facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
