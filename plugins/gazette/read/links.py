"""Links between entries, checked against everything that was written: what leads nowhere is told to its author."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gazette.model.body import resolved
from gazette.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.model.entry import Entry


def dead_links(entries: Sequence[Entry], paths: frozenset[str]) -> Iterator[Finding]:
    """Yield a note for each link that is printed as plain text: nothing is there, or readers may not open it."""
    by_path = {entry.path: entry for entry in entries}
    for entry in entries:
        for reference in entry.body.references:
            place = Place(entry.path, reference.line)
            if reference.kind == "entry":
                path = resolved(PurePosixPath(entry.path).parent / reference.target)
                inside = f"{path.removesuffix('.md')}/index.md"
                found = by_path.get(path) or by_path.get(inside)
                if found and found.audience.rank > entry.audience.rank:
                    message = f"lien vers un texte réservé à « {found.audience.title} », imprimé sans lien"
                    remedy = "retirez-le, ou réservez aussi ce texte"
                    yield Finding("LEC-25", Severity.NOTE, place, message, remedy)
                elif path not in paths and inside not in paths:
                    message = f"lien vers un fichier absent « {reference.target[:60]} »"
                    yield Finding("LEC-24", Severity.NOTE, place, message, _remedy(entry.path, reference.target, paths))
            elif reference.kind == "anchor" and reference.fragment.startswith("fnref-"):
                continue  # a footnote's way back: ``pasted`` tells the note that nothing calls
            elif reference.kind == "anchor" and f"t-{reference.fragment}" not in entry.body.anchors:
                message = f"lien vers une partie absente « #{reference.fragment[:40]} »"
                yield Finding("LEC-24", Severity.NOTE, place, message, "reprenez l'ancre d'un titre de ce texte")
            elif reference.kind == "file" and not _is_declared(entry, reference.target):
                message = f"lien vers un fichier qui n'est pas imprimé « {reference.target[:60]} »"
                yield Finding(
                    "LEC-24",
                    Severity.NOTE,
                    place,
                    message,
                    "déclarez-le dans fichiers: ou sons: ; liez un article par son fichier .md",
                )


def _remedy(origin: str, target: str, paths: frozenset[str]) -> str:
    """Return what to write for a link that looks in the wrong folder, where one text alone has its name."""
    name = PurePosixPath(target.removesuffix("/index.md")).stem
    found = [path for path in paths if path.endswith((f"/{name}.md", f"/{name}/index.md"))]
    if name and len(found) == 1:
        return f"écrivez {posixpath.relpath(found[0], posixpath.dirname(origin))}"
    return "corrigez le chemin : il part du dossier de ce fichier"


def _is_declared(entry: Entry, target: str) -> bool:
    """Tell whether a link leads to a recording or a document that the entry declares."""
    path = resolved(PurePosixPath(entry.path).parent / target)
    return path in {medium.path for medium in (*entry.sounds, *entry.attachments)}
