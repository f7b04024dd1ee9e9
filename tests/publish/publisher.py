"""A publisher to be struck, ``publisher.py WWW OUTPUT N [HOST]``: two editions whose every page says their number.

``retour`` in place of a number is the way back to the edition before.
"""

import hashlib
import json
import sys
from pathlib import Path

from gazette.errors import GazetteError
from gazette.model.sheet import Manifest, Printed, Proofed
from gazette.publish.disk import Disk
from gazette.publish.local import LocalDisk
from gazette.publish.release import Facts
from gazette.publish.releases import Releases

PAGES = ("index.html", "actualites/index.html", "fils/tout.xml")
EDITIONS = ("public", "directeurs")
BACK = "retour"


def edition(root: Path, name: str, number: str) -> Proofed:
    """Print an edition whose every page says its number, but for one that never changes."""
    rows = {}
    for path in (*PAGES, "robots.txt"):
        text = "stable" if path == "robots.txt" else number
        (root / name / path).parent.mkdir(parents=True, exist_ok=True)
        (root / name / path).write_text(text)
        rows[path] = Printed(hashlib.sha256(text.encode()).hexdigest(), len(text), "k")
    return Proofed(Manifest(name, rows), str(root / name))


def reached(host: str) -> Disk:
    """Return a server's disk; the library that reaches it takes longer to import than a publication on this machine."""
    from gazette.publish.ssh import Host, SshDisk  # noqa: PLC0415

    return SshDisk(Host(**json.loads(host)))


def main(www: str, output: str, number: str, host: str = "") -> int:
    """Publish two editions, or take the last one back: to a folder, or through an SSH server that JSON describes."""
    disk = reached(host) if host else LocalDisk(Path(www))
    place, facts = Releases(disk), Facts("2026-11-23T12:00:00+01:00", "2026-11-23 12:00", "", {})
    try:
        with place.session(), place.alone():
            if number == BACK:
                place.back(0, facts)
            else:
                prepared = place.prepare(
                    [edition(Path(output), name, number) for name in EDITIONS], facts, lambda _: None
                )
                place.switch(prepared)
                place.finish(prepared, facts)
    except (GazetteError, OSError) as error:
        print(error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
