"""Editions proofed by hand, and what is told of a publication."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from gazette.model.sheet import Manifest, Printed, Proofed
from gazette.model.source import Source
from gazette.publish.plan import Plan
from gazette.publish.release import Facts
from gazette.publish.stage import Place
from tests.plain import files

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def proofed(folder: Path, audience: str = "public", **texts: str) -> Proofed:
    """Return a proofed edition whose files stand in a folder; ``a__b`` is the path ``a/b``."""
    root = folder / "output" / audience
    rows = {}
    for name, text in texts.items():
        path = name.replace("__", "/") + ".html"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
        rows[path] = Printed(sha256(text.encode()).hexdigest(), len(text.encode()), "k", ("actualites/a.md",))
    return Proofed(Manifest(audience, rows), str(root))


def facts(unread: frozenset[str] = frozenset(), withdrawn: frozenset[str] = frozenset(), **sources: str) -> Facts:
    """Return what is told of a publication whose editions show these sources: path → digest, ``=`` when strict."""
    shown = {
        path.replace("__", "/"): Source(digest.removeprefix("="), may_differ=not digest.startswith("="))
        for path, digest in sources.items()
    }
    audiences: Mapping[str, Mapping[str, Source]] = dict.fromkeys(("public", "enseignants", "directeurs"), shown)
    return Facts("2026-11-23T12:00:00+01:00", "2026-11-23 12:00", COMMIT, audiences, withdrawn, unread)


def put(place: Place, *editions: Proofed, told: Facts | None = None) -> Sequence[Plan]:
    """Publish to one place, as ``publish`` does to all."""
    known = told or facts()
    with place.alone():
        prepared = place.prepare(editions, known, lambda _: None)
        place.switch(prepared)
        place.finish(prepared, known)
    plans: Sequence[Plan] = prepared.plans
    return plans


def live(folder: Path, audience: str = "public") -> dict[str, bytes]:
    """Return what is on line."""
    place = folder / "www" / audience
    return files(place.resolve()) if place.exists() else {}
